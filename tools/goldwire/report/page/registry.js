// The registry: entities, and everything that names one.

/** Every mention of the corpus by the entity that it names or stands for. */
const mentionsOf = once(() => {
  const found = new Map(data.entities.map((entity) => [entity.id, { named: [], stood: [] }]));
  for (const item of data.documents) {
    for (const mention of item.mentions ?? []) {
      found.get(mention.entity)?.named.push({ item, mention });
      found.get(mention.stands_for)?.stood.push({ item, mention });
    }
  }
  return found;
});

/** How many mentions name each entity, and the documents that have any, with how many name it and stand for it. */
const placesOf = once(() => {
  const found = new Map(data.entities.map((entity) => [entity.id, { named: 0, documents: [] }]));
  for (const item of data.documents) {
    for (const [id, [named, stood]] of Object.entries(namesOf(item))) {
      const places = found.get(id);
      if (!places) continue;
      places.named += named;
      places.documents.push({ item, named, stood });
    }
  }
  return found;
});

function once(make) {
  let made;
  return () => (made ??= make());
}

function registryView() {
  const [state, set] = searched({ query: "", type: "" });
  const body = el("div", {});
  const said = el("p", { class: "note", role: "status" });
  const draw = () => {
    const looked = pattern(state.query);
    const found = data.entities.filter(
      (entity) =>
        (!state.type || entity.type === state.type) &&
        (!looked || [entity.id, entity.name, ...entity.aliases].some((name) => name.search(looked) >= 0)),
    );
    said.textContent = `${found.length} of ${count(data.entities.length, "entity", "entities")}`;
    const sorted = found
      .map((entity) => [entity, placesOf().get(entity.id)])
      .sort(([, a], [, b]) => b.named - a.named);
    const [first, more] = firstOf(sorted, "entities");
    body.replaceChildren(
      table(
        "Entities",
        ["Name", "Type", { text: "Mentions", number: true }, { text: "Documents", number: true }, "Also written"],
        first.map(([entity, places]) => entityRow(entity, places, looked)),
        "entities",
      ),
      more || "",
    );
  };
  const types = tally(data.entities.map(({ type }) => type)).map(([type, number]) => [type, `${type} (${number})`]);
  const bar = el(
    "search",
    { class: "bar" },
    search(
      "Search",
      state.query,
      (value) => {
        set("query", value);
        draw();
      },
      "name, id or spelling",
    ),
    choice("Type", [["", "all"], ...types], state.type, (value) => {
      set("type", value);
      draw();
    }),
  );
  draw();
  return ["Entities", el("p", { class: "lead" }, "Each referent has one id in the whole corpus."), bar, said, body];
}

function entityRow(entity, { named, documents }, looked) {
  const others = entity.aliases.filter((alias) => alias !== entity.name).join(", ");
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      link(`entity/${entity.id}`, marked(entity.name, looked)),
      el("br"),
      el("code", { class: "note" }, marked(entity.id, looked)),
    ),
    el("td", {}, el("span", { class: `mark mention type-${entity.type}` }, entity.type.replaceAll("_", " "))),
    el("td", { class: "n" }, String(named)),
    el("td", { class: "n" }, String(documents.filter((one) => one.named).length)),
    el("td", { class: "note" }, marked(others, looked)),
  );
}

function entityView(entity) {
  if (data.parts) return entityPlaces(entity);
  const { named, stood } = mentionsOf().get(entity.id);
  const spellings = tally(named.map(({ item, mention }) => textOf(item).slice(...mention.span)));
  const speaks = data.documents.flatMap((item) =>
    (item.quotes ?? []).filter((quote) => quote.entities.includes(entity.id)).map((quote) => ({ item, quote })),
  );
  return [
    entity.name,
    facts(
      ["Id", el("code", {}, entity.id)],
      ["Type", [el("b", {}, entity.type), " ", data.words.types[entity.type]]],
      ["Written", spellings.map(([spelling, number], i) => `${i ? ", " : ""}${spelling} ${number}`)],
      ["Wikidata", entity.wikidata],
      ["Note", entity.note],
      ["Speaks in", speaks.length && count(speaks.length, "quote")],
    ),
    placesList(count(named.length, "mention"), named),
    stood.length > 0 &&
      placesList(`${count(stood.length, "mention")} that ${stood.length === 1 ? "stands" : "stand"} for it`, stood),
  ];
}

/** An entity of a large report: the documents that have its mentions. */
function entityPlaces(entity) {
  const { named, documents } = placesOf().get(entity.id);
  const [first, more] = firstOf(documents, "documents");
  return [
    entity.name,
    facts(
      ["Id", el("code", {}, entity.id)],
      ["Type", [el("b", {}, entity.type), " ", data.words.types[entity.type]]],
      ["Written", entity.aliases.join(", ")],
      ["Wikidata", entity.wikidata],
      ["Note", entity.note],
    ),
    el("h2", {}, `${count(named, "mention")} in ${count(documents.length, "document")}`),
    el(
      "ul",
      {},
      first.map(({ item, named, stood }) =>
        el(
          "li",
          {},
          link(`document/${item.id}`, item.id),
          el("span", { class: "note" }, ` ${shortened(item.title, 60)}: ${named}${stood ? `, ${stood} that stand for it` : ""}`),
        ),
      ),
    ),
    more,
  ];
}

function placesList(heading, places) {
  const groups = new Map();
  for (const place of places) groups.set(place.item, [...(groups.get(place.item) ?? []), place]);
  return el(
    "section",
    {},
    el("h2", {}, heading),
    [...groups].map(([item, held]) =>
      el(
        "section",
        { class: "places" },
        el(
          "h3",
          {},
          link(`document/${item.id}`, item.id),
          " ",
          el("span", { class: "note" }, shortened(item.title, 60)),
        ),
        el(
          "ul",
          { class: "context" },
          held.map(({ mention }) =>
            el("li", { dir: "auto" }, inContext(textOf(item), mention, `document/${item.id}/${mention.id ?? ""}`)),
          ),
        ),
      ),
    ),
  );
}

function inContext(text, mention, to) {
  const [before, here, after] = text.around(...mention.span);
  return [before, el("a", { href: `#/${to}`, class: `mark mention type-${mention.type}` }, here), after];
}
