"""The player in a real Chromium: frames a second, cost on the server, work at rest, time to the first picture.

    python -m benchmarks.player [--seconds 20]

Starts the server itself on a free loopback port and stops it. Prints a table, writes benchmarks/results/.
"""

import argparse
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.chromium import launch
from benchmarks.server import ROOT, Server, keep, running

PLAYER = "[data-testid=film-player]"
VIEW = {"width": 1280, "height": 1000}  # every picture visible
LONG_RUN = "?v=1&training.epochs=4000"  # so that it plays through all measurements
MARKS = """new MutationObserver(() => {
  const player = document.querySelector("[data-testid=film-player]")
  if (player?.dataset.framesDrawn) window.firstPicture ??= performance.now()
  if (player?.querySelector(".scatterlayer .point")) window.firstPoints ??= performance.now()
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-frames-drawn"] })"""

TIMER = """() => {
  const player = document.querySelector("[data-testid=film-player]"), before = player.dataset.run
  window.drawnAt = 0
  document.addEventListener("click", () => { window.clickedAt = performance.now() }, { capture: true, once: true })
  new MutationObserver((_, observer) => {
    if (player.dataset.run === before) return
    window.drawnAt = performance.now()
    observer.disconnect()
  }).observe(player, { attributes: true, attributeFilter: ["data-run"] })
}"""


class Visit:
    """One visitor with an empty cache; counts what travels over the websocket."""

    def __init__(self, browser: Browser, url: str, **options) -> None:
        self.context = browser.new_context(**{"viewport": VIEW, **options})
        self.page: Page = self.context.new_page()
        self.asks = self.received = 0
        self.page.on("websocket", self._listen)
        self.page.add_init_script(MARKS)
        self.page.goto(url)
        self.page.wait_for_selector(f"{PLAYER}[data-frames-drawn]", timeout=60_000)

    def _listen(self, socket) -> None:
        def sent(_) -> None:
            self.asks += 1

        def received(data) -> None:
            self.received += len(data)

        socket.on("framesent", sent)
        socket.on("framereceived", received)

    def value(self, name: str) -> str:
        return self.page.get_attribute(PLAYER, f"data-{name}") or ""

    def look(self, server: Server) -> dict[str, float]:
        return {"time": time.perf_counter(), "frames": int(self.value("frames-drawn")), "cpu": server.usage()[0],
                "asks": self.asks, "bytes": self.received}

    def over(self, server: Server, seconds: float) -> dict[str, float]:
        """What changed while `seconds` passed."""
        before = self.look(server)
        self.page.wait_for_timeout(1000 * seconds)
        after = self.look(server)
        return {name: after[name] - before[name] for name in before}

    def wait_for(self, state: str) -> None:
        self.page.wait_for_selector(f"{PLAYER}[data-state={state}]", timeout=30_000)


def opening(visit: Visit) -> dict[str, float]:
    visit.page.wait_for_selector(f"{PLAYER} .scatterlayer .point", timeout=30_000)
    return {"open to first picture, empty cache, s": visit.page.evaluate("window.firstPicture") / 1e3,
            "open to first points, empty cache, s": visit.page.evaluate("window.firstPoints") / 1e3}


def playing(visit: Visit, server: Server, seconds: float) -> dict[str, float]:
    visit.page.get_by_label("Speed").select_option("1")
    visit.wait_for("playing")
    visit.page.wait_for_timeout(1500)
    change = visit.over(server, seconds)
    frames = max(1, change["frames"])
    return {"drawn frames/s, all pictures": frames / change["time"],
            "server CPU, % of a core": 100 * change["cpu"] / change["time"],
            "server CPU a drawn frame, ms": 1e3 * change["cpu"] / frames,
            "bytes a drawn frame": change["bytes"] / frames}


def resting(visit: Visit, server: Server, seconds: float, what: str) -> dict[str, float]:
    visit.page.wait_for_timeout(1500)  # what is under way may still come
    change = visit.over(server, seconds)
    return {f"{what}: frames drawn": change["frames"], f"{what}: asks": change["asks"],
            f"{what}: server CPU, % of a core": 100 * change["cpu"] / change["time"]}


def switching(visit: Visit) -> float:
    """Seconds from the click on another activation, as the browser gets it, to the first drawn frame of the new run."""
    taken = []
    for activation in ("ReLU", "sigmoid", "tanh", "ReLU", "sigmoid"):
        button = visit.page.locator("[data-testid=stSidebar]").get_by_role("radio", name=activation, exact=True).first
        visit.page.evaluate(TIMER)
        button.click()
        visit.page.wait_for_function("() => window.drawnAt", timeout=30_000)
        taken.append(visit.page.evaluate("window.drawnAt - window.clickedAt") / 1e3)
        visit.page.wait_for_timeout(700)
    return sorted(taken)[len(taken) // 2]


def lab(browser: Browser, server: Server, seconds: float) -> dict[str, float]:
    """The Gradient lab: two twins of ten layers with all its pictures."""
    visit = Visit(browser, f"{server.url}/gradient_lab?v=1&twins=2&B.network.layers={'~'.join(['10-relu'] * 10)}"
                           "&training.epochs=4000", viewport={"width": 1280, "height": 1500})
    visit.page.wait_for_timeout(1500)
    found = {"lab: activation switch to first new frame, s": switching(visit)}
    if visit.value("state") != "playing":
        visit.page.click(f"{PLAYER} .play")
    found |= {f"lab, two twins: {name}": value for name, value in playing(visit, server, seconds).items()}
    visit.context.close()
    return found


def measure(server: Server, seconds: float) -> dict[str, float]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            Visit(browser, f"{server.url}/playground").context.close()  # the first visitor of a server waits for its imports
            first = Visit(browser, f"{server.url}/playground")
            result = opening(first)
            result["activation switch to first new frame, s"] = switching(first)
            first.context.close()
            visit = Visit(browser, f"{server.url}/playground{LONG_RUN}")
            if visit.value("state") != "playing":
                visit.page.click(f"{PLAYER} .play")
            result |= playing(visit, server, seconds)
            # Headless pages never count as hidden; to be out of sight is the same to the player.
            visit.page.evaluate("document.querySelector('.film-player').style.display = 'none'")
            result |= resting(visit, server, seconds, "out of sight")
            visit.page.evaluate("document.querySelector('.film-player').style.display = ''")
            visit.page.click(f"{PLAYER} .play")
            visit.wait_for("paused")
            result |= resting(visit, server, seconds, "paused")
            visit.context.close()
            return result | lab(browser, server, seconds)
        finally:
            browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="length of each measurement")
    options = parser.parse_args()
    with running(ROOT / "app.py") as server:
        result = measure(server, options.seconds)
    width = max(map(len, result))
    for name, value in result.items():
        print(f"{name:<{width}}  {value:12,.2f}")
    keep("player", result)


if __name__ == "__main__":
    main()
