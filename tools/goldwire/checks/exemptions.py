"""Exemptions: the places where a check is right to look and the labels are right all the same."""

from collections.abc import Iterator

from goldwire.corpus.tree import Tree
from goldwire.model.findings import Finding, finding, shorten


class Exempt:
    """The exemptions of a corpus, asked by code, document, place and words."""

    def __init__(self, tree: Tree) -> None:
        self.table = tree.exemptions
        self.places = {(e.code, e.document, e.start, e.text): line for line, e in tree.exemptions.rows}
        self.used: set[int] = set()

    def holds(self, code: str, document: str | None, start: int | None, text: str) -> bool:
        """Whether a place is exempt, alone, in its whole document, or in the whole corpus."""
        asked = [(code, document, start, text), (code, document, None, text), (code, None, None, text)]
        lines = {self.places[place] for place in asked if place in self.places}
        self.used |= lines
        return bool(lines)

    def needless(self) -> Iterator[Finding]:
        """Those that nothing asked for, once every check has asked."""
        for line, exemption in self.table.rows:
            if line not in self.used:
                what = f"{exemption.code} of {shorten(exemption.text)}"
                yield finding("needless-exemption", self.table.path, line, what=what)
