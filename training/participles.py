"""Made-up participles, of which the corpus has few. In: annotated articles. Out: paragraphs in which "Ann described the plan as
bold" has become "In the plan described by Ann as bold, …", and a sentence follows in which nothing is attributed.

What is said of the thing stays content, the thing itself does not; "by" is part of the cue, since a cue that stands alone between
words of no role is too rare for the CRF. `frames` puts such paragraphs into the contents of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from training.corpora.records import Article, Attribution, Offsets
from training.paragraphs import Paragraph

CUE = re.compile(r"(?:(?:has|have|had|also|later|once) )*(\w+ed)")
CONTENT = re.compile(
    r"(?P<thing>(?:an?|the|his|her|their|its|this|these|those)\b[^,;:“”\"]{3,60}?),? (?P<as>as (?!well|if|part)[^\n]{5,120})",
    re.IGNORECASE,
)
SOURCE = re.compile(r"(?!(?:he|she|it|they|I|we|you|who|which|that)$).{2,60}", re.IGNORECASE)
ARTICLE = re.compile(r"(?:The|An?|His|Her|Its|Their)\b")


def participles(articles: Iterable[Article], clauses: Sequence[str], rng: Random) -> Iterator[Paragraph]:
    """A paragraph for each attribution that can be turned around; `clauses` are sentences to go on with."""
    clauses = [clause for clause in clauses if ARTICLE.match(clause)]
    for article in articles:
        for attribution in article.attributions or ():
            if clauses and (parts := _parts(article.text, attribution)):
                yield _paragraph(*parts, rng.choice(clauses))


def _parts(text: str, attribution: Attribution) -> tuple[str, str, str, str] | None:
    """The thing, the participle, the source, and what the thing is said to be."""
    if len(attribution.source) != 1 or len(attribution.cue) != 1 or attribution.source[0][1] > attribution.cue[0][0]:
        return None
    said: Offsets = (attribution.content[0][0], attribution.content[-1][1])
    cue, source = CUE.fullmatch(text[slice(*attribution.cue[0])]), text[slice(*attribution.source[0])]
    content = CONTENT.fullmatch(text[slice(*said)].rstrip(" .,").replace(".”", "”"))
    if cue and content and said[0] >= attribution.cue[0][1] and SOURCE.fullmatch(source):
        return content["thing"], cue[1], _lowered(source), content["as"]
    return None


def _paragraph(thing: str, cue: str, source: str, said: str, clause: str) -> Paragraph:
    text, spans = f"In {thing} ", list[Offsets]()
    for part, behind in ((f"{cue} by", " "), (source, " "), (said, f", {_lowered(clause)}")):
        spans.append((len(text), len(text) + len(part)))
        text += part + behind
    return Paragraph(text, (Attribution((spans[2],), (spans[0],), (spans[1],)),))


def _lowered(text: str) -> str:
    """The text as it is written inside a sentence."""
    return text[0].lower() + text[1:] if ARTICLE.match(text) else text
