"""News without attributions, for a network that is taught by others: Wikinews, OneStopEnglish and GOV.UK texts (text_open), ECB+,
MEANTIME and GMB. In: their `.jsonl.gz` files. Out: articles; of GMB, whose sentences come shuffled, each sentence is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evaluation.files import each_line
from training.corpora.records import Article

FILES = {"text_open": 1.0, "ecbplus": 1.0, "meantime": 1.0, "ner_gmb": 0.25}
"""The files, and what share of each is read in one epoch."""
MOST = 20_000
"""Texts of one file: GMB has more sentences than are of use."""
SHUFFLED = {"ner_gmb"}


def read_articles(file: Path) -> Iterator[Article]:
    """The texts of one file, MOST at most."""
    return islice(_all(file), MOST)


def _all(file: Path) -> Iterator[Article]:
    shuffled = file.name.split(".")[0] in SHUFFLED
    for document in each_line(file):
        spans = document["sents"] if shuffled else [(0, len(document["text"]))]
        for number, (start, end) in enumerate(spans):
            yield Article(f"{document['id']}.{number}", document["text"][start:end])
