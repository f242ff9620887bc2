"use strict";
// Article input. In: text that is typed, pasted, dropped or chosen as a file. Out: an order, { text } or { html }. An HTML page is not
// shown in the field; its name is shown beside it.

const Taking = (() => {
  const SOURCE = /^\s*(?:<!doctype html|<html|<head|<body|<article|<main|<div|<p)\b/iu;
  const PAGE = /<(?:article|main|nav|header|footer|aside)\b/iu;
  let carried = null;
  let changed = () => {};

  /** The order for the article in the form. */
  const order = () => (carried ? { html: carried.html } : { text: DOM.at("text").value });

  /** The state that `put` restores. */
  const state = () => ({ text: DOM.at("text").value, html: carried?.html ?? null, name: carried?.name ?? null });

  function put({ text = "", html = null, name = null }) {
    carried = html ? { html, name } : null;
    DOM.at("text").value = text;
    DOM.at("text").hidden = Boolean(carried);
    DOM.at("carried").hidden = !carried;
    const size = carried && `${Math.ceil(html.length / 1024).toLocaleString("en")} kB`;
    DOM.at("carried").firstElementChild.textContent = carried ? `${name}, ${size} of HTML. Its article is read, without menus.` : "";
    changed();
  }

  /** Take a text that may be the source of an HTML page. */
  function take(text, name) {
    if (SOURCE.test(text)) put({ html: text, name });
    else put({ text });
  }

  async function open(file) {
    const bytes = await file.arrayBuffer();
    if (new Uint8Array(bytes).subarray(0, 4096).includes(0)) {
      throw { title: "This is not a text file", detail: `Open ${file.name} in its own program, copy the text, and paste it here.` };
    }
    take(decode(bytes), file.name);
  }

  /** The characters of a file in UTF-8, or else in a Windows encoding. */
  function decode(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  /** A paste into the empty field may be an HTML page, as source or as copied by the browser. */
  function paste(event) {
    const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData.getData(type));
    if (DOM.at("text").value) return;
    const page = SOURCE.test(text) ? text : PAGE.test(html) ? html : null;
    if (!page) return;
    event.preventDefault();
    put({ html: SOURCE.test(page) ? page : `<html><body>${page}</body></html>`, name: "What you pasted" });
    DOM.at("find").focus();
  }

  /** Add the listeners. `told` is called after every change, `refuse` for a file that is not an article. */
  function start(told, refuse) {
    const form = DOM.at("form");
    const bring = (files) => files.length && open(files[0]).catch(refuse);
    changed = told;
    DOM.at("text").addEventListener("paste", paste);
    DOM.at("text").addEventListener("input", told);
    DOM.at("remove").addEventListener("click", () => {
      put({});
      DOM.at("text").focus();
    });
    DOM.at("file").addEventListener("change", ({ target }) => {
      bring(target.files);
      target.value = "";
    });
    form.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("awaiting");
    });
    for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("awaiting"));
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      bring(event.dataTransfer.files);
    });
  }

  return { start, order, state, put };
})();
