"""The closed vocabularies of the labels: roles, types, relations, layers."""

from typing import Literal

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
"""The roles whose blocks form the text of a document."""
