"""The program that our own server runs: `label-studio`, with the guard among its middleware."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from goldwire.studio.server.allowed_origins import PUBLIC
from goldwire.studio.server.template import prepare_database

GATE = "goldwire.studio.server.allowed_origins.Gate"
GUARD = "goldwire.studio.server.save_guard.Guard"
PAGE = "goldwire.studio.server.page.Page"
LIST = "goldwire.studio.server.task_list.TaskList"
SETTINGS = "label_studio.core.settings.label_studio"


def main() -> None:
    """Run `label-studio` with the arguments of this process."""
    spec = find_spec("label_studio")
    if spec is None or spec.origin is None:
        sys.exit("no label_studio here; install it with: pip install 'goldwire[studio]'")
    sys.path.insert(0, str(Path(spec.origin).parent))  # where its settings look for their own modules
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from django.conf import settings

    settings.MIDDLEWARE.insert(0, GATE)
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    if public := os.environ.get(PUBLIC, ""):
        settings.ALLOWED_HOSTS.append(urlsplit(public).hostname)
        settings.CSRF_TRUSTED_ORIGINS = [public]  # the proxy speaks to us by http
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = public.startswith("https:")
    settings.CORS_ALLOW_ALL_ORIGINS = False
    settings.CORS_ALLOWED_ORIGINS = settings.CORS_ALLOWED_ORIGIN_REGEXES = []
    settings.MIDDLEWARE += [PAGE, LIST, GUARD]  # not a settings module of our own: theirs imports itself by name
    prepare_database()
    from label_studio.server import main as label_studio

    label_studio()


if __name__ == "__main__":
    main()
