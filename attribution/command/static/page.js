"use strict";
// The start of the page: a standalone file shows its own article; the service's page asks for one and sends it to the service.

const Page = (() => {
  const KINDS = ["attitudes", "topics"];
  let latest = null;
  let visited = null;
  let ticking = null;

  /** Send the order that `prepare` returns, and show the answer or the error. Returns whether it succeeded. */
  async function read(prepare, options = {}) {
    latest?.abort();
    latest = new AbortController();
    const { signal } = latest;
    const began = performance.now();
    try {
      wait("Reading …");
      const kinds = KINDS.filter((kind) => DOM.at(kind).checked);
      const article = await prepare(signal);
      if (article.text?.trim() === "") throw { ...Problems.NO_TEXT };
      wait(`Reading ${DOM.count((article.text ?? article.html).split(/\s+/u).length, "word")} …`);
      const order = { ...options, ...Object.fromEntries(kinds.map((kind) => [kind, true])), ...article };
      const answer = await Service.ask("v1/quotes", order, signal);
      if (signal.aborted) return false;
      say(`Read in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
      Desk.reset();
      present(article.text ?? answer.text, answer, kinds.length === KINDS.length);
      return true;
    } catch (error) {
      if (!signal.aborted) refuse(error, (more) => read(prepare, { ...options, ...more }));
      return false;
    }
  }

  /** Show an answer, and keep it. `whole`: it has the quotes of every kind. */
  function present(text, answer, whole) {
    DOM.at("ask").hidden = true;
    DOM.at("again").hidden = false;
    scrollTo(0, 0);
    Keeping.keep({ ...Taking.state(), seed: seed(), read: text, answer, whole, unsaved: false });
    Verify.reset();
    View.show(text, answer);
  }

  /** Show what this tab kept of the article in the address. Returns whether there was any. */
  function resume() {
    const { read: text, answer, seed: name, unsaved } = Keeping.kept();
    if (!answer || name !== seed()) return false;
    DOM.at("ask").hidden = true;
    DOM.at("again").hidden = false;
    Desk.reset(unsaved);
    View.show(text, answer);
    say(unsaved ? "Your corrections are still here. They are not saved." : "");
    return true;
  }

  /** Read the article again with the quotes of every kind, which an editor must see. */
  function complete() {
    if (Keeping.kept().whole) return true;
    for (const kind of KINDS) DOM.at(kind).checked = true;
    const text = View.text();
    return read(() => ({ text }));
  }

  function refuse(problem, again) {
    say("");
    home();
    DOM.at("locked").hidden = problem.status !== 401 && !DOM.at("key").value;
    DOM.at("alert").replaceChildren(...Problems.render(problem, again));
    DOM.at("alert").scrollIntoView({ block: "nearest" });
  }

  /** Show a message, and stop waiting. */
  function say(text) {
    clearInterval(ticking);
    DOM.at("progress").hidden = true;
    DOM.at("status").textContent = text;
    DOM.at("alert").replaceChildren();
    document.body.setAttribute("aria-busy", "false");
  }

  /** Show what the page is waiting for, and for how long. */
  function wait(text) {
    say("");
    let seconds = 0;
    DOM.at("progress").hidden = false;
    DOM.at("reading").textContent = text;
    document.body.setAttribute("aria-busy", "true");
    ticking = setInterval(() => {
      seconds += 1;
      DOM.at("reading").textContent = `${text} ${seconds} s`;
    }, 1000);
  }

  function cancel() {
    latest?.abort();
    say("Cancelled. Nothing was read.");
  }

  /** The empty state: the form. */
  function home() {
    DOM.at("result").hidden = true;
    DOM.at("again").hidden = true;
    DOM.at("ask").hidden = false;
    document.title = "Quote Attribution";
  }

  /** The seed article in the address, or null. */
  const seed = () => new URLSearchParams(location.search).get("seed");

  /** Add an address of this page to the browser's history. */
  function visit(address) {
    history.pushState(null, "", address);
    visited = seed();
  }

  /** Read a seed article. */
  function open(name) {
    return read(async (signal) => {
      const response = await Service.reach(`page/${encodeURIComponent(name)}.txt`, { signal });
      Taking.put({ text: await response.text() });
      return Taking.order();
    }, { id: name });
  }

  /** Show what the address names: a seed article, or the form. */
  function route() {
    visited = seed();
    if (visited) return open(visited);
    latest?.abort();
    home();
    const astray = "This link points to a quotation in a pasted article. Paste the article here, and the link works again.";
    return say(location.hash ? astray : "");
  }

  function submit(event) {
    event.preventDefault();
    if (seed()) visit(location.pathname);
    read(Taking.order);
  }

  function pick(event) {
    const link = event.target.closest("[data-seed]");
    if (!link || DOM.elsewhere(event)) return;
    event.preventDefault();
    visit(link.href);
    open(link.dataset.seed);
  }

  /** Show the form again, with its article. */
  function again() {
    if (!Desk.mayLeave()) return;
    Desk.reset();
    Keeping.keep({ answer: null });
    visit(location.pathname);
    say("");
    home();
    DOM.at("text").focus();
  }

  function forget() {
    if (!Desk.mayLeave()) return;
    latest?.abort();
    Desk.reset();
    Taking.put({});
    Keeping.forget();
    visit(location.pathname);
    home();
    say("This tab has forgotten the article.");
    DOM.at("text").focus();
  }

  function listen() {
    Taking.start(() => Keeping.keep(Taking.state()), refuse);
    Verify.start();
    Desk.start(complete, (answer, unsaved) => Keeping.keep({ answer, unsaved }));
    DOM.at("form").addEventListener("submit", submit);
    DOM.at("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) DOM.at("form").requestSubmit();
    });
    document.querySelector(".seeds").addEventListener("click", pick);
    DOM.at("again").addEventListener("click", again);
    DOM.at("forget").addEventListener("click", forget);
    DOM.at("cancel").addEventListener("click", cancel);
    // Moving from one quote to another does not change the article.
    addEventListener("popstate", () => seed() !== visited && route());
  }

  function start() {
    View.start();
    DOM.at("filters").open = matchMedia("(min-width: 72rem)").matches;
    const result = DOM.at("standalone");
    if (result) return carry(JSON.parse(result.textContent));
    listen();
    Taking.put(Keeping.kept());
    visited = seed();
    return resume() || route();
  }

  /** Show the article in a standalone file; without a service, nothing can be read, checked or corrected. */
  function carry({ text, answer }) {
    for (const id of ["ask", "verify", "correct", "desk"]) DOM.at(id).remove();
    View.show(text, answer);
  }

  return { start };
})();

Page.start();
