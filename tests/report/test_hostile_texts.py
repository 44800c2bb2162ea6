"""The report of texts that look like markup, or are very long."""

from dataclasses import replace

from goldwire.corpus.gold import Gold, GoldDocument
from goldwire.model.records import Block, Decoy, Entity, Mention, Page, Pair, Passage, Quote, Span, Speaker
from goldwire.report.corpus_data import corpus_data
from goldwire.report.system_data import run_data
from goldwire.scoring.settings import Settings
from reading import write

HOSTILE = (
    "<script>document.title='owned'</script></script><img src=x onerror=alert(1)> <!-- &amp; &lt;b&gt;\n"
    "👩‍👩‍👧 🇺🇦 Zoë\u202e said\u202c 𝔐oscow “𠀀 we 😀 left” ${data} `x` \\u003c\u2066\n" + "W" * 900
)
ASTRAL = [(HOSTILE.index("𝔐"), HOSTILE.index("𝔐") + 7), (HOSTILE.index("😀"), HOSTILE.index("😀") + 1)]


def span(words, model=Span, **more):
    start = HOSTILE.index(words)
    return model(start=start, end=start + len(words), text=words, **more)


def hostile_gold(root, text=HOSTILE):
    name = "<img src=x onerror=alert(2)>"
    quote = Quote(
        id="666-01-q001", type="direct", content=[span("“𠀀 we 😀 left”")], cue=span("said"),
        speaker=span("Zoë", Speaker, head=span("Zoë"), kind="name"), speaker_entities=["person-x"], status="resolved",
    )  # fmt: skip
    mentions = (
        span("Zoë", Mention, type="PERSON", entity="person-x"),
        span("𝔐oscow", Mention, type="GPE", entity="gpe-x"),
    )
    document = GoldDocument(
        "666-01", "666", f"{name}</script>", text, mentions, (quote,), (span("&amp;", Decoy, reason="scare"),)
    )
    other = replace(document, id="666-02", mentions=(), quotes=(), decoys=None)
    page = Page(
        id="666",
        source=name,
        sha256="0" * 64,
        publisher=name,
        site=None,
        rights="<b>",
        language="en",
        date=None,
        date_note="&amp;",
    )
    blocks = (Block(start=0, end=len(HOSTILE), role="body", document="666-01"),)
    passage = Passage(a=span("𝔐oscow “𠀀 we 😀 left”"), b=span("𝔐oscow “𠀀 we 😀 left”"))
    registry = {
        key: Entity(id=key, type=kind, name=name, aliases=["</script>"], note="<i>")
        for key, kind in (("person-x", "PERSON"), ("gpe-x", "GPE"))
    }
    return Gold(
        root, "0.0.0", "0" * 64, "gold", {"666-01": document, "666-02": other}, {"666": page}, {"666": text}, {"666": blocks},
        (Pair(a="666-01", b="666-02", relation="near", direction=None, passages=[passage]),), registry, (("666-01", "666-02"),),
    )  # fmt: skip


def test_hostile_text_stays_text_and_every_label_holds_its_words(reader, tmp_path):
    hostile = hostile_gold(tmp_path)
    run = {"system": "<b>x</b></script>", "says": HOSTILE, "made": ["<i>"]} | run_data(
        lambda text: [(*at, "PERSON") for at in ASTRAL], hostile, Settings()
    )
    path = write(tmp_path / "hostile.html", corpus_data(hostile) | {"runs": [run]})
    page = reader.open(path, "/document/666-01")
    assert reader.shown(".reading .text") == HOSTILE
    assert page.locator(".reading .text .mention").all_text_contents() == ["Zoë", "𝔐oscow"]
    assert page.locator(".reading .text .content").all_text_contents() == ["“𠀀 we 😀 left”"]
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (
        "/",
        "/page/666",
        "/document/666-01",
        "/entities",
        "/entity/person-x",
        "/pairs",
        "/pair/666-01_666-02",
        "/about",
    ):
        page = reader.open(path, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    reader.open(path, "/run/0/666-01")
    assert page.locator(".text .given").all_text_contents() == [HOSTILE[start:end] for start, end in ASTRAL]
    assert page.locator(".text .in-gold").all_text_contents() == ["Zoë", "𝔐oscow"]
    reader.open(path, "/run/0")
    assert page.text_content("h1") == "<b>x</b></script> on entities"
    reader.open(path, "/")
    page.get_by_label("Search").fill("😀 LEFT")
    assert page.locator(".snippet mark").all_text_contents() == ["😀 left", "😀 left"]
    assert page.locator("main img, main script, main b, main i").count() == 0
    assert page.title() == "The corpus · goldwire"


def test_a_long_document_works(reader, tmp_path, gold):
    source = gold.documents["000-06"]
    times, step = 10, len(source.text) + 1
    moved = tuple(
        mention.model_copy(update={"start": mention.start + i * step, "end": mention.end + i * step})
        for i in range(times)
        for mention in source.mentions
    )
    long = replace(source, text="\n".join([source.text] * times), mentions=moved)
    path = write(tmp_path / "long.html", corpus_data(replace(gold, documents={long.id: long}, pairs=(), clusters=())))
    page = reader.open(path, f"/document/{long.id}")
    assert reader.shown(".reading .text") == long.text
    page.locator(".text .chip").last.click()
    assert page.locator(".details h3").text_content() == source.mentions[-1].text
