"""What git stores: the attributes of a repository may make it store other bytes than a page or text has."""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from goldwire.corpus.files import write_bytes

ATTRIBUTES = ".gitattributes"
PROTECTED = ("corpus/pages/**", "corpus/text/**")
LINES = """\
# Every offset counts code points of these bytes: git must never touch a line end here.
corpus/pages/** -text
corpus/text/** -text
*.jsonl text eol=lf
*.json text eol=lf
"""
STORED_ELSEWHERE = ("-c", "filter.lfs.process=", "-c", "filter.lfs.clean=cat", "-c", "filter.lfs.required=false")
"""Git LFS stores a page outside the repository, but with all its bytes."""


def altered_by_git(root: Path, contents: Mapping[str, bytes]) -> list[str]:
    """The paths below the root of files of which git would store other bytes than these.

    The files must exist. None if the root is in no work tree, or if git is not installed.
    """
    prefix = _git(root, "rev-parse", "--show-prefix")
    if prefix is None or not contents:
        return []
    names = "".join(f"{prefix.removesuffix(chr(10))}{path}\n" for path in contents)
    hashes = (_git(root, *STORED_ELSEWHERE, "hash-object", "--stdin-paths", data=names.encode()) or "").split()
    pairs = zip(contents.items(), hashes, strict=False)
    return [path for (path, data), found in pairs if found != _blob(data, len(found))]


def is_altered_by_git(root: Path, path: str, data: bytes) -> bool:
    """Whether git would store other bytes of a file that may not exist yet."""
    found = (_git(root, *STORED_ELSEWHERE, "hash-object", "--stdin", f"--path={path}", data=data) or "").strip()
    return _git(root, "rev-parse", "--show-prefix") is not None and found != _blob(data, len(found))


def ignored_by_git(root: Path, paths: Iterable[str]) -> set[str]:
    """The paths below the root that git ignores; none if git ignores the whole corpus, or is not there."""
    own = "corpus/pages.jsonl"
    names = "\0".join([own, *paths])
    found = set((_git(root, "check-ignore", "-z", "--stdin", data=os.fsencode(names)) or "").split("\0"))
    return set() if own in found else found - {""}


def protect(root: Path) -> bool:
    """Append the attributes that protect pages and texts to .gitattributes if they lack; return whether they did."""
    place = root / ATTRIBUTES
    text = place.read_text(encoding="utf-8") if place.is_file() else ""
    names = [pattern.replace("**", "any.txt") for pattern in PROTECTED]
    found = _git(root, "check-attr", "text", "--", *names)
    is_protected = LINES in text if found is None else found.count(": text: unset\n") == len(PROTECTED)
    if is_protected:
        return False
    return write_bytes(place, f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{LINES}".encode())


def _blob(data: bytes, digits: int) -> str:
    """The name that git gives to a blob, in a repository with SHA-1 or SHA-256."""
    kind = hashlib.sha256 if digits == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data).hexdigest()


def _git(root: Path, *command: str, data: bytes | None = None) -> str | None:
    """The output of git in a work tree; None if it fails."""
    if not any((place / ".git").exists() for place in (root.resolve(), *root.resolve().parents)):
        return None
    try:
        done = subprocess.run(["git", *command], cwd=root, input=data, capture_output=True, check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout.decode(errors="surrogateescape")
