"""The guard: the server refuses a save that would break the gold, while the annotator sees the article.

Before that it fills in what follows from the labels, and stores it with them.

It is a middleware of Django, which Label Studio runs on (see `serve`). A webhook runs only after the save
and cannot show anything on the page. Drafts are not checked, because unfinished work is not a fault, nor
are skipped tasks, because pull takes nothing of them.
"""

import html
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldwire.studio.convert.complete import completed
from goldwire.studio.labelling_config import set_of
from goldwire.studio.save_checks import faults
from goldwire.studio.server.process import adopt_token, read_credentials

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ROOT = "GOLDWIRE_ROOT"
"""The environment variable that contains the path of the corpus."""
SAVES = re.compile(r"^/api/(?:tasks/(?P<task>\d+)/annotations|annotations/(?P<annotation>\d+))/?$")
SHOWN = 25
"""Faults that one refusal shows."""
FALSE = ("", "0", "f", "false", "n", "no", "off", "null", "none")
"""What a form can write for false."""


class Guard:
    """The middleware: checks every save of an annotation in a goldwire project."""

    def __init__(self, get_response: Callable[["HttpRequest"], "HttpResponse"]) -> None:
        self.get_response = get_response
        self.root, self.knows_token = Path(os.environ[ROOT]), False

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        """Answer a faulty save with its faults, and pass on any other request."""
        refused = self._refused(request) if request.method in ("POST", "PATCH", "PUT") else []
        response = _refusal(refused) if refused else self.get_response(request)
        if not self.knows_token or request.path.startswith("/api/current-user/reset-token"):
            self.knows_token = True
            self._adopt_token()
        return response

    def _adopt_token(self) -> None:
        """Keep the stored token of the server's owner in step with the server's, at the start and when it is reset."""
        from rest_framework.authtoken.models import Token

        known = read_credentials(self.root)
        found = Token.objects.filter(user__email=known.user).first() if known else None
        if found is not None:
            adopt_token(self.root, found.key)

    def _refused(self, request: "HttpRequest") -> list[str]:
        save = SAVES.match(request.path)
        if save is None:
            return []
        from tasks.models import Annotation, Task  # modules of the server

        annotation = Annotation.objects.filter(pk=save["annotation"]).first() if save["annotation"] else None
        task = annotation.task if annotation else Task.objects.filter(pk=save["task"]).first()
        name = set_of(task.project.title) if task else None
        if task is None or name is None:
            return []
        sent = _body(request)
        if sent is None:
            return ["the body of the save cannot be read; expected JSON or a form with the field result"]
        results = sent.get("result", annotation.result if annotation else [])
        if _is_true(sent.get("was_cancelled", annotation.was_cancelled if annotation else False)) or (
            annotation and not {"result", "was_cancelled"} & sent.keys()
        ):
            return []
        if isinstance(results, str):
            try:
                results = json.loads(results)
            except ValueError:
                return ["its result is a text that is not JSON; expected a list of results"]
        before = annotation.result if annotation else _predicted(sent.get("parent_prediction"))
        done = completed(task.data, results, before)
        if "result" in sent and done != results:
            _replace_body(request, {**sent, "result": done})
        return [refusal.sentence for refusal in faults(self.root, name, task.data, results)]


def _body(request: "HttpRequest") -> dict[str, Any] | None:
    """The fields of a body, by the parsers of the server's own API; None if they cannot read it."""
    from rest_framework.exceptions import APIException
    from rest_framework.request import Request
    from rest_framework.settings import api_settings

    _ = request.body  # now Django keeps it, so that the server reads it once more
    parsers = [parser() for parser in api_settings.DEFAULT_PARSER_CLASSES]
    try:
        data = Request(request, parsers=parsers).data
    except (APIException, ValueError):
        return None
    return {key: data[key] for key in data} if hasattr(data, "keys") else None


def _predicted(prediction: object) -> object:
    """The results of the prediction that an annotation was made from; none if it was not."""
    from tasks.models import Prediction

    found = Prediction.objects.filter(pk=prediction).first() if str(prediction).isdigit() else None
    return found.result if found else []


def _replace_body(request: Any, sent: dict[str, Any]) -> None:
    """Give the server other fields than were sent, as JSON; the editor shows what is stored after a save."""
    request._body = json.dumps(sent).encode()
    request._stream = io.BytesIO(request._body)
    request._read_started = False
    request.content_type = request.META["CONTENT_TYPE"] = "application/json"
    request.META["CONTENT_LENGTH"] = str(len(request._body))
    request.POST, request._files = {}, {}


def _is_true(value: object) -> bool:
    return value.strip().lower() not in FALSE if isinstance(value, str) else bool(value)


def _refusal(refused: list[str]) -> "HttpResponse":
    """The response that the editor shows as a dialog, with the edits kept.

    The editor shows a refusal in its dialog only if its reason is PAUSED; for any other it shows
    a general message. The dialog interprets its lines as HTML.
    """
    from django.http import JsonResponse

    more = [f"and {len(refused) - SHOWN} more"] if len(refused) > SHOWN else []
    lines = [html.escape(line) for line in refused[:SHOWN]] + more
    what = "1 fault" if len(refused) == 1 else f"{len(refused)} faults"
    body = {
        "detail": f"Not saved: {what}. Your edits are still here; correct them, then save again.",
        "display_context": {"reason": "PAUSED"},
        "validation_errors": {"result": lines},
    }
    return JsonResponse(body, status=403)
