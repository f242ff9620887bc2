"""Step 4, verbs: the lemma, act and negation of each cue.

In: `doc._.quotes` whose verbs have only a span. Out: the same quotes, each verb with the lemma of its main word, its act (from
the inventory `acts.txt`, which any editor can extend) and whether it is negated. The spans do not change. The Doc has no parts of
speech, so tables and word order decide. The lemmas are spaCy's. Their tables are loaded when a pipeline is initialized, and saved
with it. Without tables, a word is its own lemma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.lookups import Lookups, load_lookups
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from attribution.data import Verb
from attribution.watch import report_done

UNLISTED = "say"
PASSING = "passing"
TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
BASE_FORM = {"verb": "VerbForm=Inf", "noun": "Number=Sing"}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AUXILIARIES = _set(
    "am is are was were be been being has have had having do does did will would can could may might must shall should ought "
    "ca wo 's ’s 're ’re 'm ’m 've ’ve 'd ’d 'll ’ll"
)
DETERMINERS = _set("a an the this that these those his her its their my our your no")
PREPOSITIONS = _set("in of on by with for from at")
NEGATORS = _set("not never neither nor without")
FOCUS = _set("only just merely simply")
BETWEEN = AUXILIARIES | _set("also even ever yet longer so far still always")


class Inventory(NamedTuple):
    """The content of `acts.txt`: the act of each lemma or phrase; the passing verbs, which only lead to another verb; and for the
    first word of each entry, how many words the longest entry that begins with it has.
    """

    acts: dict[str, str]
    passing: frozenset[str]
    longest: dict[str, int]


@cache
def read_inventory() -> Inventory:
    """Read and cache `acts.txt`."""
    lines = files("attribution.quoting").joinpath("acts.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(":") for line in lines if line and not line.startswith("#")]
    entries = [(word.strip(), act) for act, words in pairs for word in words.split(",")]
    acts = {word: act for word, act in entries if act != PASSING}
    longest: dict[str, int] = {}
    for first, *more in map(str.split, acts):
        longest[first] = max(longest.get(first, 0), 1 + len(more))
    return Inventory(acts, frozenset(word for word, act in entries if act == PASSING), longest)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cue. text: the part of it inside the cue, in lower case. lemma: its lemma as a verb or a noun, or the fixed
    phrase that begins with it ("according to"). verb: whether it counts as a verb. act: its act in the inventory, None if it is
    not listed. passing: whether it only leads to another verb.
    """

    token: Token
    text: str
    lemma: str
    verb: bool
    act: str | None
    passing: bool

    @property
    def signals(self) -> bool:
        """Whether the inventory lists it, with an act or as passing."""
        return self.act is not None or self.passing


class Verbs:
    """The component that analyses the verbs of `doc._.quotes`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.use_tables(Lookups())

    def use_tables(self, lookups: Lookups) -> None:
        """Take lemmas from these tables."""
        self.lookups = lookups
        self.lemmatizer = EnglishLemmatizer(self.vocab, None, mode="rule")
        self.lemmatizer.lookups = lookups
        index, irregular = (lookups.get_table(name, {}) for name in ("lemma_index", "lemma_exc"))
        self.bases = {pos: frozenset(index.get(pos, ())) for pos in BASE_FORM}
        self.irregular = {pos: frozenset(irregular.get(pos, ())) for pos in BASE_FORM}
        self.lemmas: dict[tuple[str, str], str] = {}

    def initialize(self, get_examples: object = None, *, nlp: Language | None = None) -> None:
        """Load the tables for verbs and nouns from the package spacy-lookups-data."""
        lookups, tables = Lookups(), load_lookups("en", list(TABLES))
        for name in TABLES:
            lookups.add_table(name, {pos: tables.get_table(name)[pos] for pos in BASE_FORM})
        self.use_tables(lookups)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        report_done("verbs")
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[list[Verb | None]]:
        """The analysed verb of each quote of each Doc; changes nothing."""
        return [[quote.verb and self.analyse(doc, quote.verb) for quote in doc._.quotes] for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], verbs: Iterable[Sequence[Verb | None]]) -> None:
        """Write the verbs from `predict` into the Docs."""
        for doc, found in zip(docs, verbs, strict=True):
            doc._.quotes = tuple(replace(quote, verb=verb) for quote, verb in zip(doc._.quotes, found, strict=True))

    def analyse(self, doc: Doc, verb: Verb) -> Verb:
        """The verb with its lemma, act and negation."""
        cue = doc.char_span(verb.start, verb.end, alignment_mode="expand")
        if cue is None:
            raise ValueError(f"the verb at {verb.start}-{verb.end} lies outside the text of {len(doc.text)} characters")
        main = _main_word([self.look_up(token, verb) for token in cue])
        return replace(verb, lemma=main.lemma, act=main.act or UNLISTED, negated=_is_negated(main.token, cue))

    def look_up(self, token: Token, cue: Verb) -> Word:
        """Look up a word of the cue in the tables and the inventory."""
        inventory = read_inventory()
        text = token.lower_[max(0, cue.start - token.idx) : cue.end - token.idx]
        verb = self.is_verb(text) and not (token.idx > cue.start and _wants_noun(token))
        lemma = self.lemma(text, "verb" if verb or text in AUXILIARIES else "noun")
        passing = verb and lemma in inventory.passing
        for first in (lemma, text):
            for words in range(inventory.longest.get(first, 0), 0, -1):
                phrase = " ".join([first, *(other.lower_ for other in token.doc[token.i + 1 : token.i + words])])
                if act := inventory.acts.get(phrase):
                    return Word(token, text, lemma if verb and first == lemma else phrase, verb, act, passing and words == 1)
        return Word(token, text, lemma, verb, None, passing)

    def is_verb(self, word: str) -> bool:
        """Whether a word can be a main verb, according to the tables or, if inflected, the inventory ("retweeted")."""
        lemma = self.lemma(word, "verb")
        inflected = lemma != word and not word.endswith("s")
        return word not in AUXILIARIES and (lemma in self.bases["verb"] or (inflected and lemma in read_inventory().acts))

    def lemma(self, word: str, pos: Literal["verb", "noun"]) -> str:
        """The lemma of a lower-case word as a verb or a noun. Of several, the one in the inventory wins ("hoped": hope, not hop).
        A word that is neither ("obvious") is its own lemma.
        """
        if (word, pos) not in self.lemmas:
            base = word in self.bases[pos] and word not in self.irregular[pos]
            doc = Doc(self.vocab, words=[word], pos=[pos.upper()], morphs=[BASE_FORM[pos] if base else ""])
            forms = self.lemmatizer.rule_lemmatize(doc[0])
            listed = (form for form in forms if form in read_inventory().acts)
            self.lemmas[word, pos] = next(listed, forms[0] if pos == "verb" or forms[0] in self.bases[pos] else word)
        return self.lemmas[word, pos]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The tables, serialized."""
        return self.lookups.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Verbs:
        """Load the tables from bytes."""
        self.use_tables(Lookups().from_bytes(data))
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Save the tables into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.lookups.to_disk(path)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Verbs:
        """Load the tables from the folder `path`."""
        self.use_tables(Lookups().from_disk(path))
        return self


def _main_word(words: Sequence[Word]) -> Word:
    """The main word of a cue: the first verb in the inventory, or the verb that it leads to ("went on to say"). In a cue without
    one ("in his view", ":"), the first other word in the inventory, else the likeliest verb, else the last word.
    """
    verbs = [word for word in words if word.verb]
    for word in verbs:
        if word.signals:
            return _follow_passing(word, words)
    inflected = [word for word in verbs if word.lemma != word.text]
    listed = [word for word in words if word.act]
    alphabetic = [word for word in words if word.text.isalpha()]
    content_words = [word for word in alphabetic if not word.token.is_stop]
    return [*listed, *inflected, *verbs, *content_words[-1:], *alphabetic[-1:], *words][0]


def _wants_noun(token: Token) -> bool:
    """Whether the word before calls for a noun: "a warning", "in support", but not "without saying"."""
    before = token.nbor(-1).lower_
    return before in DETERMINERS or (before in PREPOSITIONS and not token.lower_.endswith("ing"))


def _follow_passing(word: Word, words: Sequence[Word]) -> Word:
    """The word that a chain of passing verbs leads to."""
    while word.passing and (following := next(_following(word, words[words.index(word) + 1 :]), None)):
        word = following
    return word


def _following(word: Word, rest: Sequence[Word]) -> Iterator[Word]:
    """What a passing verb may lead to, likeliest first: a listed verb after "to" or in -ing, a verb after "to", a listed word."""
    texts = [other.text for other in rest]
    yield from (w for i, w in enumerate(rest) if w.verb and w.signals and ("to" in texts[:i] or texts[i].endswith("ing")))
    yield from (w for i, w in enumerate(rest) if w.verb and texts[:i][-1:] == ["to"])
    if word.act is None:
        yield from (w for w in rest if w.act)


def _is_negated(main: Token, cue: Span) -> bool:
    """Whether a negator comes before the main word: inside the cue, or before it with only auxiliaries and adverbs between."""
    return any(map(_negates, cue.doc[cue.start : main.i])) or _is_negated_before(main) or _is_negated_before(cue[0])


def _is_negated_before(token: Token) -> bool:
    """Whether only auxiliaries and adverbs come between the token and a negator or "no" before it."""
    for before in reversed(token.doc[max(0, token.i - 6) : token.i]):
        if _negates(before) or before.lower_ == "no":
            return True
        if before.lower_ not in BETWEEN and not before.lower_.endswith("ly"):
            return False
    return False


def _negates(token: Token) -> bool:
    """Whether a token is a negator. In "not only said", "not" is none."""
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return token.norm_ in NEGATORS and following not in FOCUS


@Language.factory("attribution_verbs", requires=["doc._.quotes"], assigns=["doc._.quotes"])
def make_verbs(nlp: Language, name: str) -> Verbs:
    """Build the component without tables, which `initialize` or `from_disk` loads."""
    return Verbs(nlp.vocab)
