"""Agreement of two sets as text and as JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from goldwire.curate.agreement import Agreement
from goldwire.curate.differences import ABSENT, Difference
from goldwire.report.words import number, plural


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
        lines.append(f"{row.layer:<11}{row.measure:<50}{number(row.value):>6}  {bounds:<16}{row.items}")
    return lines


def _by_place(differences: Iterable[Difference]) -> Iterator[tuple[str, str, list[Difference]]]:
    for (layer, unit), found in groupby(differences, key=lambda difference: (difference.layer, difference.unit)):
        yield layer, unit, list(found)


def agreement_json(agreement: Agreement) -> str:
    """Agreement of two sets as one JSON object: rows and differences."""
    return json.dumps(asdict(agreement), indent=2, ensure_ascii=False)
