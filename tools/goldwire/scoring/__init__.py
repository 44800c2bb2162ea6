"""Scorers: plain records in, counts out. They know no files."""
