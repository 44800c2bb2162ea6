"""Single faults made in the real gold, as hands and programs make them, and whether goldwire sees them.

    cd tests && python -m mutations 40

makes forty faults of every kind and prints the table: tried, caught, caught with a code that fits, unseen. Every fault
is written into a copy of the corpus and `goldwire.checks.check` runs on it, the whole of it; only what depends on
nothing but its arguments is remembered from one run to the next. Each module holds the faults of one thing.
"""

from mutations import blocks, built, doubles, files, form, mentions, offsets, pairs, quotes, registry  # noqa: F401 - each registers its kinds
from mutations.bench import Bench, remembered
from mutations.gold import KINDS, Gold, Mutation, mutations
from mutations.invisible import INVISIBLE
from mutations.offsets import with_emoji

__all__ = ["INVISIBLE", "KINDS", "Bench", "Gold", "Mutation", "mutations", "remembered", "with_emoji"]
