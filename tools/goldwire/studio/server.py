"""A Label Studio server of one's own: on 127.0.0.1, with its data in one folder, talking to nobody."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from goldwire.errors import GoldwireError

FOLDER = ".goldwire/studio"
HOST = "127.0.0.1"
USER = "annotator@localhost.localdomain"
FIRST_START = 240
"""Seconds a first start may take: it migrates the database, 40 s on two cores."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What it takes to log in, by hand or by program."""

    user: str
    password: str
    token: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens and how to log in."""

    url: str
    credentials: Credentials
    fresh: bool
    """Whether the credentials were made just now."""


def credentials_path(root: Path) -> Path:
    """Where the credentials of a corpus's server are kept, readable by its owner alone."""
    return root / FOLDER / "credentials.json"


def read_credentials(root: Path) -> Credentials | None:
    """The credentials of a corpus's server; None where it was never started."""
    try:
        return Credentials(**json.loads(credentials_path(root).read_text()))
    except FileNotFoundError:
        return None


def _make_credentials(root: Path) -> Credentials:
    credentials = Credentials(USER, secrets.token_urlsafe(12), secrets.token_hex(20))
    path = credentials_path(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(credentials), file)
    return credentials


def _environment(root: Path, credentials: Credentials) -> dict[str, str]:
    folder = (root / FOLDER).resolve()
    return {
        **os.environ,
        "GOLDWIRE_ROOT": str(root.resolve()),  # what the guard checks saves against
        "HOME": str(folder),  # the server writes ~/.config/label-studio
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_USERNAME": credentials.user,
        "LABEL_STUDIO_PASSWORD": credentials.password,
        "LABEL_STUDIO_USER_TOKEN": credentials.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_FEATURE_FLAGS_OFFLINE": "true",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "FEATURE_FLAGS_OFFLINE": "true",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }


@contextmanager
def running(root: Path, port: int, progress: Callable[[int], None] = lambda seconds: None) -> Iterator[Server]:
    """Run the server of a corpus and stop it, with all its processes, on the way out.

    `progress` is called once a second while the server starts. Raises GoldwireError where the port
    is taken or the server does not come up; its own words are in `.goldwire/studio/server.log`.
    """
    if find_spec("label_studio") is None:
        raise GoldwireError("no label_studio here; install it with: pip install 'goldwire[studio]'")
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise GoldwireError(f"something listens on {HOST}:{port} already; stop it, or choose another --port")
    found = read_credentials(root)
    credentials = found or _make_credentials(root)
    log = root / FOLDER / "server.log"
    command = [
        sys.executable,
        "-m",
        "goldwire.studio.serve",
        "start",
        "--no-browser",
        "--internal-host",
        HOST,
        "--port",
        str(port),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=_environment(root, credentials),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone, and stopping reaches all it started
        )
    try:
        url = f"http://{HOST}:{port}"
        _wait(process, url, log, progress)
        yield Server(url, credentials, found is None)
    finally:
        _stop(process)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, progress: Callable[[int], None]) -> None:
    started = time.monotonic()
    while (seconds := int(time.monotonic() - started)) < FIRST_START:
        if process.poll() is not None:
            raise GoldwireError(f"the server stopped with status {process.returncode}; its last words are in {log}")
        progress(seconds)
        try:
            with urlopen(f"{url}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(1)
    raise GoldwireError(f"the server did not answer within {FIRST_START} s; its words are in {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=15)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
