"""Numbers that were chosen with the weights ship with them, and are not in the code."""

import json

import spacy

from attribution import load, shipped
from attribution.options import Options
from attribution.tagging.thresholds import NEUTRAL, Thresholds


def test_the_default_of_an_option_comes_from_the_shipped_pipeline():
    meta = json.loads((shipped.DIRECTORY / "meta.json").read_text(encoding="utf-8"))
    assert Options().min_speaker_probability == meta["defaults"]["min_speaker_probability"] > 0


def test_without_a_pipeline_the_default_is_zero(tmp_path):
    """Importing the library does not fail; `attribution.load` reports what is wrong."""
    assert shipped.default("min_speaker_probability", tmp_path) == 0
    (tmp_path / "meta.json").write_text("[]", encoding="utf-8")
    assert shipped.default("min_speaker_probability", tmp_path) == 0


def test_the_tagger_takes_its_thresholds_from_its_config():
    nlp = spacy.blank("en")
    assert nlp.add_pipe("attribution_tagger").thresholds == NEUTRAL
    given = nlp.add_pipe("attribution_tagger", name="other", config={"thresholds": {"tagged": 0.3, "gained": 10}})
    assert given.thresholds == Thresholds(tagged=0.3, gained=10)
    assert load().get_pipe("tagger").thresholds != NEUTRAL
