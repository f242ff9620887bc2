"""The table of times by length. No test asserts a time."""

from evaluation.lengths import HEAD, rows


def test_each_length_has_a_row_and_one_of_which_there_is_too_little_has_none() -> None:
    read: list[str] = []
    lines = list(rows(["a b c", "d e"], read.append, lengths=(2, 4, 6)))
    assert [line.split()[:2] for line in lines] == [["2", "2"], ["4", "1"]]
    assert {len(line) for line in lines} == {len(HEAD)}
    assert set(read) == {"a b ", "c\n\nd ", "a b c\n\nd "}
