"""The gate: the server answers only requests for this machine, and writes for a login only from its own pages.

Label Studio's defaults serve any `Host` and any origin, and check no CSRF token in the API. Then a page that
is open in the same browser can read and write labels, by DNS rebinding or from another port of 127.0.0.1.
"""

import os
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
PUBLIC = "GOLDWIRE_ADDRESS"
"""The environment variable of the address of a reverse proxy before the server, which it then answers to too."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'"
"""Pages load images, styles and scripts from this server alone; the editor needs inline ones."""


class Gate:
    """The middleware that runs before any other."""

    def __init__(self, get_response: Callable[["HttpRequest"], "HttpResponse"]) -> None:
        self.get_response = get_response
        public = _part(os.environ.get(PUBLIC, ""), "hostname")
        self.hosts = HERE | {public} if public else HERE

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        """Refuse a foreign request, and restrict what the pages of the server load."""
        from django.http import JsonResponse

        if fault := refusal(request.method or "", request.META, request.COOKIES, self.hosts):
            return JsonResponse({"detail": fault}, status=403)
        response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response


def refusal(method: str, meta: dict[str, str], cookies: dict[str, str], hosts: Collection[str] = HERE) -> str:
    """Why a request is refused; empty if it is not. `meta` has its headers as CGI names them."""
    host = meta.get("HTTP_HOST", "")
    if _part(f"http://{host}", "hostname") not in hosts:
        return (
            f"this server is not {host[:80]!r}; open it as http://127.0.0.1 with its port, or start it with --address"
        )
    origin = meta.get("HTTP_ORIGIN")
    if origin is not None and _part(origin, "netloc") != host:
        return f"a page of {origin[:80]!r} must not use this server"
    with_login = "sessionid" in cookies and "HTTP_AUTHORIZATION" not in meta
    if method in SAFE or origin is not None or not with_login:
        return ""
    own = _part(meta.get("HTTP_REFERER", ""), "netloc") == host
    return "" if own else "a change with a login must come from a page of this server (no Origin, no Referer)"


def _part(url: str, name: str) -> str | None:
    try:
        return getattr(urlsplit(url), name) or None
    except ValueError:
        return None
