"""Texts that a transformers pipeline would cut: it reads what its model takes and says nothing of the rest."""

from collections.abc import Mapping
from typing import Any

from goldwire.model.errors import GoldwireError


def check_truncation(system: Any, texts: Mapping[str, str]) -> None:
    """Raise GoldwireError where a system is a transformers pipeline that would leave out the end of a text.

    Without a `stride` it truncates to its tokenizer's `model_max_length`, unsaid. A function that calls a
    pipeline cannot be looked into.
    """
    limit = getattr(getattr(system, "tokenizer", None), "model_max_length", None)
    settings = getattr(system, "_preprocess_params", None)  # the one place where a pipeline keeps its stride
    if not isinstance(limit, int) or settings is None or "stride" in settings.get("tokenizer_params", {}):
        return
    lengths = {name: len(system.tokenizer(text, verbose=False)["input_ids"]) for name, text in texts.items()}
    cut = [name for name, length in lengths.items() if length > limit]
    if cut:
        raise GoldwireError(
            f"this pipeline reads {limit} tokens of a text and drops the rest unsaid; {len(cut)} of {len(texts)} "
            f"texts are longer, {cut[0]} has {lengths[cut[0]]}; make it with aggregation_strategy='simple', "
            f"stride={limit // 4} to have them read whole, or wrap it in a function to score it as it is"
        )
