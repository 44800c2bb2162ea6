"""Where a command finds its corpus."""

import os
from collections.abc import Iterator
from pathlib import Path

from goldwire.model.errors import GoldwireError


def data_root() -> Path:
    """The root of the corpus in the wheel, or of the checkout that goldwire runs from."""
    here = Path(__file__).resolve().parents[1]
    bundled = here / "data"
    return bundled if bundled.is_dir() else here.parents[1]


def is_bundled(root: Path) -> bool:
    """Whether a corpus is the one in the wheel, which never changes."""
    return root.resolve() == Path(__file__).resolve().parents[1] / "data"


def corpus_root(named: Path | None) -> Path:
    """The root of a command's corpus: the given one, else the one around the current folder, else the shipped one."""
    if named is not None:
        return named
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), data_root())


def corpus_of(path: Path) -> tuple[Path, str] | None:
    """The root of the nearest corpus that a path is in, as it is spelled or as its links lead, and the path below it.

    None if the path is not in the folders corpus/, annotations/ and submissions/ of any corpus.
    """
    for place in (Path(os.path.abspath(path)), path.resolve()):  # noqa: PTH100 - `..` goes back along the spelling
        for root in place.parents:
            if (root / "corpus").is_dir() and place.parts[len(root.parts)] in ("corpus", "annotations", "submissions"):
                return root, place.relative_to(root).as_posix()
    return None


def steward_root(named: Path | None) -> Path:
    """The root of a corpus to check: the given one, else the current folder, else the only one above or below it.

    Raises GoldwireError if there are several below. Without any it is the current folder.
    """
    here = Path.cwd()
    if named is not None or (here / "corpus").is_dir():
        return named or Path()
    above = next((folder for folder in here.parents if (folder / MARK).is_file()), None)
    if above is not None:
        return Path(os.path.relpath(above))
    below = sorted(_roots_below(here, DEEPEST))
    if len(below) > 1:
        raise GoldwireError(f"there are several corpora here: {', '.join(map(str, below))}; name one")
    return below[0] if below else Path()


MARK = "corpus/manifest.json"
"""The file that every corpus has."""
DEEPEST = 3
"""How many folders deep a corpus is looked for."""


def _roots_below(folder: Path, depth: int) -> Iterator[Path]:
    for place in sorted(folder.iterdir()) if depth else ():
        if place.is_dir() and not place.is_symlink() and place.name[:1] not in "._" and place.name not in SKIPPED:
            if (place / MARK).is_file():
                yield place.relative_to(Path.cwd())
            else:
                yield from _roots_below(place, depth - 1)


SKIPPED = ("node_modules", "site-packages", "venv", "tests")
"""Folders with corpora that are not the user's."""


def place_of(named: Path, root: Path) -> Path:
    """A path relative to the current folder or else to the corpus; raises GoldwireError if neither exists."""
    for place in (named, root / named):
        if place.exists():
            return place
    raise GoldwireError(f"there is no file or folder {named}, neither here nor in the corpus {root}")
