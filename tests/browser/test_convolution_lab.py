"""The Convolution lab in a real browser: it learns, pictures are chosen and drawn by mouse and by keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, faults
from tests.browser.test_playground import button, epoch, hasten, pause, run_id, scrub, wait_for

PAD = "[data-testid=drawing-pad]"


@pytest.fixture
def lab(page, visit):
    return visit(page, "convolution?view=lab", player=True)


def test_it_reads_digits_soon_its_pictures_move_and_another_network_stands_beside_it(lab):
    words = lab.locator(f"{PLAYER} .words")
    expect(words).to_contain_text(re.compile(r"Held-out accuracy (9[5-9]|100)"))
    pause(lab)
    note = lab.locator(f"{PLAYER} .filters .layers")
    later = note.get_attribute("aria-label")
    scrub(lab, 0)
    wait_for(lab, "+d.epoch === 0")
    assert note.get_attribute("aria-label") != later and "epoch 0" in note.get_attribute("aria-label")
    for picture in ("filters", "maps"):
        ink = lab.evaluate(f"""() => [...document.querySelectorAll("{PLAYER} section.{picture} canvas")].map((canvas) =>
            new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size)""")
        assert ink and all(colours > 8 for colours in ink), picture

    scrub(lab, 0.5)
    wait_for(lab, "+d.epoch > 0.4 && +d.epoch < 0.6")
    here = epoch(lab)
    button(lab, "One frame on").click()
    wait_for(lab, "+d.epoch > v[0]", here)
    assert 0 < epoch(lab) - here < 0.2
    lab.get_by_role("radio", name="Training picture: 0").focus()
    lab.keyboard.press("ArrowRight")
    expect(lab.get_by_role("radio", name="Training picture: 1")).to_be_focused()
    expect(lab.get_by_role("radio", name="Training picture: 1")).to_have_attribute("aria-checked", "true")
    expect(lab.locator(f"{PLAYER} .maps .tiles").first).to_have_attribute("aria-label", re.compile("picture of 1"))

    sidebar = lab.locator("[data-testid=stSidebar]")
    sidebar.get_by_role("button", name="Keep this network on the stage").click()
    sidebar.get_by_role("button", name="Remove layer 2").click()
    wait_for(lab, "d.run?.split(' ').length === 2")
    expect(lab.locator(f"{PLAYER} .words")).to_contain_text("kept: other layers")
    sidebar.get_by_role("button", name="Let the kept network go").click()
    wait_for(lab, "d.run?.split(' ').length === 1")
    assert lab.errors == []


def test_a_drawing_is_answered_and_drawings_become_classes_by_mouse_and_by_keys(lab):
    hasten(lab)
    wait_for(lab, "d.state === 'finished'")
    verdict, sheet = lab.locator(f"{PAD} .verdict"), lab.locator(f"{PAD} .sheet")
    expect(lab.locator(f"{PAD} .words")).to_contain_text("Nothing is drawn yet")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in ((0.3, 0.15), (0.7, 0.15), (0.45, 0.88))]
    lab.mouse.move(*at[0])
    lab.mouse.down()
    for point in at[1:]:
        lab.mouse.move(*point, steps=8)
    lab.mouse.up()
    expect(verdict).to_have_text("It says 7")
    lab.locator(PAD).get_by_role("button", name="Clear").click()
    expect(lab.locator(f"{PAD} .words")).to_contain_text("Nothing is drawn yet")
    sheet.focus()
    for key in ("Space", *["ArrowDown"] * 14, "Space"):
        lab.keyboard.press(key)
    expect(verdict).to_have_text("It says 1")
    lab.keyboard.press("Backspace")
    expect(lab.locator(f"{PAD} .words")).to_contain_text("Nothing is drawn yet")

    lab.get_by_role("button", name="Your own drawings").click()
    pad = lab.locator(PAD)
    names, line = pad.locator(".row .name"), ("Space", *["ArrowDown"] * 9, "Space")
    expect(names).to_have_text(["A (5)", "B (5)", "C (5)"])
    assert faults(lab) == []
    pad.get_by_role("button", name="Take all away").click()
    expect(pad.locator(".draft")).to_contain_text("No drawing is kept yet")
    before = run_id(lab)
    sheet.focus()
    for key in (*line, "a"):
        lab.keyboard.press(key)
    expect(names).to_have_text(["A (1)"])
    assert run_id(lab) == before  # one class only: the network before stays
    box = sheet.bounding_box()
    lab.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.5 * box["height"])
    lab.mouse.down()
    lab.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"], steps=8)
    lab.mouse.up()
    pad.get_by_role("button", name="Keep the drawing as an example of B").click()
    expect(names).to_have_text(["A (1)", "B (1)"])
    hasten(lab)
    wait_for(lab, "d.run !== v[0] && d.state === 'finished'", before)
    expect(lab).to_have_url(re.compile("data.sketches"))
    sheet.focus()
    for key in ("ArrowUp",) * 9 + line:
        lab.keyboard.press(key)
    expect(pad.locator(".verdict")).to_have_text("It says A")
    pad.get_by_role("button", name="Take away drawing 1 of B").press("Enter")
    expect(names).to_have_text(["A (1)"])
    assert lab.errors == []
