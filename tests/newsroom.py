"""An invented news article with its quotes, as an editor wants them, and answers made from these, for the tests of the measure.

Ann says two things, the second through RIA and with words of Bob's inside; Bob's hope is an attitude, the border a topic.
"""

from typing import Any

TEXT = (
    "Ann Lee said the sea was “rising fast”. She warned, RIA reported, that Bob Orr had said it would rain. "
    "Bob Orr hopes for sun. They discussed the border. I doubt it all."
)


def places(*words: str) -> list[list[int]]:
    """Where words stand first in the article."""
    return [[TEXT.index(each), TEXT.index(each) + len(each)] for each in words]


def quote(content: str, cue: str, source: str, *speakers: str, **more: Any) -> dict[str, Any]:
    """An annotated quote: indirect, core, nobody's relay and inside no other, unless `more` says so."""
    roles = {"content": places(content), "cue": places(cue), "source": places(source)}
    who = {"speaker": next(iter(speakers), None), "speakers": list(speakers), "named": bool(speakers)}
    return {**roles, **who, "via": [], "parent": None, "kind": "core", "type": "indirect", **more}


SEA = quote("the sea was “rising fast”", "said", "Ann Lee", "Ann Lee", "Lee", type="mixed")
RAIN = quote(
    "that Bob Orr had said it would rain", "warned", "She", "Ann Lee", via=[{"name": "the agency RIA", "relation": "relays"}]
)
INNER = quote("it would rain", "had said", "Bob Orr", "Bob Orr", parent=1)
SUN = quote("for sun", "hopes", "Bob Orr", "Bob Orr", kind="attitude")
BORDER = quote("the border", "discussed", "They", kind="topic")
DOUBT = quote("it all", "doubt", "I", kind="author")
ARTICLE = {"id": "a", "family": "seaside", "text": TEXT, "quotes": [SEA, RAIN, INNER, SUN, BORDER, DOUBT]}


def answer(gold: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The gold quote in the one shape, as it should be told but for what is `changed`."""
    content, cue, source = ([span(*offsets) for offsets in gold[role]] for role in ("content", "cue", "source"))
    parent = gold["parent"]
    told = {
        "id": f"q{ARTICLE['quotes'].index(gold)}",
        "type": gold["type"],
        "text": content[0]["text"],
        "content": content,
        "verb": cue[0],
        "source": source[0],
        "speaker": speaker(gold["speaker"]) if gold["speaker"] else None,
        "via": [{"name": via["name"]} for via in gold["via"]],
        "parent": None if parent is None else f"q{parent}",
        "confidence": 0.75,
    }
    return told | changed


def span(start: int, end: int) -> dict[str, Any]:
    """A stretch of the article in the one shape."""
    return {"start": start, "end": end, "text": TEXT[start:end]}


def speaker(name: str, evidence: str = "name", probability: float = 1.0) -> dict[str, Any]:
    """Somebody who speaks, in the one shape."""
    return {"name": name, "evidence": evidence, "probability": probability}
