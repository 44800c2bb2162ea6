"""Derived corpora: from the gold, any number of labelled documents, each a function of the seed and its number."""
