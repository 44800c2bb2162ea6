"""Reported clauses by rule, from the dependencies that spaCy's English models give (ClearNLP labels).

A verb of speech with a subject reports the clause it governs; `according to` reports its sentence. The
rules are those that a reader of the guideline would try first, and no more.
"""

from collections.abc import Iterable, Iterator

from goldwire.bench.adapters.quotes import Offsets, QuoteDict
from goldwire.bench.baselines.parsed import Doc, Token
from goldwire.text.quotation_marks import marked_type

SPEECH = """
acknowledge add admit allege announce argue assert assure caution cite claim clarify comment conclude confirm contend
declare deny emphasise emphasize estimate explain express highlight hint indicate inform insist maintain mention note
observe outline predict proclaim reaffirm recall reiterate remark remind repeat reply report respond reveal say signal
specify state stress suggest tell underline underscore urge warn write
"""
SAYING = frozenset(SPEECH.split())
"""Lemmas that report a finite clause."""
PROMISES = "ask call demand offer order pledge promise propose suggest threaten urge vow warn"
PLEDGING = frozenset(PROMISES.split())
"""Lemmas that report an infinitive."""
SUBJECTS = ("nsubj", "nsubjpass")
LOOSE = ("relcl", "appos", "acl", "advcl", "parataxis")
"""Dependencies of a noun that are not part of the speaker's name."""
OUTSIDE = frozenset(",;:—–-.")
COMPLEMENTISER = "that"


def reported_clauses(doc: Doc) -> list[QuoteDict]:
    """Return the indirect and mixed quotes of a parsed document, with cue and speaker, in the order of their cues."""
    found = []
    for token in doc:
        if token.lower_ == "according" and len(doc) > token.i + 1 and doc[token.i + 1].lower_ == "to":
            quote = _according(doc, token)
        elif token.pos_ in ("VERB", "AUX") and token.lemma_ in SAYING | PLEDGING:
            quote = _governed(doc, token)
        else:
            continue
        if quote is not None and quote["type"] != "direct":
            found.append(quote)
    return found


def _governed(doc: Doc, verb: Token) -> QuoteDict | None:
    subject = subject_of(verb)
    reporting = [("ccomp", SAYING), ("xcomp", PLEDGING)]
    clause = next(
        (child for dep, lemmas in reporting for child in verb.children if child.dep_ == dep and verb.lemma_ in lemmas),
        None,
    )
    if subject is None or clause is None:
        return None
    speaker = noun_phrase(subject)
    outside = {verb.i, *range(speaker[0].i, speaker[-1].i + 1), *(t.i for t in verb.children if t.dep_ != clause.dep_)}
    return _quote(doc, [t for t in clause.subtree if t.i not in outside], [verb], speaker)


def _according(doc: Doc, token: Token) -> QuoteDict | None:
    source = next((child for child in doc[token.i + 1].children if child.dep_ == "pobj"), None)
    if source is None:
        return None
    phrase = {t.i for t in token.subtree} | {t.i for t in doc[token.i + 1].subtree} | {token.i, token.i + 1}
    rest = [t for t in token.sent if t.i not in phrase]
    return _quote(doc, rest, [token, doc[token.i + 1]], noun_phrase(source))


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, or of the verb it is coordinated with or modifies."""
    while True:
        found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if found is not None or verb.dep_ not in ("conj", "advcl", "xcomp") or verb.head is verb:
            return found
        verb = verb.head


def noun_phrase(noun: Token) -> list[Token]:
    """Return the tokens of a noun phrase without clauses and appositions: the run that contains its head."""
    loose = {t.i for child in noun.children if child.dep_ in LOOSE for t in child.subtree}
    kept = [t for t in noun.subtree if t.i not in loose]
    return next(run for run in _runs(kept) if noun in run)


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield tokens in runs without gaps."""
    run: list[Token] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _quote(doc: Doc, content: Iterable[Token], cue: list[Token], speaker: list[Token]) -> QuoteDict | None:
    fragments = [trimmed for run in _runs(content) if (trimmed := _trimmed(run))]
    if not fragments:
        return None
    places = [_span(run) for run in fragments]
    kind = marked_type(doc.text, [(place["start"], place["end"]) for place in places], cut=True)
    return {"type": kind, "content": places, "cue": _span(cue), "speaker": _span(speaker)}


def _trimmed(run: list[Token]) -> list[Token]:
    """Return a run without punctuation at its ends and complementiser at its start; empty if no word is left."""
    while run and (run[0].text in OUTSIDE or run[0].is_space or run[0].lower_ == COMPLEMENTISER):
        run = run[1:]
    while run and (run[-1].text in OUTSIDE or run[-1].is_space):
        run = run[:-1]
    return run if any(token.is_alpha for token in run) else []


def _span(run: list[Token]) -> Offsets:
    return {"start": run[0].idx, "end": run[-1].idx + len(run[-1])}
