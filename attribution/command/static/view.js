"use strict";
// In: a text and its answer. Out: the page that shows them: article, speakers and details, and their interaction. It needs no server: a
// standalone file is just this view.

const View = (() => {
  let text = "";
  let answer = { quotes: [], speakers: [] };
  let shown = [];
  let describe = Details.render;
  const all = (selector) => DOM.at("result").querySelectorAll(selector);
  const tokens = (element) => element.dataset.quote.split(" ");
  const find = (id) => shown.find((quote) => quote.id === id);
  const selectedId = () => DOM.at("details").dataset.shown;

  /** Show `answered`, the answer for the text `read`. */
  function show(read, answered) {
    render(read, answered);
    DOM.at("result").hidden = false;
    select(null);
    if (!follow()) DOM.at("summary").focus({ preventScroll: true });
  }

  /** Redraw everything, with all filters open. */
  function render(read, answered) {
    text = read;
    answer = answered;
    DOM.at("article").replaceChildren(...Article.render(text, answer));
    DOM.at("speakers").replaceChildren(...Speakers.render(answer));
    DOM.at("choices").replaceChildren(...Filters.render(answer));
    DOM.at("surest").value = 0;
    DOM.at("summary").textContent = summary();
    warn();
    document.title = `${summary()} · Quote Attribution`;
    filter();
  }

  /** List what is odd about the article. An answer that this tab kept from an older service has no warnings. */
  function warn() {
    const warnings = answer.warnings ?? [];
    DOM.at("warnings").replaceChildren(...warnings.map(({ detail }) => DOM.make("li", {}, detail)));
    DOM.at("warnings").hidden = !warnings.length;
  }

  function summary() {
    if (!answer.quotes.length) return "No quotation found";
    const speakers = answer.speakers.filter(({ id }) => answer.quotes.some(({ speaker }) => speaker?.id === id)).length;
    return `${DOM.count(answer.quotes.length, "quotation")} by ${DOM.count(speakers, "speaker")}`;
  }

  /** Highlight the quotes that speakers and filters choose, and dim the others. */
  function filter() {
    const least = Number(DOM.at("surest").value);
    DOM.at("least").textContent = `${least}%`;
    shown = Speakers.chosen(DOM.at("speakers"), answer).filter((quote) => Filters.passes(DOM.at("choices"), least, quote));
    const ids = new Set(shown.map(({ id }) => id));
    for (const element of DOM.at("article").querySelectorAll("[data-quote]")) {
      element.classList.toggle("faded", !tokens(element).some((id) => ids.has(id)));
    }
    for (const marker of all(".marker")) marker.hidden = !ids.has(marker.id);
  }

  /** Show the details of the quote with this id, or none. */
  function select(id) {
    const quote = find(id);
    for (const element of all(".active")) element.classList.remove("active");
    if (quote) for (const element of all(`[data-quote~="${CSS.escape(id)}"]`)) element.classList.add("active");
    DOM.at("details").replaceChildren(...(quote ? describe(quote, answer) : []));
    DOM.at("about").textContent = quote ? `Quotation ${Article.number(quote)}` : "Quotation";
    DOM.at("details").dataset.shown = quote ? id : "";
    DOM.at("hint").hidden = Boolean(quote);
    DOM.at("actions").hidden = !quote;
    // A pasted article exists only here, so no one else could follow the link.
    DOM.at("link").hidden = !location.search && !DOM.at("standalone");
  }

  /** Go to the quote in the address, if it is shown. */
  function follow() {
    const quote = find(location.hash.slice(1));
    if (!quote) return false;
    select(quote.id);
    DOM.at(quote.id).focus({ preventScroll: true });
    DOM.at(quote.id).scrollIntoView({ block: "center" });
    return true;
  }

  /** The quote that an element of the article belongs to: the first one that is shown. */
  function quoteAt(target) {
    const element = target.closest("#article [data-quote]");
    return element && (tokens(element).find(find) ?? quoteAt(element.parentElement));
  }

  function point({ target }) {
    const id = target.classList.contains("marker") ? target.id : quoteAt(target);
    if (id && id !== selectedId()) select(id);
  }

  /** A click on a quote puts it into the address, without scrolling. */
  function press(event) {
    const id = event.target.closest(".marker")?.id ?? quoteAt(event.target);
    if (!id || DOM.elsewhere(event) || !getSelection().isCollapsed) return;
    event.preventDefault();
    history.replaceState(history.state, "", `#${id}`);
    select(id);
  }

  /** Apply the filters, and report how many quotes are left. */
  function refine() {
    filter();
    select(selectedId());
    const whose = shown.length === answer.quotes.length ? "All" : `${shown.length} of`;
    DOM.at("status").textContent = `${whose} ${DOM.count(answer.quotes.length, "quotation")} shown.`;
  }

  function toggle({ target }) {
    const button = target.closest("button");
    if (!button) return;
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    refine();
  }

  /** The shown quotes, in the chosen format. */
  function written() {
    const format = DOM.at("format");
    const name = `${DOM.count(shown.length, "quotation")} as ${format.selectedOptions[0].textContent}`;
    return { name, content: Formats[format.value]({ ...answer, quotes: shown }), format: format.value };
  }

  function copy() {
    const { name, content } = written();
    Copying.copy(content, name, DOM.at("status"));
  }

  function download() {
    const { name, content, format } = written();
    const ending = { json: "json", csv: "csv", markdown: "md" }[format];
    Copying.download(content, `quotations.${ending}`);
    DOM.at("status").textContent = `Downloaded ${name}.`;
  }

  /** Use another function to show details, starting with the current quote. */
  function tell(how) {
    describe = how;
    select(selectedId());
  }

  /** Add the listeners, once. */
  function start() {
    const article = DOM.at("article");
    // Not "pointerover": it also happens when the article scrolls below a pointer that rests.
    article.addEventListener("pointermove", (event) => describe === Details.render && point(event));
    article.addEventListener("focusin", (event) => {
      point(event);
      // On a phone, the details may now cover the quote.
      event.target.scrollIntoView({ block: "nearest" });
    });
    article.addEventListener("click", press);
    DOM.at("speakers").addEventListener("click", toggle);
    DOM.at("filters").addEventListener("input", refine);
    DOM.at("copy").addEventListener("click", copy);
    DOM.at("download").addEventListener("click", download);
    DOM.at("link").addEventListener("click", () => {
      const address = new URL(`#${selectedId()}`, location.href);
      Copying.copy(address.href, "the link", DOM.at("status"));
    });
    DOM.at("close").addEventListener("click", () => select(null));
    addEventListener("hashchange", follow);
    addEventListener("keydown", ({ key }) => key === "Escape" && select(null));
  }

  return { start, show, render, select, tell, text: () => text, answer: () => answer };
})();
