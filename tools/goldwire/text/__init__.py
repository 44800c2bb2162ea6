"""Pure functions on text: spans, quotation marks, words, shared runs, alignment."""
