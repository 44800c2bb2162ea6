"""The database of a server: a file in its data folder, or PostgreSQL, whose password libpq reads itself."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from goldwire.corpus.files import write_bytes
from goldwire.model.errors import GoldwireError

STORED = "database"
SQLITE = "sqlite"
EXPECTED = "expected postgresql://USER@HOST[:PORT]/NAME, or sqlite"


def environment(folder: Path, address: str | None) -> dict[str, str]:
    """The environment variables that select a database: the given one, or else the last one, stored in `folder`.

    libpq reads the password from PGPASSWORD, PGPASSFILE or ~/.pgpass, as PostgreSQL's own programs do.
    Raises GoldwireError for an invalid address, or one that contains a password.
    """
    if address is None:
        stored = folder / STORED
        address = stored.read_text().strip() if stored.is_file() else SQLITE
    return {} if address == SQLITE else _postgresql(address)


def remember(folder: Path, address: str | None) -> None:
    """Store the choice for the next start, so that nobody finds an empty project after leaving it out."""
    if address is not None:
        write_bytes(folder / STORED, f"{address}\n".encode())


def _postgresql(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        port = parts.port or 5432
    except ValueError:
        raise GoldwireError(f"{address!r} is not a database; {EXPECTED}") from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.password is not None:
        raise GoldwireError(
            "the address of the database contains a password, which others can read; put it in PGPASSWORD or ~/.pgpass"
        )
    if (
        parts.scheme not in ("postgresql", "postgres")
        or not (parts.hostname and parts.username and name)
        or parts.query
    ):
        raise GoldwireError(f"{address!r} is not a database; {EXPECTED}")
    return {
        "DJANGO_DB": "default",
        "POSTGRE_HOST": parts.hostname,
        "POSTGRE_PORT": str(port),
        "POSTGRE_USER": unquote(parts.username),
        "POSTGRE_NAME": name,
        "POSTGRE_PASSWORD": "",  # libpq finds it in the places named above
        "PGPASSFILE": os.environ.get("PGPASSFILE", str(Path.home() / ".pgpass")),  # the server has a HOME of its own
    }
