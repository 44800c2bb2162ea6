"""What the libraries that people run give is read as they mean it."""

import json
from types import SimpleNamespace

import pytest
from datasketch import MinHash, MinHashLSH

import goldwire
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.adapters.entities import read_mentions
from goldwire.bench.adapters.quotes import read_quotes
from goldwire.bench.baselines import BASELINES, find_system
from goldwire.bench.baselines.hashing import word_shingles
from goldwire.bench.baselines.spacy_pipelines import DirectQuotes, Piped
from goldwire.bench.label_tables import GOLD_TYPES, TABLES
from goldwire.bench.submissions import read_files
from goldwire.formats.brat import read_standoff
from goldwire.formats.conll import decode, read_columns
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Settings, parse
from repository import goldwire as command

TEXT = "Sergey Lavrov met Rubio in Malaysia. Moscow is ready."
LAVROV, RUBIO, MALAYSIA, MOSCOW = (0, 13), (18, 23), (27, 35), (37, 43)
QUICK = {"resamples": 10}


@pytest.fixture(scope="module")
def gold():
    return goldwire.load()


@pytest.fixture(scope="module")
def spacy():
    return Piped()


def places(labels):
    return [
        (m["start"], m["end"], m["type"]) if isinstance(m, dict) else tuple(m)
        for m in labels
    ]  # fmt: skip


def test_a_spacy_document_is_its_entities(spacy):
    found = places(read_mentions(spacy(TEXT), TEXT))
    assert (*LAVROV, "PERSON") in found
    assert (*MALAYSIA, "GPE") in found


def test_a_spacy_pipeline_is_a_system(spacy, gold):
    by_hand = goldwire.score(lambda text: [(e.start_char, e.end_char, e.label_) for e in spacy(text).ents], gold)
    assert goldwire.score(spacy.pipeline, gold).counts == by_hand.counts
    assert goldwire.score(spacy, gold).counts == by_hand.counts


def test_a_list_of_spacy_spans_is_not_taken_for_token_positions(spacy):
    doc = spacy(TEXT)
    assert read_mentions(list(doc.ents), TEXT) == read_mentions(doc, TEXT)
    assert read_mentions(doc, TEXT)[0]["end"] == 13  # two tokens


class FlairSentence:
    """As flair.data.Sentence shows itself: its own place in the text, spans that count from its own start."""

    def __init__(self, start, *spans):
        self.start_position = start
        self.spans = [
            SimpleNamespace(
                start_position=a, end_position=b, text=text, get_label=lambda kind, tag=tag: SimpleNamespace(value=tag)
            )
            for a, b, tag, text in spans
        ]

    def get_spans(self, label_type):
        assert label_type == "ner"
        return self.spans


def test_a_flair_sentence_is_its_spans_and_so_are_several():
    first = FlairSentence(0, (*LAVROV, "PERSON", "Sergey Lavrov"))
    second = FlairSentence(37, (0, 6, "GPE", "Moscow"))
    assert places(read_mentions(first, TEXT)) == [(*LAVROV, "PERSON")]
    assert places(read_mentions([first, second], TEXT)) == [(*LAVROV, "PERSON"), (*MOSCOW, "GPE")]


def test_a_flair_span_is_held_to_its_words_though_flair_writes_a_line_end_as_a_blank(gold):
    shifted = FlairSentence(0, (1, 7, "GPE", "Sergey"))
    with pytest.raises(GoldwireError, match="a label says 'Sergey' stands at 1:7, where the text reads"):
        goldwire.score(lambda text: shifted, gold)
    text = "Sergey\nLavrov"
    (mention,) = read_mentions(FlairSentence(0, (0, 13, "PERSON", "Sergey Lavrov")), text)
    assert mention["text"] == text


def test_the_output_of_a_transformers_pipeline_is_read_with_and_without_aggregation():
    grouped = [{"entity_group": "PER", "score": 0.9, "word": "sergey lavrov", "start": 0, "end": 13}]
    tokens = [
        {"entity": "B-PER", "score": 0.9, "index": 1, "word": "Sergey", "start": 0, "end": 6},
        {"entity": "I-PER", "score": 0.9, "index": 2, "word": "La", "start": 7, "end": 9},
        {"entity": "I-PER", "score": 0.9, "index": 3, "word": "##vrov", "start": 9, "end": 13},
        {"entity": "B-LOC", "score": 0.9, "index": 6, "word": "Malaysia", "start": 27, "end": 35},
    ]
    assert places(read_mentions(grouped, TEXT)) == [(*LAVROV, "PER")]
    assert places(read_mentions(tokens, TEXT)) == [(*LAVROV, "PER"), (*MALAYSIA, "LOC")]


def test_a_mention_ends_where_transformers_left_out_a_token_between():
    tokens = [
        {"entity": tag, "score": 0.9, "index": number, "word": "", "start": start, "end": end}
        for tag, number, (start, end) in (("I-PER", 1, (0, 6)), ("I-PER", 2, (7, 13)), ("I-PER", 4, RUBIO))
    ]
    assert places(read_mentions(tokens, TEXT)) == [(*LAVROV, "PER"), (*RUBIO, "PER")]
    bare = [{**token, "entity": "PER"} for token in tokens]
    assert places(read_mentions(bare, TEXT)) == [(*LAVROV, "PER"), (*RUBIO, "PER")]


def test_the_space_before_a_word_is_no_part_of_what_sentencepiece_marks():
    grouped = [{"entity_group": "PER", "score": 0.9, "word": "Rubio", "start": 17, "end": 23}]
    tokens = [{"entity": "B-PER", "score": 0.9, "index": 4, "word": "▁Rubio", "start": 17, "end": 23}]
    assert places(read_mentions(grouped, TEXT)) == places(read_mentions(tokens, TEXT)) == [(*RUBIO, "PER")]


def test_the_output_of_gliner_is_read():
    found = [{"start": 18, "end": 23, "text": "Rubio", "label": "PERSON", "score": 0.7}]
    assert places(read_mentions(found, TEXT)) == [(*RUBIO, "PERSON")]


def test_records_triples_and_nothing_at_all_are_handed_on():
    for labels in (
        [],
        [(0, 13, "PERSON")],
        [{"start": 0, "end": 13, "type": "PERSON", "entity": "person-sergey-lavrov"}],
    ):
        assert read_mentions(labels, TEXT) == labels


@pytest.mark.parametrize(
    "tags",
    [
        "B-PER I-PER O B-PER O B-LOC O",
        "I-PER I-PER O I-PER O I-LOC O",
        "B-PER E-PER O S-PER O S-LOC O",
        "B-PER L-PER O U-PER O U-LOC O",
    ],
)
def test_tags_of_every_scheme_are_decoded(tags):
    words = [(0, 6), (7, 13), (14, 17), (18, 23), (24, 26), (27, 35), (35, 36)]
    found = decode((a, b, tag) for (a, b), tag in zip(words, tags.split(), strict=True))
    assert found == [(*LAVROV, "PER"), (*RUBIO, "PER"), (*MALAYSIA, "LOC")]


def test_a_mention_begins_anew_at_b_and_at_another_type():
    assert decode([(0, 1, "B-X"), (2, 3, "B-X"), (4, 5, "I-Y"), (6, 7, "I-Y")]) == [
        (0, 1, "X"),
        (2, 3, "X"),
        (4, 7, "Y"),
    ]


def test_columns_are_laid_on_the_text_and_treebank_escapes_are_known():
    text = 'He said: "Hm" (Rubio).\nMoscow # waits.'
    tokens = (
        "He O|said O|: O|`` O|Hm O|'' O|-LRB- O|Rubio NNP B-PER|-RRB- O|. O||# a comment|Moscow B-LOC|# O|waits O|. O"
    )
    lines = ["-DOCSTART- -X- O", *tokens.split("|")]
    assert read_columns(lines, text) == [(15, 20, "PER"), (23, 29, "LOC")]


def test_a_token_that_is_not_next_in_the_text_is_refused_with_its_line():
    with pytest.raises(GoldwireError, match=r"x\.conll:2: the token 'Lavrow' is not next .* goes on 'Lavrov met"):
        read_columns(["Sergey B-PER", "Lavrow I-PER"], TEXT, "x.conll")
    with pytest.raises(GoldwireError, match="has no tag"):
        read_columns(["Sergey"], TEXT)


ANN = """T1\tPERSON 0 13\tSergey Lavrov
T2\tContent 44 46;47 52\tis ready
T3\tSpeaker 37 43\tMoscow
A1\tQuoteType T2 indirect
R1\tSpeaker Arg1:T2 Arg2:T3
E1\tMeet:T1
#1\tAnnotatorNotes T1\ta person
"""


def test_brat_gives_mentions_quotes_of_fragments_attributes_and_notes():
    standoff = read_standoff(ANN.splitlines(), TEXT)
    assert places(standoff.mentions()) == [(*LAVROV, "PERSON")]
    (quote,) = standoff.quotes()
    assert quote["content"] == [{"start": 44, "end": 46}, {"start": 47, "end": 52}]
    assert (quote["type"], quote["cue"], quote["speaker"]) == ("indirect", None, {"start": 37, "end": 43})
    assert standoff.notes == {"T1": ["a person"]}


def test_a_brat_span_over_a_line_end_is_one():
    text = "one two\nthree"
    standoff = read_standoff(["T1\tContent 4 7;8 13\ttwo three"], text)
    assert standoff.bounds["T1"].stretches == ((4, 13),)


@pytest.mark.parametrize(
    "line",
    ["T1\tPERSON 0 13\tSergei Lavrov", "T1\tPERSON 0 130\tx", "T1\tPERSON a b\tx", "R1\tCue Arg1:T1 Arg2:T9", "T1"],
)
def test_a_line_that_is_no_standoff_is_refused_with_its_place(line):
    with pytest.raises(GoldwireError, match=r"003-01\.ann"):
        read_standoff(["T1\tPERSON 0 13\tSergey Lavrov", line], TEXT, "003-01.ann")


def test_textacys_triples_under_one_cue_are_one_quote(gold):
    text = gold.documents["003-01"].text
    quotes = read_quotes(DirectQuotes()(text), text)
    peskov = quotes[0]
    assert [text[span["start"] : span["end"]][:8] for span in peskov["content"]] == ["'We shou", "'We have"]
    assert text[peskov["speaker"]["start"] : peskov["speaker"]["end"]] == "Peskov"
    assert text[peskov["cue"]["start"] : peskov["cue"]["end"]] == "said"


def test_a_spacy_document_may_keep_its_quotes_in_a_span_group(spacy):
    doc = spacy(TEXT)
    doc.spans["quotes"] = [doc.char_span(*MOSCOW, label="indirect")]
    moscow = dict(zip(("start", "end"), MOSCOW, strict=True))
    assert read_quotes(doc, TEXT) == [{"content": [moscow], "type": "indirect"}]


def test_spans_of_spacy_are_quotes_by_their_characters_not_by_their_tokens(spacy):
    span = spacy(TEXT).char_span(*MOSCOW, label="mixed")
    moscow = dict(zip(("start", "end"), MOSCOW, strict=True))
    assert read_quotes([span], TEXT) == [{"content": [moscow], "type": "mixed"}]


def test_what_is_exported_for_spacy_scores_as_what_it_was_made_from(gold, tmp_path):
    tokens = pytest.importorskip("spacy.tokens")
    assert command(tmp_path, "export", "spacy", "out").returncode == 0
    made = tokens.DocBin().from_disk(tmp_path / "out/corpus.spacy")
    docs = {doc.user_data["document"]: doc for doc in made.get_docs(pytest.importorskip("spacy").blank("en").vocab)}
    for task in ("entities", "quotes"):
        assert goldwire.score(docs, gold, Settings(task, resamples=5)).f1 == 1.0


NAMES = ("000-01", "000-02", "000-03")
THREE = [("000-01", "000-02"), ("000-01", "000-03"), ("000-02", "000-03")]


@pytest.mark.parametrize(
    ("output", "pairs"),
    [
        ([("000-01", "000-02"), ("000-01", "000-03", "related")],) * 2,
        ([["000-03", "000-01", "000-02"]], THREE),
        ([{"000-02", "000-01"}, {"000-03"}], THREE[:1]),
        ({"000-01": 4, "000-02": -1, "000-03": 4}, THREE[1:2]),
        ({"000-01": ["000-01", "000-02"], "000-02": ["000-01", "000-02"], "000-03": []}, THREE[:1]),
    ],
    ids=["pairs", "clusters", "sets", "labels", "neighbours"],
)
def test_pairs_clusters_labels_and_neighbours_are_pairs(output, pairs):
    assert read_duplicates(output, NAMES) == pairs


def test_what_an_index_of_datasketch_answers_is_scored(gold):
    def index(texts):
        lsh, made = MinHashLSH(threshold=0.5, num_perm=128), {}
        for name, text in texts.items():
            made[name] = MinHash(num_perm=128, seed=1)
            made[name].update_batch([shingle.encode() for shingle in word_shingles(text)])
            lsh.insert(name, made[name])
        return {name: lsh.query(minhash) for name, minhash in made.items()}

    found = goldwire.score(index, gold, Settings("duplicates", **QUICK))
    assert found.f1 == goldwire.score(find_system("minhash"), gold, Settings("duplicates", **QUICK)).f1 == 1.0


def test_every_table_maps_to_what_it_asks_for():
    for table in TABLES.values():
        assert set(table.system.values()) == set(table.gold.values())
        assert set(table.gold) <= set(GOLD_TYPES)


def test_a_table_folds_both_sides_and_stands_in_the_signature(gold):
    fold = TABLES["conll-4"].gold
    folded = {name: [(m.start, m.end, fold[m.type]) for m in d.mentions] for name, d in gold.documents.items()}
    score = goldwire.score(folded, gold, Settings(labels="conll-4", **QUICK))
    assert (score.f1, set(score.counts.types)) == (1.0, {"PER", "ORG", "LOC", "MISC"})
    assert parse(str(score.signature)).settings.labels == "conll-4"
    plain = goldwire.score(folded, gold, Settings(**QUICK))
    assert plain.f1 < 1
    assert set(plain.ignored) == {"PER", "MISC"}


def test_types_that_a_table_has_no_word_for_are_neither_asked_for_nor_held_against_a_system(gold):
    score = goldwire.score(lambda text: [(0, 1, "TITLE")], gold, Settings(labels="ace-7", **QUICK))
    assert score.ignored == {"TITLE": 25}
    assert "NORP" not in score.counts.types


def test_an_unknown_table_is_refused_with_those_there_are(gold):
    with pytest.raises(GoldwireError, match="no table of labels 'conll'; expected none, ontonotes-18, conll-4, ace-7"):
        goldwire.score(lambda text: [], gold, Settings(labels="conll"))


class Batch:
    def __init__(self, answers):
        self.answers = answers

    def batch(self, texts):
        yield from self.answers(texts)


def test_a_batch_is_asked_once_for_all_and_scores_as_one_by_one(gold):
    asked = []

    def answers(texts):
        asked.append(len(texts))
        return ([(0, 5, "GPE")] for _ in texts)

    assert goldwire.score(Batch(answers), gold).counts == goldwire.score(lambda text: [(0, 5, "GPE")], gold).counts
    assert asked == [25]


def test_a_system_that_only_keeps_a_number_called_batch_is_called(gold):
    class Tagger:
        batch = 8

        def __call__(self, text):
            return [(0, 5, "GPE")]

    assert goldwire.score(Tagger(), gold).counts == goldwire.score(lambda text: [(0, 5, "GPE")], gold).counts


def test_a_batch_that_answers_too_few_or_too_many_is_refused(gold):
    with pytest.raises(GoldwireError, match="answered 24 of 25"):
        goldwire.score(Batch(lambda texts: [[]] * 24), gold)
    with pytest.raises(GoldwireError, match="more than the 25"):
        goldwire.score(Batch(lambda texts: [[]] * 26), gold)


def test_a_system_that_fails_is_named_with_the_text(gold):
    def broken(text):
        raise StopIteration

    with pytest.raises(GoldwireError, match="the system failed on 000-01"):
        goldwire.score(broken, gold)
    with pytest.raises(GoldwireError, match="a int is no system"):
        goldwire.score(3, gold)


def test_a_file_of_one_document_a_line_scores_as_its_labels_do(gold, tmp_path):
    place = tmp_path / "predictions.jsonl"
    half = {
        name: [m.model_dump(include={"start", "end", "type", "text"}) for m in d.mentions[::2]]
        for name, d in gold.documents.items()
    }
    place.write_text(
        "".join(json.dumps({"document": name, "entities": labels}) + "\n" for name, labels in half.items())
    )
    texts = {name: document.text for name, document in gold.documents.items()}
    read = read_files(place, "entities", texts)
    assert read == half
    folder = tmp_path / "mine" / "entities"
    folder.mkdir(parents=True)
    for name, labels in half.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
    assert read_files(tmp_path / "mine", "entities", texts) == half


BAD = {
    "not JSON": ("x.jsonl:2: no JSON", '{"document": "000-01", "entities": []}\n{'),
    "no object": ("x.jsonl:1: a list", "[]"),
    "no labels": ("x.jsonl:1: holds 'document'; expected an object with 'document'", '{"document": "000-01"}'),
    "twice": ("x.jsonl:2: 000-01 was given before", '{"document": "000-01", "entities": []}\n' * 2),
    "nothing": ("holds no entities; expected an annotation set", ""),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_file_at_fault_is_refused_with_its_line(tmp_path, fault):
    message, content = BAD[fault]
    (tmp_path / "x.jsonl").write_text(content)
    with pytest.raises(GoldwireError, match=message):
        read_files(tmp_path / "x.jsonl", "entities", {"000-01": TEXT})


def test_files_of_brat_and_of_columns_are_read_by_document_id(tmp_path):
    (tmp_path / "000-01.ann").write_text(ANN)
    (tmp_path / "000-02.conll").write_text("Sergey B-PERSON\nLavrov I-PERSON\n")
    texts = {"000-01": TEXT, "000-02": TEXT}
    assert {name: places(found) for name, found in read_files(tmp_path, "entities", texts).items()} == {
        "000-01": [(*LAVROV, "PERSON")],
        "000-02": [(*LAVROV, "PERSON")],
    }
    assert list(read_files(tmp_path, "quotes", texts)) == ["000-01"]
    with pytest.raises(GoldwireError, match="labels for '000-02', which is no document"):
        read_files(tmp_path, "entities", {"000-01": TEXT})


def test_a_baseline_is_found_by_name_and_for_its_task_alone():
    assert callable(find_system("exact-hash", "duplicates"))
    with pytest.raises(GoldwireError, match="textacy does quotes; for segments there are blank-lines, sentence-ends"):
        find_system("textacy", "segments")
    with pytest.raises(GoldwireError, match=r"no system 'texacy'.*did you mean textacy"):
        find_system("texacy")
    assert {baseline.task for baseline in BASELINES.values()} == {"entities", "quotes", "duplicates", "segments"}
