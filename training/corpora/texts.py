"""Unannotated news, for a network that learns from others: Wikinews, OneStopEnglish and GOV.UK texts (text_open), ECB+, MEANTIME
and GMB. In: their `.jsonl.gz` files. Out: articles. The sentences of GMB are shuffled, so each of them is one article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evaluation.files import each_line
from training.corpora.records import Article

FILES = {"text_open": 1.0, "ecbplus": 1.0, "meantime": 1.0, "ner_gmb": 0.25}
"""The files, and the share of each that is read in one epoch."""
MOST = 20_000
"""The most texts of one file; GMB has more sentences than are useful."""
SHUFFLED = {"ner_gmb"}


def read_articles(file: Path) -> Iterator[Article]:
    """The first MOST texts of one file."""
    return islice(_all(file), MOST)


def _all(file: Path) -> Iterator[Article]:
    shuffled = file.name.split(".")[0] in SHUFFLED
    for document in each_line(file):
        spans = document["sents"] if shuffled else [(0, len(document["text"]))]
        for number, (start, end) in enumerate(spans):
            yield Article(f"{document['id']}.{number}", document["text"][start:end])
