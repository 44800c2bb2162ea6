"""Two commands write one corpus at once, every pair of eight: `python tests/benchmarks/two_writers.py [ROUNDS] [SEED] [PAIR…]`.

The second command of a round starts at a random moment of the first, both in processes with everything imported, pull
and push with a real Label Studio. What files, exit statuses and the server's labels are then must be what one of the
two orders gives, one command after the other: anything else is counted as lost. A PAIR is written `add+pull`.
"""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import combinations_with_replacement
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from label_studio_sdk import LabelStudio

from goldwire.studio.project import find_project
from goldwire.studio.tasks import read_tasks
from repository import ROOT, free_port, git, in_process

BASE = ROOT / "tests/faults/base"
FORK = multiprocessing.get_context("fork")
PAGE = "Headline of page {0}\nPage {0} has a first paragraph of several words.\n\nIts second paragraph of page {0} has some.\n"
BLOCKS = """page: {0}
publisher: The Courier
rights: Free.
language: en

headline     1  Headline of page {0}
body         1  Page {0} has a first paragraph of several words.
standfirst   2  Its second paragraph of page {0} has some.
"""
PROPOSED = '{"id":"gpe-arda","type":"GPE","name":"Arda","aliases":["Arda"],"wikidata":null,"note":null}\n'
COMMANDS = {
    "add": ("add p3.txt c", "add p4.txt c"),
    "accept": ("accept --root c",) * 2,
    "complete": ("complete p1-02 --root c", "complete p1-03 --root c"),
    "build": ("build c",) * 2,
    "export": ("export jsonl out --root c",) * 2,
    "release": ("release --data major c", "release --reopen c"),
    "pull": ("studio pull --url {url} c",) * 2,
    "push": ("studio push --url {url} c",) * 2,
}
"""The commands, each with the one that runs beside it if a pair is twice the same."""
QUOTES = "annotations/gold/quotes/p2-01.jsonl"
PULLED, PUSHED = "p1-01", "p2-01"


class Server:
    """A running Label Studio with the gold of a corpus, where p1-01 differs since, and p2-01 of the corpus does."""

    def __init__(self, place):
        self.place = place
        port = free_port()
        command = [sys.executable, "-m", "goldwire", "studio", "up", "--port", str(port), "c"]
        self.errors = (place / "up.log").open("w")
        self.process = subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        assert self.process.stdout.readline(), (place / "up.log").read_text()
        self.url = f"http://127.0.0.1:{port}"
        token = json.loads((place / "c/.goldwire/studio/credentials.json").read_text())["token"]
        os.environ["LABEL_STUDIO_API_KEY"] = token
        self.client = LabelStudio(base_url=self.url, api_key=token)
        done = in_process(place, "studio", "push", "--url", self.url, "c")
        assert done.returncode == 0, done.stderr
        self.project = find_project(self.client, "gold").id
        self.before = {task.document: task for task in read_tasks(self.client, self.project)}
        self.was = self.before[PUSHED].submitted[-1].results
        work = self.before[PULLED].submitted[-1]
        assert '"scare"' in json.dumps(work.results)
        results = json.loads(json.dumps(work.results).replace('"scare"', '"term"'))
        self.client.annotations.update(work.id, result=results)

    def reset(self):
        """Take back what a push did."""
        for task in read_tasks(self.client, self.project):
            if task.document not in self.before or task.id != self.before[task.document].id:
                self.client.tasks.delete(str(task.id))
        self.client.annotations.update(self.before[PUSHED].submitted[-1].id, result=self.was)

    def state(self):
        """What a server has of each document, without times."""
        project = find_project(self.client, "gold")
        found = {}
        for task in read_tasks(self.client, project.id) if project else ():
            found.setdefault(f"server {task.document}", []).append([words(work.results) for work in task.work])
        return {name: json.dumps(sorted(tasks)).encode() for name, tasks in found.items()}

    def close(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.errors.close()


def words(results):
    return sorted(json.dumps(one, sort_keys=True) for one in results)


def prepared(place):
    """What all rounds start from: a corpus with something to do for each command."""
    shutil.copytree(BASE, place / "c")
    (place / "c/annotations/proposals.jsonl").write_text(PROPOSED)
    declared = place / "c/annotations/gold/set.json"
    text = declared.read_text()
    for name in ("p1-02", "p1-03"):
        text = text.replace(f'"{name}": "complete"', f'"{name}": "partial"')
    declared.write_text(text)
    for page in ("p3", "p4"):
        (place / f"{page}.txt").write_text(PAGE.format(page))
        (place / f"{page}.txt.blocks").write_text(BLOCKS.format(page))
    whole = (place / "c" / QUOTES).read_text()
    (place / "c" / QUOTES).write_text(whole.replace('"cue":{"start":68,"end":72,"text":"said"}', '"cue":null'))
    git(place / "c", "init", "-q")
    server = Server(place)
    (place / "c" / QUOTES).write_text(whole)  # what is to be pushed
    return server


def copied(base, place, pair):
    shutil.rmtree(place, ignore_errors=True)
    leave = shutil.ignore_patterns("lock", "*.holder", "label_studio*", "media", "server.log", "address.json", "home")
    shutil.copytree(base, place, symlinks=True, ignore=leave)
    for text in (place / "c/corpus/text").glob("p1*") if "build" in pair else ():
        text.write_text("old\n")  # to build again


def run(place, command, number):
    done = in_process(place, *command.split())
    (place / f"{number}.done").write_text(f"{done.returncode}\n{done.stderr}")


def outcome(place, server, has_studio):
    """The files, the exit statuses and the labels on the server, and what the commands said."""
    found = {}
    for path in place.rglob("*"):
        name = path.relative_to(place).as_posix()
        if path.is_file() and "/.goldwire/" not in f"/{name}" and "/.git/" not in f"/{name}":
            found[name] = path.read_bytes()
    said = [found.pop(f"{number}.done", b"none").decode() for number in (0, 1)]
    found |= {f"exit {number}": said[number].split("\n")[0].encode() for number in (0, 1)}
    if has_studio:
        found |= server.state()
        server.reset()
    left = [name for name in found if ".tmp" in name] + list(place.rglob("staging"))
    assert not left, left
    return found, said


def rounds(base, server, pair, times, draw):
    """Compare rounds of a pair with its two orders; return how many gave each, and the words of those that gave neither."""
    place, has_studio = base.parent / "round", {"pull", "push"} & set(pair)
    commands = [COMMANDS[name][int(pair[0] == pair[1] and i)].format(url=server.url) for i, name in enumerate(pair)]
    known, lasts = [], []
    for order in ((0, 1), (1, 0)):
        copied(base, place, pair)
        for number in order:
            started = time.monotonic()
            process = FORK.Process(target=run, args=(place, commands[number], number))
            process.start()
            process.join()
            lasts.append(time.monotonic() - started)
        known.append(outcome(place, server, has_studio)[0])
    counts, lost = [0, 0], []
    waited = 0
    for _ in range(times):
        copied(base, place, pair)
        both = [FORK.Process(target=run, args=(place, commands[number], number)) for number in draw.sample((0, 1), 2)]
        both[0].start()
        time.sleep(draw.choice((0, draw.uniform(0, lasts[0]))))
        both[1].start()
        for process in both:
            process.join()
        found, said = outcome(place, server, has_studio)
        waited += any("waiting for" in words for words in said)
        if found in known:
            counts[known.index(found)] += 1
        else:
            names = {name for one in known for name in one.keys() | found if one.get(name) != found.get(name)}
            lost.append(f"{sorted(names)}; {said}")
    return counts, waited, lost


def main(times=100, seed=1, *pairs):
    draw, lost, done = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        base.mkdir()
        server = prepared(base)
        try:
            for pair in combinations_with_replacement(COMMANDS, 2):
                if pairs and "+".join(pair) not in pairs:
                    continue
                counts, waited, faults = rounds(base, server, pair, int(times), draw)
                done, lost = done + int(times), lost + len(faults)
                shown = f"first in effect {counts[0]}, second {counts[1]}, waited aloud {waited}, lost {len(faults)}"
                print(f"{' + '.join(pair):20} {times} rounds: {shown}", *faults[:3], sep="\n  ", flush=True)
        finally:
            server.close()
    print(f"{done} rounds, lost {lost}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))
