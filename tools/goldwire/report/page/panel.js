// The panel beside a text: what is known of the label that is pointed at.

/** A list of terms with what they are; empty ones are left out. */
function facts(...pairs) {
  const told = pairs.filter(([, value]) => value != null && value !== "" && value.length !== 0);
  return el(
    "dl",
    { class: "facts" },
    told.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]),
  );
}

function offsets(spans) {
  return spans.map(([start, end]) => `[${start}:${end}]`).join(" ");
}

function entityLink(id) {
  const entity = entities.get(id);
  return entity ? link(`entity/${id}`, entity.name) : el("span", {}, id);
}

function entityLinks(ids) {
  return ids.map((id, i) => [i ? ", " : "", entityLink(id), " ", el("code", {}, id)]);
}

function mentionPanel(text, mention) {
  return [
    el("h3", {}, el("q", {}, text.slice(...mention.span))),
    facts(
      ["Type", [el("b", {}, mention.type), " ", data.words.types[mention.type]]],
      ["Names", mention.entity && entityLinks([mention.entity])],
      ["Stands for", mention.stands_for && entityLinks([mention.stands_for])],
      ["Place", el("code", {}, offsets([mention.span]))],
      ["Id", mention.id && el("code", {}, mention.id)],
    ),
  ];
}

function quotePanel(text, quote, goTo) {
  const inside = quote.inside.map((other) => goTo(other));
  return [
    el("h3", {}, `Quote ${quote.number}, ${quote.type}`),
    el("p", { class: "note" }, data.words.choices[quote.type]),
    facts(
      [
        "Content",
        quote.content.map((span, i) => [i ? el("span", { class: "note" }, " … ") : null, text.slice(...span)]),
      ],
      ["Cue", quote.cue ? el("b", {}, text.slice(...quote.cue)) : "none"],
      [
        "Speaker",
        quote.speaker
          ? [el("b", {}, text.slice(...quote.speaker)), quote.kind && ` (${quote.kind})`]
          : "not named here",
      ],
      ["Entity", quote.entities.length ? entityLinks(quote.entities) : "in no registry"],
      ["Status", quote.status && [quote.status, ". ", data.words.choices[quote.status]]],
      ["Inside quote", quote.parent && quote.outer && goTo(quote.outer)],
      ["Contains", inside],
      ["Place", el("code", {}, offsets(quote.content))],
      ["Id", quote.id && el("code", {}, quote.id)],
    ),
  ];
}

function decoyPanel(text, decoy) {
  return [
    el("h3", {}, "Quotation marks without a quote"),
    facts(
      ["Words", text.slice(...decoy.span)],
      ["Reason", [el("b", {}, decoy.reason), ". ", data.words.choices[decoy.reason]]],
      ["Place", el("code", {}, offsets([decoy.span]))],
      ["Id", decoy.id && el("code", {}, decoy.id)],
    ),
  ];
}
