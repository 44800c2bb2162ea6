"""What the command line takes: every command with its help, which ends with an example."""

import argparse
import difflib
from typing import NoReturn

from goldwire.cli import COMMANDS, command
from goldwire.cli.terminal import USAGE
from goldwire.model.version import __version__


class Parser(argparse.ArgumentParser):
    """An argument parser whose refusal is one line, and lists the names close to a wrong one."""

    def error(self, message: str) -> NoReturn:
        """Exit with the status for wrong usage."""
        self.exit(USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        choices = [str(choice) for choice in action.choices or ()]
        if choices and str(value) not in choices:
            close = difflib.get_close_matches(str(value), choices, n=3)
            hint = f"did you mean {' or '.join(close)}?" if close else f"expected {', '.join(choices)}"
            raise argparse.ArgumentError(action, f"no {value!r}; {hint}")


def parser(only: str | None = None, alone: bool = False) -> Parser:
    """The parser of the whole command line; with `only`, one that knows what this command takes, and no other.

    To say what they take, some commands load records and scorers, and no other command should wait for that. With
    `alone` the others are not even listed, so that they need not be imported: nobody sees the list behind a command.
    """
    top = Parser(
        prog="goldwire",
        description="A gold corpus of scraped news: annotate it, check it, measure by it.",
        epilog="example: goldwire bench spacy --task entities",
    )
    top.add_argument("--version", action="version", version=f"goldwire {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)

    for name in [only] if alone and only in COMMANDS else COMMANDS:
        module = command(name)
        made = commands.add_parser(
            name,
            help=module.TEXT,
            description=module.TEXT[0].upper() + module.TEXT[1:] + ".",
            epilog=f"example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if only in (None, name):
            module.add(made)
    return top
