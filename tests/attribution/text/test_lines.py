"""Hard-wrapped lines are joined; offsets and words stay those of the original text."""

import pytest

from attribution.data import Span
from attribution.text.lines import restore, unwrap

MAIL = "“Nobody asked the fans before they\nsold the ground,” said Jonas\nWeller, who runs the club."


def test_a_wrapped_line_is_joined_to_the_next():
    """Whether that begins in lower case or with a name."""
    assert unwrap(MAIL) == MAIL.replace("\n", " ")


def test_a_sentence_may_end_at_the_end_of_a_full_line():
    first = "Nobody asked the fans of the club, who\nhave waited for a word for many years.\nThey heard of it on the radio."
    assert unwrap(f"{first}\n\nWeller left.") == first.replace("\n", " ") + "\n\nWeller left."


def test_windows_line_ends_keep_their_length():
    assert unwrap(MAIL.replace("\n", "\r\n")) == MAIL.replace("\n", "  ")


@pytest.mark.parametrize(
    "text",
    [
        "Mayor defends the cost of the tower\nThe mayor, Ilka Brand, defended it.\nNobody believed her at all.",
        "It rained all the night in Kelby.\nThe river rose by two metres.",
        "What the ministers agreed upon in the end:\n- a ban on fishing in the bay for two years\n- talks with all of the owners",
        "Ilka Brand\nmayor of Kelby",
        "A headline without a mark at its end\nand then a paragraph as long as those of the papers are, " + "on and on " * 9,
    ],
)
def test_lines_that_are_paragraphs_stay_separate(text):
    assert unwrap(text) == text


def test_restored_spans_have_the_words_of_the_original_text():
    place = (MAIL.index("Jonas"), MAIL.index("Weller") + 6)
    assert restore((Span.of(unwrap(MAIL), place),), MAIL) == (Span(*place, "Jonas\nWeller"),)
