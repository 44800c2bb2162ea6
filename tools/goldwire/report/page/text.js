// Texts with spans. Spans count code points, strings of this language count UTF-16 units: `Text` knows both.

class Text {
  constructor(text) {
    this.text = text;
    this.units = /[\ud800-\udfff]/.test(text) ? unitsOf(text) : null;
    this.length = this.units ? this.units.length - 1 : text.length;
  }

  /** The characters of a half-open span in code points. */
  slice(start, end) {
    return this.units ? this.text.slice(this.units[start], this.units[end]) : this.text.slice(start, end);
  }

  /** The code point at which a UTF-16 unit stands. */
  point(unit) {
    return this.units ? Array.from(this.text.slice(0, unit)).length : unit;
  }

  /** Spans of the lines, without their line feeds. */
  lines() {
    const found = [];
    let start = 0;
    for (const line of this.text.split("\n")) {
      const length = this.units ? Array.from(line).length : line.length;
      found.push([start, start + length]);
      start += length + 1;
    }
    return found;
  }

  /** A span with some whole words of its line around it, for a list of places. */
  around(start, end, reach = 60) {
    const line = this.slice(Math.max(0, start - reach), start)
      .split("\n")
      .at(-1);
    const rest = this.slice(end, Math.min(this.length, end + reach)).split("\n")[0];
    const before = line.length >= reach ? line.replace(/^\S*\s/, "…") : line;
    const after = rest.length >= reach ? rest.replace(/\s\S*$/, "…") : rest;
    return [before, this.slice(start, end), after];
  }
}

function unitsOf(text) {
  const units = [];
  let unit = 0;
  for (const char of text) {
    units.push(unit);
    unit += char.length;
  }
  units.push(unit);
  return units;
}

const texts = new Map();

function textOf(record) {
  if (!texts.has(record)) texts.set(record, new Text(record.text));
  return texts.get(record);
}

function words(text) {
  return (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length;
}

/** The words looked for as a pattern that ignores case; null where nothing is looked for. */
function pattern(query) {
  const plain = query.trim();
  return plain ? new RegExp(plain.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu") : null;
}

/** A string with what was looked for marked. */
function marked(text, looked) {
  if (!looked) return [text];
  const found = [];
  let last = 0;
  for (const match of text.matchAll(looked)) {
    found.push(text.slice(last, match.index), el("mark", {}, match[0]));
    last = match.index + match[0].length;
  }
  return [...found, text.slice(last)];
}
