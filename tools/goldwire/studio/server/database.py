"""The database of a server: a file in its data folder, or a PostgreSQL whose password libpq finds by itself."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from goldwire.corpus.files import write_bytes
from goldwire.model.errors import GoldwireError

REMEMBERED = "database"
SQLITE = "sqlite"
EXPECTED = "expected postgresql://USER@HOST[:PORT]/NAME, or sqlite"


def environment(folder: Path, address: str | None) -> dict[str, str]:
    """What tells Label Studio which database to use: the one asked for, or the one remembered in `folder`.

    A password comes from PGPASSWORD, PGPASSFILE or ~/.pgpass, where PostgreSQL's own programs look
    for it. Raises GoldwireError for an address that holds one, or is none.
    """
    if address is None:
        remembered = folder / REMEMBERED
        address = remembered.read_text().strip() if remembered.is_file() else SQLITE
    return {} if address == SQLITE else _postgresql(address)


def remember(folder: Path, address: str | None) -> None:
    """Keep the choice for the next start, so that nobody finds an empty project by forgetting it."""
    if address is not None:
        write_bytes(folder / REMEMBERED, f"{address}\n".encode())


def _postgresql(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        port = parts.port or 5432
    except ValueError:
        raise GoldwireError(f"{address!r} is no database; {EXPECTED}") from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.password is not None:
        raise GoldwireError(
            "the database's address holds a password, which others could read; put it in PGPASSWORD or ~/.pgpass"
        )
    if (
        parts.scheme not in ("postgresql", "postgres")
        or not (parts.hostname and parts.username and name)
        or parts.query
    ):
        raise GoldwireError(f"{address!r} is no database; {EXPECTED}")
    return {
        "DJANGO_DB": "default",
        "POSTGRE_HOST": parts.hostname,
        "POSTGRE_PORT": str(port),
        "POSTGRE_USER": unquote(parts.username),
        "POSTGRE_NAME": name,
        "POSTGRE_PASSWORD": "",  # left to libpq, which knows the places where passwords are kept
        "PGPASSFILE": os.environ.get("PGPASSFILE", str(Path.home() / ".pgpass")),  # HOME is another one there
    }
