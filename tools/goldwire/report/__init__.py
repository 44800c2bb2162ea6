"""How results look: on a terminal, as JSON, as HTML. Nothing else formats."""
