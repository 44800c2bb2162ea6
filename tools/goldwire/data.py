"""Where the corpus that goldwire ships stands."""

from pathlib import Path


def data_root() -> Path:
    """The data inside the wheel, or the checkout that goldwire runs from."""
    here = Path(__file__).resolve().parent
    bundled = here / "data"
    return bundled if bundled.is_dir() else here.parents[1]


def corpus_root(named: Path | None) -> Path:
    """The corpus a command means: the one it was told, else the one it is called in, else the one goldwire ships."""
    if named is not None:
        return named
    return Path.cwd() if Path("corpus/manifest.json").is_file() else data_root()
