"""The lemma tables that ship come from the package spacy-lookups-data."""

import spacy


def test_initialize_loads_the_tables_for_verbs_and_nouns_alone() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("attribution_verbs")
    nlp.initialize()
    assert component.lemma("insisted", "verb") == "insist"
    assert component.lemma("statements", "noun") == "statement"
    assert len(component.lookups.get_table("lemma_index")) == 2
