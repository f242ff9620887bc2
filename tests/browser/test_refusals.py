"""What a reader is told when there is no answer."""

import pytest
from browsing import ARTICLE, TEXT, check_access
from playwright.sync_api import expect


def test_an_empty_field_is_told_before_anything_is_sent(tab):
    """What can be done on the page; and a reader who cannot see it hears it."""
    tab.page.goto(tab.live)
    tab.page.get_by_role("button", name="Find the quotations").click()
    alert = tab.page.get_by_role("alert")
    expect(alert.locator("strong")).to_have_text("There is nothing to read")
    expect(alert).to_contain_text("Paste an article into the field")
    check_access(tab.page)
    tab.shoot("refused")


def test_a_text_in_another_language_can_be_read_all_the_same(tab):
    """The service refuses it, the page offers what it can do: here, to say that it is English."""
    orders = []

    def answer(route):
        orders.append(route.request.post_data_json)
        foreign = {"title": "Unprocessable Content", "detail": "Send language en.", "code": "not-english"}
        route.fulfill(**({"json": ARTICLE.to_dict()} if "language" in orders[-1] else {"status": 422, "json": foreign}))

    tab.page.route("**/v1/quotes", answer)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").fill(TEXT)
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.get_by_role("alert")).to_contain_text("does not seem to be English")
    tab.page.get_by_role("button", name="It is English: read it").click()
    expect(tab.page.locator("#result")).to_be_visible()
    assert orders == [{"text": TEXT}, {"text": TEXT, "language": "en"}]
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
