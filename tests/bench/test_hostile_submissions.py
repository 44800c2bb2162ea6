"""Submissions that are wrong are refused or listed without a score; they never change the scores of others."""

import json
import os
import shutil

import pytest

import goldwire
from goldwire.checks import check
from repository import copy_corpus, in_process, refused

NEW = ["--description", "rules", "--trained-on", "nothing"]
TASK = ["--task", "entities"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, gold):
    place = copy_corpus(tmp_path_factory.mktemp("hostile") / "corpus", only_gold=True)
    write(place / "ok.jsonl", {n: [[m.start, m.end, m.type] for m in d.mentions] for n, d in gold.documents.items()})
    return place


@pytest.fixture
def place(corpus):
    yield corpus
    for path in [corpus / "submissions", corpus / "x.jsonl", corpus / "outside"]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def write(path, labels):
    path.write_text("".join(json.dumps({"document": n, "entities": found}) + "\n" for n, found in labels.items()))


def given(place):
    lines = (json.loads(line) for line in (place / "ok.jsonl").read_text().splitlines())
    return {line["document"]: line["entities"] for line in lines}


def huge(path):
    with path.open("wb") as file:
        file.truncate(300 << 20)


LABELS = {
    "a foreign document": (lambda p: write(p / "x.jsonl", {**given(p), "999-99": []}), "'999-99', which is not a doc"),
    "a missing document": (lambda p: write(p / "x.jsonl", {"000-01": []}), "no labels for 000-02"),
    "no file": (lambda p: None, "no file or folder x.jsonl"),
    "a link to itself": (lambda p: (p / "x.jsonl").symlink_to("x.jsonl"), "no file or folder x.jsonl"),
    "a pipe": (lambda p: os.mkfifo(p / "x.jsonl"), "not a regular file"),
    "a huge file": (lambda p: huge(p / "x.jsonl"), "has 314,572,800 bytes"),
    "deep nesting": (lambda p: (p / "x.jsonl").write_text("[" * 100_000), "nested too deeply"),
    "no UTF-8": (lambda p: (p / "x.jsonl").write_bytes(b"\xff\xfex"), "save it as UTF-8"),
    "a document twice": (lambda p: (p / "x.jsonl").write_text((p / "ok.jsonl").read_text() * 2), "appears twice"),
    "labels twice": (lambda p: write(p / "x.jsonl", {n: f * 2 for n, f in given(p).items()}), "nested-mention"),
    "overlapping labels": (
        lambda p: write(p / "x.jsonl", {n: [[0, 9, "GPE"], [3, 12, "ORG"]] for n in given(p)}),
        "000-01: nested-mention",
    ),
    "another task": (lambda p: (p / "x.jsonl").write_text('{"document": "000-01", "quotes": []}'), "and 'entities'"),
}  # fmt: skip


@pytest.mark.parametrize("what", LABELS)
def test_labels_that_cannot_be_stored_are_refused(place, what):
    make, message = LABELS[what]
    make(place)
    done = in_process(place, "submit", "x", "x.jsonl", *TASK, *NEW)
    assert refused(done), done.stderr
    assert message in done.stderr
    assert not (place / "submissions/x").exists()


WORDS = {
    "half a surrogate pair": (["--description", "a\ud800b"], "--description has U+D800 at 1"),
    "a control character": (["--description", "a\x1b[31mb"], "--description has U+001B at 1"),
    "two lines": (["--trained-on", "a\nb"], "--trained-on has U+000A at 1"),
    "a blank": (["--made-with", " "], "--made-with is blank"),
    "too many": (["--description", "a" * 301], "has 301 characters; expected at most 300"),
}


@pytest.mark.parametrize("what", WORDS)
def test_words_that_do_not_fit_into_a_line_are_refused(place, what):
    words, message = WORDS[what]
    done = in_process(place, "submit", "x", "ok.jsonl", *TASK, *NEW, *words)
    assert refused(done), done.stderr
    assert message in done.stderr


@pytest.mark.parametrize("name", ["..", "a/b", "", "é", "a" * 61, "gold", "GOLD", "Spacy", "system-spacy"])
def test_names_of_others_and_of_no_folder_are_refused(place, name):
    done = in_process(place, "submit", name, "ok.jsonl", *TASK, *NEW)
    assert refused(done), done.stderr
    assert "is not a name for a submission" in done.stderr


IN_THE_WAY = {
    "a linked folder": lambda p: (p / "submissions").symlink_to(p / "outside"),
    "a linked submission": lambda p: ((p / "submissions").mkdir(), (p / "submissions/x").symlink_to(p / "outside")),
    "a file": lambda p: (p / "submissions").write_text("x"),
    "a file of its name": lambda p: ((p / "submissions").mkdir(), (p / "submissions/x").write_text("x")),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_nothing_is_written_through_a_link_or_over_a_file(place, what):
    (place / "outside").mkdir()
    IN_THE_WAY[what](place)
    done = in_process(place, "submit", "x", "ok.jsonl", *TASK, *NEW)
    assert refused(done), done.stderr
    assert "is a link or a file" in done.stderr
    assert list((place / "outside").iterdir()) == []
    assert {f.code for f in check(place) if f.path.startswith("submissions")} == {"unexpected-file"}


def info(folder, **changed):
    made = json.loads((folder / "set.json").read_text()) | changed
    (folder / "set.json").write_text(json.dumps(made))


STORED = {
    "no JSON": (lambda f: (f / "set.json").write_text("{"), "not-json"),
    "another kind": (lambda f: info(f, kind="gold"), "its kind is gold, expected system"),
    "a foreign document": (lambda f: (f / "entities/999-99.jsonl").write_text(""), "'999-99', which is not a document"),
    "other words": (
        lambda f: (f / "entities/003-01.jsonl").write_text('{"start":0,"end":3,"text":"xyz","type":"GPE"}\n'),
        "surface-mismatch",
    ),
    "a missing file": (lambda f: (f / "entities/003-01.jsonl").unlink(), "003-01.jsonl is missing"),
    "a huge file": (lambda f: huge(f / "entities/003-01.jsonl"), "too-large"),
    "a link to a text": (
        lambda f: ((f / "entities/003-01.jsonl").unlink(), (f / "entities/003-01.jsonl").symlink_to(__file__)),
        "not-json",
    ),
    "no labels": (lambda f: shutil.rmtree(f / "entities"), "faulty: submissions/faulty has no entities/"),
    "labels in part": (lambda f: info(f, entities={"003-01": "partial"}), "has no labels for 1 of 25 (003-01)"),
}  # fmt: skip


@pytest.mark.parametrize("what", STORED)
def test_a_faulty_submission_has_no_score_and_others_keep_theirs(place, what):
    for name in ("fair", "faulty"):
        assert in_process(place, "submit", name, "ok.jsonl", *TASK, *NEW).returncode == 0
    damage, reason = STORED[what]
    damage(place / "submissions/faulty")
    done = in_process(place, "leaderboard")
    assert done.returncode == 0, done.stderr
    (faulty,) = [line for line in done.stdout.splitlines() if "faulty" in line]
    (fair,) = [line for line in done.stdout.splitlines() if "  fair " in line]
    assert faulty.startswith("   –  faulty: ")
    assert "1.000" in fair
    assert reason in faulty
    assert goldwire.load(place).documents


def test_a_submission_has_the_name_of_its_folder_and_no_markup(place):
    assert in_process(place, "submit", "Mine", "ok.jsonl", *TASK, *NEW, "--made-with", "a|<b>").returncode == 0
    info(place / "submissions/Mine", name="spacy", description="a\n|<script>")
    done = in_process(place, "leaderboard", "--markdown")
    assert "| Mine | a \\|&lt;script> | nothing | a\\|&lt;b> |" in done.stdout
    assert "spacy" not in done.stdout.split("## Entities")[1].split("## A system")[0]
    assert "differs from the submission Mine in case only" in in_process(place, "submit", "mine", *NEW).stderr


def test_what_is_withdrawn_stays_withdrawn(place):
    assert "no submission x to withdraw" in in_process(place, "submit", "x", "--withdraw", "a leak").stderr
    assert "expected LABELS and --task" in in_process(place, "submit", "x", *NEW).stderr
    assert in_process(place, "submit", "x", "ok.jsonl", *TASK, *NEW).returncode == 0
    assert in_process(place, "submit", "x", "--withdraw", "a leak").returncode == 0
    done = in_process(place, "submit", "x", "ok.jsonl", *TASK)
    assert refused(done)
    assert "x is withdrawn (a leak); submit under another name" in done.stderr


def test_keys_that_are_not_stored_are_listed(place):
    labels = {n: [{"start": s, "end": e, "type": t, "secret": 1} for s, e, t in f] for n, f in given(place).items()}
    write(place / "x.jsonl", labels)
    done = in_process(place, "submit", "x", "x.jsonl", *TASK, *NEW)
    assert (done.returncode, "not reading secret" in done.stderr) == (0, True)
