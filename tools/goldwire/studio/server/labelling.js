// What the labelling page does beyond its config: only the selected quote's arrows, a palette of entities, keys that
// never relabel, links at once. It rests on the editor of Label Studio 1.23.2 (`window.Htx` is its store), so everything
// it uses of the editor is listed in HOOKS, which a test compares with the real one. Without it the page still works.
(() => {
  "use strict";
  const NEW = "new";
  const HOOKS = {
    annotation: "id regions names relationStore selectedRegions unselectAll selectArea appendResults deleteRegion relationMode isLinkingMode",
    region: "cleanId className labels globalOffsets results",
    relations: "relations addRelation deleteRelation",
    taxonomy: "items onChange",
    textarea: "addText remove onChange",
    label: "selected toggleSelected",
    events: "on",
  };
  const KEYS = "Enter: entity · =: label all alike · Shift+Q: next fragment · l: link · click again: label below · Esc: deselect · Ctrl+Enter: save";

  const work = () => document.querySelector(".gw-page") && window.Htx?.annotationStore?.selected;
  const text = () => Array.from(String(window.Htx.task.dataObj.text)); // code points, as the offsets count
  const label = (region) => region.labels[0];
  const span = (region) => region.globalOffsets ?? { start: 0, end: 0 };
  const inText = (region) => region.object?.name === "text";
  const words = (region) => text().slice(span(region).start, span(region).end).join("");
  const is = (...labels) => (region) => inText(region) && labels.includes(label(region));
  const isNameLabel = (kind) => Boolean(work().names.get(`entity_${kind}`));
  const isName = (region) => inText(region) && isNameLabel(label(region));
  const links = () => work().relationStore.relations.map((relation) => {
    const ends = [relation.node1, relation.node2];
    return { id: relation.id, ends: relation.direction === "left" ? ends.reverse() : ends };
  });
  const linked = (region, ...labels) =>
    links().flatMap(({ ends: [from, to] }) => (from === region ? [to] : to === region ? [from] : [])).filter(is(...labels));

  // ---- What is drawn: a sheet of rules made from the store, so that nothing in the editor's own tree is changed

  const sheet = document.createElement("style");
  function paint() {
    const annotation = work();
    document.documentElement.classList.toggle("gw-script", Boolean(annotation));
    if (!annotation) return;
    if (!sheet.isConnected) document.head.append(sheet);
    const keys = document.querySelector(".gw-keys h4");
    if (keys && keys.textContent !== KEYS) keys.textContent = KEYS;
    const rules = [];
    const rule = (region, body, more = "") => rules.push(`html.gw-script .gw-text .htx-highlight.${CSS.escape(region.className)}${more}{${body}}`);
    const lit = litQuote();
    let number = 0;
    for (const first of firstFragments()) {
      number += 1;
      const colour = number % 2 ? "#1a7a45" : "#0b62a4";
      for (const part of fragmentsFrom(first)) {
        const depth = annotation.regions.filter((one) => is("content")(one) && one !== part && contains(one, part)).length;
        rule(part, `text-decoration:underline 2px ${colour};text-underline-offset:${0.36 + 0.2 * depth}em;background-color:${lit.has(part) ? `${colour}2e` : "transparent"}!important;color:inherit!important`);
      }
      rule(first, `content:"${number}";color:${colour}`, "[data-start]::before");
    }
    for (const region of annotation.regions.filter((one) => is("cue", "speaker", "head")(one) || (lit.has(one) && isName(one) && one !== annotation.selectedRegions[0]))) {
      const [colour, width] = { cue: ["#9b0046", 1], head: ["#c46dd3", 0.5] }[label(region)] ?? ["#3829dc", lit.has(region) ? 2.5 : 1];
      const lines = `0 ${width}px 0 ${colour},0 -${width}px 0 ${colour}`; // a region in several spans is one box
      const within = is("cue")(region) ? "inset " : ""; // the stop or the possessive after it stays readable
      const [left, right] = [`${within}${within ? "" : "-"}1px 0 0 ${colour}`, `${within}${within ? "-" : ""}1px 0 0 ${colour}`];
      const filled = lit.has(region) && is("cue")(region);
      const fill = `background-color:${filled ? colour : "transparent"}!important;color:${filled ? "#fff" : "inherit"}!important;`;
      const box = (more) => `text-decoration:none;${isName(region) ? "" : fill}box-shadow:${more}`;
      const corners = (radius) => `;border-radius:${radius}`;
      rule(region, box(is("head")(region) ? `0 1px 0 ${colour}` : lines + corners("0")));
      if (is("head")(region)) continue;
      rule(region, box(`${left},${lines}`) + corners("3px 0 0 3px"), "[data-start]");
      rule(region, box(`${right},${lines}`) + corners("0 3px 3px 0"), "[data-end]");
      rule(region, box(`${left},${right},${lines}`) + corners("3px"), "[data-start][data-end]");
    }
    for (const { id, ends } of links())
      if (ends.every((end) => lit.has(end))) rules.push(`html .relations-overlay g[id="${CSS.escape(id)}"]{opacity:.8!important}`);
    const css = rules.join("\n");
    if (sheet.textContent !== css) sheet.textContent = css;
  }
  const contains = (outer, inner) => span(outer).start <= span(inner).start && span(inner).end <= span(outer).end;
  const order = (a, b) => span(a).start - span(b).start || span(b).end - span(a).end;
  const next = (content) => links().filter(({ ends: [from, to] }) => from === content && is("content")(to) && !contains(to, from)).map(({ ends }) => ends[1])[0];
  function firstFragments() {
    const contents = work().regions.filter(is("content"));
    const later = new Set(contents.map(next));
    return contents.filter((content) => !later.has(content)).sort(order);
  }
  function fragmentsFrom(first) {
    const found = [];
    for (let part = first; part && !found.includes(part); part = next(part)) found.push(part);
    return found;
  }
  function litQuote() {
    const selected = work().selectedRegions[0];
    const quotes = firstFragments().map((first) => {
      const contents = fragmentsFrom(first);
      return [...contents, ...contents.flatMap((content) => linked(content, "cue", "speaker")), ...voices(first).map(({ name }) => name)];
    });
    return new Set([selected ?? [], ...quotes.filter((parts) => parts.includes(selected))].flat());
  }

  // ---- What happens at once when a region is made

  const BREAK = /[.!?…]['"”’)]*\s+["“‘'(]?\p{Lu}|\n/u;
  /** Link a cue or speaker to the nearest content of its sentence that has none; one that follows counts as 4 times nearer. */
  function linkAtOnce(region) {
    const part = label(region);
    const reach = (content) => {
      const [here, there] = [span(region), span(content)];
      if (contains(content, region)) return Infinity;
      const follows = there.start >= here.end;
      const gap = follows ? [here.end, there.start] : [there.end, here.start];
      const between = text().slice(...gap).join("");
      return BREAK.test(between) ? Infinity : Math.max(between.length, 0) / (follows ? 4 : 1);
    };
    const free = firstFragments().filter((first) => !fragmentsFrom(first).some((content) => linked(content, part).length));
    const near = free.map((first) => [Math.min(...fragmentsFrom(first).map(reach)), first]).sort((a, b) => a[0] - b[0])[0];
    if (!near || near[0] === Infinity) return;
    const store = work().relationStore;
    if (part === "speaker") voices(near[1]).forEach(({ relation }) => store.deleteRelation(relation)); // what was guessed
    store.addRelation(near[1], region);
  }
  /** The relations of a quote to names, which mean speakers. */
  const voices = (first) => work().relationStore.relations.map((relation) => ({ relation, name: relation.node2 }))
    .filter(({ relation, name }) => relation.node1 === first && isName(name) && !contains(first, name));
  const AUXILIARY = /(?:\s(?:has|have|had|also|then|later|previously|earlier|recently|further|\p{L}+ly))*\s$/u;
  const PRONOUN = /(?<![\p{L}’'-])(?:he|she|they|it|we|I)$/iu;
  /** Relate a quote to the name or pronoun before its cue, or after it if the content comes first (97 in 100 of the gold). */
  function guessSpeaker(cue) {
    const first = linked(cue, "content")[0], all = text(), { start, end } = span(cue);
    if (!first || linked(first, "speaker").length || voices(first).length) return;
    const before = all.slice(0, start).join(""), gap = AUXILIARY.exec(before);
    const at = gap ? start - Array.from(gap[0]).length : -1;
    const names = work().regions.filter((one) => isName(one) && ["PERSON", "ORG", "GPE"].includes(label(one)));
    const name = names.find((one) => span(one).end === at)
      ?? (span(first).end <= start && all[end] === " " ? names.find((one) => span(one).start === end + 1) : undefined);
    const pronoun = !name && at > 0 && PRONOUN.exec(all.slice(0, at).join(""));
    const voice = name ?? (pronoun ? mark("quote", "speaker", at - pronoun[0].length, at) : null);
    if (voice && !fragmentsFrom(first).some((part) => contains(part, voice))) work().relationStore.addRelation(first, voice);
  }
  /** Mark a span, and return its region. */
  function mark(group, kind, start, end) {
    const value = { start, end, text: text().slice(start, end).join(""), labels: [kind] };
    work().appendResults([{ id: `made-${start}-${end}`, from_name: group, to_name: "text", type: "labels", value }]);
    return work().regions.findLast((one) => is(kind)(one) && span(one).start === start && span(one).end === end);
  }
  const LETTER = /[\p{L}\p{N}]/u;
  /** A region with whole words alone, and a name without possessive, article or title: made again where it differs. */
  function settled(region) {
    const all = text();
    let { start, end } = span(region);
    const reads = () => all.slice(start, end).join("");
    while (start > 0 && LETTER.test(all[start]) && LETTER.test(all[start - 1])) start -= 1;
    while (end < all.length && LETTER.test(all[end - 1]) && LETTER.test(all[end])) end += 1;
    if (isName(region)) {
      end -= /['’]s?$/u.exec(reads())?.[0].length ?? 0;
      start += /^(?:the|an?)\s/iu.exec(reads())?.[0].length ?? 0;
      const known = new Set(entities(label(region)).flatMap((entity) => entity.names));
      const shorter = reads().split(" ").map((_, i, parts) => parts.slice(i).join(" ")).find((name) => known.has(name));
      if (label(region) === "PERSON" && shorter) start = end - Array.from(shorter).length;
    }
    if (start === span(region).start && end === span(region).end) return region;
    const kind = label(region);
    work().deleteRegion(region);
    return mark(isNameLabel(kind) ? "entity" : "quote", kind, start, end);
  }

  let continued = null;
  function made(created) {
    if (work() && isInBoth && PANE.test(created.object?.name)) passageMade(created);
    if (!work() || !inText(created)) return;
    const region = settled(created);
    work().selectArea(region); // not by the editor's own setting, which does it after the next key
    if (is("content")(region) && continued) work().relationStore.addRelation(continued, region);
    continued = null;
    if (is("cue", "speaker")(region)) linkAtOnce(region);
    if (is("cue")(region)) guessSpeaker(region);
    if (is("content")(region)) work().regions.filter(is("cue", "speaker")).filter((one) => !linked(one, "content").length).forEach(linkAtOnce);
    if (!work().selectedRegions.includes(region)) { work().unselectAll(); work().selectArea(region); }
    if (isName(region)) {
      const named = entities(label(region)).filter((entity) => entity.names.includes(words(region)));
      if (named.length === 1) choose(region, named[0]);
    }
  }

  // ---- Entities: those of the registry, and those that this article has named as new

  const listed = (field) => work().names.get(field).items.filter((item) => item.path[0] !== NEW).map((item) => {
    const [name, id, aliases = ""] = item.label.split(" · ");
    return { path: item.path, name, id, names: [name, ...aliases.split(", ").filter(Boolean)] };
  });
  function entities(type) {
    const known = listed(`entity_${type}`);
    const named = new Map();
    for (const region of work().regions.filter(is(type))) {
      const name = value(region, "new_entity")?.[0];
      if (name) named.set(name, [...(named.get(name) ?? [name]), words(region)]);
    }
    return [...known, ...[...named].map(([name, names]) => ({ path: [NEW], name, id: "new in this article", names }))];
  }
  const value = (region, control) => region.results.find((result) => result.from_name.name === control)?.mainValue;
  function choose(region, entity) {
    const annotation = work();
    if (annotation.selectedRegions[0] !== region) annotation.selectArea(region);
    annotation.names.get(`entity_${label(region)}`).onChange(null, [entity.path]);
    const name = annotation.names.get("new_entity");
    const old = value(region, "new_entity")?.[0];
    if (entity.path[0] === NEW) {
      if (old !== entity.name) { if (old) name.remove(old); name.addText(entity.name); name.onChange(); }
    } else if (old) name.remove(old);
  }
  const fold = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  /** 0 for a name that is the query, 1 begins with it, 2 has a word that does, 3 contains it, else Infinity. */
  const rank = (query, name) => {
    const [q, n] = [fold(query), fold(name)];
    if (n === q) return 0;
    if (n.startsWith(q)) return 1;
    if (n.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(q))) return 2;
    return n.includes(q) ? 3 : Infinity;
  };
  function ranked(all, query, exact) {
    const scored = all.map((entity) => [Math.min(...entity.names.map((name) => rank(query, name))), entity]);
    const found = scored.filter(([score]) => (exact ? score === 0 : score < Infinity));
    return found.sort((a, b) => a[0] - b[0] || a[1].name.length - b[1].name.length).map(([, entity]) => entity);
  }

  // ---- The palette: Enter opens it afresh, typing filters, Enter takes the first

  const fresh = (name) => ({ path: [NEW], name, id: "new: the registry lacks it", names: [name] });
  /** `first` is offered before anything is typed; what is typed may be a new name if `first` offers one. */
  function palette(region, all, first, take) {
    const frame = document.createElement("div");
    frame.className = "gw-palette";
    const input = frame.appendChild(document.createElement("input"));
    const list = frame.appendChild(document.createElement("ol"));
    input.placeholder = isName(region) ? `Entity of “${words(region)}”` : "Who speaks?";
    let offers = [], at = 0;
    let open = true; // removing the frame blurs its input, which closes it again
    const close = () => { if (open) { open = false; frame.remove(); } };
    const pick = () => { if (offers[at]) take(offers[at]); close(); };
    const show = () => {
      const query = input.value.trim();
      offers = query ? ranked(all, query).slice(0, 8) : first.slice(0, 9);
      if (query && first.some((entity) => entity.path[0] === NEW)) offers.push(fresh(query));
      list.replaceChildren(...offers.map((entity, i) => {
        const item = document.createElement("li");
        item.className = i === at ? "gw-at" : "";
        item.append(Object.assign(document.createElement("b"), { textContent: entity.name }), ` ${[entity.id, ...entity.names.slice(1)].join(" · ")}`);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); at = i; pick(); });
        return item;
      }));
    };
    input.addEventListener("input", () => { at = 0; show(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.isComposing) pick();
      else if (event.key === "Escape") close();
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") { at = (at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length; show(); }
      else return;
      event.preventDefault();
    });
    const box = document.querySelector(`.gw-text .${CSS.escape(region.className)}`)?.getBoundingClientRect();
    frame.style.left = `${Math.min(box?.left ?? 200, innerWidth - 460)}px`;
    frame.style.top = `${(box?.bottom ?? 200) + 6}px`;
    document.body.append(frame);
    const below = innerHeight - 60 - frame.offsetTop;
    if (below < 240 && box) { frame.style.top = "auto"; frame.style.bottom = `${innerHeight - box.top + 6}px`; }
    show();
    input.focus();
  }
  function openPalette(region) {
    if (isName(region)) {
      const all = entities(label(region));
      const exact = ranked(all, words(region), true);
      const alike = ranked(all, words(region)).filter((entity) => !exact.includes(entity));
      return palette(region, all, [...exact, fresh(words(region)), ...alike], (entity) => choose(region, entity));
    }
    const first = is("content")(region) ? region : linked(region, "content")[0];
    if (!first) return;
    const field = work().names.get("speaker_entities"), all = listed("speaker_entities");
    const named = work().regions.filter((one) => isName(one) && span(one).start < span(region).start).sort(order).reverse();
    const ids = [...new Set(named.map((one) => value(one, `entity_${label(one)}`)?.[0]?.[0]))];
    const near = ids.map((id) => all.find((entity) => entity.path[0] === id)).filter(Boolean);
    if (region !== first) { work().unselectAll(); work().selectArea(first); }
    return palette(first, all, near, (entity) => field.onChange(null, [entity.path]));
  }

  // ---- Label all alike

  function labelAlike(region) {
    const annotation = work(), all = text(), type = label(region), names = annotation.regions.filter(isName);
    const { start: first, end: last } = span(region), length = last - first, surface = all.slice(first, last).join("");
    const more = [...region.results].filter((result) => ["taxonomy", "textarea"].includes(result.type));
    const made = [];
    for (let start = 0; start + length <= all.length; start++) {
      const end = start + length;
      if (all.slice(start, end).join("") !== surface) continue;
      if (/[\p{L}\p{N}]/u.test(all[start - 1] ?? "") || /[\p{L}\p{N}]/u.test(all[end] ?? "")) continue;
      if (names.some((name) => span(name).start < end && start < span(name).end)) continue;
      const id = `alike-${Date.now().toString(36)}-${start}`, value = { start, end, text: surface };
      made.push({ id, from_name: "entity", to_name: "text", type: "labels", value: { ...value, labels: [type] } });
      for (const result of more) made.push({ id, from_name: result.from_name.name, to_name: "text", type: result.type, value: { ...value, [result.type === "textarea" ? "text" : result.type]: result.mainValue } });
    }
    if (made.length) annotation.appendResults(made);
  }

  // ---- Passages: p, then a drag over one in either text, marks it in both and proposes the relation

  const PANE = /^(?:candidate|own)_(\d+)$/;
  const sides = (i) => [[`passage_${i}`, `candidate_${i}`], [`same_${i}`, `own_${i}`]];
  const marked = (control, number) => work().regions.some((one) => value(one, control)?.[0] === number);
  let isInBoth = false;
  /** Select the first number that is free, in every comparison, for a passage that is then marked in both texts. */
  function numberPassages() {
    const names = work().names;
    isInBoth = true;
    for (let i = 0; names.has(`passage_${i}`); i++) {
      const controls = sides(i).map(([control]) => control);
      const number = names.get(controls[0]).children.map((one) => one.value).find((one) => !controls.every((control) => marked(control, one)));
      for (const control of controls) {
        const one = names.get(control).findLabel(number);
        if (one && !one.selected && !marked(control, number)) one.toggleSelected();
      }
    }
  }
  function passageMade(region) {
    isInBoth = false;
    const names = work().names, [, i] = PANE.exec(region.object.name), all = Array.from(region.object._value), number = label(region);
    for (let n = 0; names.has(`passage_${n}`); n++) for (const [control] of sides(n)) for (const one of names.get(control).children) if (one.selected) one.toggleSelected();
    const [control, to] = sides(i).find(([, object]) => object !== region.object.name);
    const { start, end } = span(region), other = Array.from(names.get(to)._value);
    const place = marked(control, number) ? null : sameWords(all.slice(start, end).join(""), other);
    if (place) {
      const value = { ...place, text: other.slice(place.start, place.end).join(""), labels: [number] };
      work().appendResults([{ id: `made-${control}-${number}-${place.start}`, from_name: control, to_name: to, type: "labels", value }]);
    }
    const relation = names.get(`relation_${i}`).children;
    const proposed = all.join("") === names.get(to)._value ? "exact" : "related";
    if (!relation.some((one) => one.selected)) relation.find((one) => one.value === proposed)?.toggleSelected();
  }
  /** Where a text has the words of another, case and punctuation aside, or else what begins and ends with the same words. */
  function sameWords(words, other) {
    const size = (part) => Array.from(part).length;
    const tokens = (text) => {
      let [at, start] = [0, 0];
      return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) => {
        start += size(text.slice(at, found.index));
        at = found.index;
        return { word: fold(found[0]), start, end: start + size(found[0]) };
      });
    };
    const wanted = tokens(words), given = tokens(other.join(""));
    const find = (part, from = 0) => given.findIndex((_, i) => i >= from && part.every(({ word }, n) => given[i + n]?.word === word));
    const whole = find(wanted);
    let [first, last] = [whole, whole + wanted.length - 1];
    if (whole < 0) {
      const parts = wanted.map((_, i) => wanted.slice(i, i + 4)).filter((part) => part.length === 4);
      first = parts.map((part) => find(part)).find((at) => at >= 0);
      last = parts.reverse().map((part) => find(part, first)).find((at) => at >= 0) + 3;
    }
    if (!wanted.length || !(last >= first) || last - first > 2 * wanted.length) return null;
    const [before, after] = [/^[^\p{L}\p{N}]*/u, /[^\p{L}\p{N}]*$/u].map((marks) => marks.exec(words)[0]);
    let [start, end] = [given[first].start, given[last].end];
    if (other.slice(start - size(before), start).join("") === before) start -= size(before);
    if (other.slice(end, end + size(after)).join("") === after) end += size(after);
    else if (/[.!?…]/u.test(after)) end += size(/^[^\n.!?…]{0,20}[.!?…][^\p{L}\p{N}\s]*/u.exec(other.slice(end).join(""))?.[0] ?? "");
    return { start, end };
  }

  // ---- Keys and clicks

  const typing = (event) => event.target.closest?.("input, textarea, [contenteditable=true], .gw-palette");
  const labelKeys = () => new Set([...document.querySelectorAll(".gw-bar .lsf-label__hotkey")].map((key) => key.textContent));
  function onKey(event) {
    const annotation = work();
    if (!annotation || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const selected = annotation.selectedRegions[0];
    const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (event.key === "Enter" && selected && (isName(selected) || is("content", "cue", "speaker")(selected))) { stop(); openPalette(selected); }
    else if (event.key === "p" && annotation.names.has("passage_0")) { stop(); annotation.unselectAll(); numberPassages(); }
    else if (event.key === "=" && selected && isName(selected)) { stop(); labelAlike(selected); }
    else if (event.key === "Q") {
      stop();
      const of = selected && is("content")(selected) ? selected : selected && linked(selected, "content")[0];
      const last = of ?? work().regions.filter(is("content")).at(-1);
      annotation.unselectAll();
      continued = last ? fragmentsFrom(last).at(-1) : null;
      const content = annotation.names.get("quote").findLabel("content");
      if (!content.selected) content.toggleSelected();
    } else if (labelKeys().has(event.key)) { continued = null; isInBoth = false; if (selected) annotation.unselectAll(); }
  }
  /** A second click selects the next label below: equal spans would reach only the topmost. */
  function onClick(event) {
    const annotation = work(), selected = annotation?.selectedRegions[0];
    if (!selected || annotation.relationMode || annotation.isLinkingMode) return;
    const spans = [];
    for (let at = event.target.closest?.(".gw-text .htx-highlight"); at; at = at.parentElement.closest(".htx-highlight")) spans.push(at);
    const below = spans.map((at) => annotation.regions.find((one) => at.classList.contains(one.className))).filter(Boolean);
    const index = below.indexOf(selected);
    if (index < 0 || below.length < 2 || String(getSelection())) return;
    event.stopPropagation();
    annotation.unselectAll();
    annotation.selectArea(below[(index + 1) % below.length]);
  }

  // ---- Beginning

  const settings = JSON.parse(localStorage.getItem("labelStudio:settings") ?? "{}");
  localStorage.setItem("labelStudio:settings", JSON.stringify({ ...settings, selectAfterCreate: false }));
  if (!localStorage.getItem("labelingTableWidth")) localStorage.setItem("labelingTableWidth", "275"); // titles are readable
  const columns = ["select", ...["data.title", "data.state", "data.agreement", "updated_at", "total_annotations", "annotators", "draft_exists", "updated_by", "completed_at"].map((name) => `tasks:${name}`), "show-source"];
  if (!localStorage.getItem("dm:columnorder")?.includes("data.state")) localStorage.setItem("dm:columnorder", JSON.stringify(Object.fromEntries(columns.map((id, i) => [id, i]))));
  addEventListener("keydown", onKey, true);
  addEventListener("click", onClick, true);
  let heard = null, waiting = 0;
  const watch = () => {
    waiting = 0;
    const events = window.Htx?.events;
    if (events && events !== heard) { heard = events; events.on("entityCreate", (region) => queueMicrotask(() => made(region))); }
    paint();
  };
  new MutationObserver(() => { waiting ||= requestAnimationFrame(watch); }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
  window.goldwire = { HOOKS };
})();
