"use strict";
// In: a problem. Out: its title, and what the reader can do about it on this page. A problem that is unknown here is shown in the
// service's words.

const Problems = (() => {
  const NO_TEXT = { title: "There is nothing to read", detail: "Paste an article into the field, drop a file on it, or open one of the articles below." };
  const KEY = { title: "This service needs an API key", detail: "Enter your API key above the button, then press it again." };
  const LONG = { title: "The article is too long", detail: "Read it in parts: delete the second half of the text here, press the button, then do the same with the first." };
  const WAIT = { title: "The service is busy", detail: "Wait a moment, then try again. Your text is still here.", again: true };
  const HELP = {
    "no-body": NO_TEXT,
    "unreadable-text": { title: "The article has no words", detail: "If it is a page of HTML, open it in the browser, copy the article's words, and paste them here." },
    "no-key": KEY,
    "unknown-key": { ...KEY, title: "The API key is unknown" },
    "body-too-large": LONG,
    "text-too-long": LONG,
    "not-english": { title: "The article does not seem to be English", detail: "The service reads English only.", english: true },
    "too-often": WAIT,
    busy: WAIT,
    "no-model": { title: "The service is not ready", detail: "Tell its operator: the log says what is missing." },
    "out-of-time": { ...LONG, title: "Reading took too long" },
    "internal-error": { title: "The service failed", detail: "Try again. If it fails again, tell its operator the time.", again: true },
  };

  /** The problem in words for a reader of the page. */
  function told(problem) {
    if (problem.code === "wrong-fields" && /empty/u.test(problem.detail)) return NO_TEXT;
    const { title = "The page failed", detail = problem.message ?? "", again } = problem;
    return HELP[problem.code] ?? { title, detail, again };
  }

  /** The elements of a problem. A button calls `act` with options to add to the same order. */
  function render(problem, act) {
    const { title, detail, again, english } = told(problem);
    const button = (name, options) => {
      const element = DOM.make("button", { type: "button" }, name);
      element.addEventListener("click", () => act(options));
      return element;
    };
    return [
      DOM.make("strong", {}, title),
      DOM.make("p", {}, detail),
      ...(again ? [button("Try again", {})] : []),
      ...(english ? [button("It is English: read it", { language: "en" })] : []),
    ];
  }

  return { render, NO_TEXT };
})();
