"""The release of Label Studio that goldwire works with: for another one, change it here and in pyproject.toml."""

RELEASE = "1.23.2"
"""The release that the tests run; its internals (settings, middleware, the editor's store) are relied on."""
SERIES = ".".join(RELEASE.split(".")[:2])
"""The releases that a server elsewhere may run."""
