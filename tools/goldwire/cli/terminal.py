"""Exit statuses of the command line."""

CLEAN, FINDINGS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""Clean; findings (or a score under the one asked for); wrong usage; our bug; interrupted."""
