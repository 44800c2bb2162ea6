"""What a system is: something that is called with a text, or with many at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any, Protocol, runtime_checkable

from goldwire.model.errors import GoldwireError


class System(Protocol):
    """From one text to what is found in it: spans, quotes or blocks, as tuples, objects or mappings."""

    def __call__(self, text: str, /) -> Any: ...


@runtime_checkable
class Batched(Protocol):
    """From many texts to what is found in each, in their order; asked so where a system can be."""

    def batch(self, texts: Sequence[str], /) -> Iterable[Any]: ...


def ask(system: Any, texts: Mapping[str, str], read: Callable[[Any, str], list[Any]]) -> dict[str, list[Any]]:
    """The labels of every text by its id; `read` turns what the system gave for a text into labels.

    Labels by id, given at once, are taken as they are. Raises GoldwireError, naming the text, where the
    system fails, and where a batch gives more or fewer answers than it was asked for.
    """
    answers = _answers(system, texts)
    found: dict[str, list[Any]] = {}
    for name, text in texts.items():
        try:
            if not _holds_labels(answer := next(answers)):
                raise GoldwireError(
                    f"the system gave {_kind(answer)} for {name}; expected labels, an empty list where there are none"
                )
            found[name] = read(answer, text)
        except StopIteration:
            raise GoldwireError(f"the system answered {len(found)} of {len(texts)} texts; expected all") from None
        except GoldwireError:
            raise
        except Exception as error:
            raise GoldwireError(f"the system failed on {name}: {_told(error)}") from error
    if _is_batched(system) and next(answers, answers) is not answers:
        raise GoldwireError(f"the system answered more than the {len(texts)} texts it was asked for")
    return found


def ask_once(system: Callable[[Any], Any], texts: Mapping[str, str]) -> Any:
    """What a system that looks at all texts at once, by their ids, gives for them."""
    try:
        return system(texts)
    except GoldwireError:
        raise
    except Exception as error:
        raise GoldwireError(f"the system failed on the corpus: {_told(error)}") from error


def _holds_labels(answer: Any) -> bool:
    """Whether an answer can hold labels: one of a library, or what can be gone through and is no text or table."""
    if isinstance(answer, str | bytes) or hasattr(answer, "iterrows"):
        return False
    return isinstance(answer, Iterable) or hasattr(answer, "ents") or hasattr(answer, "spans")


def _kind(answer: Any) -> str:
    return "None" if answer is None else f"an answer of type {type(answer).__name__}"


def _told(error: Exception) -> str:
    """What went wrong in a system, and where: the last line of it that ran."""
    line = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(line.filename).name}:{line.lineno})"


def _is_batched(system: Any) -> bool:
    """Whether a system can be asked for many texts; a class cannot, nor can what keeps a number called batch."""
    return isinstance(system, Batched) and callable(system.batch) and not isinstance(system, type)


def _answers(system: Any, texts: Mapping[str, str]) -> Iterator[Any]:
    if isinstance(system, Mapping):
        yield from (system[name] for name in texts)
    elif _is_batched(system):
        yield from system.batch(list(texts.values()))
    elif hasattr(system, "pipe") and hasattr(system, "pipe_names"):  # a spaCy pipeline
        yield from system.pipe(list(texts.values()))
    elif callable(system):
        check_truncation(system, texts)
        yield from (system(text) for text in texts.values())
    else:
        raise GoldwireError(
            f"a {type(system).__name__} is no system; expected a callable, a batch method, or labels by document id"
        )


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
