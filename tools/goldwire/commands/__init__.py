"""The commands, one module each: TEXT and EXAMPLE for its help, `add` says what it takes, `run` runs it."""

from types import ModuleType

from goldwire.commands import (
    accept,
    add,
    agree,
    bench,
    build,
    card,
    check,
    compare,
    derive,
    diff,
    explain,
    export,
    init,
    leaderboard,
    records,
    release,
    report,
    scale,
    schema,
    score,
    show,
    studio,
)

COMMANDS: dict[str, ModuleType] = {
    "add": add,
    "accept": accept,
    "build": build,
    "check": check,
    "records": records,
    "explain": explain,
    "init": init,
    "diff": diff,
    "release": release,
    "show": show,
    "score": score,
    "compare": compare,
    "agree": agree,
    "schema": schema,
    "card": card,
    "bench": bench,
    "leaderboard": leaderboard,
    "export": export,
    "report": report,
    "derive": derive,
    "scale": scale,
    "studio": studio,
}
"""In the order that `goldwire --help` lists them."""
