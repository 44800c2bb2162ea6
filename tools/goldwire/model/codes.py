"""The table of codes: what every fault is called, what to do about it, and why it matters."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["form", "shape", "anchoring", "links", "cover", "completeness", "reuse", "build", "release"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: its level, its one-line message, what to do, and why it matters.

    Where the same message at many places has `one_cause`, it is told once, with the places.
    """

    level: Level
    message: str
    hint: str
    why: str
    one_cause: bool = False


CODES: dict[str, Code] = {
    # form: bytes, lines, JSON
    "missing-file": Code(
        "form",
        "the file does not exist, but {source} says it should",
        "restore the file, or take it out of what names it",
        "A file that is named and not there is data lost, or a record that was never true.",
    ),
    "unexpected-file": Code(
        "form",
        "nothing names this file; expected {expected}",
        "delete the file, or move it where its layer and its page or document say",
        "A file outside the layout is read by nobody, so its labels would be lost without a word.",
    ),
    "too-large": Code(
        "form",
        "{what} has {size:,} bytes, expected at most {limit:,}",
        "split the page or the layer; a record is a line to read",
        "What is larger than any page or label is no page or label, and reading it may take all the memory there is.",
    ),
    "not-utf8": Code(
        "form",
        "byte {offset} is 0x{byte:02x}, expected UTF-8",
        "save the file as UTF-8",
        "Offsets count code points; bytes that are no UTF-8 have none.",
    ),
    "byte-order-mark": Code(
        "form",
        "the file begins with a byte order mark, expected its first character",
        "save the file as UTF-8 without a byte order mark",
        "The mark is a character that nobody sees: it shifts every offset by one.",
        one_cause=True,
    ),
    "carriage-return": Code(
        "form",
        "there is a carriage return, expected line feeds alone",
        "turn CRLF into LF; .gitattributes keeps git from turning it back",
        "Every line end counts as one code point. With CRLF, offsets drift by one a line.",
        one_cause=True,
    ),
    "missing-final-newline": Code(
        "form",
        "the last line has no line feed",
        "end the file with one line feed",
        "Without it the next record appended would join the last, and diffs show a line nobody changed.",
    ),
    "not-nfc": Code(
        "form",
        "{shown} is not in Unicode normal form C",
        "write composed characters (é as one code point, not two)",
        "The same word in two forms has two lengths; offsets and comparisons would differ by what cannot be seen.",
    ),
    "blank-line": Code(
        "form",
        "the line is blank, expected a record",
        "delete the line",
        "The line is the record's address in a finding; a blank one is a record lost or a merge gone wrong.",
    ),
    "not-json": Code(
        "form",
        "not a JSON object: {reason}",
        "one JSON object a line; a merge conflict's markers count as damage",
        "A line that no JSON parser reads carries no label.",
    ),
    "duplicate-key": Code(
        "form",
        "the key {key} stands twice, expected once",
        "keep the one that is meant",
        "Parsers keep one of the two in silence, and not all of them the same one.",
    ),
    "key-order": Code(
        "form",
        "the keys stand as {found}, expected {expected}",
        "write the keys in the order of the schema",
        "One order makes a changed label a one-line diff.",
    ),
    "not-canonical": Code(
        "form",
        "the record is not in its one form from character {at} on: found {found}, expected {expected}",
        "characters unescaped, keys in the order of the schema, none left out; no spaces between tokens in .jsonl, "
        "two of indent in .json",
        "One form for one record: equal labels are equal bytes.",
    ),
    "unsorted-records": Code(
        "form",
        "the record belongs before line {other}",
        "sort by position in the text: start, then the longer span first, then id",
        "Sorted files make diffs small and merges possible.",
    ),
    # shape: what the schemas say
    "missing-key": Code(
        "shape",
        "there is no key {key}, which the record {record} has",
        "add the key; the schema says what it holds",
        "See schema/ for the record.",
    ),
    "unknown-key": Code(
        "shape",
        "{key} is no key of the record {record}",
        "take the key out, or spell it as the schema does",
        "Records are closed: a key that nobody reads is a label lost by a typing error.",
    ),
    "wrong-value": Code(
        "shape",
        "{key} is {found}: {expected}",
        "give the value the schema asks for",
        "See schema/ for the record.",
    ),
    "incomplete-record": Code(
        "shape",
        "{key} is null, expected a value in a set of kind {kind}",
        "fill it in; only a system's set may leave it out",
        "A system may leave out what it does not predict. A person's labels are complete.",
    ),
    # anchoring: spans and the text they stand in
    "empty-span": Code(
        "anchoring",
        "{key} [{start}:{end}] holds no character",
        "give an end after the start; spans are half-open",
        "A span without a character marks nothing.",
    ),
    "span-out-of-range": Code(
        "anchoring",
        "{key} [{start}:{end}] runs past the text, which has {length} code points",
        "count in code points of the stored text, not in bytes or in UTF-16 units",
        "Offsets past the end usually mean bytes were counted, or another version of the text.",
    ),
    "surface-mismatch": Code(
        "anchoring",
        "the record says {said}, text[{start}:{end}] reads {reads}",
        "shift the span, or copy the text from the document",
        "A record repeats the text it marks, so that a shifted offset shows.",
    ),
    "span-edge-space": Code(
        "anchoring",
        "{key} [{start}:{end}] begins or ends with white space: {reads}",
        "shrink the span to its first and last character that is not blank",
        "No label begins or ends with a space; a selection made with a mouse often does.",
    ),
    "nested-mention": Code(
        "anchoring",
        "{reads} [{start}:{end}] overlaps the mention {other} of line {line_other}",
        "mentions are flat: keep the longest name",
        "Flat mentions let every tagger be scored alike.",
    ),
    "overlapping-fragments": Code(
        "anchoring",
        "content [{start}:{end}] begins before the fragment [{start_other}:{end_other}] ends",
        "order the fragments as in the text, none reaching into the next",
        "The content of a quote is the characters of its fragments, each counted once.",
    ),
    "head-outside-speaker": Code(
        "anchoring",
        "the head {head} [{start}:{end}] does not lie inside the speaker [{start_other}:{end_other}]",
        "the head is a part of the speaker's phrase",
        "A speaker counts as found where it holds the head.",
    ),
    # links: ids
    "duplicate-id": Code(
        "links",
        "the id {id} stands at line {other} already",
        "give the record an id that was never used",
        "An id names one record; in Label Studio two regions with one id become one, and a label is lost.",
    ),
    "misfiled-record": Code(
        "links",
        "the id {id} does not begin with {unit}, which the file is named after",
        "move the record to the file of its page or document",
        "Records are found by the name of their file.",
    ),
    "unknown-page": Code(
        "links",
        "there is no page {id} in corpus/pages.jsonl",
        "name a page of the corpus",
        "A link that points nowhere is a label nobody can use.",
        one_cause=True,
    ),
    "unknown-document": Code(
        "links",
        "there is no document {id} in corpus/documents.jsonl",
        "name a document of the corpus, or run goldwire build",
        "A link that points nowhere is a label nobody can use.",
        one_cause=True,
    ),
    "unknown-entity": Code(
        "links",
        "{id} is named here, and annotations/registry.jsonl does not hold it{close}",
        "register the entity (goldwire accept takes in what was proposed), or choose one that is registered",
        "The id is what makes two mentions the same referent; it must name one.",
        one_cause=True,
    ),
    "entity-type-mismatch": Code(
        "links",
        "the type is {found}, but {id} is registered as {expected}",
        "choose the entity of that type, or mend the type",
        "A mention has the type of what it names.",
    ),
    "unknown-parent": Code(
        "links",
        "the parent {id} is no other quote of this document",
        "name the quote whose content holds this one",
        "Nesting is scored by parents; one that is not there hides the quote.",
    ),
    "misplaced-parent": Code(
        "links",
        "the parent {id} of line {other} does not hold this quote, or does not come before it",
        "name the quote whose content holds this one whole",
        "A nested quote lies inside the content of its parent, which is longer and so sorted before it.",
    ),
    "status-mismatch": Code(
        "links",
        "the status is {status} with {found} speaker entities, expected {expected}",
        "resolved has one entity, unnamed and none have none, group may have any number",
        "Status says how far the speaker is known; the entities say who it is. They must not contradict each other.",
    ),
    "misnamed-set": Code(
        "links",
        "the set is named {name}, its folder {expected}",
        "name the set as its folder",
        "A set is found by its folder and cited by its name; they are one.",
    ),
    "mistaken-kind": Code(
        "links",
        "the set is of kind {kind}, but its folder {folder}; a system's folder, and no other, begins with system-",
        "rename the folder and the set, or mend the kind",
        "What a system found moves no score, so the digest in signatures leaves it out; nothing else may hide there.",
    ),
    "misnamed-entity": Code(
        "links",
        "the id {id} is of type {type}, expected one that begins with {prefix}",
        "begin the id with its type, or mend the type",
        "An id says what kind of thing it names wherever it is used.",
    ),
    "unordered-pair": Code(
        "links",
        "the pair is {a}, {b}; expected two documents, the earlier first",
        "write the document with the smaller id as a, and swap the direction and the passages with it",
        "One pair has one name, whichever way it is found.",
    ),
    "misnamed-pair": Code(
        "links",
        "the id is {id}, expected {expected}",
        "name the pair after its documents",
        "One pair has one name, whichever way it is found.",
    ),
    "misplaced-direction": Code(
        "links",
        "a pair that is {relation} has the direction {direction}",
        "give a_in_b or b_in_a where the relation is contained, and null elsewhere",
        "Only containment has a direction, and it always has one.",
    ),
    "undeclared-layer": Code(
        "links",
        "set.json says that {layer} of {unit} is {declared}, but the file is {found}",
        "say complete, partial or none in set.json as the labels are; a file that is empty means nothing was found",
        "Unannotated is not empty: only set.json tells the two apart.",
    ),
    # cover: every character of a page
    "uncovered-text": Code(
        "cover",
        "no block holds {reads} [{start}:{end}] of page {page}",
        "put the text into a block; what the site put there is boilerplate",
        "Every character that is not blank is accounted for, so that nothing was forgotten.",
    ),
    "overlapping-blocks": Code(
        "cover",
        "the block [{start}:{end}] begins before the block of line {other} ends",
        "end the one where the other begins",
        "Every character belongs to exactly one block.",
    ),
    "block-crosses-line": Code(
        "cover",
        "the block [{start}:{end}] holds a line feed",
        "one block a line, or less",
        "A block is a contiguous span inside one line of its page.",
    ),
    "misplaced-block": Code(
        "cover",
        "a {role} block has {found}, expected {expected}",
        "give the block the article it belongs to",
        "The text of an article is made of its blocks.",
    ),
    # completeness: what a complete gold must hold
    "unaccounted-mark": Code(
        "completeness",
        "the quotation mark at {at} of {document} is in no quote's content and in no decoy: {reads}",
        "mark the quote, or the decoy with its reason; an apostrophe that looks like a mark needs an exemption",
        "Every quotation mark says that someone spoke or that someone did not. A complete gold says which.",
    ),
    "quote-type-mismatch": Code(
        "completeness",
        "the quote {reads} is {found}, its marks make it {expected}",
        "direct: all of the content in marks; indirect: none; mixed: some",
        "The type follows from the marks in the content; it is no judgement.",
    ),
    "span-edge-word": Code(
        "completeness",
        "{key} {reads} [{start}:{end}] begins or ends inside a word: {near}",
        "end the span with the word; a part between hyphens or apostrophes is a word of its own",
        "A label holds whole words. An edge inside one is a slip of the mouse, or an offset off by one.",
    ),
    "duplicate-quote": Code(
        "completeness",
        "the content and the cue are those of {id} of line {other} already",
        "delete the one; a second quote of the same words has a cue of its own",
        "One act of speech is one quote: counted twice, it weighs twice in every score.",
    ),
    "overlapping-decoy": Code(
        "completeness",
        "the decoy [{start}:{end}] holds what a quote's content or another decoy holds: {reads}",
        "keep the quote or the decoy",
        "Marks report someone's speech or they do not; those inside a content are never a decoy as well.",
    ),
    "missing-parent": Code(
        "completeness",
        "the quote lies in the content of {id} of line {other}, and its parent is null",
        "name the quote that holds it as its parent",
        "Nested quotes are left out of some scores by their parents; one without is counted as if it stood alone.",
    ),
    "speaker-kind-mismatch": Code(
        "completeness",
        "the head {head} is a {kind}, expected {expected}",
        "name: the head is marked as a mention; pronoun: it is one; nominal: any other noun",
        "What kind of phrase names the speaker follows from its head and from the mentions.",
    ),
    "unmarked-surface": Code(
        "completeness",
        "{alias} [{start}:{end}] names an entity elsewhere and is not marked here: {reads}",
        "mark the mention, or write an exemption with the reason into annotations/exemptions.jsonl",
        "A name that is marked in one place and not in another is the fault that readers miss most often.",
    ),
    "speaker-not-mentioned": Code(
        "completeness",
        "the speaker {head} is a name, but no mention in it names {entities}",
        "mark the name as a mention of the same entity, or mend the speaker's entities",
        "A speaker who is named is an entity that is mentioned: the two layers must say the same.",
    ),
    "unregistered-surface": Code(
        "completeness",
        "{reads} is not among the aliases of {id} in the registry",
        "add the surface form to the registry's aliases, or choose the entity that has it",
        "The registry holds every surface form used; one that is new may be a slip.",
        one_cause=True,
    ),
    "unused-alias": Code(
        "completeness",
        "no mention of {id} reads {alias}",
        "take the alias out of the registry, or mark the mention",
        "The registry holds the surface forms that are used, and no others.",
    ),
    "unsorted-aliases": Code(
        "completeness",
        "the aliases of {id} are not sorted, or one stands twice",
        "sort them by code point, each once",
        "One form for one record: equal labels are equal bytes.",
    ),
    "ambiguous-surface": Code(
        "completeness",
        "{alias} names {id} and also {others}",
        "mend the mentions, or declare the form ambiguous by an exemption in annotations/exemptions.jsonl",
        "A form that names two entities is a slip more often than a fact.",
    ),
    "needless-exemption": Code(
        "completeness",
        "no check asks for the exemption from {what}",
        "take it out, or mend its document, start or text",
        "An exemption that exempts nothing hides the next fault in its place, or never worked.",
    ),
    # reuse: what documents share
    "relation-mismatch": Code(
        "reuse",
        "{a} and {b} are recorded as {found}, their texts are {expected}",
        "exact if the texts are equal, contained if one lies in the other, near if most of one is in passages, "
        "related if some of one is in none",
        "These relations are facts about the texts; only what lies between near and related is judged.",
    ),
    "unshared-passage": Code(
        "reuse",
        "passage {number} shares no eight consecutive words: {reads}",
        "mend its ends, or take it out",
        "A passage is text that was reused; fewer words are chance.",
    ),
    "unrecorded-passage": Code(
        "reuse",
        "{a} and {b} share {words} words that no passage of theirs holds: {reads}",
        "record the pair with the passage",
        "A pair without a record is distinct: what is shared and not recorded is a fault in the closed world.",
    ),
    "unlike-repeat": Code(
        "reuse",
        "{document} repeats this text, but {other} has no such label there",
        "label repeated articles alike",
        "The same words mean the same in a repeat; a difference is a slip in one of the two.",
    ),
    # build: what is made from pages and blocks
    "stale-page": Code(
        "build",
        "the page has sha256 {found}…, corpus/pages.jsonl says {expected}…",
        "restore the page: pages are kept byte for byte",
        "Pages are never edited; every offset hangs on their bytes.",
    ),
    "stale-text": Code(
        "build",
        "the text has sha256 {found}…, corpus/documents.jsonl says {expected}…",
        "run goldwire build; a text is made, never edited",
        "Every offset counts in this text. While it is not the one they were made on, spans in it are not judged.",
    ),
    "stale-build": Code(
        "build",
        "the file differs from what the pages and the gold blocks make",
        "run goldwire build; the file is made, never edited",
        "Texts are made from pages and blocks, so that every character maps back to its page.",
    ),
    # release: what a version of the data consists of
    "unreleased-change": Code(
        "release",
        "the file {what}, and is not what version {version} of the data was released with",
        "run goldwire release --data major, minor or patch; or goldwire release --reopen while work goes on",
        "Two people who cite one version must have the same bytes. A change is a new version.",
    ),
    "undocumented-version": Code(
        "release",
        "{changelog} has no heading “## Data {version}”",
        "say there what changed for those who use the data",
        "Whoever moves to a version must be able to read what it changes.",
    ),
}
