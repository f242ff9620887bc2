"use strict";
// The page's beginning: a standalone file shows what it carries; the service's page asks for an article and sends it to the service.

const Page = (() => {
  const UNREACHED = {
    title: "No answer",
    detail: "The service cannot be reached. Is it still running, and is there a connection to it? Then try again.",
  };
  const UNREADABLE = {
    title: "No answer that can be read",
    detail: "Something answered that is not the service. Is there a sign-in page before it? Then sign in, and try again.",
  };
  let latest = null;
  let visited = null;

  /** The answer of the service to an article. Throws a problem: { title, detail }. */
  async function ask(order, signal) {
    const key = DOM.at("key").value;
    const headers = { "Content-Type": "application/json", ...(key ? { "X-API-Key": key } : {}) };
    const response = await reach("v1/quotes", { method: "POST", headers, body: JSON.stringify(order), signal });
    return response.json().catch((error) => {
      throw error.name === "AbortError" ? error : UNREADABLE;
    });
  }

  /** What `fetch` answers, if it is a good answer. */
  async function reach(address, options) {
    const response = await fetch(address, options).catch((error) => {
      throw error.name === "AbortError" ? error : UNREACHED;
    });
    if (response.ok) return response;
    DOM.at("locked").hidden = response.status !== 401 && !DOM.at("key").value;
    const title = `${response.status} ${response.statusText}`.trim();
    const detail = "The service, or something before it, refused without saying why.";
    throw { title, detail, ...(await response.json().catch(() => ({}))) };
  }

  /** Read the article that `text()` gives: show what is in it, or what went wrong. */
  async function read(text, options = {}) {
    latest?.abort();
    latest = new AbortController();
    const { signal } = latest;
    const began = performance.now();
    say("Reading …", true);
    try {
      const kinds = ["attitudes", "topics"].filter((kind) => DOM.at(kind).checked).map((kind) => [kind, true]);
      const order = { ...options, ...Object.fromEntries(kinds), text: await text(signal) };
      const answer = await ask(order, signal);
      if (signal.aborted) return;
      say(`Read in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
      present(order.text, answer);
    } catch (error) {
      if (!signal.aborted) refuse(error);
    }
  }

  function present(text, answer) {
    DOM.at("ask").hidden = true;
    DOM.at("again").hidden = false;
    scrollTo(0, 0);
    View.show(text, answer);
  }

  function refuse({ title, detail, message }) {
    say("");
    home();
    const lines = [DOM.make("strong", {}, title ?? "The page broke"), DOM.make("p", {}, detail ?? message ?? "")];
    DOM.at("alert").replaceChildren(...lines);
    DOM.at("alert").scrollIntoView({ block: "nearest" });
  }

  function say(text, busy = false) {
    DOM.at("status").textContent = text;
    DOM.at("alert").replaceChildren();
    document.body.setAttribute("aria-busy", busy);
    DOM.at("find").textContent = busy ? "Reading …" : "Find the quotations";
  }

  /** The empty state: the form. */
  function home() {
    DOM.at("result").hidden = true;
    DOM.at("again").hidden = true;
    DOM.at("ask").hidden = false;
    document.title = "Quote Attribution";
  }

  /** The seed article that the address names, null if none. */
  const seed = () => new URLSearchParams(location.search).get("seed");

  /** Put an address of this page into the browser's history. */
  function visit(address) {
    history.pushState(null, "", address);
    visited = seed();
  }

  /** Read a seed article. */
  function open(name) {
    return read(async (signal) => {
      const response = await reach(`page/${encodeURIComponent(name)}.txt`, { signal });
      return (DOM.at("text").value = await response.text());
    }, { id: name });
  }

  /** Show what the address says: a seed article, or the form. */
  function route() {
    visited = seed();
    if (visited) return open(visited);
    latest?.abort();
    home();
    const astray = "This link leads to a quotation in an article that was pasted. Paste it here, and the link leads to it again.";
    return say(location.hash ? astray : "");
  }

  function submit(event) {
    event.preventDefault();
    if (seed()) visit(location.pathname);
    read(() => DOM.at("text").value);
  }

  function pick(event) {
    const link = event.target.closest("[data-seed]");
    if (!link || DOM.elsewhere(event)) return;
    event.preventDefault();
    visit(link.href);
    open(link.dataset.seed);
  }

  function again() {
    visit(location.pathname);
    say("");
    home();
    DOM.at("text").focus();
  }

  function start() {
    View.start();
    const result = DOM.at("standalone");
    if (result) return carry(JSON.parse(result.textContent));
    DOM.at("form").addEventListener("submit", submit);
    DOM.at("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) DOM.at("form").requestSubmit();
    });
    document.querySelector(".seeds").addEventListener("click", pick);
    DOM.at("again").addEventListener("click", again);
    // Going from one quote to another is no new article.
    addEventListener("popstate", () => seed() !== visited && route());
    return route();
  }

  /** Show what a standalone file carries. */
  function carry({ text, answer }) {
    DOM.at("ask").remove();
    View.show(text, answer);
  }

  return { start };
})();

Page.start();
