"""Step 3, second half: from attributions to quotes. In: `doc._.attributions`. Out: `doc._.quotes`, with type, verbatim, context
and nesting, and without what the article says in its own voice. Quotation marks decide what is verbatim. `fragments` decides on
the content. The lemma of the verb and the speaker are left to later steps.
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
from attribution.quoting.fragments import contains, is_blank, join_fragments, trim
from attribution.step import Step
from attribution.text.marks import QUOTATION_MARKS, Layout, parse_layout

LONGEST_CONTEXT = 2000
"""In a longer paragraph, the context of a quote is only the part of the paragraph around it."""
AUTHOR = "author"
"""The kind of content in the article's own voice, which is not a quote."""


@Language.factory(
    "attribution_quotes",
    requires=["doc._.attributions"],
    assigns=["doc._.quotes"],
    default_config={"calibration": asdict(UNCALIBRATED)},
)
def make_quotes(nlp: Language, name: str, calibration: dict[str, float]) -> Step:
    """Build the step that turns attributions into quotes. The pipeline's config holds its calibration."""
    return Step(partial(_find_quotes, Calibration(**calibration)), "quotes")


def _find_quotes(calibration: Calibration, doc: Doc) -> tuple[Quote, ...]:
    return build_quotes(doc.text, doc._.attributions, calibration)


def build_quotes(text: str, attributions: Iterable[Attribution], calibration: Calibration = UNCALIBRATED) -> tuple[Quote, ...]:
    """The quotes of a text, given its attributions; unlikely ones are dropped."""
    layout = parse_layout(text)
    joined = join_fragments(text, (each for each in attributions if each.kind != AUTHOR), layout)
    calibrated = (_calibrated(each, layout, calibration) for each in joined)
    kept = (each for each in calibrated if calibration.keeps(each.confidence, each.kind))
    return _set_parents([_quote(text, f"q{number}", each, layout) for number, each in enumerate(kept, 1)])


def _calibrated(attribution: Attribution, layout: Layout, calibration: Calibration) -> Attribution:
    """The attribution with the confidence of its quote."""
    sort = sort_of(attribution.kind, marked=bool(verbatim_spans(attribution, layout)), nested=attribution.nested)
    return replace(attribution, confidence=calibration(attribution.confidence, sort))


def _quote(text: str, id_: str, attribution: Attribution, layout: Layout) -> Quote:
    """The quote of an attribution, without its speaker and the names of its relays."""
    content = tuple(Span.of(text, fragment) for fragment in attribution.content)
    verbatim = verbatim_spans(attribution, layout)
    number = layout.paragraph(content[0].start)
    return Quote(
        id=id_,
        type=type_of(text, attribution.content, verbatim),
        kind=attribution.kind,
        text=JOINER.join(fragment.text for fragment in content),
        content=content,
        verbatim=tuple(Span.of(text, stretch) for stretch in verbatim),
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
    """The words of a cue without punctuation at their ends; None if there are none."""
    start, end = trim(text, *cue) if cue else (0, 0)
    return Verb(start, end, text[start:end]) if start < end else None


def _context(text: str, number: int, paragraph: Offsets, fragment: Span) -> Context:
    """The paragraph or, if it is very long, as in a page without line breaks, the words around the fragment."""
    start, end = paragraph
    if end - start > LONGEST_CONTEXT:
        start = max(start, text.rfind(" ", start, max(start, fragment.start - LONGEST_CONTEXT // 4)) + 1)
        last = text.find(" ", min(end, max(fragment.end, start + LONGEST_CONTEXT)), end)
        end = last if last >= 0 else end
    return Context(number, start, end, text[start:end])


def verbatim_spans(attribution: Attribution, layout: Layout) -> list[Offsets]:
    """The stretches of the content inside its outermost marks, without the marks. Marks that open before the content and contain
    the cue do not count: they belong to an outer quote.
    """
    found: list[Offsets] = []
    opening = attribution.content[0][0]
    for start, end in attribution.content:
        for stretch in layout.touching(start, end):
            first, last = max(stretch.inner[0], start, found[-1][1] if found else 0), min(stretch.inner[1], end)
            if first < last and not (stretch.start < opening and contains(stretch, attribution.cue)):
                found.append((first, last))
    return found


def type_of(text: str, content: Iterable[Offsets], verbatim: Sequence[Offsets]) -> str:
    """The type of a quote: indirect without verbatim stretches, direct if only marks and blanks are outside them, else mixed."""
    if not verbatim:
        return "indirect"
    inside = {place for start, end in verbatim for place in range(start, end)}
    outside = (text[place] for start, end in content for place in range(start, end) if place not in inside)
    return "mixed" if any(not (is_blank(c) or c in QUOTATION_MARKS) for c in outside) else "direct"


def _set_parents(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes with their `parent`: the nearest earlier quote with a fragment that contains the whole quote."""
    found: list[Quote] = []
    open_quotes: list[Quote] = []
    for quote in quotes:
        open_quotes = [outer for outer in open_quotes if outer.content[-1].end > quote.content[0].start]
        parent = next((outer.id for outer in reversed(open_quotes) if _encloses(outer, quote)), None)
        found.append(replace(quote, parent=parent))
        open_quotes.append(quote)
    return tuple(found)


def _encloses(outer: Quote, quote: Quote) -> bool:
    """Whether one fragment of `outer` contains the content and the verb of `quote`."""
    spans = [(span.start, span.end) for span in quote.content] + ([(quote.verb.start, quote.verb.end)] if quote.verb else [])
    place = bisect_right(outer.content, quote.content[0].start, key=lambda fragment: fragment.start) - 1
    return place >= 0 and all(outer.content[place].start <= start and end <= outer.content[place].end for start, end in spans)
