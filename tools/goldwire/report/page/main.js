// The page: which view stands at which address, the parts that are always there, and the switch of colours.

const PARTS = [
  ["", "Corpus"],
  ["entities", "Entities"],
  ["pairs", "Pairs"],
  ["about", "About"],
];
const BELONGS = { page: "", document: "", entity: "entities", pair: "pairs", run: "scores" };

/** The view at an address: its heading, then its nodes; null where there is none. */
function viewAt([part, id, detail]) {
  const of = (map, view) => map.has(id) && view(map.get(id), detail);
  const views = {
    "": corpusView,
    page: () => of(pages, pageView),
    document: () => of(documents, documentView),
    entities: registryView,
    entity: () => of(entities, entityView),
    pairs: pairsView,
    pair: () => of(pairs, pairView),
    about: aboutView,
    scores: scoresView,
    run: () => runAt(id, detail),
  };
  return Object.hasOwn(views, part) ? views[part]() || null : null;
}

function runAt(number, unit) {
  const run = data.runs[number];
  if (!run || !unit) return run && runView(run, number);
  const known = (run.task === "segments" ? pages : documents).has(unit) || run.task === "duplicates";
  return known && againstView(run, number, unit);
}

function aboutView() {
  const { version, digest, set } = data.corpus;
  return [
    "About the labels",
    facts(
      ["Data", el("code", {}, `${version}+${digest}`)],
      ["Labels", set.name],
      ["Description", set.description],
      ["Annotators", set.annotators.join(", ")],
      ["Adjudicators", set.adjudicators.join(", ")],
      ["Guideline", set.guidelines && `version ${set.guidelines}`],
    ),
    data.notes.map(({ title, text }) => el("section", { class: "prose" }, el("h2", {}, title), prose(text))),
  ];
}

/** Paragraphs, lists, bold and code of a data card; whatever else it holds is shown as it is written. */
function prose(text) {
  return text.split(/\n{2,}/).map((part) => {
    const items = part.split(/\n(?=(?:\d+\.|-) )/);
    if (!/^(\d+\.|-) /.test(part)) return el("p", {}, inline(part));
    return el(
      /^\d/.test(part) ? "ol" : "ul",
      {},
      items.map((item) => el("li", {}, inline(item.replace(/^(\d+\.|-) /, "")))),
    );
  });
}

function inline(text) {
  return text
    .replace(/\n\s*/g, " ")
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .map((part) => {
      if (/^`.+`$/.test(part)) return el("code", {}, part.slice(1, -1));
      return /^\*\*.+\*\*$/.test(part) ? el("strong", {}, part.slice(2, -2)) : part;
    });
}

/** Parts of the address, and what is searched there: `#/entities?query=Lavrov`. */
function addressed() {
  const [path, ...query] = location.hash.replace(/^#\/?/, "").split("?");
  return [decoded(path).split("/"), new URLSearchParams(query.join("?"))];
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a percent sign by itself
  }
}

/** The search of a view, as its address has it; the function that changes a field of it also changes the address. */
function searched(fields) {
  const [path, query] = addressed();
  const state = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, query.get(key) ?? value]));
  const change = (key, value) => {
    state[key] = value;
    const kept = new URLSearchParams(Object.entries(state).filter(([name, held]) => held !== fields[name]));
    history.replaceState(null, "", `#/${path.join("/")}${kept.size ? `?${kept}` : ""}`);
  };
  return [state, change];
}

function go(first = false) {
  const [address] = addressed();
  const here = location.hash;
  const missing = missingPages(address);
  if (!missing.length) return show(address, viewAt(address), first);
  const failed = ({ message }) => show(address, ["Not loaded", el("p", {}, message)], first);
  return Promise.all(missing.map(loadPage)).then(() => location.hash === here && go(first), failed);
}

function show(address, view, first) {
  const [heading, ...nodes] = view ?? [
    "Nothing here",
    el("p", {}, "The report has no page at this address. ", link("", "To the corpus"), "."),
  ];
  const title = el("h1", { tabindex: "-1", dir: "auto" }, heading);
  const main = document.getElementById("main");
  main.replaceChildren(title, ...nodes.flat(Infinity).filter((node) => node));
  document.title = `${heading} · goldwire`;
  const here = BELONGS[address[0]] ?? address[0];
  for (const anchor of document.querySelectorAll(".top nav a")) {
    if (anchor.dataset.part === here) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  if (first) return;
  scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

const THEMES = [
  ["light dark", "Auto", "as in the operating system"],
  ["light", "Light", "light"],
  ["dark", "Dark", "dark"],
];

function themeSwitch(button) {
  let at = Math.max(
    0,
    THEMES.findIndex(([scheme]) => scheme === remembered()),
  );
  const draw = () => {
    const [scheme, name, says] = THEMES[at];
    document.documentElement.style.colorScheme = scheme;
    button.textContent = name;
    button.setAttribute("aria-label", `Colours: ${says}`);
  };
  button.addEventListener("click", () => {
    at = (at + 1) % THEMES.length;
    draw();
    remember(THEMES[at][0]);
  });
  draw();
}

function remembered() {
  try {
    return localStorage.getItem("goldwire-colours");
  } catch {
    return null; // a browser may keep nothing for files
  }
}

function remember(scheme) {
  try {
    localStorage.setItem("goldwire-colours", scheme);
  } catch {
    // then the choice holds until the page is closed
  }
}

/** Colours of types come with the data, since Label Studio shows the same ones. */
function colourTypes() {
  const rules = Object.entries(data.words.colours);
  const sheet = document.styleSheets[0];
  for (const [type, colour] of rules) sheet.insertRule(`.type-${type} { --c: ${colour}; }`, sheet.cssRules.length);
}

function begin() {
  colourTypes();
  const parts = data.runs.length ? [...PARTS.slice(0, 3), ["scores", "Scores"], PARTS[3]] : PARTS;
  document
    .querySelector(".top nav")
    .append(...parts.map(([part, name]) => el("a", { href: `#/${part}`, "data-part": part }, name)));
  document.querySelector(".data-version").textContent = `data ${data.corpus.version}+${data.corpus.digest}`;
  const contested = data.notes.find(({ title }) => title === "Contested content");
  document
    .querySelector(".foot")
    .append(
      ...[
        contested && el("p", {}, el("b", {}, "Contested content. "), inline(contested.text)),
        el(
          "p",
          {},
          `Labels: ${data.corpus.set.name}${data.corpus.set.annotators.length ? `, by ${data.corpus.set.annotators.join(", ")}` : ""}. `,
          link("about", "About the labels"),
        ),
      ].filter((node) => node),
    );
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  themeSwitch(document.querySelector(".theme"));
  addEventListener("hashchange", () => go());
  go(true);
}

begin();
