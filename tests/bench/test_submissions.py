"""Files that are handed in: found by their path, read by their format, and errors named by line with the fix."""

import gzip
import json
import re
import sys

import pytest

import goldwire
from goldwire.bench.baselines import find_system
from goldwire.bench.predictions import read_entity
from goldwire.bench.submissions import read_files, read_system
from goldwire.cli.failure import details
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Settings
from repository import ROOT
from repository import in_process as command

LINE = '{"document": "000-01", "entities": []}\n'
ODD = {
    "gzip": (gzip.compress(LINE.encode()), "compressed with gzip; decompress it"),
    "UTF-16": (LINE.encode("utf-16"), "UTF-16; save it as UTF-8"),
    "Latin-1": ("“é”".encode("latin-1", "replace"), "not UTF-8: byte 1 cannot be read"),
    "a blank line before": (b"\n" + LINE.encode() + b"\n{}\n", "mine.jsonl:4: found nothing"),
}


@pytest.mark.parametrize("form", ODD)
def test_a_file_that_is_not_utf8_jsonl_is_described(tmp_path, form):
    data, said = ODD[form]
    (tmp_path / "mine.jsonl").write_bytes(data)
    with pytest.raises(GoldwireError) as refused:
        read_files(tmp_path / "mine.jsonl", "entities", {"000-01": ""})
    assert said in str(refused.value)


def test_a_file_is_named_as_it_was_called_and_refused_by_its_ending(tmp_path, gold, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.json").write_text(LINE)
    (tmp_path / "mine.jsonl").write_text("")
    with pytest.raises(GoldwireError, match=r"^mine\.json has an unknown file type; expected .*\.jsonl"):
        read_system(type(tmp_path)("mine.json"), gold, "entities")
    with pytest.raises(GoldwireError, match=r"^mine\.jsonl has no entities"):
        read_system(type(tmp_path)("mine.jsonl"), gold, "entities")


def test_the_corpus_that_goldwire_ships_is_at_hand_in_an_empty_folder(tmp_path):
    done = command(tmp_path, "score", "gold", "annotations/system-minhash", "--task", "duplicates")
    assert (done.returncode, done.stdout.split(": ")[0]) == (0, "system-minhash")
    done = command(tmp_path, "report", "--system", "annotations/system-exact-hash", "-o", "report.html")
    assert (done.returncode, done.stderr) == (0, "")
    done = command(tmp_path, "agree", "annotations/pass-a", "annotations/pass-b", "--json")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "words", [("score", "gold", "nowhere", "--task", "quotes"), ("report", "--system", "nowhere")]
)
def test_a_missing_folder_is_an_error_in_one_line(tmp_path, words):
    done = command(tmp_path, *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no file or folder nowhere, neither here nor in the corpus" in done.stderr


def test_a_folder_may_have_columns_of_several_documents(tmp_path, gold):
    done = command(tmp_path, "export", "conll", "out")
    assert done.returncode == 0
    labels = read_system(tmp_path / "out", gold, "entities")
    assert goldwire.score(labels, gold, Settings(resamples=5)).f1 == 1.0


def test_a_module_of_the_current_folder_is_found(tmp_path, monkeypatch):
    (tmp_path / "taggers_of_mine.py").write_text("def tag(text):\n    return []\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place])
    assert find_system("taggers_of_mine:tag", "entities")("text") == []


def test_a_missing_package_of_a_baseline_is_named(gold):
    def lacking(texts):
        raise GoldwireError("No module named 'rensa'; install it with: pip install 'goldwire[minhash]'")

    with pytest.raises(GoldwireError, match=r"^No module named 'rensa'; install it"):
        goldwire.score(lacking, gold, task="duplicates")


def test_shards_are_for_scale_commands(tmp_path):
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(GoldwireError, match="contains shards for goldwire scale"):
        goldwire.load(tmp_path)


def test_a_failing_test_lists_what_is_not_scored_and_shows_both_titles(gold):
    from goldwire.bench.error_analysis import assess

    labels = {name: [{"start": 0, "end": 3, "type": "PER"}] for name in gold.documents}
    assert next(details(assess(labels, gold, Settings(resamples=5)))) == "ignoring PER 25"
    pairs = "\n".join(details(assess([], gold, Settings("duplicates", resamples=5))))
    first, second = (gold.documents[name].title[:75] for name in ("000-01", "001-06"))
    assert f"[{first}… / {second}…]" in pairs


def test_an_unknown_choice_lists_the_valid_ones():
    done = command(ROOT, "bench", "spacy", "--task", "xyz")
    assert "no 'xyz'; expected entities, quotes, duplicates, segments (see" in done.stderr


def test_unknown_keys_are_in_every_form_of_a_score(gold):
    from goldwire.cli.scoring import score_json, score_text
    from goldwire.report.system_data import run_data

    labels = {name: [{"start": 0, "end": 3, "type": "GPE", "entty": "gpe-x"}] for name in gold.documents}
    score = goldwire.score(labels, gold, Settings(resamples=5))
    assert json.loads(score_json(score, "mine"))["unread"] == {"entty": 25}
    assert score_text(score, "mine").splitlines()[0].endswith("], not reading entty 25 (entity?)")
    assert run_data(labels, gold, Settings(resamples=5))["unread"] == "entty 25 (entity?)"


COLUMNS = {
    "a token that is not next": (
        "# document = 000-01\n\n# document = 000-02\nThe O\nEU B-ORG\n",
        r"mine\.conll:5: the token 'EU'",
    ),
    "a document twice": (
        "# document = 000-01\n\n# document = 000-01\n",
        r"mine\.conll: line 3: 000-01 appears twice",
    ),
    "no document": ("The O\n", r"has no entities; expected .* under lines '# document = ID'"),
}


@pytest.mark.parametrize("fault", COLUMNS)
def test_columns_of_several_documents_are_refused_by_the_line_of_the_file(tmp_path, fault):
    content, said = COLUMNS[fault]
    (tmp_path / "mine.conll").write_text(content)
    with pytest.raises(GoldwireError, match=said):
        read_files(tmp_path / "mine.conll", "entities", {"000-01": "A", "000-02": "The US"})


def test_brat_quotes_of_another_type_get_the_type_that_is_expected(tmp_path):
    (tmp_path / "000-01.ann").write_text("T1\tQuote 0 3\tThe\n")
    with pytest.raises(GoldwireError, match="no span Content, the type of a quote in brat; it has Quote"):
        read_files(tmp_path, "quotes", {"000-01": "The US"})
    (tmp_path / "000-01.ann").write_text("T1\tGPE 0 3\tThe\n")
    assert read_files(tmp_path, "quotes", {"000-01": "The US"}) == {"000-01": []}


STORED = {"000-01": "The US\nwaits", "000-02": "Zoë"}
OTHER_TEXT = {
    "a missing line end": ("The US waits", r"first differs at 6, ' waits' where the stored text reads '\\nwaits'"),
    "carriage returns": ("The US\r\nwaits", "its lines end in CRLF"),
    "a byte order mark": ("\ufeffThe US\nwaits", "its first character is a byte order mark"),
    "half a pair": ("The US\nwaits\ud83d", "half a surrogate pair is a sign of UTF-16"),
    "a part": ("The US", r"first differs at 6, '' where the stored text reads '\\nwaits'"),
}


@pytest.mark.parametrize("what", OTHER_TEXT)
def test_a_document_with_another_text_is_refused_with_the_first_difference(tmp_path, what):
    text, said = OTHER_TEXT[what]
    line = json.dumps({"document": "000-01", "text": text, "entities": []})
    (tmp_path / "mine.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(GoldwireError, match=rf"mine.jsonl:2: the text is not the stored one.*{said}"):
        read_files(tmp_path / "mine.jsonl", "entities", STORED)
    if what != "half a pair":
        (tmp_path / "000-01.txt").write_text(text, newline="")
        (tmp_path / "000-01.ann").write_text("T1\tGPE 4 6\tUS\n")
        with pytest.raises(GoldwireError, match=rf"000-01.txt: the text is not the stored one.*{said}"):
            read_files(tmp_path, "entities", STORED)


def test_the_stored_text_may_be_repeated_with_a_line_end_behind_it(tmp_path):
    (tmp_path / "000-01.txt").write_text(STORED["000-01"] + "\n")
    (tmp_path / "000-01.ann").write_text("T1\tGPE 4 6\tUS\n")
    assert read_files(tmp_path, "entities", STORED) == {"000-01": [{"start": 4, "end": 6, "type": "GPE"}]}
    line = json.dumps({"document": "000-02", "text": "Zoë", "entities": []})
    (tmp_path / "mine.jsonl").write_text(line)
    assert read_files(tmp_path / "mine.jsonl", "entities", STORED) == {"000-02": []}


def test_events_of_brat_are_listed_next_to_the_score(tmp_path, gold):
    for name in gold.documents:
        (tmp_path / f"{name}.ann").write_text("E1\tMeet:T1\n" if name == "000-01" else "")
    score = goldwire.score(read_system(tmp_path, gold, "entities"), gold, Settings(resamples=5))
    assert score.unread == {"brat events": 1}
    assert "not reading brat events 1" in str(score)


def test_half_a_surrogate_pair_is_one_line_on_the_command_line(tmp_path):
    labels = '[{"start": 0, "end": 1, "type": "GPE", "text": "\\ud83d", "\\ud83d": 1}]'
    lines = [json.dumps({"document": n.stem, "entities": []}) for n in sorted((ROOT / "corpus/text").glob("*.txt"))]
    lines[0] = lines[0].replace("[]", labels)
    (tmp_path / "mine.jsonl").write_text("\n".join(lines))
    done = command(ROOT, "score", "annotations/gold", str(tmp_path / "mine.jsonl"), "--task", "entities")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "half a surrogate pair is a sign of offsets in UTF-16 units" in done.stderr


def test_the_column_of_the_tag_is_named_on_the_command_line(tmp_path, gold):
    assert command(tmp_path, "export", "conll", "out").returncode == 0
    lines = (tmp_path / "out/entities.conll").read_text().split("\n")
    (tmp_path / "mine.conll").write_text("\n".join(line + "\tB-LAW" * ("\t" in line) for line in lines))
    words = ("score", "gold", "mine.conll", "--task", "entities")
    assert "strict F1 1.000" in command(tmp_path, *words, "--tag-column", "2").stdout
    assert "strict F1 1.000" not in command(tmp_path, *words).stdout


ALIKE = {
    "a word": ({"start": 0, "end": 3, "type": "PERSON", "text": "\u0410da"}, "(U+0410 at 0)"),
    "a key": ({"start": 0, "end": 3, "type": "PERSON", "t\u0443pe": "PERSON"}, "(U+0443 at 1)"),
    "an invisible key": ({"start": 0, "end": 3, "type": "PERSON", "te\u00adxt": "Ada"}, "(U+00AD at 2)"),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_letters_that_look_alike_are_named(kind):
    label, named = ALIKE[kind]
    with pytest.raises(GoldwireError, match=re.escape(named)):
        read_entity(label | {"end": "3"} if "key" in kind else label, "000-01", "Ada is here.")


def test_a_document_and_a_text_that_look_like_another_are_named(tmp_path):
    with pytest.raises(GoldwireError, match=re.escape("'\u043e00-01' (U+043E at 0), which is not a document")):
        goldwire.score({"\u043e00-01": []}, task="entities")
    with pytest.raises(GoldwireError, match=re.escape("no system 'sp\u0430cy' (U+0430 at 2)")):
        find_system("sp\u0430cy", "entities")
    (tmp_path / "a.jsonl").write_text('{"document":"one-01","entities":[],"text":"M\u0430y"}\n')
    with pytest.raises(GoldwireError, match=re.escape("'\u0430y' (U+0430 at 1) where the stored text reads 'ay'")):
        read_files(tmp_path / "a.jsonl", "entities", {"one-01": "May"})
