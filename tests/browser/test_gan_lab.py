"""The GAN lab in a real browser: the clouds come out, noise is followed by keys, runs stand side by side, points are drawn."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, faults
from tests.browser.test_playground import address, button, hasten, pause, scrub, wait_for

SHORT = "gan?view=lab&training.epochs=8"
WORDS, PICTURE = f"{PLAYER} .words", f"{PLAYER} .samples .panels .picture"


def colours(page, canvases: str) -> list[int]:
    """How many colours each of these canvases shows."""
    return page.locator(canvases).evaluate_all("""nodes => nodes.map((canvas) =>
        new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)""")


def test_the_clouds_come_out_and_every_moment_is_reached_again(page, visit):
    lab = visit(page, "gan?view=lab", player=True)
    expect(lab.locator(WORDS)).to_contain_text("8 of 8 clouds", timeout=60_000)
    pause(lab)
    later = lab.locator(PICTURE).get_attribute("aria-label")
    assert re.search(r"at round [\d,]+: \d of 8 clouds covered, \d+ % of the samples good", later)
    scrub(lab, 0)
    expect(lab.locator(WORDS)).to_contain_text("Round 0.")
    expect(lab.locator(PICTURE)).to_have_attribute("aria-label", re.compile("at round 0:"))
    assert all(count > 8 for count in colours(lab, f"{PICTURE} > canvas, {PLAYER} .noise canvas"))
    for name in ("judge's verdict", "grid of the noise"):
        lab.locator(f"{PLAYER} .samples .choice", has_text=name).click()
    expect(lab.locator(f"{PICTURE} > canvas").first).to_be_hidden()
    noise = lab.locator(f"{PLAYER} .noise .picture")
    noise.focus()
    lab.keyboard.press("ArrowRight")
    expect(lab.locator(f"{PLAYER} .samples .told")).to_have_text(
        re.compile(r"Noise \(−?\d\.\d\d, −?\d\.\d\d\) becomes \(−?\d\.\d\d, −?\d\.\d\d\)\."))
    first = lab.locator(f"{PLAYER} .samples .told").text_content()
    for _ in range(5):
        lab.keyboard.press("ArrowUp")
    expect(lab.locator(f"{PLAYER} .samples .told")).not_to_have_text(first)
    noise.blur()
    expect(lab.locator(f"{PLAYER} .samples .told")).not_to_contain_text("Noise")
    assert lab.errors == [] and lab.outside == []


def test_two_runs_and_a_branch_stand_side_by_side_and_nothing_is_inaccessible(page, visit):
    lab = visit(page, f"{SHORT}&beside=minimax&seeds=2", player=True)
    wait_for(lab, "d.state === 'finished'")
    expect(lab.locator(f"{PLAYER} .samples .panels figure")).to_have_count(2)
    expect(lab.locator(WORDS)).to_contain_text("the same with minimax loss")
    scrub(lab, 4)
    wait_for(lab, "+d.epoch === 4")
    button(lab, "Branch here").click()
    expect(lab.locator(f"{PLAYER} .samples .panels figure")).to_have_count(3)
    expect(lab.get_by_text("from round 64").first).to_be_visible()
    assert faults(lab) == []
    assert "beside=minimax" in address(lab) and lab.errors == []


def test_points_are_drawn_by_mouse_and_by_keys(page, visit):
    lab = visit(page, "gan?view=lab&data.source=drawn&training.epochs=40", player=True)
    hasten(lab)
    wait_for(lab, "d.state === 'finished'")
    expect(lab.locator(f"{PLAYER} .tools .note")).to_have_text("15 points")
    pad = lab.locator(f"{PLAYER} .pad")
    before = lab.get_attribute(PLAYER, "data-run")
    box = pad.bounding_box()
    lab.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.9 * box["height"])
    expect(lab.locator(f"{PLAYER} .tools .note")).to_have_text("16 points")
    wait_for(lab, "d.run !== v[0]", before)
    pad.focus()
    lab.keyboard.press("Enter")
    expect(lab.locator(f"{PLAYER} .tools .note")).to_have_text("17 points")
    lab.locator(f"{PLAYER} .samples button", has_text="clear all").click()
    lab.keyboard.press("Escape")
    pad.focus()
    lab.keyboard.press("Enter")  # one point alone
    expect(lab.locator(f"{PLAYER} .tools .note")).to_have_text("1 point")
    expect(lab.locator(f"{PLAYER} .samples .sheet")).to_have_class(re.compile("waiting"))
    assert lab.errors == []
