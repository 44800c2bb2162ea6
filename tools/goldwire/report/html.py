"""The page of the HTML report: its data, its style and its script, which loads nothing from any network.

Texts are in it as JSON only, escaped here in one place, and the script makes text nodes of them. The page's content
security policy allows its style and its script by hash, and nothing else.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from string import Template

SCRIPTS = (
    "data",
    "dom",
    "parts",
    "text",
    "article",
    "panel",
    "corpus",
    "labels",
    "document",
    "registry",
    "pairs",
    "scores",
    "run",
    "against",
    "main",
)
STYLES = ("report", "marks", "scores", "media")
"""The parts of the script and of the style, in the order of the file."""
ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""Characters that could end a script element or a line; in JSON they occur only inside strings."""
HALF_PAIR = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair, which UTF-8 cannot encode: file names and labels of systems may have one."""


def report_html(data: Mapping[str, object]) -> str:
    """The report of some data (see `corpus_data`) as a whole HTML file; the same data give the same bytes.

    The script of data with `parts` may load the files of pages, and is the only one that may.
    """
    style = "\n".join(_part(f"{name}.css") for name in STYLES)
    script = "\n".join(_part(f"{name}.js") for name in SCRIPTS)
    return Template(_part("report.html")).substitute(
        style=style,
        style_hash=_source(style),
        script=script,
        script_hash=_source(script) + (" 'strict-dynamic'" if "parts" in data else ""),
        data=embedded(data),
    )


def embedded(data: object) -> str:
    """Data as JSON that is safe inside a script element, whatever its strings contain."""
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return HALF_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", made)


def _part(name: str) -> str:
    return (files("goldwire.report") / "page" / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """How a content security policy names an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
