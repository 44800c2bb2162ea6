"""`python -m goldwire`."""

from goldwire.cli import run

run()
