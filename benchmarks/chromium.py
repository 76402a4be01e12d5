"""Finds and starts a real Chromium: the system's own, else Playwright's."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright

QUIET = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def executable() -> str | None:
    """Path of an installed Chromium or Chrome; None when only Playwright's own can be tried."""
    if Path("/usr/bin/chromium").exists():
        return "/usr/bin/chromium"
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch(playwright: Playwright, *more: str) -> Browser:
    """A headless browser. more: options of its command line. Raises RuntimeError that says what to install
    when there is none."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        return playwright.chromium.launch(
            executable_path=executable(), args=[*QUIET, *more] + (["--no-sandbox"] if root else [])
        )
    except Error as error:
        raise RuntimeError(
            "Expected a Chromium that starts; install it with `apt-get install chromium` or "
            f"`playwright install chromium`. It said: {error.message.splitlines()[0]}"
        ) from error
