"""The results of an annotation as regions with their choices and links; any other result is reported."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldwire.corpus.files import sha256
from goldwire.model.findings import contrast
from goldwire.model.records import Origin, Span
from goldwire.studio.convert.to_results import FROM_REGISTRY, SUGGESTED
from goldwire.studio.labelling_config import RELATIONS, TYPED
from goldwire.studio.palette import QUOTE_PARTS
from goldwire.text import spans
from goldwire.text.derived_fields import phrase_around

ID = re.compile(r"[A-Za-z0-9_-]+")
NO_TEXT = re.compile("[\0\ud800-\udfff]")
GROUPS = ("entity", "quote")
ASKED = {
    **dict.fromkeys(("quote_type", "status", "speaker_entities"), frozenset({"content"})),
    "kind": frozenset({"speaker"}),
    "reason": frozenset({"decoy"}),
}
"""The labels whose regions have a choice, by its control."""
OF_MENTIONS = frozenset({"entity_id", "stands_for", "new_entity"})
"""The controls of mentions, whose labels are the types of entities."""
SEVERAL = frozenset({"speaker_entities"})
LINKS = {
    "cue": ("content", "cue"),
    "speaker": ("content", "speaker"),
    "head": ("speaker", "head"),
    "continues": ("content", "content"),
    "inside": ("content", "content"),
}
"""The labels at the start and end of a relation, by its name."""
WANTED = {"cue": "cue", "speaker": "speaker", "head": "head", "content": "continues"}
"""The name of a relation that has none, by the label it leads to; one to a mention leads to a speaker or a head."""


class Malformed(ValueError):
    """An invalid result: the region it belongs to, if known, and the reason, on one short line."""

    def __init__(self, region: object, reason: str) -> None:
        super().__init__(f"region {_line(str(region), 60)}: {_line(reason, 220)}")
        self.region, self.reason = str(region), _line(reason, 220)


def _line(text: str, length: int) -> str:
    """Text on one line that any terminal can print; long text is shortened in the middle."""
    plain = " ".join(text.encode(errors="backslashreplace").decode().split())
    return plain if len(plain) <= length else f"{plain[: length // 2]}…{plain[1 - length // 2 :]}"


@dataclass(slots=True)
class Region:
    """A labelled span with its choices and the regions it is related to."""

    label: str
    span: Span
    choices: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    suggestion: tuple[str, str] | None = None
    """The set that suggested it, and the digest that it had then."""
    origin: Origin | None = None

    def choice(self, control: str) -> str | None:
        """The choice in a control that takes one; None if there is none."""
        return next(iter(self.choices.get(control, ())), None)


Found = Mapping[str, Sequence[Mapping[str, object]]]
"""Results by their type."""


def read_regions(text: str, found: Found, types: Collection[str] | None = None) -> dict[str, Region]:
    """The regions of the article by id, without white space at the ends of their spans; `types` are those of mentions.

    Raises Malformed for a result that the labelling config cannot produce, or one of a missing region.
    """
    regions: dict[str, Region] = {}
    for result in found["labels"]:
        if not of_candidate(result):
            name, region = _read_region(text, result, types)
            if name in regions:
                raise Malformed(name, "two regions have this id")
            regions[name] = region
    for result in (*found["choices"], *found["taxonomy"], *found["textarea"]):
        if not of_candidate(result):
            _read_choice(regions, result)
    for result in found["relation"]:
        _read_relation(regions, result)
    for region in list(regions.values()):
        _name_phrases(text, regions, region)
    for name, region in regions.items():
        if region.suggestion:
            by, was = region.suggestion
            region.origin = Origin(set=by, changed=region_digest(name, regions) != was)
    return regions


def region_digest(name: str, regions: Mapping[str, Region]) -> str:
    """A digest of a region with its choices, and of the regions that it leads to; not of the quote around it."""
    found, reached = list[object](), [name]
    for one in reached:
        region = regions[one]
        links = {link: names for link, names in sorted(region.links.items()) if link != "inside"}
        found.append([region.label, region.span.start, region.span.end, sorted(region.choices.items()), [*links]])
        reached += [target for names in links.values() for target in names if target not in reached]
    return sha256(json.dumps(found).encode())[:16]


def _suggestion(result: Mapping[str, object]) -> tuple[str, str] | None:
    """The set and the digest in the `meta` of a result; None for any other note."""
    meta = result.get("meta")
    by, was = (meta.get(key) for key in SUGGESTED) if isinstance(meta, Mapping) else (None, None)
    return (by, was) if isinstance(by, str) and isinstance(was, str) and ID.fullmatch(by) else None


def is_mention(region: Region) -> bool:
    """Whether a region marks a mention, not a part of a quote or a decoy."""
    return region.label not in QUOTE_PARTS


def _name_phrases(text: str, regions: dict[str, Region], region: Region) -> None:
    """Replace the mentions that a relation names as speaker or head by regions of that label."""
    for link in ("speaker", "head"):
        for i, target in enumerate(region.links.get(link, ())):
            if is_mention(named := regions[target]):
                name, span = f"{target}-{link}", named.span
                if link == "speaker":
                    around = [one.span for one in regions.values() if is_mention(one) and one.span != span]
                    span = phrase_around(span, around, text)
                regions.setdefault(name, Region(link, span))
                region.links[link][i] = name


def of_candidate(result: Mapping[str, object]) -> bool:
    """Whether a result belongs to a candidate rather than to the article."""
    return str(result.get("from_name")).startswith(("relation_", "passage_", "same_"))


def by_type(results: object) -> Found:
    """Results by their type; raises Malformed for a value that is not a result."""
    if not isinstance(results, Sequence) or isinstance(results, str):
        raise Malformed("?", f"the results are {shown(results)}, expected a list")
    kinds = ("labels", "choices", "taxonomy", "textarea", "relation")
    found: dict[str, list[Mapping[str, object]]] = {kind: [] for kind in kinds}
    for result in results:
        if not isinstance(result, Mapping):
            raise Malformed("?", f"a result is {shown(result)}, expected an object")
        kind, name = result.get("type"), result.get("id", "?")
        if not isinstance(kind, str) or kind not in found:
            raise Malformed(name, f"its type is {shown(kind)}, expected one of {', '.join(found)}")
        words = list(_strings(result))
        if NO_TEXT.search("\n".join(words)):  # one search, since nearly no result has such a word
            for word in filter(NO_TEXT.search, words):
                raise Malformed(name, f"{shown(word)} contains a NUL or half a surrogate pair, which no text does")
        found[kind].append(result)
    return found


def _strings(value: object) -> Iterator[str]:
    """Every string in a value of any depth, without recursion."""
    left: list[object] = [value]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value


def shown(value: object) -> str:
    """A value as a message shows it: short, and in ASCII."""
    try:
        text = ascii(value)
    except RecursionError:
        return f"a {type(value).__name__} too deep to show"
    return text if len(text) <= 60 else f"{text[:57]}…"


def value_of(name: object, result: Mapping[str, object]) -> Mapping[str, object]:
    """The value of a result; raises Malformed if it has none."""
    value = result.get("value")
    if not isinstance(value, Mapping):
        raise Malformed(name, f"its value is {shown(value)}, expected an object")
    return value


def id_of(result: Mapping[str, object], key: str = "id") -> str:
    """The id of a region that a result names; raises Malformed if it is invalid."""
    name = result.get(key)
    if not isinstance(name, str) or not ID.fullmatch(name):
        raise Malformed(shown(name), f"{key} is {shown(name)}, expected only letters, digits, _ and -")
    return name


def _read_region(text: str, result: Mapping[str, object], types: Collection[str] | None) -> tuple[str, Region]:
    name = id_of(result)
    value, group = value_of(name, result), result.get("from_name")
    if not isinstance(group, str) or group not in GROUPS or result.get("to_name") != "text":
        raise Malformed(
            name, f"its control is {shown(group)} of {shown(result.get('to_name'))}, which the labelling config lacks"
        )
    labels = value.get("labels")
    if (
        not isinstance(labels, list)
        or len(labels) != 1
        or not isinstance(labels[0], str)
        or (labels[0] in QUOTE_PARTS) != (group == "quote")
        or (group == "entity" and types is not None and labels[0] not in types)
    ):
        raise Malformed(name, f"its labels are {shown(labels)}, expected one of {group}")
    return name, Region(labels[0], span_of(name, value, text), suggestion=_suggestion(result))


def span_of(name: str, value: Mapping[str, object], text: str) -> Span:
    """The span in a value, without white space at its ends; raises Malformed if it is not a span of the text."""
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int:  # a bool is an int to isinstance
        raise Malformed(name, f"its offsets are {shown(start)} and {shown(end)}, expected whole numbers")
    if not 0 <= start < end <= len(text):
        raise Malformed(name, f"[{shown(start)}:{shown(end)}] is not a span of a text of {len(text)} code points")
    start, end = spans.trim(text, start, end)
    if start == end:
        raise Malformed(name, "it contains only white space")
    own = value.get("text")
    if own is not None and not isinstance(own, str):
        raise Malformed(name, f"its own text is {shown(own)}, expected {shown(text[start:end])}")
    if own is not None and own != text[start:end] and _letters(own) not in ("", _letters(text[start:end])):
        marked, own = contrast(text[start:end], own)
        raise Malformed(name, f"its offsets mark {marked}, but its own text is {own}")
    return Span(start=start, end=end, text=text[start:end])


def _letters(words: str) -> str:
    """Words without what the editor changes in a region's text: spaces, control characters, and a written line end."""
    return "".join(one for one in words.replace("\\n", "") if unicodedata.category(one)[0] not in "CZ")


def _read_choice(regions: dict[str, Region], result: Mapping[str, object]) -> None:
    name, control = id_of(result), result.get("from_name")
    control = "entity_id" if isinstance(control, str) and control.startswith(TYPED) else control
    if not isinstance(control, str) or control not in (*ASKED, *OF_MENTIONS) or result.get("to_name") != "text":
        raise Malformed(name, f"a choice of {shown(control)}, which the labelling config lacks")
    if name not in regions:
        raise Malformed(name, f"a choice of {control} for a missing region")
    label = regions[name].label
    if label in QUOTE_PARTS if control in OF_MENTIONS else label not in ASKED[control]:
        raise Malformed(name, f"a choice of {control} for a region labelled {label}")
    if control in regions[name].choices:
        raise Malformed(name, f"{control} is chosen twice")
    picked = _picked(name, control, result)
    if len(picked) > 1 and control not in SEVERAL:
        raise Malformed(name, f"{control} has {len(picked)} values, expected one")
    regions[name].choices[control] = picked


def _picked(name: str, control: str, result: Mapping[str, object]) -> list[str]:
    kind = "taxonomy" if control in FROM_REGISTRY else "textarea" if control == "new_entity" else "choices"
    values = value_of(name, result).get("text" if kind == "textarea" else kind)
    if result["type"] != kind or not isinstance(values, list):
        raise Malformed(name, f"{control} has {shown(values)}, expected a list of {kind}")
    if kind == "taxonomy":
        if not all(isinstance(path, list) and len(path) == 1 for path in values):
            raise Malformed(name, f"{control} has {shown(values)}, expected entities of the registry, one step deep")
        values = [path[0] for path in values]
    if not all(isinstance(value, str) for value in values) or len(set(values)) != len(values):
        raise Malformed(name, f"{control} has {shown(values)}, expected different words")
    return [str(value) for value in values]


def _read_relation(regions: dict[str, Region], result: Mapping[str, object]) -> None:
    source, target = id_of(result, "from_id"), id_of(result, "to_id")
    direction, names = result.get("direction", "right"), result.get("labels") or []
    if direction == "left":  # reversed in the editor
        source, target = target, source
    elif direction != "right":
        raise Malformed(source, f"its relation to {target} has direction {shown(direction)}, expected right or left")
    for end in (source, target):
        if end not in regions:
            raise Malformed(end, "a relation leads to this region, which is missing")
    source, target = _ends_meant(regions, source, target, bool(names))
    if not isinstance(names, list) or len(names) > 1:
        raise Malformed(source, f"its relation to {target} is named {shown(names)}, expected one name")
    # Relations made in the editor have no label; the label of their target decides their name.
    to_mention = "head" if regions[source].label == "speaker" else "speaker"
    name: object = names[0] if names else WANTED.get(regions[target].label, to_mention)
    if not isinstance(name, str) or name not in RELATIONS:
        raise Malformed(
            source, f"its relation to {target} is named {shown(name)}, expected one of {', '.join(RELATIONS)}"
        )
    labels = regions[source].label, regions[target].label
    is_named = name in ("speaker", "head") and is_mention(regions[target]) and labels[0] == LINKS[name][0]
    if not (labels == LINKS[name] or is_named) or source == target:
        raise Malformed(
            source,
            f"a relation {name} leads from {labels[0]} to {labels[1]}, expected {' to '.join(LINKS[name])}",
        )
    targets = regions[source].links.setdefault(name, [])
    if target not in targets:
        targets.append(target)


def _ends_meant(regions: Mapping[str, Region], source: str, target: str, is_named: bool) -> tuple[str, str]:
    """The ends of a relation as they are meant: a click on a content reaches the mention that lies on it."""
    if is_mention(regions[source]):
        source = next(iter(_contents_around(regions, source)), source)
    if is_mention(regions[target]) and regions[source].label == "content":
        own = regions[source].span
        others = (name for name in _contents_around(regions, target) if not spans.contains(regions[name].span, own))
        target = next(others, target)
    begins = regions[source].label in ("cue", "speaker") or is_mention(regions[source])
    return (target, source) if begins and regions[target].label == "content" and not is_named else (source, target)


def _contents_around(regions: Mapping[str, Region], name: str) -> list[str]:
    """The contents in which a region lies, the shortest first."""
    inner = regions[name].span
    around = [n for n, one in regions.items() if one.label == "content" and spans.contains(one.span, inner)]
    return sorted(around, key=lambda n: (regions[n].span.end - regions[n].span.start, n))


def unused(regions: Mapping[str, Region], labels: Iterable[str]) -> Iterator[str]:
    """The regions of some labels that no other region leads to."""
    led_to = {target for region in regions.values() for targets in region.links.values() for target in targets}
    return (name for name, region in regions.items() if region.label in set(labels) and name not in led_to)
