"""Reading corpus/profile.json, which says what a corpus labels; a corpus without one has the shipped profile."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from goldwire.corpus.jsonl import read_json
from goldwire.model.codes import CODES
from goldwire.model.errors import GoldwireError
from goldwire.model.fields import slug_of
from goldwire.model.findings import Finding, finding
from goldwire.model.profile import SHIPPED, Profile, names, news

PROFILE = "corpus/profile.json"
RESERVED = ("all", "unique")
"""Selections of documents that every corpus has, which therefore name no subset."""
PARTS = ("content", "cue", "speaker", "head", "decoy")
"""Labels of the labelling page, which therefore name no type of entity."""
STRICT_LEVELS = ("form", "build")
STRICT = frozenset(
    "missing-key unknown-key wrong-value empty-span span-out-of-range surface-mismatch duplicate-id misfiled-record "
    "unknown-page unknown-document unknown-entity unknown-parent misnamed-set mistaken-kind unordered-pair "
    "misnamed-pair undeclared-layer overlapping-blocks".split()
)
"""Codes that are always errors, besides those of some levels: what they report cannot be read, joined or trusted."""


def read_profile(root: Path) -> tuple[Profile, list[Finding]]:
    """Read the profile of a corpus, which may be any JSON; with findings, the shipped profile takes its place."""
    if not (root / PROFILE).exists():
        return news(), []
    profile, findings = read_json(root, PROFILE, Profile, sparse=True)
    findings = findings or list(_faults(profile or news()))
    return news() if profile is None or findings else profile, findings


def find_profile(name: str) -> tuple[Profile, bytes]:
    """The profile in a file, or the shipped one of a name, with its bytes; raises GoldwireError if it has a fault."""
    known = {path.stem: path for path in sorted(SHIPPED.glob("*.json"))}
    place = known.get(name, Path(name))
    if not place.is_file():
        raise GoldwireError(f"there is no profile {name}; expected a file, or one of {', '.join(known)}")
    profile, findings = read_json(place.parent, place.name, Profile, sparse=True)
    findings = findings or list(_faults(profile or news()))
    if profile is None or findings:
        raise GoldwireError(f"{place}: {findings[0].message}")
    return profile, place.read_bytes()


def profile_of(root: Path) -> Profile:
    """The profile of a corpus; raises GoldwireError with the first finding if it has one."""
    profile, findings = read_profile(root)
    if findings:
        raise GoldwireError(f"{root / findings[0].path}: {findings[0].message}; run goldwire check")
    return profile


def _faults(profile: Profile) -> Iterator[Finding]:
    """What no schema can express: values that are listed twice, codes that no check has, reserved names."""
    for key in ("entity_types", "roles", "quote_types", "decoy_reasons"):
        same = Counter(map(slug_of if key == "entity_types" else str, names(getattr(profile, key))))
        if repeated := [name for name, number in same.items() if number > 1]:
            yield _wrong(key, repeated[0], "each value once")
    if taken := [kind for kind in profile.types if kind.lower() in PARTS]:
        yield _wrong("entity_types", taken[0], f"names other than {', '.join(PARTS)}, which are parts of quotes")
    allowed = [code for code, about in CODES.items() if about.level not in STRICT_LEVELS and code not in STRICT]
    for code in profile.checks:
        if code in CODES and code not in allowed:
            yield _wrong(f"checks.{code}", code, "a code whose fault leaves the labels readable")
        elif code not in CODES:
            close = get_close_matches(code, allowed, 1)
            yield _wrong("checks", code, f"a code such as {(close or allowed)[0]}; goldwire explain lists them")
    for name, documents in profile.subsets.items():
        if name in RESERVED:
            yield _wrong("subsets", name, f"a name other than {' and '.join(RESERVED)}")
        elif not documents or len(set(documents)) < len(documents):
            yield _wrong(f"subsets.{name}", f"{len(documents)} documents", "at least one document, each once")


def _wrong(key: str, found: str, expected: str) -> Finding:
    return finding("wrong-value", PROFILE, 1, key=key, found=found, expected=f"expected {expected}")
