"""Make a virtual environment with goldwire and some of its extras in it: `python3 tools/install.py FOLDER EXTRA`.

Needs a Python of 3.11 or newer with nothing installed, and a package registry. The environment keeps
pip, which the tests of the wheel use; packages come through uv, which is several times as fast.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST, NEWEST = (3, 11), (3, 13)
"""Python versions that every extra installs on: Label Studio pins a numpy that has no wheel for 3.14."""
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "constraint": "UV_CONSTRAINT",
    "cert": "SSL_CERT_FILE",
}
"""What pip calls a setting, and the variable that says the same to uv."""


class SetupError(Exception):
    """What stops the set-up, and what to do about it, in one line."""


def say(line: str) -> None:
    """Print a line on standard error at once."""
    print(line, file=sys.stderr, flush=True)


def answers(*command: str | Path) -> bool:
    """Whether a program starts and succeeds within half a minute."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def choose_python(version: tuple[int, int] = sys.version_info[:2]) -> str:
    """Return the Python to make an environment with: this one, or the newest other on PATH that fits.

    `version` is this one's. Raises SetupError if there is none.
    """
    if OLDEST <= version <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and answers(found, "-c", ""):  # a shim of pyenv is found and does not run
            return found
    raise SetupError(
        f"python3 is {version[0]}.{version[1]}, and no python3.{OLDEST[1]} to python3.{NEWEST[1]} is"
        f" on PATH; install one of them, or name it: make PYTHON=/path/to/python3.{NEWEST[1]}"
    )


def uv_environment(python: str | Path) -> dict[str, str]:
    """Return the environment for uv, which does not read pip's settings: registry, find-links, constraints."""
    shown = subprocess.run([str(python), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    environment = {"UV_INDEX_STRATEGY": "unsafe-best-match", **os.environ}  # as pip: the best version of any registry
    for line in shown.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = SETTINGS.get(name.rpartition(".")[2], "")
        separator = "," if variable == "UV_FIND_LINKS" else " "
        if variable:
            environment.setdefault(variable, separator.join(ast.literal_eval(value).split()))
    return environment


def make_environment(folder: Path) -> Path:
    """Make a virtual environment unless it is there, and return its Python.

    Raises SetupError if that cannot be done.
    """
    python = folder / "bin/python"
    if answers(python, "-m", "pip", "--version") or answers(python, "-m", "ensurepip"):  # uv makes them without pip
        return python
    chosen = choose_python()
    if chosen == sys.executable and importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info[1]}-venv"  # Debian keeps it apart
        if os.geteuid() or not shutil.which("apt-get") or not apt_get(package):
            raise SetupError(f"this Python makes no virtual environments; on Debian: sudo apt-get install {package}")
    say(f"making {folder} with {chosen}")
    done = subprocess.run([chosen, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"{chosen} -m venv {folder} failed: {last_line(done.stdout + done.stderr)}")
    return python


def apt_get(*packages: str) -> bool:
    """Install packages of Debian as root, and return whether that succeeded."""
    say(f"  apt-get install {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-qq", *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"  apt-get {words[0]} failed: {last_line(done.stdout + done.stderr)}")
            return False
    return True


def last_line(text: str) -> str:
    """Return the last line of a program's output that is not empty."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "no output"


def install(python: Path, extra: str) -> None:
    """Install goldwire as an editable package with an extra, with uv's progress on standard error.

    Raises SetupError if the installer fails.
    """
    requirement = f"{ROOT}[{extra}]"
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    uv = python.parent / "uv"
    if not answers(uv, "--version"):
        subprocess.run([*pip, "--quiet", "uv>=0.5"], check=False)
    if answers(uv, "--version"):
        command = [str(uv), "pip", "install", "--python", str(python), "--editable", requirement]
    else:
        say("uv cannot be installed here; pip does it, which takes a minute or two")
        command = [*pip, "--editable", requirement]
    say(f"installing goldwire[{extra}] and what it needs")
    started = time.monotonic()
    pipe = None if sys.stderr.isatty() else subprocess.PIPE  # uv draws bars on a terminal alone
    with subprocess.Popen(command, env=uv_environment(python), stderr=pipe, text=True) as running:
        for line in running.stderr or ():
            if not line.startswith((" + ", " - ", " ~ ")):  # the list of a hundred and fifty packages
                say(f"  {line.rstrip()}")
    if running.returncode:
        raise SetupError(f"{command[0]} failed (see above); is the package registry reachable?")
    say(f"installed in {time.monotonic() - started:.0f} s")


def main() -> None:
    """Make the environment that the arguments name."""
    folder, extra = sys.argv[1:]
    try:
        install(make_environment(Path(folder)), extra)
    except SetupError as error:
        sys.exit(f"set-up: {error}")


if __name__ == "__main__":
    main()
