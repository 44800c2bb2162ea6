"""The verbs of `goldwire studio`: up, down, push, pull and status."""

import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, PROPOSALS, LabelSet, set_folders, write_set
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.lock import PRIVATE, writing
from goldwire.corpus.tree import Tree, read_tree
from goldwire.curate.registry import propose
from goldwire.curate.release import reopen
from goldwire.model.errors import GoldwireError
from goldwire.model.findings import Finding
from goldwire.model.profile import Profile
from goldwire.studio import predictions
from goldwire.studio.connection import OWN, Connection, checked_url, connect, server_errors
from goldwire.studio.instructions import instructions
from goldwire.studio.labelling_config import title_of
from goldwire.studio.pre_pairs import pre_pairs
from goldwire.studio.project import find_project, rename_fields, settle_project
from goldwire.studio.pull import Pulled, begin_set, pull
from goldwire.studio.push import PushPlan, plan_push, push
from goldwire.studio.selection import Chosen, by_person, deleted, left_out, newest
from goldwire.studio.server import process as servers
from goldwire.studio.status import Status, status_of
from goldwire.studio.sync_state import read_state
from goldwire.studio.task_data import labels_in
from goldwire.studio.tasks import layers_in, people, read_tasks
from goldwire.studio.three_way import SyncedSet


@dataclass(frozen=True, slots=True)
class Workspace:
    """What labels move between: a set of a corpus, and a project on a server."""

    root: Path
    name: str = GOLD
    url: str | None = None
    token_file: Path | None = None
    new: bool = False
    """Whether the set is made if there is none."""
    resolve: Mapping[str, str] = field(default_factory=dict)
    """How conflicts are resolved: by document, git or studio."""
    project: str | None = None
    """What the project is named after, if that is not the set."""
    layers: Sequence[str] = ()
    """The layers to label, if not all; a project that exists keeps its own."""
    docs: str | None = None
    """The subset of the profile whose documents are pushed, if not all."""


def up(
    root: Path, port: int, database: str | None = None, background: bool = False, address: str | None = None
) -> None:
    """Start the server, push what it lacks, and print its address.

    Runs until Ctrl-C, SIGTERM or `down`; in the background, leaves the server running. `address` is
    that of a reverse proxy before it.
    """
    for sign in (signal.SIGINT, signal.SIGTERM):  # SIGTERM stops the server too, also of a background job
        signal.signal(sign, signal.default_int_handler)
    public = checked_url(address) if address else ""
    if urlsplit(public).path or urlsplit(public).query:
        raise GoldwireError(f"--address {address} has a path; expected only a host, as https://labels.example.org")
    with exclusive(root):
        read_workspace(Workspace(root))
    _print(f"starting Label Studio on http://{servers.HOST}:{port}")
    if background:
        _open(root, servers.start(root, port, _progress(), database, public), background)
        return
    with servers.running(root, port, _progress(), database, public) as server:
        try:
            _open(root, server, background)
            server.process.wait()
        except KeyboardInterrupt:
            _print("\nstopping; saved work stays, and goldwire studio up shows it again")


def down(root: Path) -> None:
    """Stop the server of a corpus, however it was started."""
    _print("stopped; saved work stays" if servers.stop(root) else "no Label Studio runs here")


def push_set(workspace: Workspace, dry_run: bool = False) -> PushPlan:
    """Push a set to its project; return what was done, or with `dry_run` what would be."""
    with exclusive(workspace.root):
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            return _push(connection, workspace, dry_run)[1]


def push_predictions(workspace: Workspace, name: str) -> tuple[list[str], list[str]]:
    """Show another set in the project, to start from; return the documents that changed, and those left without."""
    with exclusive(workspace.root):
        tree, labels = read_workspace(replace(workspace, name=name, new=False))
        bare = predictions.left_bare(tree.corpus.texts)
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            project = project_of(connection, workspace.name)
            tasks = read_tasks(connection.client, project)
            return predictions.push_predictions(connection.client, project, labels, tasks, bare), bare


def push_pre_labels(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Suggest labels for documents that nobody has labelled or begun; return as `push_predictions`."""
    from goldwire.studio.pre_labels import pre_labels

    with exclusive(workspace.root):
        tree, labels = read_workspace(workspace)
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            project = project_of(connection, workspace.name)
            tasks = [task for task in read_tasks(connection.client, project) if not task.work]
            tree = limited(tree, layers_in(tasks))
            open_ones = [task for task in tasks if labels_in(labels, task.document) is None]
            bare = predictions.left_bare(tree.corpus.texts)
            wanted = {task.document: task.candidates for task in open_ones if task.document not in bare}
            suggested = pre_labels(tree, labels, wanted)
            return predictions.push_predictions(connection.client, project, suggested, open_ones), bare


def pull_set(
    workspace: Workspace, drafts: bool = False, by_annotator: bool = False, names: Mapping[str, str] | None = None
) -> tuple[list[str], list[Pulled]]:
    """Write what was labelled into a set, or into a set for every annotator; return the paths that changed.

    Works while people work. What cannot be pulled leaves its document unchanged. An annotator's set is
    named as `names` has it for the address, or else after the part of the address before the @.
    """
    with exclusive(workspace.root):
        tree, labels = read_workspace(workspace)
        connection = connect(workspace.root, workspace.url, workspace.token_file)
        with server_errors(connection.url):
            project = project_of(connection, workspace.project or workspace.name)
            tasks = read_tasks(connection.client, project)
            users = people(connection.client) if by_annotator else {}
        tree = limited(tree, layers_in(tasks))
        work: list[tuple[LabelSet, Chosen]] = [(labels, newest(tasks, drafts))]
        if by_annotator:
            theirs = by_person(tasks, users, names or {}, drafts)
            work = [(_annotator_set(workspace, name), chosen) for name, chosen in theirs.items()]
        results = []
        for into, chosen in work:
            state = read_state(workspace.root, connection.name, project, into.name)
            synced = SyncedSet(tree, into, state, connection.name)
            results.append((synced, pull(synced, chosen, workspace.resolve)))
        if not by_annotator:
            synced, pulled = results[0]
            pulled.notes += [*left_out(tasks, work[0][1]), *deleted(tasks, synced.state)]
        return _write(workspace.root, results)


def _annotator_set(workspace: Workspace, name: str) -> LabelSet:
    labels = read_workspace(replace(workspace, name=name, new=True))[1]
    if labels.info is None or labels.info.kind != "annotator":
        raise GoldwireError(f"{labels.path} is not an annotator's set; name another with --as ADDRESS=NAME")
    return labels


def _write(root: Path, results: list[tuple[SyncedSet, Pulled]]) -> tuple[list[str], list[Pulled]]:
    """Write what was pulled, proposals first and the state last, so that the next pull repairs a killed one."""
    fresh = [entity for _, pulled in results for entity in propose(root, pulled.proposals)]
    changed = [PROPOSALS] if fresh else []
    if any(pulled.took for _, pulled in results) and reopen(root):
        changed.append(MANIFEST)
    for synced, pulled in results:
        if pulled.took:
            changed += write_set(root, pulled.labels)
        for document, agreed in pulled.agreed.items():
            synced.state.agree(document, agreed)
        synced.state.write()
    if fresh:
        notes = [f"proposed: {entity.id}, “{'”, “'.join(entity.aliases)}”" for entity in fresh]
        results[0][1].notes += [*notes, "goldwire accept adds the proposals to the registry"]
    return sorted(changed), [pulled for _, pulled in results]


def status(workspace: Workspace) -> Status:
    """The state of the project of a set: every document and annotator, agreement so far, time spent."""
    with suppress(GoldwireError), writing(workspace.root, lambda line: None, wait=0):
        pass  # what a killed command left is settled, unless a command is at work
    tree, labels = read_workspace(workspace, everything=True)
    connection = connect(workspace.root, workspace.url, workspace.token_file)
    with server_errors(connection.url):
        project = project_of(connection, workspace.name)
        tasks, users = read_tasks(connection.client, project), people(connection.client)
    tree = limited(tree, layers_in(tasks))
    sets: dict[str | None, SyncedSet] = {}
    for found in tree.sets:
        state = read_state(workspace.root, connection.name, project, found.name)
        sets[None if found.name == labels.name else found.name] = SyncedSet(tree, found, state, connection.name)
    return status_of(tasks, users, sets)


def project_of(connection: Connection, name: str) -> int:
    """The project of a set on a server; raises GoldwireError if there is none."""
    found = find_project(connection.client, name)
    if found is None:
        title = title_of(name)
        raise GoldwireError(
            f"{connection.url} has no project “{title}”; make it with: goldwire studio push --set {name}"
        )
    return found.id


def _push(connection: Connection, workspace: Workspace, dry_run: bool) -> tuple[int | None, PushPlan]:
    tree, labels = read_workspace(workspace)
    if labels.info is not None and labels.info.kind == "system":
        raise GoldwireError(
            f"{labels.path} is a system's output; show it to annotators with --as-predictions {labels.name}"
        )
    found = find_project(connection.client, labels.name)
    project = None if found is None else found.id
    tasks = read_tasks(connection.client, project) if project is not None else []
    layers = workspace.layers if project is None else layers_in(tasks)
    if workspace.layers and sorted(layers) != sorted(workspace.layers):
        raise GoldwireError(
            f"the project of {labels.name} is for {', '.join(layers) or 'all layers'}; invite under a new name"
        )
    tree, chosen = limited(tree, layers), _subset(tree.profile, workspace.docs)
    if not dry_run:
        guide, guarded = instructions(workspace.root), connection.name == OWN
        project = settle_project(connection.client, labels.name, guide, tree.profile, guarded)
    state = read_state(workspace.root, connection.name, project or 0, labels.name)
    synced = SyncedSet(tree, labels, state, connection.name)
    forced = {name for name, side in workspace.resolve.items() if side == "git"}
    if project is not None and not dry_run and rename_fields(connection.client, tasks):
        tasks = read_tasks(connection.client, project)
    plan = plan_push(synced, tasks, forced, layers, chosen)
    if not dry_run and project is not None:
        try:
            push(connection.client, project, synced, plan)
            _suggest_pairs(connection, project, synced, plan)
        finally:
            for document, agreed in plan.agreed.items():
                state.agree(document, agreed)
            state.write()
    return project, plan


def _subset(profile: Profile, docs: str | None) -> list[str] | None:
    """The documents of a subset; None for all."""
    if docs is not None and docs not in profile.subsets:
        known = ", ".join(profile.subsets) or "none"
        raise GoldwireError(f"no subset {docs!r} in the profile; it has {known}")
    return None if docs is None else profile.subsets[docs]


def _suggest_pairs(connection: Connection, project: int, synced: SyncedSet, plan: PushPlan) -> None:
    """Show the passages and the relation that follow from the texts in every new task that has no labels yet."""
    bare = {task["data"]["document"]: task["data"]["candidates"] for task in plan.created if "annotations" not in task}
    compared = {document: candidates for document, candidates in bare.items() if candidates}
    if compared:
        tasks = [task for task in read_tasks(connection.client, project) if task.document in compared]
        pairs = pre_pairs(synced.tree.corpus.texts, compared)
        predictions.push_predictions(connection.client, project, pairs, tasks)


def limited(tree: Tree, layers: Iterable[str]) -> Tree:
    """A corpus whose profile has only some layers; all of them if none is named."""
    return replace(tree, profile=tree.profile.limited_to(layers))


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Prevent that another command writes the corpus, and settle what a killed one left."""
    with writing(root, lambda line: _print(f"goldwire: {line}")):
        if (root / PRIVATE).is_dir():
            (root / servers.FOLDER).mkdir(exist_ok=True, mode=0o700)
        yield


def read_workspace(workspace: Workspace, everything: bool = False) -> tuple[Tree, LabelSet]:
    """The corpus with gold, or `everything`, and a set; raises GoldwireError if these have findings when read."""
    tree, findings = read_tree(workspace.root, None if everything else {GOLD, workspace.name})
    findings = [fault for fault in findings if _matters(fault, workspace.name)]
    if findings:
        raise GoldwireError(f"the corpus cannot be read without findings: {findings[0]}; run goldwire check")
    if unknown := sorted(workspace.resolve.keys() - tree.corpus.texts.keys()):
        raise GoldwireError(f"--resolve {unknown[0]}: no such document in {workspace.root}/corpus")
    labels = tree.find_set(workspace.name)
    if labels is not None:
        return tree, labels
    if not workspace.new:
        names = ", ".join(folder.removeprefix(f"{ANNOTATIONS}/") for folder in set_folders(workspace.root))
        raise GoldwireError(f"no set {ANNOTATIONS}/{workspace.name}; expected one of {names}, or --new to make it")
    return tree, begin_set(workspace.name, tree.gold)


def _matters(fault: Finding, name: str) -> bool:
    return not fault.path.startswith(f"{ANNOTATIONS}/") or fault.path.startswith(f"{ANNOTATIONS}/{name}/")


def _progress() -> servers.Progress:
    """A line for everything a starting server does, and another every five seconds that it takes."""
    said: set[object] = set()

    def progress(seconds: int, doing: str) -> None:
        what = doing.partition(":")[0]
        if what not in said or (seconds % 5 == 0 and seconds not in said):
            _print(f"  {seconds:2} s  {doing}")
        said.update({what, seconds})

    return progress


def _open(root: Path, server: servers.Server, background: bool) -> None:
    """Push what the server lacks, and print its address and how to log in."""
    _print("it is up; comparing its labels with those of git")
    connection = connect(root)
    with exclusive(root), server_errors(connection.url):
        project, plan = _push(connection, Workspace(root), dry_run=False)
    tasks = [step for step in plan.steps if step.what in ("create", "update", "leave", "pull", "refuse")]
    _print(f"{len(tasks)} tasks, {len(plan.created)} of them new")
    for step in plan.refused:
        _print(str(step))
    if server.fresh:
        _print(f"log in as {server.credentials.user} with the password {server.credentials.password}")
        _print("(shown once; stored with the token in .goldwire/studio/credentials.json, which only you can read)")
    print(f"{connection.shown}/projects/{project}/data", flush=True)
    stop = "goldwire studio down" if background else "Ctrl-C"
    _print(f"{stop} stops it; goldwire studio pull writes the labels into git")


def _print(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
