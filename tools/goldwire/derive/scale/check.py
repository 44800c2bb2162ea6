"""All checks on some groups of a corpus that is too large to check whole; each group is complete in itself."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldwire.checks import check
from goldwire.derive.articles import compose
from goldwire.derive.folder import write_folder
from goldwire.derive.plan import Plan
from goldwire.derive.scale.run import read_run, source_articles, source_gold
from goldwire.derive.scale.workers import EngineName, run
from goldwire.model.findings import Finding


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The step that writes one group as a corpus of its own and checks it."""

    plan: Plan
    root: Path | None

    def __call__(self, group: int) -> list[Finding]:
        gold = source_gold(self.root)
        with tempfile.TemporaryDirectory() as folder:
            write_folder(gold, self.plan, [compose(self.plan, group, source_articles(self.root))], Path(folder))
            return check(Path(folder))


def check_groups(
    out: Path, root: Path | None, every: int = 100, workers: int = 1, engine: EngineName = "local"
) -> Iterator[list[Finding]]:
    """Check one group in `every`; yield the findings of each, in no particular order."""
    plan = read_run(out).plan
    for _, found in run(CheckGroup(plan, root), range(0, plan.groups, every), workers, engine):
        yield found
