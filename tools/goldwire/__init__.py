"""A gold corpus of scraped news pages, the tool that annotates it, and the benchmark to measure by.

import goldwire

gold = goldwire.load()
print(goldwire.score(my_tagger, gold))
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldwire.benchmark import Score, score
    from goldwire.comparison import Comparison, compare
    from goldwire.conformance import vectors
    from goldwire.errors import GoldwireError
    from goldwire.gold import Gold, GoldDocument, load
    from goldwire.signature import Settings

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "Gold",
    "GoldDocument",
    "GoldwireError",
    "Score",
    "Settings",
    "compare",
    "load",
    "score",
    "vectors",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import goldwire` costs nothing.
    from importlib import import_module

    homes = {"GoldwireError": "goldwire.errors", "Settings": "goldwire.signature", "vectors": "goldwire.conformance"}
    homes |= dict.fromkeys(("Comparison", "compare"), "goldwire.comparison")
    homes |= dict.fromkeys(("Gold", "GoldDocument", "load"), "goldwire.gold")
    if name not in __all__:
        raise AttributeError(f"module 'goldwire' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    return getattr(import_module(homes.get(name, "goldwire.benchmark")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
