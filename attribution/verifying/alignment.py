"""Align the words of a claim with those of a target. In: the words of both. Out: the stretch of the target nearest to the claim,
and the steps from one to the other, word by word.

Words are compared as a reader would: marks, white space, ellipses and the case of a first letter do not count. An ellipsis in the
claim stands for words left out, so the pieces around it are found one after the other. Nothing here knows who spoke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from attribution.data import Offsets

INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
LETTER = f"[^\\W_][\u0300-\u036f{INVISIBLE}]*"
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
WORD = re.compile(
    rf"(?:(?<!\w)[-−])?\d+(?:[.,:]\d+)*(?:{LETTER})*|(?:[^\W\d_]\.){{2,}}|(?:{LETTER})+(?:['’](?:{LETTER})+)*|[%$€£¥°&+=@]"
)
"""A number with its sign, an abbreviation with its stops, a word with its apostrophes, or a sign that is read as a word."""
DROPPED = re.compile(rf"[{INVISIBLE}]|(?<=\d),(?=\d{{3}})|(?<=[^\W\d_])\.")
"""What a reader does not hear: hidden characters, the commas of thousands, the full stops of an abbreviation."""
REACH = 100
"""How many words around its estimated position to look for an edge of the nearest stretch."""
MAX_GAP = 100
"""How many words an ellipsis may stand for."""
MISSING_WEIGHT = 3
"""How many words that the claim leaves out may be passed over to find one more of its words."""
TAGS = {"equal": "same", "replace": "changed", "delete": "added", "insert": "left_out"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its position, and the `key` by which it is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of the alignment. `kind`: same, changed, added (only in the claim), left_out (only in the target) or ellipsis
    (left out where the claim says so). `claim` and `target`: the first word, and the one after the last.
    """

    kind: str
    claim: Offsets
    target: Offsets


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch of a target nearest to a claim: how similar they are, 0 to 1, and the steps from one to the other."""

    similarity: float
    steps: tuple[Step, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the stretch holds exactly the claim's words."""
        return bool(self.steps) and all(step.kind in ("same", "ellipsis") for step in self.steps)


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets, e.g. the keys of `split_words("“Don’t—U.S. 1,000!”")` are don't, uS and 1000."""
    matches = WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(*match.span(), comparison_key(match[0])) for match in matches]


def comparison_key(word: str) -> str:
    """What a word is compared by: `comparison_key("Don’t") == "don't"`."""
    bare = DROPPED.sub("", unicodedata.normalize("NFKC", word)).replace("’", "'").replace("−", "-")
    return bare[:1].lower() + bare[1:]


def split_at_ellipses(claim: str) -> list[list[Word]]:
    """The words of a claim, split at its ellipses."""
    edges = [0, *(edge for match in ELLIPSIS.finditer(claim) for edge in match.span()), len(claim)]
    pieces = (split_words(claim, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [piece for piece in pieces if piece]


def align(claim: Sequence[Sequence[Word]], target: Sequence[Word]) -> Alignment:
    """Align each piece of a claim with the stretch of the target nearest to it, after that of the piece before."""
    keys = [word.key for word in target]
    steps: list[Step] = []
    place = claimed = distance = length = 0
    for piece in claim:
        own = [word.key for word in piece]
        window = keys[place : place + MAX_GAP + 2 * len(own)] if steps else keys
        start, end = nearest_stretch(own, window)
        if steps and start:
            steps.append(Step("ellipsis", (claimed, claimed), (place, place + start)))
        steps += _steps(own, window[start:end], claimed, place + start)
        distance += Indel.distance(own, window[start:end])
        length += len(own) + end - start
        claimed, place = claimed + len(own), place + end
    return Alignment(1 - distance / length if length else 0.0, tuple(steps))


def nearest_stretch(piece: Sequence[str], window: Sequence[str]) -> Offsets:
    """The stretch of the window nearest to the piece: its exact words if they are there."""
    exact = _find(piece, window)
    if exact is not None:
        return exact, exact + len(piece)
    rough = partial_ratio_alignment(piece, window)
    if rough is None or not rough.score:
        return 0, 0
    # The rough alignment is no longer than the piece, but words that the claim leaves out make the stretch longer.
    shift = (rough.src_start, len(piece) - rough.src_end) if len(window) > len(piece) else (0, 0)
    start, end = max(0, rough.dest_start - shift[0]), min(len(window), rough.dest_end + shift[1])
    for _ in range(2):
        end = min(_edges_near(end, start + 1, len(window)), key=lambda edge: _cost(piece, window[start:edge]))
        start = min(_edges_near(start, 0, end - 1), key=lambda edge: _cost(piece, window[edge:end]))
    return start, end


def _find(piece: Sequence[str], window: Sequence[str]) -> int | None:
    joined = f" {' '.join(window)} "
    found = joined.find(f" {' '.join(piece)} ")
    return None if found < 0 else joined.count(" ", 0, found)


def _edges_near(edge: int, least: int, most: int) -> range:
    return range(max(least, edge - REACH), min(most, edge + REACH) + 1)


def _cost(piece: Sequence[str], stretch: Sequence[str]) -> tuple[int, int]:
    """How far a stretch is from a piece. A missing word of the piece costs more than a word that the piece leaves out. On a tie,
    the stretch closer to the piece's length is nearer.
    """
    missing = len(piece) - LCSseq.similarity(piece, stretch)
    return MISSING_WEIGHT * missing + Levenshtein.distance(piece, stretch), abs(len(piece) - len(stretch))


def _steps(piece: Sequence[str], stretch: Sequence[str], claimed: int, place: int) -> Iterator[Step]:
    for code in Levenshtein.opcodes(piece, stretch):
        claim = (claimed + code.src_start, claimed + code.src_end)
        yield Step(TAGS[code.tag], claim, (place + code.dest_start, place + code.dest_end))
