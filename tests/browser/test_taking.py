"""How an article gets into the page, how long it stays, and what the page shows while it waits."""

from dataclasses import replace

import pytest
from browsing import ARTICLE, TEXT, check_access
from playwright.sync_api import expect

PAGE = "<!doctype html><html><body><nav>Menu</nav><article><p>“No,” said Ann.</p></article></body></html>"
PASTE = """(area, [type, content]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(type, content);
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize("type_", ["text/plain", "text/html"])
def test_a_pasted_page_is_sent_as_html(tab, type_):
    """Whether it is source code or copied from a browser. The page shows the text of the answer."""
    orders = []

    def answer(route):
        orders.append(route.request.post_data_json)
        route.fulfill(json=replace(ARTICLE, text=TEXT).to_dict())

    tab.page.route("**/v1/quotes", answer)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").evaluate(PASTE, [type_, PAGE])
    expect(tab.page.locator("#carried")).to_contain_text("What you pasted, 1 kB of HTML")
    check_access(tab.page)
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.locator("#article")).to_contain_text("End.")
    assert orders == [{"html": PAGE}]


def test_a_file_is_treated_by_its_content(tab):
    """Text, in UTF-8 or not, goes into the field; HTML is shown beside it and can be removed; other files are rejected."""
    tab.page.goto(tab.live)
    field, file = tab.page.get_by_label("The article"), tab.page.get_by_label("choose one")
    file.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": "“No,” said Ann.".encode("cp1252")})
    expect(field).to_have_value("“No,” said Ann.")
    file.set_input_files({"name": "a.html", "mimeType": "text/html", "buffer": PAGE.encode()})
    expect(tab.page.locator("#carried")).to_contain_text("a.html")
    tab.page.get_by_role("button", name="Remove").click()
    expect(field).to_be_focused()
    file.set_input_files({"name": "a.docx", "mimeType": "application/zip", "buffer": b"PK\0\0"})
    expect(tab.page.get_by_role("alert")).to_contain_text("Open a.docx in its own program")


def test_a_file_can_be_dropped(tab):
    tab.page.goto(tab.live)
    drop = """(form) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["“Yes,” said Bob."], "b.txt"));
        form.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }"""
    tab.page.locator("#form").evaluate(drop)
    expect(tab.page.get_by_label("The article")).to_have_value("“Yes,” said Bob.")


def test_a_reload_keeps_article_and_answer_until_the_reader_presses_forget(tab):
    """The article is not read again."""
    page = tab.made()
    tab.order = None
    page.reload()
    expect(page.locator("#summary")).to_have_text("3 quotations by 2 speakers")
    assert tab.order is None
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_label("The article")).to_have_value("")
    page.reload()
    expect(page.get_by_label("The article")).to_have_value("")
    assert page.evaluate("(sessionStorage.article ?? '').includes('Ann')") is False


def test_a_long_wait_is_shown_and_can_be_cancelled(tab):
    """The text stays in the field."""
    tab.page.route("**/v1/quotes", lambda route: None)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").fill("one two three")
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.get_by_role("progressbar", name="Reading 3 words …")).to_be_visible()
    check_access(tab.page)
    tab.page.get_by_role("button", name="Cancel").click()
    expect(tab.page.get_by_role("progressbar")).to_be_hidden()
    expect(tab.page.locator("#status")).to_have_text("Cancelled. Nothing was read.")
    expect(tab.page.get_by_label("The article")).to_have_value("one two three")


def test_a_claim_is_checked_against_the_article(tab):
    """The page shows what was changed, and who says it."""
    page = tab.seed("ministry-of-defence")
    page.get_by_text("Check a quotation").click()
    page.get_by_label("Said by").fill("Tobias Ellwood")
    page.get_by_label("The words").fill("over the coming days, the loyalty of Russia’s security forces will be key")
    page.get_by_role("button", name="Check", exact=True).click()
    verdict = page.locator("#verdict")
    expect(verdict.locator("strong")).to_have_text("It is there, but changed.")
    expect(verdict.locator("del").first).to_contain_text("days")
    expect(verdict.locator("ins").first).to_contain_text("hours")
    expect(verdict).to_contain_text("not the speaker you named")
    check_access(page)
