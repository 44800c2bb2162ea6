"""Systems and their answers: what is called, and the message for what is not a system or not an answer."""

import pytest

import goldwire
from goldwire.bench.adapters.calling import piped
from goldwire.bench.baselines.spacy_pipelines import Clauses, DirectQuotes, Piped
from goldwire.scoring.settings import Settings

QUICK = Settings(resamples=20)


def test_none_is_not_an_answer(gold):
    with pytest.raises(goldwire.GoldwireError, match="000-01"):
        goldwire.score(lambda text: None, gold, QUICK)


@pytest.mark.parametrize("answer", [None, 5, "GPE", b"GPE"], ids=str)
def test_an_answer_that_cannot_contain_labels_is_named_by_its_type(gold, answer):
    kind = "None" if answer is None else f"an answer of type {type(answer).__name__}"
    with pytest.raises(goldwire.GoldwireError, match=f"the system gave {kind} for 000-01; expected labels"):
        goldwire.score(lambda text: answer, gold, QUICK)


def test_a_data_frame_is_not_an_answer(gold):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame([{"start": 0, "end": 6, "type": "GPE"}])
    with pytest.raises(
        goldwire.GoldwireError, match="the system gave an answer of type DataFrame for 000-01; expected labels"
    ):
        goldwire.score(lambda text: table, gold, QUICK)


def test_a_spacy_document_without_the_span_group_quotes_is_an_error(gold):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    with pytest.raises(goldwire.GoldwireError, match="a Doc without the span group 'quotes'"):
        goldwire.score(nlp, gold, task="quotes")
    with pytest.raises(goldwire.GoldwireError, match=r"\w+ \(of type Token\) is not a valid quote"):
        goldwire.score(lambda text: list(nlp(text)), gold, task="quotes")


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
    with pytest.raises(goldwire.GoldwireError, match="answered 24 of 25"):
        goldwire.score(Batch(lambda texts: [[]] * 24), gold)
    with pytest.raises(goldwire.GoldwireError, match="more answers than the 25"):
        goldwire.score(Batch(lambda texts: [[]] * 26), gold)


def test_a_system_that_fails_is_named_with_the_text(gold):
    def broken(text):
        raise StopIteration

    with pytest.raises(goldwire.GoldwireError, match="the system failed on 000-01"):
        goldwire.score(broken, gold)
    with pytest.raises(goldwire.GoldwireError, match="a int is not a system"):
        goldwire.score(3, gold)


BASELINES = {"entities": Piped, "direct quotes": DirectQuotes, "clauses": Clauses}


@pytest.mark.parametrize("kind", ["a pipeline", *BASELINES])
def test_spacy_parses_few_texts_at_once(gold, kind):
    spacy = pytest.importorskip("spacy")
    sizes = []

    class Sizes:
        def __call__(self, doc):
            return doc

        def pipe(self, stream, *, batch_size):
            sizes.append(batch_size)
            yield from stream

    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler")
    spacy.Language.factory("sizes", func=lambda nlp, name: Sizes())
    nlp.add_pipe("sizes")
    if kind in BASELINES:
        system = object.__new__(BASELINES[kind])
        system.pipeline = nlp
        system.read = lambda doc: []
    else:
        system = nlp
    assert goldwire.score(system, gold, QUICK).f1 == 0.0
    assert max(sizes) == 8


def test_a_batch_for_a_pipeline_has_few_texts_and_few_letters():
    batches = []

    class Pipeline:
        def pipe(self, texts, *, batch_size):
            batches.append([len(text) for text in texts])
            return map(str.upper, texts)

    texts = ["a" * 15_000, "b" * 6_000, "c" * 50_000, *["d"] * 10]
    assert list(piped(Pipeline(), texts)) == [text.upper() for text in texts]
    assert batches == [[15_000], [6_000], [50_000], [1] * 8, [1] * 2]
