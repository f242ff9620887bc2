"use strict";
// In: a quote and its answer. Out: the details of the quote, as elements.

const Details = (() => {
  /** A row of the list: a term and its value; nothing without a value. */
  const row = (term, ...what) => (what.length ? [DOM.make("dt", {}, term), DOM.make("dd", {}, ...what)] : []);

  /** An explanation of the word before it, e.g. “ (a pronoun)”. */
  const note = (text) => (text ? DOM.make("span", { class: "note" }, ` (${text})`) : "");

  const link = (quote) => DOM.make("a", { href: `#${quote.id}` }, `quote ${Article.number(quote)}`);

  /** A share as a bar and a number. */
  function share(value) {
    const bar = DOM.make("progress", { value, max: 1, "aria-hidden": "true", class: Words.doubt(value) || null });
    return DOM.make("span", { class: "share" }, bar, Words.percent(value));
  }

  function head(quote, answer) {
    const speaker = answer.speakers.find(({ id }) => id === quote.speaker?.id);
    const name = speaker?.name ?? (quote.candidates.length ? "Not sure who" : "The article does not say who");
    const role = speaker?.role ? [DOM.make("p", { class: "role" }, speaker.role)] : [];
    const classes = `name ${Article.colour(answer.speakers, speaker?.id)}`;
    const sure = Words.doubt(quote.speaker?.probability ?? 1) === "unsure" ? note("not sure") : "";
    return [DOM.make("p", { class: classes }, Speakers.swatch(answer, speaker?.id), name, sure), ...role];
  }

  function verb({ verb }) {
    return verb ? [verb.text, note(verb.negated ? `${verb.lemma}, negated` : verb.lemma)] : ["none of its own"];
  }

  function via(quote) {
    return quote.via.flatMap(({ name, relation }, place) => [
      ...(place ? [", "] : []),
      name,
      note(Words.RELATIONS[relation]),
    ]);
  }

  /** Its place among the quotes: inside one, around others. */
  function nesting(quote, answer) {
    const outer = answer.quotes.filter(({ id }) => id === quote.parent);
    const inner = answer.quotes.filter(({ parent }) => parent === quote.id);
    return [
      ...row("Inside", ...outer.map(link)),
      ...row("Around", ...inner.flatMap((other, place) => [...(place ? [", "] : []), link(other)])),
    ];
  }

  /** The evidence for this speaker, or why there is none. */
  function reason({ speaker, source, candidates }) {
    if (speaker) return Words.EVIDENCE[speaker.evidence].replace("{source}", () => source?.text ?? "");
    return candidates.length ? "No speaker is probable enough to be named." : "Nothing in the article says who it is.";
  }

  /** The possible speakers with their probabilities, and someone else with the rest if the speaker is uncertain. */
  function candidates({ speaker, candidates }) {
    const sure = !speaker || Words.percent(speaker.probability) === "100%";
    const named = sure ? [] : [speaker, { name: "somebody else", probability: 1 - speaker.probability }];
    return [...named, ...candidates].map(({ name, probability }) =>
      DOM.make("li", {}, DOM.make("span", {}, name), share(probability)),
    );
  }

  function why(quote) {
    const list = candidates(quote);
    const title = quote.speaker ? "Why this speaker" : "Why no speaker";
    return [
      DOM.make("h3", {}, title),
      DOM.make("p", { class: "why" }, reason(quote)),
      ...(list.length ? [DOM.make("ul", { class: "candidates", "aria-label": "Possible speakers" }, ...list)] : []),
    ];
  }

  /** The details of `quote`. */
  function render(quote, answer) {
    const rows = [
      ...row("Confidence", share(quote.confidence)),
      ...row("Type", quote.type, note(Words.TYPES[quote.type])),
      ...row("Kind", quote.kind, note(Words.KINDS[quote.kind])),
      ...row("Verb", ...verb(quote)),
      ...(quote.verb?.act ? row("Act", quote.verb.act) : []),
      ...(quote.source ? row("Source", quote.source.text) : []),
      ...row("Via", ...via(quote)),
      ...nesting(quote, answer),
    ];
    return [...head(quote, answer), DOM.make("dl", {}, ...rows), ...why(quote)];
  }

  return { render };
})();
