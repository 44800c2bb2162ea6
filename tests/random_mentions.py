"""Mentions of a text of twelve code points, for hypothesis to draw."""

from hypothesis import strategies as st

from goldwire.scoring.labels import PlainMention

TYPES = ("GPE", "ORG", "PERSON")
LENGTH = 12


@st.composite
def mention(draw):
    start = draw(st.integers(0, LENGTH - 1))
    return PlainMention(start, draw(st.integers(start + 1, LENGTH)), draw(st.sampled_from(TYPES)))


overlapping = st.lists(mention(), max_size=6)
"""Mentions that may nest, cross and repeat one another, in any order."""


@st.composite
def flat(draw):
    """Mentions that share no place, in order; neighbours may touch."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH))))
    types = draw(st.lists(st.sampled_from((*TYPES, None)), min_size=len(cuts), max_size=len(cuts)))
    return [PlainMention(*place, kind) for *place, kind in zip(cuts, cuts[1:], types, strict=False) if kind]


mentions = overlapping | flat()
