"""Several networks label texts together: their scores are averaged."""

from dataclasses import replace

import numpy as np
from spacy.language import Language

from attribution.tagging.network import CALL_TAGS, KINDS, NAME_TAGS, ROLE_TAGS, VIA_TAGS, Level, Scores, ViaScores
from attribution.tagging.windows import WordPieces, Words
from training.corpora.records import Article
from training.label import label


class Taught:
    """A network that knows one sentence: it scores every role tag and points correctly."""

    def __init__(self, pieces: WordPieces, tags: dict[str, float]) -> None:
        self.pieces, self.tags = pieces, tags
        self.transitions = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)

    def __call__(self, words: Words) -> Scores:
        n = len(words)
        roles = np.zeros((n, len(ROLE_TAGS)), dtype=np.float32)
        for place, (tag, score) in enumerate(list(self.tags.items())[:n]):
            roles[place, ROLE_TAGS.index(tag)] = score
        roles[len(self.tags) :, 0] = 9
        cue, source = (np.full((n, n + 1), -9, dtype=np.float32) for _ in range(2))
        cue[:, 2] = source[:, 1] = 0
        kinds = np.tile(9 * np.eye(len(KINDS), dtype=np.float32)[0], (n, 1))
        level = Level(roles, kinds, list(cue), list(source), np.zeros(n, dtype=np.int64), self.transitions)
        names, calls, vectors, via = (np.zeros((n, width)) for width in (len(NAME_TAGS), len(CALL_TAGS), 2, len(VIA_TAGS)))
        via[:, 0] = 9
        return Scores(level, level, ViaScores(via, [], np.zeros(n, dtype=np.int64)), names, calls, vectors)


def test_one_sure_teacher_outweighs_an_unsure_one(nlp: Language, pieces: WordPieces) -> None:
    sure = Taught(pieces, {"B-source": 9, "B-cue": 9, "B-content": 9})
    unsure = Taught(pieces, {"O": 1, "B-content": 1, "B-source": 1})
    (article,) = label([Article("a", "Ann said no.")], [sure, unsure], nlp)
    (found,) = article.attributions or ()
    assert (found.source, found.cue, found.content) == (((0, 3),), ((4, 8),), ((9, 11),))


def test_an_empty_text_has_no_attributions(nlp: Language, pieces: WordPieces) -> None:
    (article,) = label([Article("a", " ")], [Taught(pieces, {})], nlp)
    assert article.attributions == ()


def test_an_attribution_inside_a_content_is_nested_in_it(nested_article: Article, nlp: Language, pieces: WordPieces) -> None:
    outer = nested_article.attributions[0]
    given = replace(nested_article, attributions=(outer,), nested=False)
    (article,) = label([given], [Taught(pieces, {"B-source": 9, "B-cue": 9, "B-content": 9})], nlp)
    assert article.nested
    kept, found = article.attributions or ()
    assert kept == outer
    assert [article.text[slice(*span)] for span in (*found.source, *found.cue, *found.content)] == ["Lee", "said", "it"]
