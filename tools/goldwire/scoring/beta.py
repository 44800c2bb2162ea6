"""Quantiles of the beta and the t distribution, without a library."""

from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

CLOSE = 1e-10
TINY = 1e-300


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return the value that a beta variable is below with a probability; a and b are above 0.

    Newton's method between bounds that close in, so that it ends for every a and b.
    """
    low, high, x = 0.0, 1.0, a / (a + b)
    scale = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(100):
        error = beta_share(x, a, b) - share
        low, high = (low, x) if error > 0 else (x, high)
        density = exp(scale + (a - 1) * log(x) + (b - 1) * log1p(-x))
        step = error / density if density > TINY else 0.0
        after = x - step if step and low < x - step < high else (low + high) / 2
        if abs(after - x) < CLOSE * x:
            return after
        x = after
    return x


def beta_share(x: float, a: float, b: float) -> float:
    """Return the probability that a beta variable is below x (DLMF 8.17.22, by Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - front * _fraction(1 - x, b, a) / b
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value, m = d, 0
    change = 0.0
    while abs(change - 1) > CLOSE / 100 and m < 10_000:
        m += 1
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _not_zero(1 + step * d), _not_zero(1 + step / c)
            change = c * d
            value *= change
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


@lru_cache(maxsize=512)
def t_quantile(share: float, freedom: float) -> float:
    """Return the value that Student's t is below with a probability of more than a half."""
    x = beta_quantile(2 * (1 - share), freedom / 2, 0.5)
    return sqrt(freedom * (1 - x) / x)
