"""docs/export.md says of each field which formats keep it, and no more and no less is true."""

import kept


def test_a_format_keeps_what_its_column_says():
    (shown,) = kept.TABLE.finditer(kept.PAGE.read_text())
    assert shown[0] == shown[1] + kept.table() + shown[2]
