"""The labels of an article of another corpus as records of its document."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from goldwire.corpus.build import build
from goldwire.corpus.canonical import sort_key
from goldwire.corpus.placing import Placing
from goldwire.formats.articles import Article, Label
from goldwire.model.profile import Profile, names
from goldwire.model.records import Block, Decoy, Document, DocumentLabel, Mention, Quote
from goldwire.model.vocabulary import DOCUMENT_LAYERS, DocumentLayer, QuoteStatus, SpeakerKind
from goldwire.text import spans
from goldwire.text.derived_fields import FIELDS, derivable, derived
from goldwire.text.quotation_marks import marked_type

MARK = "\ufeff"
"""A byte order mark, which is no part of a text if only white space and others are before it."""
STATUSES, KINDS = get_args(QuoteStatus), get_args(SpeakerKind)
MODELS: dict[DocumentLayer, type[DocumentLabel]] = {"entities": Mention, "quotes": Quote, "decoys": Decoy}


@dataclass(frozen=True, slots=True)
class Placed:
    """An article as a page of one document."""

    article: Article
    page: str
    blocks: list[Block]
    document: Document
    text: str


def place(article: Article, page: str, profile: Profile) -> Placed | None:
    """The article as a page of one document; None if it has no words."""
    blocks = list(_blocks(article.text, page, profile))
    built = next(build({page: article.text}, {page: blocks}, profile), None)
    return None if built is None else Placed(article, page, blocks, *built)


def _blocks(text: str, page: str, profile: Profile) -> Iterator[Block]:
    """A block for each line: the first with a letter or digit is the headline; byte order marks start no text."""
    at, number, is_begun, has_headline = 0, 0, False, False
    for line in text.splitlines(keepends=True):
        start, end = spans.trim(text, at, at + len(line))
        at += len(line)
        while not is_begun and start < end and text[start] == MARK:
            number += 1
            yield _block(page, number, start, start + 1, profile.role_like("boilerplate"), own=False)
            start, end = spans.trim(text, start + 1, end)
        if start < end:
            number += 1
            is_begun, is_headline = True, not has_headline and any(map(str.isalnum, text[start:end]))
            has_headline = has_headline or is_headline
            yield _block(page, number, start, end, profile.role_like("headline" if is_headline else "body"))


def _block(page: str, number: int, start: int, end: int, role: str, own: bool = True) -> Block:
    document = f"{page}-01" if own else None
    return Block(id=f"{page}-b{number:03}", start=start, end=end, role=role, document=document)


def records(placed: Placed, profile: Profile) -> dict[DocumentLayer, list[Any]]:
    """The records of an article's labels by layer; what is left out is added to `placed.article.left`.

    The values of the labels must be those of the profile.
    """
    return _Writer(placed, profile).layers()


class _Writer:
    """Moves the labels of one article to its document, and numbers them."""

    def __init__(self, placed: Placed, profile: Profile) -> None:
        self.placed, self.profile = placed, profile
        self.placing = Placing(placed.document, placed.text)

    def leave(self, kind: str, label: Mapping[str, Any]) -> None:
        article = self.placed.article
        where = f"{label['start']}–{label['end']}" if "start" in label else ""
        article.left.append((kind, f"{article.place} [{where}]" if where else article.place))

    def layers(self) -> dict[DocumentLayer, list[Any]]:
        found: dict[DocumentLayer, list[Any]] = {}
        for layer in DOCUMENT_LAYERS:
            labels = self.placed.article.layers.get(layer, [])
            move = self._quote if layer == "quotes" else self._span
            moved = [one for label in labels if (one := move(label))]
            found[layer] = self._numbered(layer, self._flat(moved) if layer == "entities" else moved)
        found["quotes"] = self._derived(found["quotes"], found["entities"])
        return found

    def _span(self, label: Label) -> Label | None:
        """The label with its offsets and its words in the text."""
        moved = self.placing.span(label["start"], label["end"])
        if moved is None:
            self.leave("span without words", label)
            return None
        if self.placing.splits(label["start"], label["end"]):
            self.leave("edge inside a composed character, moved to its end", label)
        start, end = moved
        return {**label, "start": start, "end": end, "text": self.placed.text[start:end]}

    def _flat(self, mentions: list[Label]) -> list[Label]:
        """The mentions that lie in no longer one; of those that cross, the longer ones."""
        taken = bytearray(len(self.placed.text))
        kept = []
        for one in sorted(mentions, key=lambda one: (one["start"] - one["end"], one["start"])):
            if any(taken[one["start"] : one["end"]]):
                self.leave("mention inside or across a longer one, or repeated", one)
                continue
            taken[one["start"] : one["end"]] = b"\1" * (one["end"] - one["start"])
            kept.append(one)
        return kept

    def _quote(self, label: Label) -> Label | None:
        content = [moved for piece in label["content"] if (moved := self._span(piece))]
        if not content:
            return None
        cue, speaker = (self._span(label[key]) if label.get(key) else None for key in ("cue", "speaker"))
        if speaker is not None:
            head = self._span(speaker["head"]) if speaker.get("head") else None
            if head is not None and not speaker["start"] <= head["start"] < head["end"] <= speaker["end"]:
                self.leave("head outside its speaker", head)
                head = None
            speaker = {**speaker, "head": head}
        pieces = self._merged(content)
        label = self._known(label, "status", STATUSES)
        speaker = self._known(speaker, "kind", KINDS) if speaker else None
        kind = label.get("type")
        if not kind and "type" in derivable(self.profile):
            kind = marked_type(self.placed.text, [(one["start"], one["end"]) for one in pieces])
        elif not kind:
            types = names(self.profile.quote_types)
            self.leave(f"quote without a type, of which the profile has {', '.join(types)}", pieces[0])
            return None
        return {**label, "content": pieces, "type": kind, "cue": cue, "speaker": speaker}

    def _known(self, label: Label, key: str, values: Collection[str]) -> Label:
        """The label without a value that no record can have."""
        if label.get(key) is None or label[key] in values:
            return label
        self.leave(f"{key} {label[key]}", label)
        return {**label, key: None}

    def _merged(self, pieces: list[Label]) -> list[Label]:
        """The fragments in order, those that overlap as one."""
        merged: list[Label] = []
        for piece in sorted(pieces, key=lambda one: (one["start"], one["end"])):
            if merged and piece["start"] < merged[-1]["end"]:
                start, end = merged[-1]["start"], max(merged[-1]["end"], piece["end"])
                merged[-1] = {"start": start, "end": end, "text": self.placed.text[start:end]}
            else:
                merged.append(piece)
        return merged

    def _numbered(self, layer: DocumentLayer, labels: list[Label]) -> list[Any]:
        """The records of some labels in order, with their ids; quotes have the parents that the source gives them."""
        model, document = self.profile.of(MODELS[layer]), self.placed.document.id
        key = {"id": None, "parent": None} if layer == "quotes" else {}
        pairs = []
        for n, label in enumerate(labels):
            try:
                record = model.model_validate(label | key)
            except ValidationError as error:
                fault = error.errors()[0]
                where = ".".join(map(str, fault["loc"]))
                self.leave(f"{layer}: a record whose {where} is {fault['input']!r}", label)
            else:
                pairs.append((sort_key(record), n, record))
        pairs.sort(key=lambda one: one[:2])
        ids = {n: f"{document}-{layer[0]}{number:03}" for number, (_, n, _) in enumerate(pairs, 1)}
        given = {label.get("id"): ids[n] for n, label in enumerate(labels) if n in ids}
        found = []
        for _, n, record in pairs:
            parent = {"parent": given.get(labels[n].get("parent"))} if layer == "quotes" else {}
            found.append(record.model_copy(update={"id": ids[n], **parent}))
        return found

    def _derived(self, quotes: list[Quote], mentions: list[Mention]) -> list[Quote]:
        """The quotes, each once, with their parents and the other fields that the profile requires, as they follow."""
        seen: dict[tuple[object, ...], str | None] = {}
        kept = []
        for quote in quotes:
            if seen.setdefault((*quote.content, quote.cue), quote.id) == quote.id:
                kept.append(quote)
            else:
                self.leave("repeated quote", {"start": quote.content[0].start, "end": quote.content[-1].end})
        required = {name for name in FIELDS if self.profile.requires("quotes", name)}
        language = self.placed.article.language or self.profile.languages[0]
        return derived(kept, mentions, self.placed.text, language, required | {"parent"})
