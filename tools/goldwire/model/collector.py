"""The garbage collector while a corpus is read. This module imports nothing of goldwire."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Turn the garbage collector off: everything read stays in use, and each collection would scan all of it.

    tests/benchmarks/check_speed.py shows what this saves.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
