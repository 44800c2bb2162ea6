"""How well the segmenter proposes the blocks of labelled pages: a table by page, and confusion by role.

`python tests/benchmarks/segmenter_pages.py FOLDER…`; without a folder, the five shipped pages. A folder has `NAME.txt` with
`NAME.labels.tsv`: line or `line:start-end`, role, article or `-`, and words, a row for each block. A block is right
if the proposal has one of the same letters and digits with its role; articles are paired by the blocks they share.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from goldwire.corpus.annotation_sets import read_set
from goldwire.corpus.segmenter import proposal
from goldwire.text import spans

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Labelled:
    """A block as somebody labelled it; article 0 is the page itself."""

    start: int
    end: int
    role: str
    article: int


@dataclass
class Score:
    """Counts of one page: blocks, right in role, and in role and article; articles; what is left to correct."""

    blocks: int = 0
    role: int = 0
    both: int = 0
    there: int = 0
    found: int = 0
    first: int = 0
    unsure: int = 0
    left: int = 0
    confusion: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def shipped():
    """The pages of the corpus with their gold blocks."""
    labels, _ = read_set(ROOT, "annotations/gold")
    for name, blocks in labels.segments.items():
        rows = [Labelled(b.start, b.end, b.role, int(b.document[-2:]) if b.document else 0) for b in blocks]
        yield name, (ROOT / f"corpus/pages/{name}.txt").read_bytes().decode(), rows


def labelled(folder):
    """The pages of a folder with the blocks of their tables."""
    for path in sorted(Path(folder).glob("*.txt")):
        page = path.read_bytes().decode()
        lines = list(spans.lines(page))
        table = path.with_suffix(".labels.tsv").read_text(encoding="utf-8").split("\n")
        yield path.stem, page, [_row(row.split("\t"), page, lines) for row in table if row.count("\t") >= 2]


def _row(row, page, lines):
    number, _, part = row[0].partition(":")
    start, end = lines[int(number) - 1]
    if part:
        first, last = map(int, part.split("-"))
        start, end = start + first, start + last
    return Labelled(*spans.trim(page, start, end), row[1], 0 if row[2] == "-" else int(row[2]))


def score(page, gold):
    """Compare the proposal for a page with its labels."""
    proposed = proposal("page", page)
    own = [Labelled(b.start, b.end, b.role, int(b.document[-2:]) if b.document else 0) for b in proposed.blocks]
    at = {_core(page, block): block for block in own}
    unsure = {_core(page, b) for b in proposed.blocks if b.id in proposed.unsure}
    pairs = _pairs(gold, at, page)
    result = Score(len(gold), there=len(_firsts(gold)), found=len(_firsts(own)), unsure=len(unsure))
    result.first = len({_core(page, b)[0] for b in _firsts(gold)} & {_core(page, b)[0] for b in _firsts(own)})
    for block in gold:
        core = _core(page, block)
        match = at.get(core)
        result.confusion[block.role, match.role if match else "cut elsewhere"] += 1
        is_role = match is not None and match.role == block.role
        is_both = is_role and match.article == pairs.get(block.article)
        result.role += is_role
        result.both += is_both
        result.left += not is_both and core not in unsure
    return result


def _core(page, block):
    """The span between the first and the last letter or digit of a block."""
    signs = [i for i in range(block.start, block.end) if page[i].isalnum()]
    return (signs[0], signs[-1] + 1) if signs else (block.start, block.end)


def _pairs(gold, at, page):
    shared = Counter()
    for block in gold:
        match = at.get(_core(page, block))
        if match and block.article and match.article:
            shared[block.article, match.article] += 3 if block.role in ("body", "headline") else 1
    pairs = {0: 0}
    for a, b in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def _firsts(blocks):
    first = {}
    for block in blocks:
        if block.article:
            first.setdefault(block.article, block)
    return list(first.values())


def table(scores):
    """The scores of pages by name as text, with their sum."""
    rows = [
        f"{'page':<28}{'lines':>6}{'role':>7}{'+article':>9}{'found':>7}{'there':>6}{'first F1':>9}"
        f"{'to correct':>12}{'unsure':>8}{'left':>6}"
    ]
    for name, each in [*scores.items(), ("together", sum(scores.values(), Score()))]:
        f1 = 2 * each.first / (each.found + each.there) if each.found + each.there else 1.0
        rows.append(
            f"{name:<28}{each.blocks:>6}{each.role / each.blocks:>7.2f}{each.both / each.blocks:>9.2f}{each.found:>7}"
            f"{each.there:>6}{f1:>9.2f}{each.blocks - each.both:>12}{each.unsure:>8}{each.left:>6}"
        )
    return "\n".join(rows)


def confusion(total):
    """What each role was proposed as, as text."""
    roles = sorted({role for role, _ in total.confusion})
    rows = []
    for role in roles:
        wrong = {other: n for (own, other), n in total.confusion.items() if own == role and other != role}
        all_of_it = sum(n for (own, _), n in total.confusion.items() if own == role)
        listed = ", ".join(f"{other} {n}" for other, n in sorted(wrong.items(), key=lambda each: (-each[1], each[0])))
        rows.append(f"{role:<12}{total.confusion[role, role]:>5} of {all_of_it:<5} {listed}")
    return "\n".join(rows)


def main():
    for folder in sys.argv[1:] or ["shipped"]:
        pages = shipped() if folder == "shipped" else labelled(folder)
        scores = {name: score(page, gold) for name, page, gold in pages}
        print(f"{folder}\n{table(scores)}\n\n{confusion(sum(scores.values(), Score()))}\n")


if __name__ == "__main__":
    main()
