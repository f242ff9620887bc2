"""Which marks open, which close and which are apostrophes, in every style that newspapers use."""

import pytest

from attribution.text.marks import Layout, parse_layout


def marked(text: str) -> list[str]:
    return [text[stretch.start : stretch.end] for stretch in parse_layout(text).stretches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” Ann said. “Go.”", ["“It is late,”", "“Go.”"]),
        ('"It is late," Ann said. "Go."', ['"It is late,"', '"Go."']),
        ("‘It’s late,’ Ann said.", ["‘It’s late,’"]),
        ("'I don't know,' he said. 'It's the Smiths' house.'", ["'I don't know,'", "'It's the Smiths' house.'"]),
        ("«Oui», he said, „ja“.", ["«Oui»", "„ja“"]),
        ("‘It’s the fighters’ demands that matter,’ he said", ["‘It’s the fighters’ demands that matter,’"]),
        ("“A ‘march for freedom’, B,” they said.", ["“A ‘march for freedom’, B,”", "‘march for freedom’"]),
        ("''It is late,'' he said; ``no''.", ["''It is late,''", "``no''"]),
        ("'He said ''yes'' to me', she said.", ["'He said ''yes'' to me'", "''yes''"]),
        ('"He said "yes" to me," she said.', ['"He said "yes" to me,"', '"yes"']),
    ],
)
def test_marks_are_paired_in_every_style(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text", ["Russia’s and he's", "the workers' union", "the '90s, 'tis said", "5'10\" tall", "its future'. He", "end.”"]
)
def test_apostrophes_and_stray_closing_marks_are_not_paired(text: str) -> None:
    assert marked(text) == []


def test_a_mark_that_never_closes_runs_to_the_end_of_its_paragraph() -> None:
    (stretch,) = parse_layout('He said: "All of them go.\nThe army waits.').stretches
    assert (stretch.start, stretch.end, stretch.closed) == (9, 25, False)


def test_a_second_opening_curly_mark_ends_the_first() -> None:
    assert marked("“All of them go. “Two stay.” Ann left.") == ["“All of them go.", "“Two stay.”"]


def test_an_unclosed_single_mark_counts_only_if_the_next_paragraph_opens_with_it_too() -> None:
    assert marked("‘One goes.\n\n‘Two go.’") == ["‘One goes.", "‘Two go.’"]
    assert marked("'Twas late.\n\nTwo go.") == []


def test_paragraphs_are_separated_by_line_breaks() -> None:
    assert parse_layout(" One. \r\n\n Two\n").paragraphs == ((1, 5), (10, 13))


def test_a_layout_finds_the_stretches_that_touch_a_position() -> None:
    layout: Layout = parse_layout("“One” two\n\n“Three” “four”")
    assert [stretch.start for stretch in layout.touching(11, 12)] == [11]
    assert layout.paragraph(12) == 1


@pytest.mark.parametrize("unit", ["\"a 'b ", "'tis a'b ", "“", "s' ", "‘x ", "/‘ds’ e-", "-'as' b"])
def test_a_long_text_of_nothing_but_marks_is_parsed(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert parse_layout(text).paragraphs[0][0] == 0
