"""The formats by name, and how a folder is filled with the files of one."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from goldwire.corpus.files import FOREIGN, recover, remove_temporary, update_folder
from goldwire.formats.labelled import Source
from goldwire.model.errors import GoldwireError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the function that writes it, as `module:name` below `goldwire`, and its description in a line."""

    home: str
    says: str

    def write(self, source: Source) -> dict[str, bytes]:
        """Return the files of an export, by their paths in its folder."""
        module, _, name = self.home.partition(":")
        make: Callable[[Source], dict[str, bytes]] = getattr(import_module(f"goldwire.{module}"), name)
        return make(source)


CANARY = "CANARY"
"""The file of an export with the canary of its set."""
FORMATS = {
    "spacy": Format("formats.spacy:export_spacy", "spaCy's DocBin: entities, and quotes as span groups"),
    "conll": Format("formats.conll:export_conll", "entities as BIO tags, a token a line"),
    "brat": Format("formats.brat:export_brat", "brat's standoff: entities, quotes, decoys"),
    "web": Format("formats.web_annotation:export_web", "W3C Web Annotation in JSON-LD: entities, quotes, decoys"),
    "jsonl": Format("formats.tables:export_jsonl", "tables of everything, one JSON object a line, for datasets"),
    "parquet": Format("formats.tables:export_parquet", "the same tables as Parquet"),
}


def export(source: Source, form: Format, folder: Path) -> list[str]:
    """Fill a folder with an export, all at once; return the paths that changed. The caller prevents a second export.

    Raises GoldwireError if the folder contains anything that is not part of the export.
    """
    content = form.write(source)
    if source.labels.info and source.labels.info.canary:
        content[CANARY] = f"{source.labels.info.canary}\n".encode()
    if folder.exists() and not folder.is_dir():
        raise GoldwireError(f"{folder} is a file; an export needs a folder, new or empty")
    staging = folder.parent / f".{folder.name}.goldwire"
    recover(staging)
    for place in {folder, *((folder / path).parent for path in content)}:
        remove_temporary(place)
    present = (
        (Path(place) / name).relative_to(folder).as_posix()
        for place, folders, names in os.walk(folder)
        for name in [*names, *(each for each in folders if (Path(place) / each).is_symlink())]
        if not FOREIGN.fullmatch(name)
    )
    foreign = next((path for path in present if path not in content), None)  # a folder may be a whole disk
    if foreign:
        raise GoldwireError(
            f"{folder} contains {foreign}, which is not part of this export; name a new or empty folder"
        )
    return update_folder(folder, content, staging)
