"""Runs each stage of a training with one function, from files to files; the commands and `training.run` call them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import spacy
import torch

from attribution import load, seal
from attribution.options import Options
from attribution.pipeline import annotate
from attribution.quoting.calibration import Calibration
from attribution.resolving.coreference import Coreference
from attribution.tagging.tagger import Tagger
from attribution.tagging.thresholds import Thresholds
from attribution.tagging.windows import WordPieces
from evaluation import news
from training import calibrate as calibration
from training import export, ranking
from training.coreference import Document
from training.encoder import vocabulary
from training.encoders import ENCODERS
from training.fit import Settings, fit
from training.lessons import lessons
from training.material import DataOptions, Material
from training.network import Network
from training.restore import restore
from training.soup import soup

REPORT_EVERY = 500
"""The number of texts after which progress is reported."""


def load_network(weights: Path, encoder: str) -> Network:
    """Load a network with this encoder and these weights."""
    network = Network(ENCODERS[encoder].config)
    network.load_state_dict(torch.load(weights))
    return network


def shipped_thresholds() -> Thresholds:
    """The thresholds of the pipeline that ships, by which a teacher's scores are decoded too."""
    tagger = load().get_pipe("tagger")
    assert isinstance(tagger, Tagger)
    return tagger.thresholds


def write_restored(network: bytes, out: Path, *, encoder: str) -> None:
    """Write the weights of an exported network, to continue training from them."""
    _save(restore(network, ENCODERS[encoder].config), out)


def write_soup(weights: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Write the mean of some networks' weights."""
    _save(soup([torch.load(path) for path in weights], shares), out)


def write_fitted(
    data: Path,
    out: Path,
    settings: Settings,
    options: DataOptions,
    *,
    encoder: str,
    start: Path | None = None,
    device: str = "cpu",
) -> None:
    """Train a network and write its weights after each epoch. Resumes from `progress_file(out)` if it exists."""
    out.parent.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces(vocabulary())
    material = Material(data, pieces, options)
    torch.manual_seed(settings.seed)
    network = load_network(start, encoder) if start else ENCODERS[encoder].start()

    def keep(network: Network) -> None:
        _save({name: value.cpu() for name, value in network.state_dict().items()}, out)

    fit(network, material, pieces.special, settings, device=device, keep=keep, saved=progress_file(out))


def progress_file(out: Path) -> Path:
    """The file in which the training of these weights saves its progress."""
    return out.with_suffix(".progress")


def write_exported(
    weights: Path,
    out: Path,
    *,
    encoder: str,
    version: str,
    tuned: export.TunedValues,
    name: str = export.NAME,
    quantized: bool = True,
) -> None:
    """Write the pipeline for some weights, except its ranker."""
    network = load_network(weights, encoder).eval()
    export.write_pipeline(network, vocabulary(), out, name=name, version=version, quantized=quantized, tuned=tuned)
    _seal(out, out)


def write_calibrated(articles: Iterable[dict[str, Any]], out: Path) -> Calibration:
    """Calibrate the pipeline in a folder on annotated articles that its network was not trained on."""
    found = calibration.calibrate(articles, spacy.load(out, exclude=["mentions", "coreference", "speakers"]))
    export.recalibrate(out, found)
    _seal(out, out / "config.cfg")
    return found


def write_ranker(data: Path, out: Path, settings: ranking.Settings, *, workers: int, held_back: Collection[int] = ()) -> None:
    """Train the ranker of the pipeline in a folder, on top of its network."""
    documents = list[Document]()
    for document in lessons(data, out, seed=settings.seed, workers=workers, held_back=held_back):
        documents.append(document)
        if len(documents) % REPORT_EVERY == 0:
            print(f"read {len(documents)} texts", file=sys.stderr)
    Coreference(ranking.fit(documents, settings)).to_disk(out / "coreference")
    _seal(out, out / "coreference")


def measure(articles: Sequence[dict[str, Any]], pipeline: Path) -> dict[str, Any]:
    """The report of `python -m evaluation news` on the answers of the pipeline in a folder."""
    nlp = spacy.load(pipeline)
    options = Options(language="en")
    answers = {article["id"]: annotate(nlp, article["text"], options, article_id=article["id"]).to_dict() for article in articles}
    return news.score(news.compare(articles, answers)) | {"by": {}}


def _save(weights: Any, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(weights, out)
    print(f"wrote {out}", file=sys.stderr)


def _seal(pipeline: Path, written: Path) -> None:
    """Write the checksums of a pipeline after a part of it was written."""
    seal.write(pipeline)
    print(f"wrote {written}", file=sys.stderr)
