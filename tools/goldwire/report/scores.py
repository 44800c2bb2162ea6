"""Scores as text and as JSON."""

import json
from typing import Any

from goldwire.bench.score import Row, Score
from goldwire.report.words import number
from goldwire.scoring.counts import Counts, Line, PairTable

HEADER = f"{'precision':>10}{'recall':>8}{'F1':>8}{'95 % interval':>17}{'hits':>9}{'predicted':>11}{'gold':>7}"

MOST = 8
"""Confusions that a table names; the JSON has them all."""


def score_text(score: Score, name: str) -> str:
    """A score as a table: every measure with its interval, group by group, then the rest, then the signature."""
    lines = [f"{name}: {score}".split("  goldwire|")[0]]
    group = None
    for row in score.rows():
        if row.group != group:
            lines += ["", f"{row.group:<23}{HEADER if group is None else ''}".rstrip()]
            group = row.group
        lines.append(_row(row))
    lines += ["", *_baselines(score), *_rest(score), str(score.signature)]
    return "\n".join(lines)


def _row(row: Row) -> str:
    bounds = f"[{row.interval[0]:.3f}, {row.interval[1]:.3f}]" if row.interval else "–"
    if isinstance(row.counts, PairTable):
        return f"  {row.name:<21}{'':18}{number(row.value):>8}{bounds:>17}"
    counts = row.counts
    shown = {"precision": 10, "recall": 8, "f1": 8}
    numbers = "".join(
        f"{number(counts.number(what)) if row.number in (what, 'f1') else '':>{width}}"  # type: ignore[arg-type]
        for what, width in shown.items()
    )
    return f"  {row.name:<21}{numbers}{bounds:>17}{counts.hits:>9.6g}{counts.predicted:>11g}{counts.gold:>7g}"


def _baselines(score: Score) -> list[str]:
    if not score.baselines:
        return []
    lines = [f"{'beside':<23}{'duplicates F1':>18}{'adjusted Rand':>15}{'largest false cluster':>23}"]
    for name, counts in {"this system": score.counts, **score.baselines}.items():
        f1, ari = number(counts.duplicates.f1), number(counts.clusters.ari)
        lines.append(f"  {name:<21}{f1:>18}{ari:>15}{counts.largest_false:>23}")
    return [*lines, ""]


def _rest(score: Score) -> list[str]:
    lines = []
    if score.macro is not None:
        units = "pages" if score.task == "segments" else "documents"
        lines.append(f"macro {score.headline} over {units} {score.macro:.3f}")
    if score.task == "entities" and (confused := _confused(score)):
        lines.append(f"types confused, gold as predicted: {confused}")
    if score.ignored:
        ignored = ", ".join(f"{kind} {number}" for kind, number in score.ignored.items())
        lines.append(f"ignored, of types gold does not label: {ignored}")
    return lines


def _confused(score: Score) -> str:
    """The types that overlapping mentions were confused in, the most frequent first."""
    cells = [(-n, a, b) for (a, b), n in score.counts.confusion.items() if a and b and a != b]
    shown = [f"{a} as {b} {-n}" for n, a, b in sorted(cells)]
    return ", ".join(shown[:MOST]) + (f" and {len(shown) - MOST} more" if len(shown) > MOST else "")


def score_json(score: Score, name: str) -> str:
    """A score as one JSON object: headline, every row with its interval and counts, units, signature."""
    told: dict[str, Any] = {
        "system": name,
        "task": score.task,
        "headline": score.headline,
        "f1": score.f1,
        "interval": score.interval,
        "macro": score.macro,
        "rows": [_line(row) | {"value": row.value, "interval": row.interval} for row in score.rows()],
        "units": {unit: [_line(line) for line in counts.lines()] for unit, counts in score.by_unit.items()},
        "baselines": {unit: [_line(line) for line in counts.lines()] for unit, counts in score.baselines.items()},
        "ignored": score.ignored,
        "unread": score.unread,
        "signature": str(score.signature),
    }
    if score.task == "entities":
        pairs = sorted(score.counts.confusion.items(), key=lambda item: (item[0][0] or "", item[0][1] or ""))
        told["confusion"] = [{"gold": a, "predicted": b, "count": n} for (a, b), n in pairs]
    if score.task == "duplicates":
        told["largest_false_cluster"] = score.counts.largest_false
    return json.dumps(told, indent=2, ensure_ascii=False)


def _line(line: Row | Line) -> dict[str, Any]:
    counts = line.counts
    told: dict[str, Any] = {"group": line.group, "name": line.name, "number": line.number}
    if isinstance(counts, Counts):
        told |= {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return told | {slot: getattr(counts, slot) for slot in counts.__slots__}
