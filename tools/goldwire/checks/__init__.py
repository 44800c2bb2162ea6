"""Checks: from a tree to its findings. They never print, count or exit."""

from collections.abc import Iterator
from pathlib import Path

from goldwire.checks.completeness import check_completeness
from goldwire.checks.coverage import check_cover
from goldwire.checks.duplicates import check_reuse
from goldwire.checks.gate import Gate
from goldwire.checks.metadata import check_metadata, check_set_info
from goldwire.checks.offsets import check_anchoring
from goldwire.checks.published import check_schemas
from goldwire.checks.references import Known, check_ids, check_labels, check_units
from goldwire.checks.staleness import check_built_files, check_git, check_pages, check_release, check_texts
from goldwire.corpus.annotation_sets import GOLD, LabelSet, read_outline, read_parts, set_folders, submission_folders
from goldwire.corpus.documents import Corpus, text_path
from goldwire.corpus.profiles import PROFILE, read_profile
from goldwire.corpus.tree import read_tree
from goldwire.model.findings import Finding, errors, grouped_by_cause, with_severity
from goldwire.model.profile import Profile


def check(root: Path) -> list[Finding]:
    """The findings in the tree below `root`, without repeats, sorted by location."""
    return check_tree(root)[0]


def check_tree(root: Path) -> tuple[list[Finding], list[str]]:
    """The findings in the tree below `root`, without repeats, sorted by location; and what was not checked, in words.

    Records with a form or shape fault are reported and left out of later checks; a text that differs from its
    hash is reported once, and spans in it are not checked. A document with an error is not checked for completeness,
    a page with one is not compared with its texts, and the release is compared only if there are no errors. What the
    profile switches off is left out; its warnings stop no later check. Only gold stays in memory, and is checked for
    completeness and reuse; of other sets, one file at a time is in memory.
    """
    profile, found = read_profile(root)
    if found:  # every label would be compared with another profile
        return grouped_by_cause(found), [f"nothing else was checked: {PROFILE} has faults"]
    tree, found = read_tree(root, {GOLD})
    stale = [*check_pages(tree), *check_texts(tree)]
    found += stale
    tree = tree.without({fault.path for fault in stale})
    found += check_git(tree)
    known = Known(tree)
    found += [*check_ids(tree, known), *check_metadata(tree), *check_schemas(tree)]
    for labels in tree.sets:
        found += [*check_units(labels, known), *check_set_info(labels)]
        found += _check_labels(labels, tree.corpus, profile, known)
    checked = {labels.path for labels in tree.sets}
    for folder in (*set_folders(root), *submission_folders(root)):
        if folder not in checked:
            found += _check_folder(root, folder, tree.corpus, profile, known)
    gate = Gate(tree, errors(with_severity(found, profile.levels)))
    found += check_completeness(tree, gate.documents, not gate.registry)
    if not gate.duplicates:
        found += check_reuse(tree.without({text_path(document) for document in gate.documents}))
    found += check_built_files(tree, gate.pages, gate.any)
    found = with_severity(found, profile.levels)
    if not errors(found):
        found += with_severity(check_release(tree), profile.levels)
    return grouped_by_cause(found), gate.skipped(bool(errors(found)))


def _check_folder(root: Path, folder: str, corpus: Corpus, profile: Profile, known: Known) -> list[Finding]:
    outline, found = read_outline(root, folder)
    found += [*check_units(outline, known), *check_set_info(outline)]
    for part, faults in read_parts(root, outline, profile):
        found += [*faults, *_check_labels(part, corpus, profile, known)]
    return found


def _check_labels(labels: LabelSet, corpus: Corpus, profile: Profile, known: Known) -> Iterator[Finding]:
    yield from check_anchoring(labels, corpus.texts)
    yield from check_labels(labels, known, profile)
    yield from check_cover(labels, corpus.page_texts, profile)
