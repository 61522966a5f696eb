"""Which Chromium the browser tests drive. A machine without one gets Debian's, or the tests fail and say so."""

import os
import shutil
import subprocess

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A container's root has no user namespaces to build the sandbox from; the pages are our own.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-dev-shm-usage"]


class NoChromium(Exception):
    """No browser is here and none can be had."""


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium.

    Raises:
        NoChromium: Saying what was tried.
    """
    path = os.environ.get("CHROMIUM_PATH") or _on_this_machine() or _from_debian()
    if path:
        return playwright.chromium.launch(executable_path=path, args=OPTIONS)
    try:
        return playwright.chromium.launch(args=OPTIONS)
    except Exception as error:
        raise NoChromium(
            f"No Chromium: CHROMIUM_PATH is not set, none of {', '.join(NAMES)} is on the PATH, Debian's package could "
            "not be installed, and Playwright has none of its own. Install one and set CHROMIUM_PATH."
        ) from error


def _on_this_machine() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, check=False, capture_output=True, timeout=600, env=environment)
    return shutil.which("chromium")
