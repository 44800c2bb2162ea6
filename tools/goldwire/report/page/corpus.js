// The corpus: pages with their documents, searched and filtered, and a page with its blocks.

const SCOPES = [
  ["all", "everywhere"],
  ["id", "ids"],
  ["title", "titles"],
  ["entity", "entities"],
  ["text", "texts"],
];

function corpusView() {
  const [state, set] = searched({ query: "", scope: "all", page: "" });
  const list = el("div", { class: "results" });
  const said = el("p", { class: "note", role: "status" });
  const draw = () => {
    const looked = pattern(state.query);
    const found = data.documents
      .filter((item) => !state.page || item.page === state.page)
      .map((item) => [item, looked ? hit(item, looked, state.scope) : {}])
      .filter(([, where]) => where);
    said.textContent =
      looked || state.page ? `${found.length} of ${count(data.documents.length, "document")}` : "";
    const byPage = new Map(found.map(([item]) => [item.page, []]));
    for (const one of found) byPage.get(one[0].page).push(one);
    const shown = data.pages.filter((page) => byPage.has(page.id) || !(looked || (state.page && state.page !== page.id)));
    const [first, more] = firstOf(shown, "pages");
    list.replaceChildren(...first.map((page) => pageGroup(page, byPage.get(page.id) ?? [], looked)), more || "");
    if (!found.length)
      list.replaceChildren(
        el("p", { class: "empty" }, "Nothing found. Search another field, or for fewer letters."),
      );
  };
  const change = (name) => (value) => {
    set(name, value);
    draw();
  };
  const bar = el(
    "search",
    { class: "bar" },
    search("Search", state.query, change("query"), "Lavrov, 003-01, gpe-russia …"),
    choice("In", data.parts ? SCOPES.slice(0, -1) : SCOPES, state.scope, change("scope")),
    choice("Page", [["", "all"], ...data.pages.map((page) => [page.id, page.id])], state.page, change("page")),
  );
  draw();
  return ["The corpus", summary(), bar, said, coverKey(), list];
}

function summary() {
  const judged = data.judged;
  const all = (layer) => data.documents.reduce((sum, item) => sum + (sizeOf(item, layer) ?? 0), 0);
  const has = (layer) => data.documents.some((item) => sizeOf(item, layer) != null);
  const different = data.documents.filter((item) => !item.repeats).length;
  const figures = [
    [data.pages.length, "pages"],
    [data.documents.length, `documents, ${judged === "none" ? "duplicates not judged" : `${different} different`}`],
    has("mentions") && [all("mentions"), data.entities.length ? `mentions of ${count(data.entities.length, "entity", "entities")}` : "mentions"],
    has("quotes") && [all("quotes"), `quotes, ${count(all("decoys"), "decoy")}`],
    judged !== "none" && [data.pairs.length, `pairs that share text${judged === "partial" ? ", judged in part" : ""}`],
  ];
  return el(
    "dl",
    { class: "figures" },
    figures.filter(Boolean).map(([number, noun]) => el("div", {}, el("dt", {}, noun), el("dd", {}, number.toLocaleString("en")))),
  );
}

/** Where a document holds what is looked for; null where it does not. */
function hit(item, looked, scope) {
  const holds = (string) => string.search(looked) >= 0;
  const within = (name) => scope === "all" || scope === name;
  const named = within("entity")
    ? namedIn(item).filter((entity) => [entity.id, entity.name, ...entity.aliases].some(holds))
    : [];
  const places = within("text") && item.text != null ? [...item.text.matchAll(looked)] : [];
  const found =
    (within("id") && holds(item.id)) || (within("title") && holds(item.title)) || named.length || places.length;
  return found ? { named, places } : null;
}

function namedIn(item) {
  return Object.keys(namesOf(item))
    .map((id) => entities.get(id))
    .filter((entity) => entity);
}

function pageGroup(page, found, looked) {
  return el(
    "section",
    { class: "page-group", "aria-labelledby": `page-${page.id}` },
    el(
      "header",
      {},
      el("h2", { id: `page-${page.id}` }, link(`page/${page.id}`, `Page ${page.id}`)),
      el(
        "p",
        { class: "note" },
        [page.publisher, page.site && `on ${page.site}`].filter((part) => part).join(" "),
        page.date ? `, ${page.date}` : ", undated",
        ". ",
        count(found.length, "document"),
        " here.",
      ),
    ),
    coverBar(page),
    el(
      "ul",
      { class: "documents" },
      found.map(([item, where]) => documentRow(item, where, looked)),
    ),
  );
}

function documentRow(item, { named = [], places = [] }, looked) {
  const number = (layer, noun) =>
    sizeOf(item, layer) == null ? `no ${noun}s labelled` : count(sizeOf(item, layer), noun);
  return el(
    "li",
    {},
    el("code", { class: "id" }, marked(item.id, looked)),
    el(
      "p",
      { class: "note numbers" },
      `${count(sizeOf(item, "words"), "word")} · ${number("mentions", "mention")} · ${number("quotes", "quote")}`,
      item.repeats && [" · repeats ", link(`document/${item.repeats}`, item.repeats)],
    ),
    el(
      "div",
      { class: "what" },
      el("p", { class: "title", dir: "auto" }, link(`document/${item.id}`, marked(item.title, looked))),
      named.length > 0 &&
        el(
          "p",
          { class: "note" },
          "names ",
          named.slice(0, 4).map((entity, i) => [i ? ", " : "", link(`entity/${entity.id}`, entity.name)]),
        ),
      places.length > 0 && snippet(item, places),
    ),
  );
}

function snippet(item, places) {
  const text = textOf(item);
  const start = text.point(places[0].index);
  const [before, here, after] = text.around(start, start + Array.from(places[0][0]).length);
  const more = places.length > 1 ? ` (${places.length} times)` : "";
  return el(
    "p",
    { class: "snippet", dir: "auto" },
    before,
    el("mark", {}, here),
    after,
    el("span", { class: "note" }, more),
  );
}

/** How the characters of a page divide among the roles, as a strip with a letter for each. */
function coverBar(page) {
  const cover = coverOf(page);
  if (!cover) return el("p", { class: "note" }, "The blocks of this page are not labelled.");
  const parts = data.roles.map((role) => [role, cover[role]]).filter(([, size]) => size);
  const total = parts.reduce((sum, [, size]) => sum + size, 0);
  const strip = parts.map(([role, size]) => {
    const part = el("span", { class: `role-${role}`, title: `${role}: ${size.toLocaleString("en")} characters` });
    part.style.flexGrow = size;
    return part;
  });
  const said = parts.map(([role, size]) => `${role} ${Math.round((100 * size) / total)} %`).join(", ");
  return el("div", { class: "cover", role: "img", "aria-label": `Characters by role: ${said}` }, strip);
}

function coverKey() {
  const seen = new Set(data.pages.flatMap((page) => Object.keys(coverOf(page) ?? {})));
  return el(
    "p",
    { class: "keys note" },
    "A page's characters by role: ",
    data.roles
      .filter((role) => seen.has(role))
      .map((role) => el("span", { class: `key role-${role}` }, el("span", { class: "swatch" }), role)),
  );
}

const pageState = { roles: null };

function pageView(page) {
  const text = textOf(page);
  const blocks = page.blocks ?? [];
  const seen = tally(blocks.map((block) => block.role));
  pageState.roles ??= new Set(data.roles);
  const rows = el(
    "div",
    { class: "blocks" },
    stretches(text, blocks).map((stretch) => blockRow(text, stretch)),
  );
  const filter = () => {
    for (const row of rows.children) row.hidden = row.dataset.role != null && !pageState.roles.has(row.dataset.role);
  };
  filter();
  const options = seen.map(([role, number]) => ({ value: role, label: role, number, className: `role-${role}` }));
  return [
    `Page ${page.id}`,
    el("p", { class: "lead" }, pageAccount(text, blocks)),
    facts(
      ["Publisher", page.publisher],
      ["Site", page.site],
      ["File", el("code", {}, page.source)],
      ["Date", page.date ?? page.date_note],
      ["Rights", page.rights],
      [
        "Documents",
        data.documents
          .filter((item) => item.page === page.id)
          .map((item, i) => [i ? " " : "", link(`document/${item.id}`, item.id)]),
      ],
    ),
    page.blocks
      ? boxes("Roles shown", options, pageState.roles, filter)
      : el("p", { class: "empty" }, "The blocks of this page are not labelled."),
    rows,
  ];
}

function pageAccount(text, blocks) {
  const within = stretches(text, blocks);
  const size = (some) => some.reduce((sum, { start, end }) => sum + end - start, 0);
  const stray = within.filter((stretch) => !stretch.block && /\S/.test(text.slice(stretch.start, stretch.end)));
  const inside = size(within.filter((stretch) => stretch.block));
  return (
    `${text.length.toLocaleString("en")} characters: ${inside.toLocaleString("en")} in ${count(blocks.length, "block")}, ` +
    `${(text.length - inside - size(stray)).toLocaleString("en")} blank between them, ${size(stray).toLocaleString("en")} in no block.`
  );
}

/** The whole page in order: its blocks, and what stands between them. */
function stretches(text, blocks) {
  const found = [];
  let at = 0;
  for (const block of [...blocks].sort((a, b) => a.span[0] - b.span[0])) {
    if (block.span[0] > at) found.push({ start: at, end: block.span[0] });
    found.push({ start: Math.max(at, block.span[0]), end: block.span[1], block });
    at = Math.max(at, block.span[1]);
  }
  if (at < text.length) found.push({ start: at, end: text.length });
  return found;
}

function blockRow(text, { start, end, block }) {
  const words = text.slice(start, end);
  if (!block && !/\S/.test(words)) return el("div", { class: "gap" }, el("span", { class: "chars" }, words));
  const role = block?.role ?? "in no block";
  return el(
    "div",
    { class: `block role-${block?.role ?? "none"}`, "data-role": block?.role },
    el(
      "div",
      { class: "gutter" },
      el("span", { class: "role" }, role),
      block &&
        (documents.has(block.document) ? link(`document/${block.document}`, block.document) : block.document ? el("span", { class: "note" }, block.document) : el("span", { class: "note" }, "page")),
    ),
    el("span", { class: "chars", dir: "auto", title: block ? `${block.id ?? ""} [${start}:${end}]` : null }, words),
  );
}
