"use strict";
// In: a text. Out: the text on the clipboard, or, if the browser forbids that, in a dialog to copy from, or in a file.

const Copying = (() => {
  /** Copy `text`, and report it in `status` by its name. */
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

  /** Download `text` as a file of this name. */
  function download(text, name) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    DOM.make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  return { copy, download };
})();
