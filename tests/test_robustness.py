"""Whatever stands on disk, `goldwire check` answers: findings or one line, never a traceback, never a wait.

Cases run the command line in this process, with its exit status (3 is a traceback), under a limit of time; those
that might end the process itself, or hang on what the process prints, run in one of their own.
"""

import contextlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from goldwire import cli
from goldwire import status as exits
from goldwire.markup import MarkupError, mentions, quotes
from goldwire.tree import read_tree

BASE = ROOT / "tests" / "checks" / "base"
EXEMPTION = '{"code":"unmarked-surface","document":null,"start":null,"text":"Moscow","reason":"A case."}\n'
PAGES, DOCUMENTS, MANIFEST = "corpus/pages.jsonl", "corpus/documents.jsonl", "corpus/manifest.json"
REGISTRY, EXEMPTIONS = "annotations/registry.jsonl", "annotations/exemptions.jsonl"
SET, PAIRS = "annotations/gold/set.json", "annotations/gold/duplicates.jsonl"
SECONDS = 10
ANSWERED = (exits.FINDINGS, exits.USAGE)


def first_with_records(layer):
    """A file of a layer that has a record to damage."""
    found = sorted((BASE / "annotations/gold" / layer).glob("*.jsonl"))
    return next(path for path in found if path.stat().st_size).relative_to(BASE).as_posix()


LABELS = [first_with_records(layer) for layer in ("segments", "entities", "quotes", "decoys")]
RECORDS = [PAGES, DOCUMENTS, MANIFEST, REGISTRY, EXEMPTIONS, SET, PAIRS, *LABELS]
TEXTS = [f"corpus/{kind}/{sorted((BASE / 'corpus' / kind).iterdir())[0].name}" for kind in ("pages", "text")]


def plant(folder):
    """The base of the checks, with an exemption, in a folder."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    (folder / EXEMPTIONS).write_text(EXEMPTION)
    return folder


@pytest.fixture
def tree(tmp_path):
    return plant(tmp_path / "tree")


@pytest.fixture(scope="module")
def shared_tree(tmp_path_factory):
    """One tree for many cases, each of which puts back what it damaged."""
    return plant(tmp_path_factory.mktemp("robust") / "tree")


def too_slow(*_):
    raise TimeoutError(f"no answer in {SECONDS} seconds")


def answer(*arguments):
    """Run the command line here; return its exit status and what it printed to stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    before = signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with (
            patch.object(sys, "argv", ["goldwire", *map(str, arguments)]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as exited,
        ):
            cli.run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return exited.value.code, out.getvalue(), err.getvalue()


def assert_answers(tree, statuses=ANSWERED):
    """Check and build answer; what check says is findings or one line, what build refuses is one line."""
    status, out, err = answer("check", tree)
    assert status in statuses, err or out
    assert "Traceback" not in err
    assert status != exits.FINDINGS or re.fullmatch(r"[1-9][\d,]* findings? in [\d,]+ files?", out.splitlines()[-1])
    assert status != exits.USAGE or len(err.splitlines()) == 1
    for arguments in (("build", "--check", tree), ("build", tree)):
        built, out, err = answer(*arguments)
        assert built in (0, *ANSWERED), f"{arguments[:-1]}: {err[-2000:]}"


def apart(*arguments):
    """Run the command line in a process of its own; return it, or fail after the limit of time."""
    command = [sys.executable, "-m", "goldwire", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)


# Whole files

DEEP = 100_000
FILES = {
    "empty": b"",
    "one line feed": b"\n",
    "blanks": b" \t \n",
    "no UTF-8": b"\xff\xfe{\x00}\x00",
    "a broken sequence": b'{"id":"\xc3("}\n',
    "an overlong sequence": b'{"id":"\xc0\xaf"}\n',
    "a surrogate in UTF-8": b'{"id":"\xed\xa0\x80"}\n',
    "a sequence cut off": b'{"id":"\xe2\x80',
    "only a byte order mark": b"\xef\xbb\xbf",
    "NUL bytes": b"\x00" * 1000,
    "null": b"null\n",
    "a number": b"1\n",
    "a huge number": b"1" + b"0" * 5000 + b"\n",
    "NaN": b"NaN\n",
    "minus Infinity": b"-Infinity\n",
    "a string": b'"x"\n',
    "a lone surrogate": b'"\\ud800"\n',
    "a key that is a lone surrogate": b'{"\\ud800":1}\n',
    "an empty key": b'{"":1}\n',
    "an empty array": b"[]\n",
    "an empty object": b"{}\n",
    "an open brace": b"{",
    "duplicate keys": b'{"id":"x","id":"y","id":"x"}\n',
    "line ends of all kinds": b"{}\x0b{}\x0c{}\xc2\x85{}\xe2\x80\xa8{}\r{}\n",
    "open brackets": b"[" * DEEP,
    "brackets": b"[" * DEEP + b"]" * DEEP + b"\n",
    "open objects": b'{"id":' * DEEP,
    "objects": b'{"id":' * DEEP + b"1" + b"}" * DEEP + b"\n",
    "many lines": b"{}\n" * 2000,
}


@pytest.mark.parametrize("content", FILES)
@pytest.mark.parametrize("path", RECORDS)
def test_a_file_of_records_may_hold_anything(path, content, tree):
    clean = path in (EXEMPTIONS, PAIRS) or "/decoys/" in path
    (tree / path).write_bytes(FILES[content])
    assert_answers(tree, (*ANSWERED, exits.CLEAN) if content == "empty" and clean else ANSWERED)


@pytest.mark.parametrize("content", FILES)
@pytest.mark.parametrize("path", TEXTS)
def test_a_text_may_hold_anything(path, content, tree):
    (tree / path).write_bytes(FILES[content])
    assert_answers(tree)


@pytest.mark.parametrize("content", ["brackets", "objects", "open brackets"])
@pytest.mark.parametrize("path", [SET, PAGES])
def test_deep_nesting_does_not_end_the_process(path, content, tree):
    (tree / path).write_bytes(FILES[content])
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]
    assert b"not-json" in done.stdout


LARGE = 20_000_000
LARGE_LINES = {
    "a string": b'{"id":"' + b"x" * LARGE + b'"}\n',
    "blanks": b" " * LARGE + b"\n",
    "an array": b"[" + b"1," * (LARGE // 2) + b"1]\n",
    "brackets": b"[" * LARGE,
    "no JSON": b"x" * LARGE,
}


@pytest.mark.parametrize("content", LARGE_LINES)
@pytest.mark.parametrize("path", [LABELS[1], SET])
def test_a_line_of_twenty_megabytes_is_answered_in_time(path, content, tree):
    (tree / path).write_bytes(LARGE_LINES[content])
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]
    assert len(done.stdout) < 100_000, "a finding is a line to read, not the data again"


def test_a_text_of_twenty_megabytes_is_answered_in_time(tree):
    for path in TEXTS:
        (tree / path).write_bytes(b"He said so. " * (LARGE // 12))
    done = apart("check", tree)
    assert done.returncode in ANSWERED, done.stderr[-2000:]


# One value in a record that is sound

VALUES = {
    "null": "null",
    "a lone surrogate": r'"\ud800"',
    "surrogates the wrong way round": r'"\udc00\ud800"',
    "NaN": "NaN",
    "Infinity": "Infinity",
    "a number past 64 bits": "1" + "0" * 400,
    "a huge number": "1" + "0" * 5000,
    "a huge negative number": "-1" + "0" * 5000,
    "a number as a float": "1.0",
    "a float past all bounds": "1e400",
    "minus zero": "-0",
    "true": "true",
    "a number": "7",
    "the largest number of 64 bits": "9223372036854775807",
    "an empty string": '""',
    "NUL": r'"\u0000"',
    "a raw control character": '"\x01"',
    "a line feed": r'"003-01\n"',
    "no characters of the text": '"🎉\u2028é"',
    "an empty array": "[]",
    "an empty object": "{}",
    "brackets": "[" * DEEP + "]" * DEEP,
}
MARK = "@@"


def places(value, at=()):
    """The way to every value inside a value, itself aside."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def sound(path):
    """The first record of a file."""
    text = EXEMPTION if path == EXEMPTIONS else (BASE / path).read_text()
    return json.loads(text if path.endswith(".json") else text.splitlines()[0])


def damaged(path, place, written):
    """The text of a file whose first record has a value, at a place in it, written otherwise."""
    record = holder = sound(path)
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = MARK
    if path.endswith(".json"):
        return json.dumps(record, indent=2, ensure_ascii=False).replace(f'"{MARK}"', written) + "\n"
    text = EXEMPTION if path == EXEMPTIONS else (BASE / path).read_text()
    line = json.dumps(record, separators=(",", ":"), ensure_ascii=False).replace(f'"{MARK}"', written)
    return "".join(f"{item}\n" for item in [line, *text.splitlines()[1:]])


def some_places(path):
    """Every value of a record, but of what a list or the units of a set repeat the first alone."""
    seen = set()
    for place in places(sound(path)):
        shape = tuple("*" if isinstance(key, int) or (path == SET and i == 1) else key for i, key in enumerate(place))
        if shape not in seen:
            seen.add(shape)
            yield place


@contextlib.contextmanager
def replaced(tree, path, data):
    """A tree with one file otherwise, put back afterwards."""
    before = (tree / path).read_bytes()
    (tree / path).write_bytes(data)
    try:
        yield
    finally:
        (tree / path).write_bytes(before)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("path", RECORDS)
def test_a_value_may_be_anything(path, value, shared_tree):
    failed = []
    for place in some_places(path):
        with replaced(shared_tree, path, damaged(path, place, VALUES[value]).encode()):
            status, out, err = answer("check", shared_tree)
        if status == exits.BUG or "Traceback" in err or max(map(len, out.splitlines()), default=0) > 2000:
            failed.append((place, status, err[-600:]))
    assert not failed


def test_numbers_past_the_text_are_findings_not_waits(tree):
    path = tree / LABELS[1]
    path.write_text(damaged(LABELS[1], ("end",), "9223372036854775807"))
    assert "span-out-of-range" in answer("check", tree)[1]


# Ids that look like paths

OUTSIDE = ["../x", "../../x", "../outside/x", "..", ".", "", "/etc/hostname", "a/b", r"..\x", "x\u0000y", "x\n", "~"]
ID_PLACES = {
    "the id of a page": (PAGES, ("id",)),
    "the source of a page": (PAGES, ("source",)),
    "the id of a document": (DOCUMENTS, ("id",)),
    "the page of a document": (DOCUMENTS, ("page",)),
    "the document of a block": (LABELS[0], ("document",)),
    "the id of a block": (LABELS[0], ("id",)),
    "the id of a mention": (LABELS[1], ("id",)),
    "the entity of a mention": (LABELS[1], ("entity",)),
    "the parent of a quote": (LABELS[2], ("parent",)),
    "a document of a pair": (PAIRS, ("a",)),
    "the id of an entity": (REGISTRY, ("id",)),
    "the document of an exemption": (EXEMPTIONS, ("document",)),
    "the name of a set": (SET, ("name",)),
    "the version of the data": (MANIFEST, ("version",)),
}
touched: list[str] = []
watching: list[bool] = []


def watch(event, arguments):
    """Note every path that is opened, listed, renamed or removed while watching is on."""
    if watching and event in ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"):
        touched.extend(os.fsdecode(a) for a in arguments if isinstance(a, str | bytes | os.PathLike))


sys.addaudithook(watch)


def touched_by(tree, *arguments):
    """What a command touches beside the tree and the program itself."""
    touched.clear()
    watching.append(True)
    try:
        status, _, err = answer(*arguments)
    finally:
        watching.clear()
    assert status != exits.BUG, err
    strange = (str(tree.parent), "/etc/hostname", str(Path.home()))
    inside = (str(tree), str(ROOT), sys.prefix, sys.base_prefix)
    paths = {os.path.normpath(os.path.abspath(path)) for path in touched}  # noqa: PTH100 - links are not followed
    return {path for path in paths if path.startswith(strange) and not path.startswith(inside)}


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("place", ID_PLACES)
def test_an_id_like_a_path_leads_nowhere(place, name, tree):
    path, at = ID_PLACES[place]
    outside = tree.parent / "outside"
    outside.mkdir()
    for file in (tree.parent / "x.txt", tree.parent / "x.jsonl", outside / "x.txt", outside / "x.jsonl"):
        file.write_text("not yours")
    (tree / path).write_text(damaged(path, at, json.dumps(name)))
    others = {file: data for file, data in everything(tree.parent).items() if tree not in file.parents}
    for arguments in (("check", tree), ("build", "--check", tree), ("build", tree)):
        assert touched_by(tree, *arguments) == set()
    left = {file: data for file, data in everything(tree.parent).items() if tree not in file.parents}
    assert left == others


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("layer", ["segments", "entities", "quotes", "decoys"])
def test_a_unit_of_a_set_like_a_path_leads_nowhere(layer, name, tree):
    info = json.loads((tree / SET).read_text())
    info[layer][name] = "complete"
    (tree / SET).write_text(json.dumps(info, indent=2) + "\n")
    for arguments in (("check", tree), ("build", "--check", tree), ("build", tree)):
        assert touched_by(tree, *arguments) == set()
    assert answer("check", tree)[0] == exits.FINDINGS


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_of_the_manifest_like_a_path_is_not_opened(name, tree):
    manifest = json.loads((tree / MANIFEST).read_text())
    entry = {"path": name, "sha256": "0" * 64, "count": 1}
    (tree / MANIFEST).write_text(json.dumps({**manifest, "version": "1.0.0", "files": [entry]}, indent=2) + "\n")
    assert touched_by(tree, "check", tree) == set()
    assert answer("check", tree)[0] == exits.FINDINGS


# Files, folders and links that are not what they should be

FOLDERS = ["corpus", "corpus/pages", "corpus/text", "annotations", "annotations/gold"]
FOLDERS += [f"annotations/gold/{layer}" for layer in ("segments", "entities", "quotes", "decoys")]


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS])
def test_a_folder_where_a_file_should_be(path, tree):
    (tree / path).unlink()
    (tree / path).mkdir()
    assert_answers(tree)


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS])
def test_a_folder_that_is_not_empty_where_a_file_should_be(path, tree):
    (tree / path).unlink()
    (tree / path / "sub").mkdir(parents=True)
    (tree / path / "sub" / "x.jsonl").write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_file_where_a_folder_should_be(path, tree):
    shutil.rmtree(tree / path)
    (tree / path).write_text("a file\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_that_is_missing(path, tree):
    shutil.rmtree(tree / path)
    statuses = (*ANSWERED, exits.CLEAN) if path in ("annotations/gold",) else ANSWERED
    assert_answers(tree, statuses)


@pytest.mark.parametrize("path", FOLDERS)
def test_a_folder_that_does_not_belong(path, tree):
    (tree / path / "sub").mkdir()
    (tree / path / "sub" / "x.jsonl").write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
@pytest.mark.parametrize(
    "name", ["x\ny.jsonl", "x y.jsonl", ".jsonl", "..jsonl", "é.jsonl", "[x].jsonl", "%s{}.jsonl"]
)
def test_a_file_with_an_odd_name(path, name, tree):
    (tree / path / name).write_text("{}\n")
    assert_answers(tree)


@pytest.mark.parametrize("path", FOLDERS)
@pytest.mark.parametrize("option", ["--json", "--github", None])
def test_a_file_whose_name_is_no_utf8(path, option, tree):
    with open(os.fsencode(tree / path) + b"/\xff\xfe.jsonl", "wb") as file:  # noqa: PTH123 - Path takes no bytes
        file.write(b"{}\n")
    done = apart("check", tree, *([option] if option else []))
    assert done.returncode in ANSWERED, done.stderr[-2000:].decode()


@pytest.mark.parametrize("path", [*RECORDS, *TEXTS, *FOLDERS])
@pytest.mark.parametrize("target", ["itself", "nothing", "outside", "the root", "/dev/null"])
def test_a_link_where_something_should_be(path, target, tree):
    place = tree / path
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("not yours")
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    goals = {"itself": place, "nothing": tree / "nothing", "the root": tree, "/dev/null": Path("/dev/null")}
    place.symlink_to(goals.get(target, outside if path in FOLDERS else outside / "x.txt"))
    status, out, err = answer("check", tree)
    assert status in (exits.CLEAN, *ANSWERED), err or out
    status, out, err = answer("build", "--check", tree)
    assert status in (exits.CLEAN, *ANSWERED), err or out
    assert (outside / "x.txt").read_text() == "not yours"


def test_building_into_a_linked_folder_leaves_what_is_outside(tree):
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("not yours")
    shutil.rmtree(tree / "corpus/text")
    (tree / "corpus/text").symlink_to(outside)
    status, _, err = answer("build", tree)
    assert status != exits.BUG, err
    assert everything(outside) == {outside / "x.txt": b"not yours"}


@pytest.mark.parametrize("path", FOLDERS)
def test_links_in_a_circle(path, tree):
    (tree / path / "up").symlink_to(tree)
    (tree / path / "here").symlink_to(".")
    assert_answers(tree)


if os.geteuid() != 0:  # root reads every file

    @pytest.mark.parametrize("path", [*RECORDS, *TEXTS, *FOLDERS])
    def test_what_may_not_be_read(path, tree):
        (tree / path).chmod(0)
        try:
            assert_answers(tree)
        finally:
            (tree / path).chmod(0o755)


def test_a_pipe_where_a_file_should_be_is_not_waited_for(tree):
    for path in (LABELS[1], TEXTS[0]):
        place = tree / path
        before = place.read_bytes()
        place.unlink()
        os.mkfifo(place)
        done = apart("check", tree)
        assert done.returncode in ANSWERED
        place.unlink()
        place.write_bytes(before)


@pytest.mark.parametrize("name", ["", "nothing", "x.txt"])
def test_a_root_that_is_none(name, tmp_path):
    (tmp_path / "x.txt").write_text("a file")
    for command in ("check", "build"):
        status, _, err = answer(command, tmp_path / name)
        assert status in ANSWERED, err


# What nobody thought of

junk = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*RECORDS, *TEXTS]), st.integers(0, 10_000), st.integers(0, 40), junk)
@example(SET, 0, 40, b"")
def test_damaged_bytes_are_findings(shared_tree, path, at, length, new):
    data = (shared_tree / path).read_bytes()
    at = at % (len(data) + 1)
    with replaced(shared_tree, path, data[:at] + new + data[at + length :]):
        status, _, err = answer("check", shared_tree)
    assert status in (exits.CLEAN, exits.FINDINGS), err


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(RECORDS), values)
def test_damaged_records_are_findings(shared_tree, data, path, value):
    place = data.draw(st.sampled_from(list(some_places(path))))
    text = damaged(path, place, json.dumps(value))
    with replaced(shared_tree, path, text.encode("utf-8", "surrogatepass")):
        status, _, err = answer("check", shared_tree)
    assert status in (exits.CLEAN, exits.FINDINGS), err


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*RECORDS, *TEXTS]), junk, min_size=1, max_size=4))
def test_a_tree_with_several_faults_is_read(shared_tree, damage):
    try:
        for path, data in damage.items():
            (shared_tree / path).write_bytes(data)
        _, findings = read_tree(shared_tree)
        assert findings or all(not data.strip() or path in TEXTS for path, data in damage.items())
    finally:
        shutil.rmtree(shared_tree)
        plant(shared_tree)


TAGS = ["<c1>", "</c1>", "<s1>", "</s1>", "<h1>", "</h1>", "<n1>", "</n1>", "<c1,2>", "[[", "]]", "|", ">", "gpe-x"]
LINES = ["\n===\n", "1 type=direct status=none", "n1 reason=scare", "parent=1", "entities=gpe-x", "=", "\n", "\0"]
pieces = st.lists(st.sampled_from([*TAGS, *LINES]) | st.text(max_size=4), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(pieces, st.text(max_size=10))
@example("<c1>" * 50_000, "x")
@example("[[" * 50_000, "x")
@example("[[" + "[a]" * 30_000 + "x", "x")
@example("a\n===\n1 1 1\n", "a")
@example("<c1>a</c1>\n===\n1 type=direct parent=1 status=none\n", "a")
@example("<n1></n1>a\n===\nn1 reason=scare\n", "a")
@example("<c1></c1>a\n===\n1 type=direct status=none\n", "a")
@example("<c1>a</c1><n1>b</n1>\n===\n1 type=direct status=none\nn1\n", "ab")
@example("<k1>a</k1>\n===\n1 type=direct\n", "a")
@example("<c1>\ud800</c1>\n===\n1 type=direct\n", "\ud800")
@example("<n1>a</n1> <k1>a</k1> <c1>a</c1><cn1>\n===\nn1 reason=scare\n", "a a a<cn1>")
@example("<c1>a</c1> <n1>b</n1> <c1>a</c1>\n===\nn1 reason=title\n1 type=mixed status=x\n", "a b a")
@example("<k1>a</k1><n1>b</n1>\n===\nn1 reason=title\n1 type=mixed\n", "ab")
def test_markup_compiles_or_says_what_is_wrong(markup, text):
    for compile_ in (mentions, quotes):
        with contextlib.suppress(MarkupError):
            compile_("000-01", text, markup)


@given(st.sampled_from("kshn"), st.text("ab ", min_size=1, max_size=5))
def test_a_tag_without_the_one_it_belongs_to_is_said_to_be_so(letter, text):
    with pytest.raises(MarkupError):
        quotes("000-01", text, f"<{letter}1>{text}</{letter}1>\n===\n1 type=direct status=none\n")
