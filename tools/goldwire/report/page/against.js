// A text with a system's labels against gold's: gold is underlined, the system tinted.

/** The marks of an outcome; where both sides have the same spans, one mark stands for both. */
function outcomeMarks(run, outcome, number) {
  const key = `o${number}`;
  const given = givenOf(outcome);
  const letters = (side) => (side ? (LETTERS[side.type] ?? side.type) : "");
  const same = outcome.gold && given && JSON.stringify(outcome.gold.spans) === JSON.stringify(given.spans);
  const types =
    outcome.gold && given && outcome.gold.type !== given.type
      ? `${letters(outcome.gold)} → ${letters(given)}`
      : letters(outcome.gold ?? given);
  const tell = `${SIGNS[outcome.kind]} ${types}`.replaceAll(" ", "\u00a0");
  const make = (side, className, says) =>
    side.spans.map(([start, end], i) => ({
      key,
      start,
      end,
      className: `outcome kind-${outcome.kind} ${className}`,
      after: i === side.spans.length - 1 ? says : null,
      name: verdict(run, outcome),
    }));
  if (same) return make(outcome.gold, "in-gold given", tell);
  return [
    ...(outcome.gold ? make(outcome.gold, "in-gold", given ? null : tell) : []),
    ...(given ? make(given, "given", tell) : []),
  ];
}

function againstView(run, number, unit) {
  if (run.task === "duplicates") return pairAgainst(run, number, unit);
  const here = run.outcomes.filter((outcome) => outcome.unit === unit);
  const judged = unit in run.units;
  const body = el("div", {});
  const panel = el("div", { class: "details", "aria-live": "polite" });
  const faults = el("div", {});
  const draw = () =>
    body.replaceChildren(
      run.task === "segments" ? blocksAgainst(run, unit, here) : textAgainst(run, unit, here, panel, faults),
    );
  draw();
  const order = Object.keys(run.units).sort((a, b) => (run.units[a] ?? 2) - (run.units[b] ?? 2));
  const at = order.indexOf(unit);
  const to = (other, says) => other && el("a", { href: `#/run/${number}/${other}` }, says(other));
  const neighbours = el(
    "nav",
    { class: "next", "aria-label": "Worse and better" },
    to(order[at - 1], (other) => `← worse: ${other}`),
    to(order[at + 1], (other) => `better: ${other} →`),
  );
  const lead = el(
    "p",
    { class: "lead" },
    el("a", { href: `#/run/${number}` }, `${run.system} on ${run.task}`),
    ` scores ${fixed(run.units[unit])} here, ${run.headline}. `,
    run.task !== "segments" && link(`document/${unit}`, "Gold alone"),
  );
  const signed = el("p", { class: "signed" }, el("code", { class: "signature" }, run.signature));
  if (!judged)
    return [
      `${run.system}, ${unit}`,
      el("p", { class: "empty" }, "Not scored: it repeats an earlier article of the corpus."),
    ];
  const reading = el(
    "div",
    { class: run.task === "segments" ? "wide" : "reading" },
    el(
      "div",
      { class: "filters" },
      outcomeFilters(run, here, textState, draw),
      run.task === "segments" ? null : againstKey(),
    ),
    body,
    neighbours,
  );
  return [
    `${run.system}, ${run.task === "segments" ? "page " : ""}${unit}`,
    lead,
    signed,
    run.task === "segments"
      ? reading
      : el(
          "div",
          { class: "reader" },
          reading,
          el("aside", { class: "panel", "aria-label": "Current label" }, panel, faults),
        ),
  ];
}

function againstKey() {
  const sample = (className, says) => el("span", { class: `outcome ${className}` }, says);
  return el(
    "p",
    { class: "keys" },
    sample("in-gold kind-bounds", "underlined: gold"),
    sample("given kind-bounds", "tinted: the system"),
    sample("in-gold given kind-bounds", "both"),
  );
}

function textAgainst(run, unit, here, panel, faults) {
  const text = unitText(run, unit);
  const shown = chosen(here, textState);
  const decoys = run.task === "quotes" ? decoyMarks(documents.get(unit).decoys ?? []) : [];
  const node = article(
    text,
    [...shown.flatMap((outcome, i) => outcomeMarks(run, outcome, i)), ...decoys],
    rolesOf(documents.get(unit)),
  );
  const told = (key) =>
    key?.startsWith("o")
      ? outcomePanel(run, text, shown[Number(key.slice(1))])
      : key && decoyPanel(text, decoys.find((mark) => mark.key === key).decoy);
  const show = (key, kept) => {
    const known = told(key);
    panel.classList.toggle("open", Boolean(known));
    const close =
      kept &&
      el(
        "button",
        { type: "button", class: "close", "aria-label": "Deselect this label", onclick: () => live.keep(null) },
        "×",
      );
    panel.replaceChildren(...[close, ...(known ?? againstHints(shown))].filter((part) => part));
  };
  const live = livemarks(node, show, (key) => [key]);
  show(null);
  faults.replaceChildren(...faultList(run, text, shown, live));
  return node;
}

/** Whatever of a document is not right, to go through from the panel. */
function faultList(run, text, shown, live) {
  const wrong = shown.map((outcome, i) => [outcome, `o${i}`]).filter(([{ kind, parts }]) => kind !== "hit" || parts);
  const row = ([outcome, key]) =>
    el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "plain row",
          onclick: () => live.keep(key),
          onfocus: () => live.light(key),
          onblur: () => live.light(null),
        },
        el("span", { class: `verdict kind-${outcome.kind}` }, el("span", { class: "dot" }), verdict(run, outcome)),
        shortened(text.slice(...(outcome.gold ?? outcome.given).spans[0])),
      ),
    );
  return wrong.length
    ? [
        el(
          "details",
          { class: "quotes", open: matchMedia("(min-width: 60rem)").matches },
          el("summary", {}, `${wrong.length} wrong`),
          el("ol", {}, wrong.map(row)),
        ),
      ]
    : [];
}

function againstHints(shown) {
  return [
    el("h3", {}, count(shown.length, "label")),
    el("p", { class: "note" }, "Point at one, or move to the text with Tab and from label to label with the arrow keys."),
  ];
}

function outcomePanel(run, text, outcome) {
  const side = (held) =>
    held && [
      held.spans.map((span, i) => [i ? " … " : "", text.slice(...span)]),
      el("br"),
      el("b", {}, held.type),
      " ",
      el("code", {}, offsets(held.spans)),
    ];
  const part = (held, name) => held && (held[name] ? text.slice(...held[name]) : held[name] === null ? "none" : null);
  const given = givenOf(outcome);
  const both = (name) =>
    (outcome.gold && name in outcome.gold) || (given && name in given)
      ? [`${part(outcome.gold, name) ?? "–"} | ${part(given, name) ?? "–"}`]
      : null;
  return [
    el(
      "h3",
      {},
      el("span", { class: `verdict kind-${outcome.kind}` }, el("span", { class: "dot" }), kindsOf(run)[outcome.kind]),
    ),
    facts(
      ["Gold", side(outcome.gold) ?? "nothing here"],
      ["System", side(given) ?? "nothing here"],
      ["Cue, gold | system", both("cue")],
      ["Speaker, gold | system", both("speaker")],
      ["Entity, gold", outcome.gold?.who && entityLinks(outcome.gold.who)],
      ["Entity, system", given !== outcome.gold && given?.who && given.who.join(", ")],
      ["Differs", outcome.parts?.join(", ")],
    ),
  ];
}

/** A page cut wherever either side cuts it, with the roles of both beside every stretch. */
function blocksAgainst(run, unit, here) {
  const text = unitText(run, unit);
  const sides = [here.map(({ gold }) => gold), here.map(givenOf)].map((held) =>
    held.filter((block) => block).sort((a, b) => a.spans[0][0] - b.spans[0][0]),
  );
  const cuts = new Set([0, text.length, ...sides.flat().flatMap(({ spans }) => spans[0])]);
  const places = [...cuts].sort((a, b) => a - b);
  const outcomeOf = new Map(
    here.flatMap((outcome) => [
      [outcome.gold, outcome],
      [givenOf(outcome), outcome],
    ]),
  );
  const shown = new Set(chosen(here, textState));
  const rows = places.slice(1).map((end, i) => stretchAgainst(text, places[i], end, sides, outcomeOf, shown));
  return el(
    "div",
    { class: "blocks against" },
    el("div", { class: "block heads" }, el("b", {}, "gold"), el("b", {}, "system"), el("span", {})),
    rows,
  );
}

function stretchAgainst(text, start, end, sides, outcomeOf, shown) {
  const words = text.slice(start, end);
  if (!/\S/.test(words)) return el("div", { class: "gap" }, el("span", { class: "chars" }, words));
  const held = sides.map((side) => side.find(({ spans: [[from, to]] }) => from <= start && to >= end));
  const outcome = outcomeOf.get(held[0]) ?? outcomeOf.get(held[1]);
  const gutter = (block) =>
    el(
      "span",
      { class: "gutter" },
      el("span", { class: "role" }, block?.type ?? "–"),
      el("span", { class: "note" }, block?.document ?? (block ? "page" : "")),
    );
  const row = el(
    "div",
    { class: `block kind-${outcome?.kind ?? "miss"}` },
    held.map(gutter),
    el("span", { class: "chars", dir: "auto" }, words),
  );
  row.hidden = outcome != null && !shown.has(outcome);
  return row;
}

function pairAgainst(run, number, unit) {
  const outcome = run.outcomes.find((other) => other.unit === unit);
  const [, a, b] = PAIR.exec(unit) ?? [];
  if (!outcome || !documents.has(a) || !documents.has(b)) return null;
  const given = givenOf(outcome);
  const says = (side) => (side ? [side.type, side.spans].filter((part) => part).join(", ") : "distinct");
  const columns = el(
    "div",
    { class: "columns" },
    [a, b].map((name, side) => {
      const passages = (held, className) =>
        (held?.passages ?? []).map((passage, i) => ({
          key: `${className}${i}`,
          start: passage[side][0],
          end: passage[side][1],
          className: `outcome kind-${outcome.kind} ${className}`,
          before: `${className === "given" ? "system" : "gold"} ${i + 1}`,
          name: `passage ${i + 1}`,
        }));
      const node = article(
        textOf(documents.get(name)),
        [...passages(outcome.gold, "in-gold"), ...passages(given, "given")],
        rolesOf(documents.get(name)),
      );
      return el("section", { class: "side" }, el("h2", {}, link(`document/${name}`, name)), node);
    }),
  );
  livemarks(
    columns,
    () => {},
    (key) => [key],
  );
  return [
    `${a} and ${b}`,
    el(
      "p",
      { class: "lead" },
      el("a", { href: `#/run/${number}` }, `${run.system} on ${run.task}`),
      ": ",
      el("span", { class: `verdict kind-${outcome.kind}` }, el("span", { class: "dot" }), kindsOf(run)[outcome.kind]),
      `. Gold says ${says(outcome.gold)}, the system ${says(given)}.`,
      el("br"),
      el("code", { class: "signature" }, run.signature),
    ),
    columns,
  ];
}
