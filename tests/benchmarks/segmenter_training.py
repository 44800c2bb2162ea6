"""Fit the segmenter's table of weights, or measure it by leaving layouts out.

`python tests/benchmarks/segmenter_training.py FOLDER…` fits `page_weights.tsv` on invented pages, the labelled pages of the
folders (as `segmenter_pages.py` reads them) and the shipped pages. With `--held-out` it writes nothing: it fits once without any
labelled page and once without those of each layout (`--layout wire=a01,b12` names pages of one; the shipped pages are one), and
prints how well the pages that were left out are proposed.
"""

import argparse
import dataclasses
import random
import sys
import time

import segmenter_pages
from invented_pages import invented
from segmenter_fit import ALLOWED, CAN_START, fit

from goldwire.corpus import page_weights
from goldwire.corpus.line_cues import page_cues
from goldwire.corpus.page_lines import page_lines
from goldwire.corpus.page_model import COLUMNS, INDEX, STATES
from goldwire.corpus.segmenter import best_path
from goldwire.corpus.site_phrases import phrase_lists

SHIPPED = "shipped"
INVENTED_WEIGHT = 0.25
"""What an invented page counts, beside 1 of a labelled one."""
SHIPPED_WEIGHT = 5.0
"""What a shipped page counts."""
FORGOTTEN = 0.12
"""Lines of invented pages whose phrases are forgotten, so that no page needs them."""
SEEDS = 120
ROUNDS, MORE_ROUNDS = 120, 40
LONGEST = 150
NUDGES, NUDGE = 40, 0.03
"""Steps at most, and their size."""
SMALLEST = 0.05
"""Weights below this are written as 0."""


def gold_of(lines, rows):
    """The role and the article of each line: those of the block it shares most with."""
    found = []
    for line in lines:
        block = max(rows, key=lambda row: min(row.end, line.end) - max(row.start, line.start))
        found.append((block.role, block.article))
    return found


def states_of(labels, cues):
    """The states of a page whose lines have these roles and articles."""
    found, phase, before_page, known = [], "-", "-", set()
    for i, (role, article) in enumerate(labels):
        following = labels[i + 1] if i + 1 < len(labels) else None
        if not article:
            before_page = phase if phase != "h" else before_page
            phase = phase if phase in "-t" else "h"
            found.append(_page_state(role, phase, following))
            continue
        if article not in known:
            known.add(article)
            phase = "0"
        phase = before_page if phase == "h" else phase
        name, phase = _article_state(role, article, phase, following, found, cues[i])
        found.append(name)
    return [INDEX[name] for name in found]


def _page_state(role, phase, following):
    if phase == "h":
        return "page-h"
    name = "page-teaser" if role == "teaser" else "page"
    if role == "boilerplate" and following == ("teaser", 0):
        name = "page-list-heading"
    return name + ("-t" if phase == "t" else "")


def _article_state(role, article, phase, following, before, cues):
    is_listed = following == ("teaser", article)
    last = before[-1] if before else ""
    if role in ("headline", "standfirst"):
        return role, "1"
    if role in ("body", "subheading"):
        return role, "t"
    if role == "teaser":
        is_item = last in ("list-heading", "teaser")
        return "marker" if "more alone" in cues else "teaser" if is_item else "linked", "t"
    if role == "boilerplate":
        if is_listed and phase != "0":
            return "list-heading", "t"
        return {"0": "kicker", "1": "note-1", "t": "note"}[phase], phase
    if role == "caption" and last == "marker" and is_listed:
        return "box-caption", phase
    name = "time" if role == "timestamp" else role
    return (name if phase == "t" else f"{name}-{phase}"), phase


def examples(page, rows, weight, forget=None):
    """A page as cues, states and weight: as it is, without its blank lines, and with one between all lines."""
    lines = [line for line in page_lines(page) if line.text]
    labels = gold_of(lines, rows)
    states = states_of(labels, page_cues(lines))
    for gap in (None,) if forget else (None, 0, 1):
        spaced = lines if gap is None else [dataclasses.replace(line, gap=gap * (line.piece == 0)) for line in lines]
        cues = page_cues(spaced)
        yield (_forgetting(cues, forget) if forget else cues), states, weight if forget else weight / 3


def _forgetting(cues, draw):
    phrases = (*phrase_lists(), "furniture alone", "much furniture")
    return [
        [cue for cue in line if not cue.startswith(phrases)] if draw.random() < FORGOTTEN else line for line in cues
    ]


def invented_examples(seeds):
    """Examples from invented pages."""
    found = []
    for seed in range(seeds):
        page, rows = invented(seed)
        if len(rows) <= LONGEST:
            blocks = [segmenter_pages.Labelled(*row) for row in rows]
            found += examples(page, blocks, INVENTED_WEIGHT, random.Random(seed))
    return found


def nudge(fitted, pages, path):
    """Move a fit in small steps until it proposes the shipped pages right (perceptron, Collins 2002)."""
    names, _, (table, follows, _, _) = fitted
    columns = [COLUMNS.index(state.column) for state in STATES]
    known = []
    for _, page, rows in pages:
        lines = [line for line in page_lines(page) if line.text]
        cues = page_cues(lines)
        known.append((cues, states_of(gold_of(lines, rows), cues)))
    for _ in range(NUDGES):
        write(fitted, path)
        wrong = 0
        for cues, gold in known:
            scores = [page_weights.weights().emissions(each) for each in cues]
            found, _, _ = best_path(scores)
            wrong += found != gold
            for i, (right, other) in enumerate(zip(gold, found, strict=True)):
                ids = [names[cue] for cue in cues[i] if cue in names and columns[right] != columns[other]]
                table[ids, columns[right]] += NUDGE
                table[ids, columns[other]] -= NUDGE
                if i:
                    follows[gold[i - 1], right] += NUDGE
                    follows[found[i - 1], other] -= NUDGE
        if not wrong:
            return


def write(fitted, path):
    """Write a fit as the table of weights."""
    cues, _, (table, follows, start, end) = fitted
    rows = ["\t".join(["cue", *COLUMNS])]
    for name, i in sorted(cues.items()):
        values = [_number(value) for value in table[i]]
        rows += ["\t".join([name, *values])] if set(values) != {"0"} else []
    rows.append("")
    rows += [f"{page_weights.EDGE}\t{state.name}\t{start[i]:.2f}" for i, state in enumerate(STATES) if CAN_START[i]]
    rows += [f"{state.name}\t{page_weights.EDGE}\t{end[i]:.2f}" for i, state in enumerate(STATES)]
    for i, before in enumerate(STATES):
        rows += [
            f"{before.name}\t{after.name}\t{follows[i, j]:.2f}" for j, after in enumerate(STATES) if ALLOWED[i, j]
        ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    page_weights.weights.cache_clear()


def _number(value):
    return "0" if abs(value) < SMALLEST else f"{value:.2f}".rstrip("0").rstrip(".")


def proposed_with(fitted, pages, path):
    """Scores of pages under a fit."""
    write(fitted, path)
    page_weights.TABLE = path
    return {name: segmenter_pages.score(page, rows) for name, page, rows in pages}


def held_out(pages, layouts, path):
    """Print scores of pages that the fit did not see: of all at once, then layout by layout."""
    made = invented_examples(SEEDS)
    first = fit(made, ROUNDS)
    print("without any labelled page\n" + report(proposed_with(first, pages, path)), flush=True)
    scores = {}
    for layout in dict.fromkeys(layouts[name] for name, *_ in pages):
        rest = [
            each
            for name, page, rows in pages
            if layouts[name] != layout
            for each in examples(page, rows, _weight(layouts[name]))
        ]
        fitted = fit(made + rest, MORE_ROUNDS, first)
        scores |= proposed_with(fitted, [page for page in pages if layouts[page[0]] == layout], path)
    print("without the pages of the same layout\n" + report(scores))


def _weight(layout):
    return SHIPPED_WEIGHT if layout == SHIPPED else 1.0


def report(scores):
    """Tables of the invented and the shipped pages."""
    parts = ({n: s for n, s in scores.items() if n.isdigit() == shipped} for shipped in (False, True))
    return "\n".join(
        segmenter_pages.table(part)
        + "\n"
        + segmenter_pages.confusion(sum(part.values(), segmenter_pages.Score()))
        + "\n"
        for part in parts
        if part
    )


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="*")
    arguments.add_argument("--held-out", metavar="TABLE", help="measure, with the tables of weights in this file")
    arguments.add_argument("--layout", action="append", default=[], metavar="NAME=PAGE,PAGE")
    given = arguments.parse_args()
    pages = [page for folder in given.folders for page in segmenter_pages.labelled(folder)] + list(
        segmenter_pages.shipped()
    )
    layouts = {name: SHIPPED if name.isdigit() else name for name, *_ in pages}
    for each in given.layout:
        layout, _, names = each.partition("=")
        layouts |= {name: layout for name in layouts for start in names.split(",") if name.startswith(start)}
    began = time.perf_counter()
    if given.held_out:
        held_out(pages, layouts, segmenter_pages.Path(given.held_out))
    else:
        known = [each for name, page, rows in pages for each in examples(page, rows, _weight(layouts[name]))]
        fitted = fit(invented_examples(SEEDS) + known, ROUNDS)
        nudge(fitted, segmenter_pages.shipped(), page_weights.TABLE)
        print(report({name: segmenter_pages.score(page, rows) for name, page, rows in pages}))
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
