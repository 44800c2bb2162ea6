"""The results of an annotation, read as records: every result is a label or is named as malformed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from goldwire import spans
from goldwire.jsonl import sort_key
from goldwire.records import Decoy, Mention, Pair, Passage, Quote, Span, Speaker
from goldwire.studio.palette import COLOURS, QUOTE_PARTS
from goldwire.studio.results import DIRECTION_OF, DISTINCT, Labels


class Malformed(ValueError):
    """A result that is no label; the message names the region and the reason."""


@dataclass(slots=True)
class _Region:
    label: str
    span: Span
    choices: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)

    def choice(self, control: str) -> str | None:
        return next(iter(self.choices.get(control, ())), None)


def from_results(
    document: str,
    text: str,
    results: Iterable[Mapping[str, Any]],
    candidates: Sequence[Mapping[str, Any]],
    known: Labels,
) -> Labels:
    """The labels that the results of an annotation say, with the ids of `known` kept.

    Spans come from the offsets and the stored text alone, without white space at their ends. A
    record that is new gets the next free number. Raises Malformed for a result that is no label.
    """
    results = list(results)
    regions = _regions(text, results)
    labels = Labels()
    labels.mentions = _mentions(document, regions, known)
    labels.decoys = _decoys(document, regions, known)
    labels.quotes = _quotes(document, regions, known)
    labels.pairs = _pairs(document, results, candidates)
    return labels


def _regions(text: str, results: Iterable[Mapping[str, Any]]) -> dict[str, _Region]:
    results = list(results)
    regions: dict[str, _Region] = {}
    for result in results:
        if result.get("type") == "labels":
            name, region = _read_region(text, result)
            if name in regions:
                raise Malformed(f"region {name} stands twice")
            regions[name] = region
    for result in results:
        if result.get("type") in ("choices", "taxonomy") and result.get("to_name") == "text":
            _read_choice(regions, result)
        elif result.get("type") == "relation":
            _read_relation(regions, result)
    return regions


def _read_region(text: str, result: Mapping[str, Any]) -> tuple[str, _Region]:
    name, value = str(result.get("id")), result.get("value")
    if not isinstance(value, Mapping):
        raise Malformed(f"region {name} has no value")
    start, end, labels = value.get("start"), value.get("end"), value.get("labels")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise Malformed(f"region {name} is [{start}:{end}], no span of a text of {len(text)} code points")
    if not isinstance(labels, list) or len(labels) != 1 or labels[0] not in {*COLOURS, *QUOTE_PARTS}:
        raise Malformed(f"region {name} has the labels {labels}, expected one of the project's")
    start, end = spans.trim(text, start, end)
    if start == end:
        raise Malformed(f"region {name} holds nothing but white space")
    return name, _Region(labels[0], Span(start=start, end=end, text=text[start:end]))


def _read_choice(regions: dict[str, _Region], result: Mapping[str, Any]) -> None:
    name, control = str(result.get("id")), str(result.get("from_name"))
    if name not in regions:
        raise Malformed(f"a choice of {control} for region {name}, which is not there")
    value = result.get("value") or {}
    picked = [path[-1] for path in value.get("taxonomy", ())] or list(value.get("choices", ()))
    regions[name].choices[control] = [str(choice) for choice in picked]


def _read_relation(regions: dict[str, _Region], result: Mapping[str, Any]) -> None:
    source, target = str(result.get("from_id")), str(result.get("to_id"))
    for name in (source, target):
        if name not in regions:
            raise Malformed(f"a relation to region {name}, which is not there")
    wanted = {"cue": "cue", "speaker": "speaker", "head": "head", "content": "continues"}
    # Relations made in the editor have no label: what they point at says what they are.
    name = next(iter(result.get("labels") or ()), wanted.get(regions[target].label, ""))
    regions[source].links.setdefault(name, []).append(target)


class _Numbers:
    """Ids for new records: the known ones stay, the new ones follow the highest."""

    def __init__(self, document: str, letter: str, known: Iterable[str | None], named: Iterable[str]) -> None:
        self.prefix = f"{document}-{letter}"
        taken = {name for name in (*known, *named) if name and self.is_id(name)}
        self.next = max((int(name.removeprefix(self.prefix)) for name in taken), default=0) + 1

    def is_id(self, name: str) -> bool:
        return name.startswith(self.prefix) and name.removeprefix(self.prefix).isdigit()

    def of(self, name: str) -> str:
        if self.is_id(name):
            return name
        self.next += 1
        return f"{self.prefix}{self.next - 1:03}"


def _ordered(regions: Mapping[str, _Region], labels: Iterable[str]) -> list[tuple[str, _Region]]:
    wanted = set(labels)
    chosen = [(name, region) for name, region in regions.items() if region.label in wanted]
    return sorted(chosen, key=lambda item: (item[1].span.start, -item[1].span.end, item[0]))


def _mentions(document: str, regions: Mapping[str, _Region], known: Labels) -> list[Mention]:
    chosen = _ordered(regions, COLOURS)
    numbers = _Numbers(document, "e", (mention.id for mention in known.mentions), (name for name, _ in chosen))
    found = [
        _valid(Mention, name, region, id=numbers.of(name), type=region.label,
               entity=region.choice("entity_id"), stands_for=region.choice("stands_for"))
        for name, region in chosen
    ]  # fmt: skip
    return sorted(found, key=sort_key)


def _decoys(document: str, regions: Mapping[str, _Region], known: Labels) -> list[Decoy]:
    chosen = _ordered(regions, ["decoy"])
    numbers = _Numbers(document, "d", (decoy.id for decoy in known.decoys), (name for name, _ in chosen))
    found = [
        _valid(Decoy, name, region, id=numbers.of(name), reason=region.choice("reason")) for name, region in chosen
    ]
    return sorted(found, key=sort_key)


def _valid(model: Any, name: str, region: _Region, **more: Any) -> Any:
    return _validate(model, name, {**region.span.model_dump(), **more})


def _validate(model: Any, name: str, record: Mapping[str, Any]) -> Any:
    try:
        return model.model_validate({key: record[key] for key in model.model_fields if key in record})
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise Malformed(f"region {name}: {where} is {fault['input']!r}: {fault['msg']}") from None


def _quotes(document: str, regions: Mapping[str, _Region], known: Labels) -> list[Quote]:
    contents = _ordered(regions, ["content"])
    later = {target for _, region in contents for target in region.links.get("continues", ())}
    firsts = [(name, region) for name, region in contents if name not in later]
    names = {name: name.removesuffix("-c1") for name, _ in firsts}
    numbers = _Numbers(document, "q", (quote.id for quote in known.quotes), names.values())
    ids = {name: numbers.of(names[name]) for name, _ in firsts}
    found = [_quote(name, region, regions, ids) for name, region in firsts]
    return sorted(found, key=sort_key)


def _quote(name: str, region: _Region, regions: Mapping[str, _Region], ids: Mapping[str, str]) -> Quote:
    fragments, seen = [region.span], {name}
    after = _one(name, region, "continues")
    while after is not None:
        if after in seen:
            raise Malformed(f"region {name}: its fragments continue in a circle")
        seen.add(after)
        fragments.append(regions[after].span)
        after = _one(after, regions[after], "continues")
    cue, speaker, parent = (_one(name, region, link) for link in ("cue", "speaker", "inside"))
    if parent is not None and parent not in ids:
        raise Malformed(f"region {name} lies inside region {parent}, which is no first fragment of a quote")
    record = {
        "id": ids[name],
        "type": region.choice("quote_type"),
        "content": sorted(fragments, key=lambda span: span.start),
        "cue": regions[cue].span if cue else None,
        "speaker": _speaker(speaker, regions) if speaker else None,
        "speaker_entities": region.choices.get("speaker_entities", []),
        "status": region.choice("status"),
        "parent": ids[parent] if parent else None,
    }
    quote: Quote = _validate(Quote, name, record)
    return quote


def _one(name: str, region: _Region, link: str) -> str | None:
    targets = region.links.get(link, [])
    if len(set(targets)) > 1:
        raise Malformed(f"region {name} has {len(targets)} relations {link}, expected one")
    return targets[0] if targets else None


def _speaker(name: str, regions: Mapping[str, _Region]) -> Speaker:
    region = regions[name]
    head = _one(name, region, "head")
    record = {
        **region.span.model_dump(),
        "head": regions[head].span if head else None,
        "kind": region.choice("kind"),
    }
    speaker: Speaker = _validate(Speaker, name, record)
    return speaker


def _pairs(document: str, results: Iterable[Mapping[str, Any]], candidates: Sequence[Mapping[str, Any]]) -> list[Pair]:
    found = []
    for result in results:
        control = str(result.get("from_name", ""))
        if not control.startswith("relation_"):
            continue
        index = control.removeprefix("relation_")
        if not index.isdigit() or int(index) >= len(candidates):
            raise Malformed(f"{control} judges a candidate that is not there; there are {len(candidates)}")
        candidate, choice = candidates[int(index)], next(iter(result["value"]["choices"]), DISTINCT)
        if choice == DISTINCT:
            continue
        direction = DIRECTION_OF.get(choice)
        record = {
            "id": f"{candidate['document']}_{document}",
            "a": candidate["document"],
            "b": document,
            "relation": "contained" if direction else choice,
            "direction": direction,
            "passages": [Passage.model_validate(passage) for passage in candidate["passages"]],
        }
        found.append(_validate(Pair, control, record))
    return sorted(found, key=sort_key)
