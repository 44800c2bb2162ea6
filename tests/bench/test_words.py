"""Words without offsets are found in order, and those that are ambiguous or missing are reported."""

import json

import pytest

import goldwire
from goldwire.scoring.settings import Settings
from repository import ROOT
from repository import in_process as command

TEXT = "Iranian and US envoys met in Iran.\n“We agree,” said Zoë in\nNew York. Iran’s envoy left New York."


def places(aligned):
    return [(TEXT[one["start"] : one["end"]], one["start"], one.get("type")) for one in aligned]


def at(words, number=0):
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(words, start + 1)
    return start


ALIGNED = {
    "whole words": (["Iran"], [("Iran", at("in Iran") + 3, None)]),
    "twice": (["Iran", "Iran"], [("Iran", at("in Iran") + 3, None), ("Iran", at("Iran’s"), None)]),
    "after the words before": (["Zoë", "Iran"], [("Zoë", at("Zoë"), None), ("Iran", at("Iran’s"), None)]),
    "before, if not after": (["left", "Zoë"], [("left", at("left"), None), ("Zoë", at("Zoë"), None)]),
    "over a line end": (["in New York"], [("in\nNew York", at("in\nNew"), None)]),
    "another quotation mark": (["Iran's"], [("Iran’s", at("Iran’s"), None)]),
    "another case": ([{"text": "ZOË", "type": "PERSON"}], [("Zoë", at("Zoë"), "PERSON")]),
    "pairs": ([("US", "GPE"), ["Zoë", "PERSON"]], [("US", at("US"), "GPE"), ("Zoë", at("Zoë"), "PERSON")]),
    "decomposed": (["Zoe\u0308"], [("Zoë", at("Zoë"), None)]),
    "by type": ({"PERSON": ["Zoë"], "GPE": ["US"]}, [("Zoë", at("Zoë"), "PERSON"), ("US", at("US"), "GPE")]),
    "in an object": ({"entities": [{"text": "US", "type": "GPE"}]}, [("US", at("US"), "GPE")]),
    "with offsets": ([{"start": 0, "end": 4, "text": "Iran", "type": "GPE"}], [("Iran", 0, "GPE")]),
}


@pytest.mark.parametrize("form", ALIGNED)
def test_words_are_found_in_order(form):
    given, found = ALIGNED[form]
    assert places(goldwire.align(TEXT, given)) == found


def test_ambiguous_and_missing_words_are_listed():
    found = goldwire.align(TEXT, ["New York", "Paris", "Zoë", "Zoë", "Irania", ""])
    assert found.ambiguous == {"New York": 1}
    assert found.missing == ["Paris", "Zoë", "Irania", ""]
    assert len(found) == 2
    assert found.unread == {"words not found": 4, "other places of words": 1}


def test_parts_of_a_quote_are_found_and_its_cue_is_the_nearest():
    quote = {"content": ['"We agree,"'], "cue": "said", "speaker": {"text": "Zoë"}, "type": "direct"}
    (found,) = goldwire.align(TEXT, [quote])
    assert [TEXT[span["start"] : span["end"]] for span in found["content"]] == ["“We agree,”"]
    assert (found["cue"]["start"], found["speaker"]["start"]) == (at("said"), at("Zoë"))
    text = "He said no. “We agree,” he said."
    (found,) = goldwire.align(text, [{"content": "“We agree,”", "cue": "said"}])
    assert found["cue"]["start"] == text.rindex("said")
    assert goldwire.align(TEXT, [{"content": "Never"}]).missing == ["Never"]


@pytest.mark.parametrize("label", [3, {"type": "GPE"}, None])
def test_a_label_without_words_is_refused(label):
    with pytest.raises(goldwire.GoldwireError, match="has neither words nor offsets"):
        goldwire.align(TEXT, [label])


def test_what_is_aligned_is_scored_with_its_gaps_beside_the_number(gold):
    texts = {document.text: document for document in gold.documents.values()}

    def model(text):
        return goldwire.align(text, [*((m.text, m.type) for m in texts[text].mentions), ("Atlantis", "LOC")])

    score = goldwire.score(model, gold, Settings(resamples=5))
    assert score.f1 > 0.97
    assert score.unread["words not found"] >= 25
    assert "words not found" in str(score)


def test_words_of_jsonl_are_found_by_option_alone(tmp_path, gold):
    lines = [
        {"document": name, "entities": [{"text": m.text, "type": m.type} for m in document.mentions]}
        for name, document in gold.documents.items()
    ]
    lines[0]["entities"] = {"GPE": ["Atlantis"]}
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, lines)))
    words = ("score", "annotations/gold", str(tmp_path / "mine.jsonl"), "--task", "entities")
    refused = command(ROOT, *words)
    assert (refused.returncode, "words without offsets" in refused.stderr) == (2, True)
    done = command(ROOT, *words, "--align")
    assert "goldwire: 000-01: not in the text: 'Atlantis'\n" in done.stderr
    assert "at several places, of which the first is taken" in done.stderr
    assert "mine.jsonl: strict F1 0.9" in done.stdout
    assert ", words not found 1\n" in done.stdout
