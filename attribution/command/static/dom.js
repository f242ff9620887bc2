"use strict";
// In: a tag, its attributes and its children. Out: an element. Text is inserted as text, never as HTML: an article is not trusted.

const DOM = (() => {
  /** An element, e.g. `make("a", { href: "#q1" }, "1")`. Attributes that are null or false are left out. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  /** The element with this id. */
  const at = (id) => document.getElementById(id);

  /** One “quotation”, two “quotations”. */
  const word = (number, singular) => (number === 1 ? singular : `${singular}s`);

  /** “1 quotation”, “2 quotations”. */
  const count = (number, singular) => `${number.toLocaleString("en")} ${word(number, singular)}`;

  /** Whether a click asks for another tab or window. */
  const elsewhere = ({ ctrlKey, metaKey, shiftKey }) => ctrlKey || metaKey || shiftKey;

  return { make, at, word, count, elsewhere };
})();
