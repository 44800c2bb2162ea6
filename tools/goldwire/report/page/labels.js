// Labels as marks: entities, quotes with their parts, decoys.

const LETTERS = {
  PERSON: "per",
  NORP: "norp",
  FAC: "fac",
  ORG: "org",
  GPE: "gpe",
  LOC: "loc",
  PRODUCT: "prod",
  EVENT: "event",
  WORK_OF_ART: "work",
  LAW: "law",
  LANGUAGE: "lang",
};

/** The quotes of a document, numbered, each with the one it lies in and those it holds. */
function numbered(quotes) {
  const byId = new Map();
  const found = quotes.map((quote, i) => ({ ...quote, number: i + 1, key: `q${i + 1}`, inside: [], outer: null }));
  for (const quote of found) if (quote.id) byId.set(quote.id, quote);
  for (const quote of found) {
    quote.outer = byId.get(quote.parent) ?? null;
    quote.outer?.inside.push(quote);
  }
  return found;
}

function mentionMarks(mentions) {
  return mentions.map((mention, i) => ({
    key: `e${i}`,
    start: mention.span[0],
    end: mention.span[1],
    className: `mention type-${mention.type}`,
    after: LETTERS[mention.type] ?? mention.type.toLowerCase(),
    name: mention.type,
    mention,
  }));
}

function quoteMarks(quotes) {
  return quotes.flatMap((quote) => {
    const part = (span, name, letters = "") =>
      span && {
        key: quote.key,
        start: span[0],
        end: span[1],
        className: `${name} quote-${quote.type}`,
        before: letters,
        name: letters ? `quote ${quote.number}, ${quote.type}` : `${name} of quote ${quote.number}`,
      };
    return [
      ...quote.content.map((span, i) =>
        part(span, "content", String(quote.number) + (i ? String.fromCharCode(97 + i) : "")),
      ),
      part(quote.cue, "cue"),
      part(quote.speaker, "speaker"),
    ].filter((mark) => mark);
  });
}

function decoyMarks(decoys) {
  return decoys.map((decoy, i) => ({
    key: `d${i}`,
    start: decoy.span[0],
    end: decoy.span[1],
    className: "decoy",
    before: decoy.reason,
    name: `no quote, ${decoy.reason}`,
    decoy,
  }));
}

/**
 * The mentions in a quote's speaker phrase; where it holds none (he, the minister), the last one before it that names
 * the speaker.
 */
function speakerMentions(quote, marks) {
  const [from, to] = quote.speaker ?? [quote.content[0][0], quote.content[0][0]];
  const inside = marks.filter(({ start, end }) => start >= from && end <= to);
  if (inside.length) return inside.map(({ key }) => key);
  const named = marks.filter(
    ({ mention }) => quote.entities.includes(mention.entity) || quote.entities.includes(mention.stands_for),
  );
  const nearest = named.filter(({ end }) => end <= from).at(-1) ?? named[0];
  return nearest ? [nearest.key] : [];
}

/** Every mention of the same entity in the document, the one pointed at first. */
function sameEntity(mark, marks) {
  const same = marks.filter((other) => other !== mark && other.mention.entity === mark.mention.entity);
  return [mark.key, ...same.map(({ key }) => key)];
}
