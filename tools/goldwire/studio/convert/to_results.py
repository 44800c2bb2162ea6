"""Records as the results of an annotation in Label Studio."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldwire.model.records import Decoy, Entity, Mention, Pair, Quote, Speaker
from goldwire.model.vocabulary import Direction
from goldwire.studio.labelling_config import DIRECTED, PASSAGES, TYPED, entity_field
from goldwire.text import spans

Result = dict[str, object]
"""One result of an annotation, as Label Studio's JSON has it."""
DIRECTION_OF: dict[str, Direction] = {DIRECTED[0]: "a_in_b", DIRECTED[1]: "b_in_a"}
CHOICE_OF = {direction: choice for choice, direction in DIRECTION_OF.items()}
KEYS = frozenset({"id", "from_name", "to_name", "type", "value", "from_id", "to_id", "direction", "labels"})
"""The keys of a result that goldwire writes."""
SUGGESTED = ("suggested_by", "suggested_as")
"""The keys of a region's `meta`: the set that suggested it, and its digest then; empty once it has been changed."""
DISTINCT = "distinct"
FROM_REGISTRY = frozenset({"entity_id", "stands_for", "speaker_entities"})
"""The fields that search the registry, with those of each type; goldwire 0.1 had `entity_id` for all types."""


@dataclass(slots=True)
class Labels:
    """The labels of one document; `pairs` are those with earlier documents, None if none was compared.

    `proposals` are the entities that an annotator named because the registry lacks them.
    """

    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)
    pairs: list[Pair] | None = None
    proposals: list[Entity] = field(default_factory=list, compare=False)


def to_results(labels: Labels, candidates: Sequence[str]) -> list[Result]:
    """Results for the labels of a document, with its candidates in the given order.

    A speaker that several quotes share, with head and kind, is one region. If candidates were compared,
    one without a pair is `distinct`.
    """
    results: list[Result] = []
    for mention in labels.mentions:
        results += _region(mention.id or "", "entity", mention.type, mention)
        results += choice_result(mention.id or "", entity_field(mention.type), mention, mention.entity)
        results += choice_result(mention.id or "", "stands_for", mention, mention.stands_for)
    speakers: dict[Speaker, str] = {}
    for quote in labels.quotes:
        results += _quote_results(quote, speakers)
    for decoy in labels.decoys:
        results += _region(decoy.id or "", "quote", "decoy", decoy)
        results += choice_result(decoy.id or "", "reason", decoy, decoy.reason)
    if labels.pairs is not None:
        pairs = {pair.a: pair for pair in labels.pairs}
        for i, candidate in enumerate(candidates):
            results += _judgement(i, pairs.get(candidate))
    return results


def beyond_editor(labels: Labels) -> str:
    """Why the editor cannot show the labels of a document, which is edited in its files instead; empty if it can."""
    for pair in labels.pairs or ():
        if len(pair.passages) > len(PASSAGES):
            return f"the pair {pair.id} has {len(pair.passages)} passages, and Label Studio can mark {len(PASSAGES)}"
    return ""


def with_entity_fields(results: object) -> object:
    """Results with the entity of every mention in the field of its type, where goldwire 0.1 had one for all types."""
    if not isinstance(results, list):
        return results
    fields: dict[str, str] = {}
    for one in (one for one in results if isinstance(one, dict) and one.get("from_name") == "entity"):
        labels = one["value"].get("labels") if isinstance(one.get("value"), dict) else None
        if isinstance(labels, list) and len(labels) == 1:
            fields[str(one.get("id"))] = entity_field(str(labels[0]))
    return [
        one | {"from_name": fields[str(one.get("id"))]}
        if isinstance(one, dict) and one.get("from_name") == "entity_id" and str(one.get("id")) in fields
        else one
        for one in results
    ]


def carry_notes(old: object, new: Sequence[Result]) -> bool:
    """Copy the notes (`meta`) and unknown keys of old results to new ones; return whether all found their place.

    The place is the result of the same control on the same words; records do not have such keys.
    """
    there = {_spot(result): result for result in new}
    named = {(result.get("id"), result.get("from_name")): result for result in new if "id" in result}
    found = True
    for result in old if isinstance(old, list) else ():
        more = {key: value for key, value in result.items() if key not in KEYS} if isinstance(result, dict) else {}
        noted = more.pop("meta", None)
        meta = {key: noted[key] for key in noted if key not in SUGGESTED} if isinstance(noted, dict) else {}
        if not more and not meta:
            continue
        into = named.get((result.get("id"), result.get("from_name"))) or there.get(_spot(result))
        if into is not None:
            into.update(more)
            if meta:
                own = into.get("meta")
                into["meta"] = {**meta, **(own if isinstance(own, dict) else {})}
        found = found and (into is not None or not meta)
    return found


def _spot(result: Result) -> tuple[str, ...]:
    """The control of a result with its words and label, by which a new id still finds it."""
    value = result.get("value")
    ends = value if isinstance(value, dict) else {"start": result.get("from_id"), "end": result.get("to_id")}
    place = (ends.get("start"), ends.get("end"), ends.get("labels"))
    return tuple(map(str, (result.get("type"), result.get("from_name"), *place)))


def _region(name: str, group: str, label: str, span: spans.SpanLike, to: str = "text") -> list[Result]:
    value = {"start": span.start, "end": span.end, "text": getattr(span, "text", ""), "labels": [label]}
    return [{"id": name, "from_name": group, "to_name": to, "type": "labels", "value": value}]


def choice_result(name: str, control: str, span: spans.SpanLike, *chosen: str | None) -> list[Result]:
    """The result of what is chosen in a control of a region; none if nothing is."""
    choices = [choice for choice in chosen if choice is not None]
    if not choices:
        return []
    kind = "taxonomy" if control in FROM_REGISTRY or control.startswith(TYPED) else "choices"
    picked = [[choice] for choice in choices] if kind == "taxonomy" else choices
    value = {"start": span.start, "end": span.end, "text": getattr(span, "text", ""), kind: picked}
    return [{"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}]


def relation_result(name: str, source: str, target: str) -> Result:
    """The result of a relation between two regions."""
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [name]}


def _quote_results(quote: Quote, speakers: dict[Speaker, str]) -> list[Result]:
    results: list[Result] = []
    names = [f"{quote.id}-c{i}" for i in range(1, len(quote.content) + 1)]
    for name, fragment in zip(names, quote.content, strict=True):
        results += _region(name, "quote", "content", fragment)
    first, span = names[0], quote.content[0]
    results += choice_result(first, "quote_type", span, quote.type)
    results += choice_result(first, "status", span, quote.status)
    results += choice_result(first, "speaker_entities", span, *(quote.speaker_entities or ()))
    results += [relation_result("continues", before, after) for before, after in pairwise(names)]
    if quote.cue:
        results += _region(f"{quote.id}-k", "quote", "cue", quote.cue)
        results.append(relation_result("cue", first, f"{quote.id}-k"))
    if quote.speaker:
        if quote.speaker not in speakers:
            speakers[quote.speaker] = f"{quote.id}-s"
            results += _speaker_results(speakers[quote.speaker], quote.speaker)
        results.append(relation_result("speaker", first, speakers[quote.speaker]))
    if quote.parent:
        results.append(relation_result("inside", first, f"{quote.parent}-c1"))
    return results


def _speaker_results(name: str, speaker: Speaker) -> list[Result]:
    results = _region(name, "quote", "speaker", speaker) + choice_result(name, "kind", speaker, speaker.kind)
    if speaker.head:
        head = f"{name}h"
        results += _region(head, "quote", "head", speaker.head)
        results.append(relation_result("head", name, head))
    return results


def _judgement(i: int, pair: Pair | None) -> list[Result]:
    """The relation of a candidate, and its passages, with the same number in both texts."""
    choice = DISTINCT if pair is None else CHOICE_OF[pair.direction] if pair.direction else pair.relation
    results: list[Result] = [
        {
            "id": f"relation-{i}",
            "from_name": f"relation_{i}",
            "to_name": f"candidate_{i}",
            "type": "choices",
            "value": {"choices": [choice]},
        }
    ]
    passages = pair.passages if pair else []
    for number, passage in zip(PASSAGES[: len(passages)], passages, strict=True):
        results += _region(f"passage-{i}-{number}", f"passage_{i}", number, passage.a, f"candidate_{i}")
        results += _region(f"same-{i}-{number}", f"same_{i}", number, passage.b, f"own_{i}")
    return results
