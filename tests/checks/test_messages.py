"""Messages: what differs is visible in them, and they name the line that caused a finding."""

import json
import shutil

import pytest

from damage import BASE
from goldwire.model.findings import contrast
from repository import git, in_process

MENTIONS = "annotations/gold/entities/p1-01.jsonl"


@pytest.fixture
def tree(tmp_path):
    shutil.copytree(BASE, tmp_path / "c")
    return tmp_path / "c"


@pytest.mark.parametrize(
    ("a", "b", "shown"),
    [
        ("Moscow", "Mosco", ("“Moscow”", "“Mosco”")),
        ("M\u043escow", "Moscow", ("“M\u043escow” (U+043E at 1)", "“Moscow” (U+006F at 1)")),
        ("mother\u00adland", "motherland", ("“mother\u00adland” (U+00AD at 6)", "“motherland” (U+006C at 6)")),
        ("ten\u00a0years", "ten years", ("“ten\u00a0years” (U+00A0 at 3)", "“ten years” (U+0020 at 3)")),
        ("end\u200b", "end", ("“end\u200b” (U+200B at 3)", "“end”")),
        ("x" * 50 + "abc" + "y" * 50, "x" * 50 + "abd" + "y" * 50, ("abc", "abd")),
    ],
)
def test_two_texts_are_cut_around_their_difference_and_named_where_they_look_alike(a, b, shown):
    found = contrast(a, b)
    assert all(part in whole for part, whole in zip(shown, found, strict=True))
    assert found[0] != found[1]
    assert all(len(whole) < 70 for whole in found)


def test_a_letter_of_another_alphabet_is_named_in_the_finding(tree):
    place = tree / MENTIONS
    place.write_text(place.read_text().replace("Renée Vale", "R\u0435née Vale", 1))
    assert "(U+0435 at 1), but the document has “Renée Vale” (U+0065 at 1)" in in_process(tree, "check").stdout


def test_a_stale_text_names_the_block_that_made_it_so(tree):
    place = tree / "annotations/gold/segments/p1.jsonl"
    lines = place.read_text().splitlines()
    number = next(i for i, line in enumerate(lines) if json.loads(line)["role"] == "body")
    lines[number] = lines[number].replace('"role":"body"', '"role":"caption"')
    place.write_text("\n".join(lines) + "\n")
    found = json.loads(in_process(tree, "check", "--json").stdout)
    stale = {fault["path"]: fault["also"] for fault in found if fault["code"] == "stale-build"}
    assert {"path": "annotations/gold/segments/p1.jsonl", "line": number + 1} in stale["corpus/text/p1-01.txt"]
    assert stale["corpus/documents.jsonl"] == stale["corpus/text/p1-01.txt"]


@pytest.mark.parametrize("number", [5, 14])
def test_a_text_that_lacks_a_whole_block_names_the_block(tree, number):
    """The texts first differ at a line end, which is in no block."""
    place = tree / f"annotations/gold/segments/{'p2' if number == 5 else 'p1'}.jsonl"
    lines = place.read_text().splitlines()
    record = json.loads(lines[number - 1])
    lines[number - 1] = json.dumps(
        record | {"document": None, "role": "boilerplate"}, ensure_ascii=False, separators=(",", ":")
    )
    place.write_text("\n".join(lines) + "\n")
    found = json.loads(in_process(tree, "check", "--json").stdout)
    (stale,) = [fault for fault in found if fault["path"] == f"corpus/text/{record['document']}.txt"]
    assert {"path": f"annotations/gold/segments/{place.name}", "line": number} in stale["also"]


def test_a_damaged_map_and_a_changed_block_are_a_stale_build(tree):
    place = tree / "corpus/documents.jsonl"
    records = [json.loads(line) | {"map": []} for line in place.read_text().splitlines()]
    place.write_text("".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in records))
    blocks = tree / "annotations/gold/segments/p1.jsonl"
    blocks.write_text(blocks.read_text().replace('"role":"body"', '"role":"caption"', 1))
    assert "corpus/text/p1-01.txt: stale-build" in in_process(tree, "check").stdout


def test_blank_edges_of_a_set_and_of_proposals_are_found(tree):
    place = tree / "annotations/gold/set.json"
    place.write_text(place.read_text().replace('"the author of the tests"', '" "', 1).replace("tests.", "tests. "))
    place.write_text(place.read_text().rstrip().removesuffix("}").rstrip() + ',\n  "canary": "x "\n}\n')
    proposal = '{"id":"gpe-arda","type":"GPE","name":"Arda ","aliases":["Arda"],"wikidata":null,"note":null}\n'
    (tree / "annotations/proposals.jsonl").write_text(proposal)
    found = json.loads(in_process(tree, "check", "--json").stdout)
    assert [(one["path"], one["code"]) for one in found] == [
        *[("annotations/gold/set.json", "blank-edge")] * 3,
        ("annotations/proposals.jsonl", "blank-edge"),
    ]


def test_damaged_proposals_are_findings(tree):
    (tree / "annotations/proposals.jsonl").write_text('{"id":5}\n{\n')
    found = in_process(tree, "check").stdout
    assert "annotations/proposals.jsonl:1: wrong-value" in found
    assert "annotations/proposals.jsonl:2: not-json" in found


def test_the_first_release_says_what_it_contains(tree):
    git(tree, "init", "-q")
    assert in_process(tree, "release", "--data", "major").returncode == 0
    log = (tree / "CHANGELOG.md").read_text()
    assert "- The first release: 4 documents, 1 gold decoys, 2 gold duplicates, 12 gold entities, 5 gold quotes" in log
