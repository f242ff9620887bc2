"use strict";
// What a reload must not lose: the text, what was read in it, what was corrected. It is kept in this tab's own storage, which the
// browser empties when the tab is closed, and which no other tab sees.

const Keeping = (() => {
  const NAME = "article";

  /** What is kept, an empty object if nothing is. */
  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
    } catch {
      return {};
    }
  }

  /** Keep some things beside what is kept. What a browser has no room for, or does not allow, is not kept. */
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
      // Then there is nothing in it either.
    }
    tell();
  }

  /** Offer to forget as long as there is something to be forgotten. */
  function tell() {
    const { text, html, answer } = kept();
    DOM.at("forget").hidden = !(text || html || answer);
  }

  return { kept, keep, forget, tell };
})();
