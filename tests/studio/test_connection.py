"""Connections to a Label Studio: every failure is one line, and no argument contains a secret."""

import http.server
import json
import os
import re
import threading
from importlib.metadata import version

import pytest

from goldwire.cli.main import main
from goldwire.studio.release import RELEASE, SERIES
from repository import ROOT, free_port, git, goldwire
from small import small_corpus

pytest.importorskip("label_studio_sdk")
from desk import goldwire_here
from goldwire.studio.server.database import environment
from goldwire.studio.server.process import read_address

SET = "connected"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    return small_corpus(tmp_path / "copy", SET, ["k-01"])


def said(capsys, corpus, *arguments):
    capsys.readouterr()
    status = main(["studio", "push", "--dry-run", "--set", SET, *arguments, str(corpus)])
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1, printed.err
    return status, printed.err


def test_each_reason_not_to_connect_is_one_line(corpus, studio, capsys, monkeypatch, tmp_path):
    assert said(capsys, corpus) == (2, "goldwire: no Label Studio runs here; start it with: goldwire studio up\n")
    at = ["--url", studio.base]
    assert "LABEL_STUDIO_API_KEY is not set" in said(capsys, corpus, *at)[1]
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    assert f"{studio.base} refuses the token" in said(capsys, corpus, *at)[1]
    nobody = f"http://127.0.0.1:{free_port()}"
    assert f"no Label Studio answers at {nobody}" in said(capsys, corpus, "--url", nobody)[1]
    assert "is not an address" in said(capsys, corpus, "--url", "localhost:8080")[1]
    assert "contains a user or a password" in said(capsys, corpus, "--url", "http://me:secret@127.0.0.1:1")[1]
    file = tmp_path / "token"
    file.write_text(studio.credentials["token"] + "\n")
    file.chmod(0o644)
    told = said(capsys, corpus, *at, "--token-file", str(file))[1]
    assert f"other users can read {file} (mode 644); fix: chmod 600 {file}" in told
    file.chmod(0o600)
    assert main(["studio", "push", "--dry-run", "--set", SET, *at, "--token-file", str(file), str(corpus)]) == 0


def test_a_personal_access_token_is_accepted(corpus, studio, client, capsys, monkeypatch):
    import httpx

    session = httpx.Client(base_url=studio.base, follow_redirects=True, timeout=60)
    session.get("/user/login/")
    form = {key: studio.credentials[name] for key, name in (("email", "user"), ("password", "password"))}
    session.post(
        "/user/login/",
        data={**form, "csrfmiddlewaretoken": session.cookies["csrftoken"]},
        headers={"Origin": studio.base},
    )
    headers = {"X-CSRFToken": session.cookies["csrftoken"], "Origin": studio.base}
    settings = session.get("/api/jwt/settings").json()
    session.post("/api/jwt/settings", json={**settings, "api_tokens_enabled": True}, headers=headers)
    made = session.post("/api/token/", headers=headers)
    assert made.status_code == 201, made.text
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", made.json()["token"])
    assert main(["studio", "push", "--dry-run", "--set", SET, "--url", studio.base, str(corpus)]) == 0


@pytest.fixture
def elsewhere():
    """A server that is no Label Studio, or says that it is an old one."""
    answers = {}

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            content = answers.get(self.path.split("?")[0].rstrip("/"), b"<html>hello</html>")
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if content[:1] == b"{" else "text/html")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()


def test_one_module_names_the_release_of_label_studio():
    sources = [path for path in (ROOT / "tools/goldwire").rglob("*.py") if path.name != "release.py"]
    assert [path for path in sources if re.search(rf"\b{re.escape(SERIES)}(\.\d+)?\b", path.read_text())] == []
    assert f'"label-studio=={RELEASE}"' in (ROOT / "pyproject.toml").read_text()
    assert version("label-studio") == RELEASE
    assert f"Only release {SERIES} is" in (ROOT / "docs/studio.md").read_text()


def test_another_version_and_another_kind_of_server_are_reported(corpus, elsewhere, capsys, monkeypatch):
    url, answers = elsewhere
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    assert f"the server at {url} is not a Label Studio" in said(capsys, corpus, "--url", url)[1]
    answers["/api/current-user/whoami"] = b'{"id": 1}'
    answers["/api/version"] = json.dumps({"release": "1.9.0"}).encode()
    assert f"{url} runs Label Studio 1.9.0; goldwire supports only {SERIES}" in said(capsys, corpus, "--url", url)[1]


@pytest.mark.parametrize(
    "address", ["mysql://u@h/d", "postgresql://h/d", "postgresql://u@h", "postgresql://u@h:x/d", "pg"]
)
def test_an_invalid_address_of_a_database_is_reported(tmp_path, address):
    with pytest.raises(
        Exception, match=r"is not a database; expected postgresql://USER@HOST\[:PORT\]/NAME, or sqlite"
    ):
        environment(tmp_path, address)


def test_a_password_in_a_database_s_address_is_refused_before_anything_starts(corpus):
    done = goldwire(corpus, "studio", "up", "--database", "postgresql://me:secret@localhost/labels")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("goldwire: the address of the database contains a password")
    assert "secret" not in done.stderr.splitlines()[-1]
    assert git(corpus, "status", "--porcelain").stdout == ""


def test_one_server_a_corpus_and_down_without_one(studio, corpus):
    done = goldwire(studio.folder, "studio", "up", "--port", str(free_port()))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"this corpus's server runs already, at {studio.base}; goldwire studio down stops it" in done.stderr
    done = goldwire_here(corpus, "studio", "down")
    assert (done.returncode, done.stderr) == (0, "no Label Studio runs here\n")
    address = corpus / ".goldwire/studio/address.json"
    address.parent.mkdir(parents=True, exist_ok=True)
    address.write_text(json.dumps({"url": "http://127.0.0.1:1", "pid": os.getpid()}))  # left over, its number reused
    assert read_address(corpus) is None
    assert goldwire_here(corpus, "studio", "down").returncode == 0
