"""Where the corpus that goldwire ships stands."""

from pathlib import Path


def data_root() -> Path:
    """The data inside the wheel, or the checkout that goldwire runs from."""
    here = Path(__file__).resolve().parent
    bundled = here / "data"
    return bundled if bundled.is_dir() else here.parents[1]
