"""What POST /v1/quotes answers to an article that it can read."""

import json

import pytest

from api import examples
from attribution.data import Article


def test_json_article_is_answered_with_the_one_shape(client):
    """The answer is `Article.to_dict()`, field for field and in its order."""
    response = client.post("/v1/quotes", json=examples.REQUEST)
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert json.dumps(response.json) == json.dumps(examples.ARTICLE.to_dict())


def test_plain_text_article_is_answered_like_the_json_one(client):
    """curl needs no JSON."""
    response = client.post("/v1/quotes?id=bridge", data=examples.TEXT.encode(), content_type="text/plain; charset=UTF-8")
    assert response.json == examples.ARTICLE.to_dict()


def test_answer_shows_quotation_marks_as_they_are(client):
    """A reader in a terminal sees “ and not an escape."""
    assert "“The bridge" in client.post("/v1/quotes", json=examples.REQUEST).text


@pytest.fixture
def orders(make_client):
    """The orders that reach the pipeline, and a client to give them."""
    seen = []

    def remember(text: str, *, article_id: str | None = None, attitudes: bool = False) -> Article:
        seen.append((text, article_id, attitudes))
        return examples.ARTICLE

    return seen, make_client(extract=remember)


@pytest.mark.parametrize(
    ("query", "fields", "order"),
    [
        ("", {"text": "Hi"}, ("Hi", None, False)),
        ("", {"text": "Hi", "id": None, "attitudes": True}, ("Hi", None, True)),
        ("?id=a&attitudes=true", {"text": "Hi"}, ("Hi", "a", True)),
        ("?id=a&attitudes=true", {"text": "Hi", "id": "b", "attitudes": False}, ("Hi", "b", False)),
    ],
)
def test_options_stand_in_the_body_or_in_the_query_and_the_body_wins(orders, query, fields, order):
    """No option is lost, whichever way it came."""
    seen, client = orders
    assert client.post(f"/v1/quotes{query}", json=fields).status_code == 200
    assert seen == [order]


@pytest.mark.parametrize("text", [" \r\n “A\u00a0b”\u200b \n", "e\u0301 and \u00e9", "\ufeff“Hi”", "\N{GRINNING FACE}\x00"])
def test_text_reaches_the_pipeline_as_it_was_sent(orders, text):
    """Offsets are into the text as received: nothing is trimmed or normalised."""
    seen, client = orders
    client.post("/v1/quotes", json={"text": text})
    client.post("/v1/quotes", data=text.encode(), content_type="text/plain")
    assert [order[0] for order in seen] == [text, text]


def test_json_may_start_with_a_byte_order_mark(client):
    """Some editors on Windows write one."""
    body = b"\xef\xbb\xbf" + json.dumps(examples.REQUEST).encode()
    assert client.post("/v1/quotes", data=body, content_type="application/json").status_code == 200


def test_the_pipeline_behind_the_service_finds_who_said_it(service):
    """The parts are put together for real."""
    quote = service.post("/v1/quotes", json=examples.REQUEST).json["quotes"][0]
    assert quote["text"] == "“The bridge opens on Monday,”"
    assert quote["speaker"]["name"] == "Ann Lee"
