"""A new corpus: the folders, an example page, an empty gold set, and the hooks that check them."""

from importlib.resources import files
from pathlib import Path

from goldwire.corpus import segmenter
from goldwire.corpus.annotation_sets import ANNOTATIONS, GOLD, REGISTRY, SET, layer_path
from goldwire.corpus.attributes import ATTRIBUTES, LINES, protect
from goldwire.corpus.build import built_files
from goldwire.corpus.canonical import dump, pretty
from goldwire.corpus.documents import MANIFEST
from goldwire.corpus.files import FOREIGN, sha256, write_bytes
from goldwire.corpus.manifest import NEVER_RELEASED, digest
from goldwire.corpus.profiles import PROFILE, find_profile
from goldwire.corpus.schemas import SCHEMA, schema_files
from goldwire.model.errors import GoldwireError
from goldwire.model.profile import Profile, news
from goldwire.model.records import AnnotationSet, Manifest, Page
from goldwire.model.version import __version__

EXAMPLE = "ex"
HOOKS = f"""\
repos:
  - repo: URL-OF-GOLDWIRE # put in where goldwire's repository is
    rev: v{__version__} # a tag of it, or the hash of a commit
    hooks:
      - id: goldwire-check
      - id: goldwire-records
"""
IGNORE = """\
# Locks, staged files, and the password, token and database of Label Studio.
.goldwire/
"""
BESIDE = (".pre-commit-config.yaml", ATTRIBUTES, ".gitignore")
GUIDELINES = """\
# Annotation guideline

Say here what each label means and where its span begins and ends, rule by rule, with examples.
"""


def init(root: Path, profile: str | None = None) -> list[str]:
    """Start a corpus below `root`, with the profile of a file or of a name; return the paths of its files.

    The example page is invented; the segmenter makes its blocks. A file of `BESIDE` that exists is kept, but the
    attributes that protect pages and texts from git are added to .gitattributes if they lack. If it is killed, running
    it again completes it. Raises GoldwireError if there is a corpus already.
    """
    page = files("goldwire.curate").joinpath(f"example/{EXAMPLE}.txt").read_bytes()
    chosen, data = find_profile(profile) if profile else (news(), b"")
    made = _first_files(page, chosen) | ({PROFILE: data} if profile else {})
    there = [path for folder in ("corpus", ANNOTATIONS) for path in _files_in(root, folder)]
    is_begun = all(path in made and (root / path).read_bytes() == made[path] for path in there)
    if not is_begun or (root / MANIFEST).exists():  # the manifest is written last
        folder = "corpus" if (root / "corpus").exists() else ANNOTATIONS
        raise GoldwireError(f"{root / folder} exists already; expected a folder without a corpus")
    for path, data in made.items():
        if path not in BESIDE or not (root / path).exists():
            write_bytes(root / path, data)
    protect(root)
    return sorted(made)


def _first_files(page: bytes, profile: Profile) -> dict[str, bytes]:
    gold = f"{ANNOTATIONS}/{GOLD}"
    record = Page(
        id=EXAMPLE,
        source=f"{EXAMPLE}.txt",
        sha256=sha256(page),
        publisher="The Example Courier",
        site=None,
        rights="Invented for goldwire; free to use.",
        language="en",
        date=None,
        date_note=None,
    )
    proposed = segmenter.propose(EXAMPLE, page.decode())
    blocks = [block.model_copy(update={"role": profile.role_like(block.role)}) for block in proposed]
    info = AnnotationSet(
        name=GOLD,
        kind="gold",
        description="Say here how the labels were made.",
        annotators=[],
        adjudicators=[],
        guidelines=None,
        segments={EXAMPLE: "complete"},
        entities={},
        quotes={},
        decoys={},
        duplicates="none",
    )
    return {
        ".pre-commit-config.yaml": HOOKS.encode(),
        ATTRIBUTES: LINES.encode(),
        ".gitignore": IGNORE.encode(),
        f"corpus/pages/{EXAMPLE}.txt": page,
        "corpus/pages.jsonl": dump([record]),
        layer_path(gold, "segments", EXAMPLE): dump(blocks),
        f"{gold}/{SET}": pretty(info).encode(),
        REGISTRY: b"",
        f"{ANNOTATIONS}/GUIDELINES.md": GUIDELINES.encode(),
        **built_files({EXAMPLE: page.decode()}, {EXAMPLE: blocks}, profile),
        **{f"{SCHEMA}/{name}": data for name, data in schema_files(profile).items()},
        MANIFEST: pretty(Manifest(version=NEVER_RELEASED, digest=digest([]), files=[])).encode(),
    }


def _files_in(root: Path, folder: str) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in (root / folder).rglob("*")
        if not (path.is_dir() or FOREIGN.fullmatch(path.name))
    ]
