"use strict";
// In: an answer. Out: a list of buttons, one per speaker, that choose whose quotes are shown. With none pressed, all are shown.

const Speakers = (() => {
  const NOBODY = { id: null, name: "Not named", role: "the article does not say who, or is unclear" };

  /** The quotes that someone says, alone or in a group, or relays. */
  function quotes(answer, id) {
    const groups = answer.speakers.filter(({ members }) => members.includes(id)).map((group) => group.id);
    const whose = (quote) => quote.speaker?.id ?? null;
    return answer.quotes.filter((quote) => [id, ...groups].includes(whose(quote)) || between(quote, id));
  }

  const between = (quote, id) => id !== null && quote.via.some((via) => via.id === id);

  /** Whether someone is the speaker of a quote, and not only a relay or a member of a group. */
  const speaks = (answer, id) => answer.quotes.some((quote) => (quote.speaker?.id ?? null) === id);

  /** A speaker's role, and, for those who only relay or are cited, that relation. */
  function about(answer, { id, role }) {
    const relations = new Set(answer.quotes.flatMap(({ via }) => via.filter((one) => one.id === id).map(({ relation }) => relation)));
    const between = ["relays", "cited"].filter((relation) => relations.has(relation)).join(", ");
    return [role, speaks(answer, id) ? null : between].filter(Boolean).join(" · ");
  }

  /** A speaker's colour and initials. */
  const swatch = (answer, id) => DOM.make("i", { class: "swatch", "data-label": Words.labels(answer.speakers).get(id) ?? "–" });

  function button(answer, speaker) {
    const { id, name } = speaker;
    const number = quotes(answer, id).length;
    const more = about(answer, speaker);
    const attributes = { type: "button", "aria-pressed": "false", "data-speaker": id ?? "" };
    return DOM.make(
      "button",
      { ...attributes, class: Article.colour(answer.speakers, id) },
      swatch(answer, id),
      DOM.make("span", { class: "who" }, name),
      DOM.make("span", { class: "tally" }, String(number), DOM.make("span", { class: "unseen" }, ` ${DOM.word(number, "quotation")}`)),
      ...(more ? [DOM.make("span", { class: "role" }, more)] : []),
    );
  }

  /** The items of the list: speakers, then relays. */
  function render(answer) {
    const stands = (id) => answer.quotes.some((quote) => between(quote, id));
    const listed = [...answer.speakers, NOBODY].filter(({ id }) => speaks(answer, id) || stands(id));
    listed.sort((a, b) => speaks(answer, b.id) - speaks(answer, a.id));
    return listed.map((speaker) => DOM.make("li", {}, button(answer, speaker)));
  }

  /** The quotes of the speakers whose buttons in `list` are pressed; all if none is. */
  function chosen(list, answer) {
    const pressed = [...list.querySelectorAll("[aria-pressed=true]")].map((button) => button.dataset.speaker || null);
    if (!pressed.length) return answer.quotes;
    const wanted = new Set(pressed.flatMap((id) => quotes(answer, id)));
    return answer.quotes.filter((quote) => wanted.has(quote));
  }

  return { render, chosen, swatch };
})();
