"""Files of columns: tags of every scheme, tokens placed in the text, errors named by line."""

import pytest

from goldwire.formats.conll import decode, read_columns
from goldwire.model.errors import GoldwireError

TEXT = "Sergey Lavrov met Rubio in Malaysia. Moscow is ready."


LAVROV, RUBIO, MALAYSIA, MOSCOW = (0, 13), (18, 23), (27, 35), (37, 43)


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
