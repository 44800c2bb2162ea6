"""Formats of other tools, read and written; docs/export.md lists what each omits."""
