"""A search in a real browser: begun, cancelled, gone on with, sorted, a trial chosen and opened."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import faults, settled

TABLE = "[data-testid=stDataFrame]"


def first(page) -> Locator:
    """The trial in the first row of the table, which is drawn; for those who do not see it there is another one."""
    return page.locator(f"{TABLE} [role=grid] [role=row][aria-rowindex='2'] [role=gridcell]").first


def at(page, x: float, row: float) -> None:
    """A click on the table: so many pixels from the left, in a row, of which the head is −1."""
    box = page.locator(f"{TABLE} canvas").first.bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + 33 * (row + 1.5))


def test_searched_cancelled_gone_on_with_sorted_chosen_and_opened(page, visit):
    visit(page, "search?v=1&trials=100&run.training.epochs=40")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text(re.compile("Cancelled after"))).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show me").click()  # what the winner has is asked first
    expect(page.get_by_text("The winner, and how far to trust it")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(page.locator("[data-testid=stMetric]")).to_have_count(4)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    page.get_by_role("button", name="Show me").click()  # which setting mattered most is asked first
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(3)
    settled(page)

    page.locator(TABLE).scroll_into_view_if_needed()
    expect(first(page)).not_to_have_text("1")  # the best one comes first
    at(page, 60, -1)  # by trial
    expect(first(page)).to_have_text("1")

    at(page, 16, 0)
    link = page.get_by_role("link", name="Watch trial 1 learn")
    expect(link).to_be_visible()
    assert not page.errors and not page.outside and not faults(page)
    link.click()
    expect(page).to_have_url(re.compile("playground"))
    expect(page.locator("[data-testid=film-player][data-frames-drawn]")).to_be_visible()
    assert not page.errors
