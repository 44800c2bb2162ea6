"""Shards of derived documents: written, scored and paired by many workers."""
