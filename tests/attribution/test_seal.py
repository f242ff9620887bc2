"""A trained pipeline that was changed after training is refused."""

import json

import pytest

from attribution import pipeline, seal
from attribution.errors import ModelError


@pytest.fixture
def folder(tmp_path):
    """The folder of a sealed pipeline, with some of the files of a complete one."""
    (tmp_path / "tagger").mkdir()
    for name in ("config.cfg", "tagger/network.onnx", "tokenizer"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "meta.json").write_text(json.dumps({"name": "é", "version": "1.0.0"}), encoding="utf-8")
    seal.write(tmp_path)
    return tmp_path


def test_an_unchanged_pipeline_is_accepted(folder):
    """Sealing keeps the other fields of `meta.json`."""
    seal.check(folder)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert (meta["name"], meta["version"], [*meta["checksums"]]) == ("é", "1.0.0", ["config.cfg", "tagger/network.onnx"])


@pytest.mark.parametrize("name", ["config.cfg", "tagger/network.onnx"])
def test_the_error_names_a_changed_file(folder, name):
    """And says what to do."""
    (folder / name).write_bytes(b"other")
    with pytest.raises(ModelError, match=f"{name} is damaged or was changed: reinstall the package"):
        seal.check(folder)
    seal.write(folder)
    seal.check(folder)


def test_the_error_names_a_missing_file(folder):
    (folder / "tagger" / "network.onnx").unlink()
    with pytest.raises(ModelError, match=r"network\.onnx is missing"):
        seal.check(folder)


@pytest.mark.parametrize("meta", [b"", b"{", b"[]", b'{"checksums": 1}', b"\xff"])
def test_the_error_names_an_unreadable_meta_json(folder, meta):
    (folder / "meta.json").write_bytes(meta)
    with pytest.raises(ModelError, match=r"meta\.json cannot be read"):
        seal.check(folder)


def test_a_pipeline_without_checksums_is_accepted(folder):
    """It may have been trained before there were any."""
    (folder / "meta.json").write_text("{}")
    (folder / "config.cfg").write_bytes(b"other")
    seal.check(folder)


def test_all_trained_files_of_the_shipped_pipeline_are_sealed():
    """Every training command seals what it writes."""
    meta = json.loads((pipeline.DIRECTORY / "meta.json").read_text(encoding="utf-8"))
    assert set(meta["checksums"]) == set(seal.TRAINED)
    seal.check(pipeline.DIRECTORY)


def test_a_changed_pipeline_is_not_loaded(folder, monkeypatch):
    """`load` checks before it loads."""
    (folder / "config.cfg").write_bytes(b"other")
    monkeypatch.setattr(pipeline, "DIRECTORY", folder)
    with pytest.raises(ModelError, match=r"config\.cfg is damaged or was changed"):
        pipeline.load.__wrapped__()
