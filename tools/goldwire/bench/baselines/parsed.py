"""What the baselines use of a document that a spaCy pipeline has parsed."""

from collections.abc import Iterable, Iterator
from typing import Protocol


class Token(Protocol):
    """A token with its dependency: `i` is its number in the document, `idx` its offset in code points."""

    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    dep_: str
    is_space: bool
    is_alpha: bool

    def __len__(self) -> int: ...
    @property
    def head(self) -> "Token": ...
    @property
    def children(self) -> "Iterable[Token]": ...
    @property
    def subtree(self) -> "Iterable[Token]": ...
    @property
    def sent(self) -> "Iterable[Token]": ...


class Doc(Protocol):
    """A parsed document."""

    text: str

    def __len__(self) -> int: ...
    def __getitem__(self, i: int, /) -> Token: ...
    def __iter__(self) -> Iterator[Token]: ...


class Pipeline(Protocol):
    """A loaded spaCy pipeline."""

    def __call__(self, text: str, /) -> Doc: ...
    def pipe(self, texts: Iterable[str], /, *, batch_size: int) -> Iterable[Doc]: ...
