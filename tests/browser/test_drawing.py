"""Your own drawing in a real browser: points put, dragged, erased and taken back while the network learns from them."""

import re
from math import cos, hypot, pi, sin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ann_core.data.made.drawn import EXAMPLE
from ann_core.run.link import from_query

PLAYER = "[data-testid=film-player]"
EMPTY = (-2.6, 2.6)  # a corner where the example has no point


@pytest.fixture
def drawing(page, visit):
    """The playground with the example drawing."""
    return visit(page, "playground?data.source=drawn", player=True)


def place(page, x: float, y: float) -> tuple[float, float]:
    """A point of the plane, in pixels of the window."""
    box = page.locator(f"{PLAYER} .pad").bounding_box()
    return box["x"] + (x + 3) / 6 * box["width"], box["y"] + (3 - y) / 6 * box["height"]


def stroke(page, *path: tuple[float, float]) -> None:
    page.mouse.move(*place(page, *path[0]))
    page.mouse.down()
    for point in path[1:]:
        page.mouse.move(*place(page, *point), steps=4)
    page.mouse.up()


def button(page, label: str):
    return page.locator(f"{PLAYER} .boundary").get_by_role("button", name=label, exact=True)


def counted(page, points: int) -> None:
    expect(page.locator(f"{PLAYER} .tools .note")).to_have_text(f"{points} points")


def points(page) -> tuple[tuple[float, float, int], ...]:
    """The points in the address, which are those that the server learns from."""
    query = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    config, notes = from_query(query)
    assert notes == [] and config.data.source == "drawn"
    return config.data.drawn


def learned(page, count: int, other_than: tuple = ()) -> tuple[tuple[float, float, int], ...]:
    """The same, once there are so many, and others than those."""
    for _ in range(300):
        found = points(page)
        if len(found) == count and found != other_than:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"Expected {count} points, {len(points(page))} are learned from.")


def test_a_ring_of_orange_in_a_field_of_blue_is_learned_and_comes_back_with_the_address(drawing, visit):
    page = drawing
    button(page, "clear all").click()
    counted(page, 0)
    for y in (2.6, -2.6):
        stroke(page, (-2.7, y), (2.7, y))
    stroke(page, (-0.6, 0), (0.6, 0))
    page.keyboard.press("2")
    stroke(page, *((1.5 * cos(k * pi / 8), 1.5 * sin(k * pi / 8)) for k in range(17)))
    count = int(page.locator(f"{PLAYER} .tools .note").inner_text().split()[0])
    drawn = learned(page, count)  # the strokes came quickly one after another, and none is missing
    ring = [hypot(x, y) for x, y, c in drawn if c == 1]
    assert len(ring) >= 15 and all(1.2 <= radius <= 1.8 for radius in ring)
    assert {c for x, y, c in drawn if hypot(x, y) < 1 or abs(y) > 2.2} == {0}
    plot = "document.querySelector('.boundary .js-plotly-plot')"
    page.wait_for_function(f"n => {plot}.data[0].x.length + {plot}.data[1].x.length === n", arg=count)  # its film
    expect(page.locator(f"{PLAYER} .words")).to_have_text(re.compile(r"Epoch \d\d+\. Held-out accuracy (8[5-9]|9\d|100) %"))
    query = page.evaluate("location.search")
    visit(page, f"playground{query}", player=True)
    counted(page, count)
    assert points(page) == drawn and page.evaluate("location.search") == query
    assert page.errors == [] and page.outside == []


def test_points_are_put_moved_erased_and_taken_back_by_mouse_and_by_keys_few_or_too_many(drawing):
    page = drawing
    pad = page.get_by_role("application", name=re.compile("Your drawing: 15 points"))
    pad.focus()
    page.keyboard.press("2")
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(f"{PLAYER} .tools p")).to_have_text("orange point at -0.6, 0.1. 16 points.")
    assert learned(page, 16)[-1] == (-0.6, 0.1, 1)
    assert page.evaluate("document.activeElement.className") == "pad"
    page.keyboard.press("3")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    assert learned(page, 17)[-1] == (-0.6, 0.6, 2)
    expect(page.locator(f"{PLAYER} .tools .chip:visible")).to_have_text(["1", "2", "3", "+"])
    page.keyboard.press("Delete")
    assert learned(page, 16)[-1] == (-0.6, 0.1, 1)
    page.keyboard.press("Control+z")
    assert learned(page, 17)[-1] == (-0.6, 0.6, 2)
    page.keyboard.press("Space")  # the film still hears its own keys
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "paused")
    for count in (16, 15):
        page.keyboard.press("Control+z")
        counted(page, count)
    assert learned(page, 15) == EXAMPLE
    page.keyboard.press("1")

    stroke(page, EMPTY)
    first = learned(page, 16)
    assert first[-1][2] == 0 and hypot(first[-1][0] - EMPTY[0], first[-1][1] - EMPTY[1]) < 0.1
    stroke(page, EMPTY, (-2.0, -2.0))
    moved = learned(page, 16, other_than=first)
    assert moved[:-1] == first[:-1] and hypot(moved[-1][0] + 2, moved[-1][1] + 2) < 0.1
    page.mouse.click(*place(page, -2, -2), button="right")
    assert learned(page, 15) == first[:-1] == EXAMPLE
    button(page, "erase").click()
    stroke(page, (-2.4, -0.6), (-2.1, 0.3))
    assert learned(page, 13) == first[:7] + first[9:15]
    for count in (15, 16, 16, 15):  # erased twice, moved, put
        button(page, "undo").click()
        counted(page, count)
    expect(button(page, "undo")).to_be_disabled()
    assert learned(page, 15) == EXAMPLE

    pad.focus()
    page.keyboard.press("1")  # the eraser is put away
    for y in (2.4, 1.6, 0.8, 0, -0.8):
        stroke(page, (-2.8, y), (2.8, y))
    expect(page.get_by_text("so many points do not fit into it")).to_be_visible()
    assert "data.drawn" not in page.evaluate("location.search")
    button(page, "clear all").click()
    stroke(page, (0, 0))
    expect(page.locator(f"{PLAYER} .sheet")).to_have_class(re.compile("waiting"))
    before = page.get_attribute(PLAYER, "data-run")
    stroke(page, (1, 1))
    expect(page.locator(PLAYER)).not_to_have_attribute("data-run", before)
    expect(page.locator(f"{PLAYER} .notes")).to_contain_text("All points are of one class")
    assert len(learned(page, 2)) == 2 and page.errors == []


def test_touch_on_a_narrow_screen(new_page, visit):
    page = visit(new_page(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark", reduced_motion="reduce"),
                 "playground?data.source=drawn", player=True)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.touchscreen.tap(*place(page, *EMPTY))
    drawn = learned(page, 16)
    assert hypot(drawn[-1][0] - EMPTY[0], drawn[-1][1] - EMPTY[1]) < 0.1
    tools = page.locator(f"{PLAYER} .tools button:visible")
    assert min(tools.evaluate_all("all => all.map(tool => tool.getBoundingClientRect().height)")) >= 40
    found = Axe().run(page, context=f"{PLAYER} .boundary").response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [] and page.errors == []
