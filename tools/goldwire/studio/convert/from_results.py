"""The results of an annotation as records; a result that is not part of a label is malformed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from goldwire.corpus.canonical import sort_key
from goldwire.curate.registry import proposal
from goldwire.model.profile import Profile
from goldwire.model.records import Decoy, Entity, Mention, Pair, Quote, Record, Span, Speaker
from goldwire.studio.candidates import Candidate
from goldwire.studio.convert.pairs import Judgement, read_judgements
from goldwire.studio.convert.regions import Malformed, Region, by_type, read_regions, shown, unused
from goldwire.studio.convert.to_results import DIRECTION_OF, DISTINCT, Labels
from goldwire.studio.labelling_config import NEW_ENTITY
from goldwire.studio.palette import QUOTE_PARTS
from goldwire.studio.record_ids import record_ids
from goldwire.text import spans

__all__ = ["Malformed", "from_results"]
Named = tuple[str, Region]
TITLES = {
    "type": "Its marks",
    "status": "Its speaker is",
    "kind": "The head is a",
    "reason": "Why the marks?",
    "relation": "The two articles are",
}
"""The titles of fields on the page."""
R = TypeVar("R", bound=Record)


def from_results(
    document: str,
    text: str,
    results: object,
    candidates: Sequence[Candidate],
    known: Labels,
    highest: Callable[[str], int] = lambda prefix: 0,
    profile: Profile | None = None,
) -> Labels:
    """The labels in the results of an annotation, with the ids of `known` kept.

    Spans come only from the offsets and the stored text, without white space at their ends. A region
    made in the editor gets the id of the known record it overlaps most, if no other region has it, or
    else the next number after all known ones and after `highest`, which returns the highest number ever
    given for a prefix such as `003-01-e`. Raises Malformed for an invalid
    result, and for a value that `profile`, if it is given, does not have.
    """
    found = by_type(results)
    regions = read_regions(text, found, profile.types if profile else None)
    for name in unused(regions, ("cue", "speaker", "head")):
        raise Malformed(
            name, f"this {regions[name].label} belongs to no quote: select its content, press l and click this"
        )
    labels, of = Labels(), profile.of if profile else _as_it_is
    chosen = _ordered(regions, {region.label for region in regions.values()} - QUOTE_PARTS.keys())
    ids = record_ids(f"{document}-e", known.mentions, chosen, highest)
    proposed = {name: _proposal(name, region, document) for name, region in chosen if region.choice("new_entity")}
    labels.proposals = list(proposed.values())
    labels.mentions = sorted(
        (_mention(of(Mention), name, region, ids[name], proposed.get(name)) for name, region in chosen), key=sort_key
    )
    chosen = _ordered(regions, ["decoy"])
    ids = record_ids(f"{document}-d", known.decoys, chosen, highest)
    labels.decoys = sorted((_decoy(of(Decoy), name, region, ids[name]) for name, region in chosen), key=sort_key)
    labels.quotes = _quotes(of(Quote), document, regions, known, highest, labels)
    judgements = read_judgements(text, found, candidates)
    if judgements or known.pairs is not None:
        labels.pairs = _pairs(document, judgements, candidates)
    return labels


def _ordered(regions: Mapping[str, Region], labels: Iterable[str]) -> list[Named]:
    wanted = set(labels)
    chosen = [(name, region) for name, region in regions.items() if region.label in wanted]
    return sorted(chosen, key=lambda item: (item[1].span.start, -item[1].span.end, item[0]))


def _proposal(name: str, region: Region, document: str) -> Entity:
    words = region.choice("new_entity") or ""
    if region.choice("entity_id") != NEW_ENTITY:
        raise Malformed(
            name,
            f"its new name is {shown(words)}, but another entity is chosen: choose “new”, or delete the name",
        )
    try:
        return proposal(region.label, words, region.span.text, f"Proposed in {document}.")
    except ValueError as error:
        raise Malformed(name, str(error)) from None


def _as_it_is(model: type[R]) -> type[R]:
    return model


def _mention(model: type[Mention], name: str, region: Region, own: str, proposed: Entity | None) -> Mention:
    entity = region.choice("entity_id")
    if entity == NEW_ENTITY and proposed is None:
        raise Malformed(name, "its entity is new: write its name in the next field")
    more = {"entity": proposed.id if proposed else entity, "stands_for": region.choice("stands_for")}
    record = {**region.span.model_dump(), "id": own, "type": region.label, "origin": region.origin}
    return _valid(model, name, {**record, **more})


def _decoy(model: type[Decoy], name: str, region: Region, own: str) -> Decoy:
    record = {**region.span.model_dump(), "id": own, "reason": region.choice("reason"), "origin": region.origin}
    return _valid(model, name, record)


def _valid(model: type[R], name: str, record: Mapping[str, object]) -> R:
    try:
        return model.model_validate(record)
    except ValidationError as error:
        fault = error.errors()[0]
        field, given = str(fault["loc"][0]), fault["input"]
        expected = fault.get("ctx", {}).get("expected", "another value").replace("'", "")
        title = f"in “{TITLES.get(field, field)}”, choose {expected}"
        raise Malformed(name, title if given is None else f"{title} instead of {shown(given)}") from None


def _quotes(
    model: type[Quote],
    document: str,
    regions: Mapping[str, Region],
    known: Labels,
    highest: Callable[[str], int],
    labels: Labels,
) -> list[Quote]:
    contents = dict(_ordered(regions, ["content"]))
    later = [target for name, region in contents.items() for target in region.links.get("continues", ())]
    for name in later:
        if later.count(name) > 1:
            raise Malformed(name, "two fragments go on here: delete one of the two relations")
    firsts = [(name, region) for name, region in contents.items() if name not in later]
    fragments = {name: _fragments(name, regions) for name, _ in firsts}
    for name in contents.keys() - {fragment for chain in fragments.values() for fragment in chain}:
        raise Malformed(name, "its fragments go on in a circle: delete one of their relations")
    ids = record_ids(f"{document}-q", known.quotes, firsts, highest)
    return sorted((_quote(model, name, regions, fragments[name], ids, labels) for name, _ in firsts), key=sort_key)


def _fragments(name: str, regions: Mapping[str, Region]) -> list[str]:
    chain = [name]
    while (after := _one(chain[-1], regions[chain[-1]], "continues")) is not None:
        chain.append(after)  # this ends, because no fragment continues two others
    return chain


def _quote(
    model: type[Quote],
    name: str,
    regions: Mapping[str, Region],
    fragments: Sequence[str],
    ids: Mapping[str, str],
    labels: Labels,
) -> Quote:
    region = regions[name]
    for fragment in fragments[1:]:
        if regions[fragment].choices or set(regions[fragment].links) - {"continues"}:
            raise Malformed(
                fragment, "fields and relations of a quote belong to its first fragment: delete those of this one"
            )
    cue, speaker, parent = (_one(name, region, link) for link in ("cue", "speaker", "inside"))
    if parent is not None and parent not in ids:
        raise Malformed(name, "its relation “inside” must lead to the first fragment of a quote")
    record = {
        "id": ids[name],
        "type": region.choice("quote_type"),
        "content": sorted((regions[fragment].span for fragment in fragments), key=lambda span: span.start),
        "cue": regions[cue].span if cue else None,
        "speaker": _speaker(speaker, regions) if speaker else None,
        "speaker_entities": _speaker_entities(name, region, regions[speaker].span if speaker else None, labels),
        "status": region.choice("status"),
        "parent": ids[parent] if parent else None,
        "origin": region.origin,
    }
    return _valid(model, name, record)


def _speaker_entities(name: str, region: Region, speaker: Span | None, labels: Labels) -> list[str]:
    """The entities of the speaker; for a new one, the id that the document proposes for its name."""
    chosen = region.choices.get("speaker_entities", [])
    if NEW_ENTITY not in chosen:
        return chosen
    proposed = {entity.id for entity in labels.proposals}
    named = {str(m.entity) for m in labels.mentions if speaker and spans.contains(speaker, m)} & proposed
    found = named or proposed
    if len(found) != 1:
        reason = f"its speaker is new, and the article has {len(found)} new names: choose one in “Who speaks?”"
        raise Malformed(name, reason)
    return [min(found) if one == NEW_ENTITY else one for one in chosen]


def _one(name: str, region: Region, link: str) -> str | None:
    targets = region.links.get(link, [])
    if len(targets) > 1:
        raise Malformed(name, f"it has {len(targets)} relations “{link}”: delete all but one")
    return targets[0] if targets else None


def _speaker(name: str, regions: Mapping[str, Region]) -> Speaker:
    region = regions[name]
    head = _one(name, region, "head")
    more = {"head": regions[head].span if head else None, "kind": region.choice("kind")}
    return _valid(Speaker, name, {**region.span.model_dump(), **more})


def _pairs(document: str, judgements: Mapping[int, Judgement], candidates: Sequence[Candidate]) -> list[Pair]:
    found = []
    for index, judgement in judgements.items():
        control, earlier, choice = f"relation_{index}", candidates[index]["document"], judgement.choice
        passages = judgement.passages(control)
        if choice in (None, DISTINCT):
            if passages:
                raise Malformed(
                    control, f"the comparison with {earlier}: passages are marked, but you chose {choice or 'nothing'}"
                )
            continue
        direction = DIRECTION_OF.get(choice or "")
        record = {
            "id": f"{earlier}_{document}",
            "a": earlier,
            "b": document,
            "relation": "contained" if direction else choice,
            "direction": direction,
            "passages": passages,
        }
        found.append(_valid(Pair, control, record))
    return sorted(found, key=sort_key)
