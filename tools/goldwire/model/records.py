"""The records of a corpus and of an annotation set: the one source of the schemas and of every key's order."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Role = Literal[
    "headline",
    "standfirst",
    "byline",
    "source",
    "timestamp",
    "body",
    "subheading",
    "caption",
    "teaser",
    "boilerplate",
]
EntityType = Literal[
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
]
QuoteType = Literal["direct", "indirect", "mixed"]
QuoteStatus = Literal["resolved", "group", "unnamed", "none"]
SpeakerKind = Literal["name", "nominal", "pronoun"]
DecoyReason = Literal["scare", "title", "term"]
Relation = Literal["exact", "near", "contained", "related"]
Direction = Literal["a_in_b", "b_in_a"]
DocumentLayer = Literal["entities", "quotes", "decoys"]
UnitLayer = Literal["segments", "entities", "quotes", "decoys"]
Layer = Literal["segments", "entities", "quotes", "decoys", "duplicates"]
Completeness = Literal["complete", "partial", "none"]

DOCUMENT_LAYERS: tuple[DocumentLayer, ...] = ("entities", "quotes", "decoys")
"""Layers with one file per document."""
UNIT_LAYERS: tuple[UnitLayer, ...] = ("segments", *DOCUMENT_LAYERS)
"""Layers with one file per unit: a page for segments, a document for the others."""
TEXT_ROLES: frozenset[Role] = frozenset({"headline", "standfirst", "body", "subheading"})
"""Roles whose blocks make up the text of a document."""

Offset = Annotated[int, Field(ge=0, description="Position in Unicode code points, counted from 0.", examples=[118])]
PageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$", description="Id of a page.", examples=["003"])]
DocumentId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9_]+-[0-9]{2,}$", description="Id of a document.", examples=["003-01"])
]
EntityId = Annotated[
    str,
    Field(
        pattern=r"^(person|norp|fac|org|gpe|loc|product|event|work-of-art|law|language)-[a-z0-9]+(-[a-z0-9]+)*$",
        description="Id of an entity: its type, then a slug of its name.",
        examples=["person-sergey-lavrov"],
    ),
]
Sha256 = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{64}$",
        description="SHA-256 of the bytes of a file, in hexadecimal.",
        examples=["b53dc24647bb53fb3b8b1b74fbdd6375f2398fa3c3ab147d8b1161ce99ee90ff"],
    ),
]
Date = Annotated[
    str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="ISO 8601 date.", examples=["2025-07-16"])
]


def _id(what: str, pattern: str, example: str) -> Any:
    return Field(default=None, pattern=pattern, description=f"Id of the {what}, never reused.", examples=[example])


class Record(BaseModel):
    """One line of a JSONL file: closed, immutable, with its keys in the order of its fields."""

    # Building a model takes a millisecond: those that only stand inside others need never be built.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    def line(self) -> str:
        """The record as the one canonical JSON line, without the line feed."""
        return self.model_dump_json()


class Span(Record):
    """A stretch of a document's text."""

    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["Sergey Lavrov"])


class Block(Record):
    """A span of a page, inside one of its lines, with the role it plays there."""

    id: str | None = _id("block", r"^[A-Za-z0-9_]+-b[0-9]{3,}$", "003-b001")
    start: Offset
    end: Offset
    role: Role = Field(description="What the block is on its page.", examples=["body"])
    document: DocumentId | None = Field(description="The article the block belongs to; null for the page itself.")


class Mention(Record):
    """A span that names an entity."""

    id: str | None = _id("mention", r"^[A-Za-z0-9_]+-[0-9]{2,}-e[0-9]{3,}$", "003-01-e001")
    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["Moscow"])
    type: EntityType = Field(description="OntoNotes 5 type of the name.", examples=["GPE"])
    entity: EntityId | None = Field(default=None, description="What the name literally names.")
    stands_for: EntityId | None = Field(
        default=None,
        description="The government, organisation or people that a place name stands for here.",
        examples=["gpe-russia"],
    )


class Speaker(Record):
    """The noun phrase that names who speaks."""

    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["President Putin"])
    head: Span | None = Field(default=None, description="The name without titles, the head noun or the pronoun.")
    kind: SpeakerKind | None = Field(default=None, description="What the head is.", examples=["name"])


class Quote(Record):
    """One act of reported speech or writing."""

    id: str | None = _id("quote", r"^[A-Za-z0-9_]+-[0-9]{2,}-q[0-9]{3,}$", "003-01-q001")
    type: QuoteType = Field(description="How much of the content stands in quotation marks.", examples=["indirect"])
    content: Annotated[list[Span], Field(min_length=1)] = Field(
        description="What was expressed, as one or more spans in the order of the text."
    )
    cue: Span | None = Field(default=None, description="The words that report; null if there are none.")
    speaker: Speaker | None = Field(default=None, description="Who speaks; null if the sentence names none.")
    speaker_entities: list[EntityId] | None = Field(
        default=None, description="Who that is in the registry.", examples=[["person-sergey-lavrov"]]
    )
    status: QuoteStatus | None = Field(
        default=None, description="How far the speaker is known.", examples=["resolved"]
    )
    parent: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_]+-[0-9]{2,}-q[0-9]{3,}$",
        description="Id of the quote whose content holds this one.",
        examples=["003-01-q001"],
    )


class Decoy(Record):
    """Quotation marks that report no one's speech."""

    id: str | None = _id("decoy", r"^[A-Za-z0-9_]+-[0-9]{2,}-d[0-9]{3,}$", "003-01-d001")
    start: Offset
    end: Offset
    text: str = Field(description="The characters of the text from start to end.", examples=["“Russian threat”"])
    reason: DecoyReason = Field(description="Why the marks stand there.", examples=["scare"])


class Passage(Record):
    """Text that two documents share: a span in each."""

    a: Span
    b: Span


class Pair(Record):
    """Two documents that share text; a pair with no record is distinct."""

    id: str | None = _id("pair", r"^[A-Za-z0-9_]+-[0-9]{2,}_[A-Za-z0-9_]+-[0-9]{2,}$", "000-01_001-06")
    a: DocumentId
    b: DocumentId
    relation: Relation = Field(description="How the two documents are related.", examples=["near"])
    direction: Direction | None = Field(default=None, description="Which lies in which; null unless contained.")
    passages: list[Passage] = Field(description="The text the two share, in the order of document a.")


class Entity(Record):
    """One referent of the registry, the same throughout the corpus."""

    id: EntityId
    type: EntityType = Field(description="OntoNotes 5 type.", examples=["PERSON"])
    name: str = Field(min_length=1, description="Canonical name.", examples=["Sergey Lavrov"])
    aliases: list[Annotated[str, Field(min_length=1)]] = Field(
        description="Every surface form used in the corpus, sorted.", examples=[["Lavrov"]]
    )
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")] | None = Field(
        default=None, description="Wikidata item, where verified.", examples=["Q42"]
    )
    note: str | None = Field(default=None, description="What a reader should know.", examples=["Office until 2026."])


class Exemption(Record):
    """A place where a completeness check is right to look and the labels are right all the same."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$", description="The finding's code.", examples=["unmarked-surface"])
    document: DocumentId | None = Field(description="Where; null for the whole corpus.")
    start: Offset | None = Field(description="Where in the text; null for all of it.")
    text: str = Field(min_length=1, description="The words in question.", examples=["Russian"])
    reason: str = Field(min_length=1, description="Why the labels are right.")


class Page(Record):
    """A scraped source file, kept byte for byte."""

    id: PageId
    source: str = Field(description="File name the page was scraped to.", examples=["003_15f1c4107c37abfd.txt"])
    sha256: Sha256
    publisher: str = Field(description="Who published the articles.", examples=["RT"])
    site: str | None = Field(description="Where the page was scraped, as far as the page tells.", examples=["Daily8"])
    rights: str = Field(description="Plain statement of the rights in the text.")
    language: str = Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code.", examples=["en"])
    date: Date | None = Field(description="Date printed on the page; null if none is.")
    date_note: str | None = Field(description="What else the text tells of its date.")


class Run(Record):
    """A stretch of a text and the stretch of the page it was made from.

    Equal lengths map character by character; otherwise the whole stands for the whole, as a line
    feed stands for everything between two blocks.
    """

    start: Offset
    end: Offset
    page_start: Offset
    page_end: Offset


class Document(Record):
    """One article, built from the blocks of its page."""

    id: DocumentId
    page: PageId
    title: str = Field(description="The headline, or the standfirst that stands in its place.")
    length: Offset = Field(description="Length of the text in code points.")
    sha256: Sha256
    map: list[Run] = Field(description="Where every character of the text stands on the page, without gaps.")


class AnnotationSet(Record):
    """Who made a set of labels, how, and how far it goes."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+$", description="Name of the folder.", examples=["gold"])
    kind: Literal["gold", "annotator", "system"] = Field(description="What party the labels come from.")
    description: str = Field(description="How the labels were made, honestly.")
    annotators: list[str] = Field(description="Who labelled.", examples=[["language model, pass A"]])
    adjudicators: list[str] = Field(description="Who settled the differences.")
    guidelines: str | None = Field(description="Version of the guideline followed.", examples=["1"])
    segments: dict[PageId, Completeness] = Field(description="Per page; a page left out is none.")
    entities: dict[DocumentId, Completeness] = Field(description="Per document; one left out is none.")
    quotes: dict[DocumentId, Completeness] = Field(description="Per document; one left out is none.")
    decoys: dict[DocumentId, Completeness] = Field(description="Per document; one left out is none.")
    duplicates: Completeness = Field(description="Over all pairs of documents.")

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
    """A data file as the manifest lists it."""

    path: str = Field(description="Path below the root, with forward slashes.", examples=["corpus/text/003-01.txt"])
    sha256: Sha256
    count: int = Field(ge=0, description="Records of a .jsonl file, bytes of any other.", examples=[1873])


class Manifest(Record):
    """What a version of the data consists of."""

    version: str = Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(-edited|-derived\.[a-z]+\.[0-9]+\.[0-9]+)?$",
        description="Version of the data; -edited once it differs from what was released, -derived with difficulty, "
        "seed and size where it was made from that version.",
        examples=["1.0.0"],
    )
    digest: Sha256
    files: list[FileEntry] = Field(description="Every data file as it was released, sorted by path.")


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
"""Every record that is a line or a file of its own, by the name of its schema."""
