"""Who may use the server of a corpus: this machine's own pages, its own token, and no proxy in between."""

import json
import socket
import threading
import time

import httpx
import pytest

pytest.importorskip("label_studio_sdk")

from desk import A
from goldwire.studio.connection import connect
from goldwire.studio.instructions import instructions

EVIL = "http://evil.example"


def log_in(studio):
    session = httpx.Client(base_url=studio.base, trust_env=False)
    session.get("/user/login/")
    form = {
        "email": studio.credentials["user"],
        "password": studio.credentials["password"],
        "csrfmiddlewaretoken": session.cookies["csrftoken"],
    }
    assert session.post("/user/login/", data=form, headers={"Origin": studio.base}).status_code == 302
    return session


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_is_refused(studio, host):
    token = {"Authorization": f"Token {studio.credentials['token']}"}
    assert httpx.get(f"{studio.base}/api/projects/", headers={**token, "Host": host}).status_code in (400, 403)
    assert httpx.get(f"{studio.base}/api/projects/", headers=token).status_code == 200


def test_an_ssh_tunnel_may_end_at_another_port(studio):
    host = {"Host": "127.0.0.1:9", "Origin": "http://127.0.0.1:9"}
    token = {"Authorization": f"Token {studio.credentials['token']}"}
    assert httpx.get(f"{studio.base}/api/projects/", headers=host | token).status_code == 200


@pytest.mark.parametrize("origin", [EVIL, "http://127.0.0.1:1", "http://localhost", "null"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_origin_is_refused_and_allowed_nothing(studio, origin, method):
    answer = log_in(studio).request(method, "/api/projects/", headers={"Origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_a_change_with_a_login_needs_a_page_of_the_server(studio):
    session = log_in(studio)
    assert session.post("/api/projects/", json={"title": "forged"}).status_code == 403
    referer = {"Referer": f"{EVIL}/"}
    assert session.post("/api/projects/", json={"title": "forged"}, headers=referer).status_code == 403
    made = session.post("/api/projects/", json={"title": "own page"}, headers={"Origin": studio.base})
    assert made.status_code == 201


def test_pages_load_from_nowhere_else(studio, tmp_path):
    policy = httpx.get(f"{studio.base}/user/login/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    (tmp_path / "annotations").mkdir()
    text = f"![a]({EVIL}/a.png)\n\n<img src='{EVIL}/b.png'>\n\n<style>@import '{EVIL}/c.css'</style>\n"
    (tmp_path / "annotations/GUIDELINES.md").write_text(text)
    html = instructions(tmp_path)
    assert "<img" not in html
    assert "<style" not in html


def test_no_proxy_sees_the_token_of_this_machine(studio, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        seen = []

        def listen():
            try:
                seen.append(proxy.accept())
            except OSError:
                return

        threading.Thread(target=listen, daemon=True).start()
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert connect(studio.folder).client.users.whoami().email == studio.credentials["user"]
        time.sleep(0.2)
        assert seen == []


def test_the_token_of_the_environment_works_for_the_own_server_where_the_stored_one_does_not(studio, monkeypatch):
    path = studio.folder / ".goldwire/studio/credentials.json"
    stored = path.read_text()
    try:
        path.write_text(json.dumps(json.loads(stored) | {"token": "0" * 40}))
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        assert connect(studio.folder).name == "own"
    finally:
        path.write_text(stored)


def test_a_note_on_a_region_survives_a_push(desk):
    name = f"{A}-e003"
    extra = {"meta": {"text": ["ask Ann"]}, "origin": "manual"}
    desk.save(A, lambda results: [one | (extra if one.get("id") == name else {}) for one in results])
    desk.rewrite(A, "gpe-russia", "gpe-germany")
    assert desk("push")[0] == 0
    (work,) = desk.task(A).submitted
    assert {one["taxonomy"][0][0] for r in work.results if (one := r.get("value", {})).get("taxonomy")} >= {
        "gpe-germany"
    }
    assert [one["meta"] for one in work.results if one.get("id") == name and one["type"] == "labels"] == [
        extra["meta"]
    ]


def test_a_token_that_is_reset_in_the_editor_is_stored_at_once(studio, client, monkeypatch):
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    path = studio.folder / ".goldwire/studio/credentials.json"
    session = log_in(studio)
    try:
        assert session.post("/api/current-user/reset-token/", headers={"Origin": studio.base}).status_code == 201
        assert json.loads(path.read_text())["token"] != studio.credentials["token"]
        assert path.stat().st_mode & 0o077 == 0
        assert connect(studio.folder).name == "own"
    finally:
        token = json.loads(path.read_text())["token"]
        studio.credentials["token"] = token
        client._client_wrapper._tokens_client._api_key = token
