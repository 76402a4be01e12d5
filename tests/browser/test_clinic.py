"""The clinic in a real browser: a patient examined, guessed at, a cure tried and cancelled, the cured run opened."""

import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, faults, settled
from ui.clinic.patients import PATIENTS
from ui.clinic.settings import write


def test_examined_guessed_cured_cancelled_gone_on_with_and_opened(page, visit):
    visit(page, "clinic?v=1&patient.training.epochs=60", player=True)
    question = page.locator("[class*='st-key-ask_clinic']")
    expect(question.get_by_text("what is wrong with it?")).to_be_visible()
    expect(page.locator("[class*='st-key-heard_']")).to_have_count(0)
    question.get_by_role("button", name="Nothing: it is healthy").click()
    expect(question.get_by_text("That would be so if")).to_be_visible()

    card = page.locator("[class*='st-key-heard_']").first
    expect(card.locator("[data-testid=stVegaLiteChart]")).to_have_count(1)
    tests = card.get_by_role("button", name="Test this cure")
    expect(tests.first).to_be_visible()
    tests.first.focus()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Cancel").click()
    expect(card.get_by_role("button", name="Cancel")).to_have_count(0)
    card.get_by_role("button", name=re.compile("Go on|Test this cure")).first.click()
    link = card.get_by_role("link", name="Open the cured run")
    expect(link).to_be_visible()
    expect(card.get_by_text(re.compile(r"\d of 9"))).to_be_visible()
    expect(card.get_by_role("button", name="Cancel")).to_have_count(0)
    settled(page)
    assert not faults(page) and not page.errors and not page.outside
    link.click()
    expect(page).to_have_url(re.compile("playground"))
    expect(page.locator(f"{PLAYER}[data-frames-drawn]")).to_be_visible()
    assert not page.errors


def test_why_a_run_broke_off_is_said_after_the_guess(page, visit):
    visit(page, f"clinic?{urlencode(write(PATIENTS[1].config))}", player=True)
    banner = page.locator(f"{PLAYER} .banner")
    expect(banner).to_contain_text("Here it breaks off")
    expect(banner).not_to_contain_text("rate")
    page.get_by_role("button", name="Show me").click()
    expect(banner).to_contain_text("Try a smaller learning rate")
    assert not page.errors


def test_a_run_goes_from_the_playground_to_the_clinic(page, visit):
    visit(page, "playground?v=1&training.epochs=30", player=True)
    page.get_by_role("button", name="To the clinic").click()
    expect(page.get_by_role("heading", name="Clinic")).to_be_visible()
    expect(page).to_have_url(re.compile(r"patient\.training\.epochs=30"))
    expect(page.locator("[class*='st-key-ask_clinic']")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Playground")).to_be_visible()
    assert not page.errors
