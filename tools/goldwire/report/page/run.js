// A system against gold: what became of every label, by document, by type, one by one.

const KINDS = {
  hit: "correct",
  type: "wrong type",
  bounds: "wrong boundaries",
  both: "wrong type and boundaries",
  miss: "missed",
  invention: "spurious",
};
const SIGNS = { hit: "✓", type: "≠", bounds: "↔", both: "≠↔", miss: "missed", invention: "spurious" };
const PAIR_KINDS = {
  ...KINDS,
  type: "wrong relation",
  bounds: "wrong direction",
  both: "wrong relation and direction",
};
const textState = { kinds: new Set(Object.keys(KINDS)), type: "" };
const listState = { kinds: new Set(Object.keys(KINDS).filter((kind) => kind !== "hit")), type: "", shown: 100 };

function kindsOf(run) {
  return run.task === "duplicates" ? PAIR_KINDS : KINDS;
}

/** What the system gave; of a hit that is what gold has, and is not written twice. */
function givenOf(outcome) {
  return outcome.given ?? (outcome.kind === "invention" || outcome.kind === "miss" ? null : outcome.gold);
}

function typesOf(outcome) {
  return [outcome.gold?.type, givenOf(outcome)?.type].filter((type) => type);
}

function chosen(outcomes, state) {
  return outcomes.filter(
    (outcome) => state.kinds.has(outcome.kind) && (!state.type || typesOf(outcome).includes(state.type)),
  );
}

/** Boxes for what became of labels and a choice of type; they hold from view to view. */
function outcomeFilters(run, outcomes, state, changed) {
  const names = kindsOf(run);
  const tallied = new Map(tally(outcomes.map(({ kind }) => kind)));
  const options = Object.keys(names)
    .filter((kind) => tallied.has(kind))
    .map((kind) => ({ value: kind, label: names[kind], number: tallied.get(kind), className: `kind kind-${kind}` }));
  const types = tally(outcomes.flatMap((outcome) => [...new Set(typesOf(outcome))])).map(([type, number]) => [
    type,
    `${type} (${number})`,
  ]);
  if (state.type && !types.some(([type]) => type === state.type)) types.push([state.type, `${state.type} (0)`]);
  return el(
    "div",
    { class: "outcome-filters" },
    boxes("Outcomes", options, state.kinds, changed),
    choice("Type", [["", "all"], ...types], state.type, (type) => {
      state.type = type;
      changed();
    }),
  );
}

function runView(run, number) {
  const list = el("div", {});
  const draw = () => list.replaceChildren(outcomeList(run, number));
  draw();
  const main = run.rows.find((row) => `${row.name} F1` === run.headline);
  return [
    `${run.system} on ${run.task}`,
    el("p", { class: "lead" }, run.says, run.made.length > 0 && ` (${run.made.join(", ")})`),
    el(
      "dl",
      { class: "figures" },
      el(
        "div",
        {},
        el("dt", {}, `${run.headline}, 95 % interval ${interval(run.interval, run.clusters, run.task)}`),
        el("dd", {}, fixed(run.f1)),
      ),
      main?.precision !== undefined &&
        [
          ["precision", main.precision],
          ["recall", main.recall],
          ["macro F1 over " + (run.task === "segments" ? "pages" : "documents"), run.macro],
        ]
          .filter(([, value]) => value != null)
          .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, fixed(value)))),
    ),
    el("p", {}, el("code", { class: "signature" }, run.signature)),
    run.left_out.map((words) => el("p", { class: "note" }, `Scored ${words}.`)),
    outcomeStrip(run),
    run.task === "duplicates" &&
      el(
        "p",
        { class: "note" },
        "This list has pairs of every relation; the number above counts exact and near pairs alone.",
      ),
    Object.keys(run.ignored).length > 0 &&
      el(
        "p",
        { class: "note" },
        "Ignored, of types that gold does not label: ",
        Object.entries(run.ignored)
          .map(([type, n]) => `${type} ${n}`)
          .join(", "),
        ".",
      ),
    run.unread && el("p", { class: "note" }, `Unknown keys: ${run.unread}.`),
    el(
      "div",
      { class: "two" },
      el("section", {}, el("h2", {}, "Every measure"), plot([run])),
      el("div", {}, confusion(run), worst(run, number)),
    ),
    el("h2", {}, "Recall by what gold knows"),
    el("p", { class: "note" }, "Fewer than twenty labels have counts and no number."),
    slices(run),
    el("h2", {}, "Label by label"),
    outcomeFilters(run, run.outcomes, listState, () => {
      listState.shown = 100;
      draw();
    }),
    list,
  ];
}

function outcomeStrip(run) {
  const names = kindsOf(run);
  const tallied = new Map(tally(run.outcomes.map(({ kind }) => kind)));
  const parts = Object.keys(names).filter((kind) => tallied.has(kind));
  const strip = parts.map((kind) => {
    const part = el("span", { class: `strip-${kind}`, title: `${names[kind]}: ${tallied.get(kind)}` });
    part.style.flexGrow = tallied.get(kind);
    return part;
  });
  return [
    el(
      "div",
      {
        class: "cover strip",
        role: "img",
        "aria-label": parts.map((kind) => `${names[kind]} ${tallied.get(kind)}`).join(", "),
      },
      strip,
    ),
    el(
      "p",
      { class: "keys" },
      parts.map((kind) =>
        el(
          "span",
          { class: `key kind-${kind}` },
          el("span", { class: "dot" }),
          ` ${names[kind]} `,
          el("b", {}, tallied.get(kind).toLocaleString("en")),
        ),
      ),
    ),
  ];
}

/** Recall of the gold labels of each slice, and what became of those that were not found. */
function slices(run) {
  const kinds = Object.keys(kindsOf(run)).filter((kind) => kind !== "invention");
  const names = kinds.map((kind) => ({ text: kindsOf(run)[kind], number: true }));
  const rows = run.slices.map((part) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, `${part.by}: ${part.name}`),
      el("td", { class: "n" }, part.recall == null ? "–" : fixed(part.recall)),
      el("td", {}, part.recall == null || !part.clusters ? "" : interval(part.interval, part.clusters, run.task)),
      el("td", { class: "n" }, part.gold),
      kinds.map((kind) => el("td", { class: "n" }, part.kinds[kind])),
    ),
  );
  const head = ["", { text: "recall", number: true }, "95 % interval", { text: "gold", number: true }, ...names];
  return table("Recall by what gold knows", head, rows);
}

/** How often each type of gold was given as each type, with what has no partner. */
function confusion(run) {
  const cells = new Map();
  for (const outcome of run.outcomes) {
    const key = JSON.stringify([outcome.gold?.type ?? null, givenOf(outcome)?.type ?? null]);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const held = [...cells.keys()].map((key) => JSON.parse(key));
  const types = [...new Set(held.flat())].filter((type) => type).sort();
  const most = Math.max(...cells.values());
  const row = (gold) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, gold?.replaceAll("_", " ") ?? "not in gold"),
      [...types, null].map((given) => {
        const number = cells.get(JSON.stringify([gold, given])) ?? 0;
        const cell = el(
          "td",
          {
            class: `n ${gold === given ? "right" : number ? "wrong" : ""}`,
            "aria-label": number ? `${gold ?? "not in gold"} as ${given ?? "nothing"}: ${number}` : null,
          },
          gold === null && given === null ? "" : number || "·",
        );
        if (number)
          cell.style.setProperty("--heat", `${Math.round(12 + (34 * Math.log1p(number)) / Math.log1p(most))}%`);
        return cell;
      }),
    );
  return el(
    "section",
    {},
    el("h2", {}, "Confusion by type"),
    el("p", { class: "note" }, "Rows: gold. Columns: the system."),
    table(
      "Confusion by type",
      [
        "",
        ...types.map((type) => ({ text: LETTERS[type]?.toUpperCase() ?? type, number: true })),
        { text: "none", number: true },
      ],
      [...types, null].map(row),
      "confusion",
    ),
  );
}

function worst(run, number) {
  const by = new Map(Object.keys(run.units).map((unit) => [unit, []]));
  for (const outcome of run.outcomes) by.get(outcome.unit)?.push(outcome);
  if (!by.size) return null;
  const sorted = [...by].sort(([a], [b]) => (run.units[a] ?? 2) - (run.units[b] ?? 2));
  const tell = (held, ...kinds) => String(held.filter(({ kind }) => kinds.includes(kind)).length);
  const rows = sorted.map(([unit, held]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("a", { href: `#/run/${number}/${unit}` }, unit)),
      el("td", { class: "n" }, el("b", {}, fixed(run.units[unit]))),
      el("td", { class: "n" }, tell(held, "hit")),
      el("td", { class: "n" }, tell(held, "type", "bounds", "both")),
      el("td", { class: "n" }, tell(held, "miss")),
      el("td", { class: "n" }, tell(held, "invention")),
    ),
  );
  const numbers = [run.headline, "Correct", "Partly wrong", "Missed", "Spurious"].map((text) => ({ text, number: true }));
  const noun = run.task === "segments" ? "pages" : "documents";
  return el(
    "section",
    {},
    el("h2", {}, `The worst ${noun} first`),
    el("p", {}, el("code", { class: "signature" }, run.signature)),
    el(
      "div",
      { class: "tall" },
      table(`The worst ${noun} first`, [noun === "pages" ? "Page" : "Document", ...numbers], rows),
    ),
  );
}

function outcomeList(run, number) {
  const found = chosen(run.outcomes, listState);
  const rows = found.slice(0, listState.shown).map((outcome) => el("li", {}, outcomeRow(run, number, outcome)));
  const more =
    found.length > listState.shown &&
    el(
      "button",
      {
        type: "button",
        class: "jump",
        onclick: (event) => {
          listState.shown += 400;
          event.target.closest(".outcomes").replaceWith(outcomeList(run, number));
        },
      },
      `Show more of ${found.length.toLocaleString("en")}`,
    );
  return el(
    "div",
    { class: "outcomes" },
    el(
      "p",
      { class: "note", role: "status" },
      `${found.length.toLocaleString("en")} of ${count(run.outcomes.length, "label")}`,
    ),
    el("ul", { class: "context" }, rows),
    more,
  );
}

function outcomeRow(run, number, outcome) {
  const head = [
    el("a", { class: "unit", href: `#/run/${number}/${outcome.unit}` }, outcome.unit.replace("_", " and ")),
    el("span", { class: `verdict kind-${outcome.kind}` }, el("span", { class: "dot" }), verdict(run, outcome)),
  ];
  if (run.task === "duplicates" || unitRecord(run, outcome.unit).text == null) return head;
  const text = unitText(run, outcome.unit);
  const spans = (outcome.gold ?? outcome.given).spans;
  const [before, here, after] = text.around(spans[0][0], spans[spans.length - 1][1], 45);
  return [head, el("span", { class: "words", dir: "auto" }, before, el("b", {}, shortened(here, 160)), after)];
}

/** What became of a label, in words: the sign, the types of both sides, and what else differs. */
function verdict(run, { kind, gold, given, parts = [] }) {
  const types =
    gold && given && gold.type !== given.type ? `${gold.type} given as ${given.type}` : (gold ?? given).type;
  return `${kindsOf(run)[kind]}, ${types}${parts.length ? `; ${parts.join(" and ")} differ${parts.length > 1 ? "" : "s"}` : ""}`;
}

function unitText(run, unit) {
  return textOf(unitRecord(run, unit));
}

function unitRecord(run, unit) {
  return (run.task === "segments" ? pages : documents).get(unit);
}
