"""Keeping a corpus: new corpora, new pages, the registry, releases, agreement of annotators, and the data card."""
