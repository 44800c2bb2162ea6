"""The command line: parse the arguments, run one command, exit with its status.

Results go to stdout, everything else to stderr. Only this module exits. Exit status: 0 no findings,
1 findings (or a score below the one asked for), 2 wrong usage, 3 a bug of goldwire, 130 interrupted.
"""

import argparse
import difflib
import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NoReturn

from goldwire.cli import COMMANDS, command
from goldwire.cli.terminal import BUG, CLEAN, INTERRUPTED, USAGE, note
from goldwire.model.errors import GoldwireError
from goldwire.model.version import __version__


class Parser(argparse.ArgumentParser):
    """An argument parser that reports an error in one line and suggests names close to a misspelt one."""

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
    """The parser of the whole command line; with `only`, just this command's arguments are defined.

    Some commands import records and scorers to define their arguments, and no other command should wait for that.
    With `alone` the other commands are not even listed, so they are not imported: the list of commands is not shown
    after the name of a command.
    """
    top = Parser(
        prog="goldwire",
        description="A gold corpus of news pages: annotate it, check it, score systems against it.",
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    wanted = next((word for word in words if not word.startswith("-")), "")
    top = parser(wanted, alone=words[:1] == [wanted])
    arguments, more = top.parse_known_args(words)
    if len(more) == 1 and not more[0].startswith("-") and getattr(arguments, "root", more) in (None, Path()):
        arguments.root = Path(more.pop())  # argparse takes an optional argument only if no option is before it
    if more:
        top.error(f"unrecognized arguments: {' '.join(more)}")
    try:
        module = command(arguments.command)
        with ExitStack() as held:
            for lock in module.locks(arguments) if hasattr(module, "locks") else ():
                held.enter_context(lock)
            status: int = module.run(arguments)
        return status
    except GoldwireError as error:
        note(str(error))
        return USAGE
    except BrokenPipeError:
        raise
    except OSError as error:
        note(f"{error.filename or 'a file'}: {error.strerror}; the command stopped there")
        return USAGE
    except RuntimeError as error:
        if "Symlink loop" not in str(error):  # pathlib before Python 3.13
            raise
        note(f"{error}; expected a link that leads to a file or folder")
        return USAGE


def _drop_output() -> None:
    with suppress(OSError, ValueError):  # a stream without a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> NoReturn:
    """Run the command line as a program: exit with its status."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for plugins reads every package's metadata
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed: the next file that is opened would take its place
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):  # file names may not be Unicode, and a terminal may not show all of it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            status = main()
        except SystemExit as exit_:
            status = exit_.code if isinstance(exit_.code, int) else CLEAN
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # the reader has closed the pipe; Python must not try to flush into it at exit either
        _drop_output()
        status = CLEAN
    except OSError as error:  # the disk is full, or what stdout leads to is closed
        _drop_output()
        note(f"the output cannot be written: {error.strerror}")
        status = USAGE
    except Exception:
        traceback.print_exc()
        note("this is a bug of goldwire; please report the traceback above")
        status = BUG
    gc.freeze()  # the process ends here: collecting what a command has read would add a tenth to its time
    sys.exit(status)
