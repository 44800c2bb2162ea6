"""The parts of a label by name: mappings, named tuples and the objects of any library are read alike."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from goldwire.model.records import Record

DECLARED = ("_fields", "__struct_fields__", "__dataclass_fields__", "__pydantic_fields__", "__fields__", "__slots__")
"""The attributes of classes that list their parts: named tuples, msgspec, dataclasses, pydantic 2 and 1, slots."""


def is_missing(value: object) -> bool:
    """Return whether a value means that there is none: None, blank text, NaN, NaT, pandas' NA."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    if type(value) in (int, list, tuple, dict):
        return False
    try:
        return bool(value != value)
    except (TypeError, ValueError, ArithmeticError):  # pandas' NA, an array, a signalling NaN
        return type(value).__name__ == "NAType"


def part(label: object, name: str) -> Any:
    """Return a part of a label by name; None if it has none or its value is missing."""
    value = label.get(name) if type(label) is dict or isinstance(label, Mapping) else getattr(label, name, None)
    return None if value is None or is_missing(value) else value


def is_plain(label: object) -> bool:
    """Return whether a label is a sequence without names, whose parts are known by their position."""
    return isinstance(label, tuple | list) and not hasattr(label, "_fields")


def unpacked(label: Any) -> Any:
    """Return the rows of an array of numpy or torch as lists; any other label as it is."""
    if isinstance(label, dict | tuple | list | Record):  # asking a pydantic object for what it lacks is slow
        return label
    return label.tolist() if hasattr(label, "tolist") and not hasattr(label, "keys") else label


def names_of(label: object) -> Sequence[str]:
    """Return the names of a label's parts: keys, declared fields, or public attributes; none for a plain value."""
    if isinstance(label, Mapping):
        return list(label)
    kind: Any = type(label)
    declared = _declared(kind)
    if isinstance(label, Record):
        return declared
    more = getattr(label, "model_extra", None) or (None if declared else getattr(label, "__dict__", None)) or ()
    return [*declared, *(name for name in more if not str(name).startswith("_"))]


@lru_cache(maxsize=256)
def _declared(kind: Any) -> tuple[str, ...]:
    """Return the public names that a class declares for its objects."""
    if kind.__module__ == "builtins":
        return ()
    found = (getattr(kind, name, None) for name in DECLARED)
    names = next(filter(None, found), ())
    attrs = [attribute.name for attribute in getattr(kind, "__attrs_attrs__", ())]
    return tuple(name for name in attrs or ([names] if isinstance(names, str) else names) if not name.startswith("_"))


def fields(label: object) -> dict[str, Any]:
    """Return the parts of a label by name."""
    if isinstance(label, Mapping):
        return dict(label)
    return {name: getattr(label, name, None) for name in names_of(label)}
