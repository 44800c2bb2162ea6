"""Labels written into the text they label, compiled to offsets: a form that cannot be off by one.

Entities stand in double brackets with their id, and with what they stand for behind `>`:

    [[Moscow|gpe-moscow>gpe-russia]] insists

Quotes are tagged by number: `c` content, `k` cue, `s` speaker, `h` head; `n` is a decoy. Several
numbers share a tag with commas. A line `===` ends the text; the attributes follow, one record a line:

    <s1>Russian President <h1>Vladimir Putin</h1></s1> <k1>said</k1> <c1>he is ready</c1>.
    ===
    1 type=indirect status=resolved kind=name entities=person-vladimir-putin
    n1 reason=scare

What remains when the markup is taken out must be the stored text, character by character.
"""

import re
from dataclasses import dataclass, field

from pydantic import ValidationError

from goldwire.model.records import Decoy, EntityType, Mention, Quote, Span, Speaker

ENTITY = re.compile(r"\[\[((?:[^|\[\]]|\[[^|\[\]]*\])+)\|([a-z0-9-]+)(?:>([a-z0-9-]+))?\]\]")
TAG = re.compile(r"<(/?)([ckshn])([0-9]{1,6}(?:,[0-9]{1,6})*)>")
TYPES: dict[str, EntityType] = {
    "person": "PERSON",
    "norp": "NORP",
    "fac": "FAC",
    "org": "ORG",
    "gpe": "GPE",
    "loc": "LOC",
    "product": "PRODUCT",
    "event": "EVENT",
    "work-of-art": "WORK_OF_ART",
    "law": "LAW",
    "language": "LANGUAGE",
}


class MarkupError(ValueError):
    """The markup does not fit the text or itself; the message says where."""


def entity_type(entity_id: str) -> EntityType:
    """The type an entity id begins with; raises MarkupError for what is no entity id."""
    for prefix, kind in TYPES.items():
        if re.fullmatch(rf"{prefix}-[a-z0-9]+(-[a-z0-9]+)*", entity_id):
            return kind
    raise MarkupError(f"{entity_id!r} is no entity id; expected a type ({', '.join(TYPES)}), a hyphen and a name")


def mentions(document: str, text: str, marked: str) -> list[Mention]:
    """Compile marked text to the mentions of a document; raises MarkupError."""
    plain: list[str] = []
    found: list[Mention] = []
    position = reach = 0
    for i, match in enumerate(ENTITY.finditer(marked), 1):
        between = marked[reach : match.start()]
        surface, entity, stands_for = match.groups()
        start = position + len(between)
        position = start + len(surface)
        reach = match.end()
        plain += (between, surface)
        for name in filter(None, (entity, stands_for)):
            entity_type(name)
        found.append(
            Mention(
                id=f"{document}-e{i:03}",
                start=start,
                end=position,
                text=surface,
                type=entity_type(entity),
                entity=entity,
                stands_for=stands_for,
            )
        )
    plain.append(marked[reach:])
    _compare("".join(plain), text)
    return found


@dataclass
class _Tagged:
    """The spans of one number, by the letter of their tag."""

    spans: dict[str, list[Span]] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)

    def one(self, letter: str) -> Span | None:
        found = self.spans.get(letter, [])
        if len(found) > 1:
            raise MarkupError(f"two spans tagged {letter} with one number: {found[0].text!r}, {found[1].text!r}")
        return found[0] if found else None


def quotes(document: str, text: str, marked: str) -> tuple[list[Quote], list[Decoy]]:
    """Compile tagged text and its attribute lines to quotes and decoys; raises MarkupError."""
    body, separator, attributes = marked.partition("\n===\n")
    if not separator:
        raise MarkupError("no line '===' between the text and the attributes")
    tagged = _tagged(body, text)
    for line in filter(None, map(str.strip, attributes.splitlines())):
        key, *pairs = line.split()
        if key not in tagged:
            raise MarkupError(f"attributes for {key!r}, but nothing in the text has that number")
        tagged[key].attributes = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    decoys = {key: item for key, item in tagged.items() if key.startswith("n")}
    others = {key: item for key, item in tagged.items() if key not in decoys}
    return _quotes(document, others), _decoys(document, decoys)


def _tagged(body: str, text: str) -> dict[str, _Tagged]:
    plain: list[str] = []
    opened: dict[tuple[str, str], int] = {}
    spans: list[tuple[str, str, int, int]] = []
    position = reach = 0
    for match in TAG.finditer(body):
        between = body[reach : match.start()]
        plain.append(between)
        position += len(between)
        reach = match.end()
        closing, letter, numbers = match.groups()
        for number in numbers.split(","):
            tag = letter, number
            if not closing:
                if tag in opened:
                    raise MarkupError(f"<{letter}{number}> opened twice before it was closed")
                opened[tag] = position
            elif tag not in opened:
                raise MarkupError(f"</{letter}{number}> closes what was never opened")
            else:
                spans.append((letter, number, opened.pop(tag), position))
    plain.append(body[reach:])
    if opened:
        raise MarkupError("never closed: " + ", ".join(f"<{letter}{number}>" for letter, number in opened))
    _compare("".join(plain), text)
    tagged: dict[str, _Tagged] = {}
    for letter, number, start, end in sorted(spans, key=lambda s: s[2:]):
        item = tagged.setdefault("n" + number if letter == "n" else number, _Tagged())
        item.spans.setdefault(letter, []).append(Span(start=start, end=end, text=text[start:end]))
    return tagged


def _quotes(document: str, tagged: dict[str, _Tagged]) -> list[Quote]:
    for number, item in tagged.items():
        if "c" not in item.spans:
            raise MarkupError(f"quote {number} has no content")
        if not item.attributes:
            raise MarkupError(f"quote {number} has no attribute line")
    ordered = sorted(tagged, key=lambda n: (tagged[n].spans["c"][0].start, -tagged[n].spans["c"][-1].end, int(n)))
    ids = {number: f"{document}-q{i:03}" for i, number in enumerate(ordered, 1)}
    return [_quote(number, tagged[number], ids) for number in ordered]


def _quote(number: str, item: _Tagged, ids: dict[str, str]) -> Quote:
    attributes = item.attributes
    parent = attributes.get("parent")
    if parent is not None and parent not in ids:
        raise MarkupError(f"quote {number} has the parent {parent!r}, which is no quote here")
    entities = [entity for entity in attributes.get("entities", "").split(",") if entity]
    for entity in entities:
        try:
            entity_type(entity)
        except MarkupError as error:
            raise MarkupError(f"quote {number}: speaker_entities: {error}") from None
    record = {
        "id": ids[number],
        "type": attributes.get("type"),
        "content": item.spans["c"],
        "cue": item.one("k"),
        "speaker": _speaker(number, item),
        "speaker_entities": entities,
        "status": attributes.get("status"),
        "parent": ids[parent] if parent else None,
    }
    try:
        return Quote.model_validate(record)
    except ValidationError as error:
        raise MarkupError(f"quote {number}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from None


def _speaker(number: str, item: _Tagged) -> Speaker | None:
    span, head = item.one("s"), item.one("h")
    if span is None:
        if head:
            raise MarkupError(f"quote {number} has a head but no speaker")
        return None
    if head is None:
        raise MarkupError(f"quote {number} has a speaker without a head")
    kind = item.attributes.get("kind")
    try:
        return Speaker.model_validate({**span.model_dump(), "head": head, "kind": kind})
    except ValidationError:
        raise MarkupError(f"quote {number}: kind={kind!r}; expected name, nominal or pronoun") from None


def _decoys(document: str, tagged: dict[str, _Tagged]) -> list[Decoy]:
    found = sorted(((item.one("n"), item.attributes.get("reason")) for item in tagged.values()), key=_start)
    records = []
    for i, (span, reason) in enumerate(found, 1):
        assert span is not None
        try:
            record = {"id": f"{document}-d{i:03}", **span.model_dump(), "reason": reason}
            records.append(Decoy.model_validate(record))
        except ValidationError:
            raise MarkupError(f"decoy {span.text!r}: reason={reason!r}; expected scare, title or term") from None
    return records


def _start(found: tuple[Span | None, str | None]) -> int:
    return found[0].start if found[0] else 0


def _compare(plain: str, text: str) -> None:
    plain = plain.rstrip("\n")
    if plain == text:
        return
    at = next((i for i, (a, b) in enumerate(zip(plain, text, strict=False)) if a != b), min(len(plain), len(text)))
    raise MarkupError(
        f"without its markup the text differs at {at}: "
        f"{plain[max(0, at - 30) : at + 30]!r} where the document has {text[max(0, at - 30) : at + 30]!r}"
    )
