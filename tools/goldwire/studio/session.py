"""The verbs of `goldwire studio`: up, down, push, pull and status."""

import fcntl
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, PROPOSALS, STAGING, LabelSet, write_set
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.files import recover_folder
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.registry import propose
from goldwire.curate.release import reopen
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding
from goldwire.studio import predictions
from goldwire.studio.connection import Connection, connect, telling
from goldwire.studio.labelling_config import title_of
from goldwire.studio.project import find_project, settle_project
from goldwire.studio.pull import Pulled, Puller, begin_set, pull
from goldwire.studio.push import Plan, Pusher, plan_push, push
from goldwire.studio.selection import by_person, left_out, newest
from goldwire.studio.server import process as servers
from goldwire.studio.status import Status, status_of
from goldwire.studio.sync_state import Base, read_base
from goldwire.studio.tasks import Task, Work, people, read_tasks


@dataclass(frozen=True, slots=True)
class Place:
    """Where labels move between: a corpus, a set in it, and the server that an annotator sees it on."""

    root: Path
    name: str = GOLD
    url: str | None = None
    token_file: Path | None = None
    new: bool = False
    """Whether the set may be begun."""
    take: Mapping[str, str] = field(default_factory=dict)
    """How conflicts are settled: by document, git or studio."""
    board: str | None = None
    """What the project is named after, where that is not the set."""


def up(root: Path, port: int, database: str | None = None, background: bool = False) -> None:
    """Start the server, push what is not there yet, and say where to open it.

    Runs until Ctrl-C, SIGTERM or `down`; in the background, leaves the server running.
    """
    for sign in (signal.SIGINT, signal.SIGTERM):  # a polite kill stops the server too, also of a background job
        signal.signal(sign, signal.default_int_handler)
    read_place(Place(root))
    _say(f"starting Label Studio on http://{servers.HOST}:{port}")
    if background:
        _open(root, servers.start(root, port, _progress(), database), background)
        return
    with servers.running(root, port, _progress(), database) as server:
        try:
            _open(root, server, background)
            server.process.wait()
        except KeyboardInterrupt:
            _say("\nstopping; what was saved stays, and goldwire studio up finds it again")


def down(root: Path) -> None:
    """Stop the server of a corpus, however it was started."""
    _say("stopped; what was saved stays" if servers.stop(root) else "no Label Studio runs here")


def push_set(place: Place, dry_run: bool = False) -> Plan:
    """Bring a set into its project; return what was done, or with `dry_run` what would be."""
    with alone(place.root):
        connection = connect(place.root, place.url, place.token_file)
        with telling(connection.url):
            return _push(connection, place, dry_run)[1]


def push_predictions(place: Place, name: str) -> list[str]:
    """Show the set of a name in the project of a place, for annotators to start from; return what changed."""
    with alone(place.root):
        labels = read_place(replace(place, name=name, new=False))[1]
        connection = connect(place.root, place.url, place.token_file)
        with telling(connection.url):
            project = project_of(connection, place.name)
            return predictions.push_predictions(
                connection.client, project, labels, read_tasks(connection.client, project)
            )


def pull_set(
    place: Place, drafts: bool = False, by_annotator: bool = False, names: Mapping[str, str] | None = None
) -> tuple[list[str], list[Pulled]]:
    """Write what was labelled into a set, or into a set for every annotator; return the paths that changed.

    Works while people work. What cannot be taken leaves its document as it was. An annotator's set
    is called as `names` says for the address, or else after what stands before the @.
    """
    with alone(place.root):
        tree, labels = read_place(place)
        connection = connect(place.root, place.url, place.token_file)
        with telling(connection.url):
            project = project_of(connection, place.board or place.name)
            tasks = read_tasks(connection.client, project)
            users = people(connection.client) if by_annotator else {}
        if not by_annotator:
            chosen = newest(tasks, drafts)
            base, pulled = _pull(place, connection, project, tree, labels, chosen)
            pulled.notes += left_out(tasks, chosen)
            return _write(place, [(base, pulled)])
        results = []
        for name, theirs in by_person(tasks, users, names or {}, drafts).items():
            into = read_place(replace(place, name=name, new=True))[1]
            if into.info is None or into.info.kind != "annotator":
                raise GoldwireError(f"{into.path} is no annotator's set; name another with --as ADDRESS=NAME")
            results.append(_pull(place, connection, project, tree, into, theirs))
        return _write(place, results)


def _pull(
    place: Place, connection: Connection, project: int, tree: Tree, labels: LabelSet, chosen: list[tuple[Task, Work]]
) -> tuple[Base, Pulled]:
    base = read_base(place.root, connection.name, project, labels.name)
    return base, pull(Puller(tree, labels, base, connection.name), chosen, place.take)


def _write(place: Place, results: list[tuple[Base, Pulled]]) -> tuple[list[str], list[Pulled]]:
    """Write what was taken, sets after what they name, and remember last: a kill between is found out and mended."""
    fresh = [entity for _, pulled in results for entity in propose(place.root, pulled.proposals)]
    changed = [PROPOSALS] if fresh else []
    if any(pulled.took for _, pulled in results) and reopen(place.root):
        changed.append(MANIFEST)
    for base, pulled in results:
        if pulled.took:
            changed += write_set(place.root, pulled.labels)
        for document, agreed in pulled.agreed.items():
            base.agree(document, agreed)
        base.write()
    if fresh:
        notes = [f"proposed: {entity.id}, “{'”, “'.join(entity.aliases)}”" for entity in fresh]
        results[0][1].notes += [*notes, "goldwire accept takes what was proposed into the registry"]
    return sorted(changed), [pulled for _, pulled in results]


def status(place: Place) -> Status:
    """The state of the project of a set: every document and annotator, agreement so far, time spent."""
    tree, labels = read_place(place)
    connection = connect(place.root, place.url, place.token_file)
    with telling(connection.url):
        project = project_of(connection, place.name)
        tasks, users = read_tasks(connection.client, project), people(connection.client)
    pullers: dict[str | None, Puller] = {}
    for found in tree.sets:
        base = read_base(place.root, connection.name, project, found.name)
        pullers[None if found.name == labels.name else found.name] = Puller(tree, found, base, connection.name)
    return status_of(tasks, users, pullers)


def project_of(connection: Connection, name: str) -> int:
    """The project of a set on a server; raises GoldwireError where there is none."""
    found: Any = find_project(connection.client, name)
    if found is None:
        title = title_of(name)
        raise GoldwireError(
            f"{connection.url} has no project “{title}”; make it with: goldwire studio push --set {name}"
        )
    return int(found.id)


def _push(connection: Connection, place: Place, dry_run: bool) -> tuple[int | None, Plan]:
    tree, labels = read_place(place)
    if labels.info is not None and labels.info.kind == "system":
        raise GoldwireError(
            f"{labels.path} is a system's output; show it to annotators with --as-predictions {labels.name}"
        )
    if dry_run:
        found: Any = find_project(connection.client, labels.name)
        project = None if found is None else int(found.id)
    else:
        project = settle_project(connection.client, labels.name, instructions(place.root))
    forced = frozenset(name for name, side in place.take.items() if side == "git")
    base = read_base(place.root, connection.name, project or 0, labels.name)
    pusher = Pusher(tree, labels, base, forced)
    plan = plan_push(pusher, read_tasks(connection.client, project) if project is not None else [])
    if not dry_run and project is not None:
        try:
            push(connection.client, project, pusher, plan, connection.name)
        finally:
            for document, agreed in plan.agreed.items():
                base.agree(document, agreed)
            base.write()
    return project, plan


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep a second push or pull of the same corpus out; raises GoldwireError where one is at work."""
    (root / servers.FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / servers.FOLDER / "moving").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GoldwireError("another push or pull of this corpus is at work; wait for it") from None
        yield


def read_place(place: Place) -> tuple[Tree, LabelSet]:
    """The corpus and the set of a place; raises GoldwireError where either does not read clean."""
    recover_folder(place.root / ANNOTATIONS / place.name, place.root / STAGING)
    tree, findings = read_tree(place.root)
    findings = [fault for fault in findings if _matters(fault, place.name)]
    if findings:
        raise GoldwireError(f"the corpus does not read clean: {findings[0]}; run goldwire check")
    if unknown := sorted(place.take.keys() - tree.corpus.texts.keys()):
        raise GoldwireError(f"--resolve {unknown[0]}: no such document in {place.root}/corpus")
    labels = tree.find_set(place.name)
    if labels is not None:
        return tree, labels
    if not place.new:
        there = ", ".join(found.name for found in tree.sets)
        raise GoldwireError(f"no set {ANNOTATIONS}/{place.name}; there are {there}, and --new begins another")
    return tree, begin_set(place.name, tree.gold)


def _matters(fault: Finding, name: str) -> bool:
    return not fault.path.startswith(f"{ANNOTATIONS}/") or fault.path.startswith(f"{ANNOTATIONS}/{name}/")


def instructions(root: Path) -> str:
    """The guideline as HTML, which every project shows; the config's style sets it out by the class of its frame."""
    guidelines = root / ANNOTATIONS / "GUIDELINES.md"
    if not guidelines.is_file():
        return ""
    return f'<div class="gw-guide">\n{MarkdownIt().enable("table").render(guidelines.read_text())}</div>'


def _progress() -> servers.Progress:
    """A line for everything a starting server does, and another every five seconds that it takes."""
    said: set[object] = set()

    def progress(seconds: int, doing: str) -> None:
        what = doing.partition(":")[0]
        if what not in said or (seconds % 5 == 0 and seconds not in said):
            _say(f"  {seconds:2} s  {doing}")
        said.update({what, seconds})

    return progress


def _open(root: Path, server: servers.Server, background: bool) -> None:
    """Push what is not there yet, and say where the server is and how to log in."""
    _say("it is up; comparing its labels with those of git")
    connection = connect(root)
    with alone(root), telling(connection.url):
        project, plan = _push(connection, Place(root), dry_run=False)
    tasks = [step for step in plan.steps if step.what in ("create", "update", "leave", "pull", "refuse")]
    _say(f"{len(tasks)} tasks, {len(plan.created)} of them new")
    for step in plan.refused:
        _say(str(step))
    if server.fresh:
        _say(f"log in as {server.credentials.user} with the password {server.credentials.password}")
        _say("(shown this once; kept with the token in .goldwire/studio/credentials.json, readable by you alone)")
    print(f"{server.url}/projects/{project}/data", flush=True)
    stop = "goldwire studio down" if background else "Ctrl-C"
    _say(f"{stop} stops it; goldwire studio pull brings the labels back into git")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
