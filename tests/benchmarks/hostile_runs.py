"""Bad arguments and damaged files for every command: `python tests/benchmarks/hostile_runs.py [RUNS] [SEED]`.

Each run copies a small corpus, damages a few of its files, and runs one command in a child process, with its output
closed or full now and then. It may exit with 0, 1, 2 or 130; a traceback (3), more than 20 seconds of processor
time, a minute and a half without an end or more than a gigabyte of memory is a fault. The last line counts the runs; the exit status is 1 if there was a fault.
"""

import contextlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from repository import ROOT, in_process

ALLOWED, SECONDS, MEMORY = {0, 1, 2, 130}, 20, 1 << 30
BASE = ROOT / "tests/faults/base"
SYSTEMS = """
import sys
def text(*_): sys.exit("text")
def five(*_): sys.exit(5)
def fails(*_): raise RuntimeError("\\ud800")
def deep(x): return deep(x)
def junk(*_): return [{"start": 0, "end": 1, "type": "\\ud800"}, 5, None, "x", {1, 2}]
def none(*_): return None
def closes(*_): sys.stdout.close(); return []
def fine(*_): return []
number = 5
"""
DEEP = b"[" * 200_000
WORTH = [b"", b"\n", b"{}", b"[]", b"null\n", DEEP, b'{"document":' * 9000, b"\xff\xfe\x00", b"\x00" * 99, b"1e999\n"]
WORTH += [
    b'{"id":"p1-01","entities":[{"start":0,"end":4,"type":"\\ud83d","text":"\\ud83d","\\udc00":1}]}\n',
    b"9" * 9999,
]
WORTH += [b'{"id":"p1-01","quotes":[{"content":[[0,4]],"type":"\\ud83d","speaker_entities":["\\ud83d"]}]}\n']
WORTH += [b'{"a":"p1-01","b":"p2-01","relation":"near","direction":{},"passages":[[[0,1],[0,"\\ud83d"]]]}\n']
FILES = "page.txt page.txt.blocks labels.jsonl labels.conll labels.tsv brat/p1-01.ann known.txt".split()
GOOD = "c c c/annotations/gold c/annotations/system-x labels.jsonl brat labels.conll page.txt".split()
PATHS = "c . / - nowhere /dev/full /dev/null fifo loop big.jsonl c/annotations/gold shards /proc/self/mem .. ~".split()
PATHS += ["", "a\nb", "\udcff", "x" * 300, "c/annotations/system-x", *FILES]
WORDS = (
    "0 -1 1 nan 1e9 p1-01 p9-99 entities quotes duplicates segments clauses segmenter singletons stale-text".split()
)
WORDS += (
    "mod:text mod:five mod:fails mod:deep mod:junk mod:none mod:closes mod:fine mod:number mod: :x nomod:x".split()
)
WORDS += ["9" * 30, "\udcff", "", *PATHS]
TASKS = "entities quotes duplicates segments".split()
COMMANDS = """
add P P | add page.txt c | add P P --why W
accept --root c | accept W
complete W --root c | complete --all --root c --layers T | complete --all --root P
build P | build --check P
check c | check P | check --json c | check --github c | check --sarif c
records P P | records c/annotations/gold/set.json c/corpus/documents.jsonl
fix P | fix c
import jsonl P P | import conll P c | import brat brat P | import W P P
explain W | explain --markdown | init P
diff P | diff W W P
release --data major P | release --data major c | release --reopen P
show P | show c
score P P --task T | score c/annotations/gold P --task T --covered --json
score c/annotations/gold P --task T --align | score c/annotations/gold P --task T --tag-column W
compare c/annotations/gold P P --task T --resamples W --seed W
compare c/annotations/gold P P --task T
agree P P | schema P | schema c | schema --check P | card P | card c | card --check c
twins P --root c | twins P --names real --seed W --root P | suspects --task T --root c | suspects --root P
bench --freeze --task T --root c | bench W --task T --root c --by W | bench W --twins --task T --root c
bench W --task T --root c | bench W --root P | bench --root P | bench W --task T --root c
leaderboard P | leaderboard c
submit W P --task T --description W --trained-on W --root c | submit x labels.jsonl --task T --description d --trained-on t --root c
submit W --withdraw W --root c | submit x --description W --root P
export jsonl P --root c | export brat P --root P | export conll P --set W --root c | export parquet P --root c
report c --system P -o report.html | report P -o P | report c --bench W
derive P --n W --root c | derive P --n 3 --format parquet --workers W
scale score shards W --task T --workers 1 | scale score P clauses --task quotes
scale candidates shards --threshold W --rows W | scale candidates shards
scale check shards --every W | scale score shards clauses --task quotes --workers W
studio status P | studio down P | studio pull P | studio push c | studio status c
studio status c --url http://127.0.0.1:1 --token-file P | studio invite c
W | W W | --version | --help
"""
LINES = [[line.split() for line in group.split(" | ")] for group in COMMANDS.strip().splitlines()]


def prepared(place):
    """What every run starts from: a corpus, shards, hand-ins, systems, and files that are no files."""
    shutil.copytree(BASE, place / "c")
    shutil.copytree(BASE / "annotations/gold", place / "c/annotations/system-x")
    record = (place / "c/annotations/system-x/set.json").read_text()
    record = record.replace('"gold"', '"system-x"', 1).replace('"gold"', '"system"', 1)
    (place / "c/annotations/system-x/set.json").write_text(record)
    (place / "c/.goldwire/studio").mkdir(parents=True)
    for name in ("credentials.json", "address.json", "base.json", "lock", "../lock", "../lock.holder"):
        (place / "c/.goldwire/studio" / name).write_text("{}")
    (place / "c/.goldwire/studio/address.json").write_text('{"url": "http://127.0.0.1:1", "pid": 1073741824}')
    assert in_process(place, "schema", "c").returncode == 0
    (place / "c/annotations/README.md").write_text("<!-- counts: generated -->\n<!-- end -->\n")
    (place / "mod.py").write_text(SYSTEMS)
    import_module("goldwire.cli.studio")
    import_module("goldwire.studio.session")  # its libraries take seconds to load
    (place / "brat").mkdir()
    assert in_process(place, "derive", "shards", "--n", "3", "--format", "parquet").returncode == 0
    for step in (("score", "shards", "clauses", "--task", "quotes"), ("candidates", "shards")):
        assert in_process(place, "scale", *step).returncode == 0
    os.truncate(os.open(place / "big.jsonl", os.O_CREAT | os.O_WRONLY), 3 << 30)
    (place / "loop").symlink_to("loop")
    return place


def damage(place, draw):
    """Damage a file that a command may read."""
    found = [path for path in place.rglob("*") if path.is_file() and path.stat().st_size < 1 << 24]
    path = draw.choice(found)
    data = path.read_bytes()
    at = draw.randrange(len(data) + 1)
    ways = [
        lambda: path.write_bytes(data[:at]),
        lambda: path.write_bytes(data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]),
        lambda: path.write_bytes(data[:at] + draw.choice(WORTH) + data[at:]),
        lambda: path.write_bytes(draw.choice(WORTH)),
        lambda: path.unlink(),
        lambda: (path.unlink(), path.mkdir()),
        lambda: (path.unlink(), os.mkfifo(path)),
        lambda: (path.unlink(), path.symlink_to(draw.choice(["loop", "/dev/full", "/", "nowhere"]))),
    ]
    draw.choice(ways)()


def arguments(draw):
    pools = {"P": GOOD if draw.random() < 0.7 else PATHS, "W": WORDS, "T": TASKS}
    made = [draw.choice(pools[word]) if word in pools else word for word in draw.choice(draw.choice(LINES))]
    return [word for word in made if draw.random() > 0.02]


def child(place, argv, output):
    """Run the command line as the interpreter would, and leave with its exit status."""
    from goldwire.cli.main import run

    signal.alarm(90)
    os.chdir(place)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
    errors = os.open(place / "stderr", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(errors, 2)
    sys.stderr = open(2, "w", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115
    if output == "closed":
        os.close(1)
        sys.stdout = None
    else:
        os.dup2(os.open("/dev/full" if output == "full" else place / "stdout", os.O_CREAT | os.O_WRONLY), 1)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["goldwire", *argv]
    status = 0
    try:
        run()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    except BaseException:
        status = 3
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        status = 120
    os._exit(status)


def one_run(base, place, number, seed):
    draw = random.Random(f"{seed}-{number}")
    shutil.copytree(base, place, symlinks=True, ignore=shutil.ignore_patterns("big.jsonl"))
    os.link(base / "big.jsonl", place / "big.jsonl")
    for name in FILES:
        (place / name).write_bytes(draw.choice(WORTH))
    os.mkfifo(place / "fifo")
    for _ in range(draw.choice([0, 1, 1, 2, 3])):
        damage(place, draw)
    argv, output = arguments(draw), draw.choice(["file"] * 6 + ["closed", "full"])
    pid = os.fork()
    if pid == 0:
        child(place, argv, output)
    _, code, used = os.wait4(pid, 0)
    status = os.waitstatus_to_exitcode(code)
    with contextlib.suppress(OSError):
        errors = (place / "stderr").read_text(errors="replace").strip().splitlines()
    shutil.rmtree(place, ignore_errors=True)
    fault = status not in ALLOWED or used.ru_utime + used.ru_stime > SECONDS or used.ru_maxrss << 10 > MEMORY
    if fault:
        print(
            f"run {number}: exit {status}, {used.ru_utime + used.ru_stime:.1f} s, {used.ru_maxrss >> 10} MB, output {output}"
        )
        print(f"  {argv!r}\n  " + "\n  ".join(line[:200] for line in errors[-4:]), flush=True)
    return status, fault


def main(runs=1000, seed=1, first=0):
    with tempfile.TemporaryDirectory() as folder:
        base = prepared(Path(folder) / "base")
        done = Counter(one_run(base, Path(folder) / "run", number, seed) for number in range(first, first + runs))
    exits = Counter({status: 0 for status, _ in done})
    for (status, _), times in done.items():
        exits[status] += times
    faults = sum(times for (_, fault), times in done.items() if fault)
    print(f"{runs} runs, exits {dict(sorted(exits.items()))}, faults {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
