"use strict";
// In: an answer. Out: text to paste elsewhere. CSV and Markdown are byte for byte those of `attribution/command/forms.py`.

const Formats = (() => {
  const COLUMNS = "article id type kind speaker verb act negated text verbatim source via parent confidence start end".split(" ");
  const GAP = " […] ";

  function cells(answer, quote) {
    const { verb, source, speaker } = quote;
    const via = quote.via.map(({ name, relation }) => `${name} (${relation})`).join("; ");
    const said = [verb?.text, verb?.act, verb?.negated, quote.text, quote.verbatim.map(({ text }) => text).join(GAP)];
    const place = [quote.confidence, quote.content[0].start, quote.content.at(-1).end];
    return [answer.id, quote.id, quote.type, quote.kind, speaker?.name, ...said, source?.text, via, quote.parent, ...place];
  }

  /** A cell of CSV. An apostrophe before what looks like a formula keeps spreadsheets from running it. */
  function cell(value) {
    const text = String(value ?? "").replace(/^(?=[=+\-@\t\r])/u, "'");
    return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const csv = (answer) =>
    [COLUMNS, ...answer.quotes.map((quote) => cells(answer, quote))].map((row) => `${row.map(cell).join(",")}\r\n`).join("");

  /** Text on one line, with Markdown's special characters escaped. */
  const plain = (text) => text.replace(/[ \t\r\n]+/gu, " ").replace(/^ | $/gu, "").replace(/[\\`*_[\]<>|~#&]/gu, "\\$&");

  function line(quote, depth) {
    const verb = quote.verb ? ` ${plain(quote.verb.text).replace(/:$/u, "")}` : "";
    const via = quote.via.map(({ name, relation }) => `; ${relation === "cited" ? "citing" : "relayed by"} ${plain(name)}`);
    const about = `(${quote.type}, ${quote.id}${via.join("")})`;
    return `${"  ".repeat(depth)}- **${plain(quote.speaker?.name ?? "Not named")}**${verb}: ${plain(quote.text)} ${about}\n`;
  }

  /** A list with nested quotes indented under their parents. */
  function markdown({ quotes }) {
    const present = new Set(quotes.map(({ id }) => id));
    const under = (parent, depth) =>
      quotes
        .filter((quote) => (present.has(quote.parent) ? quote.parent : null) === parent)
        .map((quote) => line(quote, depth) + under(quote.id, depth + 1))
        .join("");
    return under(null, 0) || "No quotation found.\n";
  }

  const json = (answer) => `${JSON.stringify(answer, null, 2)}\n`;

  return { json, csv, markdown };
})();
