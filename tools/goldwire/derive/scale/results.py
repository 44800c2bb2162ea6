"""Results that are kept between runs, with a fingerprint of all that made them; others are deleted, never mixed in."""

import sys
import sysconfig
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path

from goldwire.corpus.files import sha256, write_bytes
from goldwire.model.version import __version__

PACKAGE = Path(__file__).parents[2]
"""The folder of goldwire's own sources."""
MADE = "made.txt"
"""The file with the fingerprint, in the folder of the results."""
Tell = Callable[[str], None]


def fingerprint(*parts: object, module: str | None = None) -> str:
    """Return a digest of some settings, of the installed packages, and of the sources of goldwire and of a system.

    A system's sources are those of its module's folder, for a package of all its folders, and those of the
    modules that are imported from outside the installed packages.
    """
    sources = {path: path.read_bytes() for path in [*PACKAGE.rglob("*.py"), *_sources(module)]}
    digests = sorted(f"{path.name} {sha256(data)}" for path, data in sources.items())
    packages = sorted({f"{one.name} {one.version}" for one in distributions()})
    return sha256("\n".join([repr(parts), sys.version, __version__, *packages, *digests]).encode())


def _sources(module: str | None) -> Iterator[Path]:
    if module is None:
        return
    installed = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    for name, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None)
        if not file or not file.endswith(".py") or name.partition(".")[0] == "goldwire":
            continue
        path = Path(file).resolve()
        if name == module:
            top = Path(getattr(sys.modules[name.partition(".")[0]], "__file__", None) or file).resolve().parent
            yield from top.rglob("*.py") if "." in name or path.name == "__init__.py" else top.glob("*.py")
        elif not any(path.is_relative_to(place) for place in installed):
            yield path


def keep_only(folder: Path, made: str, tell: Tell) -> None:
    """Delete the results in a folder unless they have this fingerprint, and tell how many files went."""
    if (folder / MADE).is_file() and (folder / MADE).read_bytes() == made.encode():
        return
    outdated = [path for path in sorted(folder.glob("*")) if path.is_file() and path.name != MADE]
    for path in outdated:
        path.unlink()
    if outdated:
        count = "1 result was" if len(outdated) == 1 else f"{len(outdated)} results were"
        tell(f"{folder.name}: {count} made by other code, packages, settings or data; computing again")
    write_bytes(folder / MADE, made.encode())
