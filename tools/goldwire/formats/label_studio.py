"""Label Studio's tasks as articles, whatever the project's labelling configuration calls its labels."""

from collections.abc import Mapping
from typing import Any

from goldwire.formats.articles import Article, from_standoff
from goldwire.formats.rows import read_row
from goldwire.formats.standoff import CONTENT, HEAD, INSIDE, NAMES, PARTS, SPEAKER, Bound, Standoff
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import DOCUMENT_LAYERS

ATTRIBUTES = {
    "quote_type": "QuoteType",
    "status": "Status",
    "kind": "Kind",
    "reason": "Reason",
    "stands_for": "StandsFor",
}
"""The choices of goldwire's own projects that are attributes, by their control."""
ENTITIES = ("entity_", "speaker_entities")
"""The beginnings of the controls of goldwire's own projects that choose entities: `entity_PERSON`, …"""
RELATIONS = NAMES | {"inside": INSIDE, "continues": "continues"}
JUDGED = ("relation_", "passage_", "same_")
"""The controls of goldwire's own projects for duplicates."""


def read_task(task: Any, name: str, place: str) -> Article:
    """Return the article of a task, with the labels of its first annotation that was not skipped.

    Raises GoldwireError if it is not a task with a text, and for a region that is not a span of it.
    """
    data = task.get("data") if isinstance(task, Mapping) else None
    if isinstance(task, Mapping) and "data" not in task and isinstance(task.get("text"), str):
        return read_row(task, name, f"{place}, {name}")  # the short form, JSON-MIN
    if not isinstance(data, Mapping):
        raise GoldwireError(f"{place}: {name} is not a task; expected an object with data and annotations")
    words = {key: value for key, value in data.items() if isinstance(value, str)}
    if not words:
        raise GoldwireError(f"{place}: the data of {name} have no text")
    text = words.get("text") or max(words.values(), key=len)
    number = task.get("id", name)
    where = f"{place}, task {number}"
    given = task.get("annotations") or task.get("completions") or []
    done = [one for one in given if not one.get("was_cancelled")]
    standoff = Standoff()
    if done:
        _read_results(standoff, done[0].get("result") or [], text, where)
    standoff.left += [("skipped annotation", 0)] * (len(given) - len(done))
    standoff.left += [("further annotation of a task", 0)] * (len(done) - 1)
    standoff.left += [("prediction", 0)] * len(task.get("predictions") or [])
    named = next((words[key] for key in ("document", "id", "name", "file") if key in words), f"task-{number}")
    article = from_standoff(named, where, text, standoff)
    if not article.layers and done and not standoff.unread:
        article.layers["entities"] = []
    elif not article.layers:
        article.unjudged = DOCUMENT_LAYERS
    return article


def _read_results(standoff: Standoff, results: list[Any], text: str, where: str) -> None:
    for one in results:
        kind, control = one.get("type"), str(one.get("from_name"))
        if control.startswith(JUDGED):
            standoff.left.append(("judgement of a duplicate", 0))
        elif kind == "labels":
            _read_region(standoff, one, text, where)
        elif kind not in ("relation", "choices", "taxonomy", "textarea"):
            standoff.left.append((f"result {kind}", 0))
            standoff.unread = True
    for one in results:
        if not str(one.get("from_name")).startswith(JUDGED) and one.get("type") in ("choices", "taxonomy", "textarea"):
            _read_choice(standoff, one)
    chains = [ends for one in results if one.get("type") == "relation" for ends in _read_relation(standoff, one)]
    _join(standoff, chains)


def _read_region(standoff: Standoff, one: Mapping[str, Any], text: str, where: str) -> None:
    value, own = one.get("value") or {}, str(one.get("id"))
    start, end, labels = value.get("start"), value.get("end"), value.get("labels") or []
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise GoldwireError(
            f"{where}: region {own} is at {start!r} to {end!r}, which is not a span of its text of {len(text)} "
            "code points; regions of HTML and dialogues cannot be read"
        )
    if own in standoff.bounds:
        raise GoldwireError(f"{where}: two regions have the id {own}; expected every id once")
    for number, label in enumerate(labels):
        name = own if not number else f"{own}-{number}"
        standoff.bounds[name] = Bound(NAMES.get(str(label).casefold(), str(label)), ((start, end),))
    if not labels:
        standoff.left.append(("region without a label", 0))
    if one.get("meta"):
        standoff.left.append(("note", 0))


def _read_choice(standoff: Standoff, one: Mapping[str, Any]) -> None:
    kind, own, control = str(one["type"]), str(one.get("id")), str(one.get("from_name"))
    values = (one.get("value") or {}).get("text" if kind == "textarea" else kind) or []
    picked = [str(value[-1] if isinstance(value, list) and value else value) for value in values]
    if own not in standoff.bounds or not picked:
        standoff.left.append((f"{kind} {control} of a task", 0))
    elif control.startswith(ENTITIES):
        standoff.references[own] = picked
        standoff.registries |= dict.fromkeys(picked, ("goldwire", ""))
    else:
        standoff.attributes.setdefault(own, {})[ATTRIBUTES.get(control, control)] = picked[0]


def _read_relation(standoff: Standoff, one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Add a relation; return its ends if it joins two fragments."""
    ends = str(one.get("from_id")), str(one.get("to_id"))
    if one.get("direction") == "left":
        ends = ends[1], ends[0]
    if not all(end in standoff.bounds for end in ends):
        standoff.left.append(("relation of a missing region", 0))
        return []
    source, target = (standoff.bounds[end].kind for end in ends)
    plain = "continues" if target == CONTENT else SPEAKER if source == CONTENT and target not in PARTS else target
    label = str(next(iter(one.get("labels") or [plain]), ""))
    name = RELATIONS.get(label.casefold())
    if name == "continues":
        return [ends]
    if name is None or (name == HEAD and source == CONTENT):
        standoff.left.append((f"relation {label}", 0))
    else:
        standoff.relations.append((name, *ends))
    return []


def _join(standoff: Standoff, chains: list[tuple[str, str]]) -> None:
    """Join the fragments of a quote, each of which continues the one before."""
    into: dict[str, str] = {}
    for first, then in sorted(chains, key=lambda ends: standoff.bounds[ends[0]].fragments):
        own = into.get(first, first)
        if then == own or own not in standoff.bounds or then not in standoff.bounds:
            standoff.left.append(("relation continues, in a circle", 0))
            continue
        bound = standoff.bounds[own]
        pieces = tuple(sorted({*bound.fragments, *standoff.bounds.pop(then).fragments}))
        standoff.bounds[own] = Bound(bound.kind, pieces)
        into[then] = own
