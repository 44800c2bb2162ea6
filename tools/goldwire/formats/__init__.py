"""Formats of other tools, read and written; docs/export.md says what each leaves out."""
