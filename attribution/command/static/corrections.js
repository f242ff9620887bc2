"use strict";
// In: a text, its answer, and an editor's correction. Out: a new answer; the old one does not change. Stretches come in UTF-16 offsets,
// as the page counts; spans in the answer are in code points. Creates no elements. Throws an Error for an invalid correction.

const Corrections = (() => {
  const GAP = " […] ";
  const MARKED = /“([^”\n]*)”|"([^"\n]*)"|‘(.*?)’(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])'(.*?)'(?![\p{L}\p{N}])/gdu;

  const point = (text, place) => Array.from(text.slice(0, place)).length;

  const span = (text, { start, end }) => ({ start: point(text, start), end: point(text, end), text: text.slice(start, end) });

  /** The lines of a stretch: over several paragraphs, each is a fragment. */
  function lines(text, { start, end }) {
    const found = Array.from(text.slice(start, end).matchAll(/\S[^\r\n]*/gu));
    return found.map((match) => ({ start: start + match.index, end: start + match.index + match[0].trimEnd().length }));
  }

  /** The words inside quotation marks, in stretches of the text. */
  function marked(text, stretches) {
    const inside = Array.from(text.matchAll(MARKED), ({ indices }) => indices.slice(1).find(Boolean));
    return stretches.flatMap(({ start, end }) =>
      inside
        .map(([first, last]) => ({ start: Math.max(first, start), end: Math.min(last, end) }))
        .filter((one) => one.start < one.end),
    );
  }

  /** The fields of a quote that follow from its words: text, verbatim and type. */
  function contents(text, stretches) {
    const parts = stretches.flatMap((stretch) => lines(text, stretch)).sort((a, b) => a.start - b.start);
    const verbatim = marked(text, parts);
    const length = (all) => all.reduce((sum, { start, end }) => sum + end - start, 0);
    const bare = parts.map(({ start, end }) => text.slice(start, end).replace(/["'“”‘’\s]/gu, "")).join("").length;
    const inMarks = verbatim.map(({ start, end }) => text.slice(start, end).replace(/["'“”‘’\s]/gu, "")).join("").length;
    return {
      content: parts.map((part) => span(text, part)),
      text: parts.map(({ start, end }) => text.slice(start, end)).join(GAP),
      verbatim: verbatim.map((part) => span(text, part)),
      type: !length(verbatim) ? "indirect" : inMarks >= bare ? "direct" : "mixed",
    };
  }

  const size = ({ content }) => content.reduce((sum, { start, end }) => sum + end - start, 0);

  const holds = (outer, { start, end }) => outer.start <= start && end <= outer.end;

  /** Whether a quote is inside a larger one. */
  const within = (inner, outer) =>
    size(inner) < size(outer) && inner.content.every((part) => outer.content.some((whole) => holds(whole, part)));

  /** Whether two quotes overlap, and neither is inside the other. */
  function crossing(one, other) {
    const meet = one.content.some((a) => other.content.some((b) => a.start < b.end && b.start < a.end));
    return meet && !within(one, other) && !within(other, one);
  }

  /** The answer with these quotes, in text order, with their parents, and with each speaker's quotes. */
  function settle(answer, quotes) {
    const sorted = [...quotes].sort((a, b) => a.content[0].start - b.content[0].start || size(b) - size(a));
    const parent = (quote) => sorted.filter((outer) => within(quote, outer)).sort((a, b) => size(a) - size(b))[0]?.id ?? null;
    const nested = sorted.map((quote) => ({ ...quote, parent: parent(quote) }));
    const theirs = (id) => nested.filter(({ speaker }) => speaker?.id === id).map((quote) => quote.id);
    return { ...answer, quotes: nested, speakers: answer.speakers.map((one) => ({ ...one, quotes: theirs(one.id) })) };
  }

  /** Replace the quote with the same id. An editor's correction is certain. */
  function replace(answer, changed) {
    const others = answer.quotes.filter(({ id }) => id !== changed.id);
    const crossed = others.find((other) => crossing(changed, other));
    if (crossed) throw Error(`These words lie partly in quotation ${Article.number(crossed)}. Change or drop that one first.`);
    return settle(answer, [...others, { ...changed, confidence: 1 }]);
  }

  const find = (answer, id) => answer.quotes.find((quote) => quote.id === id);

  /** The answer with one more quote: [answer, its id]. */
  function add(text, answer, stretch) {
    const numbers = answer.quotes.map((quote) => Number(Article.number(quote)));
    const id = `q${Math.max(0, ...numbers) + 1}`;
    const nothing = { verb: null, source: null, speaker: null, candidates: [], via: [], parent: null, context: null };
    return [replace(answer, { id, kind: "statement", ...nothing, ...contents(text, [stretch]) }), id];
  }

  const drop = (answer, id) => settle(answer, answer.quotes.filter((quote) => quote.id !== id));

  /** Change fields of a quote, e.g. its kind. */
  const change = (answer, id, fields) => replace(answer, { ...find(answer, id), ...fields });

  /** Change the words of a quote; with `more`, add to them. */
  function bound(text, answer, id, stretch, more) {
    const place = Cutting.places(text);
    const own = find(answer, id).content.map(({ start, end }) => ({ start: place[start], end: place[end] }));
    if (more && own.some(({ start, end }) => start < stretch.end && stretch.start < end)) {
      throw Error("Some of these words are in the quotation already. Select only those that are missing.");
    }
    return change(answer, id, contents(text, more ? [...own, stretch] : [stretch]));
  }

  /** Change or remove the verb or the source of a quote. */
  function pointOut(text, answer, id, role, stretch) {
    const words = stretch && span(text, stretch);
    const verb = words && { ...words, lemma: words.text, act: "", negated: false };
    return change(answer, id, { [role]: role === "verb" ? verb : words });
  }

  /** The one in the answer who has this name, if any. */
  const called = (answer, name) => answer.speakers.find((one) => one.name === name || one.aliases.includes(name));

  /** Add a relay to a quote by the words that name it. Its name is that of the speaker with this name, or else the words without “the”. */
  function relay(text, answer, id, stretch) {
    const source = span(text, stretch);
    const bare = source.text.replace(/^the\s+/iu, "");
    const known = called(answer, bare) ?? { id: null, name: bare };
    const relays = find(answer, id).via;
    if (relays.some(({ name }) => name === known.name)) throw Error(`${known.name} relays this quotation already.`);
    return change(answer, id, { via: [...relays, { id: known.id, name: known.name, relation: "relays", source }] });
  }

  /** Change how the relay at this place in the list of a quote relays it; with null, remove it. */
  function relate(answer, id, place, relation) {
    const relays = find(answer, id).via.map((one, index) => (index === place ? { ...one, relation } : one));
    return change(answer, id, { via: relays.filter((one) => one.relation) });
  }

  /** Set the speaker of a quote: one in the answer with this name, or a new one; none if the name is empty. */
  function attribute(answer, id, name) {
    if (!name) return change(answer, id, { speaker: null, candidates: [], named: false });
    const known = called(answer, name);
    const nothing = { role: null, aliases: [], members: [], mentions: [], quotes: [], known_id: null };
    const speaker = known ?? { id: `hand-${answer.speakers.length + 1}`, name, type: "unknown", ...nothing };
    const wider = known ? answer : { ...answer, speakers: [...answer.speakers, speaker] };
    const said = { id: speaker.id, name: speaker.name, evidence: "hand", probability: 1 };
    return change(wider, id, { speaker: said, candidates: [], named: undefined });
  }

  return { add, drop, change, bound, pointOut, attribute, relay, relate };
})();
