"""Exemptions: the findings of completeness checks that a person has judged to be correct labels."""

from collections.abc import Collection, Iterator

from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import Exemption


class Exemptions:
    """The exemptions of a corpus, looked up by code, document, offset and text."""

    def __init__(self, table: Table[Exemption]) -> None:
        self.table = table
        self.lines = {(e.code, e.document, e.start, e.text): line for line, e in table.rows}
        self.used: set[int] = set()

    def cover(self, code: str, document: str | None, start: int | None, text: str) -> bool:
        """Whether a finding is exempt at its offset, in its whole document, or in the whole corpus."""
        keys = [(code, document, start, text), (code, document, None, text), (code, None, None, text)]
        lines = {self.lines[key] for key in keys if key in self.lines}
        self.used |= lines
        return bool(lines)

    def unused(self, left_out: Collection[str] = ()) -> Iterator[Finding]:
        """A finding for each exemption that has matched no finding; call this after all checks.

        An exemption of a document that was left out may be needed, and so may one of all documents then.
        """
        for line, exemption in self.table.rows:
            is_known = not left_out if exemption.document is None else exemption.document not in left_out
            if line not in self.used and is_known:
                what = f"{exemption.code} of {shorten(exemption.text)}"
                yield finding("needless-exemption", self.table.path, line, what=what)
