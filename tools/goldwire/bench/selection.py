"""The selection: the units of gold that a task is scored on."""

from goldwire.corpus.gold import Gold
from goldwire.model.errors import GoldwireError
from goldwire.model.vocabulary import Layer
from goldwire.scoring.settings import Settings, Task

LAYERS: dict[Task, tuple[Layer, ...]] = {
    "entities": ("entities",),
    "quotes": ("quotes", "decoys"),
    "duplicates": ("duplicates",),
    "segments": ("segments",),
}
"""The layers that a task needs; the first must be labelled, and none may be partial."""


def select(gold: Gold, settings: Settings) -> list[tuple[str, ...]]:
    """Return the clusters of units that a task is scored on: documents, or pages one by one.

    Units that gold does not label are left out. Raises GoldwireError if gold labels one in part, or none.
    """
    layers = LAYERS[settings.task]
    begun = sorted((layer, unit) for layer, unit in gold.partial if layer in layers)
    if begun:
        layer, unit = begun[0]
        raise GoldwireError(
            f"gold's {layer}{f' of {unit}' if unit else ''} are not complete, so what a system finds there "
            "cannot be judged; finish them, or declare them none in set.json"
        )
    chosen = _labelled(gold, settings)
    if not chosen:
        raise GoldwireError(f"{gold.name} has no complete {layers[0]}, so there is nothing to score against")
    return chosen


def _labelled(gold: Gold, settings: Settings) -> list[tuple[str, ...]]:
    if settings.task == "segments":
        return [(page,) for page in gold.blocks]
    if settings.task == "duplicates":
        return list(gold.clusters)
    layer = "mentions" if settings.task == "entities" else "quotes"
    found = (
        tuple(name for name in cluster if getattr(gold.documents[name], layer) is not None)
        for cluster in gold.clusters
    )
    return [names[:1] if settings.docs == "unique" else names for names in found if names]
