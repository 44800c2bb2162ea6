"""What is published beside the data and generated from it: the schemas, the data card and its metadata."""

import re
from collections.abc import Iterator
from pathlib import Path

from goldwire.corpus.annotation_sets import ANNOTATIONS
from goldwire.corpus.files import read_regular, sha256
from goldwire.corpus.schemas import present_schemas, stale_schemas
from goldwire.corpus.tree import Tree
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding, finding

CARD, CROISSANT = f"{ANNOTATIONS}/README.md", f"{ANNOTATIONS}/croissant.json"
METADATA = "croissant"
"""The name of the generated part of the card that is empty and has the seal of the metadata."""
BLOCK = re.compile(r"<!-- (\w+): generated(?: from (\w+))? -->\n(.*?)<!-- end -->", re.S)
"""A generated part of the card: its name, its seal, and its text."""


def seal(data: str, text: bytes) -> str:
    """What shows that a text was generated from the data of a digest, and not changed since."""
    return sha256(data.encode() + b"\n" + text)[:12]


def check_schemas(tree: Tree) -> Iterator[Finding]:
    """Compare the schemas with the records of the profile; a corpus may have none."""
    present = present_schemas(tree.root)
    for path in stale_schemas(tree.root, tree.profile) if present else ():
        problem = "is not that of a record of this corpus" if Path(path).name in present else "is missing"
        yield finding("stale-schema", path, problem=problem)


def check_card(tree: Tree, data: str) -> Iterator[Finding]:
    """Compare the generated parts of the data card, and the metadata, with the digest of the data."""
    card = (_read(tree.root / CARD) or b"").decode(errors="replace")
    for block in BLOCK.finditer(card):
        if block[1] != METADATA:
            if block[2] != seal(data, block[3].encode()):
                yield finding("stale-card", CARD, card.count("\n", 0, block.start()) + 1, name=block[1])
        elif block[2] != seal(data, _read(tree.root / CROISSANT) or b""):
            yield finding("stale-croissant", CROISSANT)


def _read(path: Path) -> bytes | None:
    try:
        return read_regular(path)
    except (OSError, GoldwireError):
        return None
