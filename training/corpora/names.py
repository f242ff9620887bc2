"""Names of persons, organizations and places from GUM, EWT, wikigold, CrossNER and GMB. In: their `.jsonl.gz` files.

Other names (MISC) are excluded from training, because the corpora disagree about them. Dates are not names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluation.files import each_line
from training.corpora.records import Article

LABELS = {"PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "MISC": None}
FILES = {"gum": 0.25, "ud_ewt": 0.25, "ner_wikigold": 0.5, "ner_crossner": 0.25, "ner_gmb": 0.05}
"""The files, and the share of each that is read in one epoch. GMB is large and its labels are silver."""


def read_articles(file: Path) -> Iterator[Article]:
    """The documents of one file that have names."""
    for document in each_line(file):
        if "ner" in document:
            names = ((name["start"], name["end"], LABELS[name["label"]]) for name in document["ner"] if name["label"] in LABELS)
            yield Article(document["id"], document["text"], names=tuple(names))
