"""Accessibility: keyboard, screen reader, light and dark, contrast, phones."""

import re
from pathlib import Path

import pytest
from browsing import check_access, details
from playwright.sync_api import expect

REACHED = "[document.activeElement].map(({ id, value, innerText }) => id || value || innerText.split('\\n')[0])[0]"
CSS = Path(__file__).parents[2] / "attribution" / "command" / "static" / "page.css"


def test_the_keyboard_reaches_everything_in_the_order_of_the_page(tab):
    """From the heading to tools, speakers, filters and quotes. Escape closes the details."""
    page = tab.made()
    reached = []
    for _ in range(17):
        reached.append(page.evaluate(REACHED))
        page.keyboard.press("Tab")
    tools, speakers = ["format", "copy", "download", "correct"], ["Bob 👋", "Ann", "Not named", "RIA"]
    filters = ["Filter", "direct", "indirect", "surest", "Check a quotation"]
    assert reached == ["summary", *tools, *speakers, *filters, "q1", "q2", "q3"]
    page.locator("#q1").focus()
    assert details(page)["Act"] == "say"
    page.keyboard.press("Escape")
    assert details(page) == {}


def test_a_screen_reader_gets_what_the_details_show(tab):
    page = tab.made()
    names = [page.locator(f"#{id_}").get_attribute("aria-label") for id_ in ("q1", "q2", "q3")]
    assert names == [
        "Quote 1: Bob 👋, wrote, act say, word for word, relayed by RIA, confidence 100%",
        "Quote 2: Ann, said, act say, paraphrase, inside quote 1, confidence 87%",
        "Quote 3: speaker not named, paraphrase, confidence 13%",
    ]
    expect(page.get_by_role("status").first).to_contain_text("Read in")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_are_accessible(open_tab, scheme):
    """With all speakers' colours, and the details of one quote."""
    tab = open_tab(color_scheme=scheme)
    tab.page.goto(tab.live)
    check_access(tab.page)
    page = tab.seed("ministry-of-defence")
    page.locator(".marker").nth(2).focus()
    check_access(page)
    tab.shoot(f"ministry-{scheme}")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper))) < 200) == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_is_readable_on_every_background(open_tab, scheme):
    """A source may be inside another speaker's quote. WCAG AA requires a contrast of 4.5."""
    page = open_tab(color_scheme=scheme).page
    page.set_content(f"<style>{CSS.read_text(encoding='utf-8')}</style>" + "".join(f'<i class="speaker-{n}">' for n in range(9)))
    script = """() => Array.from(document.querySelectorAll("i"), (element) => ["--ink", "--tint", "--text", "--paper"]
        .map((name) => getComputedStyle(element).getPropertyValue(name).trim()))"""
    colours = page.evaluate(script)
    for ink, *_ in colours:
        for _, tint, text, paper in colours:
            assert min(contrast(ink, tint), contrast(ink, paper), contrast(text, tint)) >= 4.5, (ink, tint)


def contrast(one, other):
    """The contrast ratio of WCAG, e.g. `contrast("#000000", "#ffffff") == 21`."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("width", [390, 900, 1280])
def test_details_are_in_sight_however_many_speakers_are_listed(open_tab, width):
    page = open_tab(width=width, height=600).seed()
    page.locator("#q5").focus()
    expect(page.locator("#q5")).to_be_in_viewport()
    expect(page.locator("#details .name")).to_be_in_viewport()


def test_the_page_fits_a_phone(open_tab):
    """It does not scroll sideways, and the details do not hide their quote."""
    tab = open_tab(width=360, height=740, has_touch=True)
    tab.page.goto(tab.live)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360
    tab.shoot("phone-empty")
    page = tab.seed()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#article .content[data-quote=q5]").first.tap()
    expect(page.locator("#about")).to_have_text("Quotation 5")
    check_access(page)
    tab.shoot("phone")
    page.locator("#q20").focus()
    quote, sheet = page.locator("#q20").bounding_box(), page.locator("aside").bounding_box()
    assert quote["y"] + quote["height"] <= sheet["y"]
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("aside")).to_be_hidden()
