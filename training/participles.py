"""Composes participles, which are rare in the corpus. In: annotated articles. Out: paragraphs in which "Ann described the plan as
bold" has become "The plan, described by Ann as bold, …", "In the plan described by Ann as bold, …" or "… in the plan described by
Ann as bold", completed by the words of a sentence without an attribution.

As in the corpus, both the thing and what is said of it are content. "by" is part of the cue, since a cue alone between words
without a role is too rare for the CRF. `frames` puts such paragraphs into the contents of others, and uses some without a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from training.corpora.records import Annotation, Article, Offsets
from training.paragraphs import Paragraph

CUE = re.compile(r"(?:(?:has|have|had|also|later|once) )*(\w+ed)")
CONTENT = re.compile(
    r"(?P<thing>(?:an?|the|his|her|their|its|this|these|those)\b[^,;:“”\"]{3,60}?),? "
    r"(?P<as>as (?!well|if|part|early|soon)[^\n]{5,120})",
    re.IGNORECASE,
)
VERBS = re.compile(r"\b(?:to|that|which|who|is|are|was|were|has|have|had|be|[a-z]+ed|met|left|became)\b")
"""Words that make a clause; neither the thing nor its description may hold them: "as the men left" is a time."""
SOURCE = re.compile(r"(?!(?:he|she|it|they|I|we|you|who|which|that)$).{2,60}", re.IGNORECASE)
ARTICLE = re.compile(r"(?:The|An?|His|Her|Its|Their)\b")
CLAUSE = re.compile(
    r"(?:The|An?|His|Her|Its|Their) [^,;:()“”\"]{3,60}? "
    r"(?P<rest>(?:was|were|is|are|has|have|had|will|would|could) [^\n.]+)\."
)
"""A sentence whose subject can be replaced."""
MARKED = 0.4
"""The share of descriptions without marks that are put in marks: as a “bold plan”."""
SAID = re.compile(r"(as (?:an? |the )?)([^“”\"‘’']+)")


def participles(articles: Iterable[Article], clauses: Iterable[str], rng: Random) -> Iterator[Paragraph]:
    """A paragraph for each attribution that can become a participle, with the words of one of the `clauses`."""
    found = [clause for each in clauses if (clause := CLAUSE.fullmatch(each))]
    for article in articles:
        for attribution in article.attributions or ():
            if found and (parts := _parts(article.text, attribution)):
                yield _paragraph(*parts, rng.choice(found), rng)


def _parts(text: str, attribution: Annotation) -> tuple[str, str, str, str] | None:
    """The thing, the participle, the source, and the description; None if the attribution cannot become a participle."""
    if len(attribution.source) != 1 or len(attribution.cue) != 1 or attribution.source[0][1] > attribution.cue[0][0]:
        return None
    said: Offsets = (attribution.content[0][0], attribution.content[-1][1])
    cue, source = CUE.fullmatch(text[slice(*attribution.cue[0])]), text[slice(*attribution.source[0])]
    content = CONTENT.fullmatch(text[slice(*said)].rstrip(" .,").replace(".”", "”"))
    if not content or any(map(VERBS.search, (content["thing"], content["as"].split("“")[0].split('"')[0]))):
        return None
    if cue and said[0] >= attribution.cue[0][1] and SOURCE.fullmatch(source):
        return content["thing"], cue[1], _lowered(source), content["as"]
    return None


def _paragraph(thing: str, cue: str, source: str, said: str, clause: re.Match[str], rng: Random) -> Paragraph:
    """The participle before, after or inside a clause."""
    before, between, behind = rng.choice(
        (
            ("In ", " ", f", {_lowered(clause[0])}"),
            (f"{clause[0][:-1]} in ", " ", "."),
            ("", ", ", f", {clause['rest']}."),
        )
    )
    if rng.random() < MARKED and (plain := SAID.fullmatch(said)):
        said = f"{plain[1]}“{plain[2]}”"
    thing = thing if before else thing[0].upper() + thing[1:]
    text, spans = before, list[Offsets]()
    for part, gap in ((thing, between), (f"{cue} by", " "), (source, " "), (said, behind)):
        spans.append((len(text), len(text) + len(part)))
        text += part + gap
    return Paragraph(text, (Annotation((spans[0], spans[3]), (spans[1],), (spans[2],)),))


def _lowered(text: str) -> str:
    """The text as it is written in the middle of a sentence."""
    return text[0].lower() + text[1:] if ARTICLE.match(text) else text
