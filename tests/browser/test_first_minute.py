"""The first minute in a real browser: a guess, then one sentence at each stop; and what a dotted word means."""

import re

import pytest
from playwright.sync_api import expect

from ann_core import RunConfig
from ann_core.lab.tour import FIRST_TOUR
from tests.browser.conftest import PLAYER, faults

SMALL = {"width": 390, "height": 844}
TOUR, SAID, NEXT, RING = ".tour .card", ".tour .said", ".tour .next", f"{PLAYER} > .pointer"
PART = {"play": ".timeline .play", "unit": ".network .units button >> nth=2", "epoch": ".timeline .count",
        "loss": ".loss .chart", "point": ".boundary .picture", "weight": ".network .net"}
EPOCHS = RunConfig().training.epochs


def stands_at(page, stop: int) -> str:
    """What is said at a stop, once the film has come to it and the ring lies around, or in, what is spoken of."""
    expect(page.locator(".tour .note")).to_have_text(f"{stop} of {len(FIRST_TOUR.stops) - 1}")
    opening = re.split(r"[{*]", FIRST_TOUR.stops[stop].words)[0] or "You guessed"
    expect(page.locator(SAID)).to_contain_text(opening, timeout=60_000)
    expect(page.locator(PLAYER)).not_to_have_attribute("data-state", "playing")
    part = FIRST_TOUR.stops[stop].part
    if part in PART:
        ring, there = page.locator(RING).bounding_box(), page.locator(f"{PLAYER} {PART[part]}").bounding_box()
        for low, size in (("x", "width"), ("y", "height")):
            assert there[low] <= ring[low] + ring[size] / 2 <= there[low] + there[size]
    return page.locator(SAID).inner_text()


def epoch_of(page) -> int:
    return round(float(page.locator(PLAYER).get_attribute("data-epoch")))


@pytest.mark.parametrize("view", [{}, {"viewport": SMALL, "reduced_motion": "reduce"}], ids=["wide", "phone, calm"])
def test_a_guess_then_a_sentence_at_each_stop_with_numbers_of_the_run(new_page, visit, view):
    page = visit(new_page(**view), "", player=True)
    expect(page.locator(SAID)).to_contain_text("How many when it has learned?")
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "paused")
    assert epoch_of(page) == 0
    curves = page.locator(f"{PLAYER} .loss .scatterlayer").first
    expect(curves).to_have_css("visibility", "hidden")  # what is known ahead would tell
    page.get_by_role("button", name="nearly all").press("Enter")
    expect(curves).to_have_css("visibility", "visible")
    expect(page.locator(RING)).to_be_visible()
    expect(page.locator(NEXT)).to_have_text("Play")
    for stop in range(1, len(FIRST_TOUR.stops)):
        if stop == 1:
            expect(page.locator(NEXT)).to_be_focused()
            page.keyboard.press("Enter")
        elif stop == 2 and not view:
            page.locator(f"{PLAYER} .timeline .play").click()  # the player's own button leads on, too
        else:
            page.locator(NEXT).click()
        told = stands_at(page, stop)
        assert "{" not in told and "undefined" not in told and "not known" not in told
        assert abs(epoch_of(page) - round(FIRST_TOUR.stops[stop].at * EPOCHS)) <= 1
        if FIRST_TOUR.stops[stop].part == "epoch":
            assert f"epoch {epoch_of(page)}" in told
        if FIRST_TOUR.stops[stop].part == "loss":
            before, now = (float(x) for x in re.findall(r"\d\.\d+", told))
            assert f"training {now:g}" in page.locator(".loss .chart").get_attribute("aria-label") and now < before
        if view:
            ring, card = page.locator(RING).bounding_box(), page.locator(TOUR).bounding_box()
            assert card["y"] >= 0 and (not ring or ring["y"] + ring["height"] / 2 <= 844)
    assert "You guessed “nearly all”, and so it is." in told and f"After {EPOCHS} epochs" in told
    page.locator(NEXT).click()
    expect(page.locator(TOUR)).to_be_hidden()
    assert page.errors == []


def test_it_is_left_by_escape_and_not_forced_again(page, visit):
    visit(page, "", player=True)
    expect(page.locator(TOUR)).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(TOUR)).to_be_hidden()
    expect(page.locator(RING)).to_be_hidden()
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing")
    visit(page, "", player=True)
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing")
    expect(page.locator(TOUR)).to_be_hidden()
    page.get_by_role("button", name="Show me step by step").click()
    expect(page.locator(SAID)).to_contain_text("How many when it has learned?")
    expect(page.locator(PLAYER)).to_have_attribute("data-epoch", "0")


def test_a_dotted_word_shows_its_meaning_by_pointer_key_and_touch(page, visit):
    visit(page, "losses")
    word, card = page.locator("a[href='#word-loss']").first, page.locator(".word-card")
    for _ in range(20):  # what hears of it may still be on its way
        word.hover()
        page.wait_for_timeout(800)
        if card.is_visible():
            break
        page.mouse.move(5, 5)
    expect(card).to_contain_text("How wrong an answer is")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    word.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    assert faults(page, context=".word-card") == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    expect(card).to_be_visible()
    assert page.url.endswith("/losses")
    assert card.get_by_role("link").get_attribute("href") == "losses?idea=cost"
    page.locator("h1").click()
    expect(card).to_be_hidden()
    assert page.errors == []

    visit(page, "gradient_lab", player=True)  # words in the player's labels
    page.get_by_role("button", name="Tell me").click()
    page.locator(f"{PLAYER} .gradient a[href='#word-rms-of-dl-dw']").click()
    expect(card).to_contain_text("root of the mean of the squares")
