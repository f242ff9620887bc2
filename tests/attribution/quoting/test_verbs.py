"""Lemma, act and negation of cues, on hand-built docs and tables."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.lookups import Lookups

import attribution
from attribution.data import Context, Quote, Verb
from attribution.quoting.quotes import make_quotes
from attribution.quoting.verbs import PASSING, Verbs, make_verbs, read_inventory

ACTS = "say assert write announce ask answer warn promise deny accuse praise describe urge report think want feel"
BASES = """accuse agree announce believe be call charm claim declare deny expect explain focus get go have hear hop hope insist
interview issue know like make mention order promise quote refuse say speak sue tell thank threaten tweet view want warn zap"""
CUES_OF_SEEDS = """accuse assure call claim declare denounce describe deny emphasize inform insist promise report say stress tell
threaten tweet vow warn"""
TABLES = {
    "lemma_rules": {
        "verb": [["s", ""], ["ies", "y"], ["es", "e"], ["ed", "e"], ["ed", ""], ["ing", "e"], ["ing", ""]],
        "noun": [["s", ""], ["ies", "y"]],
    },
    "lemma_exc": {
        "verb": {
            "said": ["say"],
            "told": ["tell"],
            "was": ["be"],
            "is": ["be"],
            "went": ["go"],
            "made": ["make"],
            "has": ["have"],
            "heard": ["hear"],
        },
        "noun": {},
    },
    "lemma_index": {
        "verb": BASES.split(),
        "noun": ["claim", "promise", "statement", "view", "warning", "interview", "word"],
    },
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def verbs(nlp: Language) -> Verbs:
    """The component, with only the tables that the tests need."""
    lookups = Lookups()
    for name, table in TABLES.items():
        lookups.add_table(name, table)
    component = make_verbs(nlp, "verbs")
    component.use_tables(lookups)
    return component


def analyse(component: Verbs, nlp: Language, marked: str) -> Verb:
    """The verb of a text whose cue is in brackets, e.g. `He [said] no.`"""
    before, cue, after = marked.replace("]", "[").split("[")
    return component.analyse(nlp.make_doc(before + cue + after), Verb(len(before), len(before + cue), cue))


def quote(verb: Verb | None) -> Quote:
    return Quote("q1", "direct", "statement", "", (), (), verb, None, None, (), (), None, Context(0, 0, 0, ""), 1.0)


@pytest.mark.parametrize(
    ("marked", "lemma", "act"),
    [
        ("He [said] no", "say", "say"),
        ("He [SAID] no", "say", "say"),
        ("He [has declared] war", "declare", "announce"),
        ("He [tweeted:] no", "tweet", "write"),
        ("He [retweeted] it", "retweet", "write"),
        ("He [hoped] so", "hope", "want"),
        ("He [focused] on it", "focus", "say"),
        ("He [was quoted as saying] no", "say", "say"),
        ("He [went on to say] no", "say", "say"),
        ("He [is expected to announce] war", "announce", "announce"),
        ("He [is expected to zap] it", "zap", "say"),
        ("He [is expected] to go", "expect", "think"),
        ("He [would like to thank] them", "thank", "praise"),
        ("He [refused to say] why", "refuse", "deny"),
        ("He [threatened to sue] them", "threaten", "warn"),
        ("He [said in an interview] that", "say", "say"),
        ("They [issued a statement saying] no", "say", "say"),
        ("They [issued a warning]", "warning", "warn"),
        ("They [made it clear] that", "make", "assert"),
        ("He [called] it a day", "call", "describe"),
        ("He [called for] calm", "call", "urge"),
        ("He [called] for calm", "call", "urge"),
        ("He [agreed] that", "agree", "assert"),
        ("He [agreed to] go", "agree", "promise"),
        ("It rains, [according to] RIA", "according to", "report"),
        ("[In his view], it rains", "view", "think"),
        ("His [claims] that it rains", "claim", "assert"),
        ("The [claim] that it rains", "claim", "assert"),
        ("He was [critical of] it", "critical", "accuse"),
        ("Ann[:] no", ":", "say"),
        ("“No”[—]Ann", "—", "say"),
        ("He [is] right", "be", "say"),
        ("He [also charmed] them", "charm", "say"),
        ("the [wise words]", "word", "say"),
        ("[obvious]", "obvious", "say"),
        ("[quite so]", "so", "say"),
    ],
)
def test_a_cue_has_the_lemma_of_its_main_word_and_its_act(verbs: Verbs, nlp: Language, marked: str, lemma: str, act: str) -> None:
    verb = analyse(verbs, nlp, marked)
    assert (verb.lemma, verb.act) == (lemma, act)


@pytest.mark.parametrize(
    "marked",
    [
        "He [did not say] why",
        "He did not [say] why",
        "He [didn't say] why",
        "He didn’t [say] why",
        "He has never publicly [said] it",
        "He [no longer believes] it",
        "They went, [without mentioning] it",
        "He [made no mention of] it",
        "He did not [go on to say] why",
        "Not [denied] by him",
    ],
)
def test_a_negator_before_the_main_word_negates(verbs: Verbs, nlp: Language, marked: str) -> None:
    assert analyse(verbs, nlp, marked).negated


@pytest.mark.parametrize(
    "marked",
    [
        "He [refused to say] why",
        "He [said] it was not true",
        "It was not he who [said] so",
        "He [not only said] it",
        "He not only [said] it",
        "[Said] Ann",
    ],
)
def test_other_negators_and_refusals_do_not_negate(verbs: Verbs, nlp: Language, marked: str) -> None:
    assert not analyse(verbs, nlp, marked).negated


def test_a_cue_may_be_part_of_a_token(verbs: Verbs, nlp: Language) -> None:
    assert analyse(verbs, nlp, "Clinton[:]“We").lemma == ":"


def test_a_cue_outside_the_text_is_refused(verbs: Verbs, nlp: Language) -> None:
    with pytest.raises(ValueError, match="90-94 lies outside"):
        verbs.analyse(nlp.make_doc("He said no"), Verb(90, 94, "said"))


def test_without_tables_a_word_is_its_own_lemma(nlp: Language) -> None:
    bare = make_verbs(nlp, "verbs")
    assert analyse(bare, nlp, "They [say] no") == Verb(5, 8, "say", "say", "say")
    assert analyse(bare, nlp, "They [said] no") == Verb(5, 9, "said", "said", "say")


def test_predict_changes_nothing_and_set_annotations_replaces_only_the_verb(verbs: Verbs, nlp: Language) -> None:
    make_quotes(nlp, "quotes", {})
    doc = nlp.make_doc("He said no")
    doc._.quotes = given = (quote(Verb(3, 7, "said")), quote(None))
    found = verbs.predict([doc])
    assert found == [[Verb(3, 7, "said", "say", "say"), None]]
    assert doc._.quotes == given
    assert verbs(doc)._.quotes == (quote(found[0][0]), quote(None))


def test_the_tables_travel_with_the_pipeline(verbs: Verbs, nlp: Language, tmp_path: Path) -> None:
    verbs.to_disk(tmp_path / "verbs")
    for copy in (Verbs(nlp.vocab).from_disk(tmp_path / "verbs"), Verbs(nlp.vocab).from_bytes(verbs.to_bytes())):
        assert analyse(copy, nlp, "He [said] no").lemma == "say"


def test_a_pipeline_without_tables_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribution_verbs")
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp").has_pipe("attribution_verbs")


def test_the_step_declares_what_it_requires_and_assigns(nlp: Language) -> None:
    meta = Language.get_factory_meta("attribution_verbs")
    assert (list(meta.requires), list(meta.assigns)) == (["doc._.quotes"], ["doc._.quotes"])


@pytest.mark.parametrize(
    ("cue", "lemma"),
    [("hoped", "hope"), ("discussed", "discuss"), ("express", "express"), ("lied", "lie"), ("saw", "see"), ("insists", "insist")],
)
def test_the_shipped_tables_know_regular_and_irregular_verbs(nlp: Language, cue: str, lemma: str) -> None:
    shipped = attribution.load().get_pipe("verbs")
    assert analyse(shipped, nlp, f"They [{cue}]").lemma == lemma


def test_the_inventory_contains_only_known_acts() -> None:
    assert set(read_inventory().acts.values()) == set(ACTS.split())


def test_the_inventory_lists_each_word_once() -> None:
    lines = (Path(__file__).parents[3] / "attribution" / "quoting" / "acts.txt").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith(("#", PASSING))]
    words = [word.strip() for line in listed for word in line.partition(":")[2].split(",")]
    assert sorted(words) == sorted(read_inventory().acts)
    assert all(word == word.lower() and word for word in words)


def test_the_inventory_contains_the_cues_of_the_seeds() -> None:
    assert [lemma for lemma in CUES_OF_SEEDS.split() if lemma not in read_inventory().acts] == []
