"""One short document as git, Label Studio and the base have it, in memory."""

import hashlib

from goldwire.corpus.annotation_sets import LabelSet, layer_path
from goldwire.corpus.documents import DOCUMENTS, PAGES, Corpus
from goldwire.corpus.jsonl import Table
from goldwire.corpus.tree import Tree
from goldwire.model.profile import news
from goldwire.model.records import Document, Entity
from goldwire.studio.convert.to_results import Labels, to_results
from goldwire.studio.sync_state import SyncState, fingerprint
from goldwire.studio.task_data import new_tasks
from goldwire.studio.tasks import Task, Work
from goldwire.studio.three_way import SyncedSet
from small import TEXT, records, small_set

A, NAME = "t-01", "three"
ENTITIES = {"before": "gpe-russia", "git's": "gpe-ussr", "studio's": "gpe-germany"}


def labels(version):
    """The labels of the document: as both sides had them last, or with another entity, as one side has."""
    if version is None:
        return None
    mentions, quotes, decoys = records(A)
    return Labels([*mentions[:4], mentions[4].model_copy(update={"entity": ENTITIES[version]})], quotes, decoys)


def a_set(version, **info):
    """The set with a version of the labels of the document in it."""
    made = small_set(NAME, [A] if version else [])
    if version:
        made.entities[A] = Table(layer_path(made.path, "entities", A), list(enumerate(labels(version).mentions, 1)))
    return LabelSet(made.path, made.info.model_copy(update=info), {}, made.entities, made.quotes, made.decoys)


def synced(root, git, base):
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    run = {"start": 0, "end": len(TEXT), "page_start": 0, "page_end": len(TEXT)}
    document = Document(id=A, page="t", title="Peskov on talks", length=len(TEXT), sha256=digest, map=[run])
    corpus = Corpus(root, Table(PAGES), Table(DOCUMENTS, [(1, document)]), None, {}, {A: TEXT})
    names = {"person-dmitry-peskov": "PERSON", "person-sergey-lavrov": "PERSON", "gpe-moscow": "GPE"}
    names |= dict.fromkeys(ENTITIES.values(), "GPE")
    words = ["Peskov", "Lavrov", "Moscow", "Russia"]
    registry = [Entity(id=name, type=kind, name=name, aliases=words) for name, kind in names.items()]
    found = a_set(git)
    tree = Tree(root, news(), corpus, Table("", list(enumerate(registry, 1))), Table(""), [found])
    state = SyncState(root / "state.json")
    if base:
        state.agree(A, labels(base))
    return SyncedSet(tree, found, state, "own")


def work(version, user=1, **how):
    return Work(user, user, f"2026-01-0{user}T00:00:00Z", to_results(labels(version), []), 60.0, **how)


def task(on, found, pushed, **data):
    meta = {"labels": fingerprint(labels(pushed))} if pushed else {}
    return Task(7, {**new_tasks(on.tree, on.labels)[0]["data"], **data}, meta, found)
