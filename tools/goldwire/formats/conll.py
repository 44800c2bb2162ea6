"""CoNLL and BIO files of columns, one token per line with its tag: reading them against a text, and writing them."""

import re
from collections.abc import Iterable, Iterator

from goldwire.formats.columns import OUTSIDE, SCHEMES, Columns, find_columns, is_comment, is_header, split_tag
from goldwire.formats.labelled import Labelled, Source
from goldwire.model.errors import GoldwireError
from goldwire.text.tokens import edges, pieces, words

BEGIN, CLOSE = "BSUW", "ESLUW"
"""The first letters of tags that begin a mention and that end one, in IOB1, BIO, BIOES, BILOU and BIEWO."""
ESCAPES = {
    "``": ('"', "“", "‘‘"),
    "''": ('"', "”", "’’"),
    "`": ("'", "‘"),
    "-LRB-": ("(",),
    "-RRB-": (")",),
    "-LSB-": ("[",),
    "-RSB-": ("]",),
    "-LCB-": ("{",),
    "-RCB-": ("}",),
}
"""The Penn Treebank's escapes, with the characters of the text that each may replace."""
DOCUMENT = "# document = "
"""The start of a line with the id of the document that follows, in a file of several documents."""
STARTS = (DOCUMENT, "# newdoc id = ", "# document_id = ")
"""The starts that are read; the second is CoNLL-U's, the third HIPE's."""


def read_columns(
    lines: Iterable[str],
    text: str,
    where: str = "a file of columns",
    first: int = 1,
    columns: Columns | None = None,
) -> list[tuple[int, int, str]]:
    """Return the mentions of one text, as (start, end, type) in code points, from its tokens and their tags.

    A blank line ends a sentence; comments that begin with `#`, and `-DOCSTART-`, are ignored; so are blank
    tokens tagged O. `first` is the number of the first line in its file. Without `columns`, they are found
    by content. Raises GoldwireError if a token is not the next one in the text, or has no tag.
    """
    lines = list(lines)
    return decode(_tagged(enumerate(lines, first), text, where, columns or find_columns(lines, where)))


def _tagged(
    lines: Iterable[tuple[int, str]], text: str, where: str, columns: Columns
) -> Iterator[tuple[int, int, str]]:
    at = 0
    for number, line in lines:
        row = columns.split(line)
        if not row:
            yield at, at, "O"
            continue
        if is_comment(row, line) or is_header(row):
            continue
        if len(row) <= max(columns.token, columns.tag, 1):
            how = "a token, a tab, then its tag" if columns.tabs else "a token, then its tag"
            raise GoldwireError(f"{where}:{number}: {line.strip()!r} has no tag; expected {how}")
        token, tag = row[columns.token], split_tag(row[columns.tag])
        if tag is None:
            raise GoldwireError(f"{where}:{number}: {row[columns.tag]!r} is not a tag; expected {SCHEMES}")
        if not token.strip():
            if tag[1]:
                raise GoldwireError(f"{where}:{number}: a blank token has the tag {row[columns.tag]!r}; expected O")
            continue
        start, end = _place(token, text, at, f"{where}:{number}")
        yield start, end, f"{tag[0]}-{tag[1]}" if tag[1] else "O"
        at = end


def _place(token: str, text: str, at: int, where: str) -> tuple[int, int]:
    while at < len(text) and text[at].isspace():
        at += 1
    for form in (token, *ESCAPES.get(token, ())):
        if found := re.compile(r"\s+".join(map(re.escape, form.split()))).match(text, at):
            return at, found.end()
    reads = text[at : at + 20]
    raise GoldwireError(f"{where}: the token {token!r} is not the next in the text, which continues {reads!r}")


def split_documents(lines: Iterable[str]) -> dict[str, tuple[int, list[str]]]:
    """Return the lines of a file by document, with the number of the first; lines before any document are left out.

    Raises GoldwireError if a document appears twice.
    """
    found: dict[str, tuple[int, list[str]]] = {}
    rows: list[str] = []
    for number, line in enumerate(lines, 1):
        name = next((line.removeprefix(start).strip() for start in STARTS if line.startswith(start)), None)
        if name is None:
            rows.append(line)
            continue
        if name in found:
            raise GoldwireError(f"line {number}: {name} appears twice; expected every document once")
        rows = []
        found[name] = number + 1, rows
    return found


def decode(tags: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the mentions of tagged tokens (start, end, tag) in IOB1, BIO, BIOES or BILOU.

    Like conlleval, a tag that continues no mention, or one of another type, begins a mention.
    """
    found: list[tuple[int, int, str]] = []
    is_open = False
    for start, end, tag in tags:
        mark, _, kind = tag.partition("-")
        if tag in OUTSIDE:
            is_open = False
            continue
        if is_open and mark not in BEGIN and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((start, end, kind))
        is_open = mark not in CLOSE
    return found


def export_conll(source: Source) -> dict[str, bytes]:
    """Export one file with all documents that have entities, each under a comment with its id."""
    lines: list[str] = []
    for document in source.documents():
        if document.mentions is not None:
            lines += [f"{DOCUMENT}{document.id}", *_rows(document), ""]
    return {"entities.conll": "".join(f"{line}\n" for line in lines).encode()}


def _rows(document: Labelled) -> Iterator[str]:
    begins = {mention.start: mention for mention in document.mentions or ()}
    inside, before = None, 0
    for start, end in pieces(words(document.text), edges(document.mentions or ())):
        inside = begins.get(start, inside if inside is not None and start < inside.end else None)
        if "\n" in document.text[before:start] and (inside is None or inside.start == start):
            yield ""  # not within a mention, which a blank line ends
        mark = "B" if start in begins else "I"
        yield f"{document.text[start:end]}\t{f'{mark}-{inside.type}' if inside else 'O'}"
        before = end
