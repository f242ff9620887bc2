"""A trained pipeline that is not as it was written is refused."""

import json

import pytest

from attribution import pipeline, seal
from attribution.errors import ModelError


@pytest.fixture
def folder(tmp_path):
    """A pipeline's folder, sealed, with some of what a whole one holds."""
    (tmp_path / "tagger").mkdir()
    for name in ("config.cfg", "tagger/network.onnx", "tokenizer"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "meta.json").write_text(json.dumps({"name": "é", "version": "1.0.0"}), encoding="utf-8")
    seal.write(tmp_path)
    return tmp_path


def test_what_was_written_is_taken(folder):
    """Sealing keeps what else is known of the pipeline."""
    seal.check(folder)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert (meta["name"], meta["version"], [*meta["checksums"]]) == ("é", "1.0.0", ["config.cfg", "tagger/network.onnx"])


@pytest.mark.parametrize("name", ["config.cfg", "tagger/network.onnx"])
def test_a_file_that_is_another_one_is_named(folder, name):
    """With what to do."""
    (folder / name).write_bytes(b"other")
    with pytest.raises(ModelError, match=f"{name} is not the file .* install the package anew"):
        seal.check(folder)
    seal.write(folder)
    seal.check(folder)


def test_a_file_that_is_missing_is_named(folder):
    (folder / "tagger" / "network.onnx").unlink()
    with pytest.raises(ModelError, match=r"network\.onnx is missing"):
        seal.check(folder)


@pytest.mark.parametrize("meta", [b"", b"{", b"[]", b'{"checksums": 1}', b"\xff"])
def test_a_meta_that_cannot_be_read_is_named(folder, meta):
    (folder / "meta.json").write_bytes(meta)
    with pytest.raises(ModelError, match=r"meta\.json cannot be read"):
        seal.check(folder)


def test_a_pipeline_without_checksums_is_taken_as_it_is(folder):
    """One that somebody trained before there were any."""
    (folder / "meta.json").write_text("{}")
    (folder / "config.cfg").write_bytes(b"other")
    seal.check(folder)


def test_the_pipeline_that_ships_is_sealed_whole():
    """Whoever trains a part of it seals it: the commands do."""
    meta = json.loads((pipeline.DIRECTORY / "meta.json").read_text(encoding="utf-8"))
    assert set(meta["checksums"]) == set(seal.TRAINED)
    seal.check(pipeline.DIRECTORY)


def test_a_pipeline_that_is_another_one_is_not_loaded(folder, monkeypatch):
    """`load` looks before it reads."""
    (folder / "config.cfg").write_bytes(b"other")
    monkeypatch.setattr(pipeline, "DIRECTORY", folder)
    with pytest.raises(ModelError, match=r"config\.cfg is not the file"):
        pipeline.load.__wrapped__()
