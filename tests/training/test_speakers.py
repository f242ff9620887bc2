"""Mentions of speakers in an article, from its quotes: names, and the words that refer to them without a name."""

from typing import Any

import pytest

from training.corpora.speakers import calls, further_calls, mentions


def quote(text: str, source: str | None, *speakers: str, named: bool = True, content: str = "it is late") -> dict[str, Any]:
    places = [(text.index(source), text.index(source) + len(source))] if source else []
    start = text.index(content)
    return {"source": places, "cue": [], "content": [(start, start + len(content))], "speakers": list(speakers), "named": named}


@pytest.mark.parametrize(
    ("source", "speakers", "named", "called"),
    [
        ("the mayor of Ely, Ann Lee, 52,", ["Ann Lee"], True, ["Ann Lee/name"]),
        ("Mrs. Lee", ["Ann Lee"], True, ["Lee/name"]),
        ("Ann Lee's", ["Ann Lee"], True, ["Ann Lee/name"]),
        ("Ann Lee and Bob Orr", ["Ann Lee and Bob Orr"], True, ["Ann Lee and Bob Orr/name"]),
        ("Ann Lee, 40, and her son Bob Orr", ["Ann Lee and Bob Orr"], True, ["Ann Lee/name", "Bob Orr/name"]),
        ("Two people who saw it", ["Two people who saw it"], False, ["Two people who saw it/noun"]),
        ("A report by the Ministry", ["Ministry", "a report"], True, ["Ministry/name"]),
        ("A 2014 report by Lee Labs", ["Lee Labs", "A 2014 report by Lee Labs"], True, ["Lee Labs/name"]),
        ("The 6th Division", ["6th Division", "the division"], True, ["6th Division/name"]),
        ("Police", ["Police", "police"], True, ["Police/noun"]),
        ("Their letter", ["Ann Lee", "Their letter"], True, ["Their letter/noun"]),
        ("@annlee", ["@annlee"], True, ["@annlee/name"]),
        ("the mayor", ["Ann Lee"], True, []),
    ],
)
def test_a_source_calls_its_speaker_by_a_name_or_by_a_noun(
    source: str, speakers: list[str], named: bool, called: list[str]
) -> None:
    text = f"{source} said it is late"
    found = calls(text, [quote(text, source, *speakers, named=named)])
    assert [f"{text[start:end]}/{call}" for start, end, call in found] == called


def test_a_speaker_is_called_outside_of_sources_too() -> None:
    text = "Ann Lee met the mayor. The mayor said it is late"
    found = further_calls(text, [{**quote(text, "The mayor", "the mayor", named=False), "source": [(23, 32)]}])
    assert [(text[start:end], call) for start, end, call in found] == [("mayor", "noun")]


def test_names_are_mentions_everywhere_and_other_sources_are_to_resolve() -> None:
    text = "Ann Lee came. Lee said no, she said it is late. Orr left."
    quotes = [quote(text, "Lee said"[:3], "Ann Lee", content="no"), quote(text, "she", "Ann Lee")]
    quotes[0]["source"] = [(14, 17)]
    found = {text[slice(*one.span)] + str(one.span[0]): (one.who, one.to_resolve) for one in mentions(text, quotes)}
    assert found == {"Ann Lee0": (0, False), "Lee14": (0, False), "she27": (0, True)}


def test_a_quote_without_a_source_is_itself_to_resolve() -> None:
    text = "Ann Lee left. “it is late”"
    (first, last) = mentions(text, [quote(text, "Ann Lee", "Ann Lee", content="left"), quote(text, None, "Ann Lee")])
    assert (first.to_resolve, last.to_resolve, last.hidden, last.who) == (False, True, True, first.who)


def test_a_shared_surname_identifies_no_speaker() -> None:
    text = "Ann Lee and Bob Lee. Lee said it is late"
    one, other = quote(text, "Ann Lee", "Ann Lee"), quote(text, "Bob Lee", "Bob Lee")
    third = {**quote(text, None, "Ann Lee"), "source": [(21, 24)]}
    found = {text[slice(*one.span)] + str(one.span[0]) for one in mentions(text, [one, other, third])}
    assert {"Ann Lee0", "Bob Lee12"} <= found
