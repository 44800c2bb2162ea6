"""The page that shows ten derived articles. `python tests/derived.py` writes docs/derived.md anew."""

from itertools import count
from typing import get_args

from goldwire.corpus.gold import load
from goldwire.derive.articles import articles, compose
from goldwire.derive.difficulty import Damage
from goldwire.derive.labels import labelled_document
from goldwire.derive.plan import Plan
from goldwire.derive.sources import read_sources
from repository import ROOT

PAGE = ROOT / "docs/derived.md"
HEAD = """\
# Ten derived articles

These articles are made by `goldwire derive` with difficulty hostile and seed 13. All people, organisations, peoples and
places with a government have invented names. The first article is whole; the others show one kind of damage each, and
are copies of different articles. `[name]` marks a mention and `⟨content⟩` a quote, as the derived corpus labels them.
"""
SHOWN = tuple(kind for kind in get_args(Damage) if kind != "glued")


def ten(gold):
    """An undamaged article, and for each kind of damage the first copy that has it first."""
    sources = read_sources(gold)
    plan = Plan("hostile", 13, 10**6)
    found = {}
    for group in count():
        for article in articles(compose(plan, group, sources)):
            kind = article.kinds[0] if article.kinds else "whole"
            if kind in ("whole", *SHOWN):
                found.setdefault(kind, article)
        if len(found) == len(SHOWN) + 1:
            return [found["whole"], *(found[kind] for kind in SHOWN)]
    raise AssertionError("unreachable: count() has no end")


def derived_page(gold):
    parts = [HEAD]
    for number, article in enumerate(ten(gold), 1):
        document = labelled_document(article)
        damage = ", ".join(article.kinds) or "whole"
        shown = "\n>\n".join(f"> {line}" for line in marked(document).split("\n"))
        parts.append(f"## {number}. {damage}\n\n`{document.id}`\n\n{shown}\n")
    return "\n".join(parts)


def marked(document):
    spans = [(m.start, m.end, "[", "]") for m in document.mentions]
    spans += [(f.start, f.end, "⟨", "⟩") for quote in document.quotes for f in quote.content]
    text = document.text
    for at, mark in edges(spans):
        text = text[:at] + mark + text[at:]
    return text.replace("*", "\\*").replace("_", "\\_")


def edges(spans):
    """Offsets with their marks from the end of the text; a span that opens last is inserted first, so that spans nest."""
    opened = [(start, 1, -end, mark) for start, end, mark, _ in spans]
    closed = [(end, 0, -start, mark) for start, end, _, mark in spans]
    return [(at, mark) for at, _, _, mark in sorted([*opened, *closed], reverse=True)]


if __name__ == "__main__":
    PAGE.write_text(derived_page(load(ROOT)), encoding="utf-8")
