"""CoNLL and BIO files of columns, one token per line with its tag: reading them against a text, and writing them."""

import re
from collections.abc import Iterable, Iterator

from goldwire.formats.labelled import Labelled, Source
from goldwire.model.errors import GoldwireError
from goldwire.text.tokens import edges, pieces, words

OUTSIDE = ("O", "")
BEGIN, CLOSE = "BSU", "ESLU"
"""The first letters of tags that begin a mention and that end one, in IOB1, BIO, BIOES and BILOU."""
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
TAG = re.compile(r"O|[BIESLUM]-\S+")
DOCUMENT = "# document = "
"""The start of a line with the id of the document that follows, in a file of several documents."""


def read_columns(
    lines: Iterable[str], text: str, where: str = "a file of columns", first: int = 1
) -> list[tuple[int, int, str]]:
    """Return the mentions of one text, as (start, end, type) in code points, from its tokens and their tags.

    The token is the first column, the tag the last; a blank line ends a sentence; comments that begin
    with `#`, and `-DOCSTART-`, are ignored. `first` is the number of the first line in its file.
    Raises GoldwireError if a token is not the next one in the text.
    """
    return decode(_tagged(enumerate(lines, first), text, where))


def _tagged(lines: Iterable[tuple[int, str]], text: str, where: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for number, line in lines:
        columns = line.split()
        if not columns:
            yield at, at, "O"
            continue
        if columns[0] == "-DOCSTART-" or (columns[0] == "#" and not TAG.fullmatch(columns[-1])):
            continue
        if len(columns) < 2:
            raise GoldwireError(f"{where}:{number}: {line.strip()!r} has no tag; expected a token, then its tag")
        start, end = _place(columns[0], text, at, f"{where}:{number}")
        yield start, end, columns[-1]
        at = end


def _place(token: str, text: str, at: int, where: str) -> tuple[int, int]:
    while at < len(text) and text[at].isspace():
        at += 1
    for form in (token, *ESCAPES.get(token, ())):
        if text.startswith(form, at):
            return at, at + len(form)
    reads = text[at : at + 20]
    raise GoldwireError(f"{where}: the token {token!r} is not the next in the text, which continues {reads!r}")


def split_documents(lines: Iterable[str]) -> dict[str, tuple[int, list[str]]]:
    """Return the lines of a file by document, with the number of the first; lines before any document are left out.

    Raises GoldwireError if a document appears twice.
    """
    found: dict[str, tuple[int, list[str]]] = {}
    rows: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.startswith(DOCUMENT):
            rows.append(line)
            continue
        name = line.removeprefix(DOCUMENT).strip()
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
        if "\n" in document.text[before:start]:
            yield ""
        inside = begins.get(start, inside if inside is not None and start < inside.end else None)
        mark = "B" if start in begins else "I"
        yield f"{document.text[start:end]}\t{f'{mark}-{inside.type}' if inside else 'O'}"
        before = end
