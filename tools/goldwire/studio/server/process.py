"""A Label Studio server for one corpus: on 127.0.0.1, with its data in one folder, without outside connections."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from goldwire.corpus.files import read_object, write_bytes
from goldwire.corpus.lock import private_folder
from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need
from goldwire.studio.lock import locked
from goldwire.studio.server import database as databases
from goldwire.studio.server.allowed_origins import PUBLIC
from goldwire.studio.server.template import SAYS, VARIABLE, cache

FOLDER = ".goldwire/studio"
HOST = "127.0.0.1"
USER = "annotator@localhost.localdomain"
FIRST_START = 240
"""Seconds a first start may take: it migrates the database, 40 s on two cores."""
Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The login, by hand or by program."""

    user: str
    password: str
    token: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its login."""

    url: str
    credentials: Credentials
    fresh: bool
    """Whether the credentials are new."""
    process: subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a running server, and its process group."""

    url: str
    pid: int
    public: str = ""
    """The address of the reverse proxy before it, if there is one."""


def credentials_path(root: Path) -> Path:
    """The file with the credentials of a corpus's server, which only its owner can read."""
    return root / FOLDER / "credentials.json"


def read_credentials(root: Path) -> Credentials | None:
    """The credentials of a corpus's server; None if it was never started."""
    try:
        found = Credentials(**read_object(credentials_path(root)))
        if not all(isinstance(part, str) for part in astuple(found)):
            raise TypeError("a part is not a string")
        return found
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise GoldwireError(
            f"{credentials_path(root)} is damaged; restore it, or move {FOLDER} away and start again: labels that "
            "were not pulled stay in that folder"
        ) from None


def _make_credentials(root: Path) -> Credentials:
    credentials = Credentials(USER, secrets.token_urlsafe(12), secrets.token_hex(20))
    path = credentials_path(root)
    private_folder(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(credentials), file)
    return credentials


def adopt_token(root: Path, token: str) -> None:
    """Store the token that replaced the one in the credentials, as “Reset token” on the account page does."""
    known = read_credentials(root)
    if known is None or known.token == token:
        return
    path = credentials_path(root)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".credentials-")  # only its owner can read it
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(replace(known, token=token)), file)
    Path(name).replace(path)


def _environment(root: Path, credentials: Credentials, public: str) -> dict[str, str]:
    folder = (root / FOLDER).resolve()
    return {
        **os.environ,
        VARIABLE: str(cache()),
        "GOLDWIRE_ROOT": str(root.resolve()),  # the guard checks saves against this corpus
        PUBLIC: public,
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
        "EDITOR_KEYMAP": '{"region:relation":{"key":"l"}}',
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "FEATURE_FLAGS_OFFLINE": "true",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }


@contextmanager
def running(
    root: Path,
    port: int,
    progress: Progress = lambda seconds, doing: None,
    database: str | None = None,
    public: str = "",
) -> Iterator[Server]:
    """Run the server of a corpus and stop it, with all its processes, on the way out.

    `progress` is called once a second while the server starts, with the seconds since and what it
    does now; `database` and `public` are as `start` takes them.
    Raises GoldwireError if one runs already, the port is taken or the server does not come up.
    """
    server = start(root, port, progress, database, public)
    try:
        yield server
    finally:
        _stop(server.process)
        address_path(root).unlink(missing_ok=True)


def start(
    root: Path,
    port: int,
    progress: Progress = lambda seconds, doing: None,
    database: str | None = None,
    public: str = "",
) -> Server:
    """Start the server of a corpus, wait until it answers, and leave it running.

    `database` is the address of a PostgreSQL database, without a password; None is the one used
    before, or a file in the data folder. `public` is the address of a reverse proxy before the server,
    which then answers to it too. The server's own words are in `.goldwire/studio/server.log`.
    """
    need("label_studio", "studio")
    if (address := read_address(root)) is not None:
        raise GoldwireError(f"this corpus's server runs already, at {address.url}; goldwire studio down stops it")
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise GoldwireError(f"port {port} of {HOST} is in use; stop that program, or choose another --port")
    found = read_credentials(root)
    credentials = found or _make_credentials(root)
    environment = _environment(root, credentials, public) | databases.environment(root / FOLDER, database)
    log = root / FOLDER / "server.log"
    program = [sys.executable, "-m", "goldwire.studio.server.serve"]
    command = [*program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)]
    with log.open("ab") as output, _lock(root) as lock:
        before = output.tell()
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone, and stopping reaches all it started
            pass_fds=[lock.fileno()],  # held as long as the server runs, however this process ends
        )
    url = f"http://{HOST}:{port}"
    try:  # the address first, so that a server left over by a start that was killed can be stopped
        write_bytes(address_path(root), json.dumps(asdict(Address(url, process.pid, public))).encode())
        _wait(process, url, log, before, progress)
        databases.remember(root / FOLDER, database)
    except BaseException:
        _stop(process)
        raise
    return Server(url, credentials, found is None, process)


def address_path(root: Path) -> Path:
    """The file with the address of a corpus's running server."""
    return root / FOLDER / "address.json"


def read_address(root: Path) -> Address | None:
    """The address of a corpus's server; None if none runs, even if an earlier one left its address."""
    try:
        address = Address(**read_object(address_path(root)))
    except (OSError, GoldwireError, ValueError, TypeError):
        return None
    try:
        with _lock(root):
            return None
    except GoldwireError:
        return address


def stop(root: Path) -> bool:
    """Stop the server of a corpus, however it was started; return whether one ran."""
    address = read_address(root)
    if address is None:
        return False
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(address.pid, sign)
        for _ in range(150):
            if read_address(root) is None:
                address_path(root).unlink(missing_ok=True)
                return True
            time.sleep(0.1)
    raise GoldwireError(f"the server, process {address.pid}, does not stop")


def _lock(root: Path) -> AbstractContextManager[BinaryIO]:
    """The lock that a running server holds; raises GoldwireError if one runs."""
    return locked(root / FOLDER / "lock", "a server of this corpus runs already; goldwire studio down stops it")


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, before: int, progress: Progress) -> None:
    started, direct = time.monotonic(), build_opener(ProxyHandler({}))  # a proxy knows no server of this machine
    while (seconds := int(time.monotonic() - started)) < FIRST_START:
        if process.poll() is not None:
            raise GoldwireError(f"the server stopped with status {process.returncode}; {_last_words(log)}")
        progress(seconds, _doing(log, before))
        try:
            with direct.open(f"{url}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(1)
    raise GoldwireError(f"the server did not answer within {FIRST_START} s; its words are in {log}")


def _doing(log: Path, before: int) -> str:
    """What a starting server does, by the lines of its log after those of earlier starts."""
    with log.open("rb") as file:
        file.seek(before)
        lines = file.read().decode(errors="replace").splitlines()
    doing = next(
        (line.removeprefix(SAYS) for line in reversed(lines) if line.startswith(SAYS)), "loading its settings"
    )
    migrated = sum(line.startswith("  Applying ") for line in lines)
    return f"{doing}: {migrated}" if migrated and "migrations" in doing else doing


def _last_words(log: Path) -> str:
    """The last line of the server's own that says something, which is where Python names an error."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return f"it said: {lines[-1][:200]} (all its words are in {log})" if lines else f"its words are in {log}"


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
