"""Proposes the blocks of a scraped news page, for a person to correct.

The lines of a page, their cues and a grammar of what may follow what give the best sequence of roles and articles
(Viterbi, Forney 1973) under one table of weights, `page_weights.tsv`. Time and memory grow linearly with the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from operator import add, itemgetter

from goldwire.corpus.line_cues import page_cues
from goldwire.corpus.page_lines import Line, page_lines
from goldwire.corpus.page_model import COLUMNS, INDEX, STATES, State, opens
from goldwire.corpus.page_weights import NEVER, weights
from goldwire.model.records import Block

BEAM, EVERY = 6.0, 1000.0
"""A state whose cues, or the best path to it, give this much less than the best of its line is given up."""
UNSURE = 2.0
"""A line is unsure where another role, owner or start of an article costs the page less than this."""
COLUMN = tuple(COLUMNS.index(state.column) for state in STATES)
IMPOSSIBLE = 50.0
"""What is shown for a transition that the grammar forbids."""
SLIGHT = 0.1
"""What a cue must add to be named among the reasons."""
PAGE, LINKED = COLUMNS.index("page"), COLUMNS.index("linked")
BOX = INDEX["box-caption"]
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


def choices(page: str, thorough: bool = False) -> list[Choice]:
    """What is chosen for every line of a page that is not blank, in order; what nobody sees is the page's own.

    Thorough, it tries all states of every line, so that each line has a second.
    """
    lines = page_lines(page)
    decided = iter(_decided([line for line in lines if line.text], EVERY if thorough else BEAM))
    own = STATES[INDEX["page"]]
    return [next(decided) if line.text else Choice(line, [], own, 0, float("inf"), None) for line in lines]


def _decided(lines: Sequence[Line], beam: float) -> list[Choice]:
    if not lines:
        return []
    cues = page_cues(lines)
    emissions = list(map(weights().emissions, cues))
    path, margins, seconds = best_path(emissions, beam)
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


def best_path(
    emissions: Sequence[Sequence[float]], beam: float = BEAM
) -> tuple[list[int], list[float], list[int | None]]:
    """The states of the best path, the margin of each line, and the best state of another kind there.

    A line may have no second where all else costs more than twice UNSURE, unless all states are tried.
    """
    by_state = list(map(_picker(COLUMN), emissions))
    kept, ahead, came_from = _forward(emissions, by_state, beam)
    near = beam if beam >= EVERY else 2 * UNSURE
    behind: Sequence[float] = _picker(kept[-1])(weights().end)
    at = max(range(len(behind)), key=list(map(add, ahead[-1], behind)).__getitem__)
    found: list[tuple[int, float, int | None]] = []
    for i in range(len(kept) - 1, -1, -1):
        states, totals = kept[i], list(map(add, ahead[i], behind))
        least, kind = totals[at] - near, KIND[states[at]]
        others = [k for k, state in enumerate(states) if KIND[state] != kind]
        second = max(others, key=totals.__getitem__, default=at)
        margin = totals[at] - totals[second] if second != at and totals[second] > NEVER else float("inf")
        found.append((states[at], margin, states[second] if margin < float("inf") else None))
        if i:
            after = [(states[k], behind[k]) for k, total in enumerate(totals) if total >= least]
            at, behind = came_from[i - 1][at], _behind(kept[i - 1], after, by_state[i])
    path, margins, seconds = zip(*reversed(found), strict=True)
    return list(path), list(margins), list(seconds)


Kept = list[tuple[int, ...]]
"""The states that are kept of each line."""


def _forward(
    emissions: Sequence[Sequence[float]], by_state: Sequence[Sequence[float]], beam: float
) -> tuple[Kept, list[list[float]], list[list[int]]]:
    """Of every line the states kept, the score of the best path to each, and where in the line before it came from."""
    table = weights()
    kept: Kept = []
    scores: list[list[float]] = []
    came_from: list[list[int]] = []
    for emission, own in zip(emissions, by_state, strict=True):
        floor = max(emission) - beam
        columns = tuple([i for i, score in enumerate(emission) if score >= floor])
        tried = _states_of(columns, bool(kept) and BOX in kept[-1])
        if kept:
            before, pick = scores[-1], _picker(kept[-1])
            ways = [list(map(add, before, pick(table.follows[state]))) for state in tried]
        else:
            ways = [[table.start[state]] for state in tried]
        tops = list(map(max, ways))
        found = list(map(add, tops, _picker(tried)(own)))
        least = max(found) - beam
        near = [k for k, score in enumerate(found) if score > least]
        if kept:
            came_from.append([ways[k].index(tops[k]) for k in near])
        kept.append(tuple([tried[k] for k in near]))
        scores.append([found[k] for k in near])
    return kept, scores, came_from


@cache
def _states_of(columns: tuple[int, ...], after_box: bool) -> tuple[int, ...]:
    """The states of some columns, and those that keep a path open: the page's own, a link after a box's caption."""
    always = (PAGE, LINKED) if after_box else (PAGE,)
    return tuple(i for i, column in enumerate(COLUMN) if column in columns or column in always)


@lru_cache(maxsize=4096)
def _picker(places: tuple[int, ...]) -> Callable[[Sequence[float]], Sequence[float]]:
    """Picks what is in some places of a sequence."""
    if len(places) == 1:
        return lambda values: (values[places[0]],)
    return itemgetter(*places)


def _behind(states: tuple[int, ...], after: Sequence[tuple[int, float]], own: Sequence[float]) -> list[float]:
    """For every state of a line the score of the best path behind it, by those behind the states of the next line."""
    table, pick = weights(), _picker(states)
    ways = [map(add, pick(table.follows[state]), repeat(score + own[state])) for state, score in after]
    return list(ways[0]) if len(ways) == 1 else list(map(max, *ways))
