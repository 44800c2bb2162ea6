"""The table of codes: each fault that a check can find, by level."""

from goldwire.model.codes.code import Code, Level
from goldwire.model.codes.gold import BUILD, COMPLETENESS, RELEASE, REUSE
from goldwire.model.codes.labels import ANCHORING, COVER, LINKS
from goldwire.model.codes.records import FORM, SHAPE

CODES: dict[str, Code] = {
    **FORM,
    **SHAPE,
    **ANCHORING,
    **LINKS,
    **COVER,
    **COMPLETENESS,
    **REUSE,
    **BUILD,
    **RELEASE,
}

__all__ = ["CODES", "Code", "Level"]
