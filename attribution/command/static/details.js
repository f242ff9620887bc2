"use strict";
// In: a quote and the answer that it stands in. Out: what there is to say about it, as elements.

const Details = (() => {
  const TYPES = { direct: "word for word", mixed: "partly word for word", indirect: "paraphrase" };
  const KINDS = { statement: "said", attitude: "only thought, wanted or felt", topic: "only talked about" };
  const EVIDENCE = {
    name: "named here",
    alias: "another name, used here",
    acronym: "an acronym",
    nominal: "described, not named",
    pronoun: "a pronoun",
    implicit: "named beside another quote of the sentence",
    continued: "goes on from the quote before",
  };

  /** A row of the list: a term and what it is, or nothing where there is nothing. */
  const row = (term, ...what) => (what.length ? [DOM.make("dt", {}, term), DOM.make("dd", {}, ...what)] : []);

  /** What explains the word before it, e.g. “ (a pronoun)”. */
  const note = (text) => (text ? DOM.make("span", { class: "note" }, ` (${text})`) : "");

  const link = (quote) => DOM.make("a", { href: `#${quote.id}` }, `quote ${Article.number(quote)}`);

  function head(quote, answer) {
    const speaker = answer.speakers.find(({ id }) => id === quote.speaker?.id);
    const name = speaker?.name ?? (quote.candidates.length ? "Not sure who" : "The article does not say who");
    const role = speaker?.role ? [DOM.make("p", { class: "role" }, speaker.role)] : [];
    const classes = `name ${Article.colour(answer.speakers, speaker?.id)}`;
    return [DOM.make("p", { class: classes }, DOM.make("i", { class: "swatch" }), name), ...role];
  }

  function verb({ verb }) {
    return verb ? [verb.text, note(verb.negated ? `${verb.lemma}, negated` : verb.lemma)] : ["none of its own"];
  }

  function source({ source, speaker }) {
    if (!source && !speaker) return [];
    const probable = Article.percent(speaker?.probability ?? 1);
    const how = speaker && EVIDENCE[speaker.evidence] + (probable === "100%" ? "" : `, ${probable} probable`);
    return source ? [source.text, note(how)] : [how];
  }

  /** Who may have said it, where nobody is probable enough: one a line. */
  const candidates = (quote) =>
    quote.candidates.map(({ name, probability }) => DOM.make("div", {}, name, note(Article.percent(probability))));

  function via(quote) {
    return quote.via.flatMap(({ name, relation }, place) => [
      ...(place ? [", "] : []),
      name,
      note(relation === "cited" ? "is cited" : "relays it"),
    ]);
  }

  /** Where it stands among the quotes: inside of one, around others. */
  function nesting(quote, answer) {
    const outer = answer.quotes.filter(({ id }) => id === quote.parent);
    const inner = answer.quotes.filter(({ parent }) => parent === quote.id);
    return [
      ...row("Inside", ...outer.map(link)),
      ...row("Around", ...inner.flatMap((other, place) => [...(place ? [", "] : []), link(other)])),
    ];
  }

  /** What is known about `quote`. */
  function render(quote, answer) {
    const rows = [
      ...row("Type", quote.type, note(TYPES[quote.type])),
      ...row("Kind", quote.kind, note(KINDS[quote.kind])),
      ...row("Verb", ...verb(quote)),
      ...(quote.verb ? row("Act", quote.verb.act) : []),
      ...row("Source", ...source(quote)),
      ...row("Perhaps", ...candidates(quote)),
      ...row("Via", ...via(quote)),
      ...nesting(quote, answer),
      ...row("Confidence", Article.percent(quote.confidence)),
    ];
    return [...head(quote, answer), DOM.make("dl", {}, ...rows)];
  }

  return { render };
})();
