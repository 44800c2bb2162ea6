"""Codes of files, lines and records: form (bytes, lines, JSON) and shape (what the schemas say)."""

from goldwire.model.codes.code import Code

FORM = {
    "missing-file": Code(
        level="form",
        what="A file that the corpus refers to does not exist.",
        why="Either data is lost, or the reference to the file is wrong.",
        hint="restore the file, or remove the reference to it",
        message="{problem}, but {source} requires it",
    ),
    "unexpected-file": Code(
        level="form",
        what="The layout of a corpus has no place for this file.",
        why="goldwire does not read files outside the layout, so labels in them would be lost silently.",
        hint="delete the file, or move it to the folder of its layer and name it after its page or document",
        message="the layout has no place for this file; expected {expected}",
    ),
    "too-large": Code(
        level="form",
        what="A file or a record exceeds the size limit.",
        why="No page or label is this large, and reading the file could exhaust the memory.",
        hint="split the page or the file; a record is one short line",
        message="{what} has {size:,} bytes, expected at most {limit:,}",
    ),
    "not-utf8": Code(
        level="form",
        what="The bytes of a file are not valid UTF-8.",
        why="Offsets count code points, and bytes that cannot be decoded have none.",
        hint="save the file as UTF-8",
        message="byte {offset} is 0x{byte:02x}, which is not valid UTF-8 here",
    ),
    "byte-order-mark": Code(
        level="form",
        what="A file starts with a byte order mark.",
        why="The mark is an invisible character: it shifts every offset by one.",
        hint="save the file as UTF-8 without a byte order mark",
        message="the file starts with a byte order mark, expected its first character",
        one_cause=True,
    ),
    "carriage-return": Code(
        level="form",
        what="A file contains carriage returns.",
        why="A line end counts as one code point. With CRLF, offsets drift by one per line.",
        hint="convert CRLF to LF; keep the entries in .gitattributes that stop git from converting it back",
        message="the file contains a carriage return, expected only line feeds",
        one_cause=True,
    ),
    "missing-final-newline": Code(
        level="form",
        what="The last line of a file does not end with a line feed.",
        why="A record appended later would join the last line, and diffs would show a line that did not change.",
        hint="end the file with one line feed",
        message="the last line does not end with a line feed",
    ),
    "not-nfc": Code(
        level="form",
        what="A text is not in Unicode normal form C (NFC).",
        why="Two forms of a word look the same but differ in length, so offsets and comparisons fail.",
        hint="write composed characters (é as one code point, not two)",
        message="{shown} is not in Unicode normal form C",
    ),
    "blank-line": Code(
        level="form",
        what="A JSONL file contains a blank line.",
        why="Each line is one record; a blank line often means that a record was lost, for example in a merge.",
        hint="delete the line, or restore the record",
        message="the line is blank, expected a record",
    ),
    "not-json": Code(
        level="form",
        what="A line or file is not a valid JSON object.",
        why="A record that no JSON parser can read is lost.",
        hint="write one JSON object per line, and remove any merge conflict markers",
        message="not a JSON object: {reason}",
    ),
    "duplicate-key": Code(
        level="form",
        what="A JSON object contains the same key twice.",
        why="Parsers silently keep one of the two values, and they differ in which one.",
        hint="delete the wrong one",
        message="the key {key} occurs twice, expected once",
    ),
    "key-order": Code(
        level="form",
        what="The keys of a record are not in the order of its schema.",
        why="With a fixed order, a changed label is a diff of one line.",
        hint="write the keys in the order of the schema",
        message="the keys are {found}, expected {expected}",
    ),
    "not-canonical": Code(
        level="form",
        what="A record is valid JSON but not in the canonical form.",
        why="With one form per record, equal labels are equal bytes.",
        hint="write characters unescaped and all keys in the order of the schema; in .jsonl put no spaces between "
        "tokens, in .json indent by two",
        message="the record is not in the canonical form from character {at} on: found {found}, expected {expected}",
    ),
    "unsorted-records": Code(
        level="form",
        what="The records of a file are not sorted.",
        why="Sorted files keep diffs small and make merges possible.",
        hint="sort by start, then the longer span first, then id",
        message="the record belongs before line {other}",
    ),
}

SHAPE = {
    "missing-key": Code(
        level="shape",
        what="A record lacks a required key.",
        why="Without the key the record does not match its schema in schema/, and other tools may reject it.",
        hint="add the key with a value that the schema allows",
        message="the key {key} of the record {record} is missing",
    ),
    "unknown-key": Code(
        level="shape",
        what="A record has a key that its schema does not define.",
        why="goldwire would ignore the key, so a misspelt key would lose its value.",
        hint="remove the key, or spell it as in the schema",
        message="the record {record} has no key {key}",
    ),
    "wrong-value": Code(
        level="shape",
        what="The value of a key does not match the schema.",
        why="Other tools read the records by their schemas in schema/, and may reject or misread this value.",
        hint="use a value that the schema allows",
        message="{key} is {found}: {expected}",
    ),
    "incomplete-record": Code(
        level="shape",
        what="A record in a set made by people lacks a value that only systems may omit.",
        why="A system may leave out what it does not predict; labels made by people must be complete.",
        hint="add the value",
        message="{key} is null, expected a value in a set of kind {kind}",
    ),
}
