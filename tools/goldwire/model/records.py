"""The records of a corpus and of its annotation sets. The schemas and the order of keys come from here."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, SerializerFunctionWrapHandler, Tag, model_serializer

from goldwire.model.fields import Date, DocumentId, EntityId, Offset, PageId, Sha256
from goldwire.model.vocabulary import (
    Completeness,
    DecoyReason,
    Direction,
    EntityType,
    QuoteStatus,
    QuoteType,
    Relation,
    Role,
    SpeakerKind,
    UnitLayer,
)


def _id(what: str, pattern: str, example: str) -> Any:
    return Field(
        default=None, pattern=pattern, description=f"Id of the {what}; ids are never reused.", examples=[example]
    )


OMITTED = ("canary", "training_data", "withdrawn")
"""The keys of set.json that are written only if they have a value."""
Filled = Annotated[str, Field(pattern=r"\S")]
WHOLE, EACH = "(whole)", "(each)"
"""The names of the two forms of a declaration in the places of pydantic's errors."""


class Record(BaseModel):
    """One line of a JSONL file: immutable, without other keys, with its keys in the order of the fields."""

    # Building a model takes a millisecond, and models that only occur inside others need not be built.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    def __eq__(self, other: object) -> bool:  # the class of a profile and its base have the same records
        return isinstance(other, Record) and self.__dict__ == other.__dict__

    def __reduce__(self) -> tuple[Any, ...]:
        plain = next(kind for kind in type(self).__mro__ if kind.__module__ == __name__)
        return _restored, (plain, self.__dict__)

    def line(self) -> str:
        """The record as canonical JSON on one line, without the line feed."""
        return self.model_dump_json()


def _restored(kind: type[Record], values: dict[str, Any]) -> Record:
    return kind.model_construct(**values)


class Span(Record):
    """A span of a document's text."""

    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["Sergey Lavrov"])


class Block(Record):
    """A span of a page, inside one of its lines, with its role on the page."""

    id: str | None = _id("block", r"^[A-Za-z0-9_]+-b[0-9]{3,}$", "003-b001")
    start: Offset
    end: Offset
    role: Role = Field(description="The role of the block on its page.", examples=["body"])
    document: DocumentId | None = Field(
        description="The article the block belongs to; null if it belongs to the page itself."
    )


class Origin(Record):
    """The suggestion that a label began as."""

    set: str = Field(
        pattern=r"^[A-Za-z0-9_-]+$",
        description="The set that suggested it, such as a system's.",
        examples=["system-spacy"],
    )
    changed: bool = Field(description="Whether an annotator has changed it; false if it was accepted as it is.")


def _origin() -> Any:
    return Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="The suggestion that the label began as; no key if somebody made it without one.",
    )


class Mention(Record):
    """A span that names an entity."""

    id: str | None = _id("mention", r"^[A-Za-z0-9_]+-[0-9]{2,}-e[0-9]{3,}$", "003-01-e001")
    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["Moscow"])
    type: EntityType = Field(description="The type of the name.", examples=["GPE"])
    entity: EntityId | None = Field(default=None, description="The entity that the name literally refers to.")
    stands_for: EntityId | None = Field(
        default=None,
        description="The government, organisation or people that a place name refers to here (metonymy).",
        examples=["gpe-russia"],
    )
    origin: Origin | None = _origin()


class Speaker(Record):
    """The noun phrase that refers to the speaker."""

    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["President Putin"])
    head: Span | None = Field(default=None, description="The name without titles, the head noun, or the pronoun.")
    kind: SpeakerKind | None = Field(
        default=None, description="Whether the head is a name, another noun phrase or a pronoun.", examples=["name"]
    )


class Quote(Record):
    """One act of reported speech or writing."""

    id: str | None = _id("quote", r"^[A-Za-z0-9_]+-[0-9]{2,}-q[0-9]{3,}$", "003-01-q001")
    type: QuoteType = Field(
        description="Whether all, none or some of the content is in quotation marks.", examples=["indirect"]
    )
    content: Annotated[list[Span], Field(min_length=1)] = Field(
        description="What was expressed, as one or more spans in text order."
    )
    cue: Span | None = Field(default=None, description="The reporting words; null if there are none.")
    speaker: Speaker | None = Field(default=None, description="The speaker; null if the sentence names none.")
    speaker_entities: list[EntityId] | None = Field(
        default=None, description="The speaker's entities in the registry.", examples=[["person-sergey-lavrov"]]
    )
    status: QuoteStatus | None = Field(
        default=None, description="How precisely the speaker is known.", examples=["resolved"]
    )
    parent: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_]+-[0-9]{2,}-q[0-9]{3,}$",
        description="Id of the quote whose content contains this one.",
        examples=["003-01-q001"],
    )
    origin: Origin | None = _origin()


class Decoy(Record):
    """A span in quotation marks that does not report speech."""

    id: str | None = _id("decoy", r"^[A-Za-z0-9_]+-[0-9]{2,}-d[0-9]{3,}$", "003-01-d001")
    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["“Russian threat”"])
    reason: DecoyReason = Field(description="The reason for the marks.", examples=["scare"])
    origin: Origin | None = _origin()


class Passage(Record):
    """Text that two documents share, with a span in each."""

    a: Span
    b: Span


class Pair(Record):
    """Two documents that share text; a pair without a record is distinct."""

    id: str | None = _id("pair", r"^[A-Za-z0-9_]+-[0-9]{2,}_[A-Za-z0-9_]+-[0-9]{2,}$", "000-01_001-06")
    a: DocumentId
    b: DocumentId
    relation: Relation = Field(description="How the two documents are related.", examples=["near"])
    direction: Direction | None = Field(
        default=None, description="Which document contains which; null unless the relation is contained."
    )
    passages: list[Passage] = Field(description="The text that the two documents share, in the order of document a.")


class Entity(Record):
    """One referent in the registry, with the same id in the whole corpus."""

    id: EntityId
    type: EntityType = Field(description="The type.", examples=["PERSON"])
    name: str = Field(min_length=1, description="The canonical name.", examples=["Sergey Lavrov"])
    aliases: list[Annotated[str, Field(min_length=1)]] = Field(
        description="All surface forms in the corpus, sorted.", examples=[["Lavrov"]]
    )
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = Field(
        default=None, description="The Wikidata item, if verified.", examples=["Q42"]
    )
    note: str | None = Field(default=None, description="A note for the reader.", examples=["Office until 2026."])


class Exemption(Record):
    """A place where a completeness check reports a finding although the labels are correct."""

    code: str = Field(
        pattern=r"^[a-z]+(-[a-z]+)*$", description="The code of the finding.", examples=["unmarked-surface"]
    )
    document: DocumentId | None = Field(description="The document; null for the whole corpus.")
    start: Offset | None = Field(description="The offset in the text; null for the whole text.")
    text: str = Field(min_length=1, description="The text that the finding is about.", examples=["Russian"])
    reason: str = Field(min_length=1, description="Why the labels are correct.")


class Page(Record):
    """A scraped source file, kept unchanged."""

    id: PageId
    source: str = Field(description="The name of the scraped file.", examples=["003_15f1c4107c37abfd.txt"])
    sha256: Sha256
    publisher: str = Field(description="The publisher of the articles.", examples=["RT"])
    site: str | None = Field(
        description="The site that the page was scraped from; null if the page does not say.", examples=["Daily8"]
    )
    rights: str = Field(description="A plain statement of the rights in the text.")
    language: str = Field(pattern=r"^[a-z]{2,3}$", description="The ISO 639 code of the language.", examples=["en"])
    date: Date | None = Field(description="The date printed on the page; null if there is none.")
    date_note: str | None = Field(description="What else the text says about its date.")


class Run(Record):
    """A span of a text and the span of the page that it was built from.

    Spans of equal length map character by character; otherwise the whole span maps to the whole span, as a
    line feed maps to everything between two blocks.
    """

    start: Offset
    end: Offset
    page_start: Offset
    page_end: Offset


class Document(Record):
    """One article, built from the blocks of its page."""

    id: DocumentId
    page: PageId
    title: str = Field(description="The headline, or the standfirst if there is none.")
    length: Offset = Field(description="The length of the text in code points.")
    sha256: Sha256
    map: list[Run] = Field(description="Maps every character of the text to the page, without gaps.")


class AnnotationSet(Record):
    """Who made a set of labels, how, and which layers are complete."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+$", description="The name of the set's folder.", examples=["gold"])
    kind: Literal["gold", "annotator", "system"] = Field(
        description="Whether the labels are the gold, an annotator's or a system's."
    )
    description: str = Field(description="How the labels were made.")
    annotators: list[str] = Field(description="Who made the labels.", examples=[["language model, pass A"]])
    adjudicators: list[str] = Field(description="Who resolved the differences.")
    guidelines: str | None = Field(description="The version of the guideline that was followed.", examples=["1"])
    segments: dict[PageId, Completeness] = Field(
        description="Completeness by page; none for a page that is not listed."
    )
    entities: dict[DocumentId, Completeness] = Field(
        description="Completeness by document; none for a document that is not listed."
    )
    quotes: dict[DocumentId, Completeness] = Field(
        description="Completeness by document; none for a document that is not listed."
    )
    decoys: dict[DocumentId, Completeness] = Field(
        description="Completeness by document; none for a document that is not listed."
    )
    duplicates: Annotated[
        Annotated[Completeness, Tag(WHOLE)] | Annotated[dict[DocumentId, Completeness], Tag(EACH)],
        Discriminator(lambda value: EACH if isinstance(value, dict) else WHOLE),
    ] = Field(
        description="Completeness over all pairs of documents; or by document, where the pairs of those that are "
        "complete are judged, each with each."
    )
    canary: Filled | None = Field(
        default=None, description="A sentence with a GUID, by which text that a model was trained on can be searched."
    )
    training_data: Filled | None = Field(
        default=None, description="What a system was trained, tuned or written on.", examples=["OntoNotes 5"]
    )
    withdrawn: Filled | None = Field(default=None, description="Why a system's labels are not scored any more.")

    @model_serializer(mode="wrap")
    def _without_missing(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out the keys that sets may omit, so that older sets keep their canonical form."""
        return {key: value for key, value in plain(self).items() if value is not None or key not in OMITTED}

    def units(self, layer: UnitLayer) -> dict[PageId, Completeness] | dict[DocumentId, Completeness]:
        """The completeness of a layer by page or document; a unit without a key is not labelled."""
        return {
            "segments": self.segments,
            "entities": self.entities,
            "quotes": self.quotes,
            "decoys": self.decoys,
        }[layer]


DocumentLabel = Mention | Quote | Decoy
"""A label of a document."""
UnitLabel = Block | DocumentLabel
"""A label of a page or a document."""


class FileEntry(Record):
    """An entry of the manifest: one data file."""

    path: str = Field(
        description="The path below the root, with forward slashes.", examples=["corpus/text/003-01.txt"]
    )
    sha256: Sha256
    count: int = Field(
        ge=0, description="The number of records of a .jsonl file, of bytes of any other file.", examples=[1873]
    )


class Manifest(Record):
    """The files that make up a version of the data."""

    version: str = Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(-derived\.[a-z]+\.[0-9]+\.[0-9]+)*(-edited)?$",
        description="The version of the data, with -derived, difficulty, seed and size for data derived from that "
        "version, and with -edited after a change since the release.",
        examples=["1.0.0"],
    )
    digest: Sha256
    files: list[FileEntry] = Field(description="The data files of the release, sorted by path.")


RECORDS: dict[str, type[Record]] = {
    "page": Page,
    "document": Document,
    "manifest": Manifest,
    "set": AnnotationSet,
    "entity": Entity,
    "exemption": Exemption,
    "block": Block,
    "mention": Mention,
    "quote": Quote,
    "decoy": Decoy,
    "pair": Pair,
}
"""The records that are a line or a file, by the name of their schema."""
