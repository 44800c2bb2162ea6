"""Two commands write one corpus at once: both complete, and nothing of either is lost.

Two rounds a pair, or GOLDWIRE_ROUNDS; the second command starts at a random moment of the first.
"""

import multiprocessing
import os
import random
import shutil
import time

import pytest

from damage import BASE
from repository import in_process

ROUNDS = int(os.environ.get("GOLDWIRE_ROUNDS", "2"))
FORK = multiprocessing.get_context("fork")  # so that both run at once, with everything imported
PAGE = "Headline of page {}\nPage {} has a first paragraph of several words.\n\nIts second paragraph of page {} has some.\n"
BLOCKS = """page: {}
publisher: The Courier
rights: Free.
language: en

headline     1  Headline of page {}
body         1  Page {} has a first paragraph of several words.
standfirst   2  Its second paragraph of page {} has some.
"""
PROPOSED = '{"id":"gpe-arda","type":"GPE","name":"Arda","aliases":["Arda"],"wikidata":null,"note":null}\n'
REGISTRY = "annotations/registry.jsonl"


def is_added(page):
    texts = [f"corpus/text/{page}-{n:02}.txt" for n in (1, 2)]
    return lambda root: all((root / path).is_file() for path in (*texts, f"annotations/gold/segments/{page}.jsonl"))


def is_accepted(root):
    return "gpe-arda" in (root / REGISTRY).read_text() and not (root / "annotations/proposals.jsonl").exists()


def is_complete(root):
    return '"partial"' not in (root / "annotations/gold/set.json").read_text()


def is_exported(root):
    """The export has all of one state of the corpus."""
    tables = {path.stem: path.read_text() for path in (root.parent / "out").glob("*.jsonl")}
    return sorted(tables) == ["documents", "entities", "pages", "pairs"] and all(
        ('"p3' in tables["pages"]) == (f'"p3-{n:02}"' in tables["documents"]) for n in (1, 2)
    )


def is_released(root):
    return "## Data 1.0.0" in (root / "CHANGELOG.md").read_text()


def is_built(root):
    return all(
        (root / path.relative_to(BASE)).read_bytes() == path.read_bytes() for path in BASE.glob("corpus/text/*")
    )


COMMANDS = {
    "add": ("add p3.txt c", is_added("p3")),
    "add another": ("add p4.txt c", is_added("p4")),
    "accept": ("accept --root c", is_accepted),
    "complete": ("complete p1-02 --root c", is_complete),
    "export": ("export jsonl out --root c", is_exported),
    "export another": ("export jsonl out --root c", is_exported),
    "release": ("release --data major c", is_released),
    "build": ("build c", is_built),
}
PAIRS = [
    ("add", "add another"),
    ("add", "accept"),
    ("add", "complete"),
    ("add", "export"),
    ("accept", "export"),
    ("build", "add"),
    ("build", "accept"),
    ("add", "release"),
    ("export", "export another"),
]


def prepared(place):
    shutil.copytree(BASE, place / "c")
    (place / "c/annotations/proposals.jsonl").write_text(PROPOSED)
    declared = place / "c/annotations/gold/set.json"
    declared.write_text(declared.read_text().replace('"p1-02": "complete"', '"p1-02": "partial"'))
    for page in ("p3", "p4"):
        (place / f"{page}.txt").write_text(PAGE.format(page, page, page))
        (place / f"{page}.txt.blocks").write_text(BLOCKS.format(page, page, page, page))


def run(place, command, name):
    done = in_process(place, *command.split())
    (place / f"{name}.err").write_text(f"{done.returncode}\n{done.stderr}")


@pytest.mark.parametrize("pair", PAIRS, ids=" x ".join)
def test_two_writers_lose_nothing_of_either(pair, tmp_path):
    draw = random.Random(" ".join(pair))
    prepared(tmp_path / "alone")
    started = time.monotonic()
    run(tmp_path / "alone", COMMANDS[pair[0]][0], pair[0])
    lasts = time.monotonic() - started
    for number in range(ROUNDS):
        place = tmp_path / str(number)
        prepared(place)
        if "build" in pair:  # texts to write again; add refuses them, so build is the first to take the lock
            for text in (place / "c/corpus/text").glob("p1*"):
                text.write_text("old\n")
            names = sorted(pair, key=lambda name: name != "build")
        else:
            names = draw.sample(pair, 2)
        both = [FORK.Process(target=run, args=(place, COMMANDS[name][0], name)) for name in names]
        both[0].start()
        time.sleep(0.2 if "build" in pair else draw.uniform(0, lasts))
        both[1].start()
        for process in both:
            process.join()
        for name in pair:
            said = (place / f"{name}.err").read_text()
            assert said.startswith("0\n"), f"round {number}, {name}: {said}"
            assert COMMANDS[name][1](place / "c"), f"round {number}: {name} is lost"
        found = [line for line in in_process(place, "check", "c").stdout.splitlines() if line.startswith("c/")]
        assert all("unused-entity: no label uses gpe-arda" in line for line in found), f"round {number}: {found}"
        shutil.rmtree(place)
