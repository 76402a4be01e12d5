"""The race of optimisers in a real browser: the start is dragged by hand and by keys, the film plays to a winner."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, idea, settled
from ui.lessons.optimizers.pictures_race import shown_steps


def drawn(page, key: str):
    """A figure, once it is drawn."""
    found = page.locator(f".st-key-optimizers-{key} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def points(page, name: str) -> int:
    """How many points of a line are drawn."""
    return page.evaluate("""(name) => document.querySelector("[data-testid=figure] .plot")
        .data.find((trace) => trace.name === name).x.length""", name)


def test_the_start_is_dragged_and_the_race_is_won(page, visit):
    visit(page, "optimizers?idea=race")
    race = drawn(page, "race-flat")
    expect(page.get_by_text("First: AdaGrad, at step 6.")).to_be_visible()
    assert points(page, "Adam") == 1

    handle = race.get_by_role("button", name=re.compile("^start"))
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + 10 * k, y - 6 * k)
        page.wait_for_timeout(30)
    page.mouse.up()
    expect(page.get_by_text("First: AdaGrad, at step 6.")).not_to_be_visible()
    page.wait_for_timeout(600)  # where it was let go travels last
    settled(page)
    before = handle.get_attribute("aria-label")
    handle.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(600)
    settled(page)
    assert handle.get_attribute("aria-label") != before

    race.get_by_role("button", name="Play", exact=True).click()
    expect(race).to_contain_text(re.compile(r"Step \d+\. Arrived: \w+ \(\d+\)"))
    assert points(page, "Adam") > 1
    race.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(race).to_have_attribute("data-frame", str(len(shown_steps(400)) - 1))  # drawn, not only said
    expect(race).to_contain_text("Step 400.")
    assert points(page, "Adam") == 401
    expect(page.get_by_text("Step 400 of Adam, for x")).to_be_visible()  # where the film rests
    assert page.errors == [] and page.outside == []


def test_a_race_on_a_network_starts_anew_with_another_rate_and_its_cost_stands_in_space(page, visit):
    visit(page, "optimizers?idea=network_race", player=True)
    player = page.locator(PLAYER)
    expect(player).to_contain_text("Adam, rate 0.1")
    expect(page.get_by_text("Step 480 of Adam")).to_be_visible()
    page.get_by_role("slider", name="Rate of SGD").focus()
    page.keyboard.press("ArrowLeft")
    expect(player).to_contain_text("SGD, rate 0.1")

    idea(page, "landscape")
    drawn(page, "landscape-flat")
    page.get_by_text("in space", exact=True).click()
    surface = drawn(page, "landscape-space")
    surface.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(surface).to_contain_text("Step 400: the cost is 0.03218.")
    assert page.errors == [] and page.outside == []
