"""The generated parts of the data card, annotations/README.md, and the Croissant metadata beside it."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from goldwire.checks.published import BLOCK, CARD, CROISSANT, METADATA, seal
from goldwire.corpus.annotation_sets import ANNOTATIONS
from goldwire.corpus.files import write_bytes
from goldwire.corpus.gold import Gold, load
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.agreement import Agreement, agree
from goldwire.curate.croissant import croissant
from goldwire.curate.origins import Accepted, accepted
from goldwire.model.errors import GoldwireError

COMPARED = {"agreement": ("pass-a", "pass-b"), "third": ("gold", "pass-c")}
"""Generated tables of agreement, with the two sets that each compares."""
NEW = """\
# Data card

Say here where the texts come from, who labelled them and how, and what rights there are.

## Counts

<!-- counts: generated -->
<!-- end -->

<!-- croissant: generated -->
<!-- end -->
"""
"""The card of a corpus that has none."""


def card_files(root: Path) -> dict[str, bytes]:
    """The up-to-date data card and metadata, by path below `root`.

    Only the parts of the card between `<!-- NAME: generated -->` and `<!-- end -->` are replaced; the names are
    `counts`, `croissant` for the seal of the metadata, and those of `COMPARED`. A corpus without a card gets one with
    its counts. Raises GoldwireError if a set that the card compares, or the library mlcroissant, is missing.
    """
    gold = load(root)
    tree, _ = read_tree(root)
    card = (root / CARD).read_text(encoding="utf-8") if (root / CARD).exists() else NEW

    metadata = croissant(gold)

    def generated(block: re.Match[str]) -> str:
        name = block[1]
        if name == METADATA:
            made, sealed = "", metadata
        else:
            made = _agreement(_compare(tree, *COMPARED[name])) if name in COMPARED else counts_table(gold)
            sealed = made.encode()
        return f"<!-- {name}: generated from {seal(gold.digest, sealed)} -->\n{made}<!-- end -->"

    return {CARD: BLOCK.sub(generated, card).encode(), CROISSANT: metadata}


def write_card(root: Path, write: bool = True) -> list[str]:
    """Write the generated parts; return the paths of files that differed. With `write=False`, write nothing."""
    changed = []
    for path, data in card_files(root).items():
        place = root / path
        if not place.is_file() or place.read_bytes() != data:
            changed.append(path)
            if write:
                write_bytes(place, data)
    return changed


def _compare(tree: Tree, first: str, second: str) -> Agreement:
    sets = {labels.path: labels for labels in tree.sets}
    paths = [f"{ANNOTATIONS}/{name}" for name in (first, second)]
    missing = [path for path in paths if path not in sets]
    if missing:
        raise GoldwireError(f"no set {missing[0]}; the data card compares {first} and {second}")
    return agree(sets[paths[0]], sets[paths[1]], tree.corpus.texts)


def _agreement(agreement: Agreement) -> str:
    lines = ["| layer | measure | value | 95 % interval | items |", "| --- | --- | ---: | --- | --- |"]
    for row in agreement.rows:
        few = f"{row.units} {'page' if row.layer == 'segments' else 'document'}{'' if row.units == 1 else 's'}"
        bounds = f"{row.interval[0]:.3f} to {row.interval[1]:.3f}" if row.interval else few if row.units else ""
        value = "–" if row.value is None else f"{row.value:.3f}"
        lines.append(f"| {row.layer} | {row.measure} | {value} | {bounds} | {row.items} |")
    return "\n".join(lines) + "\n"


def counts_table(gold: Gold) -> str:
    """Numbers of labels by kind, as a Markdown table: in all documents, and in the different articles."""
    once = {cluster[0] for cluster in gold.clusters}
    different = "duplicates not judged" if gold.duplicates == "none" else f"{len(once)} different articles"
    lines = [
        f"| layer | what | all {len(gold.documents)} documents | {different} |",
        "| --- | --- | ---: | ---: |",
    ]
    for layer, what, documents in _labels(gold):
        total = sum(documents.values())
        lines.append(f"| {layer} | {what} | {total} | {sum(documents[name] for name in once)} |")
    for layer, key in (("entities", "mentions"), ("quotes", "quotes"), ("decoys", "decoys")):
        sides = [
            accepted(record for name in names for record in getattr(gold.documents[name], key) or ())
            for names in (gold.documents, sorted(once))
        ]
        in_once = {one.set: one for one in sides[1]}
        for one in sides[0]:
            other = in_once.get(one.set, Accepted(one.set, 0, 0))
            lines.append(f"| {layer} | suggested by {one.set} | {one.labels} | {other.labels} |")
            lines.append(f"| {layer} | … accepted unchanged | {one.share} | {other.share} |")
    registered = Counter(entity.type for entity in gold.entities.values())
    lines += [f"| registry | entities {kind} | {n} | |" for kind, n in sorted(registered.items())]
    lines.append(f"| registry | entities | {len(gold.entities)} | |")
    roles = Counter(block.role for blocks in gold.blocks.values() for block in blocks)
    lines += [f"| segments | {role} | {n} | |" for role, n in sorted(roles.items())]
    lines.append(f"| segments | blocks | {roles.total()} | |")
    relations = Counter(pair.relation for pair in gold.pairs)
    lines += [f"| duplicates | pairs {relation} | {n} | |" for relation, n in sorted(relations.items())]
    lines.append(f"| duplicates | passages | {sum(len(pair.passages) for pair in gold.pairs)} | |")
    return "\n".join(lines) + "\n"


def _labels(gold: Gold) -> Iterable[tuple[str, str, Counter[str]]]:
    """For each kind of label: its layer, its name, and how many of it each document has."""
    found: dict[tuple[str, str], Counter[str]] = {}

    def count(document: str, layer: str, *kinds: str) -> None:
        for kind in kinds:
            found.setdefault((layer, kind), Counter())[document] += 1

    for document in gold.documents.values():
        for mention in document.mentions or ():
            count(document.id, "entities", "mentions", f"mentions {mention.type}")
            if mention.stands_for:
                count(document.id, "entities", "mentions that stand for another")
        for quote in document.quotes or ():
            count(document.id, "quotes", "quotes", f"quotes {quote.type}", f"quotes, speaker {quote.status}")
            if quote.parent:
                count(document.id, "quotes", "quotes nested")
            if len(quote.content) > 1:
                count(document.id, "quotes", "quotes of several fragments")
            count(document.id, "quotes", *["fragments"] * len(quote.content))
        for decoy in document.decoys or ():
            count(document.id, "decoys", "decoys", f"decoys {decoy.reason}")
    return ((layer, kind, documents) for (layer, kind), documents in sorted(found.items()))
