"""Tokenize a text in portions. In: a pipeline and a text. Out: the Doc that its tokenizer makes of the text, with a space in
place of each line end that only wraps a line (`lines`).

spaCy's tokenizer blocks all other threads while it runs, and takes quadratic time on a long word. So it gets the text in short
portions, cut at white space, which it never looks across; a very long word is cut too. No real word is that long, but a pasted
image, a long URL or a ruled line can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from attribution.text.lines import unwrap

PIECE = re.compile(r"\S{100}(?=\S)")
"""A word is cut after this many characters; the network reads no more of it (`windows.LONGEST_WORD`)."""
PORTION = re.compile(r".{1,250}\S*\s*", re.DOTALL)
"""This many characters, then the rest of the last word and the white space after it."""


def tokenize(nlp: Language, text: str) -> Doc:
    """The tokenized Doc of a text; no component has run on it."""
    docs = [nlp.make_doc(portion) for portion in portions(unwrap(text))]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, attrs=["NORM"])


def portions(text: str) -> Iterator[str]:
    """The portions that the tokenizer gets, in order; joined, they are the text."""
    cuts = (match.end() for match in PIECE.finditer(text))
    for start, end in pairwise([0, *cuts, len(text)]):
        yield from PORTION.findall(text, start, end)
