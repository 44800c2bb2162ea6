"""transformers, Stanza and GLiNER themselves, with tiny models of random weights: `make taggers` installs and runs.

Nothing is fetched. What such a model finds means nothing; where it finds it must be what goldwire scores.
"""

import os
import re

os.environ["HF_HUB_OFFLINE"] = "1"

import pytest
import stanza
import torch
from stanza.models.common.doc import Document
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from stanza.models.ner_tagger import parse_args
from stanza.pipeline.processor import ProcessorVariant, register_processor_variant
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast, pipeline

import goldwire
from goldwire.bench.adapters.entities import read_mentions
from goldwire.model.errors import GoldwireError
from goldwire.scoring.settings import Settings

QUICK = Settings("entities", resamples=10)
TAGS = ["O", "B-PERSON", "I-PERSON", "B-GPE", "I-GPE"]
SMALL = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORD = re.compile(r"\w+|[^\w\s]")


@pytest.fixture(scope="module")
def gold():
    return goldwire.load()


@pytest.fixture(scope="module")
def texts(gold):
    """Texts with curly marks, dashes, letters beyond ASCII and line ends; the longest has 6,410 characters."""
    found = [gold.documents[name].text for name in ("000-01", "000-06", "002-02", "004-03")]
    assert set("–’“”…ü\n") <= set("".join(found))
    return found


@pytest.fixture(scope="module")
def characters(gold):
    return sorted({c for document in gold.documents.values() for c in document.text if not c.isspace()})


def tokenizer_of(model, splitter, decoder, limit):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer, tokenizer.decoder = splitter, decoder
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=limit, **names)


@pytest.fixture(scope="module")
def wordpiece(characters):
    """Every character is a token of its own, as BERT splits an unknown word."""
    vocabulary = [*SPECIAL, *characters, *(f"##{c}" for c in characters)]
    model = models.WordPiece({token: i for i, token in enumerate(vocabulary)}, unk_token="[UNK]")
    return lambda limit: tokenizer_of(model, pre_tokenizers.BertPreTokenizer(), decoders.WordPiece(), limit)


@pytest.fixture(scope="module")
def sentencepiece(characters):
    """As DeBERTa's: a token holds the space before it."""
    vocabulary = [(token, 0.0) for token in SPECIAL] + [(c, -1.0) for c in ["▁", *characters]]
    vocabulary += [(f"▁{c}", -1.5) for c in characters]
    model = models.Unigram(vocabulary, unk_id=1)
    return lambda limit: tokenizer_of(model, pre_tokenizers.Metaspace(), decoders.Metaspace(), limit)


def tagger(tokenizer, positions=8192, tags=TAGS, **settings):
    torch.manual_seed(1)
    names = dict(enumerate(tags))
    size = {**SMALL, "vocab_size": len(tokenizer), "max_position_embeddings": positions}
    model = BertForTokenClassification(
        BertConfig(id2label=names, label2id={tag: i for i, tag in names.items()}, **size)
    )
    return pipeline("token-classification", model=model.eval(), tokenizer=tokenizer, **settings)


def triples(output):
    return [(found["start"], found["end"], found["entity_group"]) for found in output]


def places(mentions):
    return [
        (m["start"], m["end"], m["type"]) if isinstance(m, dict) else m
        for m in mentions
    ]  # fmt: skip


@pytest.mark.parametrize("tags", [TAGS, ["O", "I-PERSON", "I-GPE"], ["O", "PERSON", "GPE"]], ids=["BIO", "IO", "bare"])
@pytest.mark.parametrize("outside", [{}, {"ignore_labels": []}], ids=["left out", "shown"])
def test_tokens_are_joined_as_transformers_joins_them(wordpiece, texts, tags, outside):
    tokens = tagger(wordpiece(8192), tags=tags, **outside)
    simple = tagger(wordpiece(8192), tags=tags, aggregation_strategy="simple")
    for text in texts:
        assert places(read_mentions(tokens(text), text)) == triples(simple(text))


@pytest.mark.parametrize("strategy", ["simple", "first", "average", "max"])
def test_a_pipeline_that_joins_is_scored_at_its_own_offsets(gold, wordpiece, texts, strategy):
    system = tagger(wordpiece(512), 512, aggregation_strategy=strategy, stride=64)
    for text in texts:
        output = system(text)
        assert places(read_mentions(output, text)) == triples(output)
        assert max(found["end"] for found in output) > 0.9 * len(text)
        for found in output:
            surface = text[found["start"] : found["end"]]
            assert "".join(surface.split()) == found["word"].removeprefix("##").replace(" ", "")
    by_hand = goldwire.score(lambda text: triples(system(text)), gold, QUICK)
    assert goldwire.score(system, gold, QUICK).counts == by_hand.counts


def test_the_space_that_sentencepiece_counts_into_a_word_is_not_scored(sentencepiece, texts):
    system = tagger(sentencepiece(8192), aggregation_strategy="simple")
    for text in texts:
        given = triples(system(text))
        assert any(text[start].isspace() for start, _, _ in given)
        for (start, end, _), was in zip(places(read_mentions(system(text), text)), given, strict=True):
            assert text[start:end].strip() == text[slice(*was[:2])].strip()
            assert text[start:end].strip() == text[start:end] or text[start:end].isspace()


def test_a_pipeline_that_would_cut_texts_is_refused_and_told_how_to_read_them(gold, wordpiece):
    cut = tagger(wordpiece(512), 512, aggregation_strategy="simple")
    text = gold.documents["000-06"].text
    assert max(found["end"] for found in cut(text)) < 700 < len(text)
    with pytest.raises(GoldwireError, match=r"reads 512 tokens .* 25 of 25 texts are longer, .*stride=128"):
        goldwire.score(cut, gold, QUICK)
    assert goldwire.score(lambda text: cut(text), gold, QUICK).counts  # as it is, asked for


def test_a_pipeline_whose_tokenizer_knows_no_limit_fails_with_the_text_named(gold, wordpiece):
    with pytest.raises(GoldwireError, match=r"the system failed on 000-01: RuntimeError: .*512"):
        goldwire.score(tagger(wordpiece(10**30), 512), gold, QUICK)


@register_processor_variant("tokenize", "words")
class Words(ProcessorVariant):
    """A tokenizer without a model: a sentence a line."""

    def __init__(self, config):
        pass

    def process(self, text):
        sentences = [
            [
                {"id": i, "text": word[0], "start_char": line.start() + word.start(), "end_char": line.start() + word.end()}
                for i, word in enumerate(WORD.finditer(line[0]), 1)
            ]
            for line in re.finditer(".+", text)
        ]  # fmt: skip
        return Document(sentences, text)


@pytest.fixture(scope="module")
def stanza_pipeline(tmp_path_factory):
    place = tmp_path_factory.mktemp("stanza")
    sizes = [part for name in ("hidden", "char_hidden", "word_emb", "char_emb") for part in (f"--{name}_dim", "8")]
    settings = parse_args(["--shorthand", "en_tiny", "--no_pretrain", *sizes])
    tagged = zip("Sergey van Lavrov met Malaysia".split(), "B-PERSON I-PERSON E-PERSON O O".split(), strict=True)
    seen = Document([[{"id": i, "text": word, "ner": tag} for i, (word, tag) in enumerate(tagged, 1)]])
    torch.manual_seed(2)  # one that tags names of several words
    Trainer(settings, DataLoader(seen, 1, settings).vocab, device="cpu").save(str(place / "tiny.pt"))
    (place / "resources.json").write_text('{"en": {"tokenize": {}, "ner": {}, "packages": {}}}')
    files = {f"ner_{kind}_path": "" for kind in ("pretrain", "forward_charlm", "backward_charlm")}
    return stanza.Pipeline(
        "en", dir=str(place), package=None, processors={"tokenize": "words", "ner": "tiny"},
        ner_model_path=str(place / "tiny.pt"), download_method=None, use_gpu=False, verbose=False, **files,
    )  # fmt: skip


def test_a_stanza_pipeline_is_a_system_and_its_offsets_are_exact(gold, texts, stanza_pipeline):
    for text in texts:
        entities = stanza_pipeline(text).ents
        assert any(len(entity.tokens) > 1 for entity in entities)
        assert all(text[entity.start_char : entity.end_char] == entity.text for entity in entities)
    by_hand = goldwire.score(
        lambda text: [(e.start_char, e.end_char, e.type) for e in stanza_pipeline(text).ents], gold, QUICK
    )
    assert goldwire.score(stanza_pipeline, gold, QUICK).counts == by_hand.counts


@pytest.fixture(scope="module")
def gliner(wordpiece, tmp_path_factory):
    library = pytest.importorskip("gliner")
    place = str(tmp_path_factory.mktemp("gliner"))
    tokenizer = wordpiece(8192)
    tokenizer.save_pretrained(place)
    encoder = {**SMALL, "model_type": "bert", "vocab_size": len(tokenizer), "max_position_embeddings": 8192}
    config = library.GLiNERConfig(model_name=place, hidden_size=32, max_width=3, max_len=1000, encoder_config=encoder)
    torch.manual_seed(1)
    return library.GLiNER.from_config(config, backbone_from_pretrained=False)


def test_what_gliner_predicts_is_scored_at_its_offsets_and_it_warns_of_what_it_cuts(gold, texts, gliner):
    def system(text):
        return gliner.predict_entities(text, ["PERSON", "GPE"], threshold=0.3)

    for text in texts[::2]:
        found = system(text)
        assert len(found) > 50
        assert all(text[one["start"] : one["end"]] == one["text"] for one in found)
    with pytest.warns(UserWarning, match="Sentence of length 1278 has been truncated to 1000"):
        score = goldwire.score(system, gold, QUICK)
    with pytest.warns(UserWarning, match="truncated"):
        by_hand = goldwire.score(
            lambda text: [(one["start"], one["end"], one["label"]) for one in system(text)], gold, QUICK
        )
    assert score.counts == by_hand.counts
