"""Quotes to start from: the clauses of the baseline, and marked words with the nearest word of speech."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from goldwire.bench.adapters.calling import piped
from goldwire.bench.adapters.quotes import QuoteDict
from goldwire.bench.baselines.parsed import Doc, Pipeline, Token
from goldwire.bench.baselines.reported_clauses import PLEDGING, SAYING, noun_phrase, reported_clauses, subject_of
from goldwire.model.records import Quote, Span, Speaker
from goldwire.text import spans
from goldwire.text.quotation_marks import marked_spans, marked_type

REPORTING = (
    SAYING
    | PLEDGING
    | set(
        "accuse blame brand call characterise characterize condemn criticise criticize describe dismiss dub honor "
        "honour label laud post praise quip quote refer slam speak stipulate thank think".split()
    )
)
"""Lemmas that report the marked words beside them."""
NEAR = 60
"""The most characters between marked words and the word that reports them."""
LONGEST = 6
"""The most words of a speaker after a dash in a headline."""
DASH = re.compile(r"(.+?) (–) ([^–:]+)")
Place = tuple[int, int]


def pre_quotes(text: str, parse: Pipeline) -> list[Quote]:
    """Quotes of a text without ids; each paragraph is parsed by itself."""
    places = list(spans.lines(text))
    parsed = piped(parse, (text[start:end] for start, end in places))
    found = []
    for (start, _), doc in zip(places, parsed, strict=True):
        found += [shifted(quote, start) for quote in _in_paragraph(doc)]
    return found


def _in_paragraph(doc: Doc) -> list[Quote]:
    text = doc.text
    found = [_from_clause(text, one) for one in reported_clauses(doc)]
    found += _accusations(doc)
    found += _headlines(text)
    taken = [(span.start, span.end) for quote in found for span in quote.content]
    cues = {quote.cue.start for quote in found if quote.cue}
    for start, end in _outer(marked_spans(text)):
        if not any(start < b and a < end for a, b in taken):
            found.append(_marked(doc, start, end, cues))
    return sorted(found, key=lambda quote: quote.content[0].start)


def _span(text: str, place: Place) -> Span:
    return Span(start=place[0], end=place[1], text=text[slice(*place)])


def _quote(text: str, content: Sequence[Place], cue: Place | None, speaker: Place | None) -> Quote:
    voice = Speaker(start=speaker[0], end=speaker[1], text=text[slice(*speaker)]) if speaker else None
    kind = marked_type(text, content)
    fragments = [_span(text, place) for place in content]
    return Quote(type=kind, content=fragments, cue=_span(text, cue) if cue else None, speaker=voice)


def _from_clause(text: str, found: QuoteDict) -> Quote:
    content = [_with_marks(text, one["start"], one["end"]) for one in found["content"]]
    cue, speaker = found["cue"], found["speaker"]
    return _quote(text, content, (cue["start"], cue["end"]), (speaker["start"], speaker["end"]))


def _with_marks(text: str, start: int, end: int) -> Place:
    """A span that goes on to the closing mark of what its end quotes."""
    reach = (b for a, b in marked_spans(text) if start <= a < end < b <= end + 2)
    return start, max(reach, default=end)


def shifted(quote: Quote, by: int) -> Quote:
    """A quote in a text that its own begins in, at `by`."""

    def moved(span: Any) -> Any:
        return span and span.model_copy(update={"start": span.start + by, "end": span.end + by})

    parts = {"content": [moved(span) for span in quote.content], "cue": moved(quote.cue)}
    return quote.model_copy(update={**parts, "speaker": moved(quote.speaker)})


def _place(run: Sequence[Token]) -> Place:
    return run[0].idx, run[-1].idx + len(run[-1])


def _speaker(verb: Token) -> Place | None:
    found = subject_of(verb)
    run = noun_phrase(found) if found is not None else []
    while run and (run[-1].text == "," or run[-1].lower_ in ("and", "or")):
        run = run[:-1]
    return _place(run) if run else None


def _accusations(doc: Doc) -> Iterator[Quote]:
    """Accused, suspected … of a clause."""
    for verb in doc:
        of = next((child for child in verb.children if verb.lemma_ == "accuse" and child.lower_ == "of"), None)
        clause = next((child for child in of.children if child.dep_ == "pcomp"), None) if of is not None else None
        if clause is not None:
            run = list(clause.subtree)
            yield _quote(doc.text, [_place(run)], _place([verb]), _speaker(verb))


def _headlines(text: str) -> Iterator[Quote]:
    """What a line gives to somebody after a dash, as headlines do."""
    match = DASH.fullmatch(text)
    if match and len(match[3].split()) <= LONGEST and match[3][-1].isalnum() and not marked_spans(match[3]):
        yield _quote(text, [match.span(1)], match.span(2), match.span(3))


def _outer(marked: Iterable[Place]) -> Iterator[Place]:
    reach = 0
    for start, end in marked:
        if start >= reach and end > start + 1:
            yield start, end
            reach = end


def _marked(doc: Doc, start: int, end: int, cues: set[int]) -> Quote:
    """Marked words with the nearest word of speech in their sentence that reports nothing else."""
    text = doc.text
    near = []
    for token in doc:
        if token.lemma_ in REPORTING and token.pos_ in ("VERB", "AUX") and token.idx not in cues:
            after, before = token.idx - end, start - token.idx - len(token)
            gap = text[end : token.idx] if after >= 0 else text[token.idx + len(token) : start]
            if max(after, before) >= 0 and "\n" not in gap and len(gap) <= NEAR and not re.search(r"[.!?] ", gap):
                near.append((len(gap), token.i))
    verb = doc[min(near)[1]] if near else None
    if verb is None:
        return _quote(text, [(start, end)], None, None)
    cues.add(verb.idx)
    speaker = _speaker(verb)
    if speaker and (speaker[0] < end and start < speaker[1]):
        speaker = None
    return _quote(text, [(start, end)], _place([verb]), speaker)
