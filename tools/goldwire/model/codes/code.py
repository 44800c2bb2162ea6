"""What the table of codes holds of each fault."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["form", "shape", "anchoring", "links", "cover", "completeness", "reuse", "build", "release"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: what is wrong, why it matters, how to fix it, and the message for one instance.

    `message` is a format string. With `one_cause`, a message that many places share is reported once, with
    a list of the places. `since` is the version of goldwire that first had the code, and `changed_in` the last
    one in which it finds other faults than before, if any.
    """

    level: Level
    what: str
    why: str
    hint: str
    message: str
    one_cause: bool = False
    since: str = "0.1.0"
    changed_in: str | None = None
