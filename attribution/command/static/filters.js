"use strict";
// In: an answer. Out: boxes to tick for its types and kinds, and which of its quotes they and the confidence leave.

const Filters = (() => {
  const CHOICES = [["type", "Type", Words.TYPES], ["kind", "Kind", Words.KINDS]];

  /** One box, which shows the quotes of a type or kind as long as it is ticked. */
  function box(field, value, words, number) {
    const attributes = { type: "checkbox", "data-field": field, value, checked: true };
    const tally = DOM.make("span", { class: "tally" }, String(number));
    return DOM.make("label", {}, DOM.make("input", attributes), DOM.make("span", {}, words), tally);
  }

  /** The boxes of a field, if there is anything to choose. */
  function group(answer, [field, title, words]) {
    const there = Object.keys(words).filter((value) => answer.quotes.some((quote) => quote[field] === value));
    if (there.length < 2) return [];
    const number = (value) => answer.quotes.filter((quote) => quote[field] === value).length;
    const boxes = there.map((value) => box(field, value, words[value], number(value)));
    return [DOM.make("fieldset", {}, DOM.make("legend", {}, title), ...boxes)];
  }

  const render = (answer) => CHOICES.flatMap((choice) => group(answer, choice));

  /** Whether what is ticked in `element`, and what is `least` sure, lets a quote through. */
  function passes(element, least, quote) {
    const out = [...element.querySelectorAll("input:not(:checked)")];
    return Math.round(quote.confidence * 100) >= least && !out.some(({ dataset, value }) => quote[dataset.field] === value);
  }

  return { render, passes };
})();
