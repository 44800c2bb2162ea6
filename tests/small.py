"""A small corpus for a test: one short article under as many ids as needed, labelled in one set."""

import hashlib
import json
import shutil

from goldwire.corpus.annotation_sets import LabelSet, layer_path, write_set
from goldwire.corpus.canonical import pretty
from goldwire.corpus.jsonl import Table
from goldwire.model.records import AnnotationSet, Decoy, Manifest, Mention, Quote, Span, Speaker
from repository import ROOT, git

TEXT = "Peskov on talks\nPeskov said that Moscow “will talk” soon.\nLavrov did not call it “a freeze” in Russia.\n".rstrip()


def span(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def mention(document, number, words, kind, entity, nth=0):
    return Mention(id=f"{document}-e{number:03}", **span(words, nth), type=kind, entity=entity)


def records(document):
    """The labels of a document: five mentions, a quote with cue, speaker and head, a decoy."""
    mentions = [
        mention(document, 1, "Peskov", "PERSON", "person-dmitry-peskov"),
        mention(document, 2, "Peskov", "PERSON", "person-dmitry-peskov", nth=1),
        mention(document, 3, "Moscow", "GPE", "gpe-moscow"),
        mention(document, 4, "Lavrov", "PERSON", "person-sergey-lavrov"),
        mention(document, 5, "Russia", "GPE", "gpe-russia"),
    ]
    quote = Quote(
        id=f"{document}-q001",
        type="mixed",
        content=[Span(**span("Moscow “will talk” soon"))],
        cue=Span(**span("said")),
        speaker=Speaker(**span("Peskov", 1), head=Span(**span("Peskov", 1)), kind="name"),
        speaker_entities=["person-dmitry-peskov"],
        status="resolved",
    )
    return mentions, [quote], [Decoy(id=f"{document}-d001", **span("“a freeze”"), reason="scare")]


def small_corpus(folder, name, documents, labelled=True):
    """Make a corpus in a git repository, with the registry of the real one, and one set."""
    texts, sha = folder / "corpus/text", hashlib.sha256(TEXT.encode()).hexdigest()
    texts.mkdir(parents=True)
    (folder / "corpus/pages").mkdir()
    (folder / "corpus/pages.jsonl").touch()
    manifest = json.loads((ROOT / "corpus/manifest.json").read_text()) | {"version": "0.0.0-edited", "files": []}
    (folder / "corpus/manifest.json").write_text(pretty(Manifest.model_validate(manifest)))
    shutil.copytree(
        ROOT / "annotations", folder / "annotations", ignore=lambda _, names: [n for n in names if "." not in n]
    )
    registry = folder / "annotations/registry.jsonl"
    for named in ("Germany", "Soviet Union"):  # so that a test may give “Russia” another entity and propose none
        old, new = f'"name":"{named}","aliases":[', f'"name":"{named}","aliases":["Russia",'
        assert old in registry.read_text()
        registry.write_text(registry.read_text().replace(old, new))
    (folder / ".gitignore").write_text(".goldwire/\n")
    lines = []
    for document in documents:
        (texts / f"{document}.txt").write_text(TEXT)
        title, run = TEXT.split("\n")[0], {"start": 0, "end": len(TEXT), "page_start": 0, "page_end": len(TEXT)}
        line = {"id": document, "page": "s", "title": title, "length": len(TEXT), "sha256": sha, "map": [run]}
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    (folder / "corpus/documents.jsonl").write_text("".join(lines))
    write_set(folder, LabelSet("annotations/gold", info("gold", "gold", [])))
    write_set(folder, small_set(name, documents if labelled else []))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "small")
    return folder


def info(name, kind, documents, layers=("entities", "quotes", "decoys")):
    """The declaration of a set whose layers are complete for some documents."""
    declared = {layer: dict.fromkeys(documents, "complete") for layer in layers}
    undeclared = {layer: {} for layer in ("segments", "entities", "quotes", "decoys")}
    return AnnotationSet(
        name=name, kind=kind, description="Made by a test.", annotators=[name], adjudicators=[], guidelines="1",
        duplicates="none", **undeclared | declared,
    )  # fmt: skip


def small_set(name, documents):
    path, layers = f"annotations/{name}", {"entities": {}, "quotes": {}, "decoys": {}}
    for document in documents:
        for layer, found in zip(layers, records(document), strict=True):
            layers[layer][document] = Table.numbered(layer_path(path, layer, document), found)
    return LabelSet(path, info(name, "annotator", documents), **layers)
