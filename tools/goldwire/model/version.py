"""The version of goldwire, the one place it is written in."""

__version__ = "0.2.0"
