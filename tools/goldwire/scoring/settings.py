"""The settings of a score, and the signature beside every number: a line that names each setting and parses back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from goldwire.model.version import __version__
from goldwire.model.vocabulary import Completeness

Task = Literal["entities", "quotes", "duplicates", "segments"]
TASKS: tuple[Task, ...] = get_args(Task)
CHOICES: dict[Task, dict[str, tuple[str, ...]]] = {
    "entities": {
        "docs": ("unique", "all"),
        "match": ("strict", "exact", "type", "partial"),
        "trim": ("none", "article"),
        "labels": (),
    },
    "quotes": {
        "docs": ("unique", "all"),
        "match": ("iou.5", "iou.8", "exact", "partial"),
        "trim": ("marks", "none"),
        "nested": ("outer", "all"),
    },
    "duplicates": {"docs": ("all",)},
    "segments": {"match": ("iou.5", "iou.8")},
}
"""The settings of each task with their values, the default first; `labels` is the name of a label table."""
BY: dict[Task, tuple[str, ...]] = {
    "entities": ("type", "place", "frequency", "length", "stands for"),
    "quotes": ("speaker", "type", "nested", "fragments", "place", "frequency", "length"),
    "duplicates": ("relation",),
    "segments": ("role", "length"),
}
"""What the labels of a task are sliced by."""
FREE: Mapping[str, str] = {"labels": "none"}
"""Settings that take any name, with their defaults."""
ALIASES: Mapping[str, str] = {"ontonotes-18": "none"}
"""Former names of label tables, still accepted: both tables compare gold's types as they are."""
SELECTIONS = ("unique", "all")
"""Selections of documents that every corpus has; any other value of `docs` is a subset of its profile."""
SETTABLE = ("docs", "match", "trim", "nested", "labels")
RESAMPLES, SEED = 1000, 13
METHOD, FLIPS, FORMER = "cluster-beta", "sign-flips", "percentile"
"""The methods of intervals: of a score, of a comparison, and of scores by goldwire 0.1, which resampled."""
NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a task is scored; the command line and the API share these defaults.

    A setting that is None takes the task's default. A setting that the task does not have stays None;
    giving it a value raises ValueError, and so does a wrong value. `docs` is `unique` (the first
    document of each cluster of repeats), `all`, or a subset of the corpus, of which repeats count once. `match` is
    the measure of the headline number.
    `trim` removes an `article` or quotation `marks` from both sides. `nested` compares `all` quotes or
    the `outer` ones. `labels` names the table that maps a system's types to gold's. A comparison
    tests with `resamples` random flips of signs, drawn with `seed`; a score draws nothing.
    """

    task: Task = "entities"
    docs: str | None = None
    match: str | None = None
    trim: str | None = None
    nested: str | None = None
    labels: str | None = None
    resamples: int = RESAMPLES
    seed: int = SEED

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise ValueError(f"{self.task!r} is not a task; expected one of {', '.join(TASKS)}")
        if not isinstance(self.resamples, int) or self.resamples < 0:
            raise ValueError(f"resamples={self.resamples!r} is not a setting; expected a whole number, 0 or more")
        if not isinstance(self.seed, int):
            raise ValueError(f"seed={self.seed!r} is not a setting; expected a whole number")
        for name in SETTABLE:
            object.__setattr__(self, name, self._checked(name, getattr(self, name)))

    def _checked(self, name: str, value: str | None) -> str | None:
        """Return the value of a setting, or its default; raise ValueError if it is wrong."""
        choices = CHOICES[self.task]
        if name not in choices:
            if value is not None:
                raise ValueError(f"{name}={value!r} is not a setting of {self.task}; expected none")
            return None
        if value is None:
            return FREE.get(name) or choices[name][0]
        if name in FREE:
            if not value or not set(value) <= NAME:
                raise ValueError(f"{name}={value!r} is not a setting; expected one of letters, digits, - and .")
            return ALIASES.get(value, value)
        if name == "docs" and value not in SELECTIONS and value and set(value) <= NAME:
            return value
        if value not in choices[name]:
            expected = ", ".join(choices[name])
            raise ValueError(f"{name}={value!r} is not a setting of {self.task}; expected one of {expected}")
        return value


@dataclass(frozen=True, slots=True)
class Signature:
    """Settings with the data they were applied to: version and digest, gold set, number of units, repeats."""

    settings: Settings
    data: str
    digest: str
    gold: str
    units: int
    version: str = __version__
    part: str = ""
    """If these are not all that the settings name: their number, a colon, and a digest of the ids that are scored."""
    repeats: Completeness = "complete"
    """How completely gold judged which documents repeat others; if it did not, the same article may count twice."""
    intervals: str = METHOD
    """The method of the intervals; `percentile` is that of goldwire 0.1."""

    def __str__(self) -> str:
        s = self.settings
        number = f"{self.units}of{self.part}" if self.part else f"{self.units}"
        units = f"docs:{s.docs}:{number}" if s.docs else f"pages:{number}"
        chosen = [f"{name}:{value}" for name in SETTABLE[1:] if (value := getattr(s, name)) is not None]
        head = ["goldwire", f"task:{s.task}", f"data:{self.data}+{self.digest[:8]}", f"set:{self.gold}", units]
        head += [f"repeats:{self.repeats}"] if s.docs and self.repeats != "complete" else []
        draws = f"{s.resamples}/{s.seed}"
        made = {FORMER: f"bs:{draws}", FLIPS: f"ci:{FLIPS}/{draws}"}.get(self.intervals, f"ci:{self.intervals}")
        return "|".join([*head, *chosen, made, f"v:{self.version}"])


def parse(text: str) -> Signature:
    """Return the signature that a line was written from; raise ValueError if it is not one.

    A label table may have a former name.
    """
    name, *parts = text.split("|")
    try:
        if name != "goldwire":
            raise ValueError(name)
        values = dict(part.split(":", 1) for part in parts)
        docs, _, number = values.get("docs", "").partition(":")
        units, _, part = (number or values["pages"]).partition("of")
        data, digest = values["data"].split("+")
        method, *drawn = (f"{FORMER}/{values['bs']}" if "bs" in values else values["ci"]).split("/")
        resamples, seed = map(int, drawn) if drawn else (RESAMPLES, SEED)
        repeats: Any = values.get("repeats", "complete")
        chosen = {name: values[name] for name in SETTABLE[1:] if name in values}
        settings = Settings(values["task"], docs or None, resamples=resamples, seed=seed, **chosen)  # type: ignore[arg-type]
        signature = Signature(settings, data, digest, values["set"], int(units), values["v"], part, repeats, method)
    except (KeyError, ValueError) as error:
        raise ValueError(f"not a goldwire signature: {text!r} ({error})") from None
    for former, current in ALIASES.items():
        text = text.replace(f"|labels:{former}|", f"|labels:{current}|")
    if str(signature) != text:  # a part is missing, repeated or unknown
        raise ValueError(f"not a goldwire signature: {text!r} (it would be written {signature})")
    return signature
