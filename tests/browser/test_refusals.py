"""What the page shows if there is no answer."""

import pytest
from browsing import ARTICLE, TEXT, check_access
from playwright.sync_api import expect


def test_an_empty_field_is_reported_before_anything_is_sent(tab):
    """With what to do on the page, and announced by screen readers."""
    tab.page.goto(tab.live)
    tab.page.get_by_role("button", name="Find the quotations").click()
    alert = tab.page.get_by_role("alert")
    expect(alert.locator("strong")).to_have_text("There is nothing to read")
    expect(alert).to_contain_text("Paste an article into the field")
    check_access(tab.page)
    tab.shoot("refused")


def test_a_text_rejected_as_another_language_can_still_be_read(tab):
    """The service rejects it, and the page offers to send it as English."""
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
        (lambda route: route.fulfill(status=200, body="<h1>Welcome</h1>"), "Unreadable answer"),
    ],
)
def test_a_failure_in_front_of_the_service_is_reported_too(tab, answer, title):
    tab.page.route("**/v1/quotes", answer)
    tab.page.goto(tab.live)
    tab.page.get_by_label("The article").fill("Hi")
    tab.page.get_by_role("button", name="Find the quotations").click()
    expect(tab.page.get_by_role("alert").locator("strong")).to_have_text(title)
    tab.complaints.clear()


def test_the_page_sends_an_api_key_if_the_service_needs_one(tab):
    """It asks for the key after the first refusal."""
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
