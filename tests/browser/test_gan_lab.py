"""The GAN lab in a real browser: the clouds come out, noise is followed by keys, runs stand side by side, points are drawn."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from ann_core import start
from ann_core.film.accounts.base import Place
from ann_core.film.accounts.told import told as accounts
from ann_core.film.slow_motion import slow_motion
from ann_core.lab.gan_openers import USUAL
from ann_core.run.link import edited
from tests.browser.conftest import PLAYER, faults
from tests.browser.test_inside import INSIDE, arrived, ledger, unit
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


def run_at(epoch: int):
    """The run of the short lab after so many epochs."""
    run = start(edited(USUAL, {"training.epochs": 8}))
    trainer = run.trainer()
    trainer.run(epoch, None, np.inf)
    return run.at(trainer.state())


def at_rest(lab, epoch: int):
    scrub(lab, epoch)
    wait_for(lab, "+d.epoch === v[0] && d.state !== 'playing'", epoch)
    return run_at(epoch)


def shows(lab, run, place: Place) -> None:
    """The numbers beside the drawing are those of this place, to the digits that are shown, once its very frame has come: of a
    film that was played fast an earlier one stands there first."""
    moment, = accounts([run], place)["moments"]
    expected = [cell for row in moment["tables"][0]["rows"] for cell in row[1:] if cell != ""]
    for _ in range(40):
        arrived(lab)
        shown = [cell for row in ledger(lab) for cell in row]
        if shown == pytest.approx(expected, rel=0.006, abs=1e-9):
            return
        lab.wait_for_timeout(250)
    assert shown == pytest.approx(expected, rel=0.006, abs=1e-9)


def test_a_unit_of_the_generator_is_written_out_for_a_noise_and_follows_the_film(page, visit):
    lab = visit(page, SHORT, player=True)
    hasten(lab)
    wait_for(lab, "d.state === 'finished'")
    run = at_rest(lab, 4)
    unit(lab, "generator, layer 1, unit 2").click()
    expect(lab.locator(f"{INSIDE} h3").first).to_have_text("generator, layer 1, unit 2")
    expect(lab.locator(INSIDE)).to_contain_text("noise 2")
    shows(lab, run, Place(1, 1))
    lab.locator(INSIDE).get_by_role("button", name="Next noise").click()
    expect(lab.get_by_role("spinbutton", name="noise, 1 to 256")).to_have_value("2")
    shows(lab, run, Place(1, 1, row=1))
    shows(lab, at_rest(lab, 6), Place(1, 1, row=1))
    unit(lab, "judge, layer 1, unit 1").click()
    expect(lab.locator(INSIDE)).to_contain_text("sample: made")
    shows(lab, run_at(6), Place(4, 0, row=1))
    lab.locator(INSIDE).get_by_role("button", name="Next sample").click()
    expect(lab.locator(INSIDE)).to_contain_text("sample: true")
    shows(lab, run_at(6), Place(4, 0, (1,), row=1))
    assert faults(lab, f"{PLAYER} .network") == [] and lab.errors == []


def test_a_round_is_followed_through_both_turns(page, visit):
    lab = visit(page, SHORT, player=True)
    hasten(lab)
    wait_for(lab, "d.state === 'finished'")
    run = at_rest(lab, 4)
    lab.locator(PLAYER).get_by_role("button", name="slow motion").click()
    stages = [stage for turn in slow_motion(run)["turns"] for stage in turn["stages"]]
    title, count = lab.locator(f"{INSIDE} .slow h3"), lab.locator(f"{INSIDE} .slow .row b").first
    for i, stage in enumerate(stages):
        expect(count).to_have_text(f"{i + 1} / {len(stages)}")
        expect(title).to_have_text(stage["title"])
        expect(lab.locator(f"{INSIDE} .slow h3 + p")).to_have_text(stage["words"])
        if stage["kind"] == "loss":
            expect(lab.locator(f"{INSIDE} .slow")).to_contain_text("The answer beside what this network wants")
        lab.keyboard.press("n") if i < len(stages) - 1 else None
    assert stages[0]["title"] == "The judge's turn" and stages[-1]["title"] == "Update: the generator"
    lab.locator(INSIDE).get_by_role("button", name="Take this step, and look at the next one").click()
    expect(count).to_have_text(f"1 / {len(stages)}")
    assert lab.errors == []
