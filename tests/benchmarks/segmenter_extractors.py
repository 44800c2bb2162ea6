"""How well text extractors and the segmenter tell the text of articles from the rest of a page.

`python tests/benchmarks/segmenter_extractors.py FOLDER…`, with jusText and trafilatura installed, neither of which goldwire
needs. The pages are plain text: an extractor gets each line as a paragraph of an HTML page, and knows no article or role.
Counted are the characters, without white space, of headlines, standfirsts, body and subheadings: of each line whole.
"""

import html
import sys

import justext
import trafilatura
from segmenter_pages import labelled, shipped

from goldwire.corpus.segmenter import propose
from goldwire.model.profile import news

TEXT = news().text_roles


def lines_of(page):
    """The lines of a page that are not blank, each with its span."""
    start, found = 0, []
    for line in page.splitlines(keepends=True):
        if line.strip():
            found.append((line.strip(), start, start + len(line)))
        start += len(line)
    return found


def as_html(lines):
    """A page as HTML, a paragraph for each line."""
    return f"<html><body>{''.join(f'<p>{html.escape(text)}</p>' for text, *_ in lines)}</body></html>"


def by_justext(page):
    """The characters that jusText keeps."""
    lines = lines_of(page)
    stops = justext.get_stoplist("English")
    kept = {" ".join(p.text.split()) for p in justext.justext(as_html(lines), stops) if not p.is_boilerplate}
    return _characters(page, [line for line in lines if " ".join(line[0].split()) in kept])


def by_trafilatura(page):
    """The characters that trafilatura keeps."""
    lines = lines_of(page)
    text = trafilatura.extract(as_html(lines), include_comments=False, deduplicate=False) or ""
    kept = {" ".join(line.split()) for line in text.splitlines()}
    return _characters(page, [line for line in lines if " ".join(line[0].split()) in kept])


def by_segmenter(page):
    """The characters that the segmenter proposes as text of an article."""
    return _characters(page, [("", block.start, block.end) for block in propose("page", page) if block.role in TEXT])


def _characters(page, spans):
    return {at for _, start, end in spans for at in range(start, end) if not page[at].isspace()}


WAYS = {
    "segmenter": by_segmenter,
    "jusText": by_justext,
    "trafilatura": by_trafilatura,
    "every line": lambda page: _characters(page, [("", 0, len(page))]),
}


def main():
    for folder in sys.argv[1:] or ["shipped"]:
        pages = list(shipped() if folder == "shipped" else labelled(folder))
        print(f"{folder}, {len(pages)} pages\n{'':<16}{'precision':>10}{'recall':>8}{'F1':>8}")
        for name, way in WAYS.items():
            right = found = there = 0
            for _, page, rows in pages:
                gold = _characters(page, [("", row.start, row.end) for row in rows if row.role in TEXT])
                own = way(page)
                right, found, there = right + len(gold & own), found + len(own), there + len(gold)
            values = right / max(1, found), right / there, 2 * right / (found + there)
            print(f"{name:<16}{values[0]:>10.3f}{values[1]:>8.3f}{values[2]:>8.3f}")


if __name__ == "__main__":
    main()
