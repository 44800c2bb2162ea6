"""The instructions of a project: how to work, then the guideline, whose sections and rules fold.

The folded sections are the table of contents: a link to an anchor would leave the task in Label Studio.
"""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from goldwire.corpus.annotation_sets import ANNOTATIONS

SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
RULE = re.compile(r"\n\n(?=\*\*[A-Z]+[0-9]+\. )")
"""What separates the rules of a section; each begins with its number and its title in bold."""
TITLE = re.compile(r"\*\*([^*]+)\*\*\s*")


def instructions(root: Path) -> str:
    """The instructions as HTML, which every project shows; the config's style formats it by the class of its frame."""
    plain = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")  # it loads nothing
    work = plain.render(Path(__file__).with_name("how_to_work.md").read_text())
    guidelines = root / ANNOTATIONS / "GUIDELINES.md"
    if not guidelines.is_file():
        return f'<div class="gw-guide">\n{work}</div>'
    first, *parts = SECTION.split(guidelines.read_text())
    title, _, before = first.partition("\n")
    sections = [("How to use the guideline", before), *zip(parts[::2], parts[1::2], strict=True)]
    folded = [
        f"<details><summary><h2>{plain.renderInline(name)}</h2></summary>\n{_rules(plain, body)}</details>\n"
        for name, body in sections
    ]
    return f'<div class="gw-guide">\n{work}{plain.render(title)}\n{"".join(folded)}</div>'


def _rules(plain: MarkdownIt, body: str) -> str:
    """A section with each of its rules folded under its title."""
    first, *rules = RULE.split(f"\n\n{body.lstrip()}")
    found = [plain.render(first)]
    for rule in rules:
        title = TITLE.match(rule)
        if title is None:
            found.append(plain.render(rule))
            continue
        text = plain.render(rule[title.end() :])
        found.append(f"<details><summary><b>{plain.renderInline(title[1])}</b></summary>\n{text}</details>\n")
    return "".join(found)
