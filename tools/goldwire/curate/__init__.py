"""The steward's room: new pages, new corpora, releases, the data card, agreement."""
