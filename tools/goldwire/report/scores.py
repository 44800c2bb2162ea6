"""Scores as text and as JSON."""

import json

from goldwire.benchmark import Score
from goldwire.report.words import number
from goldwire.scorers.counts import Counts
from goldwire.scorers.entities import MODES


def score_text(score: Score, name: str) -> str:
    """A score as a table: every mode, then strict by type, then what was ignored, then the signature."""
    lines = [f"{name}: {score}".split("  goldwire|")[0], ""]
    header = f"{'':<14}{'precision':>10}{'recall':>10}{'F1':>10}{'hits':>8}{'predicted':>11}{'gold':>7}"
    lines += [header, *(_row(mode, score.counts.modes[mode]) for mode in MODES), ""]
    lines += [_row(kind, modes["strict"]) for kind, modes in score.counts.types.items()]
    lines.append("")
    if score.macro is not None:
        lines.append(f"macro strict F1 over documents {score.macro:.3f}")
    if score.ignored:
        ignored = ", ".join(f"{kind} {number}" for kind, number in score.ignored.items())
        lines.append(f"ignored, of types gold does not label: {ignored}")
    lines.append(str(score.signature))
    return "\n".join(lines)


def _row(name: str, counts: Counts) -> str:
    numbers = "".join(f"{number(value):>10}" for value in (counts.precision, counts.recall, counts.f1))
    return f"{name:<14}{numbers}{counts.hits:>8g}{counts.predicted:>11}{counts.gold:>7}"


def score_json(score: Score, name: str) -> str:
    """A score as one JSON object: headline, interval, counts by mode, type and document, signature."""

    def numbers(counts: Counts) -> dict[str, float | None]:
        return {
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
            "hits": counts.hits,
            "predicted": counts.predicted,
            "gold": counts.gold,
        }

    return json.dumps(
        {
            "system": name,
            "f1": score.f1,
            "interval": score.interval,
            "macro": score.macro,
            "modes": {mode: numbers(counts) for mode, counts in score.counts.modes.items()},
            "types": {
                kind: {mode: numbers(counts) for mode, counts in modes.items()}
                for kind, modes in score.counts.types.items()
            },
            "documents": {
                name: {mode: numbers(counts) for mode, counts in counts.modes.items()}
                for name, counts in score.by_document.items()
            },
            "ignored": score.ignored,
            "signature": str(score.signature),
        },
        indent=2,
    )
