"""What the table of codes holds of each fault."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["form", "shape", "anchoring", "links", "cover", "completeness", "reuse", "build", "release"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: what is wrong, why it matters, how to fix it, and the message for one instance.

    `message` is a format string. With `one_cause`, a message that many places share is reported once, with
    a list of the places.
    """

    level: Level
    what: str
    why: str
    hint: str
    message: str
    one_cause: bool = False
