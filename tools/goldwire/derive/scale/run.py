"""A large derived corpus on disk: what it is, which of its shards are there, and the step that makes them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from goldwire.corpus.files import write_bytes
from goldwire.corpus.gold import Gold, load
from goldwire.corpus.layout import RUN
from goldwire.derive.folder import version
from goldwire.derive.plan import Plan
from goldwire.derive.scale.arrow import pyarrow
from goldwire.derive.scale.shards import SHARD, part_path, shard_count, write_shard
from goldwire.derive.scale.workers import EngineName, run
from goldwire.derive.sources import Base, read_bases
from goldwire.model.errors import GoldwireError
from goldwire.model.version import __version__


@dataclass(frozen=True, slots=True)
class Run:
    """A derived corpus in shards: its plan, version, the digest of the gold it comes from, and whose code made it."""

    difficulty: str
    seed: int
    n: int
    version: str
    digest: str
    goldwire: str = __version__

    @property
    def plan(self) -> Plan:
        """What the corpus is."""
        return Plan(self.difficulty, self.seed, self.n)


@dataclass(frozen=True, slots=True)
class Derive:
    """The step that writes a shard; `root` is the corpus to derive from, None for the one goldwire ships."""

    plan: Plan
    root: Path | None
    out: Path

    def __call__(self, shard: int) -> int:
        return write_shard(self.plan, bases(self.root), self.out, shard)


@lru_cache(maxsize=2)  # once a process
def source_gold(root: Path | None) -> Gold:
    """The corpus to derive from."""
    return load(root)


@lru_cache(maxsize=2)
def bases(root: Path | None) -> tuple[Base, ...]:
    """The bases of a corpus."""
    return read_bases(source_gold(root))


def begin(gold: Gold, plan: Plan, out: Path) -> Run:
    """Say what a folder is to hold, or find that it holds just that, begun before.

    Raises GoldwireError where the folder holds anything else.
    """
    pyarrow("parquet")
    made = Run(plan.difficulty, plan.seed, plan.n, version(gold, plan), gold.digest)
    if (out / RUN).is_file():
        found = read_run(out)
        if found != made:
            told = ", ".join(f"{k} {v}" for k, v in asdict(found).items() if v != asdict(made)[k])
            raise GoldwireError(f"{out} holds another corpus ({told}); expected the same, or a new folder")
    elif out.exists() and any(out.iterdir()):
        raise GoldwireError(f"{out} holds no derived corpus; expected an empty folder or a new one")
    write_bytes(out / RUN, (json.dumps(asdict(made), indent=2) + "\n").encode())
    return made


def read_run(out: Path) -> Run:
    """What a folder of shards holds; raises GoldwireError where that is not said."""
    try:
        return Run(**json.loads((out / RUN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise GoldwireError(f"{out} holds no {RUN}; expected what goldwire derive --format parquet made") from None


def missing(out: Path, plan: Plan) -> list[int]:
    """The shards that are not there yet; a shard is there when its documents are, the last thing written."""
    return [shard for shard in range(shard_count(plan)) if not part_path(out, "documents", shard).is_file()]


def whole(out: Path) -> Run:
    """What a folder holds; raises GoldwireError where a shard is missing."""
    found = read_run(out)
    lost = missing(out, found.plan)
    if lost:
        raise GoldwireError(
            f"{out} lacks {len(lost)} of {shard_count(found.plan)} shards; give the goldwire derive command again"
        )
    return found


def derive_shards(
    gold: Gold, plan: Plan, out: Path, root: Path | None, workers: int = 1, engine: EngineName = "local"
) -> Iterator[int]:
    """Write what is missing of a corpus; yield the number of documents that are there, as it grows."""
    begin(gold, plan, out)
    lost = missing(out, plan)
    made = plan.n - _documents(lost, plan)
    yield made
    for _, documents in run(Derive(plan, root, out.resolve()), lost, workers, engine):
        made += documents
        yield made


def _documents(shards: list[int], plan: Plan) -> int:
    return sum(min(SHARD, plan.n - shard * SHARD) for shard in shards)


def result_path(out: Path, step: str, shard: int) -> Path:
    """Where the result of a step stands that a later run need not take again."""
    return out / "steps" / step / f"{shard:05}.json"


def read_result(path: Path) -> dict[str, Any]:
    """A result that a step left."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
