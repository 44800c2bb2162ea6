"""`goldwire records`: check the form and the records of single files, fast."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli.terminal import CLEAN, FINDINGS

if TYPE_CHECKING:
    from goldwire.model.findings import Finding

TEXT = "check the form and the records of single files, fast"
EXAMPLE = "goldwire records corpus/pages.jsonl"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of a corpus, wherever it is")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.cli.check import findings_text

    findings = list(dict.fromkeys(_findings(arguments.files)))
    print(findings_text(findings, Path()))
    return FINDINGS if findings else CLEAN


def _findings(paths: Iterable[Path]) -> Iterator["Finding"]:
    """The findings of files, with paths from the current folder."""
    import os
    from dataclasses import replace
    from functools import cache

    from goldwire.corpus.annotation_sets import ANNOTATIONS, BESIDE, SET, SUBMISSIONS, is_sparse, read_info
    from goldwire.corpus.files import FOREIGN
    from goldwire.corpus.jsonl import record_faults
    from goldwire.corpus.layout import PATTERNS, record_at
    from goldwire.corpus.locate import corpus_of
    from goldwire.corpus.profiles import PROFILE, read_profile
    from goldwire.model.errors import GoldwireError
    from goldwire.model.findings import finding

    read, info_of = cache(read_profile), cache(read_info)
    for path in paths:
        found = corpus_of(path)
        if found is None or path.suffix not in (".json", ".jsonl"):
            raise GoldwireError(
                f"{path} is no file of records; expected one of a corpus, such as corpus/pages.jsonl or "
                f"{ANNOTATIONS}/gold/quotes/003-01.jsonl beside corpus/"
            )
        root, name = found
        profile, faults = read(root)
        model = record_at(name, profile)
        prefix = os.path.relpath(root)
        if faults or name == PROFILE:  # with another profile, no verdict on a record would be right
            pass
        elif model is not None:
            parts = name.split("/")
            in_set = len(parts) > 2 and parts[0] in (ANNOTATIONS, SUBMISSIONS) and parts[2] != SET
            faults = record_faults(root, name, model, in_set and is_sparse(info_of(root, "/".join(parts[:2]))[0]))
        elif any(map(FOREIGN.fullmatch, name.split("/"))) or name in {f"{ANNOTATIONS}/{one}" for one in BESIDE}:
            faults = []
        else:
            faults = [finding("unexpected-file", name, expected=f"a file of {', '.join(PATTERNS)} records")]
        for fault in faults:
            yield replace(fault, path=fault.path if prefix == "." else f"{prefix}/{fault.path}")
