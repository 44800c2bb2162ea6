"""Where the steps of a large corpus run: in this process, in several on this machine, or on a Ray cluster.

A step is a function of a shard's number that writes its result to a file of its own, atomically. So it does not
matter where it runs or how often, and a step that was lost runs again.
"""

import logging
import os
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import ModuleType
from typing import Literal, TypeVar, get_args

from goldwire.model.errors import GoldwireError
from goldwire.model.extras import need

EngineName = Literal["local", "ray"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
AHEAD = 2
"""Shards that a worker has in its queue, with the one that it works on."""
PATIENCE = 10
"""Seconds in which the head of a cluster must accept a connection; Ray itself would try for minutes."""
HEAD = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>\d{1,5})")
R = TypeVar("R")


def run(
    step: Callable[[int], R], shards: Sequence[int], workers: int = 1, engine: EngineName = "local"
) -> Iterator[tuple[int, R]]:
    """Yield each shard with the value that its step returned, in the order in which they finish.

    The cluster is the one at RAY_ADDRESS, or a new one of `workers` processes. Raises GoldwireError if a process on
    this machine died, or if there is no cluster at the address; the shards of a dead node go to another.
    """
    if engine == "ray":
        yield from _on_ray(step, shards, workers)
    elif workers == 1:
        yield from ((shard, step(shard)) for shard in shards)
    else:
        yield from _in_processes(step, shards, workers)


def _in_processes(step: Callable[[int], R], shards: Sequence[int], workers: int) -> Iterator[tuple[int, R]]:
    todo = iter(shards)
    running: dict[Future[R], int] = {}
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
            raise GoldwireError("a worker died; its finished shards are kept: run the same command again") from None
        finally:
            for future in running:
                future.cancel()


def _on_ray(step: Callable[[int], R], shards: Sequence[int], workers: int) -> Iterator[tuple[int, R]]:
    ray = _connected(workers)
    remote = ray.remote(max_retries=-1)(call_step)  # the shards of a lost worker run again
    shared_step = ray.put(step)
    todo = iter(shards)
    running: dict[object, int] = {}
    try:
        while True:
            cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
            while len(running) < cores * AHEAD and (shard := next(todo, None)) is not None:
                running[remote.remote(shared_step, shard)] = shard
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                yield running.pop(reference), ray.get(reference)
    finally:
        ray.shutdown()


def call_step(step: Callable[[int], R], shard: int) -> R:
    """Run a step on one shard; a cluster finds this function by its name."""
    return step(shard)


def _connected(workers: int) -> ModuleType:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would send usage statistics to its makers
    address = os.environ.get("RAY_ADDRESS")
    if not address or address.startswith("127."):
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # elsewhere the default: loopback alone
    ray: ModuleType = need("ray", "ray")
    settings = {"address": address} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        _connect(address or "")
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **settings)
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        if not address:
            raise GoldwireError(f"Ray does not start on this machine: {error}") from None
        raise GoldwireError(
            f"no Ray cluster at {address} ({error}); expected RAY_ADDRESS as host:port of its head, or no RAY_ADDRESS"
        ) from None
    return ray


def _connect(address: str) -> None:
    """Raise OSError if nothing listens at a host:port."""
    head = HEAD.fullmatch(address)
    if head:
        socket.create_connection((head["host"], int(head["port"])), PATIENCE).close()
