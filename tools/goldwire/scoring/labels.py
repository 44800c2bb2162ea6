"""The labels that scorers compare: protocols that gold's records satisfy, and plain tuples for predictions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from goldwire.text import spans
from goldwire.text.clusters import RelatedPair


class PlainSpan(NamedTuple):
    """A half-open span of code points."""

    start: int
    end: int


class PlainMention(NamedTuple):
    """A mention: a span, its type and, where it is linked, the id of its entity."""

    start: int
    end: int
    type: str
    entity: str | None = None


class PlainSpeaker(NamedTuple):
    """The phrase that names a speaker, with its head where that is known."""

    start: int
    end: int
    head: PlainSpan | None = None


@dataclass(frozen=True, slots=True)
class PlainQuote:
    """A quote; `type` is None if the system gives none, `speaker_entities` if it does not say who speaks."""

    content: tuple[PlainSpan, ...]
    type: str | None = None
    cue: PlainSpan | None = None
    speaker: PlainSpeaker | None = None
    speaker_entities: tuple[str, ...] | None = None
    parent: str | None = None


class PlainPassage(NamedTuple):
    """A span in each of two documents."""

    a: spans.SpanLike
    b: spans.SpanLike


class PlainPair(NamedTuple):
    """Two documents and how they are related, the smaller id first."""

    a: str
    b: str
    relation: str = "near"
    direction: str | None = None
    passages: "tuple[PassageLike, ...]" = ()


class PlainBlock(NamedTuple):
    """A block of a page with its role and its document; None for the page itself."""

    start: int
    end: int
    role: str
    document: str | None = None


class SpeakerLike(spans.SpanLike, Protocol):
    """The phrase that names a speaker, with its head where that is known."""

    @property
    def head(self) -> spans.SpanLike | None: ...


class QuoteLike(Protocol):
    """A quote; a part that a system leaves out is None."""

    @property
    def type(self) -> str | None: ...
    @property
    def content(self) -> Sequence[spans.SpanLike]: ...
    @property
    def cue(self) -> spans.SpanLike | None: ...
    @property
    def speaker(self) -> SpeakerLike | None: ...
    @property
    def speaker_entities(self) -> Sequence[str] | None: ...
    @property
    def parent(self) -> str | None: ...


class PassageLike(Protocol):
    """A span in each of two documents."""

    @property
    def a(self) -> spans.SpanLike: ...
    @property
    def b(self) -> spans.SpanLike: ...


class PairLike(RelatedPair, Protocol):
    """Two documents, how they are related, and the text they share."""

    @property
    def direction(self) -> str | None: ...
    @property
    def passages(self) -> Sequence[PassageLike]: ...


class BlockLike(Protocol):
    """A span of a page with its role and its document; None for the page itself."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def document(self) -> str | None: ...
