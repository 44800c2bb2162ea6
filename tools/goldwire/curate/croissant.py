"""Croissant metadata of the data, with which loaders of data sets find the files and their columns."""

import json
import re
from types import ModuleType

from goldwire.checks.published import CROISSANT
from goldwire.corpus.annotation_sets import ANNOTATIONS
from goldwire.corpus.files import sha256
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need
from goldwire.model.records import RECORDS
from goldwire.model.vocabulary import DOCUMENT_LAYERS

NESTED = re.compile(r"\blist\b|goldwire\.")
JSONL = "application/jsonlines"
FILES = {
    "documents": ("../corpus/documents.jsonl", "document"),
    "pages": ("../corpus/pages.jsonl", "page"),
    "registry": ("registry.jsonl", "entity"),
    "duplicates": ("gold/duplicates.jsonl", "pair"),
}
TEXTS = {"page-texts": "../corpus/pages/*.txt", "texts": "../corpus/text/*.txt"}
"""The texts, whose rights are not those of the labels."""
TWO_RIGHTS = "The license is that of the labels and schemas; the texts have the rights that copyrightNotice states."
FILE_SETS = {
    "segments": ("gold/segments/*.jsonl", "block"),
    "entities": ("gold/entities/*.jsonl", "mention"),
    "quotes": ("gold/quotes/*.jsonl", "quote"),
    "decoys": ("gold/decoys/*.jsonl", "decoy"),
}
# The library's reader makes a number of a page's id and a time of its date, so these are no columns.
TABLES = {name: item for name, item in {**FILES, **FILE_SETS}.items() if name != "pages"}
MISREAD = frozenset({"page"})


def croissant(gold: Gold) -> bytes:
    """Croissant 1.1 metadata of the data as JSON; raises GoldwireError if the library mlcroissant is missing.

    Every file has its own rights: labels a license, texts the statements of rights in `pages.jsonl`.
    """
    mlc = need("mlcroissant", "card")
    annotations = gold.root / ANNOTATIONS
    notice = " ".join(dict.fromkeys(page.rights for page in gold.pages.values()))
    said = _said(gold)
    of_labels, of_texts = {"license": said["license"]}, {"copyrightNotice": notice}
    distribution = [
        mlc.FileObject(
            id=name,
            name=name,
            description=RECORDS[record].__doc__,
            content_url=path,
            encoding_formats=[JSONL],
            sha256=sha256((annotations / path).read_bytes()),
            extra_properties=of_labels,
        )
        for name, (path, record) in FILES.items()
        if (annotations / path).exists()
    ]
    distribution += [
        mlc.FileSet(
            id=name,
            name=name,
            description=RECORDS[record].__doc__,
            encoding_formats=[JSONL],
            includes=[pattern],
            extra_properties=of_labels,
        )
        for name, (pattern, record) in FILE_SETS.items()
        if next(annotations.glob(pattern), None)
    ]
    distribution += [
        mlc.FileSet(
            id=name,
            name=name,
            description="The texts that offsets count in." if name == "texts" else "The pages as they were scraped.",
            encoding_formats=["text/plain"],
            includes=[pattern],
            extra_properties=of_texts,
        )
        for name, pattern in TEXTS.items()
        if next(annotations.glob(pattern), None)
    ]
    metadata = mlc.Metadata(
        **said,
        conforms_to=["http://mlcommons.org/croissant/1.1"],
        extra_properties={**of_texts, "usageInfo": " ".join(filter(None, (TWO_RIGHTS, gold.canary)))},
        version=gold.version,
        in_language=gold.profile.languages,
        distribution=distribution,
        record_sets=[
            _record_set(mlc, name, record)
            for name, (path, record) in TABLES.items()
            if next(annotations.glob(path), None) or (annotations / path).exists()
        ],
    )
    return (json.dumps(metadata.to_json(), indent=2, ensure_ascii=False, default=str) + "\n").encode()


def _said(gold: Gold) -> dict[str, str | list[str]]:
    """What only people can say of a corpus: kept from its metadata; of new metadata what its records say."""
    try:
        there = json.loads((gold.root / CROISSANT).read_bytes())
        kept = {key: there[key] for key in ("name", "description", "license")}
        return kept | ({"cite_as": there["citeAs"]} if "citeAs" in there else {})
    except FileNotFoundError:
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", gold.root.resolve().name) or "corpus"
        layers = [layer for layer in DOCUMENT_LAYERS if gold.profile.has(layer)]
        rights = sorted({page.rights for page in gold.pages.values()})
        return {"name": name, "description": f"Texts with {', '.join(layers)}.", "license": rights}
    except (ValueError, KeyError, TypeError):
        raise GoldwireError(
            f"{CROISSANT} has no name, description or license; expected them, or no such file"
        ) from None


def _record_set(mlc: ModuleType, name: str, record: str) -> object:
    """The columns of a file or a set of files; nested values are left out."""
    source = {"file_set": name} if name in FILE_SETS else {"file_object": name}
    fields = [
        mlc.Field(
            id=f"{name}-records/{key}",
            name=f"{name}-records/{key}",
            description=field.description or key,
            data_types=[mlc.DataType.INTEGER if key in ("start", "end", "length") else mlc.DataType.TEXT],
            source=mlc.Source(**source, extract=mlc.Extract(column=key)),
        )
        for key, field in RECORDS[record].model_fields.items()
        if key not in MISREAD and not NESTED.search(str(field.annotation))
    ]
    return mlc.RecordSet(id=f"{name}-records", name=f"{name}-records", fields=fields)
