"""From attributions to quotes: edges, verbatim stretches, types, runs over paragraphs, nesting. No network runs."""

from itertools import pairwise
from random import Random

import pytest

from attribution.data import Attribution, Offsets, Quote
from attribution.quoting.quotes import build_quotes


def at(text: str, part: str) -> Offsets:
    start = text.index(part)
    return start, start + len(part)


def attribution(text: str, *content: str, cue: str | None = "said", source: str | None = None) -> Attribution:
    return Attribution(
        tuple(at(text, part) for part in content), at(text, cue) if cue else None, at(text, source) if source else None, 0.9
    )


def one(text: str, *content: str, cue: str | None = "said") -> Quote:
    (quote,) = build_quotes(text, [attribution(text, *content, cue=cue)])
    return quote


@pytest.mark.parametrize(
    ("text", "content", "kind", "verbatim"),
    [
        ("“It is late,” Ann said.", "“It is late,”", "direct", ["It is late,"]),
        ("Ann said “it is late”.", "“it is late”", "direct", ["it is late"]),
        ("Ann said that “it is late”.", "that “it is late”", "mixed", ["it is late"]),
        ("Ann said it was late.", "it was late", "indirect", []),
        ("Ann said 'no' and 'never'.", "'no' and 'never'", "mixed", ["no", "never"]),
        ("“He cried ‘no’,” Ann said.", "“He cried ‘no’,”", "direct", ["He cried ‘no’,"]),
        ('Ann said: "Go.\nBob left.', '"Go.', "direct", ["Go."]),
    ],
)
def test_marks_decide_type_and_verbatim(text: str, content: str, kind: str, verbatim: list[str]) -> None:
    quote = one(text, content)
    assert (quote.type, [span.text for span in quote.verbatim]) == (kind, verbatim)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("“It is late,” Ann said.", "It is late", "“It is late,”"),
        ("“It is late”, Ann said.", "“It is late”,", "“It is late”"),
        ("It is late, Ann said.", "It is late,", "It is late"),
        ("‘It is late!’ Ann said.", "‘It is late!", "‘It is late!’"),
        ("“He ran, they said, from ‘her’” Ann said.", "from ‘her’”", "from ‘her’"),
    ],
)
def test_outer_marks_belong_to_the_content_and_punctuation_outside_does_not(text: str, found: str, expected: str) -> None:
    assert one(text, found).text == expected


def test_fragments_are_one_quote_joined_by_an_ellipsis() -> None:
    quote = one("“It is late,” Ann said. “Go home.”", "“It is late,”", "“Go home.”")
    assert quote.text == "“It is late,” […] “Go home.”"
    assert quote.type == "direct"


def test_a_run_over_paragraphs_is_one_quote_even_if_only_its_beginning_was_tagged() -> None:
    text = "Ann said: “One goes.\n\n“Two go.\n\n“Three go.”\n\nBob left."
    assert [span.text for span in one(text, "“One goes.").content] == ["“One goes.", "“Two go.", "“Three go.”"]


def test_a_run_continues_where_paragraphs_were_joined() -> None:
    text = "Ann said: “One goes. “Two go.” Bob said: “None.”"
    assert [span.text for span in one(text, "“One goes.").content] == ["“One goes.", "“Two go.”"]


def test_a_run_without_a_cue_is_kept() -> None:
    quote = one("“One goes.\n\n“Two go.”", "“Two go.”", cue=None)
    assert quote.verb is None
    assert len(quote.content) == 2


def test_a_fragment_over_several_paragraphs_is_cut_at_their_ends() -> None:
    quote = one("Ann said it is late.\n\nTime to go.", "it is late.\n\nTime to go.")
    assert [span.text for span in quote.content] == ["it is late.", "Time to go."]


def test_paragraphs_without_cue_source_or_marks_are_quotes_of_their_own() -> None:
    text = "Is it late?\n\nIt is not."
    turns = Attribution(((0, len(text)),), None, None, 0.9)
    assert [quote.text for quote in build_quotes(text, [turns])] == ["Is it late?", "It is not."]


def test_content_separated_from_its_cue_by_a_paragraph_is_a_continuing_quote() -> None:
    text = "Ann said “no”.\n\nA caption\n\n“Go home.”"
    first, second = build_quotes(text, [attribution(text, "“no”", "“Go home.”", source="Ann")])
    assert (first.text, second.text) == ("“no”", "“Go home.”")
    assert (second.verb, second.source) == (None, None)


def test_content_without_marks_does_not_continue_after_a_closing_mark() -> None:
    text = "Ann said: “One goes.”\n\nThe day was long.\n\nThe night was short."
    assert [span.text for span in one(text, "“One goes.”", "The day was long", "The night was short").content] == ["“One goes.”"]


def test_a_run_ends_where_another_cue_takes_over() -> None:
    text = "Ann said: “One goes.\n\n“Two go,” he added."
    quotes = build_quotes(text, [attribution(text, "“One goes."), attribution(text, "“Two go,”", cue="added")])
    assert [quote.text for quote in quotes] == ["“One goes.", "“Two go,”"]


def test_a_quote_inside_a_quote_has_a_parent_and_only_its_own_marks_are_verbatim() -> None:
    text = "“In what Bob called a ‘march’, they went,” Ann said."
    outer, inner = build_quotes(
        text, [attribution(text, "“In what Bob called a ‘march’, they went,”"), attribution(text, "a ‘march’", cue="called")]
    )
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert [span.text for span in inner.verbatim] == ["march"]


def test_quotes_come_in_text_order_with_their_paragraph() -> None:
    text = "First.\n\nAnn said no. Bob said yes."
    quotes = build_quotes(text, [attribution(text, "yes"), attribution(text, "no")])
    assert [(quote.id, quote.text, quote.context.paragraph) for quote in quotes] == [("q1", "no", 1), ("q2", "yes", 1)]
    assert quotes[0].context.text == "Ann said no. Bob said yes."


@pytest.mark.parametrize("blank", ["\ufeff", "\u200b", "\u202e"])
def test_invisible_characters_do_not_make_a_direct_quote_mixed(blank: str) -> None:
    quote = one(f"{blank}“It is late,” Ann said.", f"{blank}“It is late,”")
    assert (quote.type, quote.text) == ("direct", "“It is late,”")


def test_content_inside_marks_that_also_contain_the_cue_is_verbatim() -> None:
    quote = one("“No one, he said, knows.”", "“No one", "knows.”")
    assert (quote.type, [span.text for span in quote.verbatim]) == ("direct", ["No one", "knows."])


def test_a_full_stop_outside_the_marks_is_left_out() -> None:
    assert one("Ann said ‘no’.", "‘no’.").text == "‘no’"


@pytest.mark.parametrize("seed", range(200))
def test_spans_and_parents_are_valid_whatever_the_marks(seed: int) -> None:
    rng = Random(seed)
    text = "".join(rng.choice(["“", "”", "‘", "’", '"', "'", " ", "\n\n", "word", "s", ", ", ". ", "''"]) for _ in range(60))
    places = sorted(rng.sample(range(len(text)), 12))
    spans = list(zip(places[::2], places[1::2], strict=True))
    found = [Attribution((spans[0], spans[2]), spans[1], None, 0.9), Attribution((spans[3], spans[4]), spans[5], None, 0.9)]
    quotes = build_quotes(text, found)
    for quote in quotes:
        assert all(text[span.start : span.end] == span.text for span in (*quote.content, *quote.verbatim, quote.context))
        for spans_ in (quote.content, quote.verbatim):
            assert all(a.end <= b.start for a, b in pairwise(spans_))
        assert quote.parent is None or quote.parent in {other.id for other in quotes}


def test_marks_alone_are_not_a_quote() -> None:
    assert build_quotes("“ ” said", [attribution("“ ” said", "“ ”")]) == ()


def test_the_context_in_a_page_without_line_breaks_is_the_text_around_the_quote() -> None:
    text = "word " * 5000 + "Ann said no. " + "word " * 5000
    context = one(text, "no").context
    assert "Ann said no." in context.text
    assert len(context.text) < 3000
    assert text[context.start : context.end] == context.text


def test_every_span_is_the_text_between_its_offsets() -> None:
    text = "“Ça va 📺,” Ann said."
    quote = one(text, "“Ça va 📺,”")
    assert all(text[span.start : span.end] == span.text for span in (*quote.content, *quote.verbatim, quote.context))


@pytest.mark.parametrize(("cue", "verb"), [("said:", "said"), (":", None), ("said", "said")])
def test_a_colon_is_not_part_of_a_verb(cue: str, verb: str | None) -> None:
    quote = one("Ann said: “It is late.”", "“It is late.”", cue=cue)
    assert (quote.verb.text if quote.verb else None) == verb
