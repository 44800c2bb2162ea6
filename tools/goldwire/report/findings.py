"""Findings as text, as workflow commands of GitHub, and as JSON."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from goldwire.model.codes import CODES
from goldwire.model.findings import Finding
from goldwire.report.words import plural

SHOWN = 3
"""Other places that a finding names in words; JSON names them all."""


def findings_text(findings: Sequence[Finding], root: Path) -> str:
    """Findings one a line, each code's hint once under the last of its findings, and how many there are."""
    prefix = "" if root == Path() else f"{root.as_posix()}/"
    last = {fault.code: i for i, fault in enumerate(findings)}
    lines = []
    for i, fault in enumerate(findings):
        lines.append(f"{prefix}{fault}")
        lines += [f"    also: {places_text([f'{prefix}{place}' for place in fault.also])}"] if fault.also else []
        if last[fault.code] == i:
            lines.append(f"    hint: {CODES[fault.code].hint}")
    lines.append(summary(findings))
    return "\n".join(lines)


def places_text(places: Sequence[str]) -> str:
    """Places as text, the first few by name."""
    more = len(places) - SHOWN
    return ", ".join(places[:SHOWN]) + (f" and {plural(more, 'more place')}" if more > 0 else "")


def findings_github(findings: Iterable[Finding], root: Path) -> str:
    """Findings as workflow commands, which GitHub shows at their lines."""
    lines = []
    for fault in findings:
        place = f"file={(root / fault.path).as_posix()}" + (f",line={fault.line}" if fault.line else "")
        message = fault.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        also = f"%0Aalso: {places_text([str(other) for other in fault.also])}" if fault.also else ""
        lines.append(f"::error {place},title={fault.code}::{message}{also}%0Ahint: {CODES[fault.code].hint}")
    return "\n".join(lines)


def findings_json(findings: Iterable[Finding]) -> str:
    """Findings as one JSON array of objects with path, line, other places, code, level, message and hint."""
    objects = [
        {
            "path": fault.path,
            "line": fault.line or None,
            "also": [{"path": other.path, "line": other.line or None} for other in fault.also],
            "code": fault.code,
            "level": CODES[fault.code].level,
            "message": fault.message,
            "hint": CODES[fault.code].hint,
        }
        for fault in findings
    ]
    return json.dumps(objects, indent=2, ensure_ascii=False)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings, in how many files."""
    files = len({fault.path for fault in findings})
    return f"{plural(len(findings), 'finding')}" + (f" in {plural(files, 'file')}" if findings else "")
