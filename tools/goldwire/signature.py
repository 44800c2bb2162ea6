"""The signature beside every number: each setting that can move it, in a line that parses back."""

from dataclasses import dataclass
from typing import Literal, get_args

from goldwire import __version__
from goldwire.scorers.entities import Trim

Task = Literal["entities"]
Selection = Literal["unique", "all"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a task is scored; the command line and the API share these defaults.

    `docs` is `unique` (the first document of each cluster of repeats) or `all`; `trim` is `none` or
    `article` (a leading article and a trailing possessive are ignored on both sides). The bootstrap
    draws `resamples` times with `seed`.
    """

    task: Task = "entities"
    docs: Selection = "unique"
    trim: Trim = "none"
    resamples: int = 1000
    seed: int = 13

    def __post_init__(self) -> None:
        for value, allowed in ((self.task, Task), (self.docs, Selection), (self.trim, Trim)):
            if value not in get_args(allowed):
                raise ValueError(f"{value!r} is no setting; expected one of {', '.join(get_args(allowed))}")


@dataclass(frozen=True, slots=True)
class Signature:
    """Settings with what they were applied to: data version and digest, gold set, number of documents."""

    settings: Settings
    data: str
    digest: str
    gold: str
    documents: int
    version: str = __version__

    def __str__(self) -> str:
        s = self.settings
        parts = [
            f"task:{s.task}",
            f"data:{self.data}+{self.digest[:8]}",
            f"set:{self.gold}",
            f"docs:{s.docs}:{self.documents}",
            f"trim:{s.trim}",
            f"bs:{s.resamples}/{s.seed}",
            f"v:{self.version}",
        ]
        return "|".join(["goldwire", *parts])


def parse(text: str) -> Signature:
    """The signature a line was written from; raises ValueError where it is none."""
    name, *parts = text.split("|")
    try:
        if name != "goldwire":
            raise ValueError(name)
        fields = dict(part.split(":", 1) for part in parts)
        docs, documents = fields["docs"].split(":")
        data, digest = fields["data"].split("+")
        resamples, seed = map(int, fields["bs"].split("/"))
        settings = Settings(fields["task"], docs, fields["trim"], resamples, seed)  # type: ignore[arg-type]
        return Signature(settings, data, digest, fields["set"], int(documents), fields["v"])
    except (KeyError, ValueError) as error:
        raise ValueError(f"no goldwire signature: {text!r} ({error})") from None
