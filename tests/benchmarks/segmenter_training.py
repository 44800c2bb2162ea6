"""Fit the segmenter's table of weights, compare it with a new fit, or measure it on pages that the fit did not see.

`python tests/benchmarks/segmenter_training.py` fits `page_weights.tsv` on the labelled pages of tests/pages/development and
tests/pages/training, on invented pages and on the shipped pages; the same inputs give the same bytes. `--check` writes nothing and
exits 1 if a new fit differs from the table. `--held-out` writes nothing either: it parts the labelled pages, each of which has a
layout of its own, into groups, fits once without each group, and prints how well the pages that were left out are proposed.
"""

import os

os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # sums in one order

import argparse
import dataclasses
import functools
import hashlib
import random
import sys
import tempfile
import time
from pathlib import Path

import segmenter_pages
from invented_pages import invented
from segmenter_fit import ALLOWED, CAN_START, ENOUGH, PENALTY, RARE, ROUNDS, fit

from goldwire.corpus import page_weights
from goldwire.corpus.line_cues import page_cues
from goldwire.corpus.page_lines import page_lines
from goldwire.corpus.page_model import COLUMNS, INDEX, STATES
from goldwire.corpus.site_phrases import phrase_lists

PAGES = segmenter_pages.ROOT / "tests/pages"
INVENTED_WEIGHT = 0.25
"""What an invented page counts, beside 1 of a labelled one."""
SHIPPED_WEIGHT = 5.0
"""What a shipped page counts."""
FORGOTTEN = 0.12
"""Lines of invented pages whose phrases are forgotten, so that no page needs them."""
DROPPED = 0.25
"""Cues that a copy of a labelled page is without (dropout, Srivastava et al. 2014), so that no line needs a single cue."""
SEEDS = 450
LONGEST = 150
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


def write(fitted, path):
    """Write a fit as the table of weights."""
    cues, (table, follows, start, end) = fitted
    rows = ["\t".join([f"cue, fitted on {examples_digest()}", *COLUMNS])]
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


def held_out(groups, path):
    """Print scores of pages that the fit did not see, group by group."""
    pages, made, scores = labelled(), invented_examples(SEEDS), {}
    for group in range(groups):
        rest = [page for i, page in enumerate(pages) if i % groups != group]
        scores |= proposed_with(fitted_on(rest, made), pages[group::groups], path)
        print(f"group {group + 1} of {groups}", file=sys.stderr, flush=True)
    print(report({name: scores[name] for name, *_ in pages}))


def fitted_on(pages, made):
    """A fit on labelled pages, on examples that are already made, and on the shipped pages."""
    return fit([*made, *known(pages, 1.0), *known(segmenter_pages.shipped(), SHIPPED_WEIGHT)])


def labelled():
    """The labelled pages that weights are fitted on."""
    return [page for part in ("development", "training") for page in segmenter_pages.labelled(PAGES / part)]


def known(pages, weight):
    """Examples from labelled pages, and as many without some of their cues."""
    whole = [each for _, page, rows in pages for each in examples(page, rows, weight / 2)]
    draw = random.Random(len(whole))
    return [*whole, *((_dropping(cues, draw), states, each) for cues, states, each in whole)]


def _dropping(cues, draw):
    return [[cue for cue in line if cue == "always" or draw.random() >= DROPPED] for line in cues]


@functools.cache
def examples_digest():
    """A digest of what the weights are fitted on: the settings, and the cues and states of the pages (two of the invented ones)."""
    settings = (
        *(INVENTED_WEIGHT, SHIPPED_WEIGHT, FORGOTTEN, DROPPED, SEEDS, LONGEST, SMALLEST),
        *(PENALTY, RARE, ROUNDS, ENOUGH),
    )
    pages = [*labelled(), *segmenter_pages.shipped()]
    found = [next(examples(page, rows, 1.0)) for _, page, rows in pages]
    return hashlib.sha256(repr((settings, found, invented_examples(2))).encode()).hexdigest()[:16]


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
    arguments.add_argument("--check", action="store_true", help="exit 1 if a new fit differs from the table")
    arguments.add_argument("--held-out", type=int, metavar="GROUPS", help="measure on pages left out of the fit")
    given = arguments.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path, table = Path(folder, "table.tsv"), page_weights.TABLE
        if given.held_out:
            held_out(given.held_out, path)
        else:
            fitted = fitted_on(labelled(), invented_examples(SEEDS))
            scores = proposed_with(fitted, [*labelled(), *segmenter_pages.shipped()], path)
            if given.check and path.read_bytes() != table.read_bytes():
                raise SystemExit(f"{table.name} differs from a new fit; run this script again without --check")
            if not given.check:
                table.write_bytes(path.read_bytes())
            print(report(scores))
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
