"""Settings and signatures: a signature names every setting that can move a number, and parses back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import goldwire
from goldwire.bench.compare import compare
from goldwire.scoring.settings import CHOICES, TASKS, Settings, parse

QUICK = Settings(resamples=20)


@st.composite
def chosen_settings(draw):
    task = draw(st.sampled_from(TASKS))
    said = {name: draw(st.sampled_from(values or ["none", "ace-7"])) for name, values in CHOICES[task].items()}
    return Settings(
        task,
        **said,
    )


SETTINGS = chosen_settings()


@pytest.fixture(scope="module")
def signature(gold):
    return goldwire.score(lambda text: [], gold, QUICK).signature


@settings(deadline=None)
@given(SETTINGS)
def test_a_signature_parses_back_to_itself(gold, signature, chosen):
    signature = replace(signature, settings=chosen)
    again = parse(str(signature))
    assert again.settings == chosen
    assert (again.data, again.gold, again.units, again.version) == (
        gold.version,
        "gold",
        signature.units,
        goldwire.__version__,
    )
    assert gold.digest.startswith(again.digest)
    assert str(again) == str(signature)


@settings(deadline=None)
@given(SETTINGS, SETTINGS)
def test_settings_differ_where_their_signatures_do(signature, one, other):
    lines = {str(replace(signature, settings=chosen)) for chosen in (one, other)}
    assert len(lines) == len({one, other})


@settings(deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["goldwire", "task:entities", "docs:unique:25", "bs:1/x", "ci:"])).map("|".join)
)
def test_what_is_no_signature_is_refused(line):
    with pytest.raises(ValueError, match="not a goldwire signature"):
        parse(line)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"docs": "a:b"}, {"trim": "the"}, {"task": "entity"}, {"trim": "marks"}, {"nested": "all"}),
        *({"task": "segments", "docs": "all"}, {"task": "duplicates", "match": "iou.5"}, {"labels": "a|b"}),
        *({"resamples": -1}, {"resamples": "9"}, {"seed": None}),
    ],
)
def test_a_wrong_setting_is_refused_with_the_right_ones(wrong):
    with pytest.raises(ValueError, match=r"is not a (setting|task).*expected"):
        Settings(**wrong)


def test_the_former_name_of_a_label_table_is_the_same_setting_and_its_signatures_still_parse(signature):
    assert Settings(labels="ontonotes-18") == Settings(labels="none")
    line = str(signature)
    assert "|labels:none|" in line
    assert str(parse(line.replace("|labels:none|", "|labels:ontonotes-18|"))) == line


def test_a_comparison_names_its_flips_and_an_earlier_score_its_resamples(gold, signature):
    flips = compare([], [], gold, Settings("duplicates", resamples=20, seed=7)).a.signature
    assert "|ci:sign-flips/20/7|" in str(flips)
    assert parse(str(flips)) == replace(flips, digest=flips.digest[:8])
    former = str(signature).replace("|ci:cluster-beta|", "|bs:1000/13|")
    assert str(parse(former)) == former
