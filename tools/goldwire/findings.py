"""Findings: the faults that checks report, each with its place and its code."""

from dataclasses import dataclass

from goldwire.codes import CODES


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault at a line of a file; line 0 means the file as a whole."""

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.code}: {self.message}"


def finding(code: str, path: str, line: int = 0, **found: object) -> Finding:
    """A finding whose message is the code's template filled in; raises KeyError for an unknown code."""
    message = CODES[code].message.format(**found)
    return Finding(path.replace("\n", "⏎"), line, code, message.replace("\n", "⏎"))


def shorten(text: str, length: int = 40) -> str:
    """Text as a message shows it: on one line, in curly marks, cut in the middle where it is long."""
    text = text.replace("\n", "⏎")
    if len(text) > length:
        text = f"{text[: length // 2]}…{text[-length // 2 :]}"
    return f"“{text}”"


__all__ = ["CODES", "Finding", "finding", "shorten"]
