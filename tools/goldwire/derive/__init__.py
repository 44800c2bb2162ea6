"""Derived corpora: labelled documents made from the gold, each a function of the seed and its number."""
