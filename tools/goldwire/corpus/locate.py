"""Where the corpus that goldwire ships stands."""

from pathlib import Path

from goldwire.model.errors import GoldwireError


def data_root() -> Path:
    """The data inside the wheel, or the checkout that goldwire runs from."""
    here = Path(__file__).resolve().parents[1]
    bundled = here / "data"
    return bundled if bundled.is_dir() else here.parents[1]


def corpus_root(named: Path | None) -> Path:
    """The corpus a command means: the one it was told, else the one it is called in, else the one goldwire ships."""
    if named is not None:
        return named
    return Path.cwd() if Path("corpus/manifest.json").is_file() else data_root()


def place_of(named: Path, root: Path) -> Path:
    """The file or folder of a name, here or, as `annotations/system-spacy`, in the corpus; raises GoldwireError."""
    for place in (named, root / named):
        if place.exists():
            return place
    raise GoldwireError(f"no file or folder {named}, neither here nor in the corpus {root}")
