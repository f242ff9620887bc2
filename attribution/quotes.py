"""Step 3: attributions to quotes. In: `doc._.attributions`. Out: `doc._.quotes`, with type, verbatim, context and nesting.

Marks decide here, since they are the writer's own: the outer marks belong to the content, a comma outside them does not; a
mark that is opened and never closed runs on into the next paragraph that opens with one. The lemma of a verb and the speaker
are left to the steps behind.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.language import Language

from attribution.data import Attribution, Context, Offsets, Quote, Span, Verb
from attribution.marks import QUOTATION_MARKS, Layout, Marked, read
from attribution.step import Step

JOINT = " […] "
OUTSIDE = ",;:–—―"
"""What content neither begins nor ends with, outside its marks; no more than with spaces and what is not printed."""
LONGEST_CONTEXT = 2000
"""Of a paragraph with more characters only the part around a quote is its context."""
LEAST_SURE = 0.3
"""An indirect quote less sure than this is none; chosen on the dev articles. What stands in marks is kept."""
AFTER = ",.!?…"
"""What may stand between the last word of a marked stretch and its closing mark."""


@Language.factory("attribution_quotes", requires=["doc._.attributions"], assigns=["doc._.quotes"])
def make_quotes(nlp: Language, name: str) -> Step:
    """The step that makes quotes of attributions."""
    return Step(lambda doc: build(doc.text, doc._.attributions), "quotes")


def build(text: str, attributions: Iterable[Attribution]) -> tuple[Quote, ...]:
    """The quotes of a text, given its attributions."""
    layout = read(text)
    edged = [replace(a, content=fragments(text, a.content, layout)) for a in attributions]
    kept = [part for a in edged if a.content for part in part_off(a, layout)]
    whole = carry_on(kept, layout)
    whole.sort(key=lambda a: (a.content[0][0], -a.content[-1][1]))
    spoken = (a for a in whole if any(c.isalnum() for start, end in a.content for c in text[start:end]))
    sure = [a for a in spoken if a.confidence >= LEAST_SURE or verbatim(a, layout)]
    return nest([_quote(text, f"q{number}", a, layout) for number, a in enumerate(sure, 1)])


def fragments(text: str, content: Iterable[Offsets], layout: Layout) -> tuple[Offsets, ...]:
    """The fragments of a content, cut at the ends of paragraphs, each with its edges where they belong; none overlaps another."""
    pieces = (piece for fragment in content for piece in layout.split(*fragment))
    return _apart(_edges(text, piece, layout) for piece in pieces)


def _apart(spans: Iterable[Offsets]) -> tuple[Offsets, ...]:
    """Spans in order, without the empty ones, those that overlap made one."""
    apart: list[Offsets] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        elif start < end:
            apart.append((start, end))
    return tuple(apart)


def _edges(text: str, fragment: Offsets, layout: Layout) -> Offsets:
    """One fragment with its edges where they belong: punctuation outside marks left out, the marks of what it holds taken in,
    a closing mark left out where what it closes began before the fragment.
    """
    start, end = _trim(text, *fragment)
    for stretch in layout.touching(start, end):
        first, last = stretch.inner
        ends_with = first < end <= last and not text[end:last].strip(AFTER)
        if start == first and (ends_with or end > last or not stretch.closed):
            start = stretch.start
        if start <= stretch.start and ends_with:
            end = stretch.end
        elif stretch.start < start and stretch.closed and end == stretch.end:
            end = _trim(text, start, last)[1]
    return start, end


def _trim(text: str, start: int, end: int) -> Offsets:
    while start < end and (text[start] in OUTSIDE or _is_blank(text[start])):
        start += 1
    while start < end and (text[end - 1] in OUTSIDE or _is_blank(text[end - 1])):
        end -= 1
    stops = end - start > 2 and text[end - 1] == "." and text[end - 2] in QUOTATION_MARKS
    return start, end - stops


def _is_blank(character: str) -> bool:
    """Whether it is a space or a character that is not printed, such as a byte order mark."""
    return character.isspace() or unicodedata.category(character).startswith("C")


def part_off(attribution: Attribution, layout: Layout) -> list[Attribution]:
    """The attribution, and apart from it what other paragraphs separate from its cue: a quote that continues without one."""
    if attribution.cue is None:
        return [attribution]
    place = layout.paragraph(attribution.cue[0])
    numbers = {fragment: layout.paragraph(fragment[0]) for fragment in attribution.content}
    reached = {place}
    for step in (1, -1):
        for number in sorted((n for n in numbers.values() if (n - place) * step > 0), key=lambda n: n * step):
            if number - step in reached:
                reached.add(number)
    near = tuple(fragment for fragment in attribution.content if numbers[fragment] in reached)
    far = tuple(fragment for fragment in attribution.content if numbers[fragment] not in reached)
    parts = [replace(attribution, content=near)] if near else []
    return parts + ([replace(attribution, content=far, cue=None, source=None)] if far else [])


def carry_on(attributions: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """The attributions, those made whole whose marked stretch runs over several paragraphs: a run belongs to the first who has
    a cue for a part of it, up to where another has one.
    """
    content = [list(a.content) for a in attributions]
    by_paragraph: dict[int, list[int]] = {}
    for i, number in {(i, layout.paragraph(start)): None for i, spans in enumerate(content) for start, _ in spans}:
        by_paragraph.setdefault(number, []).append(i)
    for run in _runs(layout):
        near = [by_paragraph.get(layout.paragraph(stretch.start), ()) for stretch in run]
        nested = {i for numbers in near for i in numbers if any(_holds(stretch, attributions[i].cue) for stretch in run)}
        holders = [_holder(stretch, set(numbers) - nested, content) for stretch, numbers in zip(run, near, strict=True)]
        known = [i for i in holders if i is not None]
        if not known:
            continue
        holder = next((i for i in known if attributions[i].cue), known[0])
        for stretch, own in zip(run, holders, strict=True):
            if own is not None:
                content[own] = [span for span in content[own] if not _holds(stretch, span)]
                holder = own if attributions[own].cue else holder
            content[holder].append((stretch.start, stretch.end))
    return [replace(a, content=_apart(spans)) for a, spans in zip(attributions, content, strict=True) if spans]


def _holder(stretch: Marked, numbers: Iterable[int], content: Sequence[Sequence[Offsets]]) -> int | None:
    """Which of some contents shares most with a marked stretch, None if none shares anything."""
    shared = {i: _shared(stretch, content[i]) for i in sorted(numbers)}
    best = max(shared, key=lambda i: shared[i], default=None)
    return best if best is not None and shared[best] else None


def _runs(layout: Layout) -> list[list[Marked]]:
    """The marked stretches that go on over paragraphs, each of which opens anew until one closes."""
    runs: list[list[Marked]] = []
    for number in layout.outer:
        stretch = layout.stretches[number]
        before = runs[-1][-1] if runs else None
        if before and not before.closed and _opens_next(before, stretch, layout):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return [run for run in runs if len(run) > 1]


def _opens_next(before: Marked, stretch: Marked, layout: Layout) -> bool:
    """Whether a stretch opens the paragraph after that of the one before."""
    number = layout.paragraph(stretch.start)
    return number == layout.paragraph(before.start) + 1 and stretch.start == layout.paragraphs[number][0]


def _quote(text: str, name: str, attribution: Attribution, layout: Layout) -> Quote:
    """A quote of an attribution: what the marks say about it, and its paragraph."""
    content = tuple(Span.of(text, fragment) for fragment in attribution.content)
    spoken = verbatim(attribution, layout)
    number = layout.paragraph(content[0].start)
    return Quote(
        id=name,
        type=kind(text, attribution.content, spoken),
        text=JOINT.join(fragment.text for fragment in content),
        content=content,
        verbatim=tuple(Span.of(text, stretch) for stretch in spoken),
        verb=Verb(*attribution.cue, text[slice(*attribution.cue)]) if attribution.cue else None,
        source=Span.of(text, attribution.source) if attribution.source else None,
        speaker=None,
        via=(),
        parent=None,
        context=_context(text, number, layout.paragraphs[number], content[0]),
        confidence=round(attribution.confidence, 3),
    )


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
            if first < last and not (stretch.start < opening and _holds(stretch, attribution.cue)):
                found.append((first, last))
    return found


def kind(text: str, content: Iterable[Offsets], spoken: Sequence[Offsets]) -> str:
    """The type of a quote: direct where nothing but marks and spaces stands outside its verbatim stretches."""
    if not spoken:
        return "indirect"
    inside = {place for start, end in spoken for place in range(start, end)}
    outside = (text[place] for start, end in content for place in range(start, end) if place not in inside)
    return "mixed" if any(not (_is_blank(c) or c in QUOTATION_MARKS) for c in outside) else "direct"


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
    return any(all(f.start <= start and end <= f.end for start, end in spans) for f in outer.content)


def _holds(stretch: Marked, span: Offsets | None) -> bool:
    return span is not None and stretch.start <= span[0] and span[1] <= stretch.end


def _shared(stretch: Marked, spans: Iterable[Offsets]) -> int:
    """How many characters of some spans a marked stretch holds."""
    return sum(max(0, min(end, stretch.end) - max(start, stretch.start)) for start, end in spans)
