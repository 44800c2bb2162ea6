"""Scores of corpora that are too large for memory: each shard is scored as a corpus, and the counts are added."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Literal, TypedDict, cast

from goldwire.bench.baselines import find_system
from goldwire.bench.judging import judge
from goldwire.bench.score import HEADLINES, headline_of
from goldwire.corpus.files import read_object, sha256, write_bytes
from goldwire.derive.plan import GROUP, PAGE
from goldwire.derive.scale.results import Tell, fingerprint, keep_only
from goldwire.derive.scale.run import Run, read_complete_run
from goldwire.derive.scale.shard_gold import shard_gold
from goldwire.derive.scale.shards import damaged, shard_count
from goldwire.derive.scale.workers import EngineName, run
from goldwire.model.errors import GoldwireError
from goldwire.scoring.counts import Counts, NamedCounts, Number, PairTable
from goldwire.scoring.intervals import counts_interval
from goldwire.scoring.settings import Settings, Signature

BLOCKS = 1000
"""The most blocks of neighbouring groups that an interval leaves out in turn; all copies of a document are in one."""


class ShardResult(TypedDict):
    """The counts of one shard, as its file keeps them; groups are numbers of the corpus, written in decimal."""

    lines: list[tuple[str, str, Number, bool, list[float]]]
    groups: dict[str, list[float]]
    units: int
    ignored: dict[str, int]
    unread: dict[str, int]


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """The score of a system on a large corpus: every measure, the headline first, and the headline's 95 % interval."""

    lines: list[NamedCounts]
    interval: tuple[float, float] | None
    units: int
    ignored: dict[str, int]
    unread: dict[str, int]
    signature: Signature
    blocks: int = 0
    """The blocks of neighbouring groups that have something to judge."""


@dataclass(frozen=True, slots=True)
class ScoreShard:
    """The step that scores one shard and writes its counts."""

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
        result: ShardResult = {
            "lines": [
                (line.group, line.name, line.number, line.shown, list(astuple(line.counts)))
                for line in judged.total.lines()
            ],
            "groups": {str(group): list(astuple(counts)) for group, counts in groups.items()},
            "units": len(judged.by_unit),
            "ignored": judged.ignored,
            "unread": judged.unknown,
        }
        write_bytes(result_path(self.out, self.name, shard), json.dumps(result).encode())
        return len(judged.by_unit)


def _page_number(unit: str) -> int:
    return int(unit.split("-", 1)[0].removeprefix("d"))


def result_path(out: Path, step: str, shard: int) -> Path:
    """The file with the counts of a shard, which a later run does not compute again."""
    return out / "steps" / step / f"{shard:05}.json"


def read_result(path: Path) -> ShardResult:
    """The counts of a shard."""
    try:
        found = read_object(path)
        parts: dict[str, type] = {"lines": list, "groups": dict, "units": int}
        if wrong := [name for name, kind in parts.items() if not isinstance(found.get(name), kind)]:
            raise ValueError(f"no {wrong[0]}")
        return cast(ShardResult, found)
    except (OSError, ValueError) as error:
        raise damaged(path, error) from None


def score_shards(
    out: Path,
    system: str,
    settings: Settings,
    workers: int = 1,
    engine: EngineName = "local",
    tell: Tell = lambda _: None,
) -> Iterator[int]:
    """Score the shards that are not scored yet; yield the number of scored shards so far, with those of before.

    Results of before are used only if the system, the packages, goldwire, the settings and the corpus are still
    the same; otherwise they are deleted, and `tell` is called with a sentence that says so.
    Raises GoldwireError for the task duplicates, for an unknown system, and if a shard is missing.
    """
    if settings.task == "duplicates":
        raise GoldwireError("duplicates are scored over all shards at once; use goldwire scale candidates")
    found = read_complete_run(out)
    find_system(system, settings.task)  # so that a wrong name is reported once, here
    name = step_name(system, settings)
    keep_only(result_path(out, name, 0).parent, fingerprint(found, name, module=system.partition(":")[0]), tell)
    todo = [s for s in range(shard_count(found.plan)) if not result_path(out, name, s).is_file()]
    done = shard_count(found.plan) - len(todo)
    yield done
    for _ in run(ScoreShard(out.resolve(), name, system, settings), todo, workers, engine):
        done += 1
        yield done


def step_name(system: str, settings: Settings) -> str:
    """The folder name for the results of a system: another one for each setting that can change the counts."""
    key = repr(replace(settings, resamples=0, seed=0)).encode()
    return f"{settings.task}-{system.replace(':', '.')}-{sha256(key)[:8]}"


def total_score(out: Path, system: str, settings: Settings) -> ScaleScore:
    """The score of a system, added up from the counts of all shards."""
    found = read_complete_run(out)
    results = [read_result(result_path(out, step_name(system, settings), s)) for s in range(shard_count(found.plan))]
    headline = HEADLINES[settings.task, settings.match]
    lines = sorted(_added(results), key=lambda line: line.name != headline)
    units = sum(result["units"] for result in results)
    cells = _cells(results, found)
    sizes = [1] * len(cells)  # all blocks but the last hold the same number of groups
    interval, blocks = counts_interval(cells, lines[0].number, sizes)
    signature = Signature(settings, found.version, found.digest, "derived", units)
    ignored, unread = _summed(results, "ignored"), _summed(results, "unread")
    return ScaleScore(lines, interval, units, ignored, unread, signature, blocks)


def _summed(results: Iterable[ShardResult], part: Literal["ignored", "unread"]) -> dict[str, int]:
    total: dict[str, int] = {}
    for result in results:
        parts: Mapping[str, int] = result.get(part, {})  # earlier versions wrote fewer parts
        for kind, number in parts.items():
            total[kind] = total.get(kind, 0) + number
    return dict(sorted(total.items()))


def _added(results: Iterable[ShardResult]) -> list[NamedCounts]:
    total: dict[tuple[str, str], NamedCounts] = {}
    for result in results:
        for group, name, number, shown, counts in result["lines"]:
            made = PairTable(*counts) if number == "ari" else Counts(*counts)
            before = total.get((group, name))
            both = made if before is None else before.counts + made  # type: ignore[operator]
            total[group, name] = NamedCounts(group, name, both, number, shown or (before is not None and before.shown))
    return list(total.values())


def _cells(results: Iterable[ShardResult], found: Run) -> dict[tuple[int, ...], Counts | PairTable]:
    size = -(-found.plan.groups // BLOCKS)
    cells: dict[tuple[int, ...], Counts] = {}
    for result in results:
        for group, counts in result["groups"].items():
            block = (int(group) // size,)
            cells[block] = cells.get(block, Counts()) + Counts(*counts)
    return dict(cells)
