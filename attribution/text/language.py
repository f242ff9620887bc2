"""Check that a text has words, and that they are English. In: a text, and the language that the caller says it is in, if any.
Out: warnings for the caller, or a `LanguageError` that names the language.

The detector is py3langid. It reads the whole of a long text only if parts of it do not look English. A text passes if it is too
short, if the detector is unsure, or if it looks like English words in an odd order: a pidgin, or no language (tables, code).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from attribution.data import ArticleWarning
from attribution.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ACCEPTED = frozenset({"en", "pcm", "zxx"})
MIN_CHARACTERS = 50
"""The language of a shorter text is not checked."""
PART = 400
"""How many characters of the beginning, the middle and the end of a long text are read first."""
MIN_CONFIDENCE = 0.95
"""At this confidence, none of 40,000 English passages of 60 characters or more was misjudged."""
MIN_DOUBT = 0.5
"""Below this confidence, the detector knows too little to warn anybody: it misjudges headlines and lists of names."""
NO_WORDS = ArticleWarning(
    "no-words",
    "The text has no words, only digits, marks or symbols, so there are no quotes in it: check that you sent the right text.",
)


def check(text: str, given: str | None = None) -> tuple[ArticleWarning, ...]:
    """The warnings about the words of a text. Raises LanguageError if they are almost certainly not English, unless the caller
    has `given` the language.
    """
    if not any(map(str.isalpha, text)):
        return (NO_WORDS,)
    if len(text.strip()) < MIN_CHARACTERS:
        return ()
    language, confidence = _identifier().classify(_sample(text))
    if language not in ACCEPTED:
        language, confidence = _identifier().classify(text)
    if language in ACCEPTED or confidence < MIN_DOUBT:
        return ()
    if confidence < MIN_CONFIDENCE:
        return () if given else (_unsure(language),)
    if given:
        return (_other(language),)
    raise LanguageError(
        f"the text is in {_name(language)} ({language}), but only English is supported: send an English text, or skip this "
        "check with language: en",
        language,
    )


def _sample(text: str) -> str:
    middle = (len(text) - PART) // 2
    return text if len(text) <= 3 * PART else "\n".join((text[:PART], text[middle : middle + PART], text[-PART:]))


def _unsure(language: str) -> ArticleWarning:
    return ArticleWarning(
        "unsure-language",
        f"The text may be in {_name(language)} ({language}): do not rely on the quotes if it is; if it is English, say so with "
        "language: en.",
    )


def _other(language: str) -> ArticleWarning:
    return ArticleWarning(
        "other-language",
        f"The text seems to be in {_name(language)} ({language}), not in English as you say: quotes may be missing or wrong, so "
        "check that you sent the right text.",
    )


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name(language: str) -> str:
    """The English name of a language: `_name("de") == "German"`."""
    from babel import Locale

    return str(Locale("en").languages.get(language, "another language"))
