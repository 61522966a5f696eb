"""The one page that the web app lives on: names the files that the build made, under a strict policy of contents."""

import functools
import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

ENTRY = "src/main.tsx"


class WebAppNotBuilt(Exception):
    """`frontend/dist` has no manifest: run `make setup`."""


@dataclass(frozen=True)
class Built:
    """Addresses, below STATIC_URL, of what the page loads first."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


@never_cache
@ensure_csrf_cookie
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The app's page, whatever the path: the app itself knows its addresses."""
    try:
        built = read_manifest(settings.WEB_APP_DIST / ".vite" / "manifest.json")
    except WebAppNotBuilt as error:
        return HttpResponse(str(error), status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain")
    return render(request, "web_app.html", {"built": built})


@functools.cache
def read_manifest(path: Path) -> Built:
    """What Vite's build wrote.

    Raises:
        WebAppNotBuilt: There is no such file.
    """
    try:
        manifest: dict[str, dict[str, Any]] = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise WebAppNotBuilt(f"The web app is not built ({path} is missing). Run `make setup`.") from error
    entry = manifest[ENTRY]
    imported = tuple(f"app/{manifest[name]['file']}" for name in entry.get("imports", ()))
    return Built(f"app/{entry['file']}", tuple(f"app/{name}" for name in entry.get("css", ())), imported)
