"""Step 3, its first half: which stretches of the text a quote is made of. In: attributions and the layout of marks and
paragraphs. Out: the attributions, their content cut and joined as the marks say.

A fragment ends where its paragraph does; the outer marks belong to it, a comma outside them does not; a mark that is opened and
never closed runs on into the next paragraph that opens with one. What kind of quote it is, is left to `quotes`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from attribution.data import Attribution, Offsets
from attribution.text.marks import QUOTATION_MARKS, Layout, Marked

OUTSIDE = ",;:–—―"
"""What content neither begins nor ends with, outside its marks; no more than with spaces and what is not printed."""
AFTER = ",.!?…"
"""What may stand between the last word of a marked stretch and its closing mark."""


def join(text: str, attributions: Iterable[Attribution], layout: Layout) -> list[Attribution]:
    """The attributions with their content whole, in text order; one whose content is nothing but punctuation is left out."""
    edged = [replace(a, content=fragments(text, a.content, layout)) for a in attributions]
    whole = carry_on([part for a in edged if a.content for part in part_off(a, layout)], layout)
    spoken = (a for a in whole if any(c.isalnum() for start, end in a.content for c in text[start:end]))
    return sorted(spoken, key=lambda a: (a.content[0][0], -a.content[-1][1]))


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
    start, end = trim(text, *fragment)
    for stretch in layout.touching(start, end):
        first, last = stretch.inner
        ends_with = first < end <= last and not text[end:last].strip(AFTER)
        if start == first and (ends_with or end > last or not stretch.closed):
            start = stretch.start
        if start <= stretch.start and ends_with:
            end = stretch.end
        elif stretch.start < start and stretch.closed and end == stretch.end:
            end = trim(text, start, last)[1]
    return start, end


def trim(text: str, start: int, end: int) -> Offsets:
    """A stretch without the punctuation that no content and no cue begins or ends with outside its marks."""
    while start < end and (text[start] in OUTSIDE or is_blank(text[start])):
        start += 1
    while start < end and (text[end - 1] in OUTSIDE or is_blank(text[end - 1])):
        end -= 1
    stops = end - start > 2 and text[end - 1] == "." and text[end - 2] in QUOTATION_MARKS
    return start, end - stops


def is_blank(character: str) -> bool:
    """Whether it is a space or a character that is not printed, such as a byte order mark."""
    return character.isspace() or unicodedata.category(character).startswith("C")


def part_off(attribution: Attribution, layout: Layout) -> list[Attribution]:
    """The attribution, and apart from it what other paragraphs separate from its cue: a quote that continues without one. What
    bears no mark does not go on behind a paragraph that ends with a closing one, and is left out.
    """
    if attribution.cue is None:
        return [attribution]
    place = layout.paragraph(attribution.cue[0])
    numbered: dict[int, list[Offsets]] = defaultdict(list)
    for fragment in attribution.content:
        numbered[layout.paragraph(fragment[0])].append(fragment)
    reached = {place}
    for step in (1, -1):
        for number in sorted((n for n in numbered if (n - place) * step > 0), key=lambda n: n * step):
            before = numbered.get(number - 1, ())
            if number - step in reached and not (step > 0 and _breaks_off(before, numbered[number], layout)):
                reached.add(number)
    near = tuple(fragment for number, spans in numbered.items() if number in reached for fragment in spans)
    apart = (fragment for number, spans in numbered.items() if number not in reached for fragment in spans)
    far = tuple(fragment for fragment in apart if layout.touching(*fragment))
    parts = [replace(attribution, content=near)] if near else []
    return parts + ([replace(attribution, content=far, cue=None, source=None, via=())] if far else [])


def _breaks_off(before: Iterable[Offsets], own: Iterable[Offsets], layout: Layout) -> bool:
    """Whether a paragraph's own fragments bear no mark, and the last of the paragraph before ends with a closing one."""
    last = max(before, default=(0, 0))
    closed = any(stretch.closed and stretch.end == last[1] for stretch in layout.touching(*last))
    return closed and not any(layout.touching(*fragment) for fragment in own)


def carry_on(attributions: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """The attributions, those made whole whose marked stretch runs over several paragraphs: a run belongs to the first who has
    a cue for a part of it, up to where another has one.
    """
    content = [set(a.content) for a in attributions]
    runs = _runs(layout)
    parts = _parts(attributions, [stretch for run in runs for stretch in run])
    for run in runs:
        holders = [_holder(stretch, run, parts[stretch.start], attributions) for stretch in run]
        known = [i for i in holders if i is not None]
        if not known:
            continue
        holder = next((i for i in known if attributions[i].cue), known[0])
        for stretch, own in zip(run, holders, strict=True):
            if own is not None:
                content[own] -= {span for span in parts[stretch.start][own] if holds(stretch, span)}
                holder = own if attributions[own].cue else holder
            content[holder].add((stretch.start, stretch.end))
    return [replace(a, content=_apart(spans)) for a, spans in zip(attributions, content, strict=True) if spans]


def _parts(attributions: Iterable[Attribution], stretches: Sequence[Marked]) -> dict[int, dict[int, list[Offsets]]]:
    """Of each of some marked stretches, none in another, by its start: the fragments that overlap it, by their attribution."""
    starts = [stretch.start for stretch in stretches]
    parts: dict[int, dict[int, list[Offsets]]] = {start: {} for start in starts}
    for i, (start, end) in ((i, fragment) for i, a in enumerate(attributions) for fragment in a.content):
        for number in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
            if stretches[number].end > start:
                parts[starts[number]].setdefault(i, []).append((start, end))
    return parts


def _holder(
    stretch: Marked, run: Sequence[Marked], parts: Mapping[int, Iterable[Offsets]], attributions: Sequence[Attribution]
) -> int | None:
    """Which attribution has most of a marked stretch, None if none has anything. One whose cue stands in its run is of somebody
    who is quoted there.
    """
    shared = {i: _shared(stretch, spans) for i, spans in parts.items() if not _within(run, attributions[i].cue)}
    return max(shared, key=lambda i: (shared[i], -i), default=None)


def _within(run: Sequence[Marked], span: Offsets | None) -> bool:
    """Whether all of a span stands in one of the stretches of a run; None stands nowhere."""
    place = -1 if span is None else bisect_right(run, span[0], key=lambda stretch: stretch.start) - 1
    return place >= 0 and holds(run[place], span)


def _runs(layout: Layout) -> list[list[Marked]]:
    """The marked stretches that go on over paragraphs, each of which opens anew until one closes."""
    runs: list[list[Marked]] = []
    for stretch in layout.layers[0] if layout.layers else ():
        before = runs[-1][-1] if runs else None
        if before and not before.closed and _opens_next(before, stretch, layout):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return [run for run in runs if len(run) > 1]


def _opens_next(before: Marked, stretch: Marked, layout: Layout) -> bool:
    """Whether a stretch opens the paragraph after that of the one before, or the rest of its own, where two were run together."""
    number = layout.paragraph(stretch.start)
    apart = number - layout.paragraph(before.start)
    return (apart == 1 and stretch.start == layout.paragraphs[number][0]) or apart == 0


def holds(stretch: Marked, span: Offsets | None) -> bool:
    """Whether all of a span stands in a marked stretch; None stands nowhere."""
    return span is not None and stretch.start <= span[0] and span[1] <= stretch.end


def _shared(stretch: Marked, spans: Iterable[Offsets]) -> int:
    """How many characters of some spans a marked stretch holds."""
    return sum(max(0, min(end, stretch.end) - max(start, stretch.start)) for start, end in spans)
