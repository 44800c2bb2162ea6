"""Scores of corpora too large for memory: every shard is scored as a corpus is, and its counts are added up."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from goldwire.bench.baselines import find_system
from goldwire.bench.judging import judge
from goldwire.bench.score import HEADLINES, headline_of
from goldwire.corpus.files import sha256, write_bytes
from goldwire.derive.plan import GROUP, PAGE
from goldwire.derive.scale.run import Run, read_result, result_path, whole
from goldwire.derive.scale.shard_gold import shard_gold
from goldwire.derive.scale.shards import shard_count
from goldwire.derive.scale.workers import EngineName, run
from goldwire.model.errors import GoldwireError
from goldwire.scoring.bootstrap import counts_interval
from goldwire.scoring.counts import Counts, Line, PairTable
from goldwire.scoring.settings import Settings, Signature

BLOCKS = 1000
"""Blocks of neighbouring groups that the bootstrap draws at most; what is alike stands in one group."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a system scored on a large corpus: every measure, the headline first, and its interval."""

    lines: list[Line]
    interval: tuple[float, float] | None
    units: int
    ignored: dict[str, int]
    unread: dict[str, int]
    signature: Signature


@dataclass(frozen=True, slots=True)
class ScoreShard:
    """The step that scores one shard and leaves the counts."""

    out: Path
    name: str
    system: str
    settings: Settings

    def __call__(self, shard: int) -> int:
        gold = shard_gold(self.out, shard, self.settings)
        judged = judge(find_system(self.system, self.settings.task), gold, self.settings)
        groups: dict[int, Counts] = {}
        for unit, counts in judged.by_unit.items():
            group = _page_number(unit) * PAGE // GROUP
            made = headline_of(counts, self.settings).counts
            groups[group] = groups.get(group, Counts()) + made  # type: ignore[operator]  # pairs are not scored here
        result = {
            "lines": [
                [g, n, number, shown, list(astuple(counts))] for g, n, counts, number, shown in judged.total.lines()
            ],
            "groups": {str(group): list(astuple(counts)) for group, counts in groups.items()},
            "units": len(judged.by_unit),
            "ignored": judged.ignored,
            "unread": judged.unread,
        }
        write_bytes(result_path(self.out, self.name, shard), json.dumps(result).encode())
        return len(judged.by_unit)


def _page_number(unit: str) -> int:
    return int(unit.split("-", 1)[0].removeprefix("d"))


def score_shards(
    out: Path, system: str, settings: Settings, workers: int = 1, engine: EngineName = "local"
) -> Iterator[int]:
    """Score what is not scored yet; yield the number of shards that are done, as it grows."""
    if settings.task == "duplicates":
        raise GoldwireError("pairs are scored over all shards at once: take goldwire scale candidates")
    found = whole(out)
    find_system(system, settings.task)  # a wrong name is told here, once
    name = step_name(system, settings)
    todo = [s for s in range(shard_count(found.plan)) if not result_path(out, name, s).is_file()]
    done = shard_count(found.plan) - len(todo)
    yield done
    for _ in run(ScoreShard(out.resolve(), name, system, settings), todo, workers, engine):
        done += 1
        yield done


def step_name(system: str, settings: Settings) -> str:
    """The name of the results of a system: one for every setting that can move them."""
    spelt = repr(replace(settings, resamples=0, seed=0)).encode()
    return f"{settings.task}-{system.replace(':', '.')}-{sha256(spelt)[:8]}"


def tally(out: Path, system: str, settings: Settings) -> Tally:
    """The score of a system, from what every shard left."""
    found = whole(out)
    results = [read_result(result_path(out, step_name(system, settings), s)) for s in range(shard_count(found.plan))]
    headline = HEADLINES[settings.task, settings.match]
    lines = sorted(_added(results), key=lambda line: line.name != headline)
    units = sum(result["units"] for result in results)
    cells = _cells(results, found)
    sizes = [1] * len(cells)  # blocks are alike in size, but for the last
    interval = counts_interval(cells, lines[0].number, sizes, settings.resamples, settings.seed)
    signature = Signature(settings, found.version, found.digest, "derived", units)
    return Tally(lines, interval, units, _summed(results, "ignored"), _summed(results, "unread"), signature)


def _summed(results: Iterable[dict[str, Any]], part: str) -> dict[str, int]:
    total: dict[str, int] = {}
    for result in results:
        for kind, number in result.get(part, {}).items():  # results of before have fewer parts
            total[kind] = total.get(kind, 0) + number
    return dict(sorted(total.items()))


def _added(results: Iterable[dict[str, Any]]) -> list[Line]:
    total: dict[tuple[str, str], Line] = {}
    for result in results:
        for group, name, number, shown, counts in result["lines"]:
            made = PairTable(*counts) if number == "ari" else Counts(*counts)
            before = total.get((group, name))
            both = made if before is None else before.counts + made  # type: ignore[operator]
            total[group, name] = Line(group, name, both, number, shown or (before is not None and before.shown))
    return list(total.values())


def _cells(results: Iterable[dict[str, Any]], found: Run) -> dict[tuple[int, ...], Counts | PairTable]:
    size = -(-found.plan.groups // BLOCKS)
    cells: dict[tuple[int, ...], Counts] = {}
    for result in results:
        for group, counts in result["groups"].items():
            cells[(int(group) // size,)] = cells.get((int(group) // size,), Counts()) + Counts(*counts)
    return dict(cells)
