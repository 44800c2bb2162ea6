"""The same steps on a Ray cluster of two nodes: the same bytes, also when a node dies."""

import os
import threading

import pytest

from goldwire.cli.main import main
from goldwire.derive.scale.shards import table_path
from repository import ROOT

COMMAND = ["--n", "4200", "--seed", "4", "--format", "parquet", "--root", str(ROOT)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    out = tmp_path_factory.mktemp("alone") / "shards"
    assert main(["derive", str(out), *COMMAND]) == 0
    return out


@pytest.fixture
def cluster(monkeypatch):
    """Two nodes of one worker each, on this machine and with little memory; nothing listens beyond it."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_worker_niceness", "0")  # Ray's workers would run after all other tests
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "tools"), str(ROOT / "tests")]))
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # makes Ray use the loopback alone
    from ray.cluster_utils import Cluster

    little = {
        "num_cpus": 1,
        "object_store_memory": 80_000_000,
        "include_dashboard": False,
        "node_ip_address": "127.0.0.1",
    }
    made = Cluster(initialize_head=True, head_node_args=little)
    made.second = made.add_node(**{key: value for key, value in little.items() if key != "include_dashboard"})
    monkeypatch.setenv("RAY_ADDRESS", made.address)
    yield made
    made.shutdown()


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.suffix != ".tmp"
    }


def test_a_cluster_that_loses_a_node_writes_the_same_bytes(cluster, alone, tmp_path):
    out = tmp_path / "shards"

    def kill_after_the_first_shard():
        while not any(table_path(out, "documents", shard).is_file() for shard in range(3)):
            if killed.wait(0.05):
                return
        cluster.remove_node(cluster.second, allow_graceful=False)
        killed.set()

    killed = threading.Event()
    killer = threading.Thread(target=kill_after_the_first_shard)
    killer.start()
    try:
        assert main(["derive", str(out), *COMMAND, "--engine", "ray"]) == 0
    finally:
        done = killed.is_set()
        killed.set()
        killer.join()
    assert done, "the run ended before the node was lost"
    assert files(out) == files(alone)


@pytest.mark.parametrize(
    "address", ["127.0.0.1:9", "ray://127.0.0.1:9", "127.0.0.1:99999", "nobody.invalid:6379", "127.0.0.1"]
)
def test_a_missing_cluster_is_reported_at_once(address, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("RAY_ADDRESS", address)
    assert main(["derive", str(tmp_path / "shards"), *COMMAND, "--engine", "ray"]) == 2
    message = capsys.readouterr().err
    assert f"no Ray cluster at {address} (" in message
    assert "expected RAY_ADDRESS as host:port" in message
