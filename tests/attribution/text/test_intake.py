"""What is taken in as an article, and what is said of what is not."""

import io
import json

import pytest

from attribution.errors import TextError
from attribution.text import intake


def test_utf8_is_decoded_as_it_is():
    assert intake.decode("\ufeffcafé\r\n".encode()) == "\ufeffcafé\r\n"


@pytest.mark.parametrize(
    ("data", "message", "encoding"),
    [
        (b"caf\xe9", r"not UTF-8: byte 3 \(0xE9\) is invalid", "WINDOWS-1252"),
        ("café".encode("utf-16"), "UTF-16", "UTF-16"),
        (b"\xfe\xff\x00a", "UTF-16", "UTF-16"),
    ],
)
def test_another_encoding_is_named(data, message, encoding):
    with pytest.raises(intake.EncodingError, match=f"^{message}$") as raised:
        intake.decode(data)
    assert raised.value.encoding == encoding


FILES = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3",
    "PDF in ASCII": b"%PDF-1.4\n1 0 obj",
    "RTF": rb"{\rtf1\ansi Hi}",
    "docx": b"PK\x03\x04\x14\x00\x06\x00",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_file_of_another_program_is_no_text(data):
    with pytest.raises(TextError, match=r"^This is not a text file. Open it in its own program, copy the text, and send that.$"):
        intake.decode(data)


def test_blank_lines_are_skipped_but_counted():
    assert list(intake.lines(io.BytesIO(b"a\n\n \t\nb"))) == [(1, b"a\n"), (4, b"b")]


def test_a_long_line_is_cut_one_byte_behind_the_limit_and_the_next_one_is_whole():
    assert list(intake.lines(io.BytesIO(b"abc\nabcdefgh\nab\n"), 4)) == [(1, b"abc\n"), (2, b"abcde"), (3, b"ab\n")]


def test_a_long_line_counts_even_if_its_beginning_is_blank():
    assert list(intake.lines(io.BytesIO(b"      {}\n \n"), 4)) == [(1, b"     ")]


def test_a_byte_order_mark_is_no_part_of_json():
    assert intake.parse_json('\ufeff{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_an_error_at_the_end_of_json_is_on_its_last_line(end):
    with pytest.raises(json.JSONDecodeError) as raised:
        intake.parse_json('{"text": "Hi"' + end)
    assert (raised.value.lineno, raised.value.colno) == (1, 14)


def test_the_first_half_of_a_surrogate_pair_is_found():
    assert intake.half_pair("a\ud83db\ude00") == 1
    assert intake.half_pair("a😀") is None


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \n\u2028", True), (" a", False)])
def test_white_space_alone_is_blank(text, blank):
    assert intake.is_blank(text) is blank


def test_an_article_is_either_text_or_html():
    assert intake.article_text("<p>Hi</p>").text == "<p>Hi</p>"
    assert intake.article_text(html="<p>Hi</p>").text == "Hi"
    for both in ({}, {"text": "Hi", "html": "Hi"}):
        with pytest.raises(TextError, match="exactly one of them"):
            intake.article_text(**both)


def test_an_article_is_a_string():
    with pytest.raises(TypeError, match="html is bytes"):
        intake.article_text(html=b"<p>Hi</p>")


def test_html_with_half_a_surrogate_pair_is_refused():
    with pytest.raises(TextError, match="character 3 is half"):
        intake.article_text(html="<p>\ud83d</p>")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "is empty"),
        ("a" * (intake.MAX_CHARACTERS + 1), "has 1,000,001 characters"),
        ("<!doctype html><p>Hi</p>", "give it as html"),
        ("Hi \ud83d", "character 3 is half"),
        ("%PDF-1.4\n1 0 obj", "open it there, copy the text"),
        ('{"text": "Hi"}', "is JSON: parse it"),
        ("https://example.org/a", "is an address, and nothing is fetched"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(text, message):
    with pytest.raises(TextError, match=message):
        intake.check_text(text)


@pytest.mark.parametrize("html", ["https://example.org/a", "%PDF-1.4\n1 0 obj", '{"html": "<p>Hi</p>"}'])
def test_html_that_is_no_article_is_refused(html):
    with pytest.raises(TextError, match="the article is"):
        intake.article_text(html=html)


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        ("<!doctype html><p>Hi", "page"),
        ("\ufeff%PDF-1.4\n1 0 obj", "file"),
        (r"{\rtf1\ansi Hi}", "file"),
        ('\ufeff{\n "id": "a",\n "text": "Hi"\n}\n', "json"),
        ('{"text": "Hi"}\r\n{"text": "Ho"}', "json"),
        ('{"html": "<p>Hi"}', "json"),
        ("\ufeffhttps://example.org/a?b=c\n", "address"),
        ("HTTP://example.org", "address"),
        ("https://example.org/a says “Hi”.", None),
        ("https://", None),
        ("ftp://example.org", None),
        ('{"text": "Hi"} is what Ann Lee sent.', None),
        ('{"headline": "Hi"}', None),
        ('{"text": "Hi"', None),
        ('{"a": ' * 100_000, None),
        ("{Hi}, said Ann Lee.", None),
        ("A file begins with %PDF-1.4.", None),
        ("Hi\0", None),
    ],
)
def test_what_is_sent_in_place_of_an_article_is_recognised(content, mistake):
    assert intake.mistake(content) == mistake
    assert intake.mistake(content, "html") == (None if mistake == "page" else mistake)


def test_the_longest_text_is_accepted():
    intake.check_text("a" * intake.MAX_CHARACTERS)
