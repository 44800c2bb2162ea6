"""Comparisons of two systems as text and as JSON."""

import json
from typing import Any

from goldwire.bench.compare import Comparison, Delta
from goldwire.report.words import number


def comparison_text(result: Comparison, a: str, b: str) -> str:
    """The two scores, then every difference, b minus a, with its interval and p-values, then the signature."""
    lines = [f"{name}: {side}".split("  goldwire|")[0] for name, side in ((a, result.a), (b, result.b))]
    heading = f"{'a':>8}{'b':>8}{'b - a':>9}{'95 % interval':>18}{'p bootstrap':>13}{'p randomised':>14}"
    group = None
    for row in result.rows:
        if row.a.group != group:
            lines += ["", f"{row.a.group:<23}{heading if group is None else ''}".rstrip()]
            group = row.a.group
        lines.append(_row(row))
    return "\n".join([*lines, "", str(result.a.signature)])


def _row(row: Delta) -> str:
    delta = "–" if row.delta is None else f"{row.delta:+.3f}"
    bounds = f"[{row.interval[0]:+.3f}, {row.interval[1]:+.3f}]" if row.interval else "–"
    values = f"{number(row.a.value):>8}{number(row.b.value):>8}"
    chances = f"{number(row.p_bootstrap):>13}{number(row.p_randomisation):>14}"
    return f"  {row.a.name:<21}{values}{delta:>9}{bounds:>18}{chances}"


def comparison_json(result: Comparison, a: str, b: str) -> str:
    """A comparison as one JSON object."""

    def told(row: Delta) -> dict[str, Any]:
        return {
            "group": row.a.group,
            "name": row.a.name,
            "number": row.a.number,
            "a": row.a.value,
            "b": row.b.value,
            "delta": row.delta,
            "interval": row.interval,
            "p_bootstrap": row.p_bootstrap,
            "p_randomisation": row.p_randomisation,
        }

    sides = {
        key: {"system": name, "f1": side.f1, "interval": side.interval}
        for key, name, side in (("a", a, result.a), ("b", b, result.b))
    }
    rows = {"headline": told(result.headline), "rows": [told(row) for row in result.rows]}
    task = {"task": result.a.task, **sides, **rows, "signature": str(result.a.signature)}
    return json.dumps(task, indent=2, ensure_ascii=False)
