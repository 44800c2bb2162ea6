"""A gold corpus of scraped news pages, the tool that annotates it, and the benchmark to measure by.

import goldwire

gold = goldwire.load()
print(goldwire.score(my_tagger, gold))
"""

import sys
from typing import TYPE_CHECKING, Any

from goldwire.model.version import __version__

if TYPE_CHECKING:
    from goldwire.bench.compare import Comparison, compare
    from goldwire.bench.conformance import vectors
    from goldwire.bench.score import Score, score
    from goldwire.bench.words import Aligned, align
    from goldwire.corpus.gold import Gold, GoldDocument, load
    from goldwire.model.errors import GoldwireError
    from goldwire.scoring.settings import Settings

__all__ = [
    "Aligned",
    "Comparison",
    "Gold",
    "GoldDocument",
    "GoldwireError",
    "Score",
    "Settings",
    "__version__",
    "align",
    "compare",
    "load",
    "score",
    "vectors",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import goldwire` costs nothing.
    from importlib import import_module

    homes = {
        "GoldwireError": "goldwire.model.errors",
        "Settings": "goldwire.scoring.settings",
        "vectors": "goldwire.bench.conformance",
    }
    homes |= dict.fromkeys(("Aligned", "align"), "goldwire.bench.words")
    homes |= dict.fromkeys(("Comparison", "compare"), "goldwire.bench.compare")
    homes |= dict.fromkeys(("Gold", "GoldDocument", "load"), "goldwire.corpus.gold")
    if name not in __all__:
        raise AttributeError(f"module 'goldwire' has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    return getattr(import_module(homes.get(name, "goldwire.bench.score")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
