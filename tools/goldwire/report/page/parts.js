// Parts of a large report: texts and labels are in a file for every page, which is loaded when a view needs it.

const policy = data.parts && globalThis.trustedTypes?.createPolicy("goldwire", { createScriptURL: (url) => url });
const PAIR = /^(.+-\d{2,})_(.+-\d{2,})$/;

/** What a file of a page calls; a file that another run of the command wrote is not read. */
globalThis.goldwirePart = (stamp, id, part) => {
  if (stamp !== data.stamp) return;
  Object.assign(pages.get(id), part.page);
  for (const [name, held] of Object.entries(part.documents)) Object.assign(documents.get(name), held);
  for (const [name, passages] of Object.entries(part.pairs)) pairs.get(name).passages = passages;
};

/** The pages that the view at an address needs and that are not there yet. */
function missingPages([part, id, detail]) {
  const unit = part === "run" ? detail : id;
  if (!data.parts || !unit || !["page", "document", "pair", "run"].includes(part)) return [];
  const [, ...names] = PAIR.exec(unit) ?? [null, unit];
  const needed = names.map((name) => documents.get(name)?.page ?? name).filter((name) => pages.has(name));
  return needed.filter((name) => pages.get(name).text == null);
}

function loadPage(id) {
  return new Promise((resolve, reject) => {
    const place = `${encodeURIComponent(data.parts)}/${id}.js`;
    const fail = () => reject(new Error(`${data.parts}/${id}.js is missing or of another report.`));
    const script = document.createElement("script");
    script.src = policy?.createScriptURL(place) ?? place;
    script.onerror = fail;
    script.onload = () => (pages.get(id).text == null ? fail() : resolve());
    document.head.append(script);
  });
}

/** The number of labels of a layer, or of words, of a document; null if the layer is not labelled. */
function sizeOf(item, layer) {
  if (item.sizes) return item.sizes[layer];
  return layer === "words" ? words(item.text) : (item[layer]?.length ?? null);
}

/** How many mentions of a document name each entity, and how many stand for it. */
function namesOf(item) {
  if (item.names) return item.names;
  const found = {};
  for (const mention of item.mentions ?? []) {
    for (const [id, place] of [[mention.entity, 0], [mention.stands_for, 1]]) {
      if (id) (found[id] ??= [0, 0])[place] += 1;
    }
  }
  return found;
}

/** The number of characters of a page in each role; null if its blocks are not labelled. */
function coverOf(page) {
  if (page.cover !== undefined) return page.cover;
  if (!page.blocks) return null;
  const found = {};
  for (const { role, span } of page.blocks) found[role] = (found[role] ?? 0) + span[1] - span[0];
  return found;
}

const LISTED = 500;
/** The first of a long list, since a browser is slow with many thousands of rows, and a note if there are more. */
function firstOf(items, noun) {
  const note = items.length > LISTED && el("p", { class: "note" }, `The first ${LISTED} ${noun}; search for the others.`);
  return [items.slice(0, LISTED), note];
}
