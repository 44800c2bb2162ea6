"""A gold corpus of scraped news pages, the tool that annotates it, and the benchmark to measure by.

import goldwire

gold = goldwire.load()
print(goldwire.score(my_tagger, gold))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldwire.benchmark import Gold, GoldDocument, Score, load, score
    from goldwire.errors import GoldwireError
    from goldwire.signature import Settings

__version__ = "0.1.0"
__all__ = ["Gold", "GoldDocument", "GoldwireError", "Score", "Settings", "load", "score"]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import goldwire` costs nothing.
    from importlib import import_module

    homes = {"GoldwireError": "goldwire.errors", "Settings": "goldwire.signature"}
    if name not in __all__:
        raise AttributeError(f"module 'goldwire' has no attribute {name!r}")
    return getattr(import_module(homes.get(name, "goldwire.benchmark")), name)
