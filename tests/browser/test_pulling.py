"""Who is pulling here, in a real browser: a weight, a unit, a spot, the list, and a row that leaves as a branch."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from ann_core import RunConfig, start
from ann_core.film.pulls import Target, told_pulls
from tests.browser.conftest import PLAYER, faults
from tests.browser.test_inside import rested
from tests.browser.test_playground import button, pause, wait_for
from tests.pages.visit import read

PULLS = f"{PLAYER} .pulls"


def asked(page: Page) -> None:
    page.locator(PLAYER).get_by_role("button", name="Who is pulling here?").click()
    expect(page.locator(f"{PULLS} .puller")).to_have_count(8)


def engine(epoch: int):
    run, trainer = start(RunConfig()), start(RunConfig()).trainer()
    trainer.run(epoch, None, np.inf)
    return run.at(trainer.state())


def test_a_weight_is_clicked_its_pullers_are_listed_and_one_of_them_leaves(page, visit):
    visit(page, "playground", player=True)
    wait_for(page, "Number(d.epoch) > 4")
    rested(page, 3)
    asked(page)
    expect(page.locator(PULLS)).to_contain_text("half of the pulling")
    units = [page.locator(PLAYER).get_by_role("button", name=f"Who pulls at {name}?", exact=True).bounding_box()
             for name in ("input x₁", "layer 1, unit 1")]
    page.mouse.click(*((units[0][side] + units[0][size] / 2 + units[1][side] + units[1][size] / 2) / 2
                       for side, size in (("x", "width"), ("y", "height"))))
    told = told_pulls(engine(3), Target("weight", (1, 0, 0)))
    choice = page.locator(f"{PULLS} select").first
    expect(choice.locator("option:checked")).to_have_text("at the weight x₁ → layer 1, unit 1")
    expect(page.locator(f"{PULLS} .puller").first).to_contain_text(f"point {told['strongest'][0]['row'] + 1}")
    shown = [read(text) for text in page.locator(f"{PULLS} .puller b").all_inner_texts()]
    assert shown == pytest.approx([told["parts"][one["place"]] for one in told["strongest"]], rel=0.006)
    expect(page.locator(PULLS)).to_contain_text(f"{told['half']} of 350 points do half of the pulling")
    page.locator(f"{PULLS} .puller").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{PULLS} .puller").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(f"{PULLS} .details:visible").get_by_role("button", name="leave it out").click()
    expect(page.get_by_text(f"row {told['strongest'][1]['row'] + 1} left out from epoch 3").first).to_be_visible()
    wait_for(page, "d.run.split(' ').length === 2 && Number(d.epoch) > 4")  # it plays on by itself
    assert page.errors == []


def test_on_a_phone_a_spot_and_a_unit_are_asked_about_by_keys_and_escape_leaves(new_page, visit):
    page = visit(new_page({"width": 390, "height": 844}, reduced_motion="reduce"), "playground", player=True)
    pause(page)
    asked(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [fault for fault in faults(page, PLAYER) if "pull" in fault[2]] == []
    spot = page.locator(f"{PLAYER} .pulled")
    spot.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{PULLS} .ways")).to_contain_text("pull towards")
    expect(page.locator(PULLS)).to_contain_text("A plain step on all of them adds")
    page.locator(PLAYER).get_by_role("button", name="Who pulls at layer 2, unit 2?").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{PULLS} select option:checked").first).to_have_text("at the bias of layer 2, unit 2")
    expect(page.locator(f"{PLAYER} .inside [aria-live]")).to_contain_text("half of the pulling")
    page.keyboard.press("Escape")
    expect(page.locator(PULLS)).to_be_hidden()
    expect(spot).to_be_hidden()
    button(page, "Play").click()
    assert page.errors == []
