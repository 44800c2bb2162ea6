"""The commands, one module each: TEXT and EXAMPLE for its help, `add` defines its arguments, `run` runs it.

`locks`, in the module of a command that writes, are the locks that are held while it runs.
"""

from importlib import import_module
from types import ModuleType

COMMANDS = (
    "add",
    "import",
    "accept",
    "complete",
    "build",
    "check",
    "records",
    "fix",
    "explain",
    "init",
    "diff",
    "release",
    "show",
    "score",
    "compare",
    "agree",
    "schema",
    "card",
    "bench",
    "leaderboard",
    "submit",
    "suspects",
    "export",
    "report",
    "derive",
    "twins",
    "scale",
    "studio",
)
"""In the order of `goldwire --help`."""


def command(name: str) -> ModuleType:
    """The module of a command."""
    return import_module(f"goldwire.cli.{name}")
