"""The vocabularies of the labels. Those that are plain strings are open: the profile of a corpus has their values."""

from typing import Literal

Role = str
EntityType = str
QuoteType = str
DecoyReason = str
QuoteStatus = Literal["resolved", "group", "unnamed", "none"]
SpeakerKind = Literal["name", "nominal", "pronoun"]
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
