"""The outputs of libraries that people use are read as they are meant."""

from types import SimpleNamespace

import pytest
from datasketch import MinHash, MinHashLSH

import goldwire
from damage import BASE
from goldwire.bench.adapters.duplicates import read_duplicates
from goldwire.bench.adapters.entities import read_mentions
from goldwire.bench.adapters.quotes import read_quotes
from goldwire.bench.baselines import BASELINES, find_system
from goldwire.bench.baselines.hashing import word_shingles
from goldwire.bench.baselines.spacy_pipelines import DirectQuotes, Piped
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Settings
from repository import in_process as command
from standoff import LAVROV, MALAYSIA, MOSCOW, RUBIO, TEXT, places

QUICK = {"resamples": 10}


@pytest.fixture(scope="module")
def spacy():
    return Piped()


def test_a_spacy_document_is_its_entities(spacy):
    found = places(read_mentions(spacy(TEXT), TEXT))
    assert (*LAVROV, "PERSON") in found
    assert (*MALAYSIA, "GPE") in found


def test_a_spacy_pipeline_is_a_system(spacy):
    gold = goldwire.load(BASE)
    by_hand = goldwire.score(lambda text: [(e.start_char, e.end_char, e.label_) for e in spacy(text).ents], gold)
    assert by_hand.counts.modes["strict"].correct
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


def test_the_text_of_a_flair_span_is_compared_except_for_white_space(gold):
    shifted = FlairSentence(0, (1, 7, "GPE", "Sergey"))
    with pytest.raises(GoldwireError, match="a label has 'Sergey' at 1:7, where the text reads"):
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


def test_a_baseline_is_found_by_name_and_for_its_task_alone():
    assert callable(find_system("exact-hash", "duplicates"))
    with pytest.raises(GoldwireError, match="textacy is for quotes; for segments expected blank-lines, sentence-ends"):
        find_system("textacy", "segments")
    with pytest.raises(GoldwireError, match=r"no system 'texacy'.*did you mean textacy"):
        find_system("texacy")
    assert {baseline.task for baseline in BASELINES.values()} == {"entities", "quotes", "duplicates", "segments"}
