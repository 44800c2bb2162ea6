"""Costs of whole processes, compared in one run: wall time, processor time and peak memory of each."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024  # the kernel counts kilobytes


@dataclass(frozen=True)
class Cost:
    """The cost of one run of a process: wall seconds, processor seconds, and megabytes at its peak."""

    wall: float
    cpu: float
    megabytes: float


LAUNCHER = """
import os, sys, time
began = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)])
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - began
print(os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A child's peak memory starts at its parent's size, so a small process launches it."""


def cost(command, folder, statuses=(0,)):
    """Run a command once without its output; raises SystemExit if it ends with another status."""
    launched = [sys.executable, "-S", "-c", LAUNCHER, *map(str, command)]
    compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # keep compiled modules, as an installation does
    done = subprocess.run(launched, cwd=folder, env=compiled, capture_output=True, text=True, check=True)
    said = done.stdout.split()
    if int(said[0]) not in statuses:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {said[0]}")
    return Cost(float(said[1]), float(said[2]), int(said[3]) / MEGABYTE)


def beside(commands, folder, runs):
    """The cheapest of some runs of each command; commands take turns, so that the load of the machine is the same."""
    costs = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            costs[name].append(cost(command, folder))
    return {name: min(found, key=lambda c: c.cpu) for name, found in costs.items()}


def keep(name, ratio):
    """Add a ratio, the larger the worse, to the JSON file that the variable PERF_RESULTS names, if it is set."""
    if place := os.environ.get("PERF_RESULTS"):
        known = json.loads(Path(place).read_text()) if Path(place).exists() else {}
        Path(place).write_text(json.dumps({**known, name: round(ratio, 3)}, indent=2) + "\n")


def table(costs, base, where=""):
    """The costs as a table, each with its ratio to that of `base`; goldwire's are kept, with `where` in their names."""
    lines = [f"{'':<30}{'wall':>9}{'cpu':>9}{'peak':>9}{'ratio':>8}"]
    for name, found in costs.items():
        ratio = found.cpu / costs[base].cpu
        if "goldwire" in name:
            keep(f"{name} beside {base}{where}", ratio)
        lines.append(f"{name:<30}{found.wall:>7.2f} s{found.cpu:>7.2f} s{found.megabytes:>6.0f} MB{ratio:>8.1f}")
    return "\n".join(lines)


def python(*arguments):
    return [sys.executable, *map(str, arguments)]
