"use strict";
// In: a text. Out: the same on the clipboard; or, where a browser forbids that, in a dialog to copy from by hand.

const Copying = (() => {
  /** Copy `text`, and say so in `status` by its name. */
  async function copy(text, name, status) {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied ${name}.`;
    } catch {
      DOM.at("copied").value = text;
      DOM.at("fallback").showModal();
      DOM.at("copied").select();
    }
  }

  return { copy };
})();
