"""Ten derived articles, shown with their labels; `python -m goldwire.report.derived` writes docs/derived.md anew."""

from collections.abc import Iterable
from itertools import count
from typing import get_args

from goldwire.corpus.gold import Gold
from goldwire.derive.articles import Article, articles, compose
from goldwire.derive.difficulty import Kind
from goldwire.derive.labels import Labelled, labelled
from goldwire.derive.plan import Plan
from goldwire.derive.sources import read_bases

HEAD = """\
# Ten derived articles

Made by `goldwire derive` with difficulty hostile and seed 13; every person, body and place with a government is
invented. One article stands whole; the others, one for each kind of damage, are copies of articles of their own.
`[name]` is a mention, `⟨content⟩` a quote, as the labels of the derived corpus have them.
"""
WANTED: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "glued")


def ten(gold: Gold) -> list[Article]:
    """An article as it was composed, and the first copy that suffered each kind of damage."""
    bases = read_bases(gold)
    plan = Plan("hostile", 13, 10**6)
    found: dict[str, Article] = {}
    for group in count():
        for article in articles(compose(plan, group, bases)):
            kind = article.kinds[0] if article.kinds else "whole"
            if kind == "whole" or kind in WANTED:
                found.setdefault(kind, article)
        if len(found) == len(WANTED) + 1:
            return [found["whole"], *(found[kind] for kind in WANTED)]
    raise AssertionError  # count() has no end


def derived_text(gold: Gold) -> str:
    """The page that shows them."""
    parts = [HEAD]
    for number, article in enumerate(ten(gold), 1):
        document = labelled(article)
        said = ", ".join(article.kinds) or "whole"
        shown = "\n>\n".join(f"> {line}" for line in _marked(document).split("\n"))
        parts.append(f"## {number}. {said}\n\n`{document.id}`\n\n{shown}\n")
    return "\n".join(parts)


def _marked(document: Labelled) -> str:
    spans = [(m.start, m.end, "[", "]") for m in document.mentions]
    spans += [(f.start, f.end, "⟨", "⟩") for quote in document.quotes for f in quote.content]
    text = document.text
    for at, mark in _edges(spans):
        text = text[:at] + mark + text[at:]
    return text.replace("*", "\\*").replace("_", "\\_")


def _edges(spans: Iterable[tuple[int, int, str, str]]) -> list[tuple[int, str]]:
    """Places and marks from the end of the text: what opens last is put in first, so that spans nest."""
    opened = [(start, 1, -end, mark) for start, end, mark, _ in spans]
    closed = [(end, 0, -start, mark) for start, end, _, mark in spans]
    return [(at, mark) for at, _, _, mark in sorted([*opened, *closed], reverse=True)]


if __name__ == "__main__":
    from goldwire.corpus.gold import load

    print(derived_text(load()), end="")
