"""A system that is handed in as files is stored, checked and listed; it cannot change the scores of others."""

import json

import pytest

import goldwire
from goldwire.bench.baselines.gazetteer import Gazetteer
from goldwire.bench.leaderboard import boards
from goldwire.checks import check
from repository import copy_corpus, in_process, refused

NEW = ["--description", "names of one type", "--trained-on", "nothing"]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return copy_corpus(tmp_path_factory.mktemp("submit") / "corpus", only_gold=True)


@pytest.fixture(scope="module")
def labels(place, gold):
    """Labels of two types, one of which gold does not have, as JSONL."""
    lines = [
        {
            "document": name,
            "entities": [[m.start, m.end, m.type, m.entity] for m in document.mentions if m.type == "GPE"]
            + [[0, 3, "DATE"]],
        }
        for name, document in gold.documents.items()
    ]
    path = place / "labels.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_submission_needs_no_code_and_stays_listed_when_it_is_withdrawn(place, labels):
    done = in_process(place, "submit", "names", "labels.jsonl", "--task", "entities", *NEW, "--made-with", "rules 1.0")
    assert done.returncode == 0, done.stderr
    assert "left out, of types gold does not label: DATE" in done.stderr
    info = json.loads((place / "submissions/names/set.json").read_text())
    assert (info["training_data"], info["annotators"]) == ("nothing", ["rules 1.0"])
    assert "canary GUID" in info["canary"]
    assert [f for f in check(place) if "submissions" in f.path] == []
    board = boards(goldwire.load(place))["entities"]
    ((row),) = board.rows
    assert row.score.f1 == goldwire.score(dict(_given(labels)), goldwire.load(place)).f1
    assert in_process(place, "submit", "names", "--withdraw", "the tagger saw gold").returncode == 0
    shown = in_process(place, "leaderboard").stdout
    assert "names: withdrawn: the tagger saw gold" in shown
    assert "strict F1" not in shown
    assert "withdrawn: the tagger saw gold" in in_process(place, "leaderboard", "--markdown").stdout


def _given(path):
    for line in path.read_text().splitlines():
        record = json.loads(line)
        yield record["document"], [label for label in record["entities"] if label[2] != "DATE"]


def test_a_submission_without_some_documents_has_no_score_and_takes_none_from_others(place, labels, gold):
    run = ["submit", "part", "--task", "entities", *NEW]
    few = place / "few.jsonl"
    few.write_text("".join(labels.read_text().splitlines(keepends=True)[:3]))
    assert "no labels for" in in_process(place, *run[:2], "few.jsonl", *run[2:]).stderr  # as goldwire score says
    assert in_process(place, *run[:2], "labels.jsonl", *run[2:]).returncode == 0
    path = place / "submissions/part/set.json"
    info = json.loads(path.read_text())
    del info["entities"]["003-01"]
    path.write_text(json.dumps(info))
    (place / "submissions/part/entities/003-01.jsonl").unlink()
    board = boards(goldwire.load(place))["entities"]
    assert [(system.name, reason) for system, reason in board.unscored if system.name == "part"] == [
        ("part", "has no labels for 1 of 25 (003-01)")
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("submit spacy labels.jsonl --task entities", "not a name for a submission"),
        ("submit ../x labels.jsonl --task entities", "not a name for a submission"),
        ("submit x labels.jsonl --task entities --description y", "expected --trained-on"),
        ("submit x labels.jsonl", "expected both LABELS and --task"),
        ("submit x nowhere.jsonl --task entities --description y --trained-on z", "no file or folder nowhere.jsonl"),
    ],
)
def test_a_submission_that_says_too_little_is_refused(place, labels, line, message):
    done = in_process(place, *line.split())
    assert refused(done), done.stderr
    assert message in done.stderr
    assert not (place / "submissions/x").exists()


def test_a_faulty_submission_is_a_finding_and_never_keeps_the_gold_from_loading(place):
    folder = place / "submissions/faulty/entities"
    folder.mkdir(parents=True)
    (folder / "003-01.jsonl").write_text('{"start": 0, "end": 3, "text": "xyz", "type": "GPE"}\n')
    assert goldwire.load(place).documents
    found = {(f.code, f.path) for f in check(place) if "faulty" in f.path}
    assert ("surface-mismatch", "submissions/faulty/entities/003-01.jsonl") in found
    assert any(path == "submissions/faulty/set.json" for _, path in found)
    done = in_process(place, "records", "submissions/faulty/entities/003-01.jsonl")
    assert done.returncode == 0, done.stdout
    (folder / "003-01.jsonl").write_text('{"start": 0}\n')
    assert in_process(place, "records", "submissions/faulty/entities/003-01.jsonl").returncode == 1


def test_the_gazetteer_knows_no_name_from_the_article_itself_or_its_repeats(gold):
    gazetteer = Gazetteer(gold)
    own: dict[str, set[str]] = {}
    for cluster in gold.clusters:
        for name in cluster:
            own.setdefault(cluster[0], set()).update(m.text for m in gold.documents[name].mentions)
    for cluster in gold.clusters:
        others = set().union(*(forms for first, forms in own.items() if first != cluster[0]))
        for name in cluster:
            text = gold.documents[name].text
            assert {text[start:end] for start, end, _ in gazetteer(text)} <= others
    assert gazetteer("Moscow, not Moscowish") == [(0, 6, "GPE")]
