"""Files of columns: tags of every scheme, tokens placed in the text, errors named by line."""

import pytest

from goldwire.formats.columns import find_columns
from goldwire.formats.conll import decode, read_columns
from goldwire.model.errors import GoldwireError
from standoff import LAVROV, MALAYSIA, RUBIO, TEXT


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
    with pytest.raises(
        GoldwireError, match=r"x\.conll:2: the token 'Lavrow' is not the next .* continues 'Lavrov met"
    ):
        read_columns(["Sergey B-PER", "Lavrow I-PER"], TEXT, "x.conll")
    with pytest.raises(GoldwireError, match="has no tag"):
        read_columns(["Sergey"], TEXT)


SENTENCE = "Zoë of New York met IBM."
FOUND = [(0, 3, "PERSON"), (7, 15, "GPE"), (20, 23, "ORG")]
WORDS = ["Zoë", "of", "New", "York", "met", "IBM", "."]
BIO = ["B-PERSON", "O", "B-GPE", "I-GPE", "O", "B-ORG", "O"]


def rows(tags, *more, separator=" ", words=WORDS):
    return [separator.join(columns) for columns in zip(words, tags, *more, strict=True)]


READ = {
    "a score after the tag": rows(BIO, ["0.987"] * 7),
    "a score and a space after": rows(BIO, ["1.0"] * 7, ["True", "False"] * 3 + ["True"], separator="\t"),
    "CoNLL-U's space after": rows(BIO, ["_", "SpaceAfter=No"] * 3 + ["_"], separator="\t"),
    "part of speech, phrase, tag": rows(["NNP"] * 7, ["B-NP", "B-PP", "B-NP", "I-NP", "B-VP", "B-NP", "O"], BIO),
    "tag, phrase": rows(BIO, ["B-NP", "B-PP", "B-NP", "I-NP", "B-VP", "B-NP", "O"]),
    "underscores": rows([tag.replace("-", "_") for tag in BIO]),
    "the mark behind": rows([f"{tag[2:]}-{tag[0]}" if tag != "O" else tag for tag in BIO]),
    "lower case": rows([tag.lower() for tag in BIO]),
    "bare types": rows([tag.partition("-")[2] or "O" for tag in BIO]),
    "bare types in lower case": rows([tag.partition("-")[2].lower() or "o" for tag in BIO]),
    "BMES": rows(["S-PERSON", "O", "B-GPE", "E-GPE", "O", "S-ORG", "O"]),
    "BIEWO": rows(["W-PERSON", "O", "B-GPE", "E-GPE", "O", "W-ORG", "O"]),
    "a dash for no tag": rows([tag.replace("O", "-") if tag == "O" else tag for tag in BIO]),
    "numbers first": [f"{i}\t{row}" for i, row in enumerate(rows(BIO, separator="\t"), 1)],
    "names of columns": ["# columns = tag token", *rows(WORDS, words=BIO)],
    "CoNLL-U Plus": ["# global.columns = ID FORM X:NER", *(f"{i} {row}" for i, row in enumerate(rows(BIO), 1))],
    "a header": ["token\tner\tscore", *rows(BIO, ["B-X"] * 7, separator="\t")],
    "comments": ["# text = Zoë of - New York O", "# sent_id = 1", *rows(BIO)],
    "tokens with blanks": rows(
        ["B-PERSON", "O", "B-GPE", "O", "B-ORG", "O"],
        separator="\t",
        words=["Zoë", "of", "New York", "met", "IBM", "."],
    ),
    "blank tokens": ["Zoë\tB-PERSON", " \tO", "\tO", "\u00a0\tO", *rows(BIO[1:], separator="\t", words=WORDS[1:])],
    "blank tokens between blanks": ["Zoë B-PERSON", "   O", "\u00a0 O", *rows(BIO[1:], words=WORDS[1:])],
    "carriage returns": [f"{row}\r" for row in rows(BIO, separator="\t")],
}


@pytest.mark.parametrize("form", READ)
def test_the_tag_is_found_by_its_content_and_read_in_every_spelling(form):
    assert read_columns(READ[form], SENTENCE) == FOUND


def test_a_tag_column_can_be_named():
    lines = rows(["B-ORG"] * 7, BIO, ["B-LAW"] * 7)
    for wanted in ("3", "-2"):
        assert read_columns(lines, SENTENCE, columns=find_columns(lines, "x", wanted)) == FOUND
    with pytest.raises(GoldwireError, match="no column 'gold'; it names none"):
        find_columns(lines, "x", "gold")
    named = ["# columns = token pred gold x", *lines]
    assert read_columns(named, SENTENCE, columns=find_columns(named, "x", "gold")) == FOUND


REFUSED = {
    "no column of tags": (rows(["NNP"] * 7, ["0.9"] * 7), r"x\.conll:1: '0.9' is not a tag of an entity"),
    "one odd tag": (rows([*BIO[:4], "B-", *BIO[5:]]), r"x\.conll:5: 'B-' is not a tag .* --tag-column"),
    "unknown bare types": (
        rows(["Person", "O", "Land", "Land", "O", "Firm", "O"]),
        r"x\.conll:3: 'Land' is not a tag",
    ),
    "phrases alone": (rows(["B-NP"] * 7), r"x\.conll:1: 'B-NP' is not a tag of an entity"),
    "a blank token with a tag": ([*rows(BIO, separator="\t"), " \tB-GPE"], r"x\.conll:8: a blank token has the tag"),
    "a line without a tab": ([*rows(BIO, separator="\t"), "end O"], r"x\.conll:8: 'end O' has no tag; .* a tab"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_columns_without_tags_of_entities_are_refused_with_line_and_reason(what):
    lines, said = REFUSED[what]
    with pytest.raises(GoldwireError, match=said):
        read_columns(lines, SENTENCE, "x.conll")


def test_a_sign_for_numbers_is_a_token_with_its_tag_and_a_comment_without():
    for lines in (["# O", "1 O"], ["#\tO\t0.9", "1\tO\t0.9"], ["# a comment", "# O", "1 O"]):
        assert read_columns(lines, "# 1") == []
