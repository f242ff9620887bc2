"""Lexicon: the words that tell what a noun phrase is about without parts of speech; the nouns come from `roles.txt`.

In: single words. Out: their kind (person, organization, document …) and number, and closed lists: pronouns, articles, words at
which a phrase stops. It knows nothing of texts or names.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

PRONOUNS: dict[str, tuple[str | None, str | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("singular", "man")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("singular", "woman")),
    **dict.fromkeys(("it", "its", "itself"), ("singular", "thing")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("plural", None)),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("singular", "self")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("plural", "self")),
    **dict.fromkeys(("you", "your", "yours"), (None, "other")),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), (None, "relative")),
}
"""The number and the gender that each pronoun shows; self, other and relative count as genders here."""
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
DETERMINERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "one", "another", "some", "any", "no", "each", "every"]
)
ARTICLES = frozenset({"the", "a", "an"}) | POSSESSIVES - {"whose", "your"}
PLURALS = frozenset(
    ["people", "men", "women", "children", "police", "some", "many", "others", "most", "several", "few", "both", "all"]
)
JOINTS = frozenset({"of", "for", "and", "on"})
"""What may stand between the words of a body's name: "Department of Justice"."""
OWNING = frozenset({"by", "of", "from", "on", "in", "at", "with"})
"""What stands between a document and whose it is: "a statement by Ann"."""
LINKS = OWNING | {"for", "to", "about", "into", "over", "under", "near", "against", "than", "within", "across"}
CLAUSES = frozenset(["who", "whom", "whose", "which", "that", "where", "when", "as", "like", "including", "while", "but", "or"])
PARTICIPLES = frozenset(
    ["made", "written", "sent", "taken", "given", "obtained", "seen", "known", "led", "run", "close", "familiar"]
)
VERBS = frozenset(["said", "says", "say", "told", "tells", "is", "are", "was", "were", "has", "have", "had", "be", "been", "met"])
STOPS = LINKS | CLAUSES | PARTICIPLES | VERBS | {"after", "before", "because", "if", "not", "also"}
"""Words that no noun and none of its modifiers are: before them a phrase without its attributes ends."""
BREAKS = frozenset(',;:()[]{}“”"«»„‟.?!…—–―‘') | {"--", "..."}
PERSONS = frozenset({"person", "he", "she"})
HONORIFICS = frozenset({"man", "woman", "honorific"})
TITLES = PERSONS | HONORIFICS | {"modifier"}
BODIES = frozenset({"organization", "place"})
ENDINGS = (("ies", "y"), ("men", "man"), ("es", ""), ("s", ""))
PERSONAL_ENDINGS = ("ist", "ists", "eer", "eers", "woman", "man")
SHORTEST_DERIVED = 7


@lru_cache(maxsize=1)
def nouns() -> dict[str, str]:
    """Each noun of `roles.txt` with its kind, the first that lists it."""
    kinds: dict[str, str] = {}
    for kind, words in _lines():
        if kind != "outlet":
            kinds.update((word, kind) for word in words if word not in kinds)
    return kinds


@lru_cache(maxsize=1)
def outlets() -> frozenset[str]:
    """The words by which a name shows that it is of a news outlet."""
    return frozenset(word for kind, words in _lines() if kind == "outlet" for word in words)


def _lines() -> list[tuple[str, list[str]]]:
    lines = files("attribution").joinpath("roles.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return [(kind, words.split()) for kind, _, words in parts]


@lru_cache(maxsize=20_000)
def noun(word: str) -> tuple[str | None, str]:
    """The kind and the number of a noun: `noun("Ministers") == ("person", "plural")`; the kind is None outside the lexicon."""
    kinds, word = nouns(), word.lower().rstrip(".")
    if word in PLURALS:
        return "person", "plural"
    if word in kinds:
        return kinds[word], "singular"
    for ending, singular in ENDINGS:
        if word.endswith(ending) and (stem := word.removesuffix(ending) + singular) in kinds:
            return kinds[stem], "plural"
    derived = len(word) >= SHORTEST_DERIVED and word.endswith(PERSONAL_ENDINGS)
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return "person" if derived else None, "plural" if plural else "singular"


def is_capital(word: str) -> bool:
    """Whether the word is written as a name is: `is_capital("Obama")`."""
    return word[:1].isupper() and word not in ("I", "I'm")


def is_break(word: str, before: str, *, spaced: bool) -> bool:
    """Whether a word ends a phrase: a mark, a line's end, a hyphen after a space; not the stop of a title ("Lt.")."""
    if word == ".":
        return not before.istitle() or noun(before)[0] not in TITLES
    return word in BREAKS or "\n" in word or (word == "-" and spaced)
