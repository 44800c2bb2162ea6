"""The table of codes: each fault that a check can find, by level."""

from typing import get_args

from goldwire.model.codes.attribution import PARTICULARS
from goldwire.model.codes.code import Code, Level
from goldwire.model.codes.gold import BUILD, COMPLETENESS, RELEASE, REUSE
from goldwire.model.codes.labels import ANCHORING, COVER, LINKS
from goldwire.model.codes.records import FORM, SHAPE

_ALL: dict[str, Code] = {
    **FORM,
    **SHAPE,
    **ANCHORING,
    **LINKS,
    **COVER,
    **COMPLETENESS,
    **REUSE,
    **BUILD,
    **RELEASE,
    **PARTICULARS,
}
_LEVELS = get_args(Level)
CODES = dict(sorted(_ALL.items(), key=lambda item: _LEVELS.index(item[1].level)))

__all__ = ["CODES", "Code", "Level"]
