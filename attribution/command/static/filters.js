"use strict";
// In: an answer. Out: checkboxes for its types and kinds, and the quotes that match them and the confidence.

const Filters = (() => {
  const CHOICES = [["type", "Type", Words.TYPES], ["kind", "Kind", Words.KINDS]];

  /** A checkbox that shows the quotes of a type or kind while it is ticked. */
  function box(field, value, words, number) {
    const attributes = { type: "checkbox", "data-field": field, value, checked: true };
    const tally = DOM.make("span", { class: "tally" }, String(number));
    return DOM.make("label", {}, DOM.make("input", attributes), DOM.make("span", {}, words), tally);
  }

  /** The checkboxes of a field, if there is a choice. */
  function group(answer, [field, title, words]) {
    const there = Object.keys(words).filter((value) => answer.quotes.some((quote) => quote[field] === value));
    if (there.length < 2) return [];
    const number = (value) => answer.quotes.filter((quote) => quote[field] === value).length;
    const boxes = there.map((value) => box(field, value, words[value], number(value)));
    return [DOM.make("fieldset", {}, DOM.make("legend", {}, title), ...boxes)];
  }

  const render = (answer) => CHOICES.flatMap((choice) => group(answer, choice));

  /** Whether a quote matches the checkboxes in `element` and has at least the confidence `least`. */
  function passes(element, least, quote) {
    const out = [...element.querySelectorAll("input:not(:checked)")];
    return Math.round(quote.confidence * 100) >= least && !out.some(({ dataset, value }) => quote[dataset.field] === value);
  }

  return { render, passes };
})();
