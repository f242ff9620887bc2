"use strict";
// In: a text and its quotes. Out: paragraphs in which every content is an element, nested like the quotes, and every stretch in it
// is either `verbatim` or `paraphrase`. Elements of a quote have its id in `data-quote`.

const Article = (() => {
  const COLOURS = 8;
  /** The start of each text node of the page in the text. */
  const starts = new WeakMap();

  /** The class for a speaker's colour; `speakers` is the list in the answer, so an article always has the same colours. */
  function colour(speakers, id) {
    const place = speakers.findIndex((speaker) => speaker.id === id);
    return `speaker-${place < 0 ? 0 : (place % COLOURS) + 1}`;
  }

  /** Classes as one attribute, without empty ones. */
  const joined = (...classes) => classes.filter(Boolean).join(" ");

  /** The number in a quote's id, as readers see it: "q3" → "3". */
  const number = (quote) => quote.id.replace(/^q(?=\d)/u, "");

  /** The speaker of a quote, if known. */
  function who({ speaker, candidates }) {
    if (speaker) return Words.doubt(speaker.probability) === "unsure" ? `perhaps ${speaker.name}` : speaker.name;
    return candidates.length ? `perhaps ${candidates.map(({ name }) => name).join(" or ")}` : "speaker not named";
  }

  /** The label of a marker for screen readers. */
  function label(quote) {
    const inside = quote.parent ? `, inside quote ${number({ id: quote.parent })}` : "";
    const via = quote.via.map(({ name, relation }) => `, ${relation === "cited" ? "citing" : "relayed by"} ${name}`).join("");
    const act = quote.verb ? `, ${quote.verb.text}${quote.verb.act ? `, act ${quote.verb.act}` : ""}` : "";
    const sure = `confidence ${Words.percent(quote.confidence)}`;
    return `Quote ${number(quote)}: ${who(quote)}${act}, ${Words.TYPES[quote.type]}${via}${inside}, ${sure}`;
  }

  /** The paragraphs of `text`. */
  function render(text, answer) {
    const quotes = answer.quotes;
    // With more speakers, colours repeat, and letters tell speakers apart.
    const labels = answer.speakers.length > COLOURS ? Words.labels(answer.speakers) : new Map();
    const state = { answer, labels, marked: new Set(), paragraphs: [], open: [] };
    for (const piece of Cutting.cut(text, quotes)) {
      if (piece.ends) state.open = [];
      else if (state.open.length || piece.text.trim()) place(piece, state);
    }
    return state.paragraphs.map(({ element }) => element);
  }

  /** Put a piece into the innermost content that contains it; open and close contents as needed. */
  function place(piece, state) {
    if (!state.open.length) {
      state.open = [{ element: DOM.make("p") }];
      state.paragraphs.push(state.open[0]);
    }
    const path = piece.spans.filter(({ kind }) => kind === "content").map(({ quote }) => quote);
    let kept = 1;
    while (kept < state.open.length && state.open[kept].quote === path[kept - 1]) kept += 1;
    state.open.length = kept;
    for (const quote of path.slice(kept - 1)) open(quote, state);
    state.open.at(-1).element.append(leaf(piece, path, state.answer));
  }

  /** Begin the content of `quote`, with a marker before its first fragment. */
  function open(quote, state) {
    const inner = state.open.length > 1 ? "inner" : "";
    const classes = joined("content", inner, Words.doubt(quote.confidence), colour(state.answer.speakers, quote.speaker?.id));
    const element = DOM.make("span", { class: classes, "data-quote": quote.id });
    if (!state.marked.has(quote.id)) element.append(marker(quote, state.labels));
    state.marked.add(quote.id);
    state.open.at(-1).element.append(element);
    state.open.push({ element, quote });
  }

  function marker(quote, labels) {
    const attributes = { class: joined("marker", doubted(quote)), id: quote.id, href: `#${quote.id}`, "aria-label": label(quote) };
    return DOM.make("a", { ...attributes, "data-label": labels.get(quote.speaker?.id) ?? null }, number(quote));
  }

  /** How uncertain it is whom the words of a source refer to. */
  const doubted = ({ speaker, candidates }) => Words.doubt(speaker?.probability ?? (candidates.length ? 0 : 1));

  /** The words of a piece, marked as verbatim or paraphrase, verb or source. */
  function leaf(piece, path, answer) {
    let node = document.createTextNode(piece.text);
    starts.set(node, piece.start);
    const wrap = (tag, name, found) => {
      const ids = found.map(({ quote }) => quote.id).join(" ");
      const speaker = found[0].via ? found[0].via.id : found[0].quote.speaker?.id;
      const doubt = name === "source" ? doubted(found[0].quote) : "";
      node = DOM.make(tag, { class: joined(name, doubt, colour(answer.speakers, speaker)), "data-quote": ids }, node);
    };
    for (const [kind, tag] of [["verb", "u"], ["source", "b"], ["via", "b"]]) {
      const found = piece.spans.filter((span) => span.kind === kind);
      if (found.length) wrap(tag, kind, found);
    }
    if (!path.length) return node;
    const verbatim = piece.spans.some(({ kind }) => kind === "verbatim");
    return verbatim ? DOM.make("mark", { class: "verbatim" }, node) : DOM.make("span", { class: "paraphrase" }, node);
  }

  /** The stretch of text that the reader has selected in `element`, without white space at its ends, or null. */
  function selected(element, text) {
    const selection = getSelection();
    if (selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const within = [];
    while (walker.nextNode()) if (starts.has(walker.currentNode) && range.intersectsNode(walker.currentNode)) within.push(walker.currentNode);
    if (!within.length) return null;
    const place = (node, container, offset, other) => starts.get(node) + (node === container ? offset : other);
    const last = within.at(-1);
    const start = place(within[0], range.startContainer, range.startOffset, 0);
    const end = place(last, range.endContainer, range.endOffset, last.length);
    const words = text.slice(start, end);
    const bare = words.trim();
    const first = start + words.length - words.trimStart().length;
    return bare ? { start: first, end: first + bare.length } : null;
  }

  return { render, colour, number, selected };
})();
