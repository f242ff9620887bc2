"""The pipeline works with spaCy's own tools: Docs can be saved, sent to other processes and displayed."""

import pickle
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import attribution
from attribution.component import Attributor

PACKAGE = Path(__file__).parents[2] / "packages" / "quotes_en_small"
TEXT = "It rained. “We leave at noon,” Ann Lee, the mayor, told reporters. “Nobody stays.” Bob Orr said that she lied."


@pytest.fixture(scope="module")
def doc():
    """A Doc from the shipped pipeline."""
    return attribution.load()(TEXT)


def found(doc):
    return doc._.quotes, doc._.speakers


def saved_alone(doc):
    return Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())


def saved_with_others(doc):
    store = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return next(DocBin().from_bytes(store).get_docs(spacy.blank("en").vocab))


def pickled(doc):
    return pickle.loads(pickle.dumps(doc))


@pytest.mark.parametrize("travel", [saved_alone, saved_with_others, pickled, Doc.copy])
def test_quotes_and_speakers_are_saved_and_copied_with_the_doc(doc, travel):
    """As the same records."""
    assert found(travel(doc)) == found(doc)
    assert found(saved_alone(travel(doc))) == found(doc)


def test_a_doc_that_the_pipeline_did_not_read_has_no_quotes(doc):
    """And can be saved like any other."""
    assert found(saved_alone(Doc(doc.vocab, words=["Hi"]))) == ((), ())


def test_docs_can_be_read_in_several_processes(doc):
    """And all answers come back."""
    read = list(attribution.load().pipe([TEXT, "Hi.", TEXT], n_process=2))
    assert [found(each) for each in read] == [found(doc), ((), ()), found(doc)]


def test_the_pipeline_can_be_sent_to_other_processes(doc):
    """Where processes are spawned, as on a Mac, its components are pickled."""
    read = attribution.load().make_doc(TEXT)
    for _, part in pickle.loads(pickle.dumps(list(attribution.load().pipeline))):
        read = part(read)
    assert found(read) == found(doc)


def test_every_fragment_of_a_quote_is_a_span(doc):
    """With the type, the speaker and the id of the quote."""
    for each in (doc, saved_alone(doc)):
        assert [(span.text, span.label_, span.kb_id_, span.id_) for span in each.spans["quotes"]] == [
            ("“We leave at noon,”", "direct", "Ann Lee", "q1"),
            ("“Nobody stays.”", "direct", "Ann Lee", "q1"),
            ("that she lied", "indirect", "Bob Orr", "q2"),
        ]


def test_displacy_shows_the_quotes(doc):
    """With their types and speakers."""
    shown = displacy.render(doc, style="span", options={"spans_key": "quotes"}, jupyter=False)
    assert all(word in shown for word in ("direct", "indirect", "Ann Lee", "Bob Orr"))


def test_one_component_is_the_whole_pipeline(doc):
    """In any pipeline, with the weights that the library ships."""
    nlp = spacy.blank("en")
    assert isinstance(nlp.add_pipe("attribution"), Attributor)
    read = nlp(TEXT)
    assert found(read) == found(doc)
    assert [span.text for span in read.spans["quotes"]] == [span.text for span in doc.spans["quotes"]]


def test_the_component_changes_nothing_else():
    """The names, sentences and tokens stay those of the surrounding pipeline."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "WEATHER", "pattern": "rained"}])
    before = nlp(TEXT)
    nlp.add_pipe("attribution")
    after = nlp(TEXT)
    assert after.to_json() | {"spans": None} == before.to_json() | {"spans": None}
    assert (after.tensor.size, list(after.spans)) == (0, ["quotes"])


def test_the_component_unwraps_lines_as_the_library_does():
    """And its spans have the words of the original text."""
    text = "“We leave at noon, and nobody will\nstay behind in the town,” said Ann\nLee, the mayor, to those who had come."
    nlp = spacy.blank("en")
    nlp.add_pipe("attribution")
    (quote,) = nlp(text)._.quotes
    assert [quote.content, quote.source, quote.speaker] == [
        getattr(attribution.extract(text).quotes[0], name) for name in ("content", "source", "speaker")
    ]
    assert "will\nstay" in quote.text


def test_a_pipeline_with_the_component_is_saved_without_the_weights(doc, tmp_path):
    """They come with the library."""
    nlp = spacy.blank("en")
    nlp.add_pipe("attribution")
    nlp.to_disk(tmp_path)
    assert list(tmp_path.rglob("*.onnx")) == []
    assert found(spacy.load(tmp_path)(TEXT)) == found(doc)


def test_spacy_loads_the_pipeline_by_its_name(doc, tmp_path, monkeypatch):
    """Once the small distribution of that name is installed, as spaCy requires."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (tmp_path / "quotes_en_small-0.1.0.dist-info").mkdir()
    (tmp_path / "quotes_en_small-0.1.0.dist-info" / "METADATA").write_text(f"Name: {project['name']}\nVersion: 0.1.0\n")
    for folder in (tmp_path, PACKAGE):
        monkeypatch.syspath_prepend(folder)
    nlp = spacy.load("quotes_en_small", disable=["speakers"])
    assert [quote.text for quote in nlp(TEXT)._.quotes] == [quote.text for quote in doc._.quotes]
    assert nlp.disabled == ["speakers"]


def test_the_two_distributions_have_the_same_version():
    """The small one requires exactly this version of the library."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == attribution.__version__
    assert project["dependencies"] == [f"quote-attribution=={attribution.__version__}"]
