"""Derived corpora in shards: written, scored, paired and checked by several workers."""
