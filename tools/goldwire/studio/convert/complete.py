"""Results completed with the relations and fields that follow from them, and labels with the derived ones."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from goldwire.model.profile import Profile
from goldwire.model.records import Mention, Quote, Span, Speaker
from goldwire.studio.convert.from_results import from_results
from goldwire.studio.convert.regions import Malformed, Region, by_type, is_mention, read_regions, region_digest, unused
from goldwire.studio.convert.to_results import SUGGESTED, Labels, Result, choice_result, relation_result, to_results
from goldwire.text import spans
from goldwire.text.derived_fields import FIELDS, derived
from goldwire.text.quotation_marks import marked_type

SENTENCE_END = re.compile(r"[.!?…।。！？]['\"”’»)\]]*\s+(?=['\"“‘«(\[]*[^\W\d_a-z])|\n")
FOLLOWING = 4
"""How many times nearer a content counts that follows its cue or speaker, measured on the gold."""
CONTROLS = {"type": "quote_type", "status": "status", "speaker_entities": "speaker_entities"}
"""The fields of a content that are shown once they are derived, with their controls."""


def completed(data: Mapping[str, Any], results: object, before: object = ()) -> list[Result] | object:
    """The results of a task with some data, and the relations and fields that they lack and that follow from others.

    What somebody set stays. A field is derived again if it is as in `before`, the results that were saved last, and
    followed from the labels then. Results that cannot be read are returned as they are.
    """
    text = str(data.get("text"))
    try:
        regions = read_regions(text, by_type(results))
    except Malformed:
        return results
    kept = [dict(result) for result in results] if isinstance(results, list) else []
    links = list(_links(text, regions))
    for content, name, target in links:
        regions[content].links[name] = [target]
    followed = _followed(data, regions, before)
    kept = [one for one in kept if (one.get("id"), one.get("from_name")) not in followed]
    for name, control in followed:
        regions[name].choices.pop(control)
    kept += [relation_result(name, content, target) for content, name, target in links]
    for content, control, values in _derived_choices(data, regions):
        if not regions[content].choices.get(control):
            kept += choice_result(content, control, regions[content].span, *values)
    return kept


def _followed(data: Mapping[str, Any], regions: Mapping[str, Region], before: object) -> set[tuple[str, str]]:
    """The choices that followed from the labels when they were saved last, and have not changed since."""
    try:
        old = read_regions(str(data.get("text")), by_type(before or []))
    except Malformed:
        return set()
    chosen = {(name, control): values for name, one in old.items() for control, values in one.choices.items()}
    for name, control in list(chosen):
        if control in CONTROLS.values():
            old[name].choices.pop(control)
    found = _derived_choices(data, old)
    return {
        (name, control)
        for name, control, values in found
        if values == chosen.get((name, control)) and name in regions and regions[name].choices.get(control) == values
    }


def _links(text: str, regions: Mapping[str, Region]) -> Iterator[tuple[str, str, str]]:
    """The relations to cues and speakers that have none: each to the nearest content of its sentence, one to one.

    A content with a cue, and without a speaker or a status, gets the nearest speaker before the cue in its sentence.
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    quotes = _quotes(regions)
    cues: dict[str, Region] = {
        name: regions[one.links["cue"][0]] for name, one in regions.items() if "cue" in one.links
    }
    voiced = {name for name in quotes if "speaker" in regions[name].links}
    for part, has in (("cue", set(cues)), ("speaker", voiced)):
        edges = sorted(
            (distance, target, name)
            for target in unused(regions, (part,))
            for name, fragments in quotes.items()
            if name not in has and (distance := _distance(text, regions[target].span, fragments, ends)) is not None
        )
        taken: set[str] = set()
        for _, target, name in edges:
            if name not in has and target not in taken:
                has.add(name)
                taken.add(target)
                yield name, part, target
                if part == "cue":
                    cues[name] = regions[target]
    speakers = [(one.span, name) for name, one in regions.items() if one.label == "speaker"]
    for name in sorted(cues.keys() & quotes.keys() - voiced):
        if regions[name].choices.get("status"):
            continue  # somebody has said that no speaker is named
        cue = cues[name].span
        near = [
            (cue.start - span.end, target)
            for span, target in speakers
            if span.end <= cue.start
            and not _boundaries(ends, span.end, cue.start)
            and not any(spans.overlap(span, fragment) for fragment in quotes[name])
        ]
        if near:
            yield name, "speaker", min(near)[1]


def _quotes(regions: Mapping[str, Region]) -> dict[str, list[Span]]:
    """The fragments of every quote by the name of its first; fragments that continue in a circle are no quote."""
    later = {target for region in regions.values() for target in region.links.get("continues", ())}
    found: dict[str, list[Span]] = {}
    for name, region in regions.items():
        if region.label == "content" and name not in later:
            chain = [name]
            while after := regions[chain[-1]].links.get("continues"):
                chain.append(after[0])
                if len(chain) > len(regions):
                    break
            found[name] = [regions[one].span for one in chain]
    return found


def _distance(
    text: str, span: spans.SpanLike, fragments: Iterable[spans.SpanLike], ends: Sequence[int]
) -> tuple[int, float] | None:
    """The sentence ends and the characters between a cue or speaker and a content; None in another paragraph."""
    found = []
    for fragment in fragments:
        if spans.overlap(span, fragment):
            return None
        follows = fragment.start >= span.end
        start, end = (span.end, fragment.start) if follows else (fragment.end, span.start)
        if "\n" not in text[start:end]:
            found.append((_boundaries(ends, start, end), (end - start) / (FOLLOWING if follows else 1)))
    return min(found, default=None)


def _boundaries(ends: Sequence[int], start: int, end: int) -> int:
    return bisect_right(ends, end) - bisect_right(ends, start)


def _derived_choices(data: Mapping[str, Any], regions: Mapping[str, Region]) -> list[tuple[str, str, list[str]]]:
    """The choices of every quote that follow from its labels, as the region of its first fragment has them."""
    text, fields = str(data.get("text")), _fields(data)
    mentions = [_mention(region) for region in regions.values() if is_mention(region)]
    quotes = [_quote(name, regions, fragments) for name, fragments in _quotes(regions).items()]
    found = []
    for quote in _derived(quotes, mentions, data):
        kind = marked_type(text, [(span.start, span.end) for span in quote.content])
        status = [quote.status] if quote.status else []
        values = {"type": [str(kind)], "status": list(map(str, status)), "speaker_entities": quote.speaker_entities}
        for field, control in CONTROLS.items():
            if field in fields and (chosen := values[field]):
                found.append((str(quote.id), control, chosen))
    return found


def _mention(region: Region) -> Mention:
    named = {"entity": region.choice("entity_id"), "stands_for": region.choice("stands_for")}
    made: Mention = _unchecked(Mention, **region.span.model_dump(), type=region.label, **named)
    return made


def _quote(name: str, regions: Mapping[str, Region], fragments: Sequence[Span]) -> Quote:
    region, speaker = regions[name], None
    if target := region.links.get("speaker"):
        voice = regions[target[0]]
        head = voice.links.get("head")
        more = {"head": regions[head[0]].span if head else None, "kind": voice.choice("kind")}
        speaker = _unchecked(Speaker, **voice.span.model_dump(), **more)
    cue = region.links.get("cue")
    made: Quote = _unchecked(
        Quote,
        id=name,
        type="indirect",
        content=list(fragments),
        cue=regions[cue[0]].span if cue else None,
        speaker=speaker,
        speaker_entities=region.choices.get("speaker_entities") or None,
        status=region.choice("status"),
    )
    return made


def _unchecked(model: Any, **values: object) -> Any:
    """A record of regions that need not be valid yet, such as one of an entity that is not registered."""
    return model.model_construct(**values)


def read_labels(
    data: Mapping[str, Any],
    results: object,
    known: Labels,
    highest: Callable[[str], int] = lambda prefix: 0,
    profile: Profile | None = None,
) -> Labels:
    """The labels in results of a task with some data, and what follows from them; the rest is as in `from_results`."""
    document, text, candidates = str(data.get("document")), str(data.get("text")), list(data.get("candidates") or [])
    labels = from_results(document, text, completed(data, results), candidates, known, highest, profile)
    if "speaker_entities" not in _fields(data):  # nobody is asked for them, so none is not an answer
        labels.quotes = [q.model_copy(update={"speaker_entities": q.speaker_entities or None}) for q in labels.quotes]
    return replace(labels, quotes=_derived(labels.quotes, labels.mentions, data))


def _fields(data: Mapping[str, Any]) -> frozenset[str]:
    """The fields that are derived in the corpus of a task."""
    return frozenset(data.get("derived", FIELDS)) & FIELDS


def _derived(quotes: Sequence[Quote], mentions: Iterable[Mention], data: Mapping[str, Any]) -> list[Quote]:
    return derived(quotes, mentions, str(data.get("text")), str(data.get("language", "en")), _fields(data))


def shown_results(labels: Labels, data: Mapping[str, Any]) -> list[Result]:
    """The results that show labels in a task with some data."""
    candidates = [candidate["document"] for candidate in data.get("candidates") or ()]
    results = to_results(_without_derived(labels, data), candidates)
    found = {mention.id: mention.origin for mention in labels.mentions}
    found |= {decoy.id: decoy.origin for decoy in labels.decoys}
    found |= {f"{quote.id}-c1": quote.origin for quote in labels.quotes}
    if any(found.values()):
        regions = read_regions(str(data.get("text")), by_type(completed(data, results)))
        for one in results:
            name = str(one.get("id"))
            if one.get("type") == "labels" and (origin := found.get(name)):
                was = "" if origin.changed else region_digest(name, regions)
                one["meta"] = dict(zip(SUGGESTED, (origin.set, was), strict=True))
    return results


def _without_derived(labels: Labels, data: Mapping[str, Any]) -> Labels:
    """Labels without the heads, kinds and parents that `read_labels` adds: the editor shows only the exceptions."""
    bare = [quote.model_copy(update={"parent": None, "speaker": _without(quote.speaker)}) for quote in labels.quotes]
    kept = []
    for quote, plain, found in zip(labels.quotes, bare, _derived(bare, labels.mentions, data), strict=True):
        follows = quote.speaker == found.speaker
        parent = None if quote.parent == found.parent else quote.parent
        kept.append(
            quote.model_copy(update={"parent": parent, "speaker": plain.speaker if follows else quote.speaker})
        )
    return replace(labels, quotes=kept)


def _without(speaker: Speaker | None) -> Speaker | None:
    return speaker and speaker.model_copy(update={"head": None, "kind": None})
