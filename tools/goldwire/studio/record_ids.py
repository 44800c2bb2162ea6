"""Ids of records: a region keeps its record's id, and no number is given twice, even if its record is gone."""

from collections.abc import Callable, Sequence

from goldwire.model.records import Decoy, Mention, Quote
from goldwire.studio.convert.regions import Region
from goldwire.text import spans


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
