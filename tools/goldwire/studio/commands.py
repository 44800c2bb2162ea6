"""The verbs of `goldwire studio`: up, and pull."""

import json
import signal
import sys
import threading
from pathlib import Path

from label_studio_sdk import LabelStudio
from markdown_it import MarkdownIt

from goldwire.corpus import MANIFEST
from goldwire.errors import GoldwireError
from goldwire.findings import Finding
from goldwire.release import reopen
from goldwire.sets import ANNOTATIONS, GOLD, LabelSet, write_set
from goldwire.studio import server as servers
from goldwire.studio.pull import pull as pull_set
from goldwire.studio.push import push
from goldwire.tree import Tree, read_tree

ADDRESS = "address.json"


def up(root: Path, port: int) -> None:
    """Start the server, push what is not there yet, say where to open it, and run until Ctrl-C or SIGTERM."""
    for sign in (signal.SIGINT, signal.SIGTERM):  # a polite kill stops the server too, also of a background job
        signal.signal(sign, signal.default_int_handler)
    tree, labels = _read(root, GOLD)
    _say(f"starting Label Studio on http://{servers.HOST}:{port}")
    if servers.read_credentials(root) is None:
        _say("the first start makes the database; that takes about a minute")
    with servers.running(root, port, _progress) as server:
        _say(" up")
        client = _client(server.url, server.credentials)
        project, created = push(client, tree, labels, _instructions(root))
        address = root / servers.FOLDER / ADDRESS
        address.write_text(json.dumps({"url": server.url}))
        try:
            _welcome(server, project, created, len(tree.corpus.texts))
            threading.Event().wait()
        except KeyboardInterrupt:
            _say("\nstopping; what was saved stays, and goldwire studio up finds it again")
        finally:
            address.unlink(missing_ok=True)


def pull(root: Path, name: str) -> list[str]:
    """Write what was labelled into the set of a name; return the paths that changed.

    Works while the server runs. A malformed annotation is told on stderr and leaves its document as
    it was.
    """
    tree, labels = _read(root, name)
    try:
        url = json.loads((root / servers.FOLDER / ADDRESS).read_text())["url"]
    except FileNotFoundError:
        raise GoldwireError("no Label Studio runs here; start it with: goldwire studio up") from None
    credentials = servers.read_credentials(root)
    if credentials is None:
        raise GoldwireError(f"no credentials in {servers.credentials_path(root)}; start with: goldwire studio up")
    pulled, faults = pull_set(_client(url, credentials), tree, labels)
    for fault in faults:
        _say(f"goldwire: {fault}")
    changed = write_set(root, pulled)
    if changed and reopen(root):
        changed.append(MANIFEST)
    return changed


def _client(url: str, credentials: servers.Credentials) -> LabelStudio:
    return LabelStudio(base_url=url, api_key=credentials.token)  # type: ignore[no-untyped-call]


def _read(root: Path, name: str) -> tuple[Tree, LabelSet]:
    tree, findings = read_tree(root)
    findings = [fault for fault in findings if _matters(fault, name)]
    if findings:
        raise GoldwireError(f"the corpus does not read clean: {findings[0]}; run goldwire check")
    labels = next((found for found in tree.sets if found.path == f"{ANNOTATIONS}/{name}"), None)
    if labels is None:
        raise GoldwireError(f"no set {ANNOTATIONS}/{name}; there are {', '.join(found.path for found in tree.sets)}")
    return tree, labels


def _matters(fault: Finding, name: str) -> bool:
    return not fault.path.startswith(f"{ANNOTATIONS}/") or fault.path.startswith(f"{ANNOTATIONS}/{name}/")


def _instructions(root: Path) -> str:
    guidelines = root / ANNOTATIONS / "GUIDELINES.md"
    return MarkdownIt().enable("table").render(guidelines.read_text()) if guidelines.is_file() else ""


def _progress(seconds: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("." if seconds % 10 else f" {seconds} s ")
        sys.stderr.flush()


def _welcome(server: servers.Server, project: int, created: int, documents: int) -> None:
    _say(f"{documents} tasks, {created} of them new")
    if server.fresh:
        _say(f"log in as {server.credentials.user} with the password {server.credentials.password}")
        _say("(shown this once; kept with the token in .goldwire/studio/credentials.json, readable by you alone)")
    print(f"{server.url}/projects/{project}/data", flush=True)
    _say("Ctrl-C stops it; in another terminal, goldwire studio pull brings the labels back into git")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
