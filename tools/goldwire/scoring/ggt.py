"""Quotes counted as the Gender Gap Tracker counts them, faults and all, for comparison with its numbers.

After `evaluate_quotes.py` of github.com/sfu-discourse-lab/GenderGapTracker (Asr et al. 2021). Every
gold quote in turn, in the order given, takes of the predictions left the first with the largest share of
the gold quote's own span; a longer prediction costs nothing. Each quote is one span, from its first
character to its last, as it stands: nothing is trimmed, nothing nested is left out.
"""

from collections.abc import Sequence
from typing import Protocol

from goldwire.scoring.counts import Counts, matched
from goldwire.text import spans

THRESHOLDS = {"overlap > 0.3": 0.3, "overlap > 0.8": 0.8}
"""The two that its authors publish; a share must lie above."""


class Spoken(Protocol):
    """What of a quote is looked at."""

    @property
    def content(self) -> Sequence[spans.SpanLike]: ...
    @property
    def cue(self) -> spans.SpanLike | None: ...
    @property
    def speaker(self) -> spans.SpanLike | None: ...


def score_ggt(gold: Sequence[Spoken], predicted: Sequence[Spoken], text: str) -> dict[str, Counts]:
    """Quotes, and of those matched the accuracy of speaker and verb, at both thresholds.

    The order of either side may change these counts; that is one of the faults.
    """
    found: dict[str, Counts] = {}
    for name, threshold in THRESHOLDS.items():
        left, couples = list(predicted), []
        for wanted in gold:
            best = max(left, key=lambda given: _share(_whole(wanted), _whole(given)), default=None)
            if best is not None and _share(_whole(wanted), _whole(best)) > threshold:
                couples.append((wanted, best))
                left = [given for given in left if given != best]  # equal ones go with it
        hits = len(couples)
        found[name] = matched(hits, hits + len(left), len(gold))
        speakers = sum(_is_speaker(wanted, given) for wanted, given in couples)
        verbs = sum(_word(wanted.cue, text) == _word(given.cue, text) for wanted, given in couples)
        found[f"speaker at {threshold}"] = matched(speakers, hits, hits)
        found[f"verb at {threshold}"] = matched(verbs, hits, hits)
    return found


def _whole(quote: Spoken) -> tuple[int, int]:
    return min(part.start for part in quote.content), max(part.end for part in quote.content)


def _share(wanted: tuple[int, int], given: tuple[int, int]) -> float:
    """How much of the gold span the other covers; how much more that holds is not asked."""
    return max(0, min(wanted[1], given[1]) - max(wanted[0], given[0])) / (wanted[1] - wanted[0])


def _is_speaker(wanted: Spoken, given: Spoken) -> bool:
    """One shared character; or a floating quote, here one without a cue, where gold names no speaker."""
    if wanted.speaker is None:
        return given.cue is None
    return given.speaker is not None and spans.overlap(wanted.speaker, given.speaker) > 0


def _word(cue: spans.SpanLike | None, text: str) -> str:
    return text[cue.start : cue.end].lower().strip() if cue else ""
