"""Codes of the gold: completeness, reuse (pairs and repeats), build (generated files) and release (versions)."""

from goldwire.model.codes.code import Code

COMPLETENESS = {
    "unaccounted-mark": Code(
        level="completeness",
        what="A quotation mark is neither in the content of a quote nor in a decoy.",
        why="A quotation mark usually means reported speech. In a complete gold set, each one is labelled either way.",
        hint="label the quote or the decoy; if it is an apostrophe that looks like a mark, add an exemption",
        message="the quotation mark at {at} of {document} is in no quote's content and in no decoy: {reads}",
    ),
    "quote-type-mismatch": Code(
        level="completeness",
        what="The type of a quote does not fit the quotation marks in its content.",
        why="The type follows from the marks and is not a matter of judgement.",
        hint="use direct if all of the content is in marks, indirect if none is, mixed if some is",
        message="the quote {reads} has the type {found}, but its marks make it {expected}",
    ),
    "span-edge-word": Code(
        level="completeness",
        what="A span starts or ends inside a word.",
        why="Labels consist of whole words. Otherwise the mouse slipped, or the offset is off by one.",
        hint="move the edge of the span to the edge of the word; hyphens and apostrophes separate words",
        message="{key} {reads} [{start}:{end}] starts or ends inside a word: {near}",
    ),
    "duplicate-quote": Code(
        level="completeness",
        what="Two quotes have the same content and the same cue.",
        why="A statement that is labelled twice counts twice in every score.",
        hint="delete one of them; a second quote of the same words needs a cue of its own",
        message="the content and the cue are the same as those of {id} (line {other})",
    ),
    "overlapping-decoy": Code(
        level="completeness",
        what="A decoy overlaps the content of a quote or another decoy.",
        why="Quotation marks either report speech or do not, so they cannot be both in a quote and in a decoy.",
        hint="delete the quote or the decoy",
        message="the decoy [{start}:{end}] overlaps a quote's content or another decoy: {reads}",
    ),
    "missing-parent": Code(
        level="completeness",
        what="A quote lies in the content of another quote but has no parent.",
        why="Some scores leave out nested quotes, which they recognise by the parent.",
        hint="set parent to the id of the quote that contains this one",
        message="the quote lies in the content of {id} (line {other}), but its parent is null",
    ),
    "speaker-kind-mismatch": Code(
        level="completeness",
        what="The kind of a speaker does not fit its head.",
        why="The kind follows from the head and the mentions.",
        hint="use name if the head is a mention, pronoun if it is a pronoun, nominal for any other noun",
        message="the head {head} has the kind {kind}, expected {expected}",
    ),
    "unmarked-surface": Code(
        level="completeness",
        what="A name of a registered entity is not labelled as a mention.",
        why="A name that is labelled in one place and not in another is the error that readers miss most often.",
        hint="label the mention, or add an exemption with a reason to annotations/exemptions.jsonl",
        message="{alias} [{start}:{end}] is the name of an entity, but is not labelled here: {reads}",
    ),
    "speaker-not-mentioned": Code(
        level="completeness",
        what="A speaker is a name, but no mention inside it refers to one of its entities.",
        why="The name of a speaker is also a mention, and the two layers must agree.",
        hint="label the name as a mention of the same entity, or correct the speaker's entities",
        message="the speaker {head} is a name, but no mention in it refers to {entities}",
    ),
    "unregistered-surface": Code(
        level="completeness",
        what="The text of a mention is not among the aliases of its entity.",
        why="The registry lists every surface form that the corpus uses; an unlisted form may be a mistake.",
        hint="add the form to the aliases in the registry, or use the entity that has it",
        message="{reads} is not among the aliases of {id} in the registry",
        one_cause=True,
    ),
    "unused-alias": Code(
        level="completeness",
        what="The registry lists an alias that no mention uses.",
        why="The registry lists exactly the surface forms that the corpus uses.",
        hint="remove the alias from the registry, or label the mention",
        message="no mention of {id} has the text {alias}",
    ),
    "unsorted-aliases": Code(
        level="completeness",
        what="The aliases of an entity are not sorted, or one occurs twice.",
        why="With one form per record, equal labels are equal bytes.",
        hint="sort the aliases by code point and remove repeats",
        message="the aliases of {id} are not sorted, or one occurs twice",
    ),
    "ambiguous-surface": Code(
        level="completeness",
        what="Two entities have the same alias.",
        why="A form that names two entities is usually a mistake.",
        hint="correct the mentions, or add an exemption to annotations/exemptions.jsonl if the form is ambiguous",
        message="{alias} is an alias of {id} and also of {others}",
    ),
    "needless-exemption": Code(
        level="completeness",
        what="An exemption matches no finding.",
        why="An exemption without effect may hide the next fault in its place, or may never have worked.",
        hint="delete the exemption, or correct its document, start or text",
        message="no finding matches the exemption from {what}",
    ),
}

REUSE = {
    "relation-mismatch": Code(
        level="reuse",
        what="The relation of a pair does not fit the texts of its documents.",
        why="Relations are facts about the texts; only the choice between near and related is a judgement.",
        hint="use exact if the texts are equal, contained if one contains the other, near if passages cover most of "
        "one, related if they do not",
        message="{a} and {b} are recorded as {found}, but their texts are {expected}",
    ),
    "unshared-passage": Code(
        level="reuse",
        what="The two sides of a passage do not share eight consecutive words.",
        why="A passage is reused text; shorter matches occur by chance.",
        hint="correct the ends of the passage, or delete it",
        message="passage {number} shares no eight consecutive words: {reads}",
    ),
    "unrecorded-passage": Code(
        level="reuse",
        what="Two documents share text that no passage of theirs contains.",
        why="A pair without a record counts as distinct, so shared text must be recorded.",
        hint="add the passage, and the pair if it has no record",
        message="{a} and {b} share {words} words that no passage contains: {reads}",
    ),
    "unlike-repeat": Code(
        level="reuse",
        what="A repeated text is labelled differently from the original.",
        why="The same words have the same labels in a repeat; if they differ, one of the two is wrong.",
        hint="label both texts in the same way",
        message="{document} repeats this text, but {other} has no such label there",
    ),
}

BUILD = {
    "altered-by-git": Code(
        since="0.2.0",
        level="build",
        what="Git would store a page or a text with other bytes than the file has.",
        why="An attribute such as `* text=auto` changes line ends when a file is committed, so every clone has a page "
        "that differs from its hash.",
        hint="add `corpus/pages/** -text` and `corpus/text/** -text` at the end of .gitattributes",
        message="git would store other bytes than the file has",
    ),
    "stale-page": Code(
        level="build",
        what="A page differs from the hash in corpus/pages.jsonl.",
        why="Pages are never edited, because all offsets depend on their bytes.",
        hint="restore the page",
        message="the page has the sha256 {found}…, but corpus/pages.jsonl has {expected}…",
    ),
    "stale-text": Code(
        level="build",
        what="The text of a document differs from the hash in corpus/documents.jsonl.",
        why="All offsets depend on this text. Until it is restored, the spans in it are not checked.",
        hint="run goldwire build; texts are generated and never edited",
        message="the text has the sha256 {found}…, but corpus/documents.jsonl has {expected}…",
    ),
    "stale-build": Code(
        level="build",
        what="A generated file differs from what goldwire build generates.",
        why="Texts are generated from pages and blocks, so that every character maps back to its page.",
        hint="run goldwire build; the file is generated and never edited",
        message="the file differs from what goldwire build generates from the pages and the gold blocks",
    ),
}

RELEASE = {
    "unreleased-change": Code(
        level="release",
        what="The data differs from the version that the manifest names.",
        why="Two people who cite the same version must have the same bytes, so a change needs a new version.",
        hint="run goldwire release --data major, minor or patch; or goldwire release --reopen while you edit",
        message="the file has been {what} since version {version} of the data",
    ),
    "wrong-manifest": Code(
        since="0.2.0",
        level="release",
        what="The manifest is not what goldwire release writes for its own entries.",
        why="Readers in other languages trust its order, its counts and its digest.",
        hint="restore corpus/manifest.json; goldwire release writes it, and it is never edited",
        message="{problem}",
    ),
    "undocumented-version": Code(
        level="release",
        what="The changelog has no section for the version of the data.",
        why="Users need to know what changes before they move to a new version.",
        hint="add a section that says what changes for users of the data",
        message="{changelog} has no heading “## Data {version}”",
    ),
    "stale-schema": Code(
        since="0.2.0",
        level="release",
        what="A file in schema/ is not what goldwire schema writes for this corpus.",
        why="Readers in other languages check the records against schema/, and would refuse or accept other ones.",
        hint="run goldwire schema; delete schema/ if nobody reads it",
        message="the schema {problem}",
    ),
    "stale-card": Code(
        since="0.2.0",
        level="release",
        what="A generated table of the data card is not from the released data.",
        why="Readers decide by the numbers in annotations/README.md whether and how to use the data.",
        hint="run goldwire card after goldwire release, and do not edit what it generates",
        message="the table {name} was generated from other data, or changed since",
    ),
    "stale-croissant": Code(
        since="0.2.0",
        level="release",
        what="annotations/croissant.json is not the metadata of the released data.",
        why="Loaders of data sets find the files by it, and refuse those that have another hash.",
        hint="run goldwire card after goldwire release, and do not edit what it generates",
        message="the file was generated from other data, changed since, or is missing",
    ),
}
