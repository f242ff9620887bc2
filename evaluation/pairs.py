"""Pair what is told of a news article with what is annotated there, and tell what is wrong in each pair.

In: a gold article, each quote of which has {"content", "cue", "kind", "type", "speakers": every right answer, "named", "via",
"parent"}, and its prediction in the one shape. Out: the pairs. It counts nothing.
A predicted quote takes the free gold quote of the greatest IoU of content, from 0.5 on, the best pairs first; of equals it takes
one of its own level (inside another quote or not), then a core quote, then a later one. It is told as a statement (`core` in the
gold) unless its `kind` is attitude or topic; a prediction without kinds tells nothing but statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from evaluation.corpus import MATCH, Article, Quote, gold_spans, predicted_spans
from evaluation.spans import chars, iou, offsets, same_relay, same_speaker, touch

PARTS = ("type", "content", "verb", "speaker", "via", "nesting")
"""What may be wrong in a quote that is found."""
RIGHT = 0.8
"""The IoU from which a content is right."""
CORE = "core"
ATTITUDE, TOPIC = "attitude", "topic"
KINDS = (CORE, ATTITUDE, TOPIC)
"""What may be told; the fourth kind, `author`, never is."""
SPARED = frozenset({ATTITUDE, "author"})
"""The kinds that may be told as statements and are no fault."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold quote and the predicted one that takes it, or either alone. wrong: those of PARTS in which the two differ."""

    gold: Quote | None
    predicted: Quote | None
    wrong: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """What the gold quote is: core, attitude, topic or author."""
        return self.gold["kind"] if self.gold else None

    @property
    def predicted_kind(self) -> str | None:
        """What the predicted quote is told as: core, attitude or topic."""
        if not self.predicted:
            return None
        return kind if (kind := self.predicted.get("kind")) in (ATTITUDE, TOPIC) else CORE

    @property
    def wanted(self) -> bool:
        """Whether an editor wants the gold quote."""
        return self.kind == CORE

    @property
    def counts(self) -> bool:
        """Whether the predicted quote is one of those that precision is of: told as a statement, and not spared."""
        return self.predicted_kind == CORE and self.kind not in SPARED

    @property
    def agreed(self) -> bool:
        """Whether there are both, of one kind."""
        return self.predicted_kind is not None and self.predicted_kind == self.kind

    @property
    def found(self) -> bool:
        """Whether a quote that an editor wants is told as a statement."""
        return self.wanted and self.agreed

    @property
    def right(self) -> bool:
        """Whether it is found and no part of it is wrong."""
        return self.found and not self.wrong

    @property
    def spurious(self) -> bool:
        """Whether it should not have been told."""
        return self.counts and not self.wanted


def is_news(articles: Iterable[Article]) -> bool:
    """Whether the gold is annotated as news is: its quotes have kinds."""
    return any("kind" in quote for article in articles for quote in article["quotes"])


def pair(article: Article, prediction: Article) -> list[Pair]:
    """Each gold quote, with the predicted one that takes it if one does; then the predicted ones that take none."""
    text, gold, predicted = article["text"], article["quotes"], prediction["quotes"]
    ids = {quote.get("id") for quote in predicted} - {None}
    takers = {j: i for i, j in match_by_content(gold, predicted, text).items()}
    pairs = []
    for j, quote in enumerate(gold):
        taker = predicted[takers[j]] if j in takers else None
        wrong = mistakes(quote, taker, text, ids) if taker else ()
        pairs.append(Pair(quote, taker, tuple(wrong)))
    return pairs + [Pair(None, quote) for i, quote in enumerate(predicted) if i not in takers.values()]


def match_by_content(gold: Sequence[Quote], predicted: Sequence[Quote], text: str) -> dict[int, int]:
    """The number of the gold quote that each predicted one takes, by its number."""
    wanted = [chars(quote["content"], text) for quote in gold]
    told = [chars(offsets(quote["content"]), text) for quote in predicted]
    ranked = sorted(
        (iou(one, other), _same_level(predicted[i], gold[j]), gold[j]["kind"] == CORE, i, j)
        for i, one in enumerate(told)
        for j, other in enumerate(wanted)
    )
    taken: dict[int, int] = {}
    for overlap, _, _, i, j in reversed(ranked):
        if overlap >= MATCH and i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def _same_level(predicted: Quote, gold: Quote) -> bool:
    return (predicted.get("parent") is None) == (gold["parent"] is None)


def mistakes(gold: Quote, predicted: Quote, text: str, ids: AbstractSet[str]) -> Iterator[str]:
    """The parts of a predicted quote that are wrong; `ids` are those that a parent may have."""
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
    """Whether the speaker is one of the right answers, or nobody where there is none."""
    name, answers = speaker(predicted), gold["speakers"]
    return any(same_speaker(name, answer) for answer in answers) if answers else not name


def speaker(predicted: Quote) -> str | None:
    """The name of who is said to speak."""
    name: str | None = (predicted.get("speaker") or {}).get("name")
    return name


def relay_names(predicted: Quote) -> list[str | None]:
    """The names of those who are said to pass a quote on."""
    return [via.get("name") for via in predicted.get("via") or []]


def count_right_relays(gold: Quote, predicted: Quote) -> int:
    """How many of those who do pass it on are told."""
    return sum(any(same_relay(name, via["name"]) for name in relay_names(predicted)) for via in gold["via"])


def is_marked(quote: Quote) -> bool:
    """Whether words in quotation marks are in a quote, gold or predicted."""
    return quote.get("type") != "indirect"
