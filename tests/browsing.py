"""The page in a browser, for the tests of `tests/browser`: a tab, and an article made by hand to open in it."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from attribution.data import Article, Context, Model, Quote, Span, Speaker, SpeakerRef, Verb, Via

SCREENSHOTS = Path(__file__).parents[1] / "build" / "screenshots"
PATIENCE = 60_000
"""Milliseconds that the first article may take: the pipeline is loaded for it."""
# Emoji count one in the answer and two in JavaScript; the inner quote lies in the outer one, which has two fragments in two
# paragraphs; the markup is words.
TEXT = "😀😀 “Ann said <b>no</b> to all,” Bob 👋 wrote, according to RIA.\n\n“And = again 🎉.”\nEnd."


def at(words):
    start = TEXT.index(words)
    return start, start + len(words), words


def quote(number, type_, contents, verbatim, verb, source, speaker, **more):
    """A quote of the text by its words."""
    spans = tuple(Span(*at(words)) for words in contents)
    return Quote(
        id=f"q{number}",
        type=type_,
        kind="statement",
        text=" […] ".join(contents),
        content=spans,
        verbatim=tuple(Span(*at(words)) for words in verbatim),
        verb=Verb(*at(verb), lemma=verb, act="say") if verb else None,
        source=Span(*at(source)) if source else None,
        speaker=SpeakerRef(speaker.id, speaker.name, "name") if speaker else None,
        candidates=more.get("candidates", ()),
        via=more.get("via", ()),
        parent=more.get("parent"),
        context=Context(0, 0, len(TEXT), TEXT),
        confidence=more.get("confidence", 0.5),
    )


BOB = Speaker("s1", "Bob 👋", "person", None, (), (), (), ("q1",))
ANN = Speaker("s2", "Ann", "person", "the *boss*", (), (), (), ("q2",))
RIA = Speaker("s3", "RIA", "organization", None, (), (), (), ())
OUTER = ("“Ann said <b>no</b> to all,”", "“And = again 🎉.”")
ARTICLE = Article(
    id=None,
    offset_unit="codepoint",
    model=Model("made by hand", "1"),
    quotes=(
        quote(
            *(1, "direct", OUTER, [part[1:-1] for part in OUTER], "wrote", "Bob 👋", BOB),
            via=(Via("s3", "RIA", "relays", Span(*at("RIA"))),),
            confidence=1.0,
        ),
        quote(2, "indirect", ["<b>no</b> to all,"], ["<b>no</b> to all,"], "said", "Ann", ANN, parent="q1", confidence=0.87),
        quote(3, "indirect", ["End"], [], None, None, None, confidence=0.125),
    ),
    speakers=(BOB, ANN, RIA),
)


class Tab:
    """A page of the browser, and what it complained of and whom it called."""

    def __init__(self, page, live):
        self.page, self.live = page, live
        self.complaints, self.called = [], set()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.called.add(re.match(r"\w+:(?://[^/]*/)?", request.url)[0]))

    def seed(self, name="kremlin", fragment=""):
        """Open the page with a seed article, read by the service."""
        self.page.goto(f"{self.live}?seed={name}{fragment}")
        expect(self.page.locator("#result")).to_be_visible(timeout=PATIENCE)
        return self.page

    def made(self, answer=ARTICLE, text=TEXT):
        """Paste a text, to which the service gives an answer made by hand; the last order is kept."""
        self.page.route("**/v1/quotes", self._answer(answer))
        self.page.goto(self.live)
        self.page.get_by_label("The article").evaluate("(area, text) => { area.value = text }", text)
        self.page.get_by_role("button", name="Find the quotations").click()
        expect(self.page.locator("#result")).to_be_visible()
        return self.page

    def _answer(self, answer):
        def fulfill(route):
            self.order = route.request.post_data_json
            route.fulfill(json=answer.to_dict())

        return fulfill

    def shoot(self, name):
        """Leave a screenshot."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def contents(page, id_):
    """The words of a quote as the page shows them, its markers left out."""
    script = """(id) => [...document.querySelectorAll(`.content[data-quote=${id}]`)].map((element) => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll(".marker").forEach((marker) => marker.remove());
        return copy.textContent;
    })"""
    return page.evaluate(script, id_)


def details(page):
    """What the page tells of a quote, by its terms."""
    script = 'Object.fromEntries(Array.from(document.querySelectorAll("#details dt"), (term) => [term, term.nextSibling])' + (
        ".map(([term, what]) => [term.textContent, what.textContent]))"
    )
    return page.evaluate(script)


def check_access(page):
    """axe finds no fault: labels, roles, order, and contrast at AA."""
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
