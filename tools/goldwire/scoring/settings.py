"""The signature beside every number: each setting that can move it, in a line that parses back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from goldwire.model.version import __version__

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
        "match": ("iou.5", "iou.8", "exact", "partial", "ggt"),
        "trim": ("marks", "none"),
        "nested": ("outer", "all"),
    },
    "duplicates": {"docs": ("all",)},
    "segments": {"match": ("iou.5", "iou.8")},
}
"""What may be set for a task, and to what, the default first; `labels` names a table of types."""
UNTRIMMED = {"trim": ("none",), "nested": ("all",)}
"""The Gender Gap Tracker looks at quotes as they stand, so its way of counting leaves no choice in these."""
FREE: Mapping[str, str] = {"labels": "none"}
"""Settings that take any name, with their defaults."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a task is scored; the command line and the API share these defaults.

    A setting left None takes the task's default; one that the task does not know stays None, and
    setting it raises ValueError, as a wrong value does. `docs` is `unique` (the first document of
    each cluster of repeats) or `all`. `match` is the measure of the headline number. `trim` takes
    `article`s or quotation `marks` off both sides. `nested` keeps `all` quotes or the `outer` ones.
    `labels` names the table that maps a system's types to gold's. The bootstrap draws `resamples`
    times with `seed`.
    """

    task: Task = "entities"
    docs: str | None = None
    match: str | None = None
    trim: str | None = None
    nested: str | None = None
    labels: str | None = None
    resamples: int = 1000
    seed: int = 13

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise ValueError(f"{self.task!r} is no task; expected one of {', '.join(TASKS)}")
        if not isinstance(self.resamples, int) or self.resamples < 0:
            raise ValueError(f"resamples={self.resamples!r} is no setting; expected a whole number, 0 or more")
        if not isinstance(self.seed, int):
            raise ValueError(f"seed={self.seed!r} is no setting; expected a whole number")
        choices = CHOICES[self.task] | (UNTRIMMED if self.match == "ggt" else {})
        for name in SETTABLE:
            value = getattr(self, name)
            if name not in choices:
                if value is not None:
                    raise ValueError(f"{name}={value!r} is no setting of {self.task}; expected none")
            elif value is None:
                object.__setattr__(self, name, FREE.get(name) or choices[name][0])
            elif name in FREE:
                if not value or not set(value) <= NAME:
                    raise ValueError(f"{name}={value!r} is no setting; expected one of letters, digits, - and .")
            elif value not in choices[name]:
                raise ValueError(
                    f"{name}={value!r} is no setting of {self.task}; expected one of {', '.join(choices[name])}"
                )


SETTABLE = ("docs", "match", "trim", "nested", "labels")
NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")


@dataclass(frozen=True, slots=True)
class Signature:
    """Settings with what they were applied to: data version and digest, gold set, number of documents or pages."""

    settings: Settings
    data: str
    digest: str
    gold: str
    units: int
    version: str = __version__

    def __str__(self) -> str:
        s = self.settings
        where = f"docs:{s.docs}:{self.units}" if s.docs else f"pages:{self.units}"
        said = [f"{name}:{value}" for name in SETTABLE[1:] if (value := getattr(s, name)) is not None]
        head = ["goldwire", f"task:{s.task}", f"data:{self.data}+{self.digest[:8]}", f"set:{self.gold}", where]
        return "|".join([*head, *said, f"bs:{s.resamples}/{s.seed}", f"v:{self.version}"])


def parse(text: str) -> Signature:
    """The signature a line was written from; raises ValueError where it is none."""
    name, *parts = text.split("|")
    try:
        if name != "goldwire":
            raise ValueError(name)
        said = dict(part.split(":", 1) for part in parts)
        docs, _, units = said.get("docs", "").partition(":")
        data, digest = said["data"].split("+")
        resamples, seed = map(int, said["bs"].split("/"))
        chosen = {name: said[name] for name in SETTABLE[1:] if name in said}
        settings = Settings(said["task"], docs or None, resamples=resamples, seed=seed, **chosen)  # type: ignore[arg-type]
        signature = Signature(settings, data, digest, said["set"], int(units or said["pages"]), said["v"])
    except (KeyError, ValueError) as error:
        raise ValueError(f"no goldwire signature: {text!r} ({error})") from None
    if str(signature) != text:  # a part left out, doubled or unknown
        raise ValueError(f"no goldwire signature: {text!r} (it would be written {signature})")
    return signature
