"""Connections to a Label Studio: the corpus's own, or one that runs elsewhere; no argument contains the token."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from goldwire.model.errors import GoldwireError
from goldwire.studio.release import SERIES
from goldwire.studio.server import process as servers

TOKEN = "LABEL_STUDIO_API_KEY"
"""Environment variable of the token, the same that Label Studio's SDK reads."""
OWN = "own"
"""The name of the corpus's own server."""
TIMEOUT = 120.0
"""Seconds that one response may take; the import of a large corpus is one request."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An authenticated client, and the name of its server in the files of the synchronisation state."""

    client: LabelStudio
    url: str
    name: str
    shown: str
    """The address for people, in links; that of a reverse proxy if one is before the server."""


def connect(root: Path, url: str | None = None, token_file: Path | None = None) -> Connection:
    """Connect to the corpus's own server, or to the one at `url` with a token from the environment or a file.

    The token is a personal access token or a legacy one. Raises GoldwireError if there is no token,
    other users can read it, nothing answers, it is refused, or another version runs there.
    """
    if url is None:
        if token_file is not None:
            raise GoldwireError("--token-file goes with --url; the corpus's own server has its own token")
        own = _own_address(root)
        url, name, shown = own.url, OWN, own.public or own.url
        tokens = _own_tokens(root)
    else:
        url = shown = checked_url(url)
        tokens, name = [_token(token_file)], "".join(c if c.isalnum() else "-" for c in url.split("://")[1])
    with server_errors(url):
        client = _accepted(url, tokens)
        version = str(client.versions.get().release)
    _check_version(url, version)
    return Connection(client, url, name, shown)


def _accepted(url: str, tokens: list[str]) -> LabelStudio:
    """A client with the first token that the server accepts; raises ApiError if it accepts none.

    A proxy from the environment is not used for this machine: it would see the token and the labels.
    """
    http = httpx.Client(timeout=TIMEOUT, follow_redirects=True, trust_env=not _is_here(url))
    for token in tokens[:-1]:
        client = LabelStudio(base_url=url, api_key=token, httpx_client=http, timeout=TIMEOUT)
        with _refusal_passed():
            client.users.whoami()
            return client
    client = LabelStudio(base_url=url, api_key=tokens[-1], httpx_client=http, timeout=TIMEOUT)
    client.users.whoami()
    return client


@contextmanager
def _refusal_passed() -> Iterator[None]:
    """Continue after a token is refused."""
    try:
        yield
    except ApiError as error:
        if error.status_code not in (401, 403):
            raise


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@contextmanager
def server_errors(url: str) -> Iterator[None]:
    """Raise GoldwireError, which is one line, for any error of the network or of the server at `url`."""
    try:
        yield
    except httpx.TimeoutException:
        raise GoldwireError(f"{url} does not answer within {TIMEOUT:.0f} s; try again, or check the server") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GoldwireError(
            f"no Label Studio answers at {url} ({error}); check that it runs, and its address"
        ) from None
    except ApiError as error:
        raise GoldwireError(_refusal(url, error)) from None
    except json.JSONDecodeError:
        raise GoldwireError(f"the server at {url} is not a Label Studio; check the address") from None


def _refusal(url: str, error: ApiError) -> str:
    if error.status_code in (401, 403):
        return f"{url} refuses the token; take a valid one from its page “Account & Settings” and put it in {TOKEN}"
    if error.status_code in (None, 200, 404):  # a response that the SDK cannot read
        return f"the server at {url} is not a Label Studio; check the address"
    body = error.body if isinstance(error.body, dict) else {}
    message = str(body.get("detail") or "an error page; see its log")[:200].replace("\n", " ")
    return f"{url} answers with status {error.status_code}: {message}"


def _own_address(root: Path) -> servers.Address:
    address = servers.read_address(root)
    if address is None:
        raise GoldwireError("no Label Studio runs here; start it with: goldwire studio up")
    return address


def _own_tokens(root: Path) -> list[str]:
    """The stored token of the corpus's own server, and the one of the environment, if it was replaced."""
    path = servers.credentials_path(root)
    if path.exists():
        check_private(path)
    credentials = servers.read_credentials(root)
    other = [_token(None)] if os.environ.get(TOKEN, "").strip() else []
    if credentials is None and not other:
        raise GoldwireError(f"no credentials in {path}; start with: goldwire studio up")
    return [*([credentials.token] if credentials else []), *other]


def checked_url(url: str) -> str:
    """An address without the slash at its end; raises GoldwireError if it is none, or contains a secret."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host:
        raise GoldwireError(f"{url!r} is not an address; expected one like https://labels.example.org")
    if parts.username or parts.password:
        raise GoldwireError(f"the address contains a user or a password; remove them and put the token in {TOKEN}")
    return url.rstrip("/")


def _token(file: Path | None) -> str:
    if file is not None:
        check_private(file)
        token = file.read_text(encoding="utf-8", errors="replace").strip()
    else:
        token = os.environ.get(TOKEN, "").strip()
    if not token:
        where = f"{file} is empty" if file else f"{TOKEN} is not set"
        raise GoldwireError(f"{where}; put the token of your account there, or use --token-file")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise GoldwireError("the token contains characters that no token has; copy it again")
    return token


def check_private(path: Path) -> None:
    """Raise GoldwireError if a file with a secret does not exist or anyone but its owner can read it."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise GoldwireError(f"{path}: {error.strerror}; expected a file with only the token") from None
    if stat.S_IMODE(mode) & 0o077:
        raise GoldwireError(f"other users can read {path} (mode {stat.S_IMODE(mode):o}); fix: chmod 600 {path}")


def _check_version(url: str, version: str) -> None:
    if version.split(".")[:2] != SERIES.split("."):
        raise GoldwireError(
            f"{url} runs Label Studio {version}; goldwire supports only {SERIES}, which it is tested with"
        )
