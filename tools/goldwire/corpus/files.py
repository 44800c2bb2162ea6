"""Reading and writing whole files: a write replaces the file at once or leaves it as it was."""

import hashlib
import os
import tempfile
from pathlib import Path


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
