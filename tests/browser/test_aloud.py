"""For those who hear the pages or go by keys: what axe finds on every page, at any level; names, places, answers aloud."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PLAYER, faults, settled
from tests.browser.test_playground import button, pause, scrub, wait_for
from ui.shell import PAGES

LABS = [f"{name.rpartition('/')[2]}?view=lab" for name, *_ in PAGES["Architectures"]]
PATHS = ["", *(name.rpartition("/")[2] for pages in PAGES.values() for name, *_ in pages if name != "home"), *LABS]
FIRST = {"playground": "Spiral", "gradient_lab": "Ten layers", "your_data": "Exams",
         "convolution?view=lab": "Eight filters read digits",
         "losses": "1 of 9: Each answer has a loss, all together have a cost"}
"""Pages that begin with examples, or a list, and the first of them."""
STREAMLITS = {"list", "listitem", "presentation-role-conflict"}
"""Rules that Streamlit's own elements break, see docs/accessibility.md."""


def ours(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds on the whole page in both schemes, without what is Streamlit's."""
    return [fault for fault in faults(page, None) if fault[1] not in STREAMLITS]


def test_axe_finds_nothing_of_ours_on_any_page_and_the_first_example_is_near_behind_the_skip_link(page, visit):
    titles = []
    for path in PATHS:
        visit(page, path)
        expect(page).to_have_title(re.compile(" · Neural playground$"))  # it comes after the first words
        titles.append(page.title())
        if path == "search":
            expect(page.get_by_role("button", name="Search again")).to_be_visible()  # while it goes on, what is tried fades
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)  # what is wider than its place is looked for a moment after
        if path in FIRST:
            near(page, FIRST[path])
        assert ours(page) == [], path
    assert titles[0] == "See a neural network learn · Neural playground" and len(set(titles)) == len(PATHS) - len(LABS)
    for title in ("Present", "Demonstration"):
        visit(page, "gradient_lab", player=True)
        page.get_by_role("button", name=title, exact=True).click()
        page.mouse.move(640, 700)  # off the button, whose help Streamlit draws outside of every landmark
        expect(page.locator(f"{PLAYER}[data-present]")).to_be_visible()
        expect(page.get_by_test_id("stTooltipContent")).to_have_count(0)
        assert ours(page) == [], title


def near(page: Page, first: str) -> None:
    """The first example is a few stops behind the link that skips the menu."""
    example = page.get_by_role("button", name=first, exact=True).filter(visible=True)
    expect(example).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        if example.evaluate("node => node === document.activeElement"):
            page.evaluate("() => document.activeElement.blur()")
            expect(page.get_by_test_id("stTooltipContent")).to_have_count(0)  # Streamlit draws it outside of every landmark
            return
    pytest.fail(f"{first} has the focus after more than 8 stops: {page.evaluate('document.activeElement.outerHTML')[:200]}")


def test_the_menu_shows_its_focus_ideas_have_names_and_an_answer_is_heard(page, visit):
    visit(page, "losses?idea=curves")
    for _ in range(3):
        page.keyboard.press("Tab")
    link = page.get_by_test_id("stSidebarNavLink").first
    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("outline-width", "2px")
    page.get_by_role("button", name="3 of 9: Losses as curves").click()
    way = page.locator(".st-key-ideas")
    expect(way.get_by_role("button", name=re.compile(r"\d\. \w+"))).to_have_count(9)
    expect(way.locator("[aria-current=step]")).to_contain_text("3. Losses as curves")
    way.get_by_role("button", name=re.compile(r"4\. ")).click()
    page.get_by_role("heading", name="One wild point").wait_for()
    question = page.locator("[class*='st-key-ask_losses']")
    question.get_by_role("button").first.click()
    expect(question.get_by_text("ight")).to_be_visible()
    expect(question).to_have_attribute("aria-live", "polite")
    slider = page.locator("[data-testid=stSlider]").first
    name = slider.get_by_role("slider").get_attribute("aria-label")
    expect(slider.get_by_role("slider")).to_have_accessible_name(name)


def test_what_is_read_of_a_film_is_never_old(page, visit):
    visit(page, "playground", player=True)
    heard = page.locator(f"{PLAYER} > [aria-live]")
    wait_for(page, "d.state === 'playing' && +d.epoch >= 3")
    expect(heard).not_to_contain_text("Epoch")
    pause(page)
    for epoch in (7, 11):
        scrub(page, epoch)
        expect(heard).to_contain_text(f"Epoch {epoch}. ")
    scrub(page, 4)
    expect(heard).not_to_contain_text("Epoch 11.", timeout=200)  # before the new sentence stands there
    button(page, "Play").click()
    expect(heard).not_to_contain_text("Epoch")


def test_a_formula_wider_than_a_phone_is_reached_by_key(new_page, visit):
    page = visit(new_page(viewport={"width": 320, "height": 640}), "backprop?idea=matrix")
    settled(page)
    wide = page.locator(".katex-display[tabindex='0']")
    expect(wide.first).to_be_attached()
    assert page.locator(".katex-display").evaluate_all(
        "all => all.every(one => (one.scrollWidth > one.clientWidth + 1) === (one.tabIndex === 0))")
