// Pairs of documents that share text, with the passages side by side.

const RELATION_SAYS = {
  exact: "the same text after normalisation",
  near: "the same article with edits",
  contained: "one contains the whole text of the other",
  related: "different articles that share a passage",
};

function pairsView() {
  const [state, set] = searched({ relation: "", document: "" });
  const body = el("div", {});
  const draw = () => {
    const found = data.pairs.filter(
      (pair) =>
        (!state.relation || pair.relation === state.relation) &&
        (!state.document || pair.a.includes(state.document) || pair.b.includes(state.document)),
    );
    const [first, more] = firstOf(found, "pairs");
    body.replaceChildren(
      el("p", { class: "note", role: "status" }, `${found.length} of ${count(data.pairs.length, "pair")}`),
      table(
        "Pairs",
        ["Pair", "Relation", { text: "Passages", number: true }, { text: "Shared", number: true }, "Titles"],
        first.map(pairRow),
        "pairs",
      ),
      more || "",
    );
  };
  const relations = tally(data.pairs.map(({ relation }) => relation)).map(([relation, number]) => [
    relation,
    `${relation} (${number})`,
  ]);
  const bar = el(
    "search",
    { class: "bar" },
    search(
      "Document",
      state.document,
      (value) => {
        set("document", value.trim());
        draw();
      },
      "000-01",
    ),
    choice("Relation", [["", "all"], ...relations], state.relation, (value) => {
      set("relation", value);
      draw();
    }),
  );
  draw();
  return [
    "Pairs",
    el("p", { class: "lead" }, "Two documents that share text. A pair that is not listed shares none."),
    bar,
    body,
  ];
}

function sharedPart(pair, side) {
  if (pair.shared) return pair.shared[side];
  const size = pair.passages.reduce((sum, passage) => sum + passage[side][1] - passage[side][0], 0);
  return Math.round((100 * size) / Math.max(1, textOf(documents.get(pair[side])).length));
}

function pairRow(pair) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, link(`pair/${pair.a}_${pair.b}`, `${pair.a} and ${pair.b}`)),
    el("td", {}, el("span", { class: `relation relation-${pair.relation}` }, pair.relation)),
    el("td", { class: "n" }, String(pair.number ?? pair.passages.length)),
    el("td", { class: "n" }, `${sharedPart(pair, "a")} % and ${sharedPart(pair, "b")} %`),
    el(
      "td",
      { class: "note", dir: "auto" },
      shortened(documents.get(pair.a).title, 60),
      el("br"),
      shortened(documents.get(pair.b).title, 60),
    ),
  );
}

function relationSays(pair) {
  if (pair.direction === "a_in_b") return `${pair.b} contains the whole text of ${pair.a}`;
  if (pair.direction === "b_in_a") return `${pair.a} contains the whole text of ${pair.b}`;
  return RELATION_SAYS[pair.relation];
}

function pairView(pair) {
  const views = ["a", "b"].map((side) => pairSide(pair, side));
  const columns = el("div", { class: "columns" }, views);
  const show = () => {};
  const live = livemarks(columns, show, (key) => [key]);
  const jumps = pair.passages.map((passage, i) =>
    el(
      "button",
      {
        type: "button",
        class: "jump",
        onclick: () => {
          live.keep(`p${i}`);
          for (const view of views) align(view, `p${i}`);
        },
      },
      `Passage ${i + 1}`,
    ),
  );
  return [
    `${pair.a} and ${pair.b}`,
    el(
      "p",
      { class: "lead" },
      el("span", { class: `relation relation-${pair.relation}` }, pair.relation),
      ` ${relationSays(pair)}. `,
      `${count(pair.passages.length, "passage")}: ${sharedPart(pair, "a")} % of ${pair.a}, ${sharedPart(pair, "b")} % of ${pair.b}. `,
      el("span", { class: "note" }, "Words that only one side has are underlined."),
    ),
    el("div", { class: "jumps" }, jumps),
    columns,
  ];
}

function align(view, key) {
  const box = view.querySelector(".text");
  const mark = view.querySelector(`[data-key="${key}"]`);
  if (box && mark) box.scrollTo({ top: mark.offsetTop - box.offsetTop - 24, behavior: "instant" });
}

function pairSide(pair, side) {
  const item = documents.get(pair[side]);
  const text = textOf(item);
  const other = side === "a" ? "b" : "a";
  const marks = pair.passages.flatMap((passage, i) => [
    {
      key: `p${i}`,
      start: passage[side][0],
      end: passage[side][1],
      className: `passage passage-${i % 2}`,
      before: String(i + 1),
      name: `passage ${i + 1}`,
    },
    ...edits(text, passage[side], textOf(documents.get(pair[other])), passage[other]).map(([start, end]) => ({
      key: `p${i}`,
      start,
      end,
      className: "edit",
    })),
  ]);
  const node = article(text, marks, rolesOf(item));
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "region");
  node.setAttribute("aria-label", `Text of ${item.id}`);
  return el(
    "section",
    { class: "side" },
    el("h2", {}, link(`document/${item.id}`, item.id), " ", el("span", { class: "note" }, `page ${item.page}`)),
    node,
  );
}

const LONG = 2500;

/** Words of a passage that a longest common run of words with the other passage leaves out, as spans; none where too long. */
function edits(text, [from, to], otherText, [otherFrom, otherTo]) {
  const here = wordSpans(text, from, to);
  const there = wordSpans(otherText, otherFrom, otherTo).map(([word]) => word);
  if (here.length > LONG || there.length > LONG) return [];
  const kept = common(
    here.map(([word]) => word),
    there,
  );
  return here.filter((_, i) => !kept.has(i)).map(([, start, end]) => [start, end]);
}

function wordSpans(text, from, to) {
  const found = [];
  const string = text.slice(from, to);
  for (const match of string.matchAll(/[\p{L}\p{N}]+/gu)) {
    const start = from + (text.units ? Array.from(string.slice(0, match.index)).length : match.index);
    found.push([match[0].toLowerCase(), start, start + Array.from(match[0]).length]);
  }
  return found;
}

/** Indices of the first list that a longest common subsequence keeps. */
function common(a, b) {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  const kept = new Set([...Array(head).keys(), ...Array.from({ length: tail }, (_, i) => a.length - 1 - i)]);
  const best = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      best[i][j] = a[head + i] === b[head + j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < n && j < m;) {
    if (a[head + i] === b[head + j]) {
      kept.add(head + i);
      i += 1;
      j += 1;
    } else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}
