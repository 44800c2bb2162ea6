"""Shards: the same bytes from one worker, two, or a killed run that is resumed; labels and scores as in a folder."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import combinations

import pytest

import goldwire
from goldwire.bench.baselines.splitters import blank_lines
from goldwire.bench.judging import judge
from goldwire.cli.main import main
from goldwire.derive.scale import minhash, shards
from goldwire.derive.scale.shard_gold import shard_gold
from goldwire.scoring.settings import Settings
from repository import ROOT

N = 3000


def derive(out, *arguments, n=90, seed=4, difficulty="hostile"):
    name = ["--n", str(n), "--seed", str(seed), "--difficulty", difficulty]
    assert main(["derive", str(out), *name, "--root", str(ROOT), *arguments]) == 0
    return out


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def sharded(tmp_path_factory):
    """Two shards, the second not full."""
    return derive(tmp_path_factory.mktemp("scale") / "shards", "--format", "parquet", n=N, difficulty="news")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    place = tmp_path_factory.mktemp("both")
    return derive(place / "folder"), derive(place / "shards", "--format", "parquet")


def test_a_shard_has_the_same_texts_labels_and_blocks_as_the_folder(both):
    folder = goldwire.load(both[0])
    assert [row[-4:] for row in shards.read_documents(both[1], 0)] == list(map(labels, folder.documents.values()))
    for page in shards.read_pages(both[1], 0):
        blocks = ((*place(b), b.role, int(b.document[-2:]) if b.document else 0) for b in folder.blocks[page.id])
        assert (page.text, page.blocks) == (folder.page_texts[page.id], tuple(blocks))


def labels(document):
    """A document as a row of a shard has it."""
    number = {quote.id: i for i, quote in enumerate(document.quotes)}
    quotes = tuple(
        (
            *(q.type, tuple(map(place, q.content)), place(q.cue), place(q.speaker)),
            *((place(q.speaker.head), q.speaker.kind) if q.speaker else (None, None)),
            *(tuple(q.speaker_entities), q.status, number.get(q.parent)),
        )
        for q in document.quotes
    )
    mentions = tuple((*place(m), m.type, m.entity, m.stands_for) for m in document.mentions)
    return document.text, mentions, quotes, tuple((*place(d), d.reason) for d in document.decoys)


def place(span):
    return span and (span.start, span.end)


SCORED = [
    Settings("entities"),
    Settings("entities", docs="all", trim="article"),
    Settings("quotes"),
    Settings("quotes", docs="all", match="iou.8", nested="all", trim="none"),
    Settings("segments"),
]


@pytest.mark.parametrize("settings", SCORED, ids=str)
def test_a_shard_is_judged_as_the_folder_is(both, settings):
    folder, shard = goldwire.load(both[0]), shard_gold(both[1], 0, settings)
    system = {"entities": capitals, "quotes": between_marks, "segments": blank_lines}[settings.task]
    assert judge(system, shard, settings).by_unit == judge(system, folder, settings).by_unit


def between_marks(text):
    """A bad finder of quotes, which says of each a cue and a speaker."""
    for m in re.finditer(r"[“\"][^”\"\n]+[”\"](?=.(\w+).(\w+))", text):
        cue, speaker = ({"start": m.start(i), "end": m.end(i)} for i in (1, 2))
        yield {"content": [m.span()], "type": "direct", "cue": cue, "speaker": {**speaker, "head": speaker}}


def test_only_the_scored_columns_and_documents_of_a_shard_are_read(both):
    gold = shard_gold(both[1], 0, Settings("entities"))
    assert list(gold.documents) == [cluster[0] for cluster in goldwire.load(both[0]).clusters]
    assert {(document.quotes, document.decoys) for document in gold.documents.values()} == {(None, None)}
    assert not shard_gold(both[1], 0, Settings("segments")).documents


def test_shards_list_exactly_the_pairs_inside_groups(both):
    folder = goldwire.load(both[0])

    def group(document):
        return int(document[1:8]) // 2

    inside = {(p.a, p.b, p.relation, p.direction) for p in folder.pairs if group(p.a) == group(p.b)}
    assert inside == set(shards.read_pairs(both[1], 0))
    across = {p.relation for p in folder.pairs if group(p.a) != group(p.b)}
    assert across == {"related"}


def test_two_workers_write_the_same_bytes_as_one(sharded, tmp_path):
    again = derive(tmp_path / "two", "--format", "parquet", "--workers", "2", n=N, difficulty="news")
    assert files(again) == files(sharded)


def test_a_run_killed_half_way_and_resumed_gives_the_same_bytes(sharded, tmp_path):
    out = tmp_path / "killed"
    command = ["derive", str(out), "--n", str(N), "--seed", "4", "--format", "parquet", "--root", str(ROOT)]
    process = subprocess.Popen([sys.executable, "-m", "goldwire", *command], stdout=subprocess.DEVNULL)
    while not shards.table_path(out, "documents", 0).is_file():
        assert process.poll() is None, "the run ended before it was killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not shards.table_path(out, "documents", 1).is_file()
    assert main(command) == 0
    left = {name: data for name, data in files(out).items() if not name.endswith(".tmp")}
    assert left == files(sharded)


def test_shards_add_up_to_the_score_of_the_folder(both, capsys, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tests" / "derive")
    folder = goldwire.score(capitals, goldwire.load(both[0]))
    assert main(["scale", "score", str(both[1]), "test_scale:capitals", "--task", "entities", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    row = next(row for row in found["rows"] if row["name"] == "strict")
    assert row["value"] == folder.f1
    assert (row["hits"], row["predicted"], row["gold"]) == (
        folder.counts.modes["strict"].correct,
        folder.counts.modes["strict"].predicted,
        folder.counts.modes["strict"].gold,
    )
    assert found["blocks"] < 8
    assert found["interval"] is None


def capitals(text):
    """A bad tagger, as the README has it."""
    return [(m.start(), m.end(), "PERSON") for m in re.finditer(r"\b[A-Z]\w+", text)]


@pytest.mark.parametrize(("task", "system"), [("quotes", "test_scale:nothing"), ("segments", "blank-lines")])
def test_quotes_and_segments_are_scored_by_shard(both, capsys, monkeypatch, task, system):
    monkeypatch.syspath_prepend(ROOT / "tests" / "derive")
    assert main(["scale", "score", str(both[1]), system, "--task", task]) == 0
    assert f"task:{task}" in capsys.readouterr().out


def test_the_measure_asked_for_is_the_headline(both, capsys, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tests" / "derive")
    folder = goldwire.score(capitals, goldwire.load(both[0]), goldwire.Settings("entities", match="exact"))
    asked = ["scale", "score", str(both[1]), "test_scale:capitals", "--task", "entities", "--match", "exact"]
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith(f"test_scale:capitals: exact {folder.f1:.3f} ")


def nothing(text):
    return []


@pytest.fixture
def tagger(tmp_path, monkeypatch):
    """Write the modules of a system; a new process would import them anew."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def write(**modules):
        for name, code in modules.items():
            (tmp_path / f"{name}.py").write_text(code)
            sys.modules.pop(name, None)

    return write


FIRST_WORD = "def tag(text):\n    return [(0, text.index(' '), {kind!r})]\n"
IMPORTS = "from kinds import KIND\n" + FIRST_WORD.replace("{kind!r}", "KIND")


@pytest.mark.parametrize(
    "changed",
    [
        {"words": FIRST_WORD.format(kind="ORG")},
        {"kinds": "KIND = 'ORG'\n"},
        {"beside": "# a module that is imported late\n"},
    ],
    ids=["the module itself", "a module that it imports", "a module in its folder"],
)
def test_results_of_other_code_are_computed_again_and_that_is_said(both, capsys, tagger, changed):
    tagger(words=IMPORTS, kinds="KIND = 'PERSON'\n")
    command = ["scale", "score", str(both[1]), "words:tag", "--task", "entities", "--json"]
    assert main(command) == 0
    first = capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr() == (first.out, "")
    tagger(**{"words": IMPORTS} | changed)
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert "1 result was made by other code" in err
    if changed.keys() & {"words", "kinds"}:
        assert out != first.out


def test_results_of_another_release_are_computed_again(both, capsys, tagger, monkeypatch):
    tagger(words=FIRST_WORD.format(kind="ORG"))
    command = ["scale", "score", str(both[1]), "words:tag", "--task", "entities"]
    assert main(command) == 0
    (kept,) = both[1].glob("steps/entities-words.tag-*/00000.json")
    kept.write_text(kept.read_text().replace('"units": ', '"units": 9'))
    monkeypatch.setattr("goldwire.derive.scale.results.__version__", "9.9.9")
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert "docs:unique:9" not in out.splitlines()[-1]
    assert "computing again" in err


def test_minhash_finds_most_copies_and_reports_what_it_does_not_score(sharded, capsys):
    assert main(["scale", "candidates", str(sharded)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{N:,} documents")
    assert "\nrelated is not scored: " in said
    found = json.loads((sharded / "steps/minhash/found.json").read_text())
    counts = found["duplicates"]
    assert counts["hits"] / counts["gold"] > 0.8
    assert found["alike"] == counts["hits"] + found["contained"] + found["related"] + found["strangers"]


def test_candidates_are_exactly_the_pairs_that_share_a_band(both):
    list(minhash.sign_shards(both[1]))
    (signatures,) = [minhash._signatures(both[1], 0, 90)]
    n = len(signatures)
    bands = [signatures[:, i : i + minhash.ROWS] for i in range(0, minhash.PERMUTATIONS, minhash.ROWS)]
    alike = {a * n + b for a, b in combinations(range(n), 2) if any((band[a] == band[b]).all() for band in bands)}
    codes, crowds = minhash._candidates([signatures], n)
    assert (set(codes.tolist()), crowds) == (alike, 0)


def test_groups_of_a_large_corpus_pass_all_checks(sharded, capsys):
    assert main(["scale", "check", str(sharded), "--every", "120", "--root", str(ROOT)]) == 0
    assert capsys.readouterr().out == "0 findings in 2 groups\n"


def test_another_corpus_in_the_folder_is_refused(sharded, capsys):
    command = ["derive", str(sharded), "--n", str(N), "--seed", "5", "--format", "parquet", "--root", str(ROOT)]
    assert main(command) == 2
    assert "holds another corpus (seed 4," in capsys.readouterr().err


def test_a_corpus_with_missing_shards_is_not_scored(tmp_path, both, capsys):
    (tmp_path / "run.json").write_bytes((both[1] / "run.json").read_bytes())
    assert main(["scale", "score", str(tmp_path), "blank-lines", "--task", "segments"]) == 2
    assert "lacks 1 of 1 shards" in capsys.readouterr().err


def test_a_folder_without_shards_is_refused(tmp_path, capsys):
    assert main(["scale", "candidates", str(tmp_path)]) == 2
    assert "has no valid run.json" in capsys.readouterr().err


DAMAGE = {
    "emptied": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "one document fewer": lambda data: data[: -4 * minhash.PERMUTATIONS],
    "one document more": lambda data: data + data[: 4 * minhash.PERMUTATIONS],
    "another file": lambda data: b"PAR1" + bytes(99) + b"PAR1",
}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("name", ["documents", "pairs", "minhash"])
def test_a_damaged_file_of_a_shard_is_named(name, how, both, tmp_path, capsys):
    out = tmp_path / "shards"
    shutil.copytree(both[1], out)
    list(minhash.sign_shards(out))
    (path,) = (out / name).glob("*.parquet") if name != "minhash" else (out / "steps/minhash").glob("*.u32")
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    if name == "documents":  # its signatures are read from it again
        shutil.rmtree(out / "steps/minhash")
    capsys.readouterr()
    assert main(["scale", "candidates", str(out)]) == 2
    said = capsys.readouterr().err
    assert f"goldwire: {path} is damaged (" in said
    assert said.endswith("; delete it, then run the step that wrote it again\n")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--rows", "3", "expected a divisor of 128"), ("--threshold", "2", "expected a similarity above 0")],
)
def test_impossible_rows_and_thresholds_are_refused(both, capsys, option, value, said):
    assert main(["scale", "candidates", str(both[1]), option, value]) == 2
    assert said in capsys.readouterr().err
