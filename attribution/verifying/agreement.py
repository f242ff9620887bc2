"""Does a given name mean this speaker? In: a name, with or without title, and a `Speaker`. Out: yes or no.

Only the names and the role in the article count: it does not know that Trump is the president unless the article says so.
"""

from __future__ import annotations

from attribution.data import Speaker
from attribution.resolving.lexicon import DETERMINERS, PREPOSITIONS, TITLES, classify_noun
from attribution.resolving.names import name_words


def agrees(given: str, speaker: Speaker) -> bool:
    """Whether the name means the speaker: `Lee`, `Ann Lee` and `Mayor Lee` mean Ann Lee, `Bob Lee` and `Lee's lawyer` do not."""
    words = _words(given)
    if words in [_words(name) for name in (speaker.name, *speaker.aliases, speaker.role or "")]:
        return bool(words)
    while len(words) > 1 and classify_noun(words[0])[0] in TITLES:
        words = words[1:]
    name, role = _words(speaker.name), set(_words(speaker.role or ""))
    rest = set(words) - role
    longer = bool(name) and words[-len(name) :] == name and not PREPOSITIONS & set(words)
    return longer or (bool(rest) and rest <= set(name))


def _words(name: str) -> list[str]:
    return [word for word in name_words(name) if word not in DETERMINERS]
