"""Pure functions on text: spans, quotation marks, tokens, shared runs, alignment."""
