"""The profile: what a corpus labels, in which words, and how strictly it is checked."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from goldwire.model.fields import DocumentId, entity_id, entity_ids
from goldwire.model.records import RECORDS, Block, Decoy, Entity, Mention, Quote, Record
from goldwire.model.vocabulary import DOCUMENT_LAYERS, Layer

SHIPPED = Path(__file__).parent / "profiles"
"""The profiles that goldwire ships: one file each, with the name of the profile."""
R = TypeVar("R", bound=Record)
Names = tuple[str, ...]
Trait = Literal["silent", "place", "referent"]


class Kind(Record):
    """A value of an open list: its name in the records, and how people see it."""

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", description="The value in the records.", examples=["ORG"]
    )
    title: str | None = Field(default=None, min_length=1, description="What people call it.")
    hint: str | None = Field(default=None, min_length=1, description="What belongs to it, for annotators.")
    colour: str | None = Field(
        default=None,
        pattern=r"^#[0-9A-Fa-f]{6}$",
        description="Its colour on the labelling page and in the report.",
        examples=["#0700FD"],
    )


class EntityKind(Kind):
    """A type of entity."""

    traits: list[Trait] = Field(
        default_factory=list,
        description="silent: it never speaks; place: its name may stand for a referent; "
        "referent: places may stand for it.",
    )


class RoleKind(Kind):
    """A role of a block on its page."""

    part: Literal["text", "article", "page"] = Field(
        description="text: part of an article's text; article: of an article, but not of its text; page: of either."
    )


class Layers(Record):
    """The layers of the gold, each with the fields that its records must have; null for a layer it lacks."""

    segments: Annotated[list[str], Field(max_length=0)] | None = Field(default=None, description="Blocks of pages.")
    entities: list[Literal["entity", "stands_for"]] | None = Field(default=None, description="Mentions.")
    quotes: list[Literal["type", "cue", "speaker", "head", "kind", "speaker_entities", "status", "parent"]] | None = (
        Field(default=None, description="Quotes; head and kind are those of their speakers.")
    )
    decoys: Annotated[list[str], Field(max_length=0)] | None = Field(default=None, description="Decoys.")
    duplicates: list[Literal["passages"]] | None = Field(default=None, description="Pairs of documents.")


class Level(Record):
    """How a check counts in this corpus."""

    level: Literal["off", "warning"] = Field(description="off: not reported; warning: reported, but no failure.")
    reason: str = Field(min_length=1, description="Why it does not count as an error here.")


def _news() -> "Profile":
    return news()


class Profile(Record):
    """What a corpus labels, in which words, and how strictly it is checked."""

    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = Field(
        default_factory=lambda: _news().languages,
        min_length=1,
        description="The ISO 639 codes of the languages of the texts; they decide which quotation marks count.",
        examples=[["en"]],
    )
    layers: Layers = Field(
        default_factory=lambda: _news().layers, description="The layers of the gold and their required fields."
    )
    entity_scheme: str | None = Field(
        default=None, min_length=1, description="The tagset of the entity types.", examples=["OntoNotes 5"]
    )
    entity_types: list[EntityKind] = Field(
        default_factory=lambda: _news().entity_types, min_length=1, description="The types of entities."
    )
    roles: list[RoleKind] = Field(
        default_factory=lambda: _news().roles, min_length=1, description="The roles of blocks."
    )
    quote_types: list[Kind] = Field(
        default_factory=lambda: _news().quote_types, min_length=1, description="The types of quotes."
    )
    decoy_reasons: list[Kind] = Field(
        default_factory=lambda: _news().decoy_reasons, min_length=1, description="The reasons of decoys."
    )
    checks: dict[Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")], Level] = Field(
        default_factory=dict, description="Checks that do not count as errors, by the code of their findings."
    )
    subsets: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")], list[DocumentId]] = Field(
        default_factory=dict, description="Named lists of documents, such as train and test."
    )

    @property
    def types(self) -> Names:
        """The types of entities."""
        return names(self.entity_types)

    @property
    def text_roles(self) -> frozenset[str]:
        """The roles whose blocks form the text of a document."""
        return frozenset(role.name for role in self.roles if role.part == "text")

    @property
    def article_roles(self) -> frozenset[str]:
        """The roles of blocks that belong to an article."""
        return frozenset(role.name for role in self.roles if role.part != "page")

    def role_like(self, shipped: str) -> str:
        """The role that comes closest to one of the shipped roles: the same, or else the first of the same part."""
        part = {role.name: role.part for role in news().roles}[shipped]
        known = [role.name for role in self.roles if role.part == part] or list(names(self.roles))
        return shipped if shipped in names(self.roles) else known[0]

    def with_trait(self, trait: Trait) -> frozenset[str]:
        """The types of entities that have a trait."""
        return frozenset(kind.name for kind in self.entity_types if trait in kind.traits)

    def has(self, layer: Layer) -> bool:
        """Whether the gold of this corpus has a layer."""
        return getattr(self.layers, layer) is not None

    def limited_to(self, layers: Iterable[str]) -> "Profile":
        """This profile with only some of its layers; all of them if none is named."""
        kept = set(layers) or set(DOCUMENT_LAYERS) | {"segments", "duplicates"}
        gone = {name: None for name in type(self.layers).model_fields if name not in kept}
        return self.model_copy(update={"layers": self.layers.model_copy(update=gone)})

    def requires(self, layer: Layer, field: str) -> bool:
        """Whether the records of a layer must have a field: not required means that nobody judged it."""
        return field in (getattr(self.layers, layer) or ())

    @property
    def levels(self) -> dict[str, str]:
        """The codes that are no errors in this corpus, with their level, off or warning."""
        return {code: check.level for code, check in self.checks.items()}

    def of(self, record: type[R]) -> type[R]:
        """The class of a record whose open fields have the values of this profile; equal records of both are equal."""
        lists = names(self.roles), self.types, names(self.quote_types), names(self.decoy_reasons)
        return _narrowed(record, lists, self.entity_scheme)

    def records(self) -> dict[str, type[Record]]:
        """The records of a corpus of this profile, by the name of their schema."""
        return {name: self.of(record) for name, record in ALL_RECORDS.items()}


ALL_RECORDS: dict[str, type[Record]] = {**RECORDS, "profile": Profile}
"""The records that are a line or a file, by the name of their schema."""


def names(kinds: Iterable[Kind]) -> Names:
    """The names of the values of an open list."""
    return tuple(kind.name for kind in kinds)


@cache
def news() -> Profile:
    """The profile of the corpus that goldwire ships, which every corpus without one has."""
    given = json.loads((SHIPPED / "news.json").read_bytes())
    kinds: dict[str, type[Kind]] = {"entity_types": EntityKind, "roles": RoleKind}
    for name in ("entity_types", "roles", "quote_types", "decoy_reasons"):
        given[name] = [kinds.get(name, Kind).model_construct(**one) for one in given[name]]
    layers = Layers.model_construct(**given.pop("layers"))
    return Profile.model_construct(**given, layers=layers)  # validating it would cost every command 20 ms


@cache
def _narrowed(record: type[R], lists: tuple[Names, Names, Names, Names], scheme: str | None) -> type[R]:
    roles, types, quote_types, reasons = lists
    own: Any = entity_id(types)
    entity, entities = (own | None, entity_ids(types)), (list[own] | None, entity_ids(types))
    fields: dict[type[Record], dict[str, tuple[Any, str]]] = {
        Block: {"role": _choice(roles)},
        Mention: {"type": _choice(types), "entity": entity, "stands_for": entity},
        Quote: {"type": _choice(quote_types), "speaker_entities": entities},
        Decoy: {"reason": _choice(reasons)},
        Entity: {"id": (own, entity_ids(types)), "type": _choice(types)},
    }
    if record not in fields:
        return record
    made: dict[str, Any] = {
        name: (kind, _field(record.model_fields[name], values, scheme))
        for name, (kind, values) in fields[record].items()
    }
    return create_model(record.__name__, __base__=record, __doc__=record.__doc__, **made)


def _choice(values: Names) -> tuple[Any, str]:
    literal: Any = Literal
    return literal[values], "|".join(values)


def _field(field: FieldInfo, values: str, scheme: str | None) -> Any:
    """The default and the description of an open field, with those examples that this profile has."""
    examples = [one for one in field.examples or () if re.fullmatch(values, one if isinstance(one, str) else one[0])]
    about = (field.description or "").replace("The type", f"The {scheme} type" if scheme else "The type")
    return Field(default=field.default, description=about or None, examples=examples or None)
