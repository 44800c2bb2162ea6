"""Faults of every kind in the real gold are caught, except for the kinds that no check can always find.

`cd tests && python -m mutations N` prints a table with N faults of each kind, and every fault that was missed.
"""

import pytest

from goldwire.checks import check
from mutations import INVISIBLE, KINDS, Bench, Gold, mutations, remembered, with_emoji
from repository import ROOT

NUMBER = 3
THOROUGH = 40
"""Enough faults of an invisible kind that one is in text without a repeat, which would reveal it."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with remembered():
        yield Bench(Gold(ROOT), tmp_path_factory.mktemp("bench"))


def test_without_a_fault_nothing_is_found(bench):
    assert bench.codes({}) == set()
    assert bench.codes(with_emoji(bench.gold)) == set()


@pytest.mark.parametrize("name", [name for name in KINDS if name not in INVISIBLE])
def test_every_fault_is_caught_with_a_code_that_fits(name, bench):
    found = bench.trial(name, NUMBER)
    assert found, "no place in the gold for such a fault"
    missed = [(f"{fault.path}:{fault.line}", fault.what, codes) for fault, codes in found if not codes & fault.fits]
    assert not missed


@pytest.mark.parametrize("name", INVISIBLE)
def test_what_is_said_to_be_invisible_is_not_always_caught(name, bench):
    faults = list(mutations(bench.gold, name, THOROUGH))
    assert any(not bench.codes(fault.files) for fault in faults), "always caught: take the kind out of INVISIBLE"


@pytest.mark.parametrize("name", KINDS)
def test_faults_are_the_same_every_time_and_change_only_what_they_say(name, bench):
    faults = list(mutations(bench.gold, name, 2))
    assert faults == list(mutations(bench.gold, name, 2))
    for fault in faults:
        assert fault.path in {*fault.files, *bench.gold.files}
        assert any(bench.gold.files.get(path) != data for path, data in fault.files.items()), fault


SAMPLE = ["start-off-by-one", "dropped-mention", "dropped-pair", "changed-role-with-the-text", "renamed-file"]


@pytest.mark.parametrize("name", SAMPLE)
def test_remembering_changes_no_finding(name, tmp_path):
    bench = Bench(Gold(ROOT), tmp_path)
    (fault,) = mutations(bench.gold, name, 1)
    with remembered():
        expected = bench.codes(fault.files)
    assert bench.codes(fault.files) == expected
    assert check(tmp_path) == []
