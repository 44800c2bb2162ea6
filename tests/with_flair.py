"""Flair itself, with a tiny tagger of random weights: `make flair` installs and runs. Nothing is fetched."""

import re
from functools import cache

import flair
import pytest
import torch
from flair.data import Dictionary, Sentence
from flair.embeddings import OneHotEmbeddings
from flair.models import SequenceTagger
from flair.splitter import SegtokSentenceSplitter

import goldwire
from goldwire.bench.adapters.entities import read_mentions
from goldwire.scoring.settings import Settings

QUICK = Settings("entities", resamples=10)


@pytest.fixture(scope="module")
def gold():
    return goldwire.load()


@pytest.fixture(scope="module")
def tagger(gold):
    flair.device = torch.device("cpu")
    flair.set_seed(1)
    words, tags = Dictionary(add_unk=True), Dictionary(add_unk=False)
    for word in sorted({word for document in gold.documents.values() for word in re.findall(r"\w+", document.text)}):
        words.add_item(word)
    for tag in ["O", *(f"{mark}-{kind}" for kind in ("PERSON", "GPE") for mark in "SBIE")]:
        tags.add_item(tag)
    embeddings = OneHotEmbeddings(words, embedding_length=16)
    return SequenceTagger(embeddings=embeddings, tag_dictionary=tags, tag_type="ner", hidden_size=16)


def whole(text):
    return Sentence(text)


def split(text):
    return SegtokSentenceSplitter().split(text)


@pytest.mark.parametrize("cut", [whole, split])
def test_what_flair_tags_is_scored_at_its_words(gold, tagger, cut):
    @cache  # a tagger of random weights does not say the same twice
    def system(text):
        sentences = cut(text)
        tagger.predict(sentences)
        return sentences

    by_words = {}
    for name, document in gold.documents.items():
        output = system(document.text)
        spans = [span for one in ([output] if cut is whole else output) for span in one.get_spans("ner")]
        read = read_mentions(output, document.text)
        assert len(read) == len(spans) > 50
        for mention, span in zip(read, spans, strict=True):
            assert re.sub(r"\s", " ", document.text[mention["start"] : mention["end"]]) == span.text
        by_words[name] = [(mention["start"], mention["end"], mention["type"]) for mention in read]
    assert goldwire.score(system, gold, QUICK).counts == goldwire.score(by_words, gold, QUICK).counts


def test_a_character_that_flair_drops_is_told_instead_of_shifting_the_rest(tagger):
    text = "Zero\u200bwidth, and Moscow"
    sentence = Sentence(text)
    sentence[3:4].set_label("ner", "GPE")
    (mention,) = read_mentions(sentence, text)
    assert mention["text"] == "Moscow"
    assert text[mention["start"] : mention["end"]] == " Mosco"
