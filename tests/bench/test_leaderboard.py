"""The baselines run, give what is frozen, and the leaderboard is what that scores."""

import json
from dataclasses import replace

import pytest

import goldwire
from goldwire.bench.baselines import BASELINES, find_system
from goldwire.bench.baselines.stored import differing, folder_of, freeze, versions
from goldwire.bench.leaderboard import boards
from goldwire.bench.submissions import read_system
from goldwire.cli.leaderboard import leaderboard_markdown, leaderboard_text
from goldwire.corpus.manifest import digest, entries
from goldwire.model.records import Origin
from goldwire.scoring.settings import TASKS, Settings

HERE = [name for name, baseline in BASELINES.items() if not baseline.lacks]


@pytest.mark.parametrize("name", HERE)
def test_a_baseline_gives_what_is_frozen_where_the_same_versions_are_installed(name, gold):
    baseline = BASELINES[name]
    labels = freeze(baseline, gold)
    made_with = json.loads((gold.root / folder_of(name) / "set.json").read_text())["annotators"]
    if made_with[1:] == versions(baseline)[1:]:
        assert differing(labels, gold) == ([], [])
    else:  # another version may see a little differently
        quick = Settings(task=baseline.task, resamples=100)
        held = read_system(gold.root / folder_of(name), gold, baseline.task)
        low, high = goldwire.score(held, gold, quick).interval
        fresh = labels.duplicates if baseline.task == "duplicates" else getattr(labels, baseline.task)
        assert low <= goldwire.score(fresh, gold, quick).f1 <= high


@pytest.mark.parametrize("name", ["textacy-clauses", "minhash", "sentence-ends"])
def test_what_is_frozen_scores_as_the_system_does(name, gold):
    quick = Settings(task=BASELINES[name].task, resamples=10)
    held = read_system(gold.root / folder_of(name), gold, quick.task)
    assert goldwire.score(held, gold, quick).counts == goldwire.score(find_system(name), gold, quick).counts


def test_every_task_has_standings_the_best_first(gold):
    found = boards(gold)
    assert set(found) == set(TASKS)
    assert {row.system.name for board in found.values() for row in board.rows} == {*BASELINES, "compromise"}
    for board in found.values():
        numbers = [standing.score.f1 or 0 for standing in board.rows]
        assert numbers == sorted(numbers, reverse=True)


def test_a_systems_output_changes_the_digest_only_if_it_is_used_as_gold(repository):
    (repository / folder_of("spacy") / "entities/003-01.jsonl").write_text("")
    assert goldwire.load(repository).digest == goldwire.load().digest
    files = entries(repository)
    assert any(entry.path.startswith("annotations/system-") for entry in files)
    assert digest(files, "system-spacy") != digest(entries(goldwire.load().root), "system-spacy")


def test_bench_without_a_name_says_what_differs(repository):
    from repository import in_process as run

    place = repository / folder_of("exact-hash") / "duplicates.jsonl"
    place.write_text("".join(place.read_text().splitlines(keepends=True)[1:]))
    done = run(repository, "bench", "--task", "duplicates", "--root", ".")
    assert done.returncode == 1
    assert (
        "exact-hash: differs from the stored output in 1 file, first annotations/system-exact-hash/dup" in done.stderr
    )
    assert "minhash: as stored" in done.stderr
    assert done.stdout.startswith("rank  duplicates, duplicates F1 ")


def test_bench_in_a_corpus_without_frozen_systems_says_so_and_shows_no_empty_table(tmp_path):
    from repository import in_process as run

    assert run(tmp_path, "init").returncode == 0
    done = run(tmp_path, "bench", "--task", "segments")
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{name}: no stored output here" for name in ("blank-lines", "sentence-ends", "segmenter")
    ]


def test_a_system_that_suggested_gold_labels_is_marked(gold):
    first = gold.documents["003-01"]
    begun = [
        mention.model_copy(update={"origin": Origin(set="system-spacy", changed=i > 0)})
        for i, mention in enumerate(first.mentions[:3])
    ]
    documents = gold.documents | {first.id: replace(first, mentions=(*begun, *first.mentions[3:]))}
    found = boards(replace(gold, documents=documents))
    text, page = leaderboard_text(found), leaderboard_markdown(found)
    assert "  spacy* " in text
    assert text.count("*") == 2
    assert "3 gold labels began as suggestions of spacy: its score is favoured" in text
    assert "(3 gold labels began as suggestions of spacy" in page
    assert "*" not in leaderboard_text(boards(gold))
