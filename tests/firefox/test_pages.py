"""Every page once in Firefox: it loads, its film goes on, its console is quiet."""

import os

import pytest

from benchmarks.server import ROOT, running
from tests.firefox.bidi import firefox
from ui.path import LESSONS

LABS = [f"{lesson.page}?view=lab" for lesson in LESSONS if lesson.group == "architectures"]
FILMS = ["", "playground", "gradient_lab", "your_data", "puzzles", *LABS]
VIEWS = [*FILMS, "gradient_lab?demo=1", *(lesson.page for lesson in LESSONS)]
PLAYER = "document.querySelector('[data-testid=film-player]')?.dataset"
SETTLED = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stMain]')"
BROKEN = "[data-testid=stException], [data-testid=stAlertContentError]"
SPACE, RIGHT, ESCAPE = "\ue00d", "\ue014", "\ue00c"
SHOW = "[...document.querySelectorAll('button')].find((b) => b.innerText.includes('Just show me'))"


@pytest.fixture(scope="module")
def browser():
    try:
        with running(ROOT / "app.py") as server, firefox(server.url) as started:
            yield started
    except FileNotFoundError as error:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(error))


def is_habit(error: str) -> bool:
    """Streamlit's messages would count with WebAssembly, and do without where the policy refuses it (ui/door.py)."""
    return "blocked WebAssembly" in error


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_alive_and_its_console_quiet(browser, view):
    browser.open(view)
    browser.wait(SETTLED)
    browser.wait("document.querySelector('.film-player[data-frames-drawn], .js-plotly-plot, canvas')")
    if not view:
        browser.press(ESCAPE)  # out of the tour, which waits for a guess
    if view in LABS:  # which ask first, too
        browser.wait(SHOW)
        browser.value(f"{SHOW}.click()")
    if view in FILMS:
        browser.wait(f"+{PLAYER}?.epoch > 0")
        seen = browser.value(f"+{PLAYER}.epoch")
        browser.wait(f"+{PLAYER}.epoch > {seen} || {PLAYER}.state === 'finished'")
    assert browser.value(f"document.querySelector({BROKEN!r})?.innerText") is None
    assert [error for error in browser.errors if not is_habit(error)] == []


def test_keys_move_the_film(browser):
    browser.open("playground")
    browser.wait(f"+{PLAYER}?.epoch > 0")
    browser.press(SPACE)
    browser.wait(f"{PLAYER}.state === 'paused'")
    seen = browser.value(f"+{PLAYER}.epoch")
    browser.press(RIGHT)
    browser.wait(f"+{PLAYER}.epoch > {seen}")


def test_a_presenter_drags_large_handles(browser):
    browser.open("gradient_lab")
    browser.wait(f"+{PLAYER}?.epoch > 0")
    handle = "getComputedStyle(document.querySelector('.film-player input[type=range]'), '::-moz-range-thumb').width"
    usual = float(browser.value(handle).removesuffix("px"))
    browser.value("[...document.querySelectorAll('button')].find((b) => b.innerText.includes('Present')).click()")
    browser.wait("document.querySelector('.film-player[data-present]')")
    assert float(browser.value(handle).removesuffix("px")) > 1.5 * usual


def test_a_figure_is_kept_as_a_picture(browser):
    browser.open("losses")
    browser.wait("document.querySelector('.live-figure[data-drawn]')")
    browser.value("(URL.createObjectURL = new Proxy(URL.createObjectURL, { apply(make, on, [blob]) { window.kept = blob; "
                  "return Reflect.apply(make, on, [blob]); } })) && 0")
    browser.value("document.querySelector('.live-figure .keep button').click()")
    browser.wait("window.kept?.type === 'image/png'")
    browser.value("createImageBitmap(window.kept).then(({ width }) => { window.across = width; }) && 0")
    browser.wait("window.across === 1920")
