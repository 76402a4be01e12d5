"""The player's pictures fit the window: as a page opens, the timeline cuts none of them."""

import pytest

from tests.browser.conftest import settled
from tests.browser.test_playground import PLAYER, wait_for

PAGES = ("", "playground", "gradient_lab", "your_data", "puzzles")
WINDOWS = ({"width": 1280, "height": 800}, {"width": 1024, "height": 768})
PEEP = 30
"""px: of a picture that lies below the timeline so much may be seen, its title."""


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: str(window["width"]))
@pytest.mark.parametrize("path", PAGES)
def test_each_picture_lies_whole_above_the_timeline_or_below_it(new_page, visit, path, window):
    page = visit(new_page(viewport=window), path, player=True)
    settled(page)
    foot = page.locator(f"{PLAYER} .timeline").bounding_box()["y"]
    boxes = [one.bounding_box() for one in page.locator(f"{PLAYER} .board > section").all()]
    ends = [(box["y"], box["y"] + box["height"]) for box in boxes]
    assert any(end <= foot + 2 for _, end in ends), "a picture is seen as the page opens"
    assert all(end <= foot + 2 or start >= foot - PEEP for start, end in ends), ends
    assert page.errors == []


def test_pictures_hold_still_while_the_film_plays(page, visit):
    visit(page, "", player=True)
    page.get_by_role("button", name="Leave (Esc)").click()
    height = "e => e.getBoundingClientRect().height"
    before = page.locator(f"{PLAYER} .loss .chart").evaluate(height)
    wait_for(page, "+d.epoch > 20")
    assert page.locator(f"{PLAYER} .loss .chart").evaluate(height) == before
