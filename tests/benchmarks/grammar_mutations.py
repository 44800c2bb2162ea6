"""Faults by the grammar of the records: every field of every record, damaged in every way: `python tests/benchmarks/grammar_mutations.py [TIMES]`.

A kind is a field and a way, such as `quote.content.start: negative`; each is planted TIMES times in the real gold, by
itself. A fault is *caught* if check has a finding, *fitting* if one of the codes fits it, and *placed* if that finding
names its file and line. Kinds of which some are not caught need a reason in `UNSEEN`.
"""

import json
import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldwire.checks.metadata import GUIDELINE
from goldwire.corpus import annotation_sets as sets
from goldwire.corpus import documents as corpus
from goldwire.corpus.canonical import pretty
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.manifest import CHANGELOG, digest, entries
from goldwire.model.records import Manifest
from mutations.bench import Bench, remembered
from mutations.gold import GOLD, ROOT, Gold

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
FILES = {"set": f"{GOLD}/set.json", "manifest": MANIFEST}
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
    "with another key": "unknown-key wrong-value",
    "without its first key": f"{SHAPE} undeclared-layer",
    "with its keys reversed": "key-order not-canonical unsorted-units",
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
    "sha256": "wrong-value stale-page stale-text stale-build wrong-manifest unreleased-change",
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
    "name": "misnamed-set blank-edge invisible-character not-nfc",
    "kind": "mistaken-kind speaker-kind-mismatch",
    "guidelines": "unknown-guideline",
    "segments": "undeclared-layer unsorted-units",
    "entities": "undeclared-layer unsorted-units",
    "quotes": "undeclared-layer unsorted-units",
    "decoys": "undeclared-layer unsorted-units",
    "duplicates": "undeclared-layer",
    "version": "undocumented-version unreleased-change",
    "digest": "wrong-manifest",
    "path": "wrong-manifest unreleased-change",
    "count": "wrong-manifest",
    "files": "wrong-manifest unreleased-change",
    "source": "duplicate-source blank-edge invisible-character not-nfc",
}
"""The codes that fit a value that is well-formed but not the right one, by the last key."""
TEXTS = "wrong-value blank-edge not-nfc invisible-character"
"""Those that fit the other texts."""
OTHER = "(a soft hyphen|capitals and small|twice|without its last|reversed|a look-alike letter).*"
UNSEEN = {
    rf"page\.(date_note|site|rights|publisher): {OTHER}": "what a page says of itself is not in its labels",
    rf"page\.source: {OTHER}": "the name of the scraped file is known to nobody else",
    rf"page\.(date|language): {OTHER}": "another date or language that exists; nothing in the text decides",
    rf"entity\.(note|name|wikidata): {OTHER}": "what the registry says of the world is not in the texts",
    rf"exemption\.reason: {OTHER}": "a reason is read by people",
    rf"set\.(description|annotators|adjudicators)(\[\])?: {OTHER}": "who labelled, and how, is not in the labels",
    r"set\.(annotators|adjudicators): (empty|its first item twice)": "who labelled is not in the labels",
    r"block\.document: null": "a teaser or boilerplate may be the page's own",
    r"manifest\.files: empty": "found at the files that it lacks",
    r"set\.guidelines: null": "a set may follow no guideline",
    rf"set\.canary: {OTHER}": "the canary is what the set says it is",
    r"quote\.speaker_entities: reversed": "speakers are a set; their order says nothing",
    r"(page|entity|document)\.id: (twice|reversed|without.*)": "found at what refers to the id that is gone",
}
"""Why some faults of a kind are not caught, or not at their line, by the pattern of the kind."""


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
    """The fields of a record: the name without indices or ids, and how to set it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        is_key = isinstance(key, str) and not key[0].isdigit()
        below = f"{name}.{key}" if is_key else name
        yield below if is_key else f"{name}[]", value, key
        yield from fields(inner, below)


NULLABLE = {"cue", "speaker", "stands_for", "parent", "direction", "wikidata", "note", "site", "date", "date_note"}


def records(gold, names):
    """The records of some layers or files: the layer, the path, the line (0 in a file of one record), the record."""
    for name in names:
        if name in FILES:
            record = json.loads(gold.files[FILES[name]])
            yield from ((name, FILES[name], 0, record) for _ in range(50))
        else:
            yield from ((name, *row) for row in gold.rows(LAYERS[name]))


def collected(gold, names, times, draw):
    """The faults by kind: path, line, and the new text of the line or the file."""
    kinds = {}
    for layer, path, line, record in records(gold, names):
        wanted = list(fields(record, layer))
        draw.shuffle(wanted)
        first = {name: (container, key) for name, container, key in reversed([(layer, [record], 0), *wanted])}
        for name, (container, key) in first.items():
            old = container[key]
            for way, new in values(old, draw).items():
                is_same = new == old and type(new) is type(old) and way != "with its keys reversed"
                if is_same or (way == "null" and key in NULLABLE) or (name == layer and way in ("null", "in a list")):
                    continue
                kind = kinds.setdefault(f"{name}: {way}", [])
                if len(kind) >= times or (line and any(fault[:2] == (path, line) for fault in kind)):
                    continue
                container[key] = new
                style = {"separators": (",", ":")} if line else {"indent": 2}
                text = json.dumps(new if name == layer else record, ensure_ascii="surrogate" in way, **style)
                container[key] = old
                if (path, line, text) not in kind:
                    kind.append((path, line, text))
    return kinds


def fitting(kind):
    name, _, way = kind.partition(": ")
    last = name.rpartition(".")[2].removesuffix("[]")
    by_way = None if kind == "block.document: null" else FITS.get(way)  # null is a value there
    return set((by_way or f"{NAMED.get(last, TEXTS)} wrong-value").split())


def tried(gold, bench, kinds):
    """Plant the faults and print a row for each kind; return the sums."""
    total = Counter(kinds=len(kinds))
    for kind, faults in kinds.items():
        row, wrong = Counter(), []
        for path, line, text in faults:
            files = gold.edit(path, line, "", text)[3] if line else {path: f"{text}\n".encode()}
            found = bench.findings(files)
            fits = [one for one in found if one.code in fitting(kind)]
            places = {place for one in fits for place in (one.location, *one.also)}
            is_placed = (path, line) in places if line else path in {place.path for place in places}
            row += Counter(tried=1, caught=bool(found), fitting=bool(fits), placed=is_placed)
            if not fits or not is_placed:
                wrong.append(f"    {path}:{line}: {text[:200]}; {[str(one)[:150] for one in found[:3]]}")
        reason = next((why for pattern, why in UNSEEN.items() if re.fullmatch(pattern, kind)), "")
        total += row + Counter({"kinds with a reason": bool(wrong and reason), "without": bool(wrong and not reason)})
        print(
            f"{kind:60}", *(f"{row[key]:4}" for key in ("tried", "caught", "fitting", "placed")), reason * bool(wrong)
        )
        print(*wrong[: 0 if reason else 2], sep="\n", end="\n" if wrong and not reason else "", flush=True)
    return total


def released(folder):
    """The manifest and the changelog of a corpus as a release of it has them."""
    files = entries(folder)
    manifest = Manifest(version="9.0.0", digest=digest(files), files=files)
    return {MANIFEST: pretty(manifest).encode(), CHANGELOG: b"## Data 9.0.0\n"}


def main(times=12, seed=14):
    gold, draw = Gold(ROOT), random.Random(seed)
    gold.random = random.Random(seed)
    gold.files |= {path: (ROOT / path).read_bytes() for path in (GUIDELINE, CHANGELOG)}
    with tempfile.TemporaryDirectory() as folder, remembered():
        bench = Bench(gold, Path(folder))
        total = tried(gold, bench, collected(gold, [*LAYERS, "set"], times, draw))
        gold.files |= released(Path(folder))
        for path in (MANIFEST, CHANGELOG):
            (Path(folder) / path).write_bytes(gold.files[path])
        total += tried(gold, bench, collected(gold, ["manifest"], times, draw))
    print(dict(total))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
