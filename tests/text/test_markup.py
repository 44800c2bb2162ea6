"""Markup compiles to the records it was written from, and whatever else is written is a MarkupError."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from goldwire.model.records import Mention, Quote, Span, Speaker
from goldwire.text.markup import TYPES, MarkupError, entity_type, mentions, quotes

DOCUMENT = "000-01"
TEXT = "President Putin said [in Moscow]: “We [all] want peace.” The “hot” war goes on."

words = st.text(st.sampled_from("ab é[]<>/=“”\n🎉"), max_size=8)
ids = st.builds("{}-{}".format, st.sampled_from(sorted(TYPES)), st.sampled_from(["a", "b-2"]))
surfaces = st.sampled_from(["Moscow", "[é] a b\nc", "[]🎉"])


def written(entity, surface, stands_for):
    return f"[[{surface}|{entity}{'>' + stands_for if stands_for else ''}]]"


@given(st.lists(st.tuples(words, surfaces, ids, st.none() | ids), max_size=4), words)
def test_mentions_come_back_as_they_were_marked(marked, rest):
    text, markup, expected = "", "", []
    for i, (between, surface, entity, stands_for) in enumerate(marked, 1):
        start, kind = len(text + between), entity_type(entity)
        place = {"start": start, "end": start + len(surface), "text": surface}
        expected.append(Mention(id=f"{DOCUMENT}-e{i:03}", **place, type=kind, entity=entity, stands_for=stands_for))
        text += between + surface
        markup += between + written(entity, surface, stands_for)
    assume(not (text + rest).endswith("\n"))  # no text of the corpus does
    assert mentions(DOCUMENT, text + rest, markup + rest) == expected


@pytest.mark.parametrize(
    ("text", "markup", "surface"),
    [
        ("in [Moscow] today", "in [[[Moscow|gpe-moscow]]] today", "Moscow"),
        ("[in Moscow] today", "[in [[Moscow|gpe-moscow]]] today", "Moscow"),
        ("The Trial [sic] of it", "[[The Trial [sic]|work-of-art-the-trial]] of it", "The Trial [sic]"),
        ("an [[odd]] Moscow", "an [[odd]] [[Moscow|gpe-moscow]]", "Moscow"),
        ("a | b Moscow", "a | b [[Moscow|gpe-moscow]]", "Moscow"),
    ],
)
def test_brackets_of_the_text_stay_text(text, markup, surface):
    (mention,) = mentions(DOCUMENT, text, markup)
    assert mention.text == text[mention.start : mention.end] == surface


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(
    lambda place: (place[0], min(len(TEXT), sum(place)))
)


@st.composite
def contents(draw):
    cuts = draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=4, unique=True))
    return list(zip(*[iter(sorted(cuts))] * 2, strict=False))


def span(place):
    return Span(start=place[0], end=place[1], text=TEXT[slice(*place)])


@st.composite
def records(draw):
    """A quote as it is to come back, and how it is to be tagged, but for its number."""
    speaker, head = draw(st.none() | spans), draw(spans)
    tags = {"c": draw(contents()), "k": [draw(spans)] if draw(st.booleans()) else []}
    attributes = {"type": draw(st.sampled_from(["direct", "indirect", "mixed"]))}
    attributes["status"] = draw(st.sampled_from(["resolved", "group", "unnamed", "none"]))
    attributes["entities"] = ",".join(draw(st.lists(ids, max_size=2)))
    if speaker:
        tags |= {"s": [speaker], "h": [head]}
        attributes["kind"] = draw(st.sampled_from(["name", "nominal", "pronoun"]))
    quote = Quote(
        type=attributes["type"],
        content=[span(place) for place in tags["c"]],
        cue=span(tags["k"][0]) if tags["k"] else None,
        speaker=Speaker(**dict(span(speaker)), head=span(head), kind=attributes["kind"]) if speaker else None,
        speaker_entities=[entity for entity in attributes["entities"].split(",") if entity],
        status=attributes["status"],
    )
    return quote, tags, attributes


def tagged(tags):
    """The text with tags at their places, what ends at a place before what begins there."""
    marks = [(start, 1, f"<{tag}>") for tag, places in tags.items() for start, _ in places]
    marks += [(end, 0, f"</{tag}>") for tag, places in tags.items() for _, end in places]
    markup, reach = "", 0
    for place, _, mark in sorted(marks):
        markup += TEXT[reach:place] + mark
        reach = place
    return markup + TEXT[reach:]


@given(st.lists(records(), max_size=4), st.lists(spans, max_size=3, unique_by=min), st.data())
def test_quotes_and_decoys_come_back_as_they_were_tagged(made, decoys, data):
    numbers = data.draw(st.permutations(range(1, len(made) + 1)))
    tags, lines = {}, []
    for number, (_, places, attributes) in zip(numbers, made, strict=True):
        tags |= {f"{letter}{number}": found for letter, found in places.items()}
        lines.append(f"{number} {' '.join(f'{key}={value}' for key, value in attributes.items())}")
    tags |= {f"n{number}": [place] for number, place in enumerate(decoys, 1)}
    lines += [f"n{number} reason=scare" for number in range(1, len(decoys) + 1)]
    markup = "\n".join([tagged(tags), "===", *data.draw(st.permutations(lines))]) + "\n"
    found, found_decoys = quotes(DOCUMENT, TEXT, markup)
    assert sorted(quote.model_copy(update={"id": None}).line() for quote in found) == sorted(
        q.line() for q, *_ in made
    )
    assert [(decoy.start, decoy.end) for decoy in found_decoys] == sorted(decoys)
    assert [quote.id for quote in found] == [f"{DOCUMENT}-q{i:03}" for i in range(1, len(made) + 1)]
    starts = [(quote.content[0].start, -quote.content[-1].end) for quote in found]
    assert starts == sorted(starts)


def test_the_example_of_the_module_is_compiled():
    text = "Russian President Vladimir Putin said he is ready."
    markup = (
        "<s1>Russian President <h1>Vladimir Putin</h1></s1> <k1>said</k1> <c1>he is ready</c1>.\n===\n"
        "1 type=indirect status=resolved kind=name entities=person-vladimir-putin\n"
    )
    (quote,), decoys = quotes(DOCUMENT, text, markup)
    assert (quote.speaker.text, quote.speaker.head.text, quote.cue.text) == (
        "Russian President Vladimir Putin",
        "Vladimir Putin",
        "said",
    )
    assert [span.text for span in quote.content] == ["he is ready"]
    assert decoys == []


def test_two_quotes_share_a_speaker():
    markup = "<s1,2><h1,2>He</h1,2></s1,2> said <c1>yes</c1> and <c2>no</c2>\n===\n1 type=indirect\n2 type=indirect"
    found, _ = quotes(DOCUMENT, "He said yes and no", markup)
    assert [(quote.speaker.text, quote.content[0].text) for quote in found] == [("He", "yes"), ("He", "no")]


def test_tags_may_cross():
    found, _ = quotes(DOCUMENT, "abcd", "<c1>a<c2>b</c1>c</c2>d\n===\n1 type=direct\n2 type=direct")
    assert [quote.content[0].text for quote in found] == ["ab", "bc"]


def test_a_parent_is_named_by_its_number_and_comes_out_as_its_id():
    markup = "<c7>a <c3>b</c3></c7>\n===\n3 type=direct parent=7\n7 type=direct"
    found, _ = quotes(DOCUMENT, "a b", markup)
    assert [(quote.id, quote.parent) for quote in found] == [("000-01-q001", None), ("000-01-q002", "000-01-q001")]


@pytest.mark.parametrize(
    ("markup", "named"),
    [
        ("in [[Moscow|gpe-moscow]", "differs at 3"),
        ("in [[Moscow|gpe-moscow]].", "differs at 9"),
        ("in [[Mosco|gpe-moscow]]", "differs at 8"),
        ("in [[Moscow|]]", "differs at 3"),
        ("in [[Moscow|GPE-MOSCOW]]", "differs at 3"),
        ("in [[Moscow|town-moscow]]", "'town-moscow'"),
        ("in [[Moscow|gpe]]", "'gpe'"),
        ("in [[Moscow|gpe-]]", "'gpe-'"),
        ("in [[Moscow|gpe--moscow]]", "'gpe--moscow'"),
        ("in [[Moscow|gpe-moscow>russia]]", "'russia'"),
    ],
)
def test_a_faulty_mention_is_named(markup, named):
    with pytest.raises(MarkupError) as caught:
        mentions(DOCUMENT, "in Moscow", markup)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("body", "attributes", "named"),
    [
        ("<c1>yes</c1> he said", "1 type=direct parent=2", "'2'"),
        ("<c1>yes</c1> he said", "1 type=shouted", "type"),
        ("<c1>yes</c1> he said", "1 status=none", "type"),
        ("<c1>yes</c1> he said", "1 type=direct status=maybe", "status"),
        ("<c1>yes</c1> he said", "1 type=direct entities=he", "'he'"),
        ("<c1>yes</c1> he said", "1 type=direct entities=person-", "speaker_entities"),
        ("<c1>yes</c1> he said", "2 type=direct", "'2'"),
        ("<c1>yes</c1> he said", "", "quote 1 has no attribute line"),
        ("<c1>yes</c1> <s1>he</s1> said", "1 type=direct", "speaker without a head"),
        ("<c1>yes</c1> <h1>he</h1> said", "1 type=direct", "head but no speaker"),
        ("<c1>yes</c1> <s1><h1>he</h1></s1> said", "1 type=direct kind=verb", "kind='verb'"),
        ("yes <k1>he</k1> said", "1 type=direct", "quote 1 has no content"),
        ("<c1>yes</c1> <k1>he</k1> <k1>said</k1>", "1 type=direct", "'he', 'said'"),
        ("<c1>yes he said", "1 type=direct", "never closed: <c1>"),
        ("yes</c1> he said", "1 type=direct", "</c1> closes what was never opened"),
        ("<c1>yes <c1>he</c1></c1> said", "1 type=direct", "<c1> opened twice"),
        ("<c1>yes</c1> she said", "1 type=direct", "differs at 4"),
        ("<n1>yes</n1> he said", "n1 reason=joke", "reason='joke'"),
        ("<n1>yes</n1> he said", "", "decoy 'yes'"),
        ("<n1>yes</n1> <n1>he</n1> said", "n1 reason=scare", "'yes', 'he'"),
        ("<q1>yes</q1> he said", "", "differs at 0"),
    ],
)
def test_a_faulty_tag_or_attribute_is_named(body, attributes, named):
    with pytest.raises(MarkupError) as caught:
        quotes(DOCUMENT, "yes he said", f"{body}\n===\n{attributes}")
    assert named in str(caught.value)


def test_text_without_the_line_between_is_named():
    with pytest.raises(MarkupError, match="==="):
        quotes(DOCUMENT, "yes", "<c1>yes</c1>")


def test_a_difference_is_shown_from_both_sides():
    with pytest.raises(MarkupError, match="'in Minsk' where the document has 'in Moscow'"):
        mentions(DOCUMENT, "in Moscow", "in [[Minsk|gpe-minsk]]")


MENTIONS = "President [[Putin|person-putin]] said [in [[Moscow|gpe-moscow>gpe-russia]]]: “We"
QUOTES = (
    "<s1,2>President <h1,2>Putin</h1,2></s1,2> <k1>said</k1> [in Moscow]: <c1>“We <c2>[all]</c2> want peace.”</c1> "
    "The <n1>“hot”</n1> war goes on.\n===\n1 type=direct status=resolved kind=name entities=person-putin\n"
    "2 type=indirect status=none kind=name parent=1\nn1 reason=scare\n"
)
PIECES = [
    *("", "[[", "]]", "|", ">", "-", "gpe-", "law-x", "[", "\n", "\r", "\x1c", "x", "é", "1", "0", ",", "=", " "),
    *(
        "<c1>",
        "</c1>",
        "<h2>",
        "<n1>",
        "</n2>",
        "<c",
        "\n===\n",
        "===",
        "parent=",
        "type=",
        "reason=",
        "entities=",
        "n1",
    ),
]


@st.composite
def mangled(draw, markup):
    """Markup with a few stretches cut out, doubled, moved or written over."""
    for _ in range(draw(st.integers(1, 4))):
        a, b, c = sorted(draw(st.integers(0, len(markup))) for _ in range(3))
        instead = draw(st.sampled_from([markup[b:c], *PIECES]))
        markup = markup[:a] + instead + markup[draw(st.sampled_from([a, b, c])) :]
    return markup


def compiled(compiler, text, markup):
    """The records, or the words of the MarkupError."""
    try:
        return compiler(DOCUMENT, text, markup), None
    except MarkupError as error:
        return None, str(error)


NAMES_A_PLACE = re.compile(r"differs at \d|</?.\d|quote \d|'.*'")


@given(mangled(MENTIONS))
@example("President [[Putin|person-]] said [in Moscow]: “We")
def test_mangled_mentions_are_compiled_right_or_refused(markup):
    text = TEXT[:37]
    found, refusal = compiled(mentions, text, markup)
    assert all(mention.text == text[mention.start : mention.end] for mention in found or ())
    assert refusal is None or NAMES_A_PLACE.search(refusal)


@given(mangled(QUOTES))
def test_mangled_quotes_are_compiled_right_or_refused(markup):
    found, refusal = compiled(quotes, TEXT, markup)
    made, decoys = found or ((), ())
    places = [*decoys, *(fragment for quote in made for fragment in quote.content)]
    assert all(place.text == TEXT[place.start : place.end] for place in places)
    assert refusal is None or NAMES_A_PLACE.search(refusal)


def test_a_number_of_any_length_is_compiled_or_refused():
    number = "9" * 5000
    found, refusal = compiled(quotes, "yes", f"<c{number}>yes</c{number}>\n===\n{number} type=direct")
    assert found or refusal


def test_what_is_mangled_was_sound():
    assert len(mentions(DOCUMENT, TEXT[:37], MENTIONS)) == 2
    found, decoys = quotes(DOCUMENT, TEXT, QUOTES)
    assert (len(found), len(decoys)) == (2, 1)
