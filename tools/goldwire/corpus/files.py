"""Reading and writing files: a write replaces what is there in one step or leaves it unchanged."""

import ctypes
import hashlib
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from errno import EINVAL, ENOSYS, ENOTSUP, EXDEV
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import Any

from goldwire.model.errors import GoldwireError

TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{8}\.tmp")
"""The name of a file that is being written, with that of the file; a kill may leave one behind."""
FOREIGN = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.directory|\.ipynb_checkpoints|__pycache__|.*~|\.#.*|#.*#|\..*\.sw[a-p]"
)
"""The names of files and folders that operating systems and editors leave anywhere."""
LARGEST_FILE = 256 << 20
"""Files with more bytes are not opened, so that no file can exhaust the memory."""
AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux: renameat2(2), since 3.15
RENAME_SWAP = 2  # macOS: renamex_np(2), since 10.12
MANY = 100
"""From so many files on, they are flushed to disk together, which takes a tenth of the time."""
NEW, READY, JOURNAL = "new", "ready", "journal.json"
"""In a folder of its own in `staging`: the files being staged, the same once they are complete, and their list."""


def read_regular(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of a file that may be anything; raises OSError, and GoldwireError for a pipe, a device or a folder.

    So it does for a file of more bytes than the limit, which is not opened.
    """
    found = path.stat()
    if not S_ISREG(found.st_mode):
        raise GoldwireError(f"{path} is not a regular file; expected a file with text")
    if found.st_size > limit:
        raise GoldwireError(f"{path} has {found.st_size:,} bytes; expected at most {limit:,}")
    with path.open("rb") as file:
        return file.read(limit)


def parse_json(text: str | bytes) -> Any:
    """A value from JSON; raises ValueError, also for what is nested too deeply to be parsed."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def read_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file; raises OSError, GoldwireError if it is not a file, ValueError for anything else."""
    found = parse_json(read_regular(path))
    if not isinstance(found, dict):
        raise ValueError(f"a {type(found).__name__}")
    return found


def write_bytes(path: Path, data: bytes, flush: bool = True) -> bool:
    """Write a file atomically; return whether it changed. Without `flush`, the caller flushes it to disk.

    A symbolic link stays, and the file that it leads to is written. A file keeps its mode, a new one gets that of the
    umask. Raises GoldwireError for a device, a pipe, a folder or a loop of links.
    """
    place = Path(os.path.realpath(path))
    if place.is_symlink() or ((place.exists() or path.exists()) and not path.is_file()):
        raise GoldwireError(f"{path} is not a regular file; expected a file, or the name of a new one")
    if place.is_file() and place.read_bytes() == data:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = temporary(place)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        if place.exists():
            _take_mode(place, fresh)
        fresh.replace(place)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return True


def temporary(path: Path) -> Path:
    """A new name beside a path, for what replaces it."""
    return path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.tmp")


def _take_mode(old: Path, new: Path) -> None:
    before = old.stat()
    with suppress(OSError, AttributeError):  # only root may give a file to another; Windows has no owners
        os.chown(new, before.st_uid, before.st_gid)
    new.chmod(S_IMODE(before.st_mode))


def names_in(folder: str | Path) -> list[str]:
    """The names in a folder without foreign ones, sorted; none if the folder is missing or cannot be read."""
    try:
        return sorted(name for name in os.listdir(folder) if not FOREIGN.fullmatch(name))  # noqa: PTH208 - creating a Path per file is slow
    except OSError:
        return []


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def update_folder(
    folder: Path, content: Mapping[str, bytes | None], staging: Path, exchange: bool = True
) -> list[str]:
    """Write or delete files of a folder, all or none; return the paths that changed, sorted.

    `content` maps paths below the folder to bytes, or to None for a file to delete; other files stay. A
    single changed file is replaced by a rename. Several are written into a new folder in `staging`, with
    links to the unchanged files; then one system call exchanges the two folders. If that is not possible
    (not on Linux or macOS, `staging` is on another file system, or a file is behind a symbolic link), or without
    `exchange`, the files are replaced one by one, and after a kill `recover` replaces the rest. Everything is flushed
    to disk before it becomes visible. The caller prevents a second update of the folder.
    """
    folder = Path(os.path.realpath(folder))
    changed = {path: content[path] for path in sorted(content) if _digest(folder / path) != _sha(content[path])}
    if len(changed) <= 1 and folder.is_dir():
        _replace(folder, changed)
        return list(changed)
    is_plain = exchange and all(os.path.realpath(folder / path) == str(folder / path) for path in changed)
    place = staging / secrets.token_hex(4)
    fresh = place / NEW
    try:
        place.mkdir(parents=True)
        if folder.is_dir() and is_plain:
            shutil.copytree(folder, fresh, copy_function=_link, symlinks=True)
        _replace(fresh, changed)
        if exchange and not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(folder)
        elif not is_plain or not _exchanged(fresh, folder):
            _replace(place, {JOURNAL: _journal(folder, changed)})
            fresh.rename(place / READY)
        _sync(folder.parent)
        _finish(place)
    except BaseException:
        if not (place / READY).is_dir():  # else the update is complete: the next writer finishes it
            shutil.rmtree(place, ignore_errors=True)
        raise
    _remove_empty(staging)
    return list(changed)


def recover(staging: Path) -> None:
    """Finish the updates that a killed `update_folder` had completely staged, and delete incomplete ones."""
    for name in names_in(staging):
        _finish(staging / name)
    _remove_empty(staging)


def remove_temporary(folder: Path, only: str | None = None) -> None:
    """Delete what killed writes left in a folder, or just what they left of one file."""
    for name in names_in(folder):
        if (found := TEMPORARY.fullmatch(name)) and only in (None, found[1]):
            place = folder / name
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)


def _journal(folder: Path, changed: Mapping[str, bytes | None]) -> bytes:
    """The folder and, for each file, the hash that it has before its change."""
    before = {path: _digest(folder / path) for path in changed}
    return json.dumps({"folder": str(folder), "before": before}).encode()


def _finish(place: Path) -> None:
    """Replace what is staged completely, except files that were changed since, and delete the staging folder."""
    if (place / READY).is_dir():
        journal = json.loads((place / JOURNAL).read_bytes())
        folder = Path(journal["folder"])
        for parent in {(folder / path).parent for path in journal["before"]}:
            parent.mkdir(parents=True, exist_ok=True)
            remove_temporary(parent)
        for path, before in journal["before"].items():
            if _digest(folder / path) == before:
                staged = place / READY / path
                if before is None and staged.is_file() and not os.path.lexists(folder / path):
                    staged.rename(folder / path)  # it is flushed already
                else:
                    _replace(folder, {path: staged.read_bytes() if staged.is_file() else None})
        for parent in {(folder / path).parent for path in journal["before"]}:
            _sync(parent)
        (place / READY).rename(place / NEW)
    shutil.rmtree(place, ignore_errors=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # another update may be staged there
        folder.rmdir()


def _replace(folder: Path, content: Mapping[str, bytes | None]) -> None:
    """Write or delete files one by one, each atomically, and flush their folders to disk."""
    folder.mkdir(parents=True, exist_ok=True)
    at_once = len(content) >= MANY and sys.platform == "linux"  # elsewhere sync(2) returns before it is done
    for path, data in content.items():
        if data is None:
            (folder / path).unlink(missing_ok=True)
        else:
            write_bytes(folder / path, data, flush=not at_once)
    if at_once:
        os.sync()
    for place in {folder, *((folder / path).parent for path in content)}:
        if place.is_dir():
            _sync(place)


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()) if path.is_file() else None


def _sha(data: bytes | None) -> str | None:
    return None if data is None else sha256(data)


def _link(source: str, target: str) -> None:
    """Link an unchanged file, or copy it if the file system has no hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
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
