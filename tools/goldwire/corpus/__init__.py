"""From files to records in memory and back."""
