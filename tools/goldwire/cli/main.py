"""The command line. Results go to stdout, talk to stderr; only this module exits.

Exit status: 0 clean, 1 findings (or a score under the one asked for), 2 wrong usage, 3 our bug,
130 interrupted.
"""

import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from goldwire.cli import command
from goldwire.cli.arguments import parser
from goldwire.cli.terminal import BUG, CLEAN, INTERRUPTED, USAGE
from goldwire.model.errors import GoldwireError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    wanted = next((word for word in words if not word.startswith("-")), "")
    arguments = parser(wanted, alone=words[:1] == [wanted]).parse_args(words)
    try:
        status: int = command(arguments.command).run(arguments)
        return status
    except GoldwireError as error:
        print(f"goldwire: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"goldwire: {error.filename or 'a file'}: {error.strerror}; nothing more was done", file=sys.stderr)
        return USAGE


def run() -> NoReturn:
    """Run the command line as a program: exit with its status."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # to look for any reads what every installed package says
    for stream in (sys.stdout, sys.stderr):  # names of files may be no Unicode, and terminals may know little of it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            status = main()
        except SystemExit as exit_:
            status = int(exit_.code or CLEAN)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # whoever read us has read enough; nothing is left to say at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = CLEAN
    except Exception:
        traceback.print_exc()
        print("goldwire: this is a bug of goldwire; please report what stands above", file=sys.stderr)
        status = BUG
    gc.freeze()  # the process ends: to look for garbage in what a command read would take a tenth of its time
    sys.exit(status)
