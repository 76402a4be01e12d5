"""Recorded lessons in a real browser: recorded by using the app, played by a clicker across two pages, opened by an address."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_playground import address, button, pause, scrub, wait_for
from ui.recorded.lessons import GRADIENT, built_in


def press(page, label: str) -> None:
    page.get_by_role("button", name=re.compile(f"^(?!Keep this run).*{label}")).first.click()
    settled(page)


def test_a_lesson_is_recorded_played_and_still_there_when_the_page_is_opened_anew(page, visit):
    visit(page, "playground", player=True)
    press(page, "Record a lesson")
    wait_for(page, "+d.epoch >= 3")
    pause(page)
    scrub(page, 2)
    expect(page.get_by_label("When it is played, its film")).to_have_value("stops at epoch 2, where it rests")
    page.get_by_label("A sentence to say").fill("Look at <b>this</b>")
    page.get_by_label("A sentence to say").press("Tab")
    press(page, "Keep this scene")
    page.get_by_text("Recording · 1 scene").wait_for()
    page.get_by_role("link", name="Gradient lab").first.click()
    page.get_by_text("Recording · 1 scene").wait_for()
    press(page, "Keep this scene")
    page.get_by_text("Recording · 2 scenes").wait_for()
    press(page, "Stop")
    page.get_by_role("heading", name="Your lesson").wait_for()
    press(page, "Play")
    page.get_by_role("heading", name="Spiral").wait_for()
    wait_for(page, "d.state === 'paused' && +d.epoch === 2")
    expect(page.get_by_text("Look at <b>this</b>")).to_be_visible()
    page.keyboard.press("PageDown")
    page.get_by_role("heading", name="Ten layers").wait_for()
    wait_for(page, "d.state === 'playing' && +d.epoch >= 1")
    assert page.url.split("?")[0].endswith("/gradient_lab")
    page.keyboard.press("PageUp")
    page.get_by_role("heading", name="Spiral").wait_for()
    settled(page)
    page.reload()
    page.get_by_role("heading", name="Spiral").wait_for()
    press(page, "End")
    page.get_by_role("heading", name="Your lesson").wait_for()
    assert page.errors == []


def test_what_another_tab_has_recorded_meanwhile_is_not_written_over(new_page, visit):
    other, one = visit(new_page(), "lesson"), visit(new_page(), "playground", player=True)
    press(one, "Record a lesson")
    press(one, "Keep this scene")
    one.get_by_text("Recording · 1 scene").wait_for()
    one.wait_for_function("() => localStorage.getItem('playground/recorded')")
    other.get_by_role("link", name="Glossary").first.click()
    other.get_by_role("heading", name="Glossary").wait_for()
    other.go_back()
    other.get_by_role("heading", name="Your lesson").wait_for()
    settled(other)
    assert one.evaluate("localStorage.getItem('playground/recorded')") and one.errors == other.errors == []


def test_the_demonstrations_scene_stands_in_the_address(page, visit):
    third, fourth = (re.escape(scene.topic) for scene in built_in(GRADIENT).scenes[2:4])
    visit(page, f"gradient_lab?lesson={GRADIENT}&scene=3", player=True)
    page.get_by_role("heading", name=re.compile(third)).wait_for()
    for name in ("Reveal", "Next"):
        page.get_by_role("button", name=re.compile(name)).wait_for()
        settled(page)
        page.keyboard.press("PageDown")
    page.get_by_role("heading", name=re.compile(fourth)).wait_for()
    page.wait_for_function("() => location.search === '?lesson=gradient&scene=4'")
    page.go_back()
    page.wait_for_function("() => location.search === '?lesson=gradient&scene=3'")
    page.get_by_role("heading", name=re.compile(re.escape(built_in(GRADIENT).scenes[2].title))).wait_for()
    expect(button(page, "Play")).to_be_visible()  # it stands still at the start
    assert address(page).count("=") == 2 and page.errors == []
