"""A real server and a real Chromium. Without a browser the tests are skipped, with CI=true they fail."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from benchmarks.chromium import launch

ROOT = Path(__file__).resolve().parents[2]
PLAYER = "[data-testid=film-player]"
PAGE = ".stMain, [data-testid=stSidebarUserContent]"
START_SECONDS = 60
expect.set_options(timeout=30_000)  # as other waits have: how long a page takes says more of the machine than of the code


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(url: str, process: subprocess.Popen, log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            opener.open(f"{url}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    process.kill()
    pytest.fail(f"The server did not start within {START_SECONDS} s:\n{log.read_text()}")


@contextmanager
def serving(folder: Path, log: Path, **env: str) -> Iterator[str]:
    """Address of the app in a folder, started as a user starts it."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1",
               f"--server.port={port}", "--server.headless=true"]
    with log.open("w") as out, subprocess.Popen(
            command, cwd=folder, env={**os.environ, **env}, stdout=out, stderr=out) as process:
        try:
            _wait_until_up(url, process, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of our app."""
    with serving(ROOT, tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium for all tests."""
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright, "--process-per-site")
        except RuntimeError as error:
            if os.environ.get("CI") == "true":
                pytest.fail(str(error))
            pytest.skip(str(error))
        yield chromium
        chromium.close()


def _is_habit(message: ConsoleMessage) -> bool:
    """Opened by its own address, a page makes Streamlit look for its server below that address: two 404s."""
    return "404" in message.text and "/_stcore/" in message.location.get("url", "")


@pytest.fixture(scope="session")
def usual(browser: Browser) -> BrowserContext:
    """What pages without options share: scripts once fetched, and compiled, as long as one page stays open. Every page is a
    session of its own for the server."""
    return browser.new_context(viewport={"width": 1280, "height": 800})


@pytest.fixture
def new_page(browser: Browser, usual: BrowserContext, server: str) -> Iterator[Callable[..., Page]]:
    """Makes pages: `new_page(viewport=…, color_scheme=…, reduced_motion=…)`. What else a browser context has, such as
    `has_touch`, needs one of its own, which fetches all scripts anew.

    `page.errors` collects console errors and exceptions, `page.outside` every request that leaves the server.
    """
    contexts, pages = [], []

    def make(viewport: dict[str, int] | None = None, color_scheme: str | None = None, reduced_motion: str | None = None,
             **options) -> Page:
        if not usual.pages:
            usual.new_page().goto(f"{server}/_stcore/health")  # it stays open
        if options:
            contexts.append(browser.new_context(**options))
        page = (contexts[-1] if options else usual).new_page()
        page.set_viewport_size(viewport or {"width": 1280, "height": 800})
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        pages.append(page)
        page.errors, page.outside = [], []
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" and not _is_habit(m) else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        own = {"127.0.0.1:" + server.rpartition(":")[2], ""}
        page.on("request", lambda r: page.outside.append(r.url) if urlsplit(r.url).netloc not in own else None)
        page.on("websocket", lambda w: page.outside.append(w.url) if urlsplit(w.url).netloc not in own else None)
        return page

    yield make
    for page in pages:
        page.goto(f"{server}/_stcore/health")  # where nothing runs that would write again
        page.evaluate("localStorage.clear()")
        page.close()
    for context in contexts:
        context.close()
    usual.clear_cookies()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page at 1280 × 800."""
    return new_page()


def settled(page: Page) -> None:
    """Waits until the page's script has run to its end."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


@pytest.fixture
def visit(server: str) -> Callable[..., Page]:
    """Opens a path of the app and waits until it stands: `visit(page, "playground", player=True)`. A lab that asks first is
    asked for its film."""

    def go(page: Page, path: str = "", player: bool = False) -> Page:
        page.goto(f"{server}/{path}")
        settled(page)
        if player:
            page.wait_for_selector(f"{PLAYER}[data-frames-drawn]")
            if (film := page.get_by_role("button", name="Just show me")).count():
                film.click()
                expect(page.locator(".st-key-guessing")).to_have_count(0)
                page.wait_for_selector(f"{PLAYER}[data-frames-drawn]")
        return page

    return go


def faults(page: Page, context: str | None = PAGE) -> list[tuple[str, str, str]]:
    """What axe finds in the light, and of contrast in the dark, which one page is switched between: scheme, rule, place. It
    begins with what the page is in. context: where, or None for the whole page"""
    found, schemes = [], {"dark": {"runOnly": ["color-contrast"]}, "light": {}}
    for scheme in sorted(schemes, reverse=page.evaluate("() => matchMedia('(prefers-color-scheme: light)').matches")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f":is(.film-player, .live-figure):not([data-theme={scheme}])")).to_have_count(0)
        settled(page)
        expect(page.locator("[data-stale=true]")).to_have_count(0)  # pale, until the script has come to it
        page.evaluate("() => document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish())")
        seen = Axe().run(page, context=context, options={"resultTypes": ["violations"], **schemes[scheme]}).response
        found += [(scheme, one["id"], node["html"][:200]) for one in seen["violations"] for node in one["nodes"]]
    return found


def idea(page: Page, key: str) -> None:
    """Goes to an idea of the lesson by the list of all of them."""
    page.locator(".st-key-way").get_by_role("button", name=re.compile(r"^\d+ of \d+: ")).click()
    page.locator(f".st-key-way-{key} button").click()
