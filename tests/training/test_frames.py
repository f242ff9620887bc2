"""Nested quotes are composed: a filling keeps its attributions inside the content of its frame."""

from random import Random

from training.corpora.records import Annotation, Article, levels
from training.frames import FEWEST_ALIKE, Framer, by_cue, by_order, fill
from training.paragraphs import Paragraph


def paragraph(text: str, *attributions: tuple[str, str, str]) -> Paragraph:
    """A paragraph with the given attributions (source, cue, content)."""

    def span(part: str) -> tuple[tuple[int, int]]:
        return ((text.index(part), text.index(part) + len(part)),)

    return Paragraph(text, tuple(Annotation(span(content), span(cue), span(source)) for source, cue, content in attributions))


def read(filled: Paragraph) -> list[tuple[str, ...]]:
    roles = ((a.source, a.cue, a.content) for a in filled.attributions)
    return [tuple(filled.text[slice(*spans[0])] for spans in one) for one in roles]


FILLING = paragraph("“It is late,” Bob Ray said.", ("Bob Ray", "said", "“It is late,”"))


def test_a_filling_takes_the_marks_and_the_full_stop_of_the_content_it_replaces() -> None:
    filled = fill(paragraph("“We go,” Ann Lee told us.", ("Ann Lee", "told", "“We go,”")), FILLING)
    assert filled.text == "“‘It is late,’ Bob Ray said,” Ann Lee told us."
    assert read(filled) == [("Ann Lee", "told", "“‘It is late,’ Bob Ray said,”"), ("Bob Ray", "said", "‘It is late,’")]


def test_a_filling_follows_the_that_of_the_content_it_replaces() -> None:
    filled = fill(paragraph("Ann Lee told us that we go.", ("Ann Lee", "told", "that we go")), FILLING)
    assert filled.text == "Ann Lee told us that “It is late,” Bob Ray said."
    assert read(filled)[0] == ("Ann Lee", "told", "that “It is late,” Bob Ray said")


def test_a_content_ends_where_its_filling_is_cut() -> None:
    filling = paragraph("Bob Ray said we stay.", ("Bob Ray", "said", "we stay."))
    assert read(fill(paragraph("We go, Ann Lee told us.", ("Ann Lee", "told", "We go,")), filling))[1] == (
        "Bob Ray",
        "said",
        "we stay",
    )


def test_a_page_consists_of_frames() -> None:
    lines = [f"Ann Lee told us that number {number} would go there very soon." for number in range(9)]
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(9)]
    attributions = [
        Annotation(((start + 16, start + len(line) - 1),), ((start + 8, start + 12),), ((start, start + 7),))
        for start, line in zip(starts, lines, strict=True)
    ]
    text = "\n".join([*lines, "Nobody says a thing in this long and dull paragraph."])
    framer = Framer([Article("a", text, attributions=tuple(attributions))])
    for seed in range(8):
        page = framer(Random(seed), seed)
        outer, inner = levels(page.attributions or ())
        assert page.nested
        assert len(outer) == len([line for line in page.text.split("\n") if line])
        assert {page.text[slice(*one.source[0])] for one in outer + inner} == {"Ann Lee"}


def test_fillings_are_grouped_by_the_frequent_orders_of_roles() -> None:
    first = paragraph("Ann Lee told us that we go.", ("Ann Lee", "told", "that we go"))
    rare = paragraph("Told by Ann Lee that we go, they went.", ("Ann Lee", "Told", "that we go"))
    assert by_order([FILLING, first] * FEWEST_ALIKE + [rare]) == [[FILLING] * FEWEST_ALIKE, [first] * FEWEST_ALIKE]


def test_fillings_are_grouped_by_their_cue() -> None:
    said, told = FILLING, paragraph("It is late, Bob Ray told us.", ("Bob Ray", "told", "It is late,"))
    assert by_cue([said, told, said]) == [[said, said], [told]]
