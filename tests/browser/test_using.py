"""What a reader does with the answer: choose speakers, copy, link, go back and forward."""

import json
from dataclasses import replace

import pytest
from browsing import ARTICLE, PATIENCE, TEXT, check_access
from playwright.sync_api import expect

from attribution.command.forms import FORMS
from attribution.data import Speaker, SpeakerRef


def test_a_speaker_can_be_chosen(tab):
    """The others lose number and colour until the reader presses the speaker again."""
    page = tab.seed()
    number = page.locator(".marker").count()
    button = page.get_by_label("Speakers").get_by_role("button", name="Dmitry Peskov")
    tally = button.locator(".tally").inner_text().split()[0]
    assert 0 < int(tally) < number
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.locator(".marker:visible").count() == int(tally)
    expect(page.get_by_role("status").first).to_have_text(f"{tally} of {number} quotations shown.")
    assert (
        page.locator("#article .verbatim:visible").last.evaluate("(e) => getComputedStyle(e).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
    tab.shoot("filtered")
    button.click()
    assert page.locator(".marker:visible").count() == number


def test_a_speaker_who_only_relays_can_be_chosen_too(tab):
    page = tab.made()
    page.get_by_label("Speakers").get_by_role("button", name="RIA").click()
    assert page.locator(".marker:visible").evaluate_all("all => all.map(({ id }) => id)") == ["q1"]


def test_choosing_a_speaker_includes_the_quotes_of_their_groups(tab):
    """A speaker who is quoted only as part of a group cannot be chosen alone."""
    group = Speaker("s4", "Ann and Tom", "group", None, (), ("s2", "s5"), (), ("q3",))
    tom = Speaker("s5", "Tom", "person", None, (), (), (), ())
    first, second, third = ARTICLE.quotes
    said = replace(third, speaker=SpeakerRef("s4", "Ann and Tom", "name"))
    page = tab.made(replace(ARTICLE, quotes=(first, second, said), speakers=(*ARTICLE.speakers, group, tom)))
    names = page.locator("#speakers .who").all_inner_texts()
    assert sorted(names) == ["Ann", "Ann and Tom", "Bob 👋", "RIA"]
    page.get_by_label("Speakers").get_by_role("button", name="Ann", exact=False).first.click()
    assert page.locator(".marker:visible").evaluate_all("all => all.map(({ id }) => id)") == ["q2", "q3"]


def test_quotes_can_be_filtered_by_type_kind_and_confidence(tab):
    first, second, third = ARTICLE.quotes
    page = tab.made(replace(ARTICLE, quotes=(first, second, replace(third, kind="topic"))))
    shown = "all => all.filter(({ hidden }) => !hidden).map(({ id }) => id)"
    page.get_by_label("At least").fill("50")
    assert page.locator(".marker").evaluate_all(shown) == ["q1", "q2"]
    page.get_by_label("At least").fill("0")
    page.get_by_label("only talked about").uncheck()
    page.get_by_label("word for word", exact=False).first.uncheck()
    assert page.locator(".marker").evaluate_all(shown) == ["q2"]
    expect(page.get_by_role("status").first).to_have_text("1 of 3 quotations shown.")


def test_the_shown_quotes_can_be_downloaded(tab):
    page = tab.made()
    page.get_by_label("Format").select_option("csv")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download").click()
    assert waited.value.suggested_filename == "quotations.csv"
    assert waited.value.path().read_bytes().decode() == "".join(FORMS["csv"](iter([(TEXT, ARTICLE)]), False))


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_copied_text_equals_the_output_of_the_command(open_tab, form):
    """Both implementations, in JavaScript and in Python, give exactly the same text."""
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    page = tab.made()
    page.get_by_label("Format").select_option(form)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Copied 3 quotations as")
    assert page.evaluate("navigator.clipboard.readText()") == "".join(FORMS[form](iter([(TEXT, ARTICLE)]), False))


def test_only_the_shown_quotes_are_copied(open_tab):
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    page = tab.made()
    page.get_by_label("Speakers").get_by_role("button", name="Ann").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Copied 1 quotation as JSON.")
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    answer = ARTICLE.to_dict()
    assert copied == {**answer, "quotes": [answer["quotes"][1]]}


def test_without_clipboard_access_the_text_can_be_copied_by_hand(tab):
    """Browsers deny access to pages over plain HTTP."""
    tab.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = tab.made()
    page.get_by_label("Format").select_option("markdown")
    page.get_by_role("button", name="Copy", exact=True).click()
    dialog = page.get_by_role("dialog", name="Copy it from here")
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("- **Bob 👋** wrote: ")
    check_access(page)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_a_link_leads_to_a_quote(tab):
    page = tab.seed(fragment="#q20")
    expect(page.locator("#about")).to_have_text("Quotation 20")
    expect(page.locator("#q20")).to_be_focused()
    expect(page.locator("#q20")).to_be_in_viewport()
    tab.shoot("linked")


def test_a_click_on_a_quote_adds_it_to_the_url(tab):
    page = tab.seed()
    page.locator("#article .content[data-quote=q5] .paraphrase").first.click()
    assert page.url.endswith("?seed=kremlin#q5")


def test_a_link_to_a_pasted_article_asks_for_the_article(tab):
    tab.page.goto(f"{tab.live}#q3")
    expect(tab.page.get_by_role("status").first).to_contain_text("Paste the article here")


def test_back_leads_to_the_form_and_forward_to_the_article(tab):
    tab.page.goto(tab.live)
    tab.page.get_by_role("link", name="An ‘armed mutiny’").click()
    expect(tab.page.locator("#result")).to_be_visible(timeout=PATIENCE)
    tab.page.go_back()
    expect(tab.page.get_by_label("The article")).to_be_visible()
    tab.page.go_forward()
    expect(tab.page.locator("#result")).to_be_visible(timeout=PATIENCE)


def test_another_article_starts_with_the_text_of_the_last(tab):
    page = tab.made()
    page.get_by_role("button", name="Another article").click()
    expect(page.get_by_label("The article")).to_be_focused()
    page.get_by_label("Also what people think").check()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_visible()
    assert tab.order["attitudes"] is True
