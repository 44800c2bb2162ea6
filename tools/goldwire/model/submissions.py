"""The lines that a system hands in as JSONL, from which their schema is made; `bench/submissions` reads them.

Other keys are allowed, because unknown ones are listed next to the score. A schema cannot say what depends on
the text: that a span starts before its end and lies within the text, and that ids are those of the corpus.
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, RootModel, WithJsonSchema

from goldwire.model.fields import Offset
from goldwire.model.profile import names, news
from goldwire.model.vocabulary import Direction, Relation

TYPES = ("type", "entity_group", "label", "entity_type", "tag")
"""The names of the type of a mention, in the order in which they are looked for."""
ENTITY = "entity"
"""The id of a mention; its type if it has none of those names, as in transformers without aggregation."""
LISTS = ("entities", "ents")
"""The keys of the mentions in the object of a document; no types have these names."""
OFFSETS = (("start", "end"), ("start_char", "end_char"), ("start_position", "end_position"), ("start_pos", "end_pos"))
"""The names of start and end: goldwire's, those of spaCy and Stanza, and those of Flair."""

_choice: Any = Literal
Role = _choice[names(news().roles)]
"""The roles of the shipped profile; the schema of a corpus has its own."""
WORD: dict[str, Any] = {"type": "string", "pattern": r"\S"}
WORD_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
OFFSET: dict[str, Any] = {"type": "integer", "minimum": 0}
MISSING: dict[str, Any] = {"anyOf": [{"type": "null"}, {"type": "string", "not": {"pattern": r"\S"}}]}
Word = Annotated[str, Field(pattern=r"\S")]
Blank = Annotated[str, Field(pattern=r"^\s*$")] | None
"""A part that is missing."""


def _array(*items: dict[str, Any], needed: int, longer: bool = False) -> Any:
    schema = {"type": "array", "prefixItems": list(items), "minItems": needed}
    return WithJsonSchema(schema if longer else {**schema, "maxItems": len(items)})


def _first_present(rest: Any, *names: tuple[str, ...], value: dict[str, Any], missing: bool) -> dict[str, Any]:
    """The first of some names that an object has decides: it and those that go with it have the value, or `rest`.

    A name whose value is missing is passed over if `missing`.
    """
    schema: dict[str, Any] = rest
    for one in reversed(names):
        has = {"required": [one[0]]} | ({"properties": {one[0]: {"not": MISSING}}} if missing else {})
        needed = {"required": list(one), "properties": dict.fromkeys(one, value)}
        schema = {"if": has, "then": needed, "else": schema}
    return schema


def _one_of(*names: tuple[str, ...], value: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"required": list(one), "properties": dict.fromkeys(one, value)} for one in names]}


class Part(BaseModel):
    """An object of a submission, which may have other keys."""

    model_config = ConfigDict(extra="allow", strict=True, defer_build=True)


class NamedSpan(Part):
    """A half-open span of code points, by name."""

    start: Offset
    end: Offset


PlainSpan = Annotated[list[Any], _array(OFFSET, OFFSET, needed=2, longer=True)]
AnySpan = NamedSpan | PlainSpan


class NamedEntity(Part):
    """A mention by name: its offsets, its type, and its entity if it is linked."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _first_present(False, *OFFSETS, value=OFFSET, missing=False),
                _first_present(
                    {
                        "required": [ENTITY],
                        "properties": {ENTITY: WORD},
                        "not": {"anyOf": [{"required": [name]} for name in TYPES]},
                    },
                    *((name,) for name in TYPES),
                    value=WORD,
                    missing=True,
                ),
            ]
        }
    )

    entity: str | None = None


PlainEntity = Annotated[list[Any], _array(OFFSET, OFFSET, WORD, WORD_OR_NULL, needed=3)]


class NamedSpeaker(NamedSpan):
    """The span of a speaker, with its head."""

    head: AnySpan | Blank = None


class NamedQuote(Part):
    """A quote by name, with its content as spans, or with the start and end of one fragment."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["content"], "properties": {"content": {"type": "array"}}},
                {"required": ["start", "end"], "properties": dict.fromkeys(("start", "end"), OFFSET)},
            ]
        }
    )

    content: Annotated[list[AnySpan], Field(min_length=1)] | Blank = None
    type: str | None = None
    cue: AnySpan | Blank = None
    speaker: NamedSpeaker | PlainSpan | Blank = None
    speaker_entities: list[str | None] | Blank = None
    parent: str | None = None


PlainQuote = Annotated[list[Any], _array(OFFSET, OFFSET, WORD_OR_NULL, needed=2)]


class NamedBlock(NamedSpan):
    """A block by name."""

    role: Role  # type: ignore[valid-type]


PlainBlock = Annotated[list[Any], _array(OFFSET, OFFSET, {"enum": list(get_args(Role))}, {}, needed=3)]


class Passage(Part):
    """A span in each of two documents."""

    a: AnySpan
    b: AnySpan


SPAN = {"anyOf": [{"$ref": "#/$defs/NamedSpan"}, {"type": "array", "prefixItems": [OFFSET, OFFSET], "minItems": 2}]}
PlainPassage = Annotated[list[Any], _array(SPAN, SPAN, needed=2)]


class PairLine(Part):
    """A line of duplicates: two documents and how they are related."""

    a: Word
    b: Word
    relation: Relation | Blank = None
    direction: Direction | Blank = None
    passages: list[Passage | PlainPassage] | Blank = None


class DocumentLine(Part):
    """A line of a document; `id` is another name of `document`."""

    model_config = ConfigDict(
        json_schema_extra=_one_of(("document",), ("id",), value={"type": "string"}),
    )


ByType = Annotated[
    dict[str, list[NamedSpan | PlainSpan]], Field(json_schema_extra={"propertyNames": {"not": {"enum": list(LISTS)}}})
]


class Wrapped(Part):
    """An object of a document that has its labels, as displaCy writes them."""

    model_config = ConfigDict(
        json_schema_extra=_first_present(
            False, *((name,) for name in LISTS), value={"$ref": "#/$defs/Entities"}, missing=False
        )
    )


class Entities(RootModel[list[NamedEntity | PlainEntity] | ByType | Wrapped]):
    """Mentions: a list, lists by type, or an object that has one of these."""


class EntitiesLine(DocumentLine):
    """A line of entities."""

    entities: Entities


class QuotesLine(DocumentLine):
    """A line of quotes."""

    quotes: list[NamedQuote | PlainQuote]


class SegmentsLine(Part):
    """A line of the blocks of a page; `id` is another name of `page`."""

    model_config = ConfigDict(json_schema_extra=_one_of(("page",), ("id",), value={"type": "string"}))

    segments: list[NamedBlock | PlainBlock]


LINES: dict[str, type[Part]] = {
    "entities": EntitiesLine,
    "quotes": QuotesLine,
    "segments": SegmentsLine,
    "duplicates": PairLine,
}
"""The line of each task."""
