"""The HTML report: one file that holds its data, its style and its script, and asks nothing of any network.

Texts go in as JSON alone, escaped here in one place; the script makes text nodes of them. The page's own
policy names its style and its script by hash and forbids everything else.
"""

import base64
import hashlib
import json
from importlib.resources import files
from string import Template
from typing import Any

SCRIPTS = (
    "dom",
    "text",
    "marks",
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
"""The parts of the script and of the style, in the order in which they stand in the file."""
ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end a script element or a line early; in JSON it can only stand inside a string."""


def report_html(data: dict[str, Any]) -> str:
    """The report of some data (see `html_corpus`) as a whole HTML file; the same data give the same bytes."""
    style = "\n".join(_part(f"{name}.css") for name in STYLES)
    script = "\n".join(_part(f"{name}.js") for name in SCRIPTS)
    return Template(_part("report.html")).substitute(
        style=style,
        style_hash=_source(style),
        script=script,
        script_hash=_source(script),
        data=embedded(data),
    )


def embedded(data: Any) -> str:
    """Data as JSON that can stand inside a script element, whatever its strings hold."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)


def _part(name: str) -> str:
    return (files("goldwire.report") / "page" / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """How a content security policy names an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
