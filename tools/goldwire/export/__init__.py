"""Exports: the labels of a set in the formats of other tools; docs/export.md says what each leaves out."""
