"""Surface forms: text that matches an alias of a registered entity is a mention or exempt."""

from collections.abc import Iterable, Iterator

from goldwire.checks.exemptions import Exemptions
from goldwire.corpus.jsonl import Table
from goldwire.model.findings import Finding, finding, shorten
from goldwire.model.records import Mention
from goldwire.text.tokens import TOKEN, is_word

CONTEXT = 15
"""The code points shown on either side of a form."""


class SurfaceForms:
    """Surface forms, indexed so that the search time does not depend on their number."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.forms: dict[str, list[str]] = {}
        for form in sorted(set(forms), key=lambda f: (-len(f), f)):
            first = TOKEN.search(form)
            if first:
                self.forms.setdefault(first.group(), []).append(form)

    def occurrences(self, text: str) -> Iterator[tuple[int, str]]:
        """The start and text of each form that occurs as whole words: the longest at each start."""
        reach = 0
        for token in TOKEN.finditer(text):
            forms = self.forms.get(token[0])
            if forms is None:
                continue
            start = token.start()
            if start < reach or is_word(text, start - 1):
                continue
            for form in forms:
                if text.startswith(form, start) and not is_word(text, start + len(form)):
                    yield start, form
                    reach = start + len(form)
                    break


def check_surfaces(
    surfaces: SurfaceForms, mentions: Table[Mention], document: str, text: str, exemptions: Exemptions
) -> Iterator[Finding]:
    """Check that each occurrence of a registered form in a text is a mention."""
    marked = {(mention.start, mention.end) for mention in mentions}
    for start, form in surfaces.occurrences(text):
        end = start + len(form)
        inside = (start, end) in marked or any(a <= start and end <= b for a, b in marked)
        if not inside and not exemptions.cover("unmarked-surface", document, start, form):
            near = shorten(text[max(0, start - CONTEXT) : end + CONTEXT], 60)
            yield finding("unmarked-surface", mentions.path, alias=shorten(form), start=start, end=end, reads=near)
