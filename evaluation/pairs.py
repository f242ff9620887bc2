"""Pairs the predicted and the annotated quotes of a news article, and finds what is wrong in each pair.

In: a gold article, each quote of which has {"content", "cue", "kind", "type", "speakers": every right answer, "named", "via",
"parent"}, and its prediction in the API's shape. Out: the pairs. It counts nothing.
A predicted quote is paired with the free gold quote of the greatest IoU of content, at least 0.5, best pairs first; ties go to a
quote of its own level (nested or not), then to a core quote, then to a later one. It is predicted as a statement (`core` in the
gold) unless its `kind` is attitude or topic; a prediction without kinds holds only statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evaluation.corpus import Article, Quote, gold_spans, predicted_spans
from evaluation.spans import RIGHT, chars, iou, offsets, pair_up, same_relay, same_speaker, speaker_name, touch

PARTS = ("type", "content", "verb", "speaker", "via", "nesting")
"""The parts of a found quote that may be wrong."""
CORE = "core"
ATTITUDE, TOPIC = "attitude", "topic"
KINDS = (CORE, ATTITUDE, TOPIC)
"""The kinds that can be predicted; the fourth kind, `author`, never is."""
SPARED = frozenset({ATTITUDE, "author"})
"""The kinds that may be predicted as statements without a fault."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold quote and the predicted one paired with it, or either alone. wrong: those of PARTS in which the two differ."""

    gold: Quote | None
    predicted: Quote | None
    wrong: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind of the gold quote: core, attitude, topic or author."""
        return self.gold["kind"] if self.gold else None

    @property
    def predicted_kind(self) -> str | None:
        """The kind of the predicted quote: core, attitude or topic."""
        if not self.predicted:
            return None
        return kind if (kind := self.predicted.get("kind")) in (ATTITUDE, TOPIC) else CORE

    @property
    def wanted(self) -> bool:
        """Whether an editor wants the gold quote."""
        return self.kind == CORE

    @property
    def counts(self) -> bool:
        """Whether precision includes the predicted quote: it is predicted as a statement, and its gold kind is not spared."""
        return self.predicted_kind == CORE and self.kind not in SPARED

    @property
    def agreed(self) -> bool:
        """Whether both quotes exist and are of the same kind."""
        return self.predicted_kind is not None and self.predicted_kind == self.kind

    @property
    def found(self) -> bool:
        """Whether a wanted quote is predicted as a statement."""
        return self.wanted and self.agreed

    @property
    def right(self) -> bool:
        """Whether it is found and no part of it is wrong."""
        return self.found and not self.wrong

    @property
    def spurious(self) -> bool:
        """Whether the predicted quote should not exist."""
        return self.counts and not self.wanted


def is_news(articles: Iterable[Article]) -> bool:
    """Whether the gold is annotated like the news corpus: its quotes have kinds."""
    return any("kind" in quote for article in articles for quote in article["quotes"])


def pair(article: Article, prediction: Article) -> list[Pair]:
    """Each gold quote with its predicted quote, if it has one; then the predicted quotes without a gold quote."""
    text, gold, predicted = article["text"], article["quotes"], prediction["quotes"]
    ids = {quote.get("id") for quote in predicted} - {None}
    matched = {j: i for i, j in match_by_content(gold, predicted, text).items()}
    pairs = []
    for j, quote in enumerate(gold):
        match = predicted[matched[j]] if j in matched else None
        wrong = mistakes(quote, match, text, ids) if match else ()
        pairs.append(Pair(quote, match, tuple(wrong)))
    return pairs + [Pair(None, quote) for i, quote in enumerate(predicted) if i not in matched.values()]


def match_by_content(gold: Sequence[Quote], predicted: Sequence[Quote], text: str) -> dict[int, int]:
    """The index of the gold quote paired with each predicted one, by the index of the latter."""
    truths = [chars(quote["content"], text) for quote in gold]
    guesses = [chars(offsets(quote["content"]), text) for quote in predicted]
    ranked = sorted(
        (iou(one, other), _same_level(predicted[i], gold[j]), gold[j]["kind"] == CORE, i, j)
        for i, one in enumerate(guesses)
        for j, other in enumerate(truths)
    )
    return pair_up((overlap, i, j) for overlap, _, _, i, j in reversed(ranked))


def _same_level(predicted: Quote, gold: Quote) -> bool:
    return (predicted.get("parent") is None) == (gold["parent"] is None)


def mistakes(gold: Quote, predicted: Quote, text: str, ids: AbstractSet[str]) -> Iterator[str]:
    """The parts of a predicted quote that are wrong. `ids` are the valid ids of a parent."""
    truth, guess = gold_spans(gold, text), predicted_spans(predicted, text)
    if predicted.get("type") != gold["type"]:
        yield "type"
    if iou(guess.content, truth.content) < RIGHT:
        yield "content"
    if not touch(guess.cue, truth.cue):
        yield "verb"
    if not right_speaker(gold, predicted):
        yield "speaker"
    if len(relay_names(predicted)) != len(gold["via"]) or count_right_relays(gold, predicted) != len(gold["via"]):
        yield "via"
    if (predicted.get("parent") in ids) != (gold["parent"] is not None):
        yield "nesting"


def right_speaker(gold: Quote, predicted: Quote) -> bool:
    """Whether the speaker is one of the right answers, or is missing if there is no right answer."""
    name, answers = speaker_name(predicted), gold["speakers"]
    return any(same_speaker(name, answer) for answer in answers) if answers else not name


def relay_names(predicted: Quote) -> list[str | None]:
    """The names of the predicted relays."""
    return [via.get("name") for via in predicted.get("via") or []]


def count_right_relays(gold: Quote, predicted: Quote) -> int:
    """How many of the gold relays are predicted."""
    return sum(any(same_relay(name, via["name"]) for name in relay_names(predicted)) for via in gold["via"])


def is_marked(quote: Quote) -> bool:
    """Whether a quote, gold or predicted, contains words in quotation marks."""
    return quote.get("type") != "indirect"
