"""The answer of POST /v1/verify."""

from dataclasses import replace

import pytest
from checks import assert_problem

from api import examples
from api.schemas.verdict import VerificationSchema


@pytest.fixture
def claims(make_client):
    """The claims that reach the library, and a client to send them."""
    seen = []

    def remember(**claim):
        seen.append(claim)
        return replace(examples.VERIFICATION, id=claim["article_id"])

    return seen, make_client(verify=remember)


def test_a_claim_reaches_the_library_and_the_answer_reaches_the_client(claims):
    """Under the library's names."""
    seen, client = claims
    response = client.post("/v1/verify", json={**examples.CLAIM, "offset_unit": "utf8", "language": "en"})
    assert response.json == examples.VERIFICATION.to_dict()
    assert seen == [
        {
            "text": examples.TEXT,
            "article_id": "bridge",
            "quote": "The bridge opens on Friday",
            "speaker": "Ann Lee",
            "offset_unit": "utf8",
            "language": "en",
            "min_speaker_probability": 0.4,
        }
    ]


def test_the_quote_comes_from_the_query_with_plain_text_and_html(claims):
    """So curl needs no JSON."""
    seen, client = claims
    query = {"quote": "We, too", "speaker": "Lee"}
    client.post("/v1/verify", data=examples.TEXT.encode(), content_type="text/plain", query_string=query)
    client.post("/v1/verify", data=examples.HTML.encode(), content_type="text/html", query_string=query)
    assert [(claim["text"], claim["quote"], claim["speaker"]) for claim in seen] == [(examples.TEXT, "We, too", "Lee")] * 2


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"text": "Hi"}, "quote: Missing. Put the words to look for here."),
        ({"quote": "Hi"}, "text: Missing."),
        ({"text": "Hi", "html": "Hi", "quote": "Hi"}, "html: Sent together with text."),
        ({"text": "Hi", "quote": "…"}, "quote: The quote has no words."),
        ({"text": "Hi", "quote": "a " * 501}, "quote: The quote has 501 words; the limit is 500."),
        ({"text": "Hi", "quote": "a" * 10_001}, "quote: Longer than 10000 characters."),
        ({"text": "Hi", "quote": "Hi", "speaker": 1}, "speaker: Must be a string."),
        ({"text": "Hi", "quote": "Hi", "types": ["direct"]}, "types: There is no such field."),
    ],
)
def test_an_invalid_claim_gets_a_problem_with_the_remedy(client, fields, remedy):
    """As at every endpoint."""
    assert_problem(client.post("/v1/verify", json=fields), 422, remedy)


def test_a_quote_in_the_query_does_not_replace_one_in_the_json(client):
    """The contract requires it in the JSON. The query is for plain text and HTML."""
    assert_problem(
        client.post("/v1/verify?quote=Hi", json={"text": "Hi"}), 422, "quote: Missing. Put the words to look for here."
    )


def test_the_service_finds_the_speaker_and_the_changes(service):
    """With the trained pipeline. The answer matches the contract."""
    answer = service.post("/v1/verify", json=examples.CLAIM).json
    assert VerificationSchema().validate(answer) == {}
    assert (answer["verdict"], answer["speaker"]["name"], answer["speaker_agrees"]) == ("altered", "Ann Lee", True)
    assert answer["difference"][-1]["article"][0]["text"] == "Monday"
