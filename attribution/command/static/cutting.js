"use strict";
// In: a text, and an answer with offsets in code points. Out: the text in pieces, cut wherever a span begins or ends, each with its
// spans. Creates no elements.

const Cutting = (() => {
  const MARK = /^["'“”„‟‘’‚‛«»]$/u;
  const BREAK = /\r\n?|[\n\u2028\u2029]/gu;

  /** The UTF-16 offset of each code point of `text` and of its end, e.g. "😀!" → [0, 2, 3]. */
  function places(text) {
    const found = [0];
    for (const character of text) found.push(found.at(-1) + character.length);
    return found;
  }

  /** A verbatim stretch with the quotation marks around it, if they belong to the content. */
  function withMarks(text, { start, end }, contents) {
    const { start: first, end: last } = contents.find((span) => span.start <= start && end <= span.end) ?? { start, end };
    return {
      start: start > first && MARK.test(text[start - 1]) ? start - 1 : start,
      end: end < last && MARK.test(text[end] ?? "") ? end + 1 : end,
    };
  }

  /** How many quotes contain each quote, by its id. */
  function depths(quotes) {
    const parents = new Map(quotes.map((quote) => [quote.id, quote.parent]));
    const depth = (id) => (parents.get(id) ? 1 + depth(parents.get(id)) : 0);
    return new Map(quotes.map(({ id }) => [id, depth(id)]));
  }

  /** Every span of every quote, in UTF-16, as { kind, quote, via, start, end }; outer contents come before inner ones. */
  function spans(text, quotes) {
    const place = places(text);
    const depth = depths(quotes);
    const found = [];
    for (const quote of quotes) {
      const at = (span) => ({ start: place[span.start], end: place[span.end] });
      const add = (kind, span, via = null) => found.push({ kind, quote, via, ...span });
      const contents = quote.content.map(at);
      for (const span of contents) add("content", span);
      for (const span of quote.verbatim) add("verbatim", withMarks(text, at(span), contents));
      if (quote.verb) add("verb", at(quote.verb));
      if (quote.source) add("source", at(quote.source));
      for (const via of quote.via) add("via", at(via.source), via);
    }
    return found.sort((a, b) => depth.get(a.quote.id) - depth.get(b.quote.id) || a.start - b.start || b.end - a.end);
  }

  /** The line breaks of `text`, as [start, end]. */
  const breaks = (text) => Array.from(text.matchAll(BREAK), (match) => [match.index, match.index + match[0].length]);

  /** The pieces of `text` as { start, text, ends, spans }: its start, the spans that cover it, and whether it is a line break. */
  function cut(text, quotes) {
    const all = spans(text, quotes);
    const ends = new Map(breaks(text));
    const edges = new Set([0, text.length, ...all.flatMap(({ start, end }) => [start, end]), ...[...ends].flat()]);
    const sorted = [...edges].sort((a, b) => a - b);
    const pieces = sorted.slice(0, -1).map((start, index) => {
      const end = sorted[index + 1];
      return { start, text: text.slice(start, end), ends: ends.has(start), spans: [] };
    });
    const index = new Map(sorted.map((edge, place) => [edge, place]));
    for (const span of all) {
      for (const piece of pieces.slice(index.get(span.start), index.get(span.end))) piece.spans.push(span);
    }
    return pieces;
  }

  return { cut, places };
})();
