"""The type and act of annotated quotes, from the library's steps."""

from typing import Any

import pytest

from evaluation.describe import describe


def described(text: str, content: str, cue: str | None) -> dict[str, Any]:
    place = lambda part: [text.index(part), text.index(part) + len(part)]  # noqa: E731
    quote = {"content": [place(content)], "cue": [place(cue)] if cue else [], "source": [], "speaker": "Ann"}
    (found,) = describe({"id": "a", "text": text, "quotes": [quote]})["quotes"]
    assert quote.items() <= found.items()
    return found


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“It is late,” Ann said.", "“It is late,”", "direct"),
        ("“It is late,” Ann said.", "It is late", "direct"),
        ("“It is late”, Ann said.", "“It is late”,", "direct"),
        ("Ann said that “it is late”.", "that “it is late”", "mixed"),
        ("Ann said it was late.", "it was late", "indirect"),
        ("Ann said ….", "…", "indirect"),
    ],
)
def test_a_gold_quote_has_the_type_it_would_have_as_a_prediction(text: str, content: str, kind: str) -> None:
    assert described(text, content, "said")["type"] == kind


@pytest.mark.parametrize(("cue", "act"), [("said", "say"), ("has warned", "warn"), ("according to", "report")])
def test_a_gold_cue_has_the_act_it_would_have_as_a_verb(cue: str, act: str) -> None:
    assert described(f"Ann {cue} it was late.", "it was late", cue)["verb"] == {"act": act}


def test_a_quote_without_a_cue_has_no_verb() -> None:
    assert described("“It is late.”", "“It is late.”", None)["verb"] is None


def test_a_cue_in_parts_is_read_as_one() -> None:
    quote = {"content": [[21, 23]], "cue": [[4, 7], [14, 20]], "source": []}
    (found,) = describe({"id": "a", "text": "Ann has today warned us.", "quotes": [quote]})["quotes"]
    assert found["verb"] == {"act": "warn"}
