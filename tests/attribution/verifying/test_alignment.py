"""How the words of a claim align with those of a target."""

import pytest

from attribution.verifying.alignment import align, comparison_key, split_at_ellipses, split_words

TEXT = "We said that I did not do it, and we will never rebuild the old bridge before the snow falls in June."


def steps_to(claim, text=TEXT):
    """The steps from the claim to the text: kind, the claim's words, the text's."""
    cut, target = split_at_ellipses(claim), split_words(text)
    flat = [word for piece in cut for word in piece]
    return [
        (
            step.kind,
            *(" ".join(word.key for word in side[slice(*place)]) for side, place in ((flat, step.claim), (target, step.target))),
        )
        for step in align(cut, target).steps
    ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("“Don’t—stop!” it's 'so'", ["don't", "stop", "it's", "so"]),
        ("1,000 1.5 -5 −5 2019-2020 10:30 3rd", ["1000", "1.5", "-5", "-5", "2019", "2020", "10:30", "3rd"]),
        ("$5 10% R&D", ["$", "5", "10", "%", "r", "&", "d"]),
        ("U.S. US us Us", ["uS", "uS", "us", "us"]),
        ("cafe\u0301 café re\u00adborn \ufeff", ["café", "café", "reborn"]),
        ("well-known", ["well", "known"]),
        ("… ... – ’", []),
    ],
)
def test_words_are_compared_as_a_reader_would(text, keys):
    """Marks, hidden characters and the case of first letters do not count; signs and numbers do."""
    assert [word.key for word in split_words(text)] == keys


def test_numbers_differ_where_their_value_does():
    """One point five is not fifteen."""
    assert len({comparison_key("1.5"), comparison_key("15"), comparison_key("-15"), comparison_key("1,500")}) == 4


@pytest.mark.parametrize(
    ("claim", "steps"),
    [
        ("i did not do it and we", [("same", "i did not do it and we", "i did not do it and we")]),
        ("I did do it", [("same", "i did", "i did"), ("left_out", "", "not"), ("same", "do it", "do it")]),
        ("snow falls in July", [("same", "snow falls in", "snow falls in"), ("changed", "july", "june")]),
        (
            "we will never ever rebuild",
            [("same", "we will never", "we will never"), ("added", "ever", ""), ("same", "rebuild", "rebuild")],
        ),
        (
            "we will rebuild bridge",
            [
                *(("same", "we will", "we will"), ("left_out", "", "never"), ("same", "rebuild", "rebuild")),
                *(("left_out", "", "the old"), ("same", "bridge", "bridge")),
            ],
        ),
        ("we will … rebuild", [("same", "we will", "we will"), ("ellipsis", "", "never"), ("same", "rebuild", "rebuild")]),
        (
            "… the snow [. . .] June...",
            [("same", "the snow", "the snow"), ("ellipsis", "", "falls in"), ("same", "june", "june")],
        ),
    ],
)
def test_the_steps_from_a_claim_to_the_text_are_given_word_by_word(claim, steps):
    """What is the same, changed, added, left out, and what an ellipsis stands for."""
    assert steps_to(claim) == steps


def test_only_the_same_words_are_exact():
    """Except those that an ellipsis stands for."""
    assert align(split_at_ellipses("we will … rebuild the old bridge"), split_words(TEXT)).exact
    assert not align(split_at_ellipses("we will rebuild the old bridge"), split_words(TEXT)).exact
    assert not align(split_at_ellipses("we … the June"), split_words(TEXT)).exact
    assert not align(split_at_ellipses("anything"), []).exact


def test_pieces_around_an_ellipsis_must_be_near_each_other():
    """An ellipsis stands for a few words, not for half a page."""
    far = "We agree. " + "Something else. " * 100 + "We go."
    assert not align(split_at_ellipses("we agree … we go"), split_words(far)).exact
    assert align(split_at_ellipses("we agree … we go"), split_words(far.replace("Something else. " * 90, ""))).exact
