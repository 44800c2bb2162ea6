"""The types of fields that several records have: offsets, ids, hashes, dates."""

from typing import Annotated, Any

from pydantic import Field

Offset = Annotated[int, Field(ge=0, description="Offset in Unicode code points, counted from 0.", examples=[118])]
PageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$", description="Id of a page.", examples=["003"])]
DocumentId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9_]+-[0-9]{2,}$", description="Id of a document.", examples=["003-01"])
]
ENTITY_ID = "Id of an entity: its type, then a slug of its name."
EntityId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$",
        description=ENTITY_ID,
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


def slug_of(kind: str) -> str:
    """The part of an entity's id that is made from its type."""
    return kind.lower().replace("_", "-")


def entity_ids(types: tuple[str, ...]) -> str:
    """The pattern of the ids of entities of some types."""
    return f"({'|'.join(map(slug_of, types))})-[a-z0-9]+(-[a-z0-9]+)*"


def entity_id(types: tuple[str, ...]) -> Any:
    """The id of an entity of some types, as the annotation of a field."""
    example = "person-sergey-lavrov" if "PERSON" in types else f"{slug_of(types[0])}-example"
    return Annotated[str, Field(pattern=f"^{entity_ids(types)}$", description=ENTITY_ID, examples=[example])]
