"""A conditional random field over the states of the page model (Lafferty et al. 2001), fitted with L-BFGS.

The weight of a cue in a column is the sum of its weights for the column, for the column's role and for its owner, and that of a
transition the sum over the pair of states, of columns, of roles, and whether it opens an article; so what
is rare borrows from what is frequent. All are drawn to zero by `PENALTY`.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from goldwire.corpus.page_model import COLUMNS, FIRST, FOLLOWERS, STATES, opens

PENALTY = 3.0
RARE = 4
"""A cue that fewer lines have is left out."""
ROUNDS, ENOUGH = 300, 1e-7
"""Steps of the search at most, and the relative gain from which it goes on."""
BATCH = 70
S, C = len(STATES), len(COLUMNS)
COLUMN = np.array([COLUMNS.index(state.column) for state in STATES])
IN_COLUMN = np.eye(C)[COLUMN]
FORBIDDEN = -1e4


def _shared():
    """Columns by what they share: each column, each role, and the page as an owner."""
    states = [next(state for state in STATES if state.column == column) for column in COLUMNS]
    roles = sorted({state.role for state in STATES})
    by_role = np.array([[state.role == role for role in roles] for state in states], dtype=float)
    by_owner = np.array([[state.of_page] for state in states], dtype=float)
    return np.hstack([np.eye(C), by_role, by_owner])


def _pairs():
    """Pairs of states by what they share, starts and ends: sparse matrices of one width; and which pairs are allowed."""
    known, rows, columns = {}, [], []
    allowed = np.zeros((S, S), bool)
    for i, followers in enumerate(FOLLOWERS):
        for j in followers:
            a, b, opening = STATES[i], STATES[j], opens(STATES[i], STATES[j], True)
            allowed[i, j] = True
            roles = a.role, b.role, a.of_page, b.of_page, opening
            for key in (
                ("states", i, j),
                ("columns", a.column, b.column, opening),
                ("roles", *roles),
                ("opens", opening),
            ):
                rows.append(i * S + j)
                columns.append(known.setdefault(key, len(known)))
    starts = [known.setdefault(("start", j), len(known)) for j in FIRST]
    ends = [known.setdefault(("end", j), len(known)) for j in range(S)]
    pairs = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(S * S, len(known)))
    first = sparse.csr_matrix((np.ones(len(FIRST)), (FIRST, starts)), shape=(S, len(known)))
    last = sparse.csr_matrix((np.ones(S), (range(S), ends)), shape=(S, len(known)))
    return pairs, first, last, allowed


SHARED = _shared()
PAIRS, STARTS, ENDS, ALLOWED = _pairs()
CAN_START = np.isin(np.arange(S), FIRST)


class Batch:
    """Pages of about one length, laid side by side: cues, states, and how much each page counts."""

    def __init__(self, pages, cues):
        """Pages are tuples of the cues of each line, the state of each line, and a weight."""
        self.width, self.length = len(pages), max(len(states) for _, states, _ in pages)
        size = self.length * self.width
        rows, columns, own = [], [], np.zeros((size, C))
        self.pairs, self.starts, self.ends = np.zeros((S, S)), np.zeros(S), np.zeros(S)
        self.last = np.array([len(states) - 1 for _, states, _ in pages])
        self.mask = np.zeros((self.length, self.width), bool)
        self.weights = np.array([weight for *_, weight in pages])
        for k, (lines, states, weight) in enumerate(pages):
            for t, names in enumerate(lines):
                ids = [cues[name] for name in dict.fromkeys(names) if name in cues]
                rows += [t * self.width + k] * len(ids)
                columns += ids
                own[t * self.width + k, COLUMN[states[t]]] = weight
                self.mask[t, k] = True
            self.starts[states[0]] += weight
            self.ends[states[-1]] += weight
            np.add.at(self.pairs, (states[:-1], states[1:]), weight)
        self.cues = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, len(cues)))
        self.observed = self.cues.T @ own

    def expect(self, table, follows, start, end):
        """The log of the normaliser, and the cues, pairs, starts and ends that the model expects."""
        scores = (self.cues @ table)[:, COLUMN].reshape(self.length, self.width, S)
        top = scores.max(2, keepdims=True)
        local, highest = np.exp(scores - top), follows.max()
        steps = np.exp(follows - highest)
        ahead, log = self._ahead(local, top, steps, highest, start)
        finish = np.exp(end)
        log = log + np.log(ahead[-1] @ finish)
        behind = self._behind(local, steps, finish)
        chances = ahead * behind
        chances *= (self.mask * self.weights)[:, :, None] / chances.sum(2, keepdims=True)
        after = behind[1:] * local[1:]
        norm = ((ahead[:-1].reshape(-1, S) @ steps).reshape(after.shape) * after).sum(2)
        share = (self.mask[1:] * self.weights / norm)[:, :, None]
        pairs = ((ahead[:-1] * share).reshape(-1, S).T @ after.reshape(-1, S)) * steps
        ends = chances[self.last, np.arange(self.width)].sum(0)
        cues = self.cues.T @ (chances.reshape(-1, S) @ IN_COLUMN)
        return (self.weights * log).sum(), cues, pairs, chances[0].sum(0), ends

    def _ahead(self, local, top, steps, highest, start):
        ahead, log = np.zeros_like(local), np.zeros((self.length, self.width))
        first = np.exp(start) * local[0]
        sums = first.sum(1, keepdims=True)
        ahead[0], log[0] = first / sums, np.log(sums)[:, 0] + top[0, :, 0]
        for t in range(1, self.length):
            step = (ahead[t - 1] @ steps) * local[t]
            sums = step.sum(1, keepdims=True)
            inside = self.mask[t]
            ahead[t] = np.where(inside[:, None], step / sums, ahead[t - 1])
            log[t] = np.where(inside, np.log(sums)[:, 0] + highest + top[t, :, 0], 0)
        return ahead, log.sum(0)

    def _behind(self, local, steps, finish):
        behind = np.broadcast_to(finish, local.shape).copy()
        for t in range(self.length - 2, -1, -1):
            step = (behind[t + 1] * local[t + 1]) @ steps.T
            behind[t] = np.where(self.mask[t + 1][:, None], step / step.max(1, keepdims=True), finish)
        return behind


def fit(pages):
    """Fit the weights; returns the cues by name, and the table, transitions, starts and ends."""
    counts = {}
    for lines, *_ in pages:
        for names in lines:
            for name in dict.fromkeys(names):
                counts[name] = counts.get(name, 0) + 1
    cues = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    pages = sorted(pages, key=lambda page: len(page[1]))
    batches = [Batch(pages[i : i + BATCH], cues) for i in range(0, len(pages), BATCH)]
    size = len(cues) * SHARED.shape[1]
    observed = sum(batch.observed for batch in batches) @ SHARED
    moves = PAIRS.T @ sum(batch.pairs for batch in batches).ravel() + STARTS.T @ sum(batch.starts for batch in batches)
    moves = moves + ENDS.T @ sum(batch.ends for batch in batches)

    def loss(parameters):
        weights = unpacked(parameters, size)
        value = (
            0.5 * PENALTY * (parameters**2).sum() - parameters[:size] @ observed.ravel() - parameters[size:] @ moves
        )
        slope, step = -observed, -moves
        for batch in batches:
            log, expected, pairs, starts, ends = batch.expect(*weights)
            value += log
            slope = slope + expected @ SHARED
            step = step + PAIRS.T @ pairs.ravel() + STARTS.T @ starts + ENDS.T @ ends
        return value, np.concatenate([slope.ravel(), step]) + PENALTY * parameters

    first = np.zeros(size + PAIRS.shape[1])
    options = {"maxiter": ROUNDS, "maxfun": 2 * ROUNDS, "maxcor": 12, "ftol": ENOUGH, "gtol": 1e-3}
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options=options)
    return cues, unpacked(found.x, size)


def unpacked(parameters, size):
    """The table by cue and column, the transitions, the starts and the ends that parameters give."""
    table = parameters[:size].reshape(-1, SHARED.shape[1]) @ SHARED.T
    follows = np.where(ALLOWED, (PAIRS @ parameters[size:]).reshape(S, S), FORBIDDEN)
    start = np.where(CAN_START, STARTS @ parameters[size:], FORBIDDEN)
    return table, follows, start, ENDS @ parameters[size:]
