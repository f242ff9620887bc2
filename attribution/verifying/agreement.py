"""Does a name that somebody gives mean this speaker? In: a name, with or without title, and a `Speaker`. Out: yes or no.

The names and the role are those of the article: it does not know that Trump is the president where the article does not say so.
"""

from __future__ import annotations

from attribution.data import Speaker
from attribution.resolving.lexicon import DETERMINERS, LINKS, TITLES, classify_noun
from attribution.resolving.names import name_words


def agrees(given: str, speaker: Speaker) -> bool:
    """Whether the name means the speaker: `Lee`, `Ann Lee` and `Mayor Lee` mean Ann Lee, `Bob Lee` and `Lee's lawyer` do not."""
    said = _words(given)
    if said in [_words(name) for name in (speaker.name, *speaker.aliases, speaker.role or "")]:
        return bool(said)
    while len(said) > 1 and classify_noun(said[0])[0] in TITLES:
        said = said[1:]
    name, role = _words(speaker.name), set(_words(speaker.role or ""))
    named = set(said) - role
    longer = bool(name) and said[-len(name) :] == name and not LINKS & set(said)
    return longer or (bool(named) and named <= set(name))


def _words(name: str) -> list[str]:
    return [word for word in name_words(name) if word not in DETERMINERS]
