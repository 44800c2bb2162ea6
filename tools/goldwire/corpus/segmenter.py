"""Proposes the blocks of a scraped news page, for a person to correct.

The lines of a page, their cues and a grammar of what may follow what give the best sequence of roles and articles
(Viterbi, Forney 1973) under one table of weights, `page_weights.tsv`. Time and memory grow linearly with the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from goldwire.corpus.line_cues import page_cues
from goldwire.corpus.page_lines import Line, page_lines
from goldwire.corpus.page_model import COLUMNS, INDEX, STATES, State, opens
from goldwire.corpus.page_weights import NEVER, weights
from goldwire.model.records import Block

BEAM = 9.0
"""A line's states whose cues give this much less than its best are not tried."""
UNSURE = 1.5
"""A line is unsure where another role, owner or start of an article costs the page less than this."""
COLUMN = tuple(COLUMNS.index(state.column) for state in STATES)
IMPOSSIBLE = 50.0
"""What is shown for a transition that the grammar forbids."""
SLIGHT = 0.1
"""What a cue must add to be named among the reasons."""
PAGE = COLUMNS.index("page")
KIND = tuple((state.role, state.of_page, state.phase == "0") for state in STATES)


@dataclass(frozen=True, slots=True)
class Choice:
    """A line (or piece of one), the state chosen for it, its margin, and the state that comes second.

    The margin is what the best page in which the line is something else scores less than the best page, in nats.
    """

    line: Line
    cues: list[str]
    state: State
    article: int
    margin: float
    second: State | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Blocks for a page, and the ids of those that are unsure."""

    blocks: list[Block]
    unsure: frozenset[str]


def propose(page_id: str, page: str) -> list[Block]:
    """Blocks for a page, covering every character that is not white space."""
    return proposal(page_id, page).blocks


def proposal(page_id: str, page: str) -> Proposal:
    """Blocks for a page and what is unsure of them."""
    blocks: list[Block] = []
    unsure: set[str] = set()
    for choice in choices(page):
        line, state = choice.line, choice.state
        document = None if state.of_page else f"{page_id}-{choice.article:02}"
        if line.piece and (blocks[-1].role, blocks[-1].document) == (state.role, document):
            blocks[-1] = blocks[-1].model_copy(update={"end": line.end})
        else:
            name = f"{page_id}-b{len(blocks) + 1:03}"
            blocks.append(Block(id=name, start=line.start, end=line.end, role=state.role, document=document))
        if choice.margin < UNSURE:
            unsure.add(blocks[-1].id or "")
    return Proposal(blocks, frozenset(unsure))


def choices(page: str) -> list[Choice]:
    """What is chosen for every line of a page that is not blank, in order; what nobody sees is the page's own."""
    lines = page_lines(page)
    decided = iter(_decided([line for line in lines if line.text]))
    own = STATES[INDEX["page"]]
    return [next(decided) if line.text else Choice(line, [], own, 0, float("inf"), None) for line in lines]


def _decided(lines: Sequence[Line]) -> list[Choice]:
    if not lines:
        return []
    cues = page_cues(lines)
    emissions = list(map(weights().emissions, cues))
    path, margins, seconds = best_path(emissions)
    chosen: list[Choice] = []
    article, has_headline = 0, False
    before: State | None = None
    for i, line in enumerate(lines):
        state = STATES[path[i]]
        if opens(before, state, has_headline):
            article, has_headline = article + 1, False
        has_headline |= state.name == "headline"
        other = seconds[i]
        second = None if other is None else STATES[other]
        chosen.append(Choice(line, cues[i], state, article, margins[i], second))
        before = state
    return chosen


def reasons(chosen: Sequence[Choice], choice: Choice) -> list[tuple[str, float]]:
    """What speaks for the state of a line rather than for the one that comes second, and how much, most first.

    A negative number speaks for the second; both are compared beside the neighbours as they are chosen.
    """
    if choice.second is None:
        return []
    table, beside = weights(), [each for each in chosen if each.line.text]
    i, one, other = beside.index(choice), INDEX[choice.state.name], INDEX[choice.second.name]
    found = {
        cue: table.cues[cue][COLUMN[one]] - table.cues[cue][COLUMN[other]] for cue in choice.cues if cue in table.cues
    }
    for before in beside[max(0, i - 1) : i]:
        k = INDEX[before.state.name]
        found[f"follows {before.state.name}"] = _gain(table.follows[one][k], table.follows[other][k])
    for after in beside[i + 1 : i + 2]:
        row = table.follows[INDEX[after.state.name]]
        found[f"is followed by {after.state.name}"] = _gain(row[one], row[other])
    shown = [(cue, gain) for cue, gain in found.items() if abs(gain) >= SLIGHT]
    return sorted(shown, key=lambda each: (-abs(each[1]), each[0]))


def _gain(one: float, other: float) -> float:
    """What a transition adds over another; capped where the grammar forbids the other."""
    return IMPOSSIBLE if other == NEVER else one - other


def best_path(emissions: Sequence[Sequence[float]]) -> tuple[list[int], list[float], list[int | None]]:
    """The states of the best path, the margin of each line, and the best state of another kind there."""
    tried = [_tried(each) for each in emissions]
    ahead, came_from = _forward(tried, emissions)
    behind = _backward(tried, emissions)
    at = max(range(len(tried[-1])), key=ahead[-1].__getitem__)
    places = [at]
    for back in reversed(came_from):
        at = back[at]
        places.append(at)
    path, margins, seconds = [], [], []
    for i, at in enumerate(reversed(places)):
        states = tried[i]
        totals = list(map(add, ahead[i], behind[i]))
        kind = KIND[states[at]]
        others = [k for k, state in enumerate(states) if KIND[state] != kind]
        second = max(others, key=totals.__getitem__, default=None)
        path.append(states[at])
        margins.append(float("inf") if second is None else totals[at] - totals[second])
        seconds.append(None if second is None else states[second])
    return path, margins, seconds


def _tried(emission: Sequence[float]) -> list[int]:
    """The states of a line that are worth trying; those of the page's own furniture always, so that a path exists."""
    floor = max(emission) - BEAM
    return [state for state, column in enumerate(COLUMN) if emission[column] >= floor or column == PAGE]


def _forward(
    tried: Sequence[Sequence[int]], emissions: Sequence[Sequence[float]]
) -> tuple[list[list[float]], list[list[int]]]:
    """For every line the score of the best path to each of its states, and from which state before it came."""
    table = weights()
    scores = [[table.start[state] + emissions[0][COLUMN[state]] for state in tried[0]]]
    came_from: list[list[int]] = []
    for i in range(1, len(tried)):
        before, states, emission = scores[-1], tried[i - 1], emissions[i]
        found: list[float] = []
        back: list[int] = []
        for state in tried[i]:
            row = table.follows[state]
            ways = [score + row[k] for score, k in zip(before, states, strict=True)]
            best = max(ways)
            back.append(ways.index(best))
            found.append(best + emission[COLUMN[state]])
        scores.append(found)
        came_from.append(back)
    return scores, came_from


def _backward(tried: Sequence[Sequence[int]], emissions: Sequence[Sequence[float]]) -> list[list[float]]:
    """For every line the score of the best path behind each of its states."""
    table = weights()
    scores = [[0.0] * len(tried[-1])]
    for i in range(len(tried) - 1, 0, -1):
        emission = emissions[i]
        after = [
            (table.follows[state], score + emission[COLUMN[state]])
            for state, score in zip(tried[i], scores[-1], strict=True)
        ]
        scores.append([max([row[state] + score for row, score in after]) for state in tried[i - 1]])
    return scores[::-1]
