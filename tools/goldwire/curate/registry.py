"""Proposed entities: annotators name what the registry lacks, and a steward accepts it."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from goldwire.corpus.annotation_sets import (
    ANNOTATIONS,
    GOLD,
    PROPOSALS,
    read_proposals,
    read_registry,
    read_set,
    write_proposals,
    write_registry,
)
from goldwire.curate.release import reopen
from goldwire.model.errors import GoldwireError
from goldwire.model.records import Entity
from goldwire.model.vocabulary import EntityType


def proposal(kind: EntityType, name: str, form: str, note: str | None = None) -> Entity:
    """A proposed entity with one surface form; its id is its type and a slug of its name.

    Raises ValueError for a name without a Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not slug:
        raise ValueError(f"{name!r} has no Latin letter or digit; expected one to make an id from")
    own = f"{kind.lower().replace('_', '-')}-{slug}"
    return Entity(id=own, type=kind, name=" ".join(name.split()), aliases=[form], note=note)


def merged(entities: Iterable[Entity]) -> list[Entity]:
    """Entities sorted by id, those of one id merged: all surface forms, the other fields of the first."""
    found: dict[str, Entity] = {}
    for entity in entities:
        first = found.get(entity.id, entity)
        found[entity.id] = _with(first, {*first.aliases, *entity.aliases})
    return [found[name] for name in sorted(found)]


def _with(entity: Entity, aliases: set[str]) -> Entity:
    return entity.model_copy(update={"aliases": sorted(aliases)})


def propose(root: Path, entities: Iterable[Entity]) -> list[Entity]:
    """Add entities to the proposals; return those that are new or have a new surface form."""
    before, _ = read_proposals(root)
    after = merged([*before, *entities])
    write_proposals(root, after)
    return [entity for entity in after if entity not in list(before)]


def accept(root: Path, names: Iterable[str] = ()) -> list[Entity]:
    """Move proposed entities into the registry, all of them or those of some ids; return them.

    The registry gets only the surface forms that gold uses. An entity that it has already gets the new forms. If it
    is killed, running it again completes it. Raises GoldwireError, and writes nothing, for an id that is neither
    proposed nor registered, and if a file cannot be read.
    """
    registry, faults = read_registry(root)
    proposed, more = read_proposals(root)
    gold, _ = read_set(root, f"{ANNOTATIONS}/{GOLD}")
    if faults or more:
        raise GoldwireError(f"{[*faults, *more][0]}; run goldwire check")
    names = list(names)
    if unknown := sorted(set(names) - {entity.id for entity in (*proposed, *registry)}):
        expected = ", ".join(entity.id for entity in proposed) or "no entity"
        raise GoldwireError(f"{', '.join(unknown)} not proposed; {PROPOSALS} has {expected}")
    accepted = [entity for entity in proposed if not names or entity.id in names]
    used = {(mention.entity, mention.text) for table in gold.entities.values() for mention in table}
    known = [_with(entity, {form for form in entity.aliases if (entity.id, form) in used}) for entity in accepted]
    after = merged([*registry, *known])
    if after != list(registry):
        reopen(root)  # first, since it refuses a manifest that cannot be read
        write_registry(root, after)
    write_proposals(root, [entity for entity in proposed if entity not in accepted])
    return accepted
