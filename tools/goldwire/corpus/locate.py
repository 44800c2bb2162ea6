"""Where a command finds its corpus."""

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
    """The root of a command's corpus: the given one, else the current folder, else the one that goldwire ships."""
    if named is not None:
        return named
    return Path.cwd() if Path("corpus/manifest.json").is_file() else data_root()


def place_of(named: Path, root: Path) -> Path:
    """A path relative to the current folder or else to the corpus; raises GoldwireError if neither exists."""
    for place in (named, root / named):
        if place.exists():
            return place
    raise GoldwireError(f"there is no file or folder {named}, neither here nor in the corpus {root}")
