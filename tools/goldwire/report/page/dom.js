"use strict";
// Nodes. Every string that reaches the page becomes a text node or an attribute here; nothing is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";
const SVG_NAMES = new Set(["svg", "g", "line", "rect", "circle", "path"]);

/** A node with attributes (those named on… are listeners) and children; empty children are left out. */
function el(name, attributes = {}, ...children) {
  const node = SVG_NAMES.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return node;
}

function link(to, ...children) {
  return el("a", { href: `#/${to}` }, ...children);
}

function count(number, noun, nouns = `${noun}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : nouns}`;
}

function tally(items) {
  const found = new Map();
  for (const item of items) found.set(item, (found.get(item) ?? 0) + 1);
  return [...found].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** A group of boxes to tick, all ticked at first unless `chosen` says otherwise; calls back with the set of values. */
function boxes(legend, options, chosen, changed) {
  const box = ({ value, label, className = "", title = null, number = null }) =>
    el(
      "label",
      { class: `box ${className}`, title },
      el("input", {
        type: "checkbox",
        value,
        checked: chosen.has(value),
        onchange: (event) => {
          if (event.target.checked) chosen.add(value);
          else chosen.delete(value);
          changed(chosen);
        },
      }),
      el("span", { class: "sample" }, label),
      number == null ? null : el("span", { class: "number" }, String(number)),
    );
  return el("fieldset", { class: "boxes" }, el("legend", {}, legend), options.map(box));
}

function field(label, control, className) {
  control.id = `field-${label.toLowerCase()}`;
  return el("div", { class: className }, el("label", { for: control.id }, label), control);
}

function choice(label, options, chosen, changed) {
  return field(
    label,
    el(
      "select",
      { onchange: (event) => changed(event.target.value) },
      options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)),
    ),
    "field",
  );
}

function search(label, value, changed, hint = null) {
  return field(
    label,
    el("input", {
      type: "search",
      value,
      placeholder: hint,
      autocomplete: "off",
      spellcheck: "false",
      oninput: (event) => changed(event.target.value),
    }),
    "field grow",
  );
}

/** A table inside a region that scrolls by itself, and by keyboard; on a phone its rows are cards, whose cells name their column. */
function table(caption, heads, rows, className = "") {
  for (const row of rows) [...row.children].forEach((cell, i) => cell.setAttribute("data-head", heads[i].text ?? heads[i]));
  const head = (cell) => el("th", { scope: "col", class: cell.number ? "n" : null }, cell.text ?? cell);
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table",
      { class: className },
      el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, heads.map(head))),
      el("tbody", {}, rows),
    ),
  );
}
