"use strict";
// In: a text and its corrected answer. Out: the article as a line of the training corpus, in the format of `training/own/README.md`.

const Teaching = (() => {
  const KINDS = { statement: "core" };
  const ARTICLE = /^(?:the|a|an)\s+/iu;

  const place = ({ start, end }) => [start, end];

  /** Whether a name is a proper name, not a description: its first and last word are capitalized, ignoring an article. */
  function isName(name) {
    const words = name.replace(ARTICLE, "").match(/@?[\p{L}\p{N}][^\s]*/gu) ?? [];
    return words.length > 0 && [words[0], words.at(-1)].every((word) => /^[@\p{Lu}\p{N}]/u.test(word));
  }

  /** Whether the article names a quote's speaker anywhere, according to an editor or by the look of it. */
  const named = ({ named, speaker }) => named ?? (speaker ? isName(speaker.name) : false);

  function quote(one, answer) {
    const speaker = answer.speakers.find(({ id }) => id === one.speaker?.id);
    const parent = answer.quotes.findIndex(({ id }) => id === one.parent);
    return {
      content: one.content.map(place),
      cue: one.verb ? [place(one.verb)] : [],
      source: one.source ? [place(one.source)] : [],
      speaker: speaker?.name ?? null,
      speakers: speaker ? [speaker.name, ...speaker.aliases] : [],
      named: named(one),
      via: one.via.map(({ name, relation }) => ({ name, relation })),
      parent: parent < 0 ? null : parent,
      kind: KINDS[one.kind] ?? one.kind,
      type: one.type,
    };
  }

  /** The first words of a text, as its name. */
  const slug = (text) =>
    text.trim().slice(0, 60).toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "") || "article";

  /** The file as { name, content }. */
  function file(text, answer) {
    const name = slug(text);
    const quotes = answer.quotes.map((one) => quote(one, answer));
    const line = { id: `newsroom/${name}`, family: "newsroom", text, quotes, ignore: [] };
    return { name: `${name}.jsonl`, content: `${JSON.stringify(line)}\n` };
  }

  return { file, named };
})();
