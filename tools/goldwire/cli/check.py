"""`goldwire check`: check every file, record and label of a corpus."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, FINDINGS, as_json, note, plural
from goldwire.model.errors import GoldwireError

if TYPE_CHECKING:
    from goldwire.model.findings import Finding

TEXT = "check every file, record and label of a corpus"
EXAMPLE = "goldwire check --json"
SHOWN = 3
"""Other places of a finding that are printed; JSON has them all."""


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("root", nargs="?", type=Path, help="the corpus (default: here, or the one above or below)")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the findings as a JSON array")
    form.add_argument("--github", action="store_true", help="print the findings as GitHub annotations")
    form.add_argument("--sarif", action="store_true", help="print the findings as SARIF 2.1.0, for code scanning")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.corpus.locate import steward_root
    from goldwire.model.collector import uncollected
    from goldwire.model.findings import errors

    arguments.root = steward_root(arguments.root)
    if not (arguments.root / "corpus").is_dir():
        raise GoldwireError(f"{arguments.root} has no folder corpus/; expected the root of a corpus")
    with uncollected():  # the imports are a third of the time
        from goldwire.checks import check_tree

        findings, skipped = check_tree(arguments.root)
    if arguments.json:
        print(findings_json(findings))
    elif arguments.github:
        print(findings_github(findings, arguments.root))
    elif arguments.sarif:
        print(findings_sarif(findings, arguments.root))
    else:
        print(findings_text(findings, arguments.root))
    for line in skipped:
        note(line)
    return FINDINGS if errors(findings) else CLEAN


def findings_text(findings: Sequence["Finding"], root: Path) -> str:
    """Findings one a line, each code's hint once after the last of its findings, and their number."""
    from goldwire.model.codes import CODES
    from goldwire.model.findings import errors

    prefix = "" if root == Path() else f"{root.as_posix()}/"
    last = {fault.code: i for i, fault in enumerate(findings)}
    lines = []
    for i, fault in enumerate(findings):
        lines.append(f"{prefix}{fault}")
        lines += [f"    also: {_places([f'{prefix}{place}' for place in fault.also])}"] if fault.also else []
        if last[fault.code] == i:
            lines.append(f"    hint: {CODES[fault.code].hint}")
    files, wrong = len({fault.path for fault in findings}), errors(findings)
    warnings = f" and {plural(len(findings) - len(wrong), 'warning')}" if len(wrong) < len(findings) else ""
    lines.append(plural(len(wrong), "finding") + warnings + (f" in {plural(files, 'file')}" if findings else ""))
    return "\n".join(lines)


def _places(places: Sequence[str]) -> str:
    more = len(places) - SHOWN
    return ", ".join(places[:SHOWN]) + (f" and {plural(more, 'more place')}" if more > 0 else "")


def findings_github(findings: Iterable["Finding"], root: Path) -> str:
    """Findings as workflow commands, which GitHub shows at their lines."""
    from goldwire.model.codes import CODES

    lines = []
    for fault in findings:
        place = f"file={(root / fault.path).as_posix()}" + (f",line={fault.line}" if fault.line else "")
        message = fault.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        also = f"%0Aalso: {_places([str(other) for other in fault.also])}" if fault.also else ""
        lines.append(
            f"::{fault.severity} {place},title={fault.code}::{message}{also}%0Ahint: {CODES[fault.code].hint}"
        )
    return "\n".join(lines)


def findings_sarif(findings: Iterable["Finding"], root: Path) -> str:
    """Findings as a SARIF 2.1.0 log (OASIS), with every code as a rule; line 1 stands for a file as a whole."""
    from urllib.parse import quote

    from goldwire.model.codes import CODES
    from goldwire.model.version import __version__

    def location(path: str, line: int) -> dict[str, object]:
        place = root / path
        uri = place.as_uri() if place.is_absolute() else quote(place.as_posix(), errors="surrogateescape")
        return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": max(line, 1)}}}

    rules = [
        {
            "id": name,
            "shortDescription": {"text": code.what},
            "fullDescription": {"text": code.why},
            "help": {"text": code.hint},
            "properties": {"level": code.level},
        }
        for name, code in CODES.items()
    ]
    results = [
        {
            "ruleId": fault.code,
            "level": fault.severity,
            "message": {"text": f"{fault.message}\n{CODES[fault.code].hint}"},
            "locations": [location(fault.path, fault.line)],
            "relatedLocations": [location(other.path, other.line) for other in fault.also],
        }
        for fault in findings
    ]
    driver = {"name": "goldwire", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return as_json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def findings_json(findings: Iterable["Finding"]) -> str:
    """Findings as one JSON array of objects with path, line, other places, code, level, severity, message and hint."""
    from goldwire.model.codes import CODES

    objects = [
        {
            "path": fault.path,
            "line": fault.line or None,
            "also": [{"path": other.path, "line": other.line or None} for other in fault.also],
            "code": fault.code,
            "level": CODES[fault.code].level,
            "severity": fault.severity,
            "message": fault.message,
            "hint": CODES[fault.code].hint,
        }
        for fault in findings
    ]
    return as_json(objects)
