"""Corrections on the page, and the saved file, which training reads."""

import json
from dataclasses import replace

import pytest
from browsing import ARTICLE, OUTER, TEXT, check_access, contents
from playwright.sync_api import expect

from evaluation.files import each_line
from training import answers
from training.corpora import news, own

SELECT = """(words) => {
    const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && !walker.currentNode.data.includes(words));
    const start = walker.currentNode.data.indexOf(words);
    getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, start + words.length);
}"""


@pytest.fixture
def desk(tab):
    """The page with the desk open."""
    page = tab.made()
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("#desk")).to_be_visible()
    assert tab.order == {"text": TEXT, "attitudes": True, "topics": True}
    return page


def press(page, name, group=None):
    """Press a button of the correction desk, or of one group in it."""
    where = page.get_by_role("group", name=group) if group else page.locator("aside")
    where.get_by_role("button", name=name).click()


def save(page, folder):
    """The file that the page saves."""
    with page.expect_download() as waited:
        press(page, "Save")
    waited.value.save_as(folder / waited.value.suggested_filename)
    return folder / waited.value.suggested_filename


def words(spans):
    return [TEXT[start:end] for start, end in spans]


def test_a_correction_is_saved_in_the_format_of_training(desk, tmp_path):
    """One quote gets another speaker, kind and text, one is dropped, and one is added with verb and source."""
    desk.locator("#q2").focus()
    desk.get_by_label("Speaker", exact=True).fill("Cy Orr")
    desk.get_by_label("Speaker", exact=True).press("Tab")
    desk.get_by_label("Kind").select_option("attitude")
    desk.evaluate(SELECT, "no</b> to all")
    press(desk, "Use selection", "Said")
    desk.locator("#q3").focus()
    press(desk, "Drop this quotation")
    desk.evaluate(SELECT, "End")
    press(desk, "New from selection")
    desk.evaluate(SELECT, "according to ")
    press(desk, "Use selection", "Verb")
    desk.evaluate(SELECT, "RIA")
    press(desk, "Use selection", "Source")
    check_access(desk)
    file = save(desk, tmp_path)
    line = json.loads(file.read_text(encoding="utf-8"))
    outer, inner, added = line["quotes"]
    assert (line["text"], line["family"], line["ignore"]) == (TEXT, "newsroom", [])
    assert words(outer["content"]) == list(OUTER)
    assert (outer["speaker"], outer["via"]) == ("Bob 👋", [{"name": "RIA", "relation": "relays"}])
    assert (words(inner["content"]), inner["speakers"], inner["named"]) == (["no</b> to all"], ["Cy Orr"], True)
    assert (inner["kind"], inner["parent"], outer["kind"]) == ("attitude", 0, "core")
    assert [words(added[role]) for role in ("content", "cue", "source")] == [["End"], ["according to"], ["RIA"]]
    assert (added["speaker"], added["named"], added["type"]) == (None, False, "indirect")
    (article,) = map(news.to_article, each_line(file))
    assert [one.kind for one in article.attributions] == ["statement", "attitude", "statement"]
    assert words(article.attributions[0].relays) == ["RIA"]
    answered = answers.to_answered_text(line)
    assert ("Cy Orr",) in answered.speakers.values()


def test_who_relays_a_quote_can_be_corrected(desk, tmp_path):
    """One relay is removed, and another is added by its words, which training finds again."""
    desk.locator("#q1").focus()
    press(desk, "Remove RIA", "Via")
    desk.locator("#q2").focus()
    desk.evaluate(SELECT, "RIA")
    press(desk, "Add selection", "Via")
    desk.get_by_label("Relation of RIA").select_option("cited")
    desk.evaluate(SELECT, "RIA")
    press(desk, "Add selection", "Via")
    expect(desk.locator("#advice")).to_have_text("RIA relays this quotation already.")
    check_access(desk)
    file = save(desk, tmp_path)
    outer, inner, _ = json.loads(file.read_text(encoding="utf-8"))["quotes"]
    assert (outer["via"], inner["via"]) == ([], [{"name": "RIA", "relation": "cited"}])
    (article,) = map(news.to_article, each_line(file))
    assert words(article.attributions[1].cited) == ["RIA"]


def test_an_answer_without_corrections_is_saved_with_the_fields_of_the_corpus(desk, tmp_path):
    """In the same order, with the content and types of the answer."""
    line = json.loads(save(desk, tmp_path).read_text(encoding="utf-8"))
    like = json.loads((own.FOLDER / "own19.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert list(line) == list(like)
    for saved, quote in zip(line["quotes"], ARTICLE.quotes, strict=True):
        assert list(saved) == list(like["quotes"][0])
        assert saved["content"] == [[span.start, span.end] for span in quote.content]
        assert saved["type"] == quote.type


def test_a_correction_can_be_undone_and_survives_a_reload(desk):
    desk.locator("#q3").focus()
    press(desk, "Drop this quotation")
    press(desk, "Undo")
    expect(desk.locator("#q3")).to_be_visible()
    desk.locator("#q3").focus()
    press(desk, "Drop this quotation")
    desk.reload()
    expect(desk.get_by_role("status").first).to_have_text("Your corrections are still here. They are not saved.")
    assert desk.locator(".marker").count() == 2


def test_an_impossible_correction_is_explained_and_changes_nothing(desk):
    """No words are selected, or they are partly in another quote."""
    desk.locator("#q2").focus()
    press(desk, "Use selection", "Verb")
    expect(desk.locator("#advice")).to_have_text("Select the words in the article first, then press this.")
    desk.evaluate("getSelection().setBaseAndExtent(...[...document.querySelectorAll('#article p')].flatMap((p) => [p, 0]))")
    press(desk, "New from selection")
    expect(desk.locator("#advice")).to_contain_text("lie partly in quotation 1")
    assert contents(desk, "q1") == list(OUTER)


def test_the_type_of_a_new_quote_follows_from_its_quotation_marks(tab):
    """All of it is inside marks, or none."""
    page = tab.made(replace(ARTICLE, quotes=(), speakers=()))
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("#desk")).to_be_visible()

    for selected, type_ in (("“And = again 🎉.”", "direct"), ("End", "indirect")):
        page.evaluate(SELECT, selected)
        press(page, "New from selection")
        expect(page.get_by_label("Type", exact=True)).to_have_value(type_)
    assert page.locator("#article mark.verbatim").all_inner_texts() == ["“And = again 🎉.”"]
