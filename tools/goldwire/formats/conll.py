"""Entities as a file of columns: a token a line, a tab, its BIO tag; a blank line where a line of the text ends."""

from collections.abc import Iterator

from goldwire.formats.conll_reader import DOCUMENT
from goldwire.formats.labelled import Labelled, Source
from goldwire.text.tokens import edges, pieces, words


def export_conll(source: Source) -> dict[str, bytes]:
    """One file of all documents that have entities, each under a comment with its id."""
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
