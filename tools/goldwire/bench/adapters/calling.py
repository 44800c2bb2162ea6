"""Systems: callables that take one text, or batches that take many at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any, Protocol, TypeGuard, TypeVar, runtime_checkable

from goldwire.model.errors import GoldwireError

T = TypeVar("T", covariant=True)
AT_ONCE = 8
"""Texts in a batch of spaCy's: its default, 1,000, holds a whole corpus in memory, parsed, and is slower."""
LETTERS = 20_000
"""Letters from which on a batch is full, since spaCy's small models take 3 kB a letter of a batch."""


@runtime_checkable
class Batched(Protocol):
    """A system that takes many texts and returns what it finds in each, in their order."""

    def batch(self, texts: Sequence[str], /) -> Iterable[object]: ...


class Piping(Protocol[T]):
    """What is used of a spaCy pipeline."""

    def pipe(self, texts: Iterable[str], /, *, batch_size: int) -> Iterable[T]: ...


class Answer(list[object]):
    """Labels for a text, with the number of things of each kind that are not read, and why there may be no labels."""

    def __init__(
        self, labels: Iterable[object] = (), unread: Mapping[str, int] | None = None, reason: str = ""
    ) -> None:
        super().__init__(labels)
        self.unread, self.reason = unread or {}, reason


def ask(
    system: object, texts: Mapping[str, str], read: Callable[[Any, str], Sequence[object]]
) -> dict[str, Sequence[object]]:
    """Return the labels of every text by its id; `read` turns the output for a text into labels.

    Labels by id are taken as they are. Raises GoldwireError, naming the text, if the system fails, if a
    batch gives more or fewer answers than texts, and if no text has labels and `read` knows the reason.
    """
    answers = _answers(system, texts)
    found: dict[str, Sequence[object]] = {}
    for name, text in texts.items():
        try:
            if not _has_labels(answer := next(answers)):
                raise GoldwireError(
                    f"the system gave {_kind(answer)} for {name}; expected labels, an empty list if there are none"
                )
            found[name] = read(answer, text)
        except StopIteration:
            raise GoldwireError(f"the system answered {len(found)} of {len(texts)} texts; expected all") from None
        except GoldwireError as error:
            raise error if name in str(error) else GoldwireError(f"{name}: {error}") from error
        except (Exception, SystemExit) as error:
            raise GoldwireError(f"the system failed on {name}: {_message(error)}") from error
    _check_any(found)
    if _is_batched(system) and next(answers, answers) is not answers:
        raise GoldwireError(f"the system gave more answers than the {len(texts)} texts it was given")
    return found


def _check_any(found: Mapping[str, Sequence[object]]) -> None:
    """Raise GoldwireError if no text has labels and the reason is known."""
    for name, labels in found.items() if not any(found.values()) else ():
        if isinstance(labels, Answer) and labels.reason:
            raise GoldwireError(f"{name}: {labels.reason}")


def ask_once(system: object, texts: Mapping[str, str]) -> object:
    """Return the output of a system that takes all texts at once, by their ids; labels are returned as they are."""
    try:
        return system(texts) if callable(system) else system
    except GoldwireError:
        raise
    except (Exception, SystemExit) as error:
        raise GoldwireError(f"the system failed on the corpus: {_message(error)}") from error


def _has_labels(answer: object) -> bool:
    """Return whether an answer can contain labels: an iterable or a known library's, but not a string or a table."""
    if isinstance(answer, str | bytes) or hasattr(answer, "iterrows"):
        return False
    return isinstance(answer, Iterable) or any(hasattr(answer, name) for name in ("ents", "spans", "get_spans"))


def _kind(answer: object) -> str:
    return "None" if answer is None else f"an answer of type {type(answer).__name__}"


def _message(error: BaseException) -> str:
    """Return what went wrong in a system, and the last line of it that ran."""
    line = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(line.filename).name}:{line.lineno})"


def _is_batched(system: object) -> TypeGuard[Batched]:
    """Return whether a system takes many texts; a class does not, nor an object whose `batch` is a number."""
    return isinstance(system, Batched) and callable(system.batch) and not isinstance(system, type)


def _answers(system: object, texts: Mapping[str, str]) -> Iterator[object]:
    if isinstance(system, Mapping):
        yield from (system[name] for name in texts)
    elif _is_batched(system):
        yield from system.batch(list(texts.values()))
    elif hasattr(system, "pipe") and hasattr(system, "pipe_names"):  # a spaCy pipeline
        yield from piped(system, texts.values())
    elif callable(system):
        check_truncation(system, texts)
        yield from (system(text) for text in texts.values())
    else:
        raise GoldwireError(
            f"a {type(system).__name__} is not a system; expected a callable, a batch method, or labels by document id"
        )


def piped(pipeline: Piping[T], texts: Iterable[str]) -> Iterator[T]:
    """The documents that a spaCy pipeline makes of texts, in batches that bound its memory."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == AT_ONCE or sum(map(len, batch)) + len(text) > LETTERS):
            yield from pipeline.pipe(batch, batch_size=AT_ONCE)
            batch = []
        batch.append(text)
    yield from pipeline.pipe(batch, batch_size=AT_ONCE)


def check_truncation(system: object, texts: Mapping[str, str]) -> None:
    """Raise GoldwireError if a system is a transformers pipeline that would drop the end of a text.

    Without a `stride` it truncates to its tokenizer's `model_max_length`, without a warning. The check
    does not see a pipeline inside a function.
    """
    tokenizer = getattr(system, "tokenizer", None)
    limit = getattr(tokenizer, "model_max_length", None)
    settings = getattr(system, "_preprocess_params", None)  # the only place where a pipeline keeps its stride
    if tokenizer is None or not isinstance(limit, int) or settings is None:
        return
    if "stride" in settings.get("tokenizer_params", {}):
        return
    lengths = {name: len(tokenizer(text, verbose=False)["input_ids"]) for name, text in texts.items()}
    cut = [name for name, length in lengths.items() if length > limit]
    if cut:
        raise GoldwireError(
            f"this pipeline reads {limit} tokens of a text and drops the rest; {len(cut)} of {len(texts)} texts are "
            f"longer, {cut[0]} has {lengths[cut[0]]}; create it with aggregation_strategy='simple', "
            f"stride={limit // 4} to read them whole, or wrap it in a function to score it as it is"
        )
