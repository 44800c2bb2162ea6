"""Proposed entities: what annotators name because the registry lacks it, until a steward accepts it."""

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
from goldwire.model.records import Entity, EntityType


def proposal(kind: EntityType, name: str, form: str, note: str | None = None) -> Entity:
    """The entity that a name and a surface form propose; its id is the type and a slug of the name.

    Raises ValueError for a name that has no Latin letter or digit to make an id of.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not slug:
        raise ValueError(f"{name!r} has no Latin letter to make an id of")
    own = f"{kind.lower().replace('_', '-')}-{slug}"
    return Entity(id=own, type=kind, name=" ".join(name.split()), aliases=[form], note=note)


def merged(entities: Iterable[Entity]) -> list[Entity]:
    """Entities with those of one id made one, sorted by id: the first says all but the surface forms."""
    found: dict[str, Entity] = {}
    for entity in entities:
        first = found.get(entity.id, entity)
        found[entity.id] = _with(first, {*first.aliases, *entity.aliases})
    return [found[name] for name in sorted(found)]


def _with(entity: Entity, aliases: set[str]) -> Entity:
    return entity.model_copy(update={"aliases": sorted(aliases)})


def propose(root: Path, entities: Iterable[Entity]) -> list[Entity]:
    """Add to what is proposed; return those that are new there, or have a new surface form."""
    before, _ = read_proposals(root)
    after = merged([*before, *entities])
    write_proposals(root, after)
    return [entity for entity in after if entity not in list(before)]


def accept(root: Path, names: Iterable[str] = ()) -> list[Entity]:
    """Move proposed entities into the registry, all or those of some ids; return them.

    Of the surface forms those are taken that gold uses, for the registry holds just these. One that is
    registered already gives its forms to it. Raises GoldwireError for an id that nobody proposed, and
    where a file does not read clean.
    """
    registry, faults = read_registry(root)
    proposed, more = read_proposals(root)
    gold, _ = read_set(root, f"{ANNOTATIONS}/{GOLD}")
    if faults or more:
        raise GoldwireError(f"{[*faults, *more][0]}; run goldwire check")
    names = list(names)
    if unknown := sorted(set(names) - {entity.id for entity in proposed}):
        there = ", ".join(entity.id for entity in proposed) or "nothing"
        raise GoldwireError(f"nobody proposed {', '.join(unknown)}; {PROPOSALS} has {there}")
    accepted = [entity for entity in proposed if not names or entity.id in names]
    used = {(mention.entity, mention.text) for table in gold.entities.values() for mention in table}
    known = [_with(entity, {form for form in entity.aliases if (entity.id, form) in used}) for entity in accepted]
    if write_registry(root, merged([*registry, *known])):
        reopen(root)
    write_proposals(root, [entity for entity in proposed if entity not in accepted])
    return accepted
