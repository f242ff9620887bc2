"""The HTML file that the command writes, which works without the service."""

from browsing import ARTICLE, TEXT, check_access
from playwright.sync_api import expect

from attribution.command.standalone import page as standalone_page
from attribution.data import Article, Model


def test_a_standalone_file_is_the_same_view(tab, tmp_path):
    """As on the page of the service."""
    expected = tab.made().locator("#article").inner_html()
    file = tmp_path / "article.html"
    file.write_text(standalone_page(TEXT, ARTICLE), encoding="utf-8")
    tab.page.goto(f"{file.as_uri()}#q2")
    assert tab.page.locator("#article").inner_html().replace(" active", "") == expected
    expect(tab.page.locator("#about")).to_have_text("Quotation 2")
    assert tab.page.get_by_label("The article").count() == 0
    check_access(tab.page)
    tab.shoot("standalone")


def test_a_standalone_file_runs_no_script_of_its_article(tab, tmp_path):
    text = "</script><script>document.title = 'hacked'</script><img src=x onerror=\"document.title='hacked'\">“No.”"
    file = tmp_path / "article.html"
    file.write_text(standalone_page(text, Article(text, "codepoint", Model("none", "0"), (), ())), encoding="utf-8")
    tab.page.goto(file.as_uri())
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("No quotation found")
    expect(tab.page.locator("#article")).to_have_text(text)
    assert "hacked" not in tab.page.title()
