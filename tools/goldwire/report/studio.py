"""The state of the work in Label Studio as text and as JSON."""

import json
from collections import Counter
from dataclasses import asdict

from goldwire.curate.differences import ABSENT
from goldwire.report.words import number, plural
from goldwire.studio.status import Status


def status_text(status: Status) -> str:
    """A line for every document and annotator, then agreement so far, then the sums."""
    people = [row.annotator or ABSENT for row in status.rows]
    width = max((len(name) for name in people), default=0) + 2
    lines = [f"{'document':<12}{'annotator':<{max(width, 11)}}{'state':<18}{'mentions':>8}{'quotes':>8}{'minutes':>9}"]
    for row, name in zip(status.rows, people, strict=True):
        sizes = f"{row.mentions:>8}{row.quotes:>8}{row.minutes:>9.1f}"
        lines.append(f"{row.document:<12}{name:<{max(width, 11)}}{row.state:<18}{sizes}")
    for pair in status.agreement:
        both = f"{pair.a} and {pair.b}, {plural(pair.documents, 'document')}"
        lines += ["", f"{both}: {pair.layer}, {pair.measure} {number(pair.value)}"]
    states = Counter(row.state for row in status.rows)
    said = ", ".join(f"{n} {state}" for state, n in states.most_common())
    minutes = sum(row.minutes for row in status.rows)
    return "\n".join([*lines, "", f"{said or 'nothing there'}; {minutes:,.1f} minutes in all"])


def status_json(status: Status) -> str:
    """The state as one JSON object: rows and agreement."""
    return json.dumps(asdict(status), indent=2, ensure_ascii=False)
