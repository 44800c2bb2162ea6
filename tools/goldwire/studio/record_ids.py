"""Ids of records: a region keeps its record's id, and no number is given twice, even if its record is gone."""

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from goldwire.model.records import Decoy, Mention, Quote
from goldwire.studio.convert.regions import Region
from goldwire.text import spans

ID = re.compile(r'"id":"([A-Za-z0-9_]+-[0-9]{2,}-[eqd])([0-9]{3,})"')
LAYERS = {"e": "entities", "q": "quotes", "d": "decoys"}


class Numbers:
    """The highest number ever given, by prefix of an id, from the synchronisation state and git's history.

    The history is read only when a number is needed; outside a repository there is none.
    """

    def __init__(self, root: Path, folder: str, known: Mapping[str, int]) -> None:
        self.root, self.folder, self.known = root, folder, known
        self._in_history = cache(self._read_history)

    def highest(self, prefix: str) -> int:
        """The highest number ever given to a record whose id has this prefix, 0 for none."""
        return max(self.known.get(prefix, 0), self._in_history(prefix))

    def _read_history(self, prefix: str) -> int:
        document, letter = prefix.rsplit("-", 1)
        path = f"{self.folder}/{LAYERS[letter]}/{document}.jsonl"
        log = ["git", "log", "--format=", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--", path]
        try:
            done = subprocess.run(log, cwd=self.root, capture_output=True, check=False)
        except FileNotFoundError:  # git is not installed
            return 0
        found = ID.findall(done.stdout.decode(errors="replace"))
        return max((int(number) for name, number in found if name == prefix), default=0)


def record_ids(
    prefix: str,
    known: Sequence[Mention | Decoy | Quote],
    chosen: Sequence[tuple[str, Region]],
    highest: Callable[[str], int],
) -> dict[str, str]:
    """The id of the record that each chosen region becomes.

    A region keeps the id that it is named after, else takes that of the known record it overlaps most, else a new one:
    one more than `highest` and all known ones.
    """
    ids = {name: own for name, _ in chosen if _is_id(own := name.removesuffix("-c1"), prefix)}
    free = [record for record in known if record.id not in ids.values()]
    edges = [
        (-spans.iou(region.span, place), name, str(record.id))
        for record in free
        for name, region in chosen
        if name not in ids and spans.overlap(region.span, place := _place(record))
    ]
    for _, name, own in sorted(edges):
        if name not in ids and own not in ids.values():
            ids[name] = own
    new = [name for name, _ in chosen if name not in ids]
    if new:
        taken = [*ids.values(), *(record.id or "" for record in known)]
        first = 1 + max(highest(prefix), *(int(i.removeprefix(prefix)) for i in taken if _is_id(i, prefix)), 0)
        ids |= {name: f"{prefix}{first + i:03}" for i, name in enumerate(new)}
    return ids


def _is_id(name: str, prefix: str) -> bool:
    number = name.removeprefix(prefix)
    return name.startswith(prefix) and number.isascii() and number.isdigit()


def _place(record: Mention | Decoy | Quote) -> spans.SpanLike:
    return record.content[0] if isinstance(record, Quote) else record
