"""What a reader is told when there is no answer."""

import pytest
from browsing import ARTICLE, TEXT, check_access
from playwright.sync_api import expect


def test_a_refusal_is_shown_as_its_title_and_detail(tab):
    """In the words of the service; and a reader who cannot see it hears it."""
    tab.page.goto(tab.live)
    tab.page.get_by_role("button", name="Find the quotations").click()
    alert = tab.page.get_by_role("alert")
    expect(alert.locator("strong")).to_have_text("Unprocessable Content")
    expect(alert).to_contain_text("The text is empty. Send the words of the article.")
    check_access(tab.page)
    tab.shoot("refused")
    assert [text for text in tab.complaints if "422" not in text] == []
    tab.complaints.clear()


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (lambda route: route.abort(), "No answer"),
        (lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"), "502 Bad Gateway"),
        (lambda route: route.fulfill(status=200, body="<h1>Welcome</h1>"), "No answer that can be read"),
    ],
)
def test_a_failure_before_the_service_is_told_too(tab, answer, title):
    tab.page.route("**/v1/quotes", answer)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").fill("Hi")
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.get_by_role("alert").locator("strong")).to_have_text(title)
    tab.complaints.clear()


def test_a_service_that_wants_a_key_is_given_one(tab):
    """The page asks for it once it is refused without."""
    keys = []

    def guard(route):
        keys.append(route.request.headers.get("x-api-key"))
        locked = {"status": 401, "json": {"title": "Unauthorized", "detail": "Send your key."}}
        route.fulfill(**({"json": ARTICLE.to_dict()} if keys[-1] else locked))

    tab.page.route("**/v1/quotes", guard)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").fill(TEXT)
    tab.page.get_by_role("button", name="Find the quotations").click()
    tab.page.get_by_label("API key").fill("secret")
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.locator("#result")).to_be_visible()
    assert keys == [None, "secret"]
    tab.complaints.clear()
