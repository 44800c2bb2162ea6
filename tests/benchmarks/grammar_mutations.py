"""Faults by the grammar of the records: every field of every record, damaged in every way: `python tests/benchmarks/grammar_mutations.py [TIMES]`.

A kind is a field and a way, such as `quote.content.start: negative`; each is planted TIMES times in the real gold, by
itself. A fault is *caught* if check has a finding, *fitting* if one of the codes fits it, and *placed* if that finding
names its file and line. Kinds of which some are not caught need a reason in `UNSEEN`.
"""

import copy
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from mutations.bench import Bench, remembered
from mutations.gold import ROOT, Gold

LAYERS = {
    "page": corpus.PAGES,
    "document": corpus.DOCUMENTS,
    "entity": sets.REGISTRY,
    "exemption": sets.EXEMPTIONS,
    "block": "segments",
    "mention": "entities",
    "quote": "quotes",
    "decoy": "decoys",
    "pair": "duplicates",
}
SHAPE = "wrong-value missing-key unknown-key incomplete-record not-canonical"
SPAN = "surface-mismatch empty-span span-out-of-range span-edge-space span-edge-word"
COVER = "uncovered-text overlapping-blocks block-crosses-line misplaced-block stale-build"
FITS = {
    "negative": SHAPE,
    "a fraction": SHAPE,
    "a number in quotes": SHAPE,
    "true": SHAPE,
    "null": SHAPE,
    "of another type": SHAPE,
    "in a list": SHAPE,
    "in an object": SHAPE,
    "with another key": "unknown-key",
    "without its first key": SHAPE,
    "with its keys reversed": "key-order not-canonical",
    "with its first key twice": "duplicate-key",
    "with null in it": SHAPE,
    "a lone surrogate": "wrong-value not-json not-canonical",
}
"""The codes that fit a way, whatever the field."""
IDS = "wrong-value duplicate-id misfiled-record unknown-page unknown-document unknown-entity misnamed-entity"
IDS += " misnamed-pair unsorted-records unordered-pair unknown-parent misplaced-parent"
NAMED = {
    "id": IDS,
    "text": f"{SPAN} needless-exemption not-nfc",
    "start": f"{SPAN} {COVER} needless-exemption head-outside-speaker unsorted-records",
    "end": f"{SPAN} {COVER} head-outside-speaker",
    "page_start": "stale-build",
    "page_end": "stale-build",
    "length": "stale-build",
    "title": "stale-build not-nfc blank-edge",
    "sha256": "wrong-value stale-page stale-text stale-build",
    "page": f"{IDS} stale-build",
    "document": f"{IDS} {COVER} needless-exemption",
    "a": IDS,
    "b": IDS,
    "entity": IDS,
    "stands_for": IDS,
    "parent": IDS,
    "speaker_entities": f"{IDS} repeated-speaker status-mismatch absent-speaker speaker-not-mentioned unlike-repeat",
    "content": "overlapping-fragments wrong-value quote-type-mismatch unaccounted-mark",
    "passages": "missing-passage unsorted-passages unrecorded-passage wrong-value",
    "map": "stale-build wrong-value",
    "aliases": "unsorted-aliases unused-alias unregistered-surface ambiguous-surface blank-edge wrong-value not-nfc",
    "code": "wrong-value needless-exemption",
    "language": "wrong-value unknown-language",
    "date": "wrong-value impossible-date",
    "wikidata": "wrong-value shared-item",
    "source": "duplicate-source blank-edge wrong-value not-nfc",
}
"""The codes that fit a value that is well-formed but not the right one, by the last key."""
TEXTS = "wrong-value blank-edge not-nfc invisible-character"
"""Those that fit the other texts."""
UNSEEN = {}


def values(value, draw):
    """The ways to damage a value, each with what it becomes."""
    if isinstance(value, bool):
        return {"of another type": "true", "null": None}
    if isinstance(value, int):
        return {
            "negative": -1 - value,
            "a fraction": value + 0.5,
            "a number in quotes": str(value),
            "true": True,
            "null": None,
            "in a list": [value],
            "three more": value + 3,
            "one fewer": max(0, value - 1),
            "far beyond": value + 10**7,
        }
    if isinstance(value, str):
        at = draw.randrange(len(value) + 1)
        found = {
            "null": None,
            "of another type": 7,
            "in a list": [value],
            "in an object": {"x": value},
            "empty": "",
            "a space after it": f"{value} ",
            "a line feed after it": f"{value}\n",
            "a control character in it": f"{value[:at]}\u0001{value[at:]}",
            "a soft hyphen in it": f"{value[:at]}\u00ad{value[at:]}",
            "a lone surrogate": f"{value[:at]}\ud83d{value[at:]}",
            "capitals and small letters exchanged": value.swapcase(),
            "twice": value * 2,
            "without its last character": value[:-1],
            "reversed": value[::-1],
        }
        letters = [i for i, letter in enumerate(value) if letter in "aeopc"]
        if letters:
            i = draw.choice(letters)
            found["a look-alike letter in it"] = value[:i] + "аеорс"["aeopc".index(value[i])] + value[i + 1 :]
        return found
    if isinstance(value, list):
        found = {"null": None, "in an object": {"x": value}, "with null in it": [*value, None], "empty": []}
        if value:
            found |= {"its first item twice": [value[0], *value], "without its last item": value[:-1]}
            found |= {"in an object": value[0], "reversed": value[::-1]}
        return found
    if isinstance(value, dict):
        keys = list(value)
        return {
            "null": None,
            "in a list": [value],
            "with another key": value | {"score": 1},
            "without its first key": {key: value[key] for key in keys[1:]},
            "with its keys reversed": {key: value[key] for key in keys[::-1]},
        }
    return {}


def fields(value, name):
    """The fields of a record: the name without indices, and how to set it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        below = f"{name}.{key}" if isinstance(key, str) else name
        yield below if isinstance(key, str) else f"{name}[]", value, key
        yield from fields(inner, below)


NULLABLE = {"cue", "speaker", "stands_for", "parent", "direction", "wikidata", "note", "site", "date", "date_note"}


def collected(gold, times, draw):
    """The faults by kind: path, line, and the line's new text."""
    kinds = {}
    for layer, place in LAYERS.items():
        for path, line, record in gold.rows(place):
            wanted = list(fields(record, layer))
            draw.shuffle(wanted)
            seen = set()
            for name, container, key in [(layer, [record], 0), *wanted]:
                whole, old = container is not None and name == layer, container[key]
                if name in seen:
                    continue
                seen.add(name)
                for way, new in values(old, draw).items():
                    if whole and way in ("null", "in a list"):
                        continue
                    is_same = new == old and type(new) is type(old) and way != "with its keys reversed"
                    if is_same or (way == "null" and key in NULLABLE):
                        continue
                    kind = kinds.setdefault(f"{name}: {way}", [])
                    if len(kind) >= times or any(fault[:2] == (path, line) for fault in kind):
                        continue
                    container[key] = new
                    shown = copy.deepcopy(container[0] if whole else record)
                    container[key] = old
                    kind.append(
                        (path, line, json.dumps(shown, ensure_ascii="surrogate" in way, separators=(",", ":")))
                    )
    return kinds


def fitting(kind):
    name, _, way = kind.partition(": ")
    last = name.rpartition(".")[2].removesuffix("[]")
    return set((FITS.get(way) or f"{NAMED.get(last, TEXTS)} wrong-value").split())


def main(times=12, seed=14):
    gold, draw, total = Gold(ROOT), random.Random(seed), Counter()
    gold.random = random.Random(seed)
    kinds = collected(gold, times, draw)
    with tempfile.TemporaryDirectory() as folder, remembered():
        bench = Bench(gold, Path(folder))
        for kind, faults in kinds.items():
            row, codes, wrong = Counter(), Counter(), []
            for path, line, text in faults:
                found = bench.findings(gold.edit(path, line, "", text)[3])
                fits = [one for one in found if one.code in fitting(kind)]
                places = {place for one in fits for place in (one.location, *one.also)}
                codes.update({one.code for one in found})
                row += Counter(tried=1, caught=bool(found), fitting=bool(fits), placed=(path, line) in places)
                if not fits or (path, line) not in places:
                    wrong.append(f"{path}:{line}: {text[:200]}; {[str(one)[:150] for one in found[:3]]}")
            total += row
            reason = UNSEEN.get(kind, "")
            print(f"{kind:60}", *(f"{row[key]:4}" for key in ("tried", "caught", "fitting", "placed")), reason)
            print(
                *(f"    {line}" for line in wrong[: 0 if reason else 2]),
                sep="\n",
                end="\n" if wrong and not reason else "",
            )
    print(f"{len(kinds)} kinds: {dict(total)}")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
