"""A table that the visitor's browser keeps: asked once, back after a reload, forgotten when wished, never taken at its word."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_your_data import drop, report_of

CELLS = "height;width;kind\n" + "".join(f"{at % 13},{at % 10};{at * 7 % 29};{'ab'[at % 2]}\n" for at in range(80))
STORE = """act => new Promise((resolve, reject) => {
  const opening = indexedDB.open("neural-playground-tables", 1);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("tables", "readwrite");
    const tables = transaction.objectStore("tables"), all = tables.getAll();
    all.onsuccess = () => {
      for (const entry of all.result) {
        if (act === "damage") tables.put({ ...entry, file: new Blob(["a,b\\n1,2\\n3,4\\n"]) });
        if (act === "replace") tables.put({ digest: entry.digest, foreign: true });
      }
    };
    transaction.oncomplete = () => { opening.result.close(); resolve(all.result.length); };
  };
  opening.onerror = reject;
})"""


def line(page: Page):
    return page.locator("[data-testid=kept-tables]")


@pytest.fixture
def page(new_page, visit):
    """A visitor who has just brought a table, in a browser of his own."""
    page = visit(new_page(viewport={"width": 1280, "height": 900}), "your_data", player=True)
    expect(line(page)).to_be_hidden()  # nothing to say of an example
    drop(page, "leaves.csv", CELLS.encode("cp1252"))
    report_of(page, "leaves.csv: 80 rows").to_be_visible(timeout=15_000)
    expect(line(page)).to_contain_text("Shall this browser keep leaves.csv (1 kB)")
    return page


def keep(page: Page) -> None:
    line(page).get_by_role("button", name="Keep it").click()
    expect(line(page)).to_contain_text("This browser keeps leaves.csv", timeout=10_000)


def again(page: Page, address: str | None = None) -> None:
    page.goto(address) if address else page.reload()
    settled(page)


def spoiled(page: Page, act: str) -> None:
    """Does something to what is kept, and opens the page again."""
    settled(page)
    page.evaluate(STORE, act)
    again(page)


def test_a_table_is_back_after_a_reload_and_gone_when_forgotten(page, server):
    page.get_by_role("combobox", name=re.compile("Predict")).click()
    page.get_by_role("option", name="width").click()
    expect(page.get_by_text("Predicts width")).to_be_visible(timeout=15_000)
    keep(page)
    again(page)
    report_of(page, "leaves.csv: 80 rows").to_be_visible(timeout=15_000)
    expect(page.get_by_text("Predicts width")).to_be_visible()  # with the settings of its address
    expect(page.get_by_text("stays with the one who made it")).to_be_hidden()
    expect(line(page)).to_contain_text("This browser keeps leaves.csv")
    again(page, f"{server}/your_data")
    line(page).get_by_role("button", name="leaves.csv").click()  # offered, where the address names none
    report_of(page, "leaves.csv: 80 rows").to_be_visible(timeout=15_000)
    line(page).get_by_role("button", name="Forget it").click()
    expect(line(page)).to_contain_text("is not kept")
    again(page)
    expect(page.get_by_text("stays with the one who made it")).to_be_visible()
    expect(line(page)).to_be_hidden()
    assert page.evaluate(STORE, "count") == 0 and page.errors == [] and page.outside == []


def test_who_declines_is_not_asked_again(page):
    line(page).get_by_role("button", name="No").click()
    drop(page, "other.csv", CELLS.replace("kind", "sort").encode())
    report_of(page, "other.csv: 80 rows").to_be_visible(timeout=15_000)
    expect(line(page)).to_contain_text("other.csv is not kept: a reload loses it.")
    assert page.errors == []


def test_what_is_damaged_or_foreign_is_refused_in_words(page):
    keep(page)
    spoiled(page, "damage")
    expect(page.get_by_text(re.compile("is not that table any more"))).to_be_visible()
    report_of(page, "exams.csv: 320 rows").to_be_visible()
    page.wait_for_function(f"async () => await ({STORE})('count') === 0", timeout=10_000)
    drop(page, "leaves.csv", CELLS.encode())
    expect(line(page)).to_contain_text("This browser keeps leaves.csv", timeout=15_000)
    spoiled(page, "replace")
    expect(line(page).get_by_text(re.compile("was no table, or damaged; it has been thrown away"))).to_be_visible()
    assert page.errors == []
