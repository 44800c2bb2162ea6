"""Every command that writes, killed before each of its changes of files: `python tests/benchmarks/kills.py [CASE…]`.

After each kill every file is as before or as after the command, none is gone, and the command run again completes.
`pull` and `push` work with a real Label Studio, and are killed before each of their requests too; the labels on the
server are compared as files are.
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from two_writers import copied, prepared

from killed import CASES, Killed, state
from repository import in_process

STUDIO = {
    "studio pull": "studio pull --url {} c",
    "studio pull, released": "studio pull --url {} c",
    "studio push": "studio push --url {} c",
    "studio push, all": "studio push --url {} c",
}


class KilledWithServer(Killed):
    """A command that works with a server, whose labels are a part of the state."""

    def __init__(self, case, place, base, server):
        self.place, self.made, self.server, self.case = place, base, server, case
        self.arguments = STUDIO[case].format(server.url).split()
        if case == "studio pull, released":
            self.made = place / "made"
            copied(base, self.made, ())
            assert in_process(self.made, "release", "--data", "major", "c").returncode == 0
        self.take_back()
        self.compare()

    def take_back(self):
        if self.case != "studio push, all":
            self.server.reset()
        for project in self.server.client.projects.list() if self.case == "studio push, all" else ():
            self.server.client.projects.delete(id=project.id)

    def state(self, place):
        return state(place) | self.server.state()

    def copy(self, place):
        self.take_back()
        copied(self.made, place, ())


def kills(killed):
    """Kill a command before each of its changes; return the number of kills and what went wrong."""
    step, wrong = 0, []
    while True:
        try:
            if not killed.survives(step):
                return step, wrong
        except AssertionError as error:
            wrong.append(str(error)[:300])
        step += 1


def main(*cases):
    total, faults, server = 0, 0, None
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        for case in cases or [*CASES, *STUDIO]:
            place = Path(folder) / "case"
            place.mkdir()
            if case in STUDIO and server is None:
                base.mkdir()
                server = prepared(base)
            killed = Killed(case, place) if case in CASES else KilledWithServer(case, place, base, server)
            times, wrong = kills(killed)
            total, faults = total + times, faults + len(wrong)
            print(f"{case:22} {times:4} kills, faults {len(wrong)}", *wrong[:3], sep="\n  ", flush=True)
            shutil.rmtree(place)
        if server is not None:
            server.close()
    print(f"{total} kills, faults {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
