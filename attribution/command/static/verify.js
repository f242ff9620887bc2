"use strict";
// Check a reader's claim about the shown article with the service. Out: whether the words are there, word for word, what differs, and
// who says them.

const Verify = (() => {
  const VERDICTS = {
    verbatim: "It is there, word for word.",
    altered: "It is there, but changed.",
    paraphrase: "The article reports something similar, in other words.",
    absent: "It is not in this article.",
  };

  /** One step of the difference: common words, words only in the claim, and words only in the article. */
  function stretch({ kind, quote, article }) {
    const there = article.map(({ text }) => text).join(" ");
    if (kind === "same" || kind === "ellipsis") return [`${quote} `];
    return [
      ...(quote ? [DOM.make("del", {}, quote), " "] : []),
      ...(there ? [DOM.make("ins", {}, there), " "] : []),
    ];
  }

  /** The speaker; a link if the quote is shown. */
  function who({ quote, speaker, speaker_agrees: agrees }) {
    if (!quote) return [];
    const place = quote.content[0].start;
    const same = View.answer().quotes.find((other) => other.content[0].start === place);
    const told = same ? [DOM.make("a", { href: `#${same.id}` }, `Quote ${Article.number(same)}`), ": "] : [];
    const agreed = { true: ", as you say.", false: ", not the speaker you named." }[agrees] ?? ".";
    return [DOM.make("p", {}, ...told, speaker?.name ?? "a speaker whom the article does not name", agreed)];
  }

  function render(answer) {
    const changed = ["altered", "paraphrase"].includes(answer.verdict) && answer.difference.length;
    return [
      DOM.make("strong", {}, VERDICTS[answer.verdict]),
      ...(changed ? [DOM.make("p", { class: "difference" }, ...answer.difference.flatMap(stretch))] : []),
      ...who(answer),
    ];
  }

  async function check(event) {
    event.preventDefault();
    const claimant = DOM.at("claimant").value.trim();
    const claim = { text: View.text(), quote: DOM.at("claimed").value, ...(claimant ? { speaker: claimant } : {}) };
    DOM.at("verdict").replaceChildren("Checking …");
    try {
      DOM.at("verdict").replaceChildren(...render(await Service.ask("v1/verify", claim)));
    } catch (problem) {
      DOM.at("verdict").replaceChildren(...Problems.render(problem, () => DOM.at("claim").requestSubmit()));
    }
  }

  const start = () => DOM.at("claim").addEventListener("submit", check);

  /** Clear the result, for another article. */
  const reset = () => DOM.at("verdict").replaceChildren();

  return { start, reset };
})();
