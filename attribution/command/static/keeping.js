"use strict";
// Keep the text, its answer and the corrections over a reload. They are in this tab's own storage, which the browser clears when the
// tab is closed, and which no other tab can see.

const Keeping = (() => {
  const NAME = "article";

  /** What is kept, or an empty object. */
  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
    } catch {
      return {};
    }
  }

  /** Add some things to what is kept, if the browser has room and allows it. */
  function keep(more) {
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ ...kept(), ...more }));
    } catch {
      forget();
    }
    tell();
  }

  function forget() {
    try {
      sessionStorage.removeItem(NAME);
    } catch {
      // Then nothing is stored either.
    }
    tell();
  }

  /** Offer to forget while something is kept. */
  function tell() {
    const { text, html, answer } = kept();
    DOM.at("forget").hidden = !(text || html || answer);
  }

  return { kept, keep, forget, tell };
})();
