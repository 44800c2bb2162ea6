"""The numbers of records: none is given twice, even if the record that had it is gone."""

import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ID = re.compile(r'"id":"([A-Za-z0-9_-]+-[beqd])([0-9]{3,})"')
LETTERS = {"segments": "b", "entities": "e", "quotes": "q", "decoys": "d"}
LAYERS = {letter: layer for layer, letter in LETTERS.items()}


class Numbers:
    """The highest number ever given, by prefix of an id, from the synchronisation state and git's history.

    The history is read only when a number is needed; outside a repository there is none.
    """

    def __init__(self, root: Path, folder: str, known: Mapping[str, int]) -> None:
        self.root, self.folder, self.known = root, folder, known
        self._in_history = cache(self._read_history)

    def highest(self, prefix: str) -> int:
        """The highest number ever given to a record whose id has this prefix, 0 for none."""
        return max(self.known.get(prefix, 0), self._in_history(prefix))

    def _read_history(self, prefix: str) -> int:
        document, letter = prefix.rsplit("-", 1)
        path = f"{self.folder}/{LAYERS[letter]}/{document}.jsonl"
        log = ["git", "log", "--format=", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--", path]
        try:
            done = subprocess.run(log, cwd=self.root, capture_output=True, check=False)
        except FileNotFoundError:  # git is not installed
            return 0
        found = ID.findall(done.stdout.decode(errors="replace"))
        return max((int(number) for name, number in found if name == prefix), default=0)
