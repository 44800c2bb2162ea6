"""`python -m goldwire`."""

from goldwire.cli.main import run

run()
