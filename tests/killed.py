"""Every command that writes, and a run of it that is killed before a change of a file."""

import itertools
import json
import os
import shutil
import signal
import sys

from damage import BASE
from goldwire.corpus.files import TEMPORARY
from repository import git, in_process

CHANGES = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.chown", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PAGE = "Headline of the page\nA first paragraph has several words in it.\n\nA second paragraph has some more.\n"
BLOCKS = """page: p3
publisher: The Courier
site:
rights: Free.
language: en
date:
date_note:

headline     1  Headline of the page
body         1  A first paragraph has several words in it.
standfirst   {}  A second paragraph has some more.
"""
PROPOSED = '{"id":"gpe-arda","type":"GPE","name":"Arda","aliases":["Arda"],"wikidata":null,"note":null}\n'


def corpus(place):
    shutil.copytree(BASE, place / "c")


def with_page(place):
    corpus(place)
    (place / "page.txt").write_text(PAGE)
    (place / "page.txt.blocks").write_text(BLOCKS.format(2))


def with_known_page(place):
    with_page(place)
    assert in_process(place, "add", "page.txt", "c").returncode == 0
    (place / "page.txt.blocks").write_text(BLOCKS.format(1))


def without_proposal(place):
    with_page(place)
    (place / "page.txt.blocks").unlink()


def released(place):
    corpus(place)
    assert in_process(place, "release", "--data", "major", "c").returncode == 0


def with_proposals(place):
    released(place)
    (place / "c/annotations/proposals.jsonl").write_text(PROPOSED)


def changed_after_release(place):
    released(place)
    git(place / "c", "init", "-q")
    git(place / "c", "add", "-A")
    git(place / "c", "commit", "-qm", "one")
    registry = place / "c/annotations/registry.jsonl"
    registry.write_text(registry.read_text().replace('"wikidata":null', '"wikidata":"Q1"', 1))


def stale(place):
    """Texts to write again, and one of a document that is gone."""
    with_known_page(place)
    (place / "c/annotations/gold/segments/p3.jsonl").unlink()
    for text in (place / "c/corpus/text").glob("p1*"):
        text.unlink()


def exported(place):
    corpus(place)
    assert in_process(place, "export", "jsonl", "out", "--root", "c").returncode == 0
    for file in (place / "out").iterdir():
        file.write_text("old\n")


def exported_one(place):
    corpus(place)
    assert in_process(place, "export", "conll", "out", "--root", "c").returncode == 0
    for file in (place / "out").iterdir():
        file.write_text("old\n")


def in_part(place):
    corpus(place)
    declared = place / "c/annotations/gold/set.json"
    declared.write_text(declared.read_text().replace('"p1-02": "complete"', '"p1-02": "partial"'))


def old_schemas(place):
    assert in_process(place, "schema", ".").returncode == 0
    for file in (place / "schema").iterdir():
        file.write_text("old\n")
    (place / "schema/gone.schema.json").write_text("https://goldwire.invalid/schema/gone")


def with_articles(place):
    corpus(place)
    (place / "brat").mkdir()
    for name in ("one", "two"):
        (place / f"brat/{name}.txt").write_text(f"Ada is {name}.\n")
        (place / f"brat/{name}.ann").write_text("T1\tPERSON 0 3\tAda\n")


def with_card(place):
    corpus(place)
    part = "<!-- {}: generated -->\n<!-- end -->\n"
    (place / "c/annotations/README.md").write_text(f"# Card\n\n{part.format('counts')}{part.format('croissant')}")


def unsorted(place):
    """Records out of order in each layer, and a page's."""
    corpus(place)
    for path in ("gold/entities/p1-01.jsonl", "gold/entities/p1-02.jsonl", "gold/segments/p1.jsonl", "registry.jsonl"):
        file = place / "c/annotations" / path
        file.write_text("".join(reversed(file.read_text().splitlines(keepends=True))))


def with_labels(place):
    corpus(place)
    mention = {"start": 0, "end": 4, "type": "PERSON"}
    labels = [{"document": name, "entities": [mention]} for name in ("p1-01", "p1-02", "p1-03", "p2-01")]
    (place / "labels.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in labels))


def with_submission(place):
    with_labels(place)
    assert in_process(place, *SUBMIT.split(), "--root", "c").returncode == 0


def with_shards(place):
    assert in_process(place, "derive", "out", "--n", "3", "--format", "parquet").returncode == 0


SUBMIT = "submit mine labels.jsonl --task entities --description rules --trained-on nothing --made-with rules"
CASES = {
    "init": (lambda place: None, "init c"),
    "add, the proposal": (without_proposal, "add page.txt c"),
    "add, a new page": (with_page, "add page.txt c"),
    "add, a known page": (with_known_page, "add page.txt c"),
    "import": (with_articles, "import brat brat c"),
    "import, a new corpus": (with_articles, "import brat brat new"),
    "accept": (with_proposals, "accept --root c"),
    "accept, by name": (with_proposals, "accept gpe-arda --root c"),
    "complete": (in_part, "complete p1-02 --root c"),
    "release, the first": (corpus, "release --data major c"),
    "release": (changed_after_release, "release --data minor c"),
    "release --reopen": (released, "release --reopen c"),
    "build": (stale, "build c"),
    "export": (corpus, "export jsonl out --root c"),
    "export, again": (exported, "export jsonl out --root c"),
    "export, one file": (exported_one, "export conll out --root c"),
    "report": (corpus, "report c -o report.html"),
    "schema": (old_schemas, "schema ."),
    "derive": (corpus, "derive out --n 2 --root c"),
    "derive, Parquet": (corpus, "derive out --n 2 --format parquet --root c"),
    "twins": (corpus, "twins out --root c"),
    "card": (with_card, "card c"),
    "bench --freeze": (released, "bench --freeze --task duplicates --root c"),
    "submit": (with_labels, f"{SUBMIT} --root c"),
    "submit, again": (with_submission, "submit mine --withdraw wrong --root c"),
    "fix": (unsorted, "fix c"),
    "scale score": (with_shards, "scale score out clauses --task quotes --workers 1"),
    "scale candidates": (with_shards, "scale candidates out"),
}


def state(place):
    """All files but git's and the private folder's."""
    files = (path for path in place.rglob("*") if path.is_file())
    found = {path.relative_to(place).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not {".git", ".goldwire"} & set(name.split("/"))}


def killed_at(step, place, arguments):
    """Run a command in a child that kills itself before its change of a number; return whether it got that far.

    A request to a server counts as a change.
    """
    child = os.fork()
    if child == 0:
        calls = itertools.count()

        def count():
            if next(calls) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def audit(event, given):
            is_write = event == "open" and isinstance(given[2], int) and given[2] & WRITES
            path = str(given[0]) if given else ""
            if (event in CHANGES or is_write) and not path.startswith(("/dev/", "/proc/")):
                count()

        if "httpx" in sys.modules:
            send = sys.modules["httpx"].Client.send
            sys.modules["httpx"].Client.send = lambda *given, **more: count() or send(*given, **more)
        sys.addaudithook(audit)
        try:
            in_process(place, *arguments)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


class Killed:
    """A command's state before and after it, and the kills of it."""

    def __init__(self, case, place):
        prepare, command = CASES[case]
        self.place, self.arguments, self.made = place, command.split(), place / "made"
        self.made.mkdir()
        prepare(self.made)
        self.compare()

    def compare(self):
        self.before = self.state(self.made)
        self.copy(self.place / "whole")
        done = in_process(self.place / "whole", *self.arguments)
        assert done.returncode == 0, done.stderr
        self.after = self.state(self.place / "whole")
        assert self.before != self.after

    def state(self, place):
        return state(place)

    def copy(self, place):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.made, place, symlinks=True)

    def survives(self, step):
        """Kill the command before its change of a number; return whether it got that far."""
        place = self.place / "killed"
        self.copy(place)
        if not killed_at(step, place, self.arguments):
            return False
        found = self.state(place)
        for name, data in found.items():
            is_temporary = any(TEMPORARY.fullmatch(part) for part in name.split("/"))
            is_staged = any(part.endswith(".goldwire") for part in name.split("/"))
            known = (self.before.get(name), self.after.get(name))
            assert is_temporary or is_staged or data in known, f"torn: {name}, change {step}"
        lost = {name for name in self.before if name in self.after} - set(found)
        assert not lost, f"lost: {lost}, change {step}"
        again = in_process(place, *self.arguments)
        found = self.state(place)
        assert again.returncode == 0 or found == self.after, f"not completed after change {step}: {again.stderr}"
        assert found == self.after, f"not completed after change {step}"
        assert not list(place.rglob("staging")), f"left over after change {step}"
        return True
