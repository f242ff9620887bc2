"""Step 3, its second half: attributions to quotes. In: `doc._.attributions`. Out: `doc._.quotes`, with type, verbatim, context
and nesting; what the article says in its own voice is left out. Marks decide what is verbatim, since they are the writer's own.
Which stretches a quote is made of, `fragments` tells; the lemma of its verb and its speaker are left to the steps behind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import JOINER, Attribution, Context, Offsets, Quote, Span, Verb, Via
from attribution.quoting.calibration import UNCALIBRATED, Calibration, sort_of
from attribution.quoting.fragments import holds, is_blank, join, trim
from attribution.step import Step
from attribution.text.marks import QUOTATION_MARKS, Layout, parse_layout

LONGEST_CONTEXT = 2000
"""Of a paragraph with more characters only the part around a quote is its context."""
AUTHOR = "author"
"""The kind of what the article says in its own voice, which is no quote."""


@Language.factory(
    "attribution_quotes",
    requires=["doc._.attributions"],
    assigns=["doc._.quotes"],
    default_config={"calibration": asdict(UNCALIBRATED)},
)
def make_quotes(nlp: Language, name: str, calibration: dict[str, float]) -> Step:
    """The step that makes quotes of attributions; how it doubts them stands in the pipeline's config."""
    return Step(partial(_of_attributions, Calibration(**calibration)), "quotes")


def _of_attributions(doubt: Calibration, doc: Doc) -> tuple[Quote, ...]:
    return build(doc.text, doc._.attributions, doubt)


def build(text: str, attributions: Iterable[Attribution], doubt: Calibration = UNCALIBRATED) -> tuple[Quote, ...]:
    """The quotes of a text, given its attributions, those that are sure enough."""
    layout = parse_layout(text)
    whole = join(text, (each for each in attributions if each.kind != AUTHOR), layout)
    judged = (_judged(each, layout, doubt) for each in whole)
    sure = (each for each in judged if doubt.tells(each.confidence, each.kind))
    return nest([_quote(text, f"q{number}", each, layout) for number, each in enumerate(sure, 1)])


def _judged(attribution: Attribution, layout: Layout, doubt: Calibration) -> Attribution:
    """The attribution with the confidence that its quote will have."""
    sort = sort_of(attribution.kind, marked=bool(verbatim(attribution, layout)), nested=attribution.nested)
    return replace(attribution, confidence=doubt(attribution.confidence, sort))


def _quote(text: str, name: str, attribution: Attribution, layout: Layout) -> Quote:
    """A quote of an attribution: what the marks say about it, and its paragraph. Who is in its via is not yet known."""
    content = tuple(Span.of(text, fragment) for fragment in attribution.content)
    spoken = verbatim(attribution, layout)
    number = layout.paragraph(content[0].start)
    return Quote(
        id=name,
        type=type_of(text, attribution.content, spoken),
        kind=attribution.kind,
        text=JOINER.join(fragment.text for fragment in content),
        content=content,
        verbatim=tuple(Span.of(text, stretch) for stretch in spoken),
        verb=_verb(text, attribution.cue),
        source=Span.of(text, attribution.source) if attribution.source else None,
        speaker=None,
        candidates=(),
        via=tuple(Via(None, "", relation, Span.of(text, place)) for place, relation in attribution.via),
        parent=None,
        context=_context(text, number, layout.paragraphs[number], content[0]),
        confidence=round(attribution.confidence, 3),
    )


def _verb(text: str, cue: Offsets | None) -> Verb | None:
    """The words of a cue without the colon behind them; None where they are nothing but a colon or a dash."""
    start, end = trim(text, *cue) if cue else (0, 0)
    return Verb(start, end, text[start:end]) if start < end else None


def _context(text: str, number: int, paragraph: Offsets, fragment: Span) -> Context:
    """The paragraph, or of one that is very long (a page without line breaks) what stands around the fragment, by whole words."""
    start, end = paragraph
    if end - start > LONGEST_CONTEXT:
        start = max(start, text.rfind(" ", start, max(start, fragment.start - LONGEST_CONTEXT // 4)) + 1)
        last = text.find(" ", min(end, max(fragment.end, start + LONGEST_CONTEXT)), end)
        end = last if last >= 0 else end
    return Context(number, start, end, text[start:end])


def verbatim(attribution: Attribution, layout: Layout) -> list[Offsets]:
    """The stretches of the content that stand inside outer marks, without the marks. Marks that open before the content and
    hold the cue too belong to somebody who quotes in turn.
    """
    found: list[Offsets] = []
    opening = attribution.content[0][0]
    for start, end in attribution.content:
        for stretch in layout.touching(start, end):
            first, last = max(stretch.inner[0], start, found[-1][1] if found else 0), min(stretch.inner[1], end)
            if first < last and not (stretch.start < opening and holds(stretch, attribution.cue)):
                found.append((first, last))
    return found


def type_of(text: str, content: Iterable[Offsets], spoken: Sequence[Offsets]) -> str:
    """The type of a quote: direct where nothing but marks and spaces stands outside its verbatim stretches."""
    if not spoken:
        return "indirect"
    inside = {place for start, end in spoken for place in range(start, end)}
    outside = (text[place] for start, end in content for place in range(start, end) if place not in inside)
    return "mixed" if any(not (is_blank(c) or c in QUOTATION_MARKS) for c in outside) else "direct"


def nest(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes in their order, each with its `parent`: the nearest before it with a fragment that holds all of it."""
    nested: list[Quote] = []
    open_quotes: list[Quote] = []
    for quote in quotes:
        open_quotes = [outer for outer in open_quotes if outer.content[-1].end > quote.content[0].start]
        parent = next((outer.id for outer in reversed(open_quotes) if _encloses(outer, quote)), None)
        nested.append(replace(quote, parent=parent))
        open_quotes.append(quote)
    return tuple(nested)


def _encloses(outer: Quote, quote: Quote) -> bool:
    spans = [(span.start, span.end) for span in quote.content] + ([(quote.verb.start, quote.verb.end)] if quote.verb else [])
    place = bisect_right(outer.content, quote.content[0].start, key=lambda fragment: fragment.start) - 1
    return place >= 0 and all(outer.content[place].start <= start and end <= outer.content[place].end for start, end in spans)
