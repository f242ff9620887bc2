"""Joining fragments takes time proportional to the text, whatever its marks."""

import re

import pytest
from growth import growth

from attribution.data import Attribution
from attribution.quoting.fragments import join_fragments
from attribution.text.marks import parse_layout

LINES = {
    "marks that never close, in one paragraph": "“Hi he said. ",
    "marks that never close, a paragraph each": "“Hi he said.\n",
    "two such marks a paragraph": "“Hi he said. “Hi\n",
    "closed marks": "“Hi,” he said. ",
    "straight marks": '"Hi" he said. ',
    "straight marks that never close": '"Hi he said. ',
    "no marks": "Hi he said. ",
}


def quoted(text, *, apart):
    """Every "Hi" of the text with the "said" after it: one quote each, or all as one quote."""
    contents = [match.span() for match in re.finditer("“?Hi”?", text)]
    cues = [match.span() for match in re.finditer("said", text)]
    if not apart:
        return [Attribution(tuple(contents), cues[0], None, 0.9)]
    return [Attribution((content,), cue, None, 0.9) for content, cue in zip(contents, cues, strict=False)]


@pytest.mark.parametrize("apart", [True, False], ids=["many quotes", "one quote"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_twice_the_text_is_about_twice_the_work(line, apart):
    def work(lines):
        text = line * lines
        join_fragments(text, quoted(text, apart=apart), parse_layout(text))

    assert growth(work, 100) < 2.3


def test_finding_marks_inside_marks_does_not_search_all_of_them():
    def work(lines):
        layout = parse_layout(f"“{'‘Hi’ he said. ' * lines}”")
        for stretch in layout.stretches:
            layout.touching(stretch.start, stretch.start + 1)

    assert growth(work, 100) < 2.3
