"""Find every quotation in an English news article: what was said, who said it, with which verb, in which context.

`extract(text)` returns an `Article`, `verify(quote, text)` checks a quote against the text, and `load()` returns the spaCy
pipeline behind both.
"""

from attribution.data import Article, Quote, Span, Speaker, Verification
from attribution.errors import AttributionError, LanguageError, ModelError, OptionError, TextError
from attribution.options import KnownSpeaker
from attribution.pipeline import extract, load, trained, verify

__version__ = "0.1.0"
__all__ = [
    "Article",
    "AttributionError",
    "KnownSpeaker",
    "LanguageError",
    "ModelError",
    "OptionError",
    "Quote",
    "Span",
    "Speaker",
    "TextError",
    "Verification",
    "extract",
    "load",
    "trained",
    "verify",
]
