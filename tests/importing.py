"""Corpora made with `goldwire import` from a few files."""

from goldwire.checks import check
from goldwire.cli.main import main
from goldwire.corpus.gold import load


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def imported(tmp_path, form, files, *options):
    """The gold of a new corpus made from some files, which has no findings but warnings."""
    place, root = write(tmp_path / "source", files), tmp_path / "corpus"
    assert main(["import", form, str(place), str(root), *options]) == 0
    gold = load(root)
    assert {fault.code for fault in check(root)} <= {"ambiguous-surface"}
    return gold
