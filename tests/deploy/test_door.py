"""Two real processes behind a real nginx with the settings of deploy/: who goes where, files, and a process that is killed."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import ExitStack
from getpass import getuser
from pathlib import Path
from signal import SIGKILL

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from tests.browser.conftest import PLAYER, ROOT, _free_port, _wait_until_up, browser, new_page, page, settled, usual
from tests.browser.test_playground import run_id, wait_for

__all__ = ["browser", "new_page", "page", "usual"]
SEATS = (1, 2)


class Door:
    """nginx and the processes behind it, each of which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ports = folder, {seat: _free_port() for seat in SEATS}
        self.processes: dict[int, subprocess.Popen] = {}
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self, seat: int) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1",
                   f"--server.port={self.ports[seat]}", "--server.headless=true"]
        self.processes[seat] = self._run(command, f"app{seat}.txt", PLAYGROUND_SEAT=str(seat), PLAYGROUND_WORKERS="0")

    def _run(self, command: list[str], log: str, **env: str) -> subprocess.Popen:
        with (self.folder / log).open("a") as out:
            return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out)

    def ready(self, seat: int) -> None:
        _wait_until_up(f"http://127.0.0.1:{self.ports[seat]}", self.processes[seat], self.folder / f"app{seat}.txt")

    def kill(self, seat: int) -> None:
        self.processes[seat].send_signal(SIGKILL)
        self.processes[seat].wait()

    def open(self) -> subprocess.Popen:
        """Starts nginx with the settings of deploy/, at these ports and with its files in this folder."""
        settings = (ROOT / "deploy" / "nginx.conf").read_text()
        for seat in SEATS:
            settings = settings.replace(f"127.0.0.1:{8500 + seat}", f"127.0.0.1:{self.ports[seat]}")
        settings = settings.replace("listen 8080", f"listen 127.0.0.1:{self.port}").replace("/tmp/", f"{self.folder}/")
        (self.folder / "nginx.conf").write_text(settings)
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        as_we_are = f"user {getuser()};" if os.getuid() == 0 else ""  # another one may not enter the folders of tests
        return self._run([nginx, "-c", str(self.folder / "nginx.conf"), "-g", f"daemon off; {as_we_are}"], "nginx.txt")

    def seat_of(self, cookie: str = "") -> str:
        """Which process accepts a connection that comes with this cookie."""
        headers = {"Cookie": f"seat={cookie}"} if cookie else None
        with connect(self.url.replace("http", "ws") + "/_stcore/stream", origin=self.url, subprotocols=["streamlit", "x"],
                     additional_headers=headers, proxy=None) as socket:
            found = re.search(r"seat=(\d+)", socket.response.headers["Set-Cookie"])
            return found[1]


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        words = "There is no nginx here; on Debian: apt-get install nginx-light."
        pytest.fail(words) if os.environ.get("CI") == "true" else pytest.skip(words)
    made = Door(tmp_path_factory.mktemp("door"))
    for seat in SEATS:
        made.start(seat)
    for seat in SEATS:
        made.ready(seat)
    with ExitStack() as stack:
        nginx = made.open()
        _wait_until_up(made.url, nginx, made.folder / "nginx.txt")
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        yield made
    for process in made.processes.values():
        process.kill()
        process.wait()


@pytest.fixture
def server(door):
    return door.url


def test_a_class_from_one_address_is_spread_and_everybody_comes_back_to_his_process(door):
    seats = [door.seat_of() for _ in range(20)]
    assert min(Counter(seats).values()) >= 5 and set(seats) == {"1", "2"}
    assert [door.seat_of(seat) for seat in seats] == seats
    assert {door.seat_of(forged) for forged in ("3", "127.0.0.1:22", "seat1")} <= {"1", "2"}


def test_another_process_takes_whose_process_was_killed(door):
    door.kill(1)
    assert [door.seat_of("1") for _ in range(5)] == ["2"] * 5  # at once, however often
    assert [door.seat_of() for _ in range(5)] == ["2"] * 5
    door.start(1)
    door.ready(1)
    assert door.seat_of("2") == "2"  # who was taken stays
    deadline = time.monotonic() + 15
    while door.seat_of() != "1":
        assert time.monotonic() < deadline, "The process that is back gets no visitors."


def put(url: str, size: int) -> int:
    request = urllib.request.Request(url + "/_stcore/upload_file/x/y", bytes(size), method="PUT")
    try:
        return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_larger_files_than_the_app_takes_do_not_pass(door):
    assert put(door.url, 12_000_000) == 413  # nginx says so
    assert put(door.url, 10_400_000) == 403  # the app hears of it: it comes without a token


def flowers(rows: int) -> bytes:
    lines = (f"{at % 13}.{at % 7},{at * 7 % 29},{'ab'[at % 2]}\n" for at in range(rows))
    return ("width,height,kind\n" + "".join(lines)).encode()


def seat_in(page: Page) -> int:
    """The process that this browser belongs to."""
    return int(next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "seat"))


def bring(page: Page, rows: int) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": "flowers.csv", "mimeType": "text/csv", "buffer": flowers(rows)})
    expect(page.get_by_text(f"flowers.csv: {rows} rows")).to_be_visible(timeout=15_000)


def test_when_a_process_is_killed_its_visitor_goes_on(door, page):
    page.goto(f"{door.url}/playground?seed=7&training.learning_rate=0.05")
    settled(page)
    page.wait_for_selector(f"{PLAYER}[data-frames-drawn]", timeout=30_000)
    first, film = seat_in(page), run_id(page)
    other = page.context.new_page()
    other.goto(f"{door.url}/your_data")
    settled(other)
    bring(other, 600)
    assert seat_in(other) == first  # the file came to where the session is

    door.kill(first)
    killed = time.monotonic()
    while seat_in(page) == first:
        assert time.monotonic() < killed + 30, "Nobody took the visitor of the killed process."
        page.wait_for_timeout(100)
    print(f"Taken by another process after {time.monotonic() - killed:.1f} s")
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=15_000)
    settled(page)
    wait_for(page, "d.run !== v[0]", film)  # the other process's page has come
    assert "seed=7" in page.url and "training.learning_rate=0.05" in page.url
    page.get_by_test_id("stSidebar").get_by_role("radio", name="ReLU").click()
    expect(page).to_have_url(re.compile("relu"), timeout=15_000)  # the other process has written the address
    assert "seed=7" in page.url

    door.start(first)
    door.ready(first)
    other.reload()
    settled(other)
    bring(other, 500)
    assert seat_in(other) != first  # still where the session is, although the first process is back
