"""Labels to start from, for articles without any: known names, reported speech, repeats, and text that is shared."""

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import TypeVar

from goldwire.bench.baselines.spacy_pipelines import MODEL, pipeline
from goldwire.corpus.annotation_sets import LabelSet, layer_path
from goldwire.corpus.canonical import sort_key
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.curate.add_page import carried
from goldwire.model.records import Decoy, Mention, Quote
from goldwire.studio.candidates import Candidate
from goldwire.studio.pre_names import KnownNames
from goldwire.studio.pre_pairs import pre_pairs
from goldwire.studio.pre_quotes import pre_quotes
from goldwire.text import spans
from goldwire.text.alignment import Projection
from goldwire.text.derived_fields import derivable, derived
from goldwire.text.shingles import ShingleIndex

R = TypeVar("R", Mention, Quote)


def pre_labels(tree: Tree, labels: LabelSet, documents: Mapping[str, list[Candidate]]) -> LabelSet:
    """Suggested labels for documents, each with the earlier documents to compare it with.

    Names come from the registry and the gold, repeats from the gold. A document that the gold has labels of, as in an
    annotator's pass, is labelled as if neither it nor its repeats had any, so that nothing is given away.
    """
    has = tree.profile.has
    parse = pipeline() if has("quotes") and find_spec(MODEL) else None
    entities, quotes, decoys = {}, {}, {}
    languages = {page.id: page.language for page in tree.corpus.pages}
    paired = pre_pairs(tree.corpus.texts, documents if has("duplicates") else {})
    path, gold = paired.path, tree.gold or labels
    index = ShingleIndex()
    for name in gold.entities:
        index.add(name, tree.corpus.texts[name])
    for document in documents:
        text = tree.corpus.texts[document]
        alike = index.alike(text)
        is_blind = document in gold.entities
        known = gold.entities.keys() - (alike.keys() if is_blind else set())
        mentions = KnownNames(tree, known, aliases=not is_blind).mentions(text) if has("entities") else []
        found = pre_quotes(text, parse) if parse and languages.get(document.rsplit("-", 1)[0], "en") == "en" else []
        own = list[Decoy]()
        if alike and not is_blind:
            source = max(alike, key=lambda name: (alike[name], name))
            projection = Projection(document, tree.corpus.texts[source], text)
            mentions = _besides(carried(projection, gold.entities[source]), mentions)
            found = _besides(carried(projection, gold.quotes.get(source, ())), found)
            own = list(carried(projection, gold.decoys.get(source, ())))
        entities[document] = Table.numbered(layer_path(path, "entities", document), mentions)
        fields = derivable(tree.profile)
        if "type" not in fields:
            found = [quote.model_copy(update={"type": None}) for quote in found]
        filled = derived(found, mentions, text, "en", fields - {"parent"})
        quotes[document] = Table.numbered(layer_path(path, "quotes", document), filled)
        decoys[document] = Table.numbered(layer_path(path, "decoys", document), own)
    table = paired.duplicates if has("duplicates") else None
    return LabelSet(path, None, {}, entities, quotes, decoys, table)


def _besides(kept: Iterable[R], more: Iterable[R]) -> list[R]:
    """Labels, and those of others that overlap none of them, in the order of a file."""
    found = list(kept)
    taken = [span for label in found for span in _extent(label)]
    found += [label for label in more if not any(spans.overlap(a, b) for a in _extent(label) for b in taken)]
    return sorted(found, key=sort_key)


def _extent(label: Mention | Quote) -> list[spans.SpanLike]:
    return [*label.content] if isinstance(label, Quote) else [label]
