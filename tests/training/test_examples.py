"""Training targets: tags and pointers match the annotation, and rewritten articles keep it."""

from random import Random

import pytest
from spacy.language import Language

from attribution.tagging.network import CALL_TAGS, KINDS, NAME_TAGS, ROLE_TAGS, VIA_TAGS
from attribution.tagging.windows import WordPieces
from training.augment import anglicise, furnish, vary
from training.corpora.records import Annotation, Article
from training.examples import IGNORE, Example, build, collate, windows


def quoted(article: Article) -> list[tuple[str, ...]]:
    spans = [(q.source + q.cue + q.content) for q in article.attributions or ()]
    return [tuple(article.text[start:end] for start, end in group) for group in spans]


@pytest.mark.parametrize(("whole", "outside"), [(True, 0), (False, IGNORE)])
def test_words_that_call_nobody_are_learned_where_all_mentions_are_annotated(
    nlp: Language, pieces: WordPieces, whole: bool, outside: int
) -> None:
    article = Article("a", "The mayor came.", calls=((4, 9, "noun"),), mentions=(), whole=whole)
    tags = build(article, nlp, pieces, limit=100).calls
    assert tags.tolist() == [outside, CALL_TAGS.index("B-noun"), outside, outside]


def test_tags_and_pointers_match_the_annotation(example: Example) -> None:
    forms = dict(
        enumerate(
            [
                "“",
                "It",
                "is",
                "late",
                ",",
                "”",
                "Ann",
                "Lee",
                "said",
                ",",
                "adding",
                "that",
                "she",
                "left",
                ".",
                "“",
                "Go",
                "!",
                "”",
            ]
        )
    )
    tagged = {i: ROLE_TAGS[tag] for i, tag in enumerate(example.outer.roles) if tag}
    assert [forms[i] for i, tag in tagged.items() if tag.endswith("cue")] == ["said", "adding"]
    assert [tagged[i] for i in (0, 1, 6, 7, 11, 15)] == [
        "B-content",
        "I-content",
        "B-source",
        "I-source",
        "B-content",
        "B-content",
    ]
    assert example.outer.cue[[0, 15, 11, 8]].tolist() == [8, 8, 10, IGNORE]
    assert example.outer.source[[8, 10, 0]].tolist() == [6, 6, IGNORE]


def test_nested_attributions_are_a_separate_level(nested_article: Article, nlp: Language, pieces: WordPieces) -> None:
    example = build(nested_article, nlp, pieces, limit=50)
    assert [ROLE_TAGS[tag][2:] for tag in example.outer.roles] == ["source", "cue", *["content"] * 5, ""]
    assert [ROLE_TAGS[tag][2:] for tag in example.inner.roles] == ["", "", "source", "cue", *["content"] * 3, ""]
    assert (example.inner.cue[4], example.inner.source[3]) == (3, 2)


def test_an_article_without_nested_annotations_has_no_inner_targets(example: Example) -> None:
    assert set(example.inner.roles) == {IGNORE}


def test_a_content_without_a_cue_points_to_the_source_and_the_relay(nlp: Language, pieces: WordPieces) -> None:
    said = Annotation(content=((5, 7),), cue=(), source=((0, 3),), relays=((13, 16),), kind="topic")
    example = build(Article("a", "ANN: It is. (RIA)", attributions=(said,), passed=True), nlp, pieces, limit=50)
    assert [ROLE_TAGS[tag] for tag in example.outer.roles] == ["B-source", "O", "B-content", "O", "O", "O", "O", "O"]
    assert [VIA_TAGS[tag] for tag in example.via.tags] == ["O"] * 6 + ["B-relays", "O"]
    assert example.outer.cue.tolist() == [IGNORE, IGNORE, 0] + [IGNORE] * 5
    assert example.via.passed.tolist() == [IGNORE, IGNORE, 6] + [IGNORE] * 5
    assert KINDS[example.outer.kinds[2]] == "topic"


def test_a_relay_may_be_inside_the_source(nlp: Language, pieces: WordPieces) -> None:
    said = Annotation(content=((25, 33),), cue=((20, 24),), source=((0, 19),), relays=((16, 19),))
    example = build(Article("a", "Letters seen by RIA show it rains.", attributions=(said,), passed=True), nlp, pieces, limit=50)
    assert [VIA_TAGS[tag] for tag in example.via.tags] == ["O"] * 3 + ["B-relays"] + ["O"] * 4
    assert [ROLE_TAGS[tag][2:] for tag in example.outer.roles][:5] == ["source"] * 4 + ["cue"]
    assert example.via.passed[4] == 3


def test_a_pointer_out_of_the_window_points_to_none(example: Example, pieces: WordPieces) -> None:
    _, targets = collate([(example, (9, 19))], pieces.special)
    _, _, cue, source = targets.outer
    assert source[0, 1] == 0
    assert cue[0].tolist()[2:6] == [2, 2, 2, IGNORE]
    assert cue[0, 6] == 0


def test_a_span_cut_by_the_window_starts_with_a_begin_tag(example: Example, pieces: WordPieces) -> None:
    _, targets = collate([(example, (2, 19))], pieces.special)
    assert ROLE_TAGS[targets.outer[0][0, 0]] == "B-content"


def test_training_windows_cover_an_example_once(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.examples.LONE", 0)
    assert sorted(i for start, end in windows(example, Random(1)) for i in range(start, end)) == list(range(len(example.words)))


def test_lone_sentences_are_those_that_need_no_context(nlp, pieces: WordPieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.examples.LONE", 1)
    text = "Ann said no. It rained. “Go,” said Bob. “Now!”"
    bob = Annotation(content=((24, 29), (40, 46)), cue=((30, 34),), source=((35, 38),))
    ann = Annotation(content=((9, 11),), cue=((4, 8),), source=((0, 3),))
    example = build(Article("a", text, attributions=(ann, bob)), nlp, pieces, limit=50)
    offsets = example.words.offsets
    alone = [text[offsets[start, 0] : offsets[end - 1, 1]] for start, end in windows(example, Random(1))]
    assert alone == ["Ann said no.", "It rained.", "“Go,” said Bob."]


def test_names_without_a_label_are_excluded_from_training(nlp, pieces: WordPieces) -> None:
    example = build(Article("a", "Ann Lee met Them.", names=((0, 7, "PERSON"), (12, 16, None))), nlp, pieces, limit=50)
    assert [NAME_TAGS[tag] if tag >= 0 else None for tag in example.names] == ["B-PERSON", "I-PERSON", "O", None, "O"]
    assert set(example.outer.roles) == {IGNORE}


def test_british_spelling_is_as_long_as_american() -> None:
    american = Article("a", "The defense was characterized as analyzed at the center; a prize-sized Center.")
    assert anglicise(american).text == "The defence was characterised as analysed at the centre; a prize-sized Center."


def test_every_span_keeps_its_text_when_lines_are_inserted(article: Article) -> None:
    changed = furnish(article, Random(1), ["A headline"])
    assert len(changed.text) > len(article.text)
    assert quoted(changed) == quoted(article)


def test_a_varied_article_keeps_its_attributions(article: Article) -> None:
    for seed in range(20):
        changed = vary(article, Random(seed), ["A headline"])
        assert [len(group) for group in quoted(changed)] == [len(group) for group in quoted(article)]
        assert "Ann Lee" in quoted(changed)[0]
