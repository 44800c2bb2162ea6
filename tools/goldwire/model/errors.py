"""Errors that reach the user as one line. This module imports nothing."""


class GoldwireError(Exception):
    """Something the caller can mend; the message says what was found, what was expected and what to do."""
