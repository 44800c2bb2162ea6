"""The invented pages as a corpus with a profile of its own, which has segments alone.

`python tests/benchmarks/segmenter_corpus.py FOLDER NEW` writes the labelled pages of a folder, as `segmenter_pages.py` reads
them, as a corpus in a new folder; `goldwire bench segmenter --root NEW` and `goldwire bench blank-lines --root NEW` score on it.
"""

import sys
from pathlib import Path

from segmenter_pages import labelled

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, REGISTRY, SET, layer_path
from goldwire.corpus.build import built_files
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.files import sha256, write_bytes
from goldwire.corpus.manifest import NEVER_RELEASED, digest
from goldwire.corpus.profiles import PROFILE
from goldwire.model.profile import Layers, Profile, news
from goldwire.model.records import AnnotationSet, Block, Manifest, Page

SPARE = "page"
"""A page of a site may have dates, pictures and authors that no article of it has."""
PUBLISHER = "Invented for goldwire"


def profile():
    """What the invented pages label: roles of blocks, of which all but an article's text may be the page's own."""
    roles = [role.model_copy(update={"part": role.part if role.part == "text" else SPARE}) for role in news().roles]
    return Profile(layers=Layers(segments=[]), roles=roles)


def corpus_files(folder):
    """The files of the corpus by path."""
    texts, segments, pages = {}, {}, []
    for stem, text, rows in labelled(folder):
        name = stem.partition("-")[0]
        texts[name] = text
        segments[name] = [
            Block(
                id=f"{name}-b{number:03}",
                start=row.start,
                end=row.end,
                role=row.role,
                document=f"{name}-{row.article:02}" if row.article else None,
            )
            for number, row in enumerate(rows, 1)
        ]
        pages.append(
            Page(id=name, source=f"{stem}.txt", sha256=sha256(text.encode()), publisher=PUBLISHER, site=None,
                 rights=PUBLISHER, language="en", date=None, date_note=None)
        )  # fmt: skip
    info = AnnotationSet(
        name=GOLD, kind="gold", description="Blocks of invented pages.", annotators=[], adjudicators=[], guidelines=None,
        segments=dict.fromkeys(texts, "complete"), entities={}, quotes={}, decoys={}, duplicates="none",
    )  # fmt: skip
    gold = f"{ANNOTATIONS}/{GOLD}"
    return {
        **{f"corpus/pages/{name}.txt": text.encode() for name, text in texts.items()},
        **{layer_path(gold, "segments", name): dump(blocks) for name, blocks in segments.items()},
        **built_files(texts, segments, profile()),
        "corpus/pages.jsonl": dump(pages),
        f"{gold}/{SET}": pretty(info).encode(),
        REGISTRY: b"",
        PROFILE: profile().model_dump_json(exclude_defaults=True, exclude_none=True).encode(),
        MANIFEST: pretty(Manifest(version=NEVER_RELEASED, digest=digest([]), files=[])).encode(),
    }


def main():
    folder, root = map(Path, sys.argv[1:])
    if root.exists():
        raise SystemExit(f"{root} exists; give a new folder")
    for path, data in corpus_files(folder).items():
        write_bytes(root / path, data)


if __name__ == "__main__":
    main()
