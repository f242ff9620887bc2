"""What a reader sees: the article, its quotations, and the details of each."""

import re
from dataclasses import replace

from browsing import ANN, ARTICLE, BOB, OUTER, PATIENCE, TEXT, check_access, contents, details
from playwright.sync_api import expect

from attribution.data import ArticleWarning, Candidate, SpeakerRef


def test_the_empty_page_says_what_it_does_and_offers_the_seeds(tab):
    tab.page.goto(tab.live)
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Who said what?")
    expect(tab.page.get_by_label("Or read one of these").get_by_role("listitem")).to_have_count(3)
    tab.shoot("empty")


def test_every_quote_of_a_seed_is_shown_in_its_place(tab):
    """Word for word: the texts of the answer's spans are the texts of the page's elements."""
    tab.page.goto(tab.live)
    with tab.page.expect_response("**/v1/quotes", timeout=PATIENCE) as waited:
        tab.page.get_by_role("link", name="The president works in the Kremlin").click()
    answer = waited.value.json()
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text(f"{len(answer['quotes'])} quotations")
    assert tab.page.url.endswith("?seed=kremlin")
    for quote in answer["quotes"]:
        assert contents(tab.page, quote["id"]) == [span["text"] for span in quote["content"]]
    tab.shoot("kremlin")


def test_the_whole_article_is_shown(tab):
    """Paragraph by paragraph, with no other text."""
    paragraphs = tab.made().locator("#article p")
    shown = paragraphs.evaluate_all(
        "all => all.map((p) => { p.querySelectorAll('.marker').forEach((m) => m.remove()); return p.textContent })"
    )
    assert shown == [line for line in TEXT.split("\n") if line]


def test_emoji_do_not_shift_the_quotes_after_them(tab):
    """Offsets count code points; JavaScript counts UTF-16 units."""
    page = tab.made()
    assert tab.order == {"text": TEXT}
    assert contents(page, "q1") == list(OUTER)
    assert contents(page, "q2") == ["<b>no</b> to all,"]
    assert page.locator("#article u.verb").all_inner_texts() == ["said", "wrote"]
    assert page.locator("#article b.source").all_inner_texts() == ["Ann", "Bob 👋"]
    assert page.locator("#article b.via").all_inner_texts() == ["RIA"]


def test_warnings_stand_above_the_article(tab):
    """As text, in the service's words."""
    warning = ArticleWarning("left-out", "Text was left out (<b>no</b>): send it alone.")
    page = tab.made(replace(ARTICLE, warnings=(warning,)))
    shown = page.get_by_role("list", name="Warnings")
    expect(shown.get_by_role("listitem")).to_have_text([warning.detail])
    assert shown.bounding_box()["y"] < page.locator("#article").bounding_box()["y"]
    check_access(page)
    tab.shoot("warned")


def test_without_a_warning_there_is_no_list_of_them(tab):
    expect(tab.made().locator("#warnings")).to_be_hidden()


def test_markup_in_an_article_is_shown_as_text(tab):
    page = tab.made()
    assert page.locator("#article b:not(.source, .via)").count() == 0
    expect(page.locator("#article")).to_contain_text("<b>no</b>")


def test_a_nested_quote_is_inside_its_parent_in_its_own_colour(tab):
    page = tab.made()
    inner = page.locator(".content[data-quote=q1] .content[data-quote=q2]")
    expect(inner).to_have_class(re.compile(r"\binner\b.*\bspeaker-2\b"))
    expect(page.locator(".content[data-quote=q1]").first).to_have_class(re.compile(r"\bspeaker-1\b"))
    page.locator("#q2").focus()
    assert details(page)["Inside"] == "quote 1"
    tab.shoot("nested")


def test_verbatim_and_paraphrase_differ_not_only_in_colour(tab):
    """Verbatim words are filled, with their marks; paraphrase has a dotted underline."""
    sure = tuple(replace(quote, confidence=0.9) for quote in ARTICLE.quotes)
    page = tab.made(replace(ARTICLE, quotes=sure))
    assert page.locator("#article mark.verbatim").first.inner_text().startswith("“")
    styles = "(element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).borderBottomStyle]"
    assert page.locator("#article .paraphrase").first.evaluate(styles) == ["rgba(0, 0, 0, 0)", "dotted"]
    assert page.locator("#article .verbatim").first.evaluate(styles)[1] == "none"
    assert page.locator("#article u.verb").first.evaluate("(e) => getComputedStyle(e).textDecorationLine") == "underline"


def test_an_uncertain_quote_looks_different(tab):
    """It has another underline and a question mark. The legend explains it."""
    page = tab.made()
    classes = page.locator("#article .content").evaluate_all("all => all.map(({ classList }) => classList.contains('unsure'))")
    assert classes == [False, False, False, True]
    underlined = "(element) => getComputedStyle(element).borderBottomStyle"
    assert page.locator("#article [data-quote=q3] .paraphrase").evaluate(underlined) == "dashed"
    mark = "(element) => getComputedStyle(element, '::after').content"
    assert [page.locator(f"#{id_}").evaluate(mark)[:3] for id_ in ("q2", "q3")] == ["non", '"?"']
    expect(page.locator(".legend .unsure")).to_have_text("unsure")


def test_an_unsure_speaker_is_marked_at_the_quote_even_if_no_words_name_them(tab):
    first, *others = ARTICLE.quotes
    first = replace(first, speaker=SpeakerRef("s1", BOB.name, "implicit", 0.5), source=None)
    page = tab.made(replace(ARTICLE, quotes=(first, *others)))
    mark = "(element) => getComputedStyle(element, '::after').content"
    assert page.locator("#q1").evaluate(mark).startswith('"?"')
    page.locator("#q1").focus()
    expect(page.locator("#details .name")).to_have_text("Bob 👋 (not sure)")
    expect(page.get_by_role("link", name="Quote 1: perhaps Bob 👋")).to_be_visible()


def test_letters_distinguish_more_speakers_than_there_are_colours(tab):
    """They are beside each quote. If two speakers have the same letters, one gets a number."""
    more = tuple(replace(BOB, id=f"s{n}", name=f"Cat {name}") for n, name in enumerate(("Dow", "Dee", *"EFGH"), start=4))
    second = replace(ARTICLE.quotes[1], speaker=SpeakerRef("s5", "Cat Dee", "name"))
    answer = replace(ARTICLE, quotes=(ARTICLE.quotes[0], second), speakers=(*ARTICLE.speakers, *more))
    assert tab.made(answer).locator(".marker").evaluate_all("all => all.map(({ dataset }) => dataset.label)") == ["BO", "CD2"]


def test_pointing_at_a_quote_shows_its_details(tab):
    page = tab.made()
    page.locator("#article .content[data-quote=q1]").nth(1).hover()
    expect(page.locator("#details .name")).to_have_text("Bob 👋")
    assert details(page) == {
        **{"Type": "direct (word for word)", "Kind": "statement (said)"},
        **{"Verb": "wrote (wrote)", "Act": "say", "Source": "Bob 👋"},
        **{"Via": "RIA (relays it)", "Around": "quote 2", "Confidence": "100%"},
    }
    expect(page.locator("#details .why")).to_have_text("“Bob 👋” is their name.")


def test_a_quote_without_a_speaker_is_shown_too(tab):
    page = tab.made()
    page.locator("#q3").focus()
    expect(page.locator("#details .name")).to_have_text("The article does not say who")
    assert details(page) == {
        **{"Type": "indirect (paraphrase)", "Kind": "statement (said)"},
        **{"Verb": "none of its own", "Confidence": "13%"},
    }


def test_an_uncertain_speaker_is_shown_with_probabilities_and_candidates(tab):
    first, second, third = ARTICLE.quotes
    first = replace(first, speaker=SpeakerRef("s1", BOB.name, "pronoun", 0.654))
    third = replace(third, candidates=(Candidate("s1", BOB.name, 0.35), Candidate("s2", ANN.name, 0.3)))
    page = tab.made(replace(ARTICLE, quotes=(first, second, third)))
    page.locator("#q1").focus()
    expect(page.locator("#details .why")).to_contain_text("“Bob 👋” is a pronoun")
    assert page.locator("#details .candidates li").all_inner_texts() == ["Bob 👋\n65%", "somebody else\n35%"]
    page.locator("#q3").focus()
    expect(page.locator("#details .name")).to_have_text("Not sure who")
    assert page.locator("#details .candidates li").all_inner_texts() == ["Bob 👋\n35%", "Ann\n30%"]
    expect(page.locator("#q3")).to_have_attribute("aria-label", "Quote 3: perhaps Bob 👋 or Ann, paraphrase, confidence 13%")
    tab.shoot("doubted")
