"""Both sides changed a document: every record that differs is shown, and nothing is overwritten until it is resolved."""

import pytest

pytest.importorskip("label_studio_sdk")

from desk import A, B, to_germany
from small import span


def test_a_conflict_is_shown_record_by_record_and_resolved_by_document(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    here = desk.file(A).read_bytes()
    status, changed, said = desk("pull")
    assert (status, changed) == (1, [])
    place = f"[{span('Russia')['start']}:{span('Russia')['end']}] “Russia” GPE"
    told = f"{A}: {A}-e005\n  before  {place} gpe-russia\n  git     {place} gpe-ussr\n  studio  {place} gpe-germany\n"
    assert told in said
    assert f"--resolve git:{A} or --resolve studio:{A}" in said
    status, steps, _ = desk("push")
    assert (status, steps[0][: len(f"refuse {A}")]) == (1, f"refuse {A}")
    assert desk.file(A).read_bytes() == here
    assert desk("pull", "--resolve", f"studio:{A}")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])
    assert desk.records(A)[4]["entity"] == "gpe-germany"
    assert desk("push")[:2] == (0, [])


def test_a_conflict_resolved_for_git_quarantines_the_other_side(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    assert desk("push", "--resolve", f"git:{A}")[0] == 0
    assert desk("pull")[:2] == (0, [])
    assert desk.records(A)[4]["entity"] == "gpe-ussr"
    (kept,) = (desk.folder / ".goldwire/studio/quarantine").glob("*.json")
    assert '"gpe-germany"' in kept.read_text()


def test_a_conflict_resolved_for_git_by_a_pull_is_pushed_by_the_next_push(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(A, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    assert desk("pull", "--take", f"git:{A}")[:2] == (0, [])  # the old spelling of --resolve
    assert desk("push")[:2] == (0, [f"update {A}: 5 mentions, 1 quotes, 1 decoys"])
    assert (
        desk("pull", "--resolve", "git:s-99")[2]
        == f"goldwire: --resolve s-99: no such document in {desk.folder}/corpus\n"
    )
    assert desk("pull", "--resolve", "mine:s-01")[2].startswith("goldwire: --resolve mine: no such side")


def test_a_clone_without_a_base_takes_what_only_one_side_changed(desk):
    desk.save(A, to_germany(A))
    desk.rewrite(B, '"entity":"gpe-russia"', '"entity":"gpe-ussr"')
    (desk.folder / ".goldwire/studio/base").rename(desk.folder / "elsewhere")
    assert desk("pull")[:2] == (0, [f"annotations/{desk.name}/entities/{A}.jsonl"])
    assert desk("push")[:2] == (0, [f"update {B}: 5 mentions, 1 quotes, 1 decoys"])
