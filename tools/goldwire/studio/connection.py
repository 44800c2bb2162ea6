"""The way to a Label Studio: one's own, or one that runs elsewhere, with a token that no argument ever holds."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from goldwire.model.errors import GoldwireError
from goldwire.studio.server import process as servers

TOKEN = "LABEL_STUDIO_API_KEY"
"""Environment variable of the token: the name that Label Studio's own SDK reads."""
VERSION = "1.23"
"""Release of Label Studio whose behaviour is known, but for its last number."""
TIMEOUT = 120.0
"""Seconds that one answer may take; the import of a large corpus is one request."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A client that was let in, and what names its server in the files that remember it."""

    client: LabelStudio
    url: str
    name: str


def connect(root: Path, url: str | None = None, token_file: Path | None = None) -> Connection:
    """Connect to the corpus's own server, or to the one at `url` with a token from the environment or a file.

    A personal access token and a legacy one will do both. Raises GoldwireError where there is no
    token, others may read it, nobody answers, it is refused, or another version runs there.
    """
    if url is None:
        if token_file is not None:
            raise GoldwireError("--token-file goes with --url; the corpus's own server has its token already")
        url, token, name = _own_url(root), _own_token(root), "own"
    else:
        url = _checked_url(url)
        token, name = _token(token_file), "".join(c if c.isalnum() else "-" for c in url.split("://")[1])
    with telling(url):
        client = LabelStudio(base_url=url, api_key=token, timeout=TIMEOUT)
        client.users.whoami()
        version: Any = client.versions.get()
    _check_version(url, str(version.release))
    return Connection(client, url, name)


@contextmanager
def telling(url: str) -> Iterator[None]:
    """Turn what goes wrong between us and a server into one line."""
    try:
        yield
    except httpx.TimeoutException:
        raise GoldwireError(f"{url} does not answer in time; try again, or look at the server") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GoldwireError(
            f"no Label Studio answers at {url} ({error}); is it running, and is that its address?"
        ) from None
    except ApiError as error:
        raise GoldwireError(_refusal(url, error)) from None
    except json.JSONDecodeError:
        raise GoldwireError(f"what answers at {url} is no Label Studio; check the address") from None


def _refusal(url: str, error: ApiError) -> str:
    if error.status_code in (401, 403):
        return f"{url} refuses the token; take a valid one from its page “Account & Settings” and put it in {TOKEN}"
    if error.status_code in (None, 200, 404):  # an answer that the SDK cannot read, or none at all
        return f"what answers at {url} is no Label Studio; check the address"
    body = error.body if isinstance(error.body, dict) else {}
    said = str(body.get("detail") or "an error page; its own log says why")[:200].replace("\n", " ")
    return f"{url} answers with status {error.status_code}: {said}"


def _own_url(root: Path) -> str:
    address = servers.read_address(root)
    if address is None:
        raise GoldwireError("no Label Studio runs here; start it with: goldwire studio up")
    return address.url


def _own_token(root: Path) -> str:
    path = servers.credentials_path(root)
    if path.exists():
        check_private(path)
    credentials = servers.read_credentials(root)
    if credentials is None:
        raise GoldwireError(f"no credentials in {path}; start with: goldwire studio up")
    return credentials.token


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host:
        raise GoldwireError(f"{url!r} is no address; expected one like https://labels.example.org")
    if parts.username or parts.password:
        raise GoldwireError(f"the address holds a user or a password; leave them out and put the token in {TOKEN}")
    return url.rstrip("/")


def _token(file: Path | None) -> str:
    if file is not None:
        check_private(file)
        token = file.read_text(encoding="utf-8", errors="replace").strip()
    else:
        token = os.environ.get(TOKEN, "").strip()
    if not token:
        where = f"{file} is empty" if file else f"{TOKEN} is not set"
        raise GoldwireError(f"{where}; put the token of your account there, or name a file of yours with --token-file")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise GoldwireError("the token holds characters that no token has; copy it anew")
    return token


def check_private(path: Path) -> None:
    """Raise GoldwireError where a file with a secret is not there, or is open to others than its owner."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise GoldwireError(f"{path}: {error.strerror}; expected a file with the token alone") from None
    if stat.S_IMODE(mode) & 0o077:
        raise GoldwireError(f"others can read {path} (mode {stat.S_IMODE(mode):o}); close it with: chmod 600 {path}")


def _check_version(url: str, version: str) -> None:
    if version.split(".")[:2] != VERSION.split("."):
        raise GoldwireError(
            f"{url} runs Label Studio {version}; goldwire knows {VERSION}, whose behaviour it was tested on"
        )
