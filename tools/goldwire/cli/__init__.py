"""The commands, one module each: TEXT and EXAMPLE for its help, `add` says what it takes, `run` runs it."""

from importlib import import_module
from types import ModuleType

COMMANDS = (
    "add",
    "accept",
    "build",
    "check",
    "records",
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
    "export",
    "report",
    "derive",
    "scale",
    "studio",
)
"""In the order that `goldwire --help` lists them."""


def command(name: str) -> ModuleType:
    """The module of a command."""
    return import_module(f"goldwire.cli.{name}")
