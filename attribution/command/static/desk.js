"use strict";
// The editor's desk: a form for the selected quote, and actions for all quotes. Corrections stay in the browser until they are saved
// as a file.

const Desk = (() => {
  const HINT = "Click a quotation to correct it. To add one, select its words in the article. Check every quotation: all that you save counts as right.";
  const FIELDS = [["kind", "Kind", Words.KINDS], ["type", "Type", Words.TYPES]];
  const SPANS = [["content", "Said"], ["verb", "Verb"], ["source", "Source"]];
  let earlier = [];
  let unsaved = false;
  let changed = () => {};

  const on = () => DOM.at("correct").getAttribute("aria-pressed") === "true";
  const current = () => DOM.at("details").dataset.shown;

  /** Draw a new answer, show the details of the quote `id`, and keep the reader's place. */
  function draw(answer, id) {
    const { name, action } = document.activeElement.dataset ?? {};
    View.render(View.text(), answer);
    View.select(id);
    DOM.at("undo").disabled = !earlier.length;
    const same = name && DOM.at("details").querySelector(`[data-name="${name}"]${action ? `[data-action="${action}"]` : ""}`);
    (same ?? document.activeElement).focus({ preventScroll: true });
    changed(answer, unsaved);
  }

  /** Make a correction: `make` returns the new answer. Its error is shown. */
  function correct(make, id = current()) {
    try {
      const answer = make(View.answer());
      earlier.push([View.answer(), current()]);
      unsaved = true;
      advise(HINT);
      draw(answer, id);
    } catch (error) {
      advise(error.message);
    }
  }

  const advise = (words) => (DOM.at("advice").textContent = words);

  /** Call a function with the words that are selected in the article, if any. */
  function withSelected(act) {
    const stretch = Article.selected(DOM.at("article"), View.text());
    if (stretch) act(stretch);
    else advise("Select the words in the article first, then press this.");
  }

  function add() {
    withSelected((stretch) => {
      let id = null;
      correct((answer) => {
        const [more, added] = Corrections.add(View.text(), answer, stretch);
        id = added;
        return more;
      });
      if (id) View.select(id);
    });
  }

  function undo() {
    const [answer, id] = earlier.pop();
    draw(answer, id);
  }

  function save() {
    const { name, content } = Teaching.file(View.text(), View.answer());
    Copying.download(content, name);
    unsaved = false;
    changed(View.answer(), unsaved);
    DOM.at("status").textContent = `Saved as ${name}, with ${DOM.count(View.answer().quotes.length, "quotation")}.`;
  }

  const labelled = (id, title, element) => [DOM.make("label", { for: id }, title), element];

  function select(quote, [field, title, words]) {
    const options = Object.entries(words).map(([value, name]) => DOM.make("option", { value, selected: quote[field] === value }, name));
    const element = DOM.make("select", { id: `desk-${field}`, "data-name": field }, ...options);
    element.addEventListener("change", () => correct((answer) => Corrections.change(answer, quote.id, { [field]: element.value })));
    return labelled(element.id, title, element);
  }

  function speaker(quote, answer) {
    const input = DOM.make("input", { id: "desk-speaker", type: "text", list: "desk-names", "data-name": "speaker", autocomplete: "off" });
    input.value = quote.speaker?.name ?? "";
    input.addEventListener("change", () => correct((now) => Corrections.attribute(now, quote.id, input.value.trim())));
    const names = [...new Set([...quote.candidates, ...answer.speakers].map(({ name }) => name))];
    return [
      ...labelled(input.id, "Speaker", input),
      DOM.make("datalist", { id: "desk-names" }, ...names.map((name) => DOM.make("option", { value: name }))),
    ];
  }

  function named(quote) {
    const box = DOM.make("input", { type: "checkbox", "data-name": "named", checked: Teaching.named(quote), disabled: !quote.speaker });
    box.addEventListener("change", () => correct((answer) => Corrections.change(answer, quote.id, { named: box.checked })));
    return DOM.make("label", { class: "option" }, box, "The article names them");
  }

  /** A button that changes the words of a role. */
  function button(role, action, name, press) {
    const element = DOM.make("button", { type: "button", "data-name": role, "data-action": action }, name);
    element.addEventListener("click", press);
    return element;
  }

  /** The words of a role, with buttons to change them. */
  function words(quote, [role, title]) {
    const text = role === "content" ? quote.text : quote[role]?.text;
    const put = (more) => (stretch) =>
      correct((answer) =>
        role === "content"
          ? Corrections.bound(View.text(), answer, quote.id, stretch, more)
          : Corrections.pointOut(View.text(), answer, quote.id, role, stretch),
      );
    const buttons = [
      button(role, "set", "Use selection", () => withSelected(put(false))),
      role === "content"
        ? button(role, "more", "Add selection", () => withSelected(put(true)))
        : button(role, "none", "None", () => put(false)(null)),
    ];
    return DOM.make(
      "div",
      { class: "words", role: "group", "aria-label": title },
      DOM.make("span", { class: "term" }, title),
      DOM.make("q", {}, text ?? "none"),
      DOM.make("span", { class: "actions" }, ...buttons),
    );
  }

  /** Who relays a quote, each with the relation and a button to remove it, and a button to add one. */
  function relays(quote) {
    const put = (stretch) => correct((answer) => Corrections.relay(View.text(), answer, quote.id, stretch));
    const add = button("via", "add", "Add selection", () => withSelected(put));
    return DOM.make(
      "div",
      { class: "words", role: "group", "aria-label": "Via" },
      DOM.make("span", { class: "term" }, "Via"),
      DOM.make("span", { class: "actions" }, add),
      ...(quote.via.length ? quote.via.map((via, place) => relay(quote, via, place)) : [DOM.make("q", {}, "none")]),
    );
  }

  function relay(quote, { name, relation }, place) {
    const put = (value) => correct((answer) => Corrections.relate(answer, quote.id, place, value));
    const options = Object.entries(Words.RELATIONS).map(([value, words]) => DOM.make("option", { value, selected: value === relation }, words));
    const choice = DOM.make("select", { "aria-label": `Relation of ${name}`, "data-name": "relation", "data-action": place }, ...options);
    choice.addEventListener("change", () => put(choice.value));
    const remove = button("relation", `remove ${place}`, "Remove", () => put(null));
    remove.setAttribute("aria-label", `Remove ${name}`);
    return DOM.make("span", { class: "relay" }, DOM.make("q", {}, name), choice, remove);
  }

  /** The form for a quote. */
  function form(quote, answer) {
    const drop = button("drop", "drop", "Drop this quotation", () => correct((now) => Corrections.drop(now, quote.id), null));
    return [
      DOM.make(
        "div",
        { class: "desk" },
        ...speaker(quote, answer),
        named(quote),
        ...FIELDS.flatMap((field) => select(quote, field)),
        ...SPANS.map((each) => words(quote, each)),
        relays(quote),
        drop,
      ),
    ];
  }

  /** Open the desk, or close it. */
  function turn(open) {
    DOM.at("correct").setAttribute("aria-pressed", open);
    DOM.at("desk").hidden = !open;
    document.body.classList.toggle("correcting", open);
    advise(HINT);
    View.tell(open ? form : Details.render);
  }

  /** Reset the desk to no corrections, or, if `still`, to unsaved ones. */
  function reset(still = false) {
    earlier = [];
    unsaved = still;
    DOM.at("undo").disabled = true;
    turn(false);
  }

  /** Whether the reader agrees to lose unsaved corrections. */
  const mayLeave = () => !unsaved || confirm("Your corrections are not saved. Drop them?");

  /** Add the listeners. `prepare` reads the whole article before the desk first opens; `told` is called after every correction. */
  function start(prepare, told) {
    changed = told;
    DOM.at("correct").addEventListener("click", async () => {
      if (on()) turn(false);
      else if (unsaved || (await prepare())) turn(true);
    });
    DOM.at("add").addEventListener("click", add);
    DOM.at("undo").addEventListener("click", undo);
    DOM.at("save").addEventListener("click", save);
    // Pressing a button must not clear the selection that it acts on.
    document.querySelector("aside").addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
  }

  return { start, reset, mayLeave };
})();
