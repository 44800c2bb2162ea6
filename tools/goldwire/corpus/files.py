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

TEMPORARY = ".tmp"
"""The suffix of a file that is being written; a kill may leave one behind."""
AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux: renameat2(2), since 3.15
RENAME_SWAP = 2  # macOS: renamex_np(2), since 10.12


def write_bytes(path: Path, data: bytes) -> bool:
    """Write a file atomically; return whether it changed."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)  # mkstemp creates it with mode 0600
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    return True


def names_in(folder: str | Path) -> list[str]:
    """The names in a folder, sorted; none if the folder is missing or cannot be read."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - creating a Path per file is slow
    except OSError:
        return []


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def update_folder(folder: Path, content: Mapping[str, bytes | None], staging: Path) -> list[str]:
    """Write or delete files of a folder, all or none; return the paths that changed, sorted.

    `content` maps paths below the folder to bytes, or to None for a file to delete; other files stay. A
    single changed file is replaced by a rename. Several are written into a new folder in `staging`, with
    links to the unchanged files; then one system call exchanges the two folders. If that is not possible
    (not on Linux or macOS, or `staging` is on another file system), the files are replaced one by one, and
    after a kill `recover_folder` replaces the rest. Everything is flushed to disk before it becomes visible.
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
    gone = [path for path in changed if content[path] is None]
    _replace(folder, dict.fromkeys(gone))  # still there if the folders could not be exchanged
    return changed


def recover_folder(folder: Path, staging: Path) -> None:
    """Finish the update that a killed `update_folder` had completely staged, and delete an incomplete one."""
    fresh, ready = _places(folder, staging)
    if ready.is_dir():
        _replace(folder, {path.relative_to(ready).as_posix(): path.read_bytes() for path in _files(ready)})
    for leftover in (fresh, ready):
        shutil.rmtree(leftover, ignore_errors=True)
    for file in folder.rglob(f".*{TEMPORARY}"):
        file.unlink()
    with suppress(OSError):  # another process may use it
        staging.rmdir()


def _places(folder: Path, staging: Path) -> tuple[Path, Path]:
    return staging / f"{folder.name}.new", staging / f"{folder.name}.ready"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _replace(folder: Path, content: Mapping[str, bytes | None]) -> None:
    """Write or delete files one by one, each atomically, and flush their folders to disk."""
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
    """Link an unchanged file, or copy it if the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _exchanged(a: Path, b: Path) -> bool:
    """Exchange two folders in one system call; return False if the system does not support it."""
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
