"""Compare in a real browser: two runs kept in the Gradient lab, looked at side by side, one renamed, one removed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import faults, settled
from tests.browser.test_search import TABLE, at


def names(page, *expected: str) -> None:
    """The names in the table, which is drawn; for those who do not see it there is another one, a moment later."""
    cells = page.locator(f"{TABLE} [role=grid] [role=row]:not([aria-rowindex='1']) [role=gridcell]:nth-child(2)")
    expect(cells).to_have_text(list(expected))


def test_kept_compared_renamed_and_removed(page, visit):
    visit(page, "gradient_lab", player=True)
    for count, name in enumerate(("sigmoid", "ReLU"), 1):
        page.get_by_role("button", name=re.compile(rf"Keep \W?{name} to compare")).click()  # what joins a word has no width
        expect(page.get_by_role("link", name=f"Compare ({count} kept)")).to_be_visible()
    page.get_by_role("link", name="Compare (2 kept)").click()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(3)
    settled(page)
    names(page, "sigmoid", "ReLU")

    at(page, 16, 1)
    field = page.get_by_label("Name of run 2")
    field.fill("the one that learns")
    field.press("Enter")
    settled(page)
    expect(page.get_by_label("Name of run 2")).to_have_value("the one that learns")
    settled(page)
    names(page, "sigmoid", "the one that learns")
    assert not page.errors and not page.outside and not faults(page)

    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("There is nothing beside it yet")).to_be_visible()
    settled(page)
    names(page, "sigmoid")
    assert not page.errors
