"""What was chosen with the weights travels with them: the code has no such number of its own."""

import json

import spacy

from attribution import load, shipped
from attribution.options import Options
from attribution.tagging.thresholds import NEUTRAL, Thresholds


def test_an_option_is_what_the_shipped_pipeline_says():
    meta = json.loads((shipped.DIRECTORY / "meta.json").read_text(encoding="utf-8"))
    assert Options().min_speaker_probability == meta["defaults"]["min_speaker_probability"] > 0


def test_without_a_pipeline_an_option_leaves_nothing_out(tmp_path):
    """`attribution.load` tells what is wrong; importing the library does not fail for it."""
    assert shipped.default("min_speaker_probability", tmp_path) == 0
    (tmp_path / "meta.json").write_text("[]", encoding="utf-8")
    assert shipped.default("min_speaker_probability", tmp_path) == 0


def test_the_tagger_decides_by_the_numbers_of_its_config():
    nlp = spacy.blank("en")
    assert nlp.add_pipe("attribution_tagger").thresholds == NEUTRAL
    given = nlp.add_pipe("attribution_tagger", name="other", config={"thresholds": {"tagged": 0.3, "gained": 10}})
    assert given.thresholds == Thresholds(tagged=0.3, gained=10)
    assert load().get_pipe("tagger").thresholds != NEUTRAL
