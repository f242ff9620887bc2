"""A network learns its teacher's scores, from files that hold no text."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch

from attribution.tagging.decoder import viterbi
from attribution.tagging.network import CALL_TAGS, KINDS, NAME_TAGS, ROLE_TAGS, VIA_TAGS, Level, Scores, ViaScores
from training import distill, soft
from training.corpora import taught
from training.corpora.records import Article
from training.crf import marginals
from training.examples import IGNORE, Answers, Example, build, collate, with_advice
from training.fit import Settings, fit
from training.network import Config, Network
from training.reader import Reader
from training.teach import teach

SURE = 9.0


class Knowing:
    """A teacher that knows the answers to one article, read in one window."""

    def __init__(self, example: Example, pieces) -> None:
        self.example, self.pieces = example, pieces

    def __call__(self, words) -> Scores:
        n = len(words)
        levels = (self._level(level, n) for level in (self.example.outer, self.example.inner))
        names, calls, vectors, via = (np.zeros((n, width)) for width in (len(NAME_TAGS), len(CALL_TAGS), 2, len(VIA_TAGS)))
        via[:, 0] = 9
        return Scores(*levels, ViaScores(via, [], np.zeros(n, dtype=np.int64)), names, calls, vectors)

    def _level(self, answers: Answers, n: int) -> Level:
        def sure(wanted, count):
            return np.where(np.arange(count) == np.maximum(wanted, 0)[:, None], SURE, 0).astype(np.float32)

        def points(wanted):
            scores = torch.from_numpy(sure(wanted + 1, n + 1))
            return list(scores.log_softmax(-1).numpy())

        transitions = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)
        roles, kinds = sure(answers.roles, len(ROLE_TAGS)), sure(answers.kinds, len(KINDS))
        return Level(roles, kinds, points(answers.cue), points(answers.source), np.zeros(n, dtype=np.int64), transitions)


def small(**more: object) -> Network:
    return Network(Config(vocabulary=16, width=32, layers=1, heads=2, inner=64, positions=64, pointer=16, dropout=0.0, **more))


@pytest.fixture
def known(nested_article, nlp, pieces) -> Example:
    return build(nested_article, nlp, pieces, limit=50)


@pytest.fixture
def lesson(known: Example, nested_article, nlp, pieces):
    (lesson,) = teach([nested_article], Knowing(known, pieces), nlp)
    return lesson


def test_the_marginal_of_a_tag_equals_the_sum_over_all_sequences() -> None:
    scores, transitions = torch.randn(1, 3, 3), torch.randn(3, 3)
    real = torch.tensor([[True, True, True, False]])
    likely = torch.zeros(3, 3)
    for tags in itertools.product(range(3), repeat=3):
        own = sum(scores[0, i, tag] for i, tag in enumerate(tags))
        for i, tag in enumerate(tags):
            likely[i, tag] += torch.exp(own + sum(transitions[a, b] for a, b in itertools.pairwise(tags)))
    found = marginals(torch.nn.functional.pad(scores, (0, 0, 0, 1), value=5.0), transitions, real)[0, :3].exp()
    torch.testing.assert_close(found, likely / likely.sum(1, keepdim=True))


def test_a_student_learns_its_teachers_answers(known: Example, lesson, nested_article, nlp, pieces) -> None:
    untaught = build(replace(nested_article, attributions=None), nlp, pieces, limit=50)
    torch.manual_seed(1)
    student, example = small(), with_advice(untaught, {lesson.id: lesson.soft})
    settings = Settings(epochs=60, encoder_rate=1e-2, head_rate=1e-2, freeze_pieces=False, soft_share=1.0)
    fit(student, lambda rng: [example], pieces.special, settings, device="cpu", keep=lambda network: None)
    inputs, targets = collate([(known, (0, len(known.words)))], pieces.special)
    with torch.no_grad():
        scores = student.eval()(*inputs)[5:]
    for heads, said, wanted in ((student.outer, scores[:4], targets.outer), (student.inner, scores[4:], targets.inner)):
        real = wanted[0][0] != IGNORE
        assert viterbi(said[0][0][real].numpy(), heads.transitions.detach().numpy()).tolist() == wanted[0][0][real].tolist()
        for pointer, target in zip(said[1:], wanted[1:], strict=True):
            pointing = target[0] >= 0
            assert pointer[0].argmax(-1)[pointing].tolist() == target[0][pointing].tolist()


def test_a_student_that_agrees_with_its_teacher_has_no_loss(nested_article, nlp, pieces) -> None:
    torch.manual_seed(2)
    teacher = small()
    (lesson,) = teach([nested_article], Reader(teacher, pieces.vocabulary), nlp)
    example = with_advice(build(nested_article, nlp, pieces, limit=50), {lesson.id: lesson.soft})
    parts = [(example, (0, len(example.words)))]

    def losses(network: Network) -> torch.Tensor:
        with torch.no_grad():
            said = network.eval()(*collate(parts, pieces.special)[0])[5:9]
        return torch.stack(distill.level_losses(said, network.outer.transitions, parts, "outer")[:2])

    assert losses(teacher).abs().max() < 5e-3
    assert losses(small()).min() > 2e-2


def test_a_pointer_out_of_the_window_counts_as_none(known: Example, lesson) -> None:
    start = 2  # behind "Ann said", to whose cue all of the content points
    roles, _, cue, _ = distill._window(lesson.soft.outer, start, len(known.words), 9)
    assert cue.shape == (9, 10)
    assert cue[0, 0] > 0.99
    assert ROLE_TAGS[roles[0].argmax()] == "B-content"
    *_, whole, _ = distill._window(lesson.soft.outer, 0, len(known.words), 9)
    assert whole[start].argmax() == 2
    assert not cue[len(known.words) - start :].any()


def test_articles_without_advice_have_no_distillation_loss(known: Example) -> None:
    scores = [torch.randn(1, 7, n) for n in (len(ROLE_TAGS), len(KINDS), 8, 8)]
    assert not any(distill.level_losses(scores, torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)), [(known, (0, 7))], "outer"))


@pytest.mark.parametrize("change", [{"text": "Ann said Lee said it was late."}, {"reading": "polnear"}])
def test_advice_applies_only_to_the_same_words_and_the_products_guidelines(nested_article, lesson, nlp, pieces, change) -> None:
    changed = replace(nested_article, **change)
    assert with_advice(build(nested_article, nlp, pieces, limit=50), {"n": lesson.soft}).soft is lesson.soft
    assert with_advice(build(changed, nlp, pieces, limit=50), {"n": lesson.soft}).soft is None


def test_files_of_advice_are_read_back_and_hold_no_text(nested_article: Article, lesson, tmp_path) -> None:
    other = replace(lesson.soft, starts=lesson.soft.starts + 1)
    soft.write_advice({"n": lesson.soft, "m": other}, tmp_path / "a.npz")
    found = soft.read_advice([tmp_path / "a.npz"])
    assert list(found) == ["n", "m"]
    np.testing.assert_array_equal(found["m"].starts, other.starts)
    np.testing.assert_array_equal(found["n"].inner.source_likely, lesson.soft.inner.source_likely)
    taught.write_quotes({"n": lesson.attributions}, tmp_path / "a.jsonl")
    unread = replace(nested_article, attributions=None, nested=False, reading="polnear")
    (article,) = taught.read_articles(tmp_path / "a.jsonl", [unread, replace(unread, id="unknown")])
    outer, inner = nested_article.attributions
    assert article == replace(nested_article, attributions=(outer, inner), passed=True)
    assert "Ann" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


def test_unsure_attributions_of_the_teacher_are_left_out(nested_article: Article, lesson, tmp_path) -> None:
    outer, inner = lesson.attributions
    taught.write_quotes({"n": [outer, replace(inner, confidence=0.1)]}, tmp_path / "a.jsonl")
    (article,) = taught.read_articles(tmp_path / "a.jsonl", [nested_article])
    assert [each.content for each in article.attributions] == [outer.content]
