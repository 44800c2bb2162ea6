"""How often 95 % intervals contain the number of the population, by method; and how often compare is wrong.

    python tests/benchmarks/interval_coverage.py [SAMPLES]

The populations are the counts of the stored systems, article by article, for every number that the leaderboard prints
with an interval. To come near 1, errors are removed: some of all errors, or all errors of some articles. From each
population, articles are drawn with replacement, 8 to 100 at a time; goldwire prints no interval of fewer, and the
table shows five for comparison. `old` is the percentile bootstrap of goldwire 0.1, `new` the method of today.
"""

import random
import sys
from collections import defaultdict

import numpy as np
from scipy.stats import beta, norm, t

import goldwire
from goldwire.bench.compare import ALPHA, sign_flip_test
from goldwire.bench.leaderboard import boards
from goldwire.bench.score import counts_by_name
from goldwire.scoring.counts import Counts
from goldwire.scoring.intervals import LEAST, astuple_of, counts_interval

SIZES = (5, 8, 10, 15, 25, 50, 100)
RESAMPLES = 300
SLACK = 1e-9


def numbers(counts, number):
    """F1, or recall, of counts in the last axis; NaN if undefined."""
    correct, predicted, found, gold = np.moveaxis(counts, -1, 0)
    recall = found / gold
    if number == "recall":
        return recall
    precision = correct / predicted
    f1 = 2 * precision * recall / (precision + recall)
    nothing = (correct == 0) & (found == 0) & (predicted + gold > 0)
    return np.where(nothing, 0.0, f1)


def percentile(values):
    return np.nanpercentile(values, [2.5, 97.5], axis=1)


def bca(values, number, deviations):
    """Bias-corrected and accelerated (Efron 1987), the acceleration from the jackknife."""
    below = (values < number[:, None]).mean(1) + (values == number[:, None]).mean(1) / 2
    bias = norm.ppf(np.clip(below, 1 / RESAMPLES, 1 - 1 / RESAMPLES))
    speed = np.nan_to_num((deviations**3).sum(1) / (6 * (deviations**2).sum(1) ** 1.5))
    ordered = np.sort(np.nan_to_num(values), 1)
    bounds = []
    for z in (-1.959964, 1.959964):
        share = norm.cdf(bias + (bias + z) / (1 - speed * (bias + z)))
        place = np.clip((share * (RESAMPLES - 1)).round().astype(int), 0, RESAMPLES - 1)
        bounds.append(ordered[np.arange(len(ordered)), place])
    return np.array(bounds)


def clopper_pearson(rate, n):
    x = rate * n
    low = np.where(rate > 0, beta.ppf(0.025, x, n - x + 1), 0)
    return np.array([low, np.where(rate < 1, beta.ppf(0.975, x + 1, n - x), 1)])


def intervals(samples, number, chance):
    """The number, the clusters judged, and the interval of every method, of each sample."""
    clusters = samples.shape[1]
    total = samples.sum(1)
    value = numbers(total, number)
    judged = samples[..., 3] > 0 if number == "recall" else samples.sum(2) > 0
    k = judged.sum(1)
    without = np.where(judged, numbers(total[:, None] - samples, number), np.nan)
    deviations = np.nan_to_num(np.nanmean(without, 1)[:, None] - without)
    squares = deviations**2
    variance = (k - 1) / k * squares.sum(1)
    times = np.array([np.bincount(d, minlength=clusters) for d in chance.integers(0, clusters, (RESAMPLES, clusters))])
    resampled = np.einsum("bk,rkc->rbc", times, samples)
    mean = total / np.maximum(k, 1)[:, None]
    half = np.stack([mean[:, 1] / 2, mean[:, 1], mean[:, 3] / 2, mean[:, 3]], 1)
    found = {"old": percentile(numbers(resampled, number))}
    found["BCa"] = bca(numbers(resampled, number), value, deviations)
    step = t.ppf(0.975, k - 1) * np.sqrt(variance)
    found["studentised"] = np.array([value - step, value + step])
    found["pseudo-count"] = percentile(numbers(resampled + half[:, None], number))
    inside = (value > 0) & (value < 1)
    share = np.where(inside, k * variance / (value * (1 - value)), 1.0)
    found["Clopper-Pearson"] = clopper_pearson(value, k / share * (1.959964 / t.ppf(0.975, k - 1)) ** 2)
    wrong = samples[..., 2] < samples[..., 3]
    right = samples[..., 2] > 0
    if number == "f1":
        wrong, right = wrong | (samples[..., 0] < samples[..., 1]), right | (samples[..., 0] > 0)
    uneven = np.minimum((wrong & judged).sum(1), (right & judged).sum(1))
    raised = share + np.maximum(0, 1 - share) * 3 / (3 + uneven**2)
    excess = k * (squares**2).sum(1) / squares.sum(1) ** 2 - 1
    freedom = np.where(excess > 0, np.clip(2 * k / excess, 2, k - 1), k - 1)
    least = k * np.minimum(1, 4 / (3 + uneven**2)) / np.maximum(1, share)
    n = np.maximum(k / raised * (1.959964 / t.ppf(0.975, freedom)) ** 2, least)
    found["new"] = clopper_pearson(value, np.where(inside, n, k))
    return value, k, found


def populations(gold):
    """The counts by article of every number that is printed with an interval."""
    for board in boards(gold).values():
        for standing in board.rows:
            score = standing.score
            cells = {key: counts_by_name(counts) for key, counts in score.cells.items()}
            if any(len(key) > 1 for key in cells) or len(cells) < LEAST:
                continue
            for row in score.rows():
                named = (cell.get((row.group, row.name), Counts()) for cell in cells.values())
                counts = np.array([astuple_of(one) for one in named], dtype=float)
                if row.interval:
                    yield f"{standing.system.name}: {row.group}, {row.name}", row.number, counts


def nearer(counts, kept, by):
    """The counts with a share of the errors, taken from all labels or from whole articles."""
    chance = np.random.default_rng(1)
    if by == "articles":
        whole = np.repeat(counts[:, 3:], 4, axis=1)
        return np.where((chance.random(len(counts)) < kept)[:, None], counts, whole)
    spurious, missed = (chance.binomial((counts[:, i + 1] - counts[:, i]).astype(int), kept) for i in (0, 2))
    right = counts[:, 3] - missed
    return np.stack([right, right + spurious, right, counts[:, 3]], 1)


def coverage(gold, samples):
    chance = np.random.default_rng(5)
    cases = list(populations(gold))
    for name in ("spacy: mentions, strict", "spacy: mentions, exact", "textacy-clauses: content, matched@0.5"):
        counts = next(one for case, _, one in cases if case == name)
        for kept in (0.5, 0.2, 0.1, 0.05, 0.02):
            for by in ("labels", "articles"):
                cases.append((f"{name}, {kept:g} of errors by {by}", "f1", nearer(counts, kept, by)))
    covered = defaultdict(lambda: defaultdict(list))
    widths = defaultdict(lambda: defaultdict(list))
    low = []
    for name, number, counts in cases:
        true = float(numbers(counts.sum(0), number))
        if not 0 < true < 1:
            continue
        for size in SIZES:
            drawn = counts[chance.integers(0, len(counts), (samples, size))]
            value, judged, found = intervals(drawn, number, chance)
            shown = ~np.isnan(value) & (judged >= min(size, LEAST))
            if shown.mean() < 0.05:
                continue
            for method, (lower, upper) in found.items():
                inside = ((lower - SLACK <= true) & (true <= upper + SLACK))[shown].mean()
                covered[method][size].append(inside)
                widths[method][size].append((np.minimum(upper, 1) - np.maximum(lower, 0))[shown].mean())
                if method == "new" and size >= LEAST and inside < 0.93:
                    low.append(f"  {inside:.3f}  {size} articles, {name} ({true:.3f})")
            check(drawn[0], number, found["new"][:, 0])
    print(f"{len(cases)} populations, {samples:,} samples of each size; least and median coverage, mean width\n")
    print(f"{'articles':<18}" + "".join(f"{size:>21}" for size in SIZES))
    for method, by_size in covered.items():
        cells = (
            f"{min(one):.3f} {np.median(one):.3f} {np.mean(widths[method][size]):.3f}" for size, one in by_size.items()
        )
        print(f"{method:<18}" + "".join(f"{cell:>21}" for cell in cells))
    cells = [one for size, cell in covered["new"].items() if size >= LEAST for one in cell]
    print(f"\nnew, 8 articles or more: {len(low)} of {len(cells)} cases under .93", *low, sep="\n")


def check(counts, number, bounds):
    """goldwire's own function gives the interval that the table is about."""
    cells = {(i,): Counts(*map(float, one)) for i, one in enumerate(counts)}
    ours, judged = counts_interval(cells, number, [1] * len(counts))
    assert ours is None if judged < LEAST else np.allclose(ours, bounds, atol=1e-6), (ours, bounds)


def tests(gold, samples):
    """The share of samples in which two systems are called different: equal ones, and ones as far as detectable."""
    by_name = {name: counts for name, number, counts in populations(gold) if number == "f1"}
    names = [f"{system}: content, matched@0.5" for system in ("clauses", "textacy-clauses", "textacy")]
    print("\ncompare: systems called different, of", f"{samples:,} samples")
    print(f"{'':<44}" + "".join(f"{size:>8}" for size in SIZES[1:]))
    a, b = (by_name[name] for name in names[:2])
    report("equal: the same two, exchanged at random", a, b, samples, exchange=True)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        a, b = by_name[names[first]], by_name[names[second]]
        label = f"equal F1: {names[first].split(':')[0]}, {names[second].split(':')[0]}"
        report(label, *level(a, b, 0.0), samples)
    report("apart by what is detectable (power)", by_name[names[0]], by_name[names[1]], samples, power=True)


def level(a, b, apart):
    """The better one of two systems with so many correct labels less that b minus a is a given difference."""
    values = [float(numbers(one.sum(0), "f1")) for one in (a, b)]
    if values[0] > values[1]:
        b, a = level(b, a, -apart)
        return a, b
    low, high = 0.0, 1.0
    for _ in range(50):
        kept = (low + high) / 2
        if float(numbers(weaker(b, kept).sum(0), "f1")) - values[0] < apart:
            low = kept
        else:
            high = kept
    return a, weaker(b, kept)


def weaker(counts, kept):
    return counts * np.array([kept, 1, kept, 1])


def report(label, a, b, samples, exchange=False, power=False):
    chance, rates = random.Random(2), []
    for size in SIZES[1:]:
        one, other = a, b
        if power:
            one, other = level(a, b, least_difference(a, b, size))
        different = 0
        for _ in range(samples):
            places = chance.choices(range(len(a)), k=size)
            sides = [one[places], other[places]]
            if exchange:
                flips = np.array([chance.random() < 0.5 for _ in places])[:, None]
                sides = [np.where(flips, sides[i], sides[1 - i]) for i in (0, 1)]
            values = [float(numbers(side.sum(0), "f1")) for side in sides]
            without = [numbers(side.sum(0) - side, "f1") for side in sides]
            _, p, _ = sign_flip_test(values[1] - values[0], list(map(float, without[1] - without[0])), 400, 13)
            different += p <= ALPHA
        rates.append(different / samples)
    print(f"{label:<44}" + "".join(f"{rate:>8.3f}" for rate in rates))


def least_difference(a, b, size):
    """What is detectable with this many articles, from the spread over all articles."""
    without = [numbers(side.sum(0) - side, "f1") for side in level(a, b, 0.0)]
    spread = (without[1] - without[0]).std(ddof=1) * (len(a) - 1) / np.sqrt(size)
    return float((t.ppf(0.975, size - 1) + t.ppf(0.8, size - 1)) * spread)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    corpus = goldwire.load()
    with np.errstate(all="ignore"):
        coverage(corpus, count)
        tests(corpus, count)
