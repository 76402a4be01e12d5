"""The Recurrence lab in a real browser: it learns soon, two networks move in lockstep, sequences are chosen by keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAYER
from tests.browser.test_playground import epoch, pause, scrub, wait_for


@pytest.fixture
def lab(page, visit):
    return visit(page, "recurrence?view=lab", player=True)


def test_the_gru_knows_the_first_symbol_soon_pictures_go_back_with_the_film_and_are_chosen_by_keys(lab):
    words = lab.locator(f"{PLAYER} .words")
    expect(words).to_contain_text(re.compile(r"GRU: held-out accuracy (9[5-9]|100)"), timeout=60_000)
    pause(lab)
    line, states = lab.locator(f"{PLAYER} .through_time .chart"), lab.locator(f"{PLAYER} .gates .tiles")
    later = line.get_attribute("aria-label"), states.get_attribute("aria-label")
    assert "GRU:" in later[0] and "RNN:" in later[0] and "update" in later[1]
    verdict = lab.locator(f"{PLAYER} .gates .verdict")
    expect(verdict).to_contain_text("GRU says A")
    scrub(lab, 0)
    wait_for(lab, "+d.epoch === 0")
    expect(verdict).to_contain_text("GRU guesses")  # right or not: nobody has learned yet
    expect(verdict).not_to_contain_text(re.compile("[✓✗]"))
    expect(line).not_to_have_attribute("aria-label", later[0])
    expect(states).to_have_attribute("aria-label", re.compile("at epoch 0.0"))
    ink = lab.evaluate(f"""() => [...document.querySelectorAll("{PLAYER} :is(.gates, .through_time) canvas")].map((canvas) =>
        new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size)""")
    assert ink and all(colours > 1 for colours in ink)

    lab.get_by_role("radio", name="asked: A").focus()
    lab.keyboard.press("ArrowRight")
    expect(lab.get_by_role("radio", name="asked: B")).to_be_focused()
    expect(lab.locator(f"{PLAYER} .gates .read")).to_contain_text("It reads: B")
    at = epoch(lab)
    which = lab.locator(f"{PLAYER} .gates .choices button", has_text="RNN")
    which.focus()
    lab.keyboard.press("Enter")
    expect(lab.locator(f"{PLAYER} .gates .tiles")).not_to_have_attribute("aria-label", re.compile("update"))
    assert epoch(lab) == at and lab.errors == [] and lab.outside == []
