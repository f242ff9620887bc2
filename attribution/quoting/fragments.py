"""Step 3, first half: the fragments of a quote. In: attributions and the layout of marks and paragraphs. Out: the attributions,
with their content cut and joined according to the marks.

A fragment ends where its paragraph ends. It includes its outer marks, but no comma outside them. A mark that never closes
continues in the next paragraph if that opens with one too. The type of quote is left to `quotes`.
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
"""Content outside marks does not begin or end with these, nor with spaces or invisible characters."""
AFTER = ",.!?…"
"""Punctuation that may come between the last word of a marked stretch and its closing mark."""


def join_fragments(text: str, attributions: Iterable[Attribution], layout: Layout) -> list[Attribution]:
    """The attributions with complete content, in text order. Those without a letter or a digit are dropped."""
    edged = [replace(a, content=fragments(text, a.content, layout)) for a in attributions]
    whole = _join_runs([part for a in edged if a.content for part in _split_off(a, layout)], layout)
    spoken = (a for a in whole if any(c.isalnum() for start, end in a.content for c in text[start:end]))
    return sorted(spoken, key=lambda a: (a.content[0][0], -a.content[-1][1]))


def fragments(text: str, content: Iterable[Offsets], layout: Layout) -> tuple[Offsets, ...]:
    """The fragments of a content, cut at the ends of paragraphs, with adjusted edges and without overlap."""
    pieces = (piece for fragment in content for piece in layout.split(*fragment))
    return _merged(_edges(text, piece, layout) for piece in pieces)


def _merged(spans: Iterable[Offsets]) -> tuple[Offsets, ...]:
    """The spans in order, without empty ones; overlapping spans are merged."""
    merged: list[Offsets] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _edges(text: str, fragment: Offsets, layout: Layout) -> Offsets:
    """The fragment with adjusted edges: without punctuation outside marks, with the marks around what it contains, and without a
    closing mark whose opening one comes before the fragment.
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
    """The stretch without blanks and the punctuation in OUTSIDE at its ends, and without a full stop after a closing mark."""
    while start < end and (text[start] in OUTSIDE or is_blank(text[start])):
        start += 1
    while start < end and (text[end - 1] in OUTSIDE or is_blank(text[end - 1])):
        end -= 1
    full_stop = end - start > 2 and text[end - 1] == "." and text[end - 2] in QUOTATION_MARKS
    return start, end - full_stop


def is_blank(character: str) -> bool:
    """Whether a character is a space or invisible, such as a byte order mark."""
    return character.isspace() or unicodedata.category(character).startswith("C")


def _split_off(attribution: Attribution, layout: Layout) -> list[Attribution]:
    """The attribution with the content that its cue reaches. The marked fragments that it does not reach become a second
    attribution, without a cue; the unmarked ones are dropped. Content with neither cue, source nor marks is split at the ends of
    paragraphs: the next paragraph is another quote, such as an answer to a question.
    """
    by_paragraph: dict[int, list[Offsets]] = defaultdict(list)
    for fragment in attribution.content:
        by_paragraph[layout.paragraph(fragment[0])].append(fragment)
    if attribution.cue is None:
        bare = attribution.source is None and not any(layout.touching(*fragment) for fragment in attribution.content)
        return [replace(attribution, content=tuple(spans)) for spans in by_paragraph.values()] if bare else [attribution]
    reached = _reached_paragraphs(by_paragraph, layout.paragraph(attribution.cue[0]), layout)
    near = tuple(fragment for number, spans in by_paragraph.items() if number in reached for fragment in spans)
    apart = (fragment for number, spans in by_paragraph.items() if number not in reached for fragment in spans)
    far = tuple(fragment for fragment in apart if layout.touching(*fragment))
    parts = [replace(attribution, content=near)] if near else []
    return parts + ([replace(attribution, content=far, cue=None, source=None, via=())] if far else [])


def _reached_paragraphs(by_paragraph: Mapping[int, Sequence[Offsets]], cue: int, layout: Layout) -> set[int]:
    """The paragraphs that a cue in paragraph `cue` reaches: its own, and those with content on both sides up to the first gap or,
    after the cue, up to where the content breaks off.
    """
    reached = {cue}
    for step in (1, -1):
        for number in sorted((n for n in by_paragraph if (n - cue) * step > 0), key=lambda n: n * step):
            before = by_paragraph.get(number - 1, ())
            if number - step in reached and not (step > 0 and _breaks_off(before, by_paragraph[number], layout)):
                reached.add(number)
    return reached


def _breaks_off(before: Iterable[Offsets], own: Iterable[Offsets], layout: Layout) -> bool:
    """Whether a paragraph's `own` fragments have no marks while the last fragment of the paragraph before ends with a closing
    mark.
    """
    last = max(before, default=(0, 0))
    closed = any(stretch.closed and stretch.end == last[1] for stretch in layout.touching(*last))
    return closed and not any(layout.touching(*fragment) for fragment in own)


def _join_runs(attributions: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """The attributions, completed where marked stretches run on over several paragraphs. Such a run belongs to the first
    attribution with a cue for part of it, up to the part where another attribution has one.
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
                content[own] -= {span for span in parts[stretch.start][own] if contains(stretch, span)}
                holder = own if attributions[own].cue else holder
            content[holder].add((stretch.start, stretch.end))
    return [replace(a, content=_merged(spans)) for a, spans in zip(attributions, content, strict=True) if spans]


def _parts(attributions: Iterable[Attribution], stretches: Sequence[Marked]) -> dict[int, dict[int, list[Offsets]]]:
    """For the start of each stretch: the fragments that overlap the stretch, by the number of their attribution."""
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
    """The number of the attribution with the largest share of a marked stretch, or None. An attribution whose cue is inside the
    run does not count: it is a nested quote.
    """
    shared = {i: _shared(stretch, spans) for i, spans in parts.items() if not _within(run, attributions[i].cue)}
    return max(shared, key=lambda i: (shared[i], -i), default=None)


def _within(run: Sequence[Marked], span: Offsets | None) -> bool:
    """Whether a stretch of a run contains the whole span; False for None."""
    place = -1 if span is None else bisect_right(run, span[0], key=lambda stretch: stretch.start) - 1
    return place >= 0 and contains(run[place], span)


def _runs(layout: Layout) -> list[list[Marked]]:
    """The runs of marked stretches over several paragraphs: each stretch opens with a mark, and only the last one closes."""
    runs: list[list[Marked]] = []
    for stretch in layout.layers[0] if layout.layers else ():
        before = runs[-1][-1] if runs else None
        if before and not before.closed and _opens_next(before, stretch, layout):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return [run for run in runs if len(run) > 1]


def _opens_next(before: Marked, stretch: Marked, layout: Layout) -> bool:
    """Whether a stretch opens the next paragraph, or comes later in the same one, as where two paragraphs were joined."""
    number = layout.paragraph(stretch.start)
    distance = number - layout.paragraph(before.start)
    return (distance == 1 and stretch.start == layout.paragraphs[number][0]) or distance == 0


def contains(stretch: Marked, span: Offsets | None) -> bool:
    """Whether a marked stretch contains the whole span; False for None."""
    return span is not None and stretch.start <= span[0] and span[1] <= stretch.end


def _shared(stretch: Marked, spans: Iterable[Offsets]) -> int:
    """How many characters of the spans are inside a marked stretch."""
    return sum(max(0, min(end, stretch.end) - max(start, stretch.start)) for start, end in spans)
