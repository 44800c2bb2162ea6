"""The profile of a corpus: open lists, required fields, and what is said of a wrong one."""

import json
import pickle

import pytest
from pydantic import ValidationError

from goldwire.checks import check
from goldwire.corpus.profiles import PROFILE, read_profile
from goldwire.corpus.schemas import schema_files, stale_schemas, write_schemas
from goldwire.curate.init import init
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import SHIPPED, Profile, news
from goldwire.model.records import Decoy, Mention, Quote

FOUR = sorted(path.stem for path in SHIPPED.glob("*.json"))
MENTION = {"start": 0, "end": 3, "text": "Ivo", "type": "PER"}


def shipped(name):
    return Profile.model_validate_json((SHIPPED / f"{name}.json").read_bytes())


@pytest.fixture
def corpus(tmp_path):
    init(tmp_path)

    def with_profile(**given):
        (tmp_path / PROFILE).write_text(json.dumps(given))
        return tmp_path

    return with_profile


@pytest.mark.parametrize("name", FOUR)
def test_a_shipped_profile_is_valid(name):
    assert FOUR == ["duplicates", "entities", "news", "quotes"]
    assert shipped(name).has("segments")


@pytest.mark.parametrize("name", FOUR)
def test_a_new_corpus_of_a_shipped_profile_is_clean(tmp_path, name):
    init(tmp_path, name)
    assert read_profile(tmp_path) == (shipped(name), [])
    assert check(tmp_path) == []
    assert stale_schemas(tmp_path) == []


def test_a_new_corpus_takes_the_profile_of_a_file_with_roles_of_its_own(tmp_path):
    given = {"roles": [{"name": "text", "part": "text"}, {"name": "rest", "part": "page"}]}
    (tmp_path / "mine.json").write_text(json.dumps(given))
    init(tmp_path / "corpus-of-mine", str(tmp_path / "mine.json"))
    blocks = (tmp_path / "corpus-of-mine/annotations/gold/segments/ex.jsonl").read_text()
    assert '"role":"text"' in blocks
    assert "headline" not in blocks
    assert check(tmp_path / "corpus-of-mine") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, "one of duplicates, entities, news, quotes"), ("{", "mine.json: "), ('{"roles":[]}', "at least 1 item")],
)
def test_init_refuses_a_wrong_profile_and_makes_nothing(tmp_path, text, expected):
    if text is not None:
        (tmp_path / "mine.json").write_text(text)
    with pytest.raises(GoldwireError, match=expected):
        init(tmp_path / "made", str(tmp_path / "mine.json"))
    assert not (tmp_path / "made").exists()


def test_the_profile_of_news_is_the_one_that_holds_without_one(tmp_path):
    assert read_profile(tmp_path) == (news(), [])
    assert shipped("news") == news()


def test_a_record_of_a_profile_equals_the_plain_one_and_survives_a_pickle():
    made, plain = shipped("entities").of(Mention)(**MENTION), Mention(**MENTION)
    assert made == plain
    assert plain == made
    assert hash(made) == hash(plain)
    assert pickle.loads(pickle.dumps(made)) == plain


def test_a_record_has_only_values_of_its_profile():
    assert shipped("entities").of(Mention)(**MENTION, entity="per-ivo").entity == "per-ivo"
    for wrong in ({"type": "PERSON"}, {"entity": "person-ivo"}):
        with pytest.raises(ValidationError):
            shipped("entities").of(Mention)(**{**MENTION, **wrong})
    with pytest.raises(ValidationError, match="'PERSON', 'NORP'"):
        news().of(Mention)(**MENTION)


def test_the_schemas_have_the_values_of_the_profile():
    profile = Profile(roles=[{"name": "paragraph", "part": "text"}], decoy_reasons=[{"name": "irony"}])
    schemas = {name: data.decode() for name, data in schema_files(profile).items()}
    assert '"paragraph"' in schemas["block.schema.json"]
    assert '"paragraph"' in schemas["submission.schema.json"]
    assert "boilerplate" not in "".join(schemas.values())
    assert '"irony"' in schemas["decoy.schema.json"]
    assert "OntoNotes" not in schema_files(shipped("entities"))["mention.schema.json"].decode()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"entity_types": []}, "at least 1 item"),
        ({"entity_types": [{"name": "A"}, {"name": "a"}]}, "entity_types"),
        ({"entity_types": [{"name": "Speaker"}]}, "parts of quotes"),
        ({"entity_types": [{"name": "A,B"}]}, "entity_types.0.name"),
        ({"layers": {"quotes": ["entity"]}}, "layers.quotes.0"),
        ({"layer": {}}, "layer"),
        ({"checks": {"unmarked-surfaces": {"level": "off", "reason": "x"}}}, "unmarked-surface;"),
        ({"checks": {"not-json": {"level": "off", "reason": "x"}}}, "checks.not-json"),
        ({"checks": {"unmarked-surface": {"level": "off"}}}, "reason"),
        ({"checks": {"unmarked-surface": {"level": "error", "reason": "x"}}}, "level"),
        ({"subsets": {"all": ["ex-01"]}}, "other than all and unique"),
        ({"subsets": {"test": []}}, "at least one document"),
        ({"subsets": {"test": ["ex-01", "ex-01"]}}, "each once"),
    ],
)
def test_a_wrong_profile_is_the_only_finding(corpus, given, expected):
    root = corpus(**given)
    findings = check(root)
    assert {fault.path for fault in findings} == {PROFILE}
    assert any(expected in f"{fault.code} {fault.message}" for fault in findings)


def test_a_layer_asks_only_for_the_fields_of_its_profile(corpus):
    text_of = corpus(layers={"segments": [], "quotes": ["cue"]}) / "corpus/text/ex-01.txt"
    root, text = text_of.parents[2], text_of.read_text()
    gold = root / "annotations/gold"
    word = text.split()[0]
    span = {"start": 0, "end": len(word), "text": word}
    quote = Quote(id="ex-01-q001", type="indirect", content=[span], speaker={**span, "start": 0})
    (gold / "quotes").mkdir()
    (gold / "quotes/ex-01.jsonl").write_text(quote.line() + "\n")
    info = json.loads((gold / "set.json").read_text()) | {"quotes": {"ex-01": "partial"}}
    (gold / "set.json").write_text(json.dumps(info, indent=2) + "\n")
    write_schemas(root)
    assert check(root) == []
    (root / PROFILE).unlink()
    write_schemas(root)
    assert {fault.code for fault in check(root)} == {"incomplete-record"}


def test_a_decoy_reason_of_the_profile_is_read(corpus):
    assert shipped("news").of(Decoy) is news().of(Decoy)
    profile = read_profile(corpus(decoy_reasons=[{"name": "irony", "hint": "Meant otherwise."}]))[0]
    assert profile.of(Decoy)(start=0, end=1, text="x", reason="irony").reason == "irony"
    assert profile.types == news().types
