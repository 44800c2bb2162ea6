"""The bootstrap as a textbook writes it: clusters are drawn and their counts added up, one resample after the other."""

import random
from functools import reduce
from operator import add

from goldwire.scoring.bootstrap import percentile_interval


def plain_interval(clusters, number, resamples=1000, seed=13):
    """The 95 % interval of a number over resampled clusters, to compare the product's with."""
    draw = random.Random(seed)
    drawn = (draw.choices(clusters, k=len(clusters)) for _ in range(resamples))
    return percentile_interval([number(reduce(add, one)) for one in drawn]) if clusters else None
