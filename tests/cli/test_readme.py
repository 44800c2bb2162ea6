"""README and docs show what the code prints."""

import pytest

from goldwire.bench.leaderboard import boards
from readme import README, SHOWN

CASES = [
    (page, block["given"], block["shown"], make)
    for page, kind, make in SHOWN
    for block in kind.finditer(page.read_text())
]


@pytest.mark.parametrize(
    ("page", "given", "shown", "make"),
    CASES,
    ids=lambda value: getattr(value, "stem", None) or getattr(value, "__name__", ""),
)
def test_a_block_shows_what_the_code_prints(page, given, shown, make):
    assert make(given) == shown


def test_every_kind_of_block_is_on_its_page():
    assert [kind.findall(page.read_text()) != [] for page, kind, _ in SHOWN] == [True] * len(SHOWN)


def test_readme_names_the_difference_that_the_corpus_can_show(gold):
    low, high = boards(gold)["quotes"].detectable
    words = " ".join(README.read_text().split())
    assert f"Two quote finders must differ by {low:.3f} to {high:.3f} F1, depending on the pair," in words
