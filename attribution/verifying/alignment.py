"""What became of a claim's words? In: the words of a claim and of a target. Out: where the target comes nearest to the claim, and
the steps from one to the other, word by word.

Words are compared as a reader would: marks, white space, ellipses and the case of a first letter are nothing. An ellipsis in the
claim says that something was left out there: the pieces around it are sought in their order. Nothing here knows who spoke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from attribution.data import Offsets

UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
LETTER = f"[^\\W_][\u0300-\u036f{UNSEEN}]*"
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
WORD = re.compile(
    rf"(?:(?<!\w)[-−])?\d+(?:[.,:]\d+)*(?:{LETTER})*|(?:[^\W\d_]\.){{2,}}|(?:{LETTER})+(?:['’](?:{LETTER})+)*|[%$€£¥°&+=@]"
)
"""A number with its sign, an abbreviation with its stops, a word with its apostrophes, or a sign that is read as a word."""
DROPPED = re.compile(rf"[{UNSEEN}]|(?<=\d),(?=\d{{3}})|(?<=[^\W\d_])\.")
"""What is not heard: hidden characters, the commas of thousands, the stops of an abbreviation."""
REACH = 100
"""So many words an edge of the nearest stretch is looked for around where it seems to be."""
LONGEST_GAP = 100
"""So many words an ellipsis may stand for."""
WEIGHT = 3
"""To find one more of the claim's words, so many words that it leaves out are passed over."""
TAGS = {"equal": "same", "replace": "changed", "delete": "added", "insert": "left_out"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word: where it stands, and the `key` by which it is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the alignment. `kind`: same, changed, added (in the claim alone), left_out (in the target alone) or ellipsis
    (left out where the claim says so). `claim` and `target`: from which word to which.
    """

    kind: str
    claim: Offsets
    target: Offsets


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a target comes nearest to a claim: how alike they are there, 0 to 1, and the steps from one to the other."""

    similarity: float
    steps: tuple[Step, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the claim's words are there, each of them and no other."""
        return bool(self.steps) and all(step.kind in ("same", "ellipsis") for step in self.steps)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of a text, e.g. the keys of `words("“Don’t—U.S. 1,000!”")` are don't, uS and 1000."""
    return [Word(*match.span(), key(match[0])) for match in WORD.finditer(text, start, len(text) if end is None else end)]


def key(word: str) -> str:
    """What a word is compared by, e.g. `key("Don’t") == "don't"`."""
    bare = DROPPED.sub("", unicodedata.normalize("NFKC", word)).replace("’", "'").replace("−", "-")
    return bare[:1].lower() + bare[1:]


def pieces(claim: str) -> list[list[Word]]:
    """The words of a claim, cut at its ellipses."""
    ends = [match.span() for match in ELLIPSIS.finditer(claim)]
    starts = [0, *(end for _, end in ends)]
    cut = (words(claim, start, end) for start, end in zip(starts, [*(start for start, _ in ends), len(claim)], strict=True))
    return [piece for piece in cut if piece]


def align(claim: Sequence[Sequence[Word]], target: Sequence[Word]) -> Alignment:
    """The pieces of a claim, each where the target behind the piece before comes nearest to it."""
    keys = [word.key for word in target]
    steps: list[Step] = []
    place = said = distance = length = 0
    for piece in claim:
        own = [word.key for word in piece]
        room = keys[place : place + LONGEST_GAP + 2 * len(own)] if steps else keys
        start, end = nearest(own, room)
        if steps and start:
            steps.append(Step("ellipsis", (said, said), (place, place + start)))
        steps += _steps(own, room[start:end], said, place + start)
        distance += Indel.distance(own, room[start:end])
        length += len(own) + end - start
        said, place = said + len(own), place + end
    return Alignment(1 - distance / length if length else 0.0, tuple(steps))


def nearest(piece: Sequence[str], room: Sequence[str]) -> Offsets:
    """Where the room comes nearest to the piece; where its words are, if they are there."""
    exact = _find(piece, room)
    if exact is not None:
        return exact, exact + len(piece)
    rough = partial_ratio_alignment(piece, room)
    if rough is None or not rough.score:
        return 0, 0
    # The rough one is no longer than the piece; words that the claim leaves out make the stretch longer.
    shift = (rough.src_start, len(piece) - rough.src_end) if len(room) > len(piece) else (0, 0)
    start, end = max(0, rough.dest_start - shift[0]), min(len(room), rough.dest_end + shift[1])
    for _ in range(2):
        end = min(_around(end, start + 1, len(room)), key=lambda edge: _cost(piece, room[start:edge]))
        start = min(_around(start, 0, end - 1), key=lambda edge: _cost(piece, room[edge:end]))
    return start, end


def _find(piece: Sequence[str], room: Sequence[str]) -> int | None:
    joined = f" {' '.join(room)} "
    found = joined.find(f" {' '.join(piece)} ")
    return None if found < 0 else joined.count(" ", 0, found)


def _around(edge: int, least: int, most: int) -> range:
    return range(max(least, edge - REACH), min(most, edge + REACH) + 1)


def _cost(piece: Sequence[str], stretch: Sequence[str]) -> tuple[int, int]:
    """How far a stretch is from a piece. A word of the piece that is not there weighs more than one that the piece leaves out; of
    two as far, the one of the piece's length is nearer.
    """
    missing = len(piece) - LCSseq.similarity(piece, stretch)
    return WEIGHT * missing + Levenshtein.distance(piece, stretch), abs(len(piece) - len(stretch))


def _steps(piece: Sequence[str], stretch: Sequence[str], said: int, place: int) -> Iterator[Step]:
    for code in Levenshtein.opcodes(piece, stretch):
        claim = (said + code.src_start, said + code.src_end)
        yield Step(TAGS[code.tag], claim, (place + code.dest_start, place + code.dest_end))
