"""The Label Studio server: its process, database, settings and guard."""
