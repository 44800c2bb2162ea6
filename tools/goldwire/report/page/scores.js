// Scores: every system of a task side by side, with intervals, and the signature that the numbers hold under.

const TASK_NAMES = { entities: "Entities", quotes: "Quotes", duplicates: "Duplicates", segments: "Segments" };
const SHAPES = [
  (x) => el("circle", { cx: x, cy: "50%", r: 5 }),
  (x) => centred(x, el("rect", { x: -4.5, y: -4.5, width: 9, height: 9 })),
  (x) => centred(x, el("path", { d: "M0-6.5 6.5 0 0 6.5-6.5 0Z" })),
  (x) => centred(x, el("path", { d: "M0-6 6 5H-6Z" })),
  (x) => centred(x, el("path", { d: "M0 6-6-5H6Z" })),
  (x) => centred(x, el("path", { d: "M-5-5 5 5M5-5-5 5", class: "cross" })),
];

/** A shape about a point of a plot without a scale of its own: a nested drawing stands at a share of the width. */
function centred(x, shape) {
  return el("svg", { x, y: "50%", overflow: "visible" }, shape);
}

const FEW = 2;

function fixed(value) {
  return value == null ? "–" : value.toFixed(3);
}

/** An interval, or how many articles or pages there are if they are too few for one. */
function interval(bounds, clusters, task) {
  const units = `${clusters} ${task === "segments" ? "page" : "article"}${clusters === 1 ? "" : "s"}`;
  return bounds ? `[${fixed(bounds[0])}, ${fixed(bounds[1])}]` : `no interval: ${units}`;
}

function share(value) {
  return `${(100 * Math.min(1, Math.max(0, value))).toFixed(2)}%`;
}

function scoresView() {
  const tasks = Object.keys(TASK_NAMES).filter((task) => data.runs.some((run) => run.task === task));
  return [
    "Scores",
    el(
      "p",
      { class: "lead" },
      "Each dot is a system's score, each line its 95 % interval over the different articles. " +
        "Intervals are wide if there is little data, and fewer than eight articles or pages have none.",
    ),
    tasks.map(taskScores),
  ];
}

function taskScores(task) {
  const runs = data.runs.filter((run) => run.task === task).sort((a, b) => (b.f1 ?? -1) - (a.f1 ?? -1));
  return el(
    "section",
    { class: "task", "aria-labelledby": `task-${task}` },
    el("h2", { id: `task-${task}` }, TASK_NAMES[task]),
    headlines(runs),
    el("details", { open: runs.length > 1 }, el("summary", {}, "Every measure"), plot(runs)),
  );
}

/** One row a system: the headline number as a dot with its interval, the counts, the signature. */
function headlines(runs) {
  const rows = runs.map((run) => {
    const first = run.rows.find((row) => `${row.name} F1` === run.headline) ?? {};
    return el(
      "div",
      { class: "standing" },
      el("div", { class: "who" }, el("a", { href: `#/run/${data.runs.indexOf(run)}` }, run.system)),
      track([{ value: run.f1, interval: run.interval, at: 0 }]),
      el(
        "div",
        { class: "what" },
        el("b", {}, fixed(run.f1)),
        ` ${interval(run.interval, run.clusters, run.task)} `,
        el(
          "span",
          { class: "note" },
          run.headline,
          first.gold != null &&
            `, ${round(first.hits)} correct of ${round(first.predicted)} predicted and ${round(first.gold)} in gold`,
        ),
      ),
      el("code", { class: "signature" }, run.signature),
    );
  });
  return el("div", { class: "standings" }, rows, axis());
}

function round(number) {
  return Number.isInteger(number) ? number.toLocaleString("en") : number.toFixed(1);
}

/** A strip from 0 to 1 with a dot and a line for every value. */
function track(values) {
  const grid = [0.25, 0.5, 0.75].map((at) =>
    el("line", { class: "grid", x1: share(at), x2: share(at), y1: 0, y2: "100%" }),
  );
  const drawn = values
    .filter(({ value }) => value != null)
    .map(({ value, interval: bounds, at }) =>
      el(
        "g",
        { class: `series series-${at % SHAPES.length}` },
        bounds && el("line", { class: "whisker", x1: share(bounds[0]), x2: share(bounds[1]), y1: "50%", y2: "50%" }),
        SHAPES[at % SHAPES.length](share(value)),
      ),
    );
  return el("svg", { class: "track", "aria-hidden": "true", height: 18 }, grid, drawn);
}

function axis() {
  return el(
    "div",
    { class: "axis", "aria-hidden": "true" },
    [0, 0.25, 0.5, 0.75, 1].map((at) => el("span", {}, String(at))),
  );
}

/** Every measure of a task, group by group, the systems of a measure under each other. */
function plot(runs) {
  const groups = new Map();
  for (const run of runs)
    for (const row of run.rows) {
      if (!groups.has(row.group)) groups.set(row.group, new Map());
      const rows = groups.get(row.group);
      if (!rows.has(row.name)) rows.set(row.name, []);
      rows.get(row.name).push({ run, row, at: runs.indexOf(run) });
    }
  const legend =
    runs.length > 1 &&
    el(
      "p",
      { class: "keys" },
      runs.map((run, at) =>
        el(
          "span",
          { class: "key" },
          el(
            "svg",
            { class: "swatch", width: 14, height: 14, "aria-hidden": "true" },
            el("g", { class: `series series-${at % SHAPES.length}` }, SHAPES[at % SHAPES.length]("50%")),
          ),
          ` ${run.system}`,
        ),
      ),
    );
  const signatures = [...new Set(runs.map((run) => run.signature))].map((signature) =>
    el("code", { class: "signature" }, signature),
  );
  return el(
    "div",
    { class: "plot" },
    legend,
    [...groups].map(([group, rows]) =>
      el(
        "section",
        {},
        el("h3", {}, group),
        [...rows].map(([name, held]) => measure(name, held, runs.length > 1)),
        axis(),
      ),
    ),
    el("p", {}, signatures),
  );
}

function measure(name, held, several) {
  return el(
    "div",
    { class: "measure" },
    el("div", { class: "name" }, name),
    el(
      "div",
      {},
      held.map(({ run, row, at }) =>
        el(
          "div",
          { class: "value" },
          track([{ ...row, at }]),
          el(
            "span",
            { class: "said" },
            el("b", {}, fixed(row.value)),
            row.value != null && ` ${interval(row.interval, row.clusters, run.task)}`,
            row.number !== "f1" && ` ${row.number}`,
            row.gold > 0 && row.gold <= FEW && ` n = ${row.gold}`,
            several && el("span", { class: "note" }, ` ${run.system}`),
          ),
        ),
      ),
    ),
  );
}
