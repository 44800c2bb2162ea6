"""Locks: one command writes a corpus at a time, and first settles what a killed one left."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from goldwire.corpus.annotation_sets import ANNOTATIONS, STAGING, SUBMISSIONS
from goldwire.corpus.files import read_regular, recover, remove_temporary, sha256, write_bytes
from goldwire.corpus.locate import is_bundled
from goldwire.corpus.schemas import SCHEMA
from goldwire.model.errors import GoldwireError

PRIVATE = ".goldwire"
"""The folder of a corpus for what is not in git: locks, staged files, and the data of Label Studio."""
NOTICE, WAIT = 1.0, 15.0
"""Seconds until a waiting command says what it waits for, and until it gives up."""
Announce = Callable[[str], None]


def private_folder(root: Path) -> Path:
    """The folder .goldwire of a corpus, which git ignores, whatever the corpus's own .gitignore says."""
    folder = root / PRIVATE
    if not (folder / ".gitignore").exists():
        write_bytes(folder / ".gitignore", b"*\n")
    return folder


@contextmanager
def writing(root: Path, announce: Announce, new: bool = False, wait: float | None = None) -> Iterator[None]:
    """Hold the lock of a corpus; only a `new` one may not be there yet.

    A command that holds it may take it again. First what a killed command left is settled: a change that it had
    completely staged is finished, other temporary files are deleted. Raises GoldwireError, which names the command
    that holds the lock, if that does not end within `wait` seconds, by default `WAIT`.
    """
    if not new and not (root / "corpus").is_dir():
        yield  # no corpus: the command says so
        return
    with _held(private_folder(root) / "lock", f"the corpus {root.resolve()}", announce, wait) as is_first:
        if is_first:
            _settle(root)
        yield


@contextmanager
def reading(root: Path, announce: Announce) -> Iterator[None]:
    """Hold the lock of a corpus while it is read, so that no command changes it meanwhile.

    A corpus that goldwire ships or that this user cannot write is read without the lock.
    """
    if is_bundled(root) or not os.access(root, os.W_OK):
        yield
        return
    with writing(root, announce):
        yield


@contextmanager
def output(out: Path, announce: Announce) -> Iterator[None]:
    """Hold the lock of a file or folder outside any corpus, and delete what killed writes of it left.

    The file of the lock is in the folder for temporary files.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else ""
    name = sha256(os.fsencode(os.path.realpath(out)))[:16]
    place = Path(tempfile.gettempdir()) / f"goldwire-{user}" / f"{name}.lock"
    place.parent.mkdir(mode=0o700, exist_ok=True)
    found = place.parent.lstat()
    if user and (found.st_uid != os.getuid() or found.st_mode & 0o077):  # another user may put links there
        raise GoldwireError(f"{place.parent} is open to other users; remove it")
    with _held(place, str(out), announce):
        remove_temporary(out.parent, out.name)
        yield


@contextmanager
def _held(path: Path, what: str, announce: Announce, wait: float | None = None) -> Iterator[bool]:
    """Hold the lock of a file; yield whether this process did not hold it before."""
    lock = FileLock(os.path.realpath(path), is_singleton=True)
    is_first = not lock.is_locked
    wait = WAIT if wait is None else wait
    try:
        lock.acquire(timeout=min(NOTICE, wait))
    except Timeout:
        try:
            announce(f"waiting for another command that writes {what}: {_holder(path)}")
            lock.acquire(timeout=max(0, wait - NOTICE))
        except Timeout:
            message = f"another command writes {what}: {_holder(path)}; nothing changed, run this again later"
            raise GoldwireError(message) from None
    try:
        if is_first:
            words = " ".join(["goldwire", *sys.argv[1:]])[:80]
            said = f"{words} (process {os.getpid()} on {platform.node()})".encode(errors="backslashreplace")
            write_bytes(path.with_suffix(".holder"), said, flush=False)
        yield is_first
    finally:
        lock.release()


def _holder(path: Path) -> str:
    try:
        return read_regular(path.with_suffix(".holder")).decode(errors="replace").strip() or "it just began"
    except (OSError, GoldwireError):
        return "it just began"


def _settle(root: Path) -> None:
    recover(root / STAGING)
    remove_temporary(root)
    for folder in ("corpus", ANNOTATIONS, SUBMISSIONS, SCHEMA):
        for place, _, names in os.walk(root / folder):
            if any(name.endswith(".tmp") for name in names):
                remove_temporary(Path(place))
