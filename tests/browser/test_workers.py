"""Films that are worked out in other processes, in a real browser."""

import os
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP

import pytest

from benchmarks.server import ROOT, running

PLAYER = "[data-testid=film-player]"


@pytest.fixture
def server(monkeypatch):
    """Our app with one worker process."""
    monkeypatch.setenv("PLAYGROUND_WORKERS", "1")
    with running(ROOT / "app.py") as found:
        yield found


def worked(pid: int) -> int:
    """Its processor time so far, in ticks."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def playing(browser, server):
    """A long film, of which some frames were shown."""
    page = browser.new_page()
    page.goto(f"{server.url}/playground?v=1&training.epochs=3000")
    shows(page, 10)
    return page


def shows(page, more: int) -> None:
    """Until so many frames more were shown."""
    drawn = f"Number(document.querySelector('{PLAYER}')?.dataset.framesDrawn ?? 0)"
    before = page.evaluate(drawn)
    page.wait_for_function(f"v => {drawn} > v", arg=before + more, timeout=60_000)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_a_film_comes_from_a_worker_says_so_when_that_is_late_and_goes_on_when_it_dies(browser, server):
    page = playing(browser, server)
    worker, said = max(server.family()), page.get_by_text("The next pictures are on their way.")
    before = worked(worker)
    shows(page, 130)
    assert worked(worker) > before and not said.is_visible()
    os.kill(worker, SIGSTOP)
    try:
        said.wait_for(state="visible", timeout=20_000)
    finally:
        os.kill(worker, SIGCONT)
    said.wait_for(state="hidden", timeout=20_000)
    shows(page, 50)
    os.kill(worker, SIGKILL)
    shows(page, 130)
    assert worker not in server.family()
    page.close()
