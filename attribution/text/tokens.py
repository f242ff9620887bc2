"""A text in tokens, cut portion by portion. In: a pipeline and a text. Out: the Doc that its tokenizer makes of the text, a space
in the place of each line end that only wraps a line (`lines`).

spaCy's tokenizer lets no other thread run until it is done, and over a word it takes time that grows with the square of its
length. So it sees little at once: portions that nothing but white space joins, across which it never looks, and of what no white
space divides a piece at a time. No word of an article is that long; a pasted image, an endless address or a ruled line is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from attribution.text.lines import unwrap

PIECE = re.compile(r"\S{100}(?=\S)")
"""Behind so many characters a word is cut. The network reads no more of one (`windows.LONGEST_WORD`)."""
PORTION = re.compile(r".{1,250}\S*\s*", re.DOTALL)
"""So many characters, and what is left of the last word and of the white space behind it."""


def tokenize(nlp: Language, text: str) -> Doc:
    """The Doc of a text, its words not yet looked at."""
    docs = [nlp.make_doc(portion) for portion in portions(unwrap(text))]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, attrs=["NORM"])


def portions(text: str) -> Iterator[str]:
    """What the tokenizer is to see of a text at once, in order; together they are the text."""
    cuts = (match.end() for match in PIECE.finditer(text))
    for start, end in pairwise([0, *cuts, len(text)]):
        yield from PORTION.findall(text, start, end)
