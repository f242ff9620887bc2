"""Makes the ranker's training examples in several processes. In: the corpora in the folder DATA and a pipeline. Out: the examples
of each text (`training.coreference`), in the order of the texts, whatever the number of processes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language

from training import answers, coreference
from training.answers import AnsweredText
from training.catalogue import present_names
from training.coreference import Document
from training.corpora import chains
from training.corpora.chains import ChainedText

AT_ONCE = 16
"""The number of texts that a process gets at a time."""
_PIPELINE: list[Language] = []
"""The pipeline of this process."""


def lessons(data: Path, pipeline: Path, *, seed: int, workers: int, held_back: Collection[int] = ()) -> Iterator[Document]:
    """The examples of each text of the corpora, without the invented articles whose numbers are held back."""
    texts = list(_texts(data, held_back))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_load, initargs=(pipeline,)) as pool:
        yield from pool.map(_lesson, texts, repeat(seed), chunksize=AT_ONCE)


def _texts(data: Path, held_back: Collection[int]) -> Iterator[tuple[AnsweredText | ChainedText, float]]:
    """The texts, and the weight of an example of each."""
    yield from ((answered, answers.WEIGHT) for answered in answers.read_texts(data, held_back))
    for name in present_names(data, chains.FILES):
        yield from ((chained, chains.FILES[name]) for chained in chains.read_texts(data / f"{name}.jsonl.gz"))


def _load(pipeline: Path) -> None:
    _PIPELINE[:] = [spacy.load(pipeline, exclude=["mentions", "coreference", "speakers"])]


def _lesson(text: tuple[AnsweredText | ChainedText, float], seed: int) -> Document:
    one, weight = text
    if isinstance(one, AnsweredText):
        return coreference.document_from_answers(one, _PIPELINE[0], weight=weight)
    return coreference.document_from_chains(one, _PIPELINE[0], Random(f"{seed} {one.id}"), weight=weight)
