"""The report of `make perf` names what is worse than in the last release by more than 20 %, and what was not measured."""

import sys

from repository import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from perf_report import report


def test_only_what_is_worse_by_more_than_a_fifth_is_reported():
    last = {"version": "0.1.0", "ratios": {"check": 3.0, "load": 2.0, "pull": 1.0}}
    lines, bad = report({"check": 3.7, "load": 2.4, "new": 9.0}, last)
    assert bad == ["check", "pull"]
    assert [line.split() for line in lines] == [
        ["now", "0.1.0"],
        ["check", "3.70", "3.00", "worse"],
        ["load", "2.40", "2.00"],
        ["new", "9.00", "-"],
        ["pull", "-", "1.00", "not", "measured"],
    ]
