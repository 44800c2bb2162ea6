"""Checks: from a tree to its findings. They never print, count or exit."""

from pathlib import Path

from goldwire.checks.anchoring import check_anchoring
from goldwire.checks.completeness import check_completeness
from goldwire.checks.cover import check_cover
from goldwire.checks.links import check_links
from goldwire.checks.reuse import check_reuse
from goldwire.checks.staleness import check_built_files, check_pages, check_release, check_texts
from goldwire.findings import Finding, at_the_cause
from goldwire.tree import read_tree


def check(root: Path) -> list[Finding]:
    """Every finding in the tree below `root`, each once, sorted by place.

    Records at fault in form or shape are reported and left out of what follows; a text that
    is not the one its hash says is reported once, and spans in it are not judged. Built files are
    compared last, and only where nothing else is at fault.
    """
    tree, found = read_tree(root)
    stale = [*check_pages(tree), *check_texts(tree)]
    found += stale
    tree = tree.without({fault.path for fault in stale})
    found += check_anchoring(tree)
    found += check_links(tree)
    found += check_cover(tree)
    if not found:
        found += check_completeness(tree)
        found += check_reuse(tree)
    if not found:
        found += check_built_files(tree)
    if not found:
        found += check_release(tree)
    return at_the_cause(found)
