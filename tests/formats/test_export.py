"""Every export, read back by the library it is for and compared record by record."""

import json

import pytest
import rdflib
import seqeval.metrics.sequence_labeling as seqeval
import spacy
from pyarrow import parquet
from spacy.tokens import DocBin

from goldwire.formats.conll import read_columns, split_documents
from goldwire.formats.labelled import read_source
from goldwire.formats.registry import FORMATS, export
from goldwire.formats.standoff import CONTENT, CUE, HEAD, SPEAKER, read_standoff
from goldwire.formats.tables import tables
from goldwire.model.errors import GoldwireError
from goldwire.text.tokens import pieces
from repository import ROOT, goldwire


@pytest.fixture(scope="module")
def source():
    return read_source(ROOT, "gold")


@pytest.fixture(scope="module")
def documents(source):
    return {document.id: document for document in source.documents()}


@pytest.fixture(scope="module")
def written(source, tmp_path_factory):
    """A folder for every format, filled."""
    place = tmp_path_factory.mktemp("exports")
    for name, form in FORMATS.items():
        assert sorted(export(source, form, place / name)) == sorted(
            path.relative_to(place / name).as_posix() for path in (place / name).rglob("*")
        )
        assert (place / name / "CANARY").read_text() == f"{source.labels.info.canary}\n"
    return place


def place(span):
    return (span.start, span.end) if span else None


def said(quote):
    """All of a quote but its id and its parent's."""
    speaker = quote.speaker
    whose = (place(speaker), place(speaker.head), speaker.kind) if speaker else None
    return quote.type, [place(part) for part in quote.content], place(quote.cue), whose, tuple(quote.speaker_entities)


def test_spacy_reads_its_docbin_as_the_records_are(written, documents):
    read = {}
    for doc in DocBin().from_disk(written / "spacy/corpus.spacy").get_docs(spacy.blank("en").vocab):
        read[doc.user_data["document"]] = doc
    assert list(read) == list(documents)
    for name, doc in read.items():
        document = documents[name]
        assert doc.text == document.text
        ents = [(e.start_char, e.end_char, e.text, e.label_, e.kb_id_, e.id_) for e in doc.ents]
        assert ents == [(m.start, m.end, m.text, m.type, m.entity, m.id) for m in document.mentions]
        decoys = [(d.start_char, d.end_char, d.label_, d.id_) for d in doc.spans["decoys"]]
        assert decoys == [(d.start, d.end, d.reason, d.id) for d in document.decoys]
        assert [quote_of(doc, quote.id) for quote in document.quotes] == [said(quote) for quote in document.quotes]


def quote_of(doc, name):
    groups = {
        key: [span for span in doc.spans[key] if span.id_ == name] for key in ("quotes", "cues", "speakers", "heads")
    }
    at = {key: [(span.start_char, span.end_char) for span in spans] for key, spans in groups.items()}
    first = groups["quotes"][0]
    cue, head = (at[key][0] if at[key] else None for key in ("cues", "heads"))
    whose = (at["speakers"][0], head, groups["speakers"][0].label_) if at["speakers"] else None
    return first.label_, at["quotes"], cue, whose, tuple(first.kb_id_.split("|")) if first.kb_id_ else ()


def test_columns_give_the_mentions_back_and_seqeval_sees_as_many(written, documents):
    held = split_documents((written / "conll/entities.conll").read_text().split("\n"))
    assert list(held) == list(documents)
    for name, (_, lines) in held.items():
        mentions = [(m.start, m.end, m.type) for m in documents[name].mentions]
        assert read_columns(lines, documents[name].text) == mentions
        tags = [line.split("\t")[1] if line else "O" for line in lines]
        tokens = [line.split("\t")[0] for line in lines]
        seen = [(kind, "".join(tokens[first : last + 1])) for kind, first, last in seqeval.get_entities(tags)]
        assert seen == [(m.type, "".join(m.text.split())) for m in documents[name].mentions]


def test_brat_gives_entities_quotes_and_decoys_back(written, documents):
    for name, document in documents.items():
        assert (written / f"brat/{name}.txt").read_text() == document.text
        read = read_standoff((written / f"brat/{name}.ann").read_text().split("\n"), document.text, name)
        mentions = [
            (*bound.fragments[0], bound.kind, *read.references[key], read.attributes.get(key, {}).get("StandsFor"))
            for key, bound in read.bounds.items()
            if bound.kind not in (CONTENT, CUE, SPEAKER, HEAD, "Decoy")
        ]
        assert mentions == [(m.start, m.end, m.type, m.entity, m.stands_for) for m in document.mentions]
        decoys = [
            (*bound.fragments[0], read.attributes[key]["Reason"])
            for key, bound in read.bounds.items()
            if bound.kind == "Decoy"
        ]
        assert decoys == [(d.start, d.end, d.reason) for d in document.decoys]
        contents = [key for key, bound in read.bounds.items() if bound.kind == CONTENT]
        assert [brat_quote(read, key) for key in contents] == [(*said(q), q.status) for q in document.quotes]
        parents = {child: parent for kind, child, parent in read.relations if kind == "Inside"}
        numbers = {quote.id: contents[i] for i, quote in enumerate(document.quotes)}
        assert parents == {numbers[q.id]: numbers[q.parent] for q in document.quotes if q.parent}


def brat_quote(read, key):
    def one(relation, source):
        found = read.related(relation, source)
        return found[0] if found else None

    cue, speaker = one(CUE, key), one(SPEAKER, key)
    head = one(HEAD, speaker)
    whose = None
    if speaker:
        kind = read.attributes[speaker]["Kind"]
        whose = read.bounds[speaker].fragments[0], read.bounds[head].fragments[0] if head else None, kind
    attributes, entities = read.attributes[key], tuple(read.references.get(key, ()))
    stretches = list(read.bounds[key].fragments)
    return (
        attributes["QuoteType"],
        stretches,
        read.bounds[cue].fragments[0] if cue else None,
        whose,
        entities,
        attributes["Status"],
    )


def test_every_web_annotation_is_found_by_position_and_by_its_words(written, documents):
    for name, document in documents.items():
        page = json.loads((written / f"web/{name}.jsonld").read_text())
        assert page["type"] == "AnnotationPage"
        text = (written / f"web/{name}.txt").read_text()
        items = {item["id"].removeprefix("urn:goldwire:"): item for item in page["items"]}
        records = [*document.mentions, *document.decoys, *document.quotes]
        assert list(items) == [record.id for record in records]
        for record in records:
            targets = getattr(record, "content", [record])
            assert [found(target, text) for target in items[record.id]["target"]] == [place(part) for part in targets]
        for quote in document.quotes:
            item = items[quote.id]
            bodies = [body.get("value", body.get("source")) for body in item["body"]]
            assert bodies == ["quote", quote.type, *(f"urn:goldwire:{one}" for one in quote.speaker_entities)]
            assert found(item.get("goldwire:cue"), text) == place(quote.cue)
            assert found(item.get("goldwire:speaker"), text) == place(quote.speaker)
            assert item["goldwire:status"] == quote.status
        for mention in document.mentions:
            sources = [body["source"] for body in items[mention.id]["body"][1:]]
            assert sources == [f"urn:goldwire:{one}" for one in (mention.entity, mention.stands_for) if one]


OA = "http://www.w3.org/ns/oa#"
TERMS = {
    "id": "@id",
    "type": "@type",
    **{
        name: f"{OA}{name}" for name in ("Annotation", "TextPositionSelector", "TextQuoteSelector", "SpecificResource")
    },
    **{name: f"{OA}{name}" for name in ("start", "end", "exact", "prefix", "suffix")},
    "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
}
"""The terms of the model's context that are asked for, so that nothing is fetched."""


@pytest.mark.parametrize("name", ["003-01", "000-06"])
def test_a_reader_of_linked_data_finds_every_target(written, documents, name):
    page = json.loads((written / f"web/{name}.jsonld").read_text())
    page["@context"] = [TERMS, *page["@context"][1:]]
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    shown = graph.query(f"""
        SELECT ?label ?start ?end ?words WHERE {{
            ?label a <{OA}Annotation> ; <{OA}hasTarget> ?target .
            ?target <{OA}hasSource> <urn:goldwire:{name}> ; <{OA}hasSelector> ?place, ?quote .
            ?place <{OA}start> ?start ; <{OA}end> ?end .
            ?quote <{OA}exact> ?words
        }}""")
    document = documents[name]
    parts = [(record.id, record) for record in [*document.mentions, *document.decoys]]
    parts += [(quote.id, part) for quote in document.quotes for part in quote.content]
    wanted = {(f"urn:goldwire:{label}", part.start, part.end, part.text) for label, part in parts}
    assert {(str(label), int(start), int(end), str(words)) for label, start, end, words in shown} == wanted


def found(target, text):
    """Return the span of a target, after a check of its words and those around it."""
    if target is None:
        return None
    where, words = target["selector"]
    start, end = where["start"], where["end"]
    assert text[start:end] == words["exact"]
    assert text[:start].endswith(words["prefix"])
    assert text[end:].startswith(words["suffix"])
    return start, end


def test_parquet_is_read_back_by_pyarrow_as_the_rows_are(written, source):
    for name, rows in tables(source).items():
        read = parquet.read_table(written / f"parquet/{name}.parquet")
        assert read.to_pylist() == rows
        assert "null" not in str(read.schema)


@pytest.mark.parametrize(("form", "suffix"), [("json", "jsonl"), ("parquet", "parquet")])
def test_datasets_loads_the_tables_as_the_rows_are(written, source, form, suffix, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    import datasets  # offline from its import on

    folder = "jsonl" if form == "json" else "parquet"
    for name, rows in tables(source).items():
        path = str(written / folder / f"{name}.{suffix}")
        read = datasets.load_dataset(form, data_files=path, split="train", cache_dir=str(tmp_path))
        assert read.to_list() == rows


def test_a_system_set_is_exported_with_what_it_has(tmp_path):
    for name, form in FORMATS.items():
        export(read_source(ROOT, "system-clauses"), form, tmp_path / name)
    rows = [json.loads(line) for line in (tmp_path / "jsonl/documents.jsonl").read_text().splitlines()]
    assert all(row["mentions"] is None and row["quotes"] is not None for row in rows)


def test_an_export_fills_a_folder_at_once_and_spares_what_is_none_of_its_own(source, tmp_path):
    out = tmp_path / "out"
    assert export(source, FORMATS["conll"], out) == ["CANARY", "entities.conll"]
    assert export(source, FORMATS["conll"], out) == []
    (out / "notes.txt").write_text("mine")
    with pytest.raises(GoldwireError, match=r"contains notes\.txt, which is not part of this export"):
        export(source, FORMATS["conll"], out)
    with pytest.raises(GoldwireError, match=r"contains entities\.conll, which is not part"):
        export(source, FORMATS["brat"], out)
    assert sorted(path.name for path in out.iterdir()) == ["CANARY", "entities.conll", "notes.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    (tmp_path / "file").write_text("")
    with pytest.raises(GoldwireError, match="is a file; an export needs a folder"):
        export(source, FORMATS["conll"], tmp_path / "file")


def test_the_command_names_what_it_wrote_and_refuses_what_it_cannot(tmp_path):
    done = goldwire(tmp_path, "export", "conll", "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "out/CANARY\nout/entities.conll\n", "2 files written\n")
    done = goldwire(tmp_path, "export", "conl", "out")
    assert done.returncode == 2
    assert "did you mean conll" in done.stderr
    done = goldwire(tmp_path, "export", "conll", "out", "--set", "mine")
    assert done.returncode == 2
    assert "no set annotations/mine; there are gold, pass-a" in done.stderr


def test_every_format_is_described(written):
    page = (ROOT / "docs/export.md").read_text()
    for name in FORMATS:
        assert f"## {name}\n" in page
        for path in (written / name).iterdir():
            assert path.name in page or f"`<document>{path.suffix}`" in page


def test_tokens_are_cut_where_labels_end():
    assert list(pieces([(0, 4), (5, 9)], [2, 5, 7, 8])) == [(0, 2), (2, 4), (5, 7), (7, 8), (8, 9)]
