"""Where the steps of a large corpus run: in this process, in some more on this machine, or on a Ray cluster.

A step is a function of a shard's number that leaves its result in a file of its own, whole or not at
all. So it does not matter where it runs or how often, and what was lost is done again.
"""

import logging
import os
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Literal, get_args

from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
AHEAD = 2
"""Shards a worker is handed before it has finished the one it works on."""
PATIENCE = 10
"""Seconds in which the head of a cluster must take a connection; Ray itself would try for minutes."""
HEAD = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>\d{1,5})")
Step = Callable[[int], Any]


def run(
    step: Step, shards: Sequence[int], workers: int = 1, engine: EngineName = "local"
) -> Iterator[tuple[int, Any]]:
    """Yield every shard with what its step returned, as they are done.

    The cluster is the one at RAY_ADDRESS, or one of `workers` processes started for the purpose. Raises
    GoldwireError where a process on this machine died; on a cluster, its shards go to another.
    """
    if engine == "ray":
        yield from _on_ray(step, shards, workers)
    elif workers == 1:
        yield from ((shard, step(shard)) for shard in shards)
    else:
        yield from _in_processes(step, shards, workers)


def _in_processes(step: Step, shards: Sequence[int], workers: int) -> Iterator[tuple[int, Any]]:
    todo = iter(shards)
    running: dict[Future[Any], int] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            while True:
                while len(running) < workers * AHEAD and (shard := next(todo, None)) is not None:
                    running[pool.submit(step, shard)] = shard
                if not running:
                    return
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(done), done.result()
        except BrokenProcessPool:
            raise GoldwireError("a worker died; what it had finished is kept: give the same command again") from None
        finally:
            for future in running:
                future.cancel()


def _on_ray(step: Step, shards: Sequence[int], workers: int) -> Iterator[tuple[int, Any]]:
    ray = _connected(workers)
    remote = ray.remote(max_retries=-1)(step_of)  # a lost worker loses nothing: its shard is done again
    held = ray.put(step)
    todo = iter(shards)
    running: dict[Any, int] = {}
    try:
        while True:
            cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
            while len(running) < cores * AHEAD and (shard := next(todo, None)) is not None:
                running[remote.remote(held, shard)] = shard
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                yield running.pop(reference), ray.get(reference)
    finally:
        ray.shutdown()


def step_of(step: Step, shard: int) -> Any:
    """A step of one shard: what a cluster calls by name."""
    return step(shard)


def _connected(workers: int) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing of ours goes out
    address = os.environ.get("RAY_ADDRESS")
    if not address or address.startswith("127."):
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # elsewhere the default: loopback alone
    ray = need("ray", "ray")
    settings: dict[str, Any] = {"address": address} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        _knock(address or "")
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **settings)
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        if not address:
            raise GoldwireError(f"Ray does not start on this machine: {error}") from None
        raise GoldwireError(
            f"no Ray cluster at {address} ({error}); expected RAY_ADDRESS as host:port of its head, or none at all"
        ) from None
    return ray


def _knock(address: str) -> None:
    head = HEAD.fullmatch(address)
    if head:
        socket.create_connection((head["host"], int(head["port"])), PATIENCE).close()
