"""A derived corpus in shards on disk: what it is, which of its shards exist, and the step that writes them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from goldwire.corpus.files import TEMPORARY, names_in, read_object, remove_temporary, write_bytes
from goldwire.corpus.gold import Gold, load
from goldwire.corpus.layout import RUN
from goldwire.derive.folder import version
from goldwire.derive.plan import Plan
from goldwire.derive.scale.arrow import pyarrow
from goldwire.derive.scale.shards import SHARD, shard_count, table_path, write_shard
from goldwire.derive.scale.workers import EngineName, run
from goldwire.derive.sources import SourceArticle, layers_of, read_sources
from goldwire.model.errors import GoldwireError
from goldwire.model.version import __version__
from goldwire.model.vocabulary import DOCUMENT_LAYERS


@dataclass(frozen=True, slots=True)
class Run:
    """A derived corpus in shards: its plan, its version, the digest of its gold, and the version of goldwire."""

    difficulty: str
    seed: int
    n: int
    version: str
    digest: str
    goldwire: str = __version__
    canary: str | None = field(default=None, compare=False)
    """That of the gold; folders of earlier versions have none."""

    @property
    def plan(self) -> Plan:
        """The settings that the corpus follows from."""
        return Plan(self.difficulty, self.seed, self.n)


@dataclass(frozen=True, slots=True)
class DeriveShard:
    """The step that writes a shard; `root` is the corpus to derive from, None for the one that goldwire ships."""

    plan: Plan
    root: Path | None
    out: Path

    def __call__(self, shard: int) -> int:
        return write_shard(self.plan, source_articles(self.root), self.out, shard)


@lru_cache(maxsize=2)  # once a process
def source_gold(root: Path | None) -> Gold:
    """The corpus to derive from."""
    return load(root)


@lru_cache(maxsize=2)
def source_articles(root: Path | None) -> tuple[SourceArticle, ...]:
    """The different articles of the corpus to derive from."""
    return read_sources(source_gold(root))


def begin(gold: Gold, plan: Plan, out: Path) -> Run:
    """Record in a folder which corpus it holds, or confirm that it holds this one, begun before.

    Raises GoldwireError if the folder holds anything else.
    """
    pyarrow("parquet")
    made = Run(plan.difficulty, plan.seed, plan.n, version(gold, plan), gold.digest, canary=gold.canary)
    if (out / RUN).is_file():
        found = read_run(out)
        if found != made:
            wanted = asdict(made)
            differing = [(key, value) for key, value in asdict(found).items() if value != wanted[key]]
            there, asked = (
                ", ".join(f"{key} {value}" for key, value in pairs)
                for pairs in (differing, [(key, wanted[key]) for key, _ in differing])
            )
            raise GoldwireError(f"{out} holds another corpus ({there}); expected {asked}, or a new folder")
    elif out.exists() and any(not TEMPORARY.fullmatch(name) for name in names_in(out)):
        raise GoldwireError(f"{out} has files but no {RUN}; expected an empty or a new folder")
    for place in (out, *out.glob("*/")):
        remove_temporary(place)
    write_bytes(out / RUN, (json.dumps(asdict(made), indent=2) + "\n").encode())
    return made


def read_run(out: Path) -> Run:
    """The corpus that a folder of shards holds; raises GoldwireError if the folder has no readable `run.json`."""
    try:
        found = Run(**read_object(out / RUN))
        found.plan  # noqa: B018 - it checks its settings
        return found
    except (OSError, ValueError, TypeError, GoldwireError):
        raise GoldwireError(
            f"{out} has no valid {RUN}; expected a folder of goldwire derive --format parquet"
        ) from None


def missing_shards(out: Path, plan: Plan) -> list[int]:
    """Numbers of the shards that are not written yet; the table of documents is the last that a shard gets."""
    return [shard for shard in range(shard_count(plan)) if not table_path(out, "documents", shard).is_file()]


def read_complete_run(out: Path) -> Run:
    """The corpus that a folder of shards holds; raises GoldwireError if a shard is missing."""
    found = read_run(out)
    missing = missing_shards(out, found.plan)
    if missing:
        raise GoldwireError(
            f"{out} lacks {len(missing)} of {shard_count(found.plan)} shards; run the same goldwire derive again"
        )
    return found


def derive_shards(
    gold: Gold, plan: Plan, out: Path, root: Path | None, workers: int = 1, engine: EngineName = "local"
) -> Iterator[int]:
    """Write the missing shards of a corpus; yield the number of documents written so far, with those of before."""
    if len(layers_of(gold)) < len(DOCUMENT_LAYERS):
        raise GoldwireError(f"{gold.root} lacks a layer of documents; expected entities, quotes and decoys for shards")
    begin(gold, plan, out)
    missing = missing_shards(out, plan)
    made = plan.n - sum(min(SHARD, plan.n - shard * SHARD) for shard in missing)
    yield made
    for _, documents in run(DeriveShard(plan, root, out.resolve()), missing, workers, engine):
        made += documents
        yield made
