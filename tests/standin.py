"""A stand-in for the pipeline that reads any text at once, and otherwise does what the library does with its options.

Every stretch between curly marks is a quote; the word before it, if there is one, is its source and its speaker.
"""

import re
from dataclasses import replace

from api import examples
from attribution.data import Article, Context, Quote, Span, Speaker, SpeakerRef
from attribution.options import Options
from attribution.select import select
from attribution.text import units
from attribution.verifying import verification

QUOTE = re.compile(r"(?P<source>\w+)?\W*?(?P<quote>“(?P<words>[^“”]+)”)")


def extract(text, *, article_id=None, **options):
    """Every quote that the options ask for."""
    wanted = Options(**options)
    found = [_quote(text, number, match) for number, match in enumerate(QUOTE.finditer(text), 1)]
    quotes, speakers = [quote for quote, _ in found], [speaker for _, speaker in found if speaker]
    article = Article(article_id, wanted.offset_unit, examples.ARTICLE.model, tuple(quotes), tuple(speakers))
    chosen = select(article, wanted, [(0, len(text))])
    return units.convert(replace(chosen, text=text if "text" in wanted.include else None), text, wanted.offset_unit)


def verify(quote, text, *, speaker=None, article_id=None, offset_unit="codepoint", include=(), **options):
    """Whether one of them is the quote."""
    article = extract(text, article_id=article_id, include=include, **options)
    found = replace(verification.verify(article, text, quote, speaker), offset_unit=offset_unit)
    return units.convert(found, text, offset_unit)


def _quote(text, number, match):
    content, verbatim, source = (Span(*match.span(name), match[name] or "") for name in ("quote", "words", "source"))
    id_, context = f"q{number}", Context(0, 0, len(text), text)
    who = SpeakerRef(f"s{number}", source.text, "name") if source.text else None
    speaker = Speaker(who.id, who.name, "unknown", None, (), (), (source,), (id_,)) if who else None
    named = source if who else None
    return Quote(
        id_, "direct", "statement", content.text, (content,), (verbatim,), None, named, who, (), (), None, context, 0.9
    ), speaker
