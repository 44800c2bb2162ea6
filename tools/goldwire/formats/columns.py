"""The columns of CoNLL and BIO files: how lines are split, which column is the token and which the tag, and tags."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goldwire.model.errors import GoldwireError
from goldwire.model.profile import news

OUTSIDE = ("O", "")
MARKS = "BIESLUMW"
"""The letters of BIO, IOBES, BILOU, BMES and BIEWO."""
PREFIXED = re.compile(rf"([{MARKS}{MARKS.lower()}])[-_/:](\S+)")
SUFFIXED = re.compile(rf"(\S+)[-_/:]([{MARKS}{MARKS.lower()}])")
NOTHING = frozenset({"o", "", "_", "-", "*"})
"""Tags of no mention, in lower case; only O is one by itself in a column that has no other tag."""
BARE = frozenset({*news().types, "PER", "MISC", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})
BARE |= {"CARDINAL", "VEH", "WEA"}
"""Types that are tags without a mark."""
MARKED = re.compile(f"{PREFIXED.pattern}|{SUFFIXED.pattern}|{'|'.join(BARE)}")
CHUNKS = frozenset({"NP", "VP", "PP", "ADJP", "ADVP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP"})
"""The phrases of CoNLL-2000, which other columns tag in the same way."""
BEGIN = "#begin document"
"""The start of a document in CoNLL-2012, OntoNotes' format."""
TOKENS = ("token", "tokens", "form", "word", "words", "text")
TAGS = ("tag", "tags", "ner", "ner_tag", "ner_tags", "label", "labels", "bio", "iob", "entity")
"""The names of the two columns, in lower case, without what is before a colon."""
HEADER = re.compile(r"#\s*(?:global\.)?columns\s*[=:]\s*(.+)")
SCHEMES = "O, or B-TYPE and I-TYPE in BIO, IOBES or BILOU, or a bare type"


@dataclass(frozen=True, slots=True)
class Columns:
    """How the lines of a file are read: split at tabs or at blanks, and the numbers of two columns, from 0."""

    tabs: bool
    token: int = 0
    tag: int = -1
    others: tuple[int, ...] = ()
    """Further columns of tags of entities, which are not read."""

    def split(self, line: str) -> list[str]:
        """Return the columns of a line, none for a blank one; a line of blanks and one tag has a blank token."""
        line = line.rstrip("\r\n")
        if self.tabs:
            return [column.strip(" ") or column for column in line.split("\t")] if line.strip(" ") else []
        found = re.split(r"[ \t]+", line.strip(" \t"))
        return ["", *found] if len(found) == 1 and found[0] and line[0] in " \t" else found if found[0] else []


def split_tag(tag: str) -> tuple[str, str] | None:
    """Return the mark and the type of a tag, which may be B_TYPE, TYPE-B or a bare type; ("O", "") outside."""
    if tag.casefold() in NOTHING:
        return "O", ""
    if tag.upper() in BARE:
        return "I", tag.upper()
    if found := PREFIXED.fullmatch(tag):
        return found[1].upper(), _type(found[2])
    if found := SUFFIXED.fullmatch(tag):
        return found[2].upper(), _type(found[1])
    return None


def _type(kind: str) -> str:
    return kind.upper() if kind.upper() in BARE else kind


def find_columns(lines: Sequence[str], where: str, wanted: str = "") -> Columns:
    """Return the columns of a file: those that it or `wanted`, a name or a number, names, else found by content.

    The tag is in the last column whose values are all tags, at best of other types than phrases. Raises
    GoldwireError with the line if there is none.
    """
    tabs = sum("\t" in line.strip(" \r\n") for line in lines) * 2 > sum(bool(line.strip()) for line in lines)
    columns = Columns(tabs)
    names = next((_named(found[1]) for line in lines if (found := HEADER.fullmatch(line.strip()))), None)
    rows = [(n, row) for n, line in enumerate(lines, 1) if (row := columns.split(line)) and not is_comment(row, line)]
    names = names or (_named(" ".join(rows[0][1])) if rows and is_header(rows[0][1]) else [])
    rows = [(n, row) for n, row in rows if not is_header(row)]
    token = _token_column(rows, names)
    if wanted:
        return Columns(tabs, token, _wanted(wanted, names, where))
    if named := [n for n, name in enumerate(names) if _names_tags(name)]:
        tag = next((names.index(name) for name in TAGS if name in names), named[0])
        return Columns(tabs, token, tag, tuple(n for n in named if n != tag))
    return Columns(tabs, token, *_tag_column(rows, token, where))


def plain_columns(lines: Sequence[str]) -> list[str]:
    """Return the lines of a file of CoNLL-2012 as tokens with BIO tags, and those of any other file as they are.

    That format has the token in its fourth column and the names, as `(ORG*`, `*` and `*)`, in its eleventh.
    """
    if not any(line.startswith(BEGIN) for line in lines):
        return list(lines)
    found, kind = [], ""
    for line in lines:
        row = line.split()
        if start := re.fullmatch(rf"{re.escape(BEGIN)} \((.*)\);?(?: part 0*(\d+))?\s*", line):
            found.append(f"# document = {start[1]}" + (f" part {start[2]}" if start[2] else ""))
        elif len(row) < 12 or line.startswith("#"):
            found.append("" if line.startswith("#end document") else line)
        else:
            name = row[10].strip("(*)")
            tag = f"B-{name}" if name else f"I-{kind}" if kind else "O"
            kind = "" if row[10].endswith(")") else name or kind
            found.append(f"{row[3]}\t{tag}")
    return found


def _named(header: str) -> list[str]:
    """Return the names of columns in lower case."""
    return [name.rpartition(":")[2].casefold() for name in re.split(r"[\s,|]+", header.strip())]


def is_header(row: Sequence[str]) -> bool:
    """Return whether a row has the names of the columns."""
    names = [name.casefold() for name in row]
    return bool(set(names) & set(TOKENS)) and any(map(_names_tags, names)) and len(row) > 1


def _names_tags(name: str) -> bool:
    return name in TAGS or name.startswith("ne-")


def is_comment(row: Sequence[str], line: str) -> bool:
    """Return whether a row is a comment or the start of a document, and not a token with its tag."""
    if row[0] == "-DOCSTART-" or HEADER.fullmatch(line.strip()):
        return True
    if row[0] != "#":
        return row[0].startswith("#") and len(row) < 2
    return "=" in row[2:3] or not any(value == "O" or MARKED.fullmatch(value) for value in row[1:])


def _wanted(wanted: str, names: Sequence[str], where: str) -> int:
    if re.fullmatch(r"-?\d+", wanted) and int(wanted):
        return int(wanted) - (int(wanted) > 0)
    if wanted.casefold() not in names:
        named = ", ".join(names) or "none, without a line '# columns = token … tag'"
        raise GoldwireError(f"{where}: no column {wanted!r}; it names {named}, or give a number from 1")
    return names.index(wanted.casefold())


def _token_column(rows: Sequence[tuple[int, Sequence[str]]], names: Sequence[str]) -> int:
    """Return the column of the token: the one so named, else the first, or the second if the first only numbers."""
    numbered = all(row[0].isdigit() and len(row) > 2 for _, row in rows) and rows and rows[0][1][0] in ("0", "1")
    return next((names.index(name) for name in TOKENS if name in names), 1 if numbered else 0)


def _tag_column(rows: Sequence[tuple[int, Sequence[str]]], token: int, where: str) -> tuple[int, tuple[int, ...]]:
    widths = {len(row) for _, row in rows if len(row) > token + 1}
    best: list[tuple[bool, int]] = []
    share: list[tuple[int, int]] = []
    for column in [*range(token + 1, min(widths, default=0)), *([-1] if len(widths) > 1 else [])]:
        values = [row[column] for _, row in rows if len(row) > token + 1]
        tags = [tag for value in values if (tag := split_tag(value))]
        share.append((len(tags), column))
        types = {kind for _, kind in tags if kind}
        if len(tags) == len(values) and (types - CHUNKS or {"O", "o"} & set(values)):
            best.append((bool(types - CHUNKS), column))
    if best or not share:
        own = max(best)[1] if best else token + 1  # a line without a tag is reported when it is read
        return own, tuple(column for is_entity, column in best if is_entity and column != own)
    column = max(share)[1]
    found = [(number, row[column]) for number, row in rows if len(row) > token + 1]
    number, value = next((one for one in found if split_tag(one[1]) is None), found[0])
    raise GoldwireError(
        f"{where}:{number}: {value!r} is not a tag of an entity, and no column has only such tags; expected {SCHEMES}"
        "; --tag-column or a line '# columns = token tag' names the column"
    )
