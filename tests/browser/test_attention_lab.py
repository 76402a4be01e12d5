"""The Attention lab in a real browser: it learns soon, questions and tokens are chosen by keys, a question of one's own."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PLAYER
from tests.browser.test_playground import pause, scrub, wait_for
from ui.assets import url

SECONDS = 120
"""Some ten on a quiet machine."""


@pytest.fixture
def lab(page, visit):
    return visit(page, "attention?view=lab", player=True)


def test_it_turns_digits_round_goes_back_with_the_film_and_is_asked_by_keys(lab):
    verdict = lab.locator(f"{PLAYER} .alignment .verdict")
    expect(verdict).to_contain_text("✓", timeout=1_000 * SECONDS)
    pause(lab)
    tiles = lab.locator(f"{PLAYER} .alignment .tiles")
    later = tiles.get_attribute("aria-label")
    assert "it looks at" in later
    chosen = lab.get_by_role("radiogroup", name="Question asked").locator("[aria-checked=true]")
    places = re.findall(r"place (\d+)", later)
    assert places and all(1 <= int(place) <= len(chosen.inner_text()) for place in places)  # padding is not counted
    scrub(lab, 0)
    wait_for(lab, "+d.epoch === 0")
    expect(verdict).to_contain_text("✗")
    expect(tiles).not_to_have_attribute("aria-label", later)

    asked = lab.get_by_role("radiogroup", name="Question asked").get_by_role("radio")
    lengths = [len(one) for one in asked.all_inner_texts()]
    expect(asked.nth(lengths.index(max(lengths)))).to_have_attribute("aria-checked", "true")  # it fills the picture
    asked.first.click()
    asked.first.focus()
    lab.keyboard.press("ArrowRight")
    expect(asked.nth(1)).to_be_focused()
    expect(asked.nth(1)).to_have_attribute("aria-checked", "true")
    tokens = lab.get_by_role("radiogroup", name="Token of the answer").get_by_role("radio")
    tokens.first.focus()
    lab.keyboard.press("End")  # no key of theirs: nothing moves
    expect(tokens.first).to_have_attribute("aria-checked", "true")
    lab.locator(f"{PLAYER} .alignment .choices button", has_text="no attention").click()
    expect(lab.locator(f"{PLAYER} .alignment .read")).to_contain_text("It has no attention")
    field = lab.get_by_label("Question", exact=True)
    field.fill("4711")
    field.press("Enter")
    expect(lab.get_by_text("right: 1174").or_(lab.get_by_text(re.compile(r"1174.*right"))).first).to_be_visible(timeout=20_000)
    assert lab.errors == [] and lab.outside == []

    # bars of a layer that one network has alone stand behind the layer before it
    order = lab.evaluate("""async (address) => {
        const { layersOf, GRADIENT } = await import(address);
        const run = (...names) => ({ scene: { weight_layers: names, activations: [] } });
        return layersOf([run("layer 1", "layer 3", "layer 4", "output"), run("layer 1", "layer 2", "output")], GRADIENT);
    }""", url("player/pictures/measures.js"))
    assert order == ["layer 1", "layer 2", "layer 3", "layer 4", "output"]
