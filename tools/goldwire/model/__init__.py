"""Records, codes, findings and errors. Imports nothing of goldwire."""
