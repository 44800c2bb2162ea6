"""Scorers: labels in, counts out. They open no files."""
