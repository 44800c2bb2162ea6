// An article with its labels: entities, quotes joined to their cue and speaker, decoys.

const documentState = { layers: new Set(["mentions", "quotes", "decoys"]), types: null };

function documentView(item, focused = null) {
  const text = textOf(item);
  const marks = mentionMarks(item.mentions ?? []);
  const quotes = numbered(item.quotes ?? []);
  const quoted = new Map(quotes.map((quote) => [quote.key, quote]));
  const decoys = decoyMarks(item.decoys ?? []);
  const byKey = new Map([...marks, ...decoys].map((mark) => [mark.key, mark]));
  const body = article(text, [...quoteMarks(quotes), ...decoys, ...marks], rolesOf(item));
  const panel = el("div", { class: "details", "aria-live": "polite" });
  const goTo = (quote) =>
    el("button", { type: "button", class: "plain", onclick: () => live.keep(quote.key) }, `quote ${quote.number} `);
  const related = (key) => {
    if (quoted.has(key)) return [key, ...speakerMentions(quoted.get(key), marks)];
    return byKey.get(key)?.mention?.entity ? sameEntity(byKey.get(key), marks) : [key];
  };
  const show = (key, kept) => {
    const known = quoted.has(key)
      ? quotePanel(text, quoted.get(key), goTo)
      : byKey.get(key)?.mention
        ? mentionPanel(text, byKey.get(key).mention)
        : byKey.get(key)?.decoy
          ? decoyPanel(text, byKey.get(key).decoy)
          : null;
    panel.classList.toggle("open", known != null);
    const close =
      kept &&
      el(
        "button",
        { type: "button", class: "close", "aria-label": "Deselect this label", onclick: () => live.keep(null) },
        "×",
      );
    panel.replaceChildren(...[close, ...(known ?? documentHints(item))].flat().filter((node) => node));
  };
  const live = livemarks(body, show, related);
  show(null);
  const toggle = layerBoxes(item, body);
  if (focused) queueMicrotask(() => focusMark(body, live, marks.find(({ mention }) => mention.id === focused)?.key));
  return [
    `Document ${item.id}`,
    documentLead(item),
    el(
      "div",
      { class: "reader" },
      el("div", { class: "reading" }, toggle, body, nextLinks(item)),
      el(
        "aside",
        { class: "panel", "aria-label": "Current label" },
        panel,
        quoteList(text, quotes, live),
      ),
    ),
  ];
}

function focusMark(body, live, key) {
  if (!key) return;
  live.keep(key);
  body.querySelector(`[data-key="${key}"]`)?.scrollIntoView({ block: "center" });
}

const NO_PAIRS = {
  complete: "Shares text with no other document.",
  partial: "Whether it shares text with other documents is judged in part.",
  none: "Whether it shares text with other documents is not judged.",
};

function documentLead(item) {
  const page = pages.get(item.page);
  const pairs = data.pairs.filter((pair) => pair.a === item.id || pair.b === item.id);
  return el(
    "p",
    { class: "lead" },
    el("span", { class: "hidden" }, item.title),
    `${count(words(item.text), "word")} from `,
    link(`page/${item.page}`, `page ${item.page}`),
    ` of ${[page.publisher, page.site].filter((name) => name).join(" on ")}. `,
    pairs.length ? "Shares text with " : NO_PAIRS[data.judged],
    pairs.map((pair, i) => {
      const other = pair.a === item.id ? pair.b : pair.a;
      return [i ? ", " : "", link(`pair/${pair.a}_${pair.b}`, other), ` (${pair.relation})`];
    }),
    pairs.length ? "." : "",
    againstLinks(item.id),
  );
}

/** Where a document stands against gold, system by system. */
function againstLinks(id) {
  const runs = data.runs.map((run, i) => [run, i]).filter(([run]) => id in run.units);
  return (
    runs.length > 0 && [
      " Against it: ",
      runs.map(([run, i], n) => [n ? ", " : "", link(`run/${i}/${id}`, `${run.system} on ${run.task}`)]),
      ".",
    ]
  );
}

function documentHints(item) {
  const missing = [
    ["mentions", "entities"],
    ["quotes", "quotes"],
    ["decoys", "decoys"],
  ].filter(([layer]) => !item[layer]);
  return [
    el("h3", {}, "Point at a label"),
    el(
      "p",
      { class: "note" },
      "Or move to the text with Tab and from label to label with the arrow keys; Enter selects one, Escape deselects it. " +
        "A quote is highlighted with its cue and its speaker, a name with its other mentions here.",
    ),
    missing.length > 0 &&
      el("p", { class: "note" }, `Not labelled here: ${missing.map(([, name]) => name).join(", ")}.`),
    data.notes.length > 0 &&
      el(
        "p",
        { class: "note" },
        "Labels record what the text says, not whether it is true. ",
        link("about", "About the labels"),
        ".",
      ),
  ];
}

/** What may be shown and hidden: layers, and types of entities. */
function layerBoxes(item, body) {
  const types = tally((item.mentions ?? []).map(({ type }) => type));
  documentState.types ??= new Set(Object.keys(data.words.types));
  const draw = () => {
    for (const layer of ["mentions", "quotes", "decoys"])
      body.classList.toggle(`no-${layer}`, !documentState.layers.has(layer));
    for (const type of Object.keys(data.words.types))
      body.classList.toggle(`no-${type}`, !documentState.types.has(type));
  };
  draw();
  const number = (layer) => item[layer]?.length ?? null;
  const layers = [
    { value: "mentions", label: "Entities", number: number("mentions") },
    { value: "quotes", label: "Quotes", number: number("quotes") },
    { value: "decoys", label: "Decoys", number: number("decoys") },
  ];
  const kinds = types.map(([type, found]) => ({
    value: type,
    label: type.replaceAll("_", " "),
    number: found,
    className: `mention type-${type}`,
    title: data.words.types[type],
  }));
  return el(
    "details",
    { class: "filters", open: matchMedia("(min-width: 60rem)").matches },
    el("summary", {}, "Legend and filters"),
    boxes("Layers", layers, documentState.layers, draw),
    kinds.length > 0 && boxes("Types of entities", kinds, documentState.types, draw),
    quoteKey(),
  );
}

function quoteKey() {
  const sample = (name, label) => el("span", { class: "key" }, el("span", { class: `mark ${name}` }, label));
  return el(
    "p",
    { class: "keys" },
    el("span", { class: "note" }, "Quotes: "),
    sample("content quote-direct", "direct"),
    sample("content quote-mixed", "mixed"),
    sample("content quote-indirect", "indirect"),
    sample("cue", "cue"),
    sample("speaker", "speaker"),
    sample("decoy", "decoy"),
  );
}

/** Roles of the lines of a document's text, as its page's blocks have them. */
function rolesOf(item) {
  const inText = new Set(data.text_roles);
  return (pages.get(item.page)?.blocks ?? [])
    .filter((block) => block.document === item.id && inText.has(block.role))
    .sort((a, b) => a.span[0] - b.span[0])
    .map((block) => block.role);
}

function quoteList(text, quotes, live) {
  if (!quotes.length) return null;
  const row = (quote) =>
    el(
      "li",
      { class: quote.outer ? "nested" : null },
      el(
        "button",
        {
          type: "button",
          class: "plain row",
          onclick: () => live.keep(quote.key),
          onfocus: () => live.light(quote.key),
          onblur: () => live.light(null),
        },
        el("b", {}, `${quote.number} `),
        shortened(text.slice(quote.content[0][0], quote.content[0][1])),
        el(
          "span",
          { class: "note" },
          ` ${quote.type}, ${quote.speaker ? text.slice(...quote.speaker) : "no speaker named"}`,
        ),
      ),
    );
  return el(
    "details",
    { class: "quotes", open: matchMedia("(min-width: 60rem)").matches },
    el("summary", {}, count(quotes.length, "quote")),
    el("ol", {}, quotes.map(row)),
  );
}

function shortened(text, length = 70) {
  const points = Array.from(text);
  return points.length > length ? `${points.slice(0, length).join("")}…` : text;
}

function nextLinks(item) {
  const at = data.documents.indexOf(item);
  const to = (other, name) => other && el("a", { href: `#/document/${other.id}` }, `${name} ${other.id}`);
  return el(
    "nav",
    { class: "next", "aria-label": "Neighbouring documents" },
    to(data.documents[at - 1], "←"),
    to(data.documents[at + 1], "→"),
  );
}
