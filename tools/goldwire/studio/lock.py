"""A lock on a file, which the operating system releases when its holder ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from goldwire.model.errors import GoldwireError


@contextmanager
def locked(path: Path, why_not: str) -> Iterator[BinaryIO]:
    """Hold the lock of a file, which is made if there is none; raises GoldwireError(why_not) if it is held already."""
    try:
        import fcntl
    except ModuleNotFoundError:
        message = "goldwire studio runs on Linux and macOS, not on this system; on Windows, use it inside WSL"
        raise GoldwireError(message) from None
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GoldwireError(why_not) from None
        yield file
