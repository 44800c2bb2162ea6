"""Reading and writing files: a write replaces what is there in one step or leaves it unchanged."""

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from errno import EINVAL, ENOSYS, ENOTSUP, EXDEV
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux: renameat2(2), since 3.15
RENAME_SWAP = 2  # macOS: renamex_np(2), since 10.12


def write_bytes(path: Path, data: bytes) -> bool:
    """Put `data` at `path` atomically; return whether that changed anything on disk."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)  # mkstemp makes it private
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    return True


def names_in(folder: str | Path) -> list[str]:
    """The names in a folder, sorted; none where there is no folder that can be read."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - a Path for every file of a corpus takes longer than its checks
    except OSError:
        return []


def sha256(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def update_folder(folder: Path, content: Mapping[str, bytes | None], staging: Path) -> list[str]:
    """Make files of a folder, by their paths below it, hold some bytes; return the paths that changed, sorted.

    What is to hold None is not to be there; other files stay. One changed file is replaced by a
    rename. Several are written, with links to the unchanged ones, into a new folder in `staging`; then
    the two folders trade places in one step of the kernel. Where that cannot be done (not on Linux or
    macOS, or staging is on another file system) the files are replaced one by one, and after a kill
    `recover_folder` replaces the rest. What was written is on the disk before any of it is seen.
    """
    recover_folder(folder, staging)
    changed = sorted(path for path, data in content.items() if not _holds(folder / path, data))
    if len(changed) <= 1 and folder.is_dir():
        _replace(folder, {path: content[path] for path in changed})
        return changed
    fresh, ready = _places(folder, staging)
    if folder.is_dir():
        shutil.copytree(folder, fresh, copy_function=_link, symlinks=True)
    _replace(fresh, {path: content[path] for path in changed})
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(folder)
    elif not _exchanged(fresh, folder):
        fresh.rename(ready)
    _sync(folder.parent)
    recover_folder(folder, staging)
    _replace(folder, {path: None for path in changed if content[path] is None})  # where files went one by one
    return changed


def recover_folder(folder: Path, staging: Path) -> None:
    """Finish what a killed `update_folder` had ready in `staging`, and clear away the rest."""
    fresh, ready = _places(folder, staging)
    if ready.is_dir():
        _replace(folder, {path.relative_to(ready).as_posix(): path.read_bytes() for path in _files(ready)})
    for leftover in (fresh, ready):
        shutil.rmtree(leftover, ignore_errors=True)
    with suppress(OSError):  # somebody else's work may stand there
        staging.rmdir()


def _places(folder: Path, staging: Path) -> tuple[Path, Path]:
    return staging / f"{folder.name}.new", staging / f"{folder.name}.ready"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _replace(folder: Path, content: Mapping[str, bytes | None]) -> None:
    """Write files one by one, or delete them, each at once, and the folders that hold them to the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in content.items():
        if data is None:
            (folder / path).unlink(missing_ok=True)
        else:
            write_bytes(folder / path, data)
    for place in {folder, *((folder / path).parent for path in content)}:
        _sync(place)


def _holds(path: Path, data: bytes | None) -> bool:
    return not path.exists() if data is None else path.is_file() and path.read_bytes() == data


def _link(source: str, target: str) -> None:
    """A second name for an unchanged file; a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _exchanged(a: Path, b: Path) -> bool:
    """Whether two folders traded places in one step; False where this system cannot."""
    swap = _swap()
    if swap is None:
        return False
    ctypes.set_errno(0)
    if swap(os.fsencode(a), os.fsencode(b)) == 0:
        return True
    error = ctypes.get_errno()
    if error in (ENOSYS, EINVAL, ENOTSUP, EXDEV):
        return False
    raise OSError(error, os.strerror(error), str(b))


def _swap() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        rename = library.renamex_np
        return lambda a, b: int(rename(a, b, RENAME_SWAP))
    if library is not None and hasattr(library, "renameat2"):
        renameat2 = library.renameat2
        return lambda a, b: int(renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE))
    return None


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
