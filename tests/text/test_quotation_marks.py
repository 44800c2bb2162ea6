"""Quotation marks are distinguished from apostrophes, in invented texts and in every text of the corpus."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldwire.corpus.tree import read_tree
from goldwire.text.quotation_marks import MARKS, OPENING, SINGLE, marked_spans, marked_type
from goldwire.text.tokens import is_word
from repository import ROOT

TREE, _ = read_tree(ROOT)
DOCUMENTS = sorted(TREE.corpus.texts)


def marked(text):
    return [text[start:end] for start, end in marked_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“Yes,” he said, “and ‘no’.”", ["“Yes,”", "“and ‘no’.”", "‘no’"], id="curly"),
        pytest.param("\"Yes,\" he said, 'and no.'", ['"Yes,"', "'and no.'"], id="straight"),
        pytest.param("a ‘dead' man, a 'dead’ man, a \"dead” man", ["‘dead'", "'dead’", '"dead”'], id="mixed"),
        pytest.param("«oui» and „ja“ and „tak”", ["«oui»", "„ja“", "„tak”"], id="of other languages"),
        pytest.param("« Oui », dit-il. « Non »", ["« Oui »", "« Non »"], id="French, with spaces"),
        pytest.param("A » et « B »", ["»", "« B »"], id="French, a mark lost"),
        pytest.param("»Ja«, ›nein‹ und ‚so‘", ["»Ja«", "›nein‹", "‚so‘"], id="German"),
        pytest.param("‹a› et l’«b»", ["‹a›", "«b»"], id="Swiss"),
        pytest.param("”Hej”, sade han. ”Ja.”", ["”Hej”", "”Ja.”"], id="Swedish"),
        pytest.param("他说：「你好『世界』」。", ["「你好『世界』」", "『世界』"], id="corner brackets"),
        pytest.param("他说“你好”吧‘不’好", ["“你好”", "‘不’"], id="Chinese, without spaces"),
        pytest.param("เขาว่า“สวัสดี”นะ", ["“สวัสดี”"], id="Thai, without spaces"),
        pytest.param("नेता “कि” नेता’ने", ["“कि”"], id="beside vowel signs"),
        pytest.param("“ Yes ” and “ no”", ["“ Yes ”", "“ no”"], id="followed by a space"),
        pytest.param('" Yes , " he said . " No . "', ['" Yes , "', '" No . "'], id="between two spaces"),
        pytest.param("the boys ' toys and girls ' toys", [], id="apostrophes between two spaces"),
        pytest.param("“A b.\n“C d.\n\n“E f.” he", ["“A b", "“C d", "“E f.”"], id="over three paragraphs"),
        pytest.param("« A.\n» B.\n» C. »", ["« A", "» B", "» C. »"], id="over three, with closing marks"),
        pytest.param("‘A.\n‘B.’", ["‘A", "‘B.’"], id="over two, in single marks"),
        pytest.param("In the ‘90s.\n‘B.’", ["‘", "‘B.’"], id="an apostrophe before a quotation"),
        pytest.param("„Er „sagt“.\n“B", ["„", "„sagt“", "“"], id="another mark begins the next"),
        pytest.param("don't, O’Neil’s, Vale's", [], id="apostrophes inside words"),
        pytest.param("the workers' wish, the workers’ wish, the workers'", [], id="plural possessives"),
        pytest.param("“the workers’ wish”", ["“the workers’ wish”"], id="a plural possessive in marks"),
        pytest.param("Vale's 'old' workers' wish", ["'old'"], id="all three in a row"),
        pytest.param("'we'd 'never' go'", ["'we'd 'never' go'", "'never'"], id="nested in its own kind"),
        pytest.param("\"'So' 'what'\"", ["\"'So' 'what'\"", "'So'", "'what'"], id="nested at both ends"),
        pytest.param("“a.”“b.”", ["“a.”", "“b.”"], id="touching"),
        pytest.param("“no end", ["“"], id="opened and not closed"),
        pytest.param("no beginning”", ["”"], id="closed and not opened"),
        pytest.param("“one\ntwo”", ["“", "”"], id="no pair reaches over a line feed"),
        pytest.param("“he said ‘so” again", ["“he said ‘so”", "‘"], id="unpaired inside a pair"),
        pytest.param("in the '90s", ["'"], id="an apostrophe that opens a word looks like a mark"),
        pytest.param("“”", ["“", "”"], id="nothing in between"),
        pytest.param("", [], id="empty"),
    ],
)
def test_marks_of(text, expected):
    assert marked(text) == expected


LETTERS = st.text("aAsZé1", min_size=1, max_size=4)
WORDS = st.one_of(LETTERS, st.tuples(LETTERS, st.sampled_from(["'", "’"]), LETTERS).map("".join))
SENTENCES = st.tuples(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.sampled_from(["", ",", ".", "?!", "…"])
)
PLAIN = st.builds(lambda sentence: ("".join(sentence), []), SENTENCES)
POSSESSIVE = st.builds(lambda word, mark: (f"{word}s{mark}", []), LETTERS, st.sampled_from(["'", "’"]))
PAIRS = [(opening, closing) for opening in OPENING for closing in OPENING[opening]]


def joined(parts, between=" "):
    """Texts with their spans, joined into one."""
    text, spans = "", []
    for i, (part, own) in enumerate(parts):
        text += between if i else ""
        spans += [(start + len(text), end + len(text)) for start, end in own]
        text += part
    return text, spans


def quoted(pair, parts):
    text, spans = joined([(pair[0], []), *[joined(parts)], (pair[1], [])], "")
    return text, [(0, len(text)), *spans]


ONCE = st.builds(quoted, st.sampled_from(PAIRS), st.lists(PLAIN, min_size=1, max_size=3))
TWICE = st.builds(quoted, st.sampled_from(PAIRS), st.lists(PLAIN | ONCE, min_size=1, max_size=3))
PARAGRAPHS = st.lists(PLAIN | POSSESSIVE | ONCE | TWICE, min_size=1, max_size=5).map(joined)


@given(st.lists(PARAGRAPHS, max_size=3))
def test_every_pair_is_found_and_no_apostrophe(paragraphs):
    text, spans = joined(paragraphs, "\n")
    assert list(marked_spans(text)) == sorted(spans)


@given(st.lists(st.one_of(PLAIN, POSSESSIVE), max_size=5).map(joined))
def test_apostrophes_alone_are_no_marks(made):
    assert not marked_spans(made[0])


ANY = st.text(st.one_of(st.sampled_from([*sorted(MARKS), *"sa .,\n"]), st.characters()))


@given(ANY)
@example("‘a “b’ c”")
@example("'\ud800'")
def test_any_text_has_spans_that_are_sound(text):
    spans = list(marked_spans(text))
    assert spans == sorted(set(spans))
    ends = [i for start, end in spans for i in {start, end - 1}]
    assert len(ends) == len(set(ends)), "a mark is an end of one span"
    assert {i for i, char in enumerate(text) if char in MARKS and char not in SINGLE} <= set(ends)
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start] in MARKS
        assert "\n" not in text[start:end]
        is_unclosed = is_word(text, end - 1) and not any(is_word(c, 0) for c in text[end:].split("\n")[0])
        assert end == start + 1 or text[end - 1] in OPENING[text[start]] or is_unclosed
        assert all(b <= start or end <= a or start <= a <= b <= end or a <= start <= end <= b for a, b in spans)


@given(ANY, ANY.filter(lambda text: text.lstrip()[:1] not in MARKS))
def test_a_paragraph_that_begins_with_no_mark_is_judged_apart(first, second):
    shift = len(first) + 1
    rest = [(start + shift, end + shift) for start, end in marked_spans(second)]
    assert list(marked_spans(f"{first}\n{second}")) == [*marked_spans(first), *rest]


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (["“It is ‘old’,”", "“but strong.”"], "direct"),
        (["“It is ‘old’,”", "they will mend it"], "mixed"),
        (["she said, “but strong.”"], "mixed"),
        (["they will mend it"], "indirect"),
        (["but strong"], "indirect"),  # the marks of a parent are not its own
        (["‘old’"], "direct"),
    ],
)
def test_type_follows_from_the_marks_in_the_content(contents, expected):
    text = "“It is ‘old’,” she said, “but strong.” So they will mend it."
    places = [(text.index(words), text.index(words) + len(words)) for words in contents]
    assert marked_type(text, places) == expected


@pytest.mark.parametrize(
    "contents",
    [
        ["“We will", "and win.”"],  # the marks of a quotation that its cue interrupts
        ["“We will", "and win"],
        ["“A b.\n“C d.”"],  # and one over two paragraphs
        ["“A b", "“C d.”"],
        ["« E »"],
    ],
)
def test_marks_count_in_fragments_and_over_paragraphs(contents):
    text = "“We will, he said, and win.”\n“A b.\n“C d.” « E »"
    places = [(text.index(words), text.index(words) + len(words)) for words in contents]
    expected = "indirect" if contents[-1].endswith("win") else "direct"
    assert marked_type(text, places) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("will mend", "direct"), ("They “will mend", "mixed"), ("They", "indirect"), ("mend” it", "mixed")],
)
def test_cut_marks_count_as_far_as_they_reach_into_the_content(words, expected):
    text = "They “will mend” it."
    start = text.index(words)
    assert marked_type(text, [(start, start + len(words))], cut=True) == expected


def covered(document):
    """The offsets in a document's text that lie in the content of a gold quote or in a gold decoy."""
    spans = [span for record in TREE.gold.quotes[document] for span in record.content]
    return {i for span in [*spans, *TREE.gold.decoys[document]] for i in range(span.start, span.end)}


def test_the_corpus_is_all_there():
    assert len(DOCUMENTS) == 32
    assert set(DOCUMENTS) == set(TREE.gold.quotes) == set(TREE.gold.decoys)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_mark_of_the_corpus_is_in_a_content_or_in_a_decoy(document):
    text = TREE.corpus.texts[document]
    ends = {i for start, end in marked_spans(text) for i in (start, end - 1)}
    assert not {i: text[i - 20 : i + 20] for i in ends - covered(document)}
    left = {i for i, char in enumerate(text) if char in MARKS} - covered(document)
    assert all(i and text[i] in SINGLE and text[i - 1].isalnum() for i in left), (
        "what is left are apostrophes after letters"
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_quote_of_the_gold_has_the_type_of_its_marks(document):
    text = TREE.corpus.texts[document]
    found = {record.id: record.type for record in TREE.gold.quotes[document]}
    assert found == {
        record.id: marked_type(text, [(span.start, span.end) for span in record.content])
        for record in TREE.gold.quotes[document]
    }
