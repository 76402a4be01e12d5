"""The lessons in a real Chromium: how long after a key or a click the screen has its whole answer.

    python -m benchmarks.lessons [--pages neuron losses]

Every control of every idea is changed once. The answer is whole when nothing in the page changes any more: the script has run
and its pictures are drawn. Beside it the same for a bare page of Streamlit: one slider and the sentence that it writes.
Starts the servers itself on free loopback ports and stops them. Prints a table, writes benchmarks/results/.
"""

import argparse
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.chromium import launch
from benchmarks.server import ROOT, keep, running
from ui.path import LESSONS

PAGES = tuple(lesson.page for lesson in LESSONS)
ONWARD = "next idea"
QUIET = 350  # ms without a change: the answer is whole
BARE = 'import streamlit as st\nst.write("The number is", st.slider("Number", 0, 100, 50))\n'
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
# When the first key or click came and when the page's own part last changed.
WATCH = """() => {
  window.watched?.disconnect()
  window.asked = window.changed = 0
  for (const kind of ["keydown", "pointerdown"])
    document.addEventListener(kind, () => { window.asked ||= performance.now() }, { capture: true, once: true })
  window.watched = new MutationObserver(() => { window.changed = performance.now() })
  window.watched.observe(document.querySelector("[data-testid=stMain]"),
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-drawn", "data-stale"] })
}"""
ANSWERED = f"""() => window.asked && performance.now() - Math.max(window.asked, window.changed) > {QUIET}
  && document.querySelector("{SETTLED}")"""


def answer(page: Page, act) -> float:
    """Seconds from the key or click in `act` to the last change on the page."""
    page.evaluate(WATCH)
    act()
    page.wait_for_function(ANSWERED, timeout=20_000)
    return max(0.0, page.evaluate("window.changed - window.asked")) / 1e3


def other_option(group: Locator) -> Locator:
    return group.locator("[role=radio][aria-checked=false], button[aria-pressed=false]").first


def controls(page: Page) -> Iterator[tuple[str, Locator, str]]:
    """What can be changed on the idea: its name, where, and the key that changes it (a click when empty)."""
    idea = page.locator(".st-key-idea")
    kinds = (("stSlider", "[type=range], [role=slider]", "ArrowLeft"), ("stNumberInput", "input", "ArrowUp"),
             ("stCheckbox", "input", "Space"), ("stButtonGroup", "", ""))
    for testid, inner, key in kinds:
        found = idea.locator(f"[data-testid={testid}]:visible")
        for i in range(found.count()):
            place = found.nth(i)
            name = (place.locator("label, [data-testid=stWidgetLabel]").first.inner_text() or testid).strip()
            yield name, place.locator(inner).first if inner else other_option(place), key
    for name in ("Step on", "Next sample", "Take this step"):
        button = idea.get_by_role("button", name=name)
        if button.count() and button.first.is_enabled():
            yield name, button.first, ""


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(url)
    page.wait_for_selector(SETTLED, timeout=60_000)
    page.wait_for_timeout(1500)
    return page


def lesson(browser: Browser, url: str) -> Iterator[tuple[str, float]]:
    """Every control of every idea, and the way from idea to idea."""
    page = opened(browser, url)
    onward = page.locator(".st-key-way").get_by_role("button", name="Next")
    for idea in count(1):
        for name, place, key in list(controls(page)):
            if not place.count():
                continue
            if key:
                place.focus()
                yield f"{idea}: {name}", answer(page, lambda key=key: page.keyboard.press(key))
            else:
                yield f"{idea}: {name}", answer(page, place.click)
        if onward.is_disabled():
            break
        yield f"{idea}: {ONWARD}", answer(page, onward.click)
        page.wait_for_timeout(600)
    page.close()


def bare(browser: Browser) -> list[float]:
    """The same question to a page with one slider."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE)
        with running(script) as server:
            page = opened(browser, server.url)
            page.get_by_role("slider").focus()
            taken = [answer(page, lambda: page.keyboard.press("ArrowLeft")) for _ in range(20)]
            page.close()
    return taken


def line(name: str, taken: list[float], floor: float) -> dict[str, float]:
    p50, p95 = np.percentile(taken, [50, 95])
    print(f"{name:<14}{len(taken):>5} answers   p50 {p50:.3f} s   p95 {p95:.3f} s   longest {max(taken):.3f} s   "
          f"p50 / bare {p50 / floor:.1f}")
    return {"answers": len(taken), "p50": p50, "p95": p95, "longest": max(taken), "p50 / bare": p50 / floor}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs="+", default=PAGES, choices=PAGES)
    parser.add_argument("--slowest", type=int, default=15, help="so many of the slowest answers are named")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            floor = bare(browser)
            result = {"bare page": line("bare page", floor, float(np.median(floor)))}
            every: list[tuple[float, str]] = []
            with running(ROOT / "app.py") as server:
                opened(browser, server.url).close()  # the first visitor of a server waits for its imports
                for name in options.pages:
                    found = list(lesson(browser, f"{server.url}/{name}"))
                    result[name] = line(name, [taken for _, taken in found], float(np.median(floor)))
                    every += [(taken, f"{name} {what}") for what, taken in found]
        finally:
            browser.close()
    for name, onward in (("all controls", False), ("to next ideas", True)):
        result[name] = line(name, [taken for taken, what in every if what.endswith(ONWARD) == onward], float(np.median(floor)))
    for taken, what in sorted(every, reverse=True)[:options.slowest]:
        print(f"  {taken:.3f} s  {what}")
    keep("lessons", result)


if __name__ == "__main__":
    main()
