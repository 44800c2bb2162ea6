"""How many labels began as suggestions, and how many of these were accepted unchanged."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from goldwire.model.records import DocumentLabel, Origin


class Accepted(NamedTuple):
    """The labels that began as suggestions of a set: how many there are, and how many nobody has changed."""

    set: str
    labels: int
    unchanged: int

    @property
    def share(self) -> str:
        """The number of unchanged labels, with its share."""
        return f"{self.unchanged:,}" + (f" ({100 * self.unchanged / self.labels:.0f} %)" if self.labels else "")

    def __str__(self) -> str:
        return f"{self.labels:,} labels suggested by {self.set}, of them accepted unchanged: {self.share}"


def accepted(records: Iterable[DocumentLabel]) -> list[Accepted]:
    """The origins of labels, by the name of the set that suggested them."""
    origins = Counter(record.origin for record in records if record.origin)
    return [
        Accepted(name, sum(n for o, n in origins.items() if o.set == name), origins[Origin(set=name, changed=False)])
        for name in sorted({origin.set for origin in origins})
    ]
