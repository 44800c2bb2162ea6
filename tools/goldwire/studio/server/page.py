"""The page: a middleware that gives the server's pages the one script of the labelling page, and serves it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.corpus.files import sha256

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PATH = "/goldwire/labelling.js"


class Page:
    """The middleware; the script's address has its hash, so that a browser never keeps an old one."""

    def __init__(self, get_response: Callable[["HttpRequest"], "HttpResponse"]) -> None:
        self.get_response = get_response
        self.script = Path(__file__).with_name("labelling.js").read_bytes()
        self.address = f"{PATH}?{sha256(self.script)[:12]}"

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        """Answer a request for the script, or add the script to an HTML page."""
        from django.http import HttpResponse

        if request.path == PATH:
            return HttpResponse(self.script, content_type="text/javascript; charset=utf-8")
        response = self.get_response(request)
        if not getattr(response, "streaming", False) and response.get("Content-Type", "").startswith("text/html"):
            script = f'<script nonce="{getattr(request, "csp_nonce", "")}" src="{self.address}"></script></head>'
            response.content = response.content.replace(b"</head>", script.encode(), 1)
            response["Content-Length"] = str(len(response.content))
        return response
