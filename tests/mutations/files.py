"""Faults of set.json, and of deleted, moved and extra files."""

import json
from pathlib import Path

from goldwire.model.vocabulary import UNIT_LAYERS
from mutations.doubles import LABELS, lone_marks
from mutations.gold import GOLD, kind


def _set_json(gold, change):
    info = json.loads(gold.files[f"{GOLD}/set.json"])
    what = change(info)
    return gold.rewrite(f"{GOLD}/set.json", what, json.dumps(info, indent=2, ensure_ascii=False) + "\n", 1)


def _declared(gold, value):
    info = json.loads(gold.files[f"{GOLD}/set.json"])
    for layer, unit in gold.shuffled([(name, unit) for name in LABELS for unit in info[name]]):

        def change(info, layer=layer, unit=unit):
            info[layer][unit] = value
            if value is None:
                del info[layer][unit]
            return f"{layer} of {unit} is {value or 'left out'}"

        yield _set_json(gold, change)


@kind("undeclared-layer")
def layer_declared_none_or_left_out(gold):
    yield from (fault for both in zip(_declared(gold, "none"), _declared(gold, None), strict=True) for fault in both)


@kind("")
def layer_declared_partial(gold):
    yield from _declared(gold, "partial")


@kind("unknown-document unknown-page")
def unknown_unit_declared(gold):
    for layer in UNIT_LAYERS:
        for value in ("complete", "none"):
            unit = "999" if layer == "segments" else "999-01"
            yield _set_json(gold, lambda i, a=layer, u=unit, v=value: i[a].update({u: v}) or f"{a} of {u} is {v}")


@kind("misnamed-set")
def changed_name_of_the_set(gold):
    yield _set_json(gold, lambda info: info.update(name="pass-a") or "name is pass-a")


@kind("")
def changed_words_about_the_set(gold):
    for key, value in {"description": "x", "annotators": [], "guidelines": None, "kind": "annotator"}.items():
        yield _set_json(gold, lambda info, k=key, v=value: info.update({k: v}) or f"{k} is {v}")


@kind("undeclared-layer missing-file ambiguous-surface")
def deleted_file(gold):
    for path in gold.shuffled(gold.files):
        yield gold.rewrite(path, "deleted", None)


@kind(
    "unaccounted-mark unmarked-surface uncovered-text unrecorded-passage not-json unknown-page unknown-document \
unknown-entity stale-text stale-page ambiguous-surface unlike-repeat"
)
def emptied_file(gold):
    for path in gold.shuffled(path for path in gold.files if gold.files[path]):
        if not path.startswith(f"{GOLD}/quotes") or any(
            lone_marks(gold, path, record) for record in gold.records[path]
        ):
            yield gold.rewrite(path, "emptied", b"")


def _moved_file(gold, rename):
    for path in gold.shuffled(gold.files):
        target = rename(path)
        if target is not None and target not in gold.files:
            yield f"moved to {target}", path, 0, {path: None, target: gold.files[path]}


@kind("undeclared-layer missing-file unexpected-file unknown-document unknown-page ambiguous-surface")
def renamed_file(gold):
    endings = (".orig", "~", " copy.jsonl", ".JSONL", ".json", "-old.jsonl", ".txt")
    yield from _moved_file(gold, lambda path: path.rsplit(".", 1)[0] + gold.random.choice(endings))


@kind("unexpected-file unknown-document unknown-page misfiled-record")
def misplaced_file(gold):
    def rename(path):
        place = Path(path)
        folders = (place.parent.parent, place.parent / "sub", Path(GOLD) / "other", Path("annotations"))
        target = (gold.random.choice(folders) / place.name).as_posix()
        return target if path.startswith(("annotations/gold/", "corpus/")) and "/" in target else None

    yield from _moved_file(gold, rename)


@kind("unexpected-file unknown-document unknown-page")
def copy_left_beside(gold):
    for path in gold.shuffled(gold.files):
        place = Path(path)
        names = (f"{place.name}.orig", f".{place.name}.swp", f"{place.stem}-copy{place.suffix}", f"{place.stem} (1)")
        target = place.with_name(gold.random.choice(names)).as_posix()
        yield f"a copy as {target}", path, 0, {target: gold.files[path]}


@kind("misfiled-record unknown-document unknown-page stale-text stale-page")
def swapped_files(gold):
    for path in gold.shuffled(gold.files):
        beside = [p for p in gold.files if Path(p).parent == Path(path).parent and gold.files[p] != gold.files[path]]
        if len(Path(path).parts) == 4 or path.startswith(("corpus/text/", "corpus/pages/")):
            other = gold.random.choice(beside)
            yield f"exchanged with {other}", path, 0, {path: gold.files[other], other: gold.files[path]}
