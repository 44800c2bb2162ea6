"""The types of fields that several records have: offsets, ids, hashes, dates."""

from typing import Annotated

from pydantic import Field

Offset = Annotated[int, Field(ge=0, description="Offset in Unicode code points, counted from 0.", examples=[118])]
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
