// Marks: labels drawn into a text. A mark is {key, start, end, className, before, after, name}; the marks of one label
// share its key. `before` and `after` are letters that the style shows, so that the text stays the text, and `name` says
// what the label is to whoever cannot see it.

/** Cut the span of a line wherever a mark begins or ends; each piece with its marks, the longest first. */
function pieces([from, to], marks) {
  const here = marks.filter((mark) => mark.start < to && mark.end > from);
  const cuts = new Set([from, to]);
  for (const mark of here) {
    if (mark.start > from) cuts.add(mark.start);
    if (mark.end < to) cuts.add(mark.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => {
    const start = places[i];
    const held = here.filter((mark) => mark.start <= start && mark.end >= end);
    return { start, end, marks: held.sort((a, b) => b.end - b.start - (a.end - a.start)) };
  });
}

/** Nodes for some pieces; neighbours inside the same mark share its element. */
function nest(text, held, depth) {
  const nodes = [];
  for (let i = 0; i < held.length;) {
    const mark = held[i].marks[depth];
    let j = i + 1;
    if (!mark) {
      nodes.push(document.createTextNode(text.slice(held[i].start, held[i].end)));
    } else {
      while (j < held.length && held[j].marks[depth] === mark) j += 1;
      nodes.push(drawn(text, mark, held.slice(i, j), depth));
    }
    i = j;
  }
  return nodes;
}

function drawn(text, mark, held, depth) {
  const first = held[0].start <= mark.start;
  const last = held[held.length - 1].end >= mark.end;
  const name = `${mark.name}: ${text.slice(mark.start, mark.end)}`;
  const chip = (letters) =>
    mark.name &&
    el("span", { class: "chip", role: "button", tabindex: "-1", "data-letters": letters, "aria-label": name });
  return el(
    "span",
    { class: `mark ${mark.className}`, "data-key": mark.key },
    first && mark.before != null ? chip(mark.before) : null,
    nest(text, held, depth + 1),
    last && mark.after ? chip(mark.after) : null,
  );
}

/** A text with its marks, a paragraph a line; `roles` names the lines. What can be read there is the text, to the letter. */
function article(text, marks, roles = []) {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  const lines = text.lines();
  let next = 0;
  let open = [];
  const paragraphs = lines.map((line, i) => {
    open = open.filter((mark) => mark.end > line[0]);
    while (next < sorted.length && sorted[next].start < line[1]) open.push(sorted[next++]);
    const feed = i < lines.length - 1 ? "\n" : "";
    return el("p", { class: `line ${roles[i] ?? ""}`, dir: "auto" }, nest(text, pieces(line, open), 0), feed);
  });
  return el("div", { class: "text" }, paragraphs);
}

/**
 * Make the marks of a text live: hover shows a label, click or Enter keeps it, arrow keys go from label to label.
 * `show(key)` draws what is known of a label, and of none for null; `related(key)` gives the keys and classes to light up.
 */
function livemarks(node, show, related) {
  let kept = null;
  let lit = null;
  const chips = () => [...node.querySelectorAll(".chip")].filter((chip) => chip.getClientRects().length);
  const keyOf = (target) => target.closest?.("[data-key]")?.dataset.key ?? null;
  const light = (key) => {
    if (key === lit) return;
    lit = key;
    for (const old of node.querySelectorAll(".lit")) old.classList.remove("lit", "chief");
    node.classList.toggle("lighting", key != null);
    if (key != null) {
      for (const other of related(key)) {
        for (const mark of node.querySelectorAll(`[data-key="${CSS.escape(other)}"]`)) {
          mark.classList.add("lit");
          mark.classList.toggle("chief", other === key);
        }
      }
    }
    show(key, key != null && key === kept);
  };
  const keep = (key) => {
    kept = key;
    lit = undefined; // draw it even where it is lit already, now as the one that is kept
    for (const chip of node.querySelectorAll("[aria-pressed]")) chip.removeAttribute("aria-pressed");
    if (key != null)
      node.querySelector(`[data-key="${CSS.escape(key)}"] > .chip`)?.setAttribute("aria-pressed", "true");
    light(key);
  };
  const focus = (chip) => {
    for (const other of node.querySelectorAll('.chip[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    chip.setAttribute("tabindex", "0");
    chip.focus({ preventScroll: true });
    chip.scrollIntoView({ block: "nearest" });
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  node.addEventListener("pointerover", (event) => event.pointerType === "mouse" && light(keyOf(event.target) ?? kept));
  node.addEventListener("pointerleave", () => light(kept));
  node.addEventListener("focusin", (event) => light(keyOf(event.target)));
  node.addEventListener("focusout", () => light(kept));
  node.addEventListener("click", (event) => {
    const key = keyOf(event.target);
    if (key != null || kept != null) keep(key === kept ? null : key);
  });
  node.addEventListener("keydown", (event) => {
    const all = chips();
    const at = all.indexOf(event.target);
    if (at < 0) return;
    if (event.key in steps) focus(all[Math.min(all.length - 1, Math.max(0, at + steps[event.key]))]);
    else if (event.key === "Enter" || event.key === " ") keep(keyOf(event.target));
    else if (event.key === "Escape") keep(null);
    else return;
    event.preventDefault();
  });
  node.querySelector(".chip")?.setAttribute("tabindex", "0");
  return { keep, light: (key) => light(key ?? kept) };
}
