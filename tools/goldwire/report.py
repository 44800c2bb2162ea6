"""How results look on a terminal and as JSON. Nothing else formats."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from goldwire.agreement import Agreement
from goldwire.benchmark import Gold, Score
from goldwire.codes import CODES, Code
from goldwire.differences import ABSENT, Difference
from goldwire.findings import Finding
from goldwire.scorers.counts import Counts
from goldwire.scorers.entities import MODES


def findings_text(findings: Sequence[Finding], root: Path) -> str:
    """Findings one a line, each code's hint once under the last of its findings, and how many there are."""
    prefix = "" if root == Path() else f"{root.as_posix()}/"
    last = {fault.code: i for i, fault in enumerate(findings)}
    lines = []
    for i, fault in enumerate(findings):
        lines.append(f"{prefix}{fault}")
        if last[fault.code] == i:
            lines.append(f"    hint: {CODES[fault.code].hint}")
    lines.append(summary(findings))
    return "\n".join(lines)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings, in how many files."""
    files = len({fault.path for fault in findings})
    return f"{plural(len(findings), 'finding')}" + (f" in {plural(files, 'file')}" if findings else "")


def plural(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def findings_json(findings: Iterable[Finding]) -> str:
    """Findings as one JSON array of objects with path, line, code, level, message and hint."""
    objects = [
        {
            "path": fault.path,
            "line": fault.line or None,
            "code": fault.code,
            "level": CODES[fault.code].level,
            "message": fault.message,
            "hint": CODES[fault.code].hint,
        }
        for fault in findings
    ]
    return json.dumps(objects, indent=2, ensure_ascii=False)


def code_text(name: str, code: Code) -> str:
    """What a code means, at length."""
    return f"{name} ({code.level})\n  {code.message}\n\nwhy:  {code.why}\nhint: {code.hint}"


def gold_text(gold: Gold) -> str:
    """What the corpus holds: counts of pages, blocks, documents, labels and pairs."""
    return "\n".join(f"{name:<22}{value}" for name, value in gold_rows(gold))


def gold_rows(gold: Gold) -> list[tuple[str, str]]:
    """The rows of `goldwire show`: a name and what there is of it."""
    inside = sum(
        _visible(gold.page_texts[page][block.start : block.end])
        for page, blocks in gold.blocks.items()
        for block in blocks
    )
    visible = sum(_visible(text) for text in gold.page_texts.values())
    roles = [block.role for blocks in gold.blocks.values() for block in blocks]
    relations = [pair.relation for pair in gold.pairs]
    documents = gold.documents.values()
    mentions = [mention for document in documents for mention in document.mentions or ()]
    quotes = [quote for document in documents for quote in document.quotes or ()]
    decoys = [decoy for document in documents for decoy in document.decoys or ()]
    labelled = sum(document.mentions is not None for document in documents)
    return [
        ("data", f"{gold.version}+{gold.digest[:8]}"),
        ("pages", f"{len(gold.pages)}"),
        ("blocks", _tally(roles)),
        ("characters covered", f"{inside:,} of {visible:,} that are not blank ({inside / max(1, visible):.0%})"),
        ("documents", f"{len(gold.documents)} ({len(gold.clusters)} different articles)"),
        ("labelled documents", f"{labelled} with entities"),
        ("mentions", _tally(mention.type for mention in mentions)),
        ("entities", f"{len(gold.entities):,} registered"),
        ("quotes", _tally(quote.type for quote in quotes)),
        ("decoys", _tally(decoy.reason for decoy in decoys)),
        ("pairs", _tally(relations)),
        ("passages", f"{sum(len(pair.passages) for pair in gold.pairs):,}"),
    ]


def _visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _tally(items: Iterable[str]) -> str:
    counts = Counter(items)
    parts = ", ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
    return f"{sum(counts.values()):,}" + (f" ({parts})" if parts else "")


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
    numbers = "".join(f"{_number(value):>10}" for value in (counts.precision, counts.recall, counts.f1))
    return f"{name:<14}{numbers}{counts.hits:>8g}{counts.predicted:>11}{counts.gold:>7}"


def agreement_text(agreement: Agreement) -> str:
    """Agreement of two sets: a row a number, then every difference, both sides under each other."""
    lines = [f"{agreement.a} and {agreement.b}", "", *agreement_rows(agreement), ""]
    for layer, unit, found in _by_place(agreement.differences):
        lines.append(f"{layer} {unit}".rstrip())
        for difference in found:
            lines += [f"  a {difference.a or ABSENT}", f"  b {difference.b or ABSENT}", ""]
    lines.append(plural(len(agreement.differences), "difference"))
    return "\n".join(lines)


def agreement_rows(agreement: Agreement) -> list[str]:
    """The numbers alone, as aligned lines: layer, measure, value, 95 % interval, items."""
    lines = []
    for row in agreement.rows:
        bounds = f"[{row.interval[0]:.3f}, {row.interval[1]:.3f}]" if row.interval else ""
        lines.append(f"{row.layer:<11}{row.measure:<50}{_number(row.value):>6}  {bounds:<16}{row.items}")
    return lines


def _by_place(differences: Iterable[Difference]) -> Iterator[tuple[str, str, list[Difference]]]:
    for (layer, unit), found in groupby(differences, key=lambda difference: (difference.layer, difference.unit)):
        yield layer, unit, list(found)


def agreement_json(agreement: Agreement) -> str:
    """Agreement of two sets as one JSON object: rows and differences."""
    return json.dumps(asdict(agreement), indent=2, ensure_ascii=False)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


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
