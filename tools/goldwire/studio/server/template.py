"""The empty, migrated database of a first start, kept in the user's cache for the next first start.

Label Studio brings a new database through some four hundred migrations, which takes four fifths of a
first start. They end in the same tables every time, so a copy taken before there is any user is as good.
"""

import os
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from goldwire.corpus.files import sha256, write_bytes

VARIABLE = "GOLDWIRE_CACHE"
"""Where the server, which has a HOME of its own, finds the cache of the user."""
SAYS = "goldwire: "
"""What begins a line of the server's log that says what it does now."""


def cache() -> Path:
    """Return the folder that keeps databases between clones: below XDG_CACHE_HOME, or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "goldwire"


def prepare_database() -> None:
    """Give a server without a database a migrated one: a copy of the one in the cache, or one made and kept there.

    Label Studio checks all migrations itself afterwards, so what a copy lacks is made up for. Call it
    once Django is configured. Does nothing on PostgreSQL or where there is a database already.
    """
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    database = Path(chosen["NAME"])
    if not chosen["ENGINE"].endswith("sqlite3") or database.exists():
        return
    print(f"{SAYS}loading Label Studio", flush=True)
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    names = sorted(MigrationLoader(None).disk_migrations)
    kept = (
        Path(os.environ[VARIABLE])
        / f"label-studio-{version('label-studio')}-{sha256(repr(names).encode())[:12]}.sqlite3"
    )
    connection.close()  # the apps have looked for their tables already, in a file that was not there
    if is_empty(kept):
        write_bytes(database, kept.read_bytes())
        print(f"{SAYS}starting the server", flush=True)
        return
    print(f"{SAYS}making its database in {len(names)} migrations, the first time only", flush=True)
    call_command("migrate", "--no-color", verbosity=1)  # prints a line for each
    connection.close()
    print(f"{SAYS}starting the server", flush=True)
    if is_empty(database):
        keep(database, kept)


def is_empty(path: Path) -> bool:
    """Whether a file is a sound database of Label Studio that nobody has an account in."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            (sound,) = opened.execute("PRAGMA quick_check").fetchone()
            (users,) = opened.execute("SELECT count(*) FROM htx_user").fetchone()
    except sqlite3.Error:
        return False
    return bool(sound == "ok" and users == 0)


def keep(database: Path, kept: Path) -> None:
    """Copy a database into the cache; without a cache that can be written, the next first start is as long."""
    try:
        write_bytes(kept, database.read_bytes())
    except OSError as error:
        print(f"the database is not kept for the next first start: {error}", flush=True)
