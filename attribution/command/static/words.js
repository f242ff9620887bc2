"use strict";
// The page's words for the keys in an answer.

const Words = (() => {
  const TYPES = { direct: "word for word", mixed: "partly word for word", indirect: "paraphrase" };
  const KINDS = { statement: "said", attitude: "only thought, wanted or felt", topic: "only talked about" };

  const RELATIONS = { relays: "relays it", cited: "is cited" };

  /** Why someone is the speaker; {source} is what the article calls them there. */
  const EVIDENCE = {
    name: "“{source}” is their name.",
    alias: "“{source}” is another name of theirs.",
    acronym: "“{source}” is short for their name.",
    nominal: "“{source}” describes them, and does not name them.",
    pronoun: "“{source}” is a pronoun, and they are whom it most likely means.",
    implicit: "Another quotation in the same sentence names them.",
    continued: "The quotation continues the one before.",
    hand: "You said so.",
  };

  const percent = (share) => `${Math.round(share * 100)}%`;

  /** The degree of doubt: none, "fair" or "unsure". */
  const doubt = (share) => (share < 0.6 ? "unsure" : share < 0.8 ? "fair" : "");

  /** Two initials for each speaker, e.g. "Vladimir Putin" → "VP"; a number makes them unique. */
  function labels(speakers) {
    const found = new Map();
    const taken = new Set();
    for (const { id, name } of speakers) {
      const letters = initials(name);
      let label = letters;
      for (let number = 2; taken.has(label); number += 1) label = letters + number;
      taken.add(label);
      found.set(id, label);
    }
    return found;
  }

  function initials(name) {
    const words = name.match(/\p{L}[\p{L}\p{M}’'.-]*/gu) ?? [];
    const capitals = words.filter((word) => /^\p{Lu}/u.test(word));
    const [first = "–", ...others] = capitals.length > 1 ? capitals : words;
    return (others.length ? first[0] + others.at(-1)[0] : first.slice(0, 2)).toUpperCase();
  }

  return { TYPES, KINDS, RELATIONS, EVIDENCE, percent, doubt, labels };
})();
