"""Windows and their encoding: whole paragraphs where they fit, every word at least once, no window over the budget."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
import spacy
from spacy.language import Language

from attribution.tagging.windows import SHAPES, WordPieces, Words, cut, encode, join, owners, shape, words_of

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "one", "two", ".", "mo", "##d", "cafe"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


def words(nlp: Language, pieces: WordPieces, text: str, *, limit: int = 8) -> Words:
    return words_of(nlp(text), pieces, limit=limit)


def test_word_pieces_fold_case_and_accents(pieces: WordPieces) -> None:
    assert pieces("MoD") == (7, 8)
    assert pieces("Café") == (9,)


def test_invisible_characters_do_not_change_word_pieces(pieces: WordPieces) -> None:
    assert pieces("Mo\u200bD") == pieces("MoD")


def test_only_the_beginning_of_a_very_long_token_counts(pieces: WordPieces) -> None:
    assert pieces("a" * 100_000) == pieces("a" * 100)


def test_an_unknown_word_is_one_unknown_piece(pieces: WordPieces) -> None:
    assert pieces("📺") == pieces("\u200b") == (1,)


@pytest.mark.parametrize(
    ("form", "name"),
    [("lower", "lower"), ("Title", "Title"), ("UPPER", "UPPER"), ("MoD", "mixed"), ("24", "digit"), ("“", "“"), (",", "other")],
)
def test_the_shape_encodes_the_case_that_the_uncased_encoder_drops(form: str, name: str) -> None:
    assert SHAPES[shape(form)] == name


def test_blocks_are_paragraphs_and_long_ones_are_cut_at_sentence_starts(nlp: Language, pieces: WordPieces) -> None:
    doc_words = words(nlp, pieces, "One two.\n\nOne two two. Two one one. One.", limit=6)
    assert doc_words.blocks == ((0, 3), (3, 7), (7, 13))


def test_a_part_looks_only_at_its_own_sentences(nlp: Language, pieces: WordPieces) -> None:
    """An article has as many parts as windows: looking through all sentences for each took quadratic time."""

    class Sentences(tuple[int, ...]):
        def __iter__(self) -> Iterator[int]:
            raise AssertionError("all sentences of the article were looked through")

    doc_words = words(nlp, pieces, "One two. One. Two one. Two.")
    watched = replace(doc_words, sentences=Sentences(doc_words.sentences))
    assert doc_words.sentences == (0, 3, 5, 8)
    assert watched.part(3, 8).sentences == (0, 2)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n\u2028"])
def test_a_doc_without_words_has_no_windows(nlp: Language, pieces: WordPieces, text: str) -> None:
    assert cut(words(nlp, pieces, text), budget=16) == []


@pytest.mark.parametrize("seed", range(100))
def test_no_two_windows_begin_at_the_same_word(nlp: Language, pieces: WordPieces, seed: int) -> None:
    rng = Random(seed)
    text = "\n".join(" ".join(rng.choices(["one", "MoD.", "two."], k=rng.randint(1, 9))) for _ in range(rng.randint(1, 20)))
    doc_words = words(nlp, pieces, text, limit=12)
    windows = cut(doc_words, budget=12, overlap=6)
    assert len({start for start, _ in windows}) == len(windows)
    assert all(sum(map(len, doc_words.pieces[start:end])) <= 12 for start, end in windows)
    assert {i for start, end in windows for i in range(start, end)} == set(range(len(doc_words)))


@pytest.mark.parametrize("text", ["one", "one two. " * 40, "one\n" * 50, "one " * 200])
def test_windows_cover_every_word_within_the_budget(nlp: Language, pieces: WordPieces, text: str) -> None:
    doc_words = words(nlp, pieces, text)
    windows = cut(doc_words, budget=16, overlap=6)
    assert all(sum(map(len, doc_words.pieces[start:end])) <= 16 for start, end in windows)
    assert {i for start, end in windows for i in range(start, end)} == set(range(len(doc_words)))


def test_windows_overlap_and_a_word_belongs_to_the_one_in_which_it_is_most_central(nlp: Language, pieces: WordPieces) -> None:
    doc_words = words(nlp, pieces, "one\n" * 20)
    windows = cut(doc_words, budget=8, overlap=4)
    assert windows[:2] == [(0, 8), (4, 12)]
    assert owners(doc_words, windows)[:8].tolist() == [0, 0, 0, 0, 0, 0, 1, 1]


def test_a_window_repeats_no_more_sentences_than_it_must(nlp: Language, pieces: WordPieces) -> None:
    doc_words = words(nlp, pieces, "one two. " * 4 + "\none two.\n" + "one " * 7, limit=16)
    assert cut(doc_words, budget=20, overlap=2) == [(0, 15), (12, 22)]
    assert cut(doc_words, budget=20, overlap=4) == [(0, 15), (9, 22)]


def test_encoding_points_to_the_first_piece_of_each_word(nlp: Language, pieces: WordPieces) -> None:
    doc_words = words(nlp, pieces, "one MoD two\n\none")
    batch = join([encode(doc_words, window, pieces.special) for window in ((0, 3), (3, 4))])
    assert batch.pieces.tolist() == [[2, 4, 7, 8, 5, 3], [2, 4, 3, 0, 0, 0]]
    assert batch.words.tolist() == [[1, 2, 4], [1, 0, 0]]
