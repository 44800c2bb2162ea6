"""Writing the report: one file, or for a large corpus one file and a folder with a file for every page."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from goldwire.corpus.files import temporary, write_bytes
from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.report.corpus_data import corpus_data
from goldwire.report.html import report_html
from goldwire.report.parts import LARGE, index_data, page_files


def write_report(gold: Gold, runs: Sequence[object], output: Path, large: int = LARGE) -> None:
    """Write the report of a corpus and some systems; with more than `large` documents, pages go to a folder.

    The folder, named after the file, is replaced as a whole, and the file is written last.
    """
    if len(gold.documents) <= large:
        write_bytes(output, report_html(corpus_data(gold) | {"runs": runs}).encode())
        return
    folder = output.with_name(f"{output.stem}-pages")
    if folder.exists() and (not folder.is_dir() or any(path.suffix != ".js" for path in folder.iterdir())):
        raise GoldwireError(f"{folder} has other files than those of a report; expected no such folder, or move it")
    index = index_data(gold, folder.name) | {"runs": runs}
    place = temporary(folder)
    place.mkdir(parents=True)
    try:
        for name, data in page_files(gold):
            (place / name).write_bytes(data)
        if folder.exists():
            shutil.rmtree(folder)
        place.rename(folder)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    write_bytes(output, report_html(index).encode())
