"""A text in tokens, cut portion by portion. In: a pipeline and a text. Out: the Doc that its tokenizer makes of the text.

spaCy's tokenizer lets no other thread run until it is done, which with a long article takes a quarter of a second: a health check
would wait for it. Nothing but white space joins two portions, and the tokenizer never looks across.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

PORTION = re.compile(r".{1,5000}\S*\s*", re.DOTALL)
"""So many characters, and what is left of the last word and of the white space behind it."""


def tokenize(nlp: Language, text: str) -> Doc:
    """The Doc of a text, its words not yet looked at."""
    docs = [nlp.make_doc(portion) for portion in PORTION.findall(text)]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False, attrs=["NORM"])
