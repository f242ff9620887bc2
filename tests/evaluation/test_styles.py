"""Texts in other quotation marks: every mark is rewritten, nothing else, and no offset moves."""

import pytest

from evaluation.styles import STYLES, restyle


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("written", ["“It's late,” Ann said. “Go!”", '"It\'s late," Ann said. "Go!"'])
def test_marks_are_rewritten_one_for_one(written: str, style: str) -> None:
    opening, closing = STYLES[style]
    assert restyle(written, style) == f"{opening}It's late,{closing} Ann said. {opening}Go!{closing}"


def test_outer_single_marks_make_inner_ones_double() -> None:
    assert restyle("“He's ‘late’,” she said.", "single") == '‘He\'s "late",’ she said.'


def test_inner_single_marks_stay_within_double_ones() -> None:
    assert restyle("“He's ‘late’,” she said.", "guillemets") == "«He's ‘late’,» she said."
