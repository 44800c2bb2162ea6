"""Errors that reach the user as one line. This module imports nothing."""


class GoldwireError(Exception):
    """An error that the caller can fix; the message says what was found, what was expected and what to do."""
