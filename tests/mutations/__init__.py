"""Single faults in the real gold, such as people and programs make, and whether goldwire finds them.

    cd tests && python -m mutations 40

makes forty faults of every kind and prints a table: tried, caught, caught with a fitting code, missed. Each fault is
written into a copy of the corpus, and the whole of `goldwire.checks.check` runs on it; only pure functions are cached
between runs. Each module contains the faults of one kind of thing.
"""

from mutations import blocks, built, doubles, files, form, mentions, offsets, pairs, quotes, registry  # noqa: F401 - each registers its kinds
from mutations.bench import Bench, remembered
from mutations.gold import KINDS, Gold, Mutation, mutations
from mutations.invisible import INVISIBLE
from mutations.offsets import with_emoji

__all__ = ["INVISIBLE", "KINDS", "Bench", "Gold", "Mutation", "mutations", "remembered", "with_emoji"]
