"""The server starts anew while tabs are open: whatever is gone is said, and everything goes on."""

import re

import pytest
from playwright.sync_api import expect

from benchmarks.server import ROOT, running
from tests.browser.conftest import settled
from tests.browser.test_playground import PLAYER, run_id, wait_for
from tests.browser.test_your_data import drop, view

TABLE = b"size,word\n" + b"".join(b"%d,w%d\n" % (at, at % 3) for at in range(60))
FORGOTTEN = re.compile("this film begins again")


@pytest.fixture
def own_server():
    with running(ROOT / "app.py") as server:
        yield server


def show(page, hidden: bool) -> None:
    """As when its visitor goes to another tab of the browser, or comes back."""
    page.evaluate("hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
                  " document.dispatchEvent(new Event('visibilitychange')) }", hidden)


def test_a_server_that_starts_anew_says_what_is_gone(own_server, new_page):
    table, film = new_page(), new_page()
    table.goto(f"{own_server.url}/your_data")
    film.goto(f"{own_server.url}/playground?training.epochs=30")
    settled(table)
    drop(table, "mine.csv", TABLE)
    expect(table.get_by_text("mine.csv: 60 rows")).to_be_visible(timeout=30_000)
    wait_for(film, "d.state === 'finished'")
    before = run_id(film)
    show(film, hidden=True)

    own_server.stop()
    for page in (table, film):
        page.wait_for_selector("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])", timeout=30_000)
    own_server.start()
    own_server.wait_until_ready()
    for page in (table, film):
        page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=60_000)

    view(table, "How good is it?")
    expect(table.get_by_text(re.compile("Your file is not here"))).to_be_visible(timeout=30_000)
    drop(table, "mine.csv", TABLE)
    expect(table.get_by_text("mine.csv: 60 rows")).to_be_visible(timeout=30_000)
    expect(table.get_by_text(re.compile("Your file is not here"))).to_be_hidden(timeout=30_000)

    show(film, hidden=False)
    expect(film.locator(PLAYER).get_by_text(FORGOTTEN)).to_be_visible(timeout=30_000)
    assert run_id(film) != before
    wait_for(film, "d.state === 'finished'")
    assert "Traceback" not in own_server.text()
