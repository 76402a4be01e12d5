"""The teacher's desk: notes in a second window, in step with the stage and never on it; prints; a key that works again."""

import re

from playwright.sync_api import Page, expect

from ann_core.lessons.gradients_worksheet import gradients_sheet
from ann_core.lessons.neuron_worksheet import neuron_sheet
from ann_core.lessons.sheet import together
from tests.browser.conftest import PLAYER, faults, settled
from tests.browser.test_playground import pause, wait_for
from ui.recorded.lessons import GRADIENT, built_in

NONE = "No stage is open"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_notes_follow_the_stage_and_say_when_there_is_none(page, new_page, visit, server):
    notes = visit(new_page(viewport={"width": 560, "height": 760}), "gradient_lab?notes=1")
    expect(notes.get_by_text(NONE)).to_be_visible()
    assert faults(notes) == [] and notes.locator("[data-testid=stSidebar]").count() == 0
    visit(page, "gradient_lab", player=True)
    page.get_by_role("button", name="Demonstration").click()
    first, second = built_in(GRADIENT).scenes[:2]
    expect(notes.get_by_role("heading", name=first.title)).to_be_visible()
    for words in (first.say, first.question.ask, first.click, second.topic, "The answer, not on the stage yet"):
        expect(notes.locator(".notes")).to_contain_text(words)
    expect(notes.locator(".answer")).to_contain_text(first.question.options[first.question.right])
    assert first.say not in page.locator("body").inner_text()
    for name in ("Reveal", "Next"):
        page.get_by_role("button", name=re.compile(name)).wait_for()
        settled(page)
        page.keyboard.press("PageDown")
        settled(page)
    expect(notes.get_by_role("heading", name=second.title)).to_be_visible()
    expect(notes.locator(".clock")).to_contain_text(re.compile(r"\d\d:\d\d.*0:\d\d"))
    assert faults(notes) == []
    visit(page, "playground")
    expect(notes.get_by_text(NONE)).to_be_visible()
    visit(page, "losses?idea=cost")
    page.get_by_role("button", name="Present").click()
    expect(notes.locator(".place")).to_have_text("1 of 9")
    assert page.errors == [] and notes.errors == []


def test_the_link_opens_the_notes_beside_the_stage(page, visit):
    visit(page, "gradient_lab", player=True)
    page.get_by_role("button", name="Demonstration").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Notes").click()
    expect(opened.value.get_by_role("heading", name=built_in(GRADIENT).scenes[0].title)).to_be_visible()
    opened.value.close()


def test_the_activation_is_switched_on_the_stage_of_a_scene_after_its_answer(new_page, visit):
    page = visit(new_page(viewport={"width": 1024, "height": 768}), "gradient_lab", player=True)
    page.get_by_role("button", name="Demonstration").click()
    stage = page.locator(".st-key-stage_of_scene")
    for name in ("Reveal", "Next", "Reveal"):
        page.get_by_role("button", name=re.compile(name)).wait_for()
        settled(page)
        expect(stage).to_have_count(0)
        page.keyboard.press("PageDown")
        settled(page)
    run = page.locator(PLAYER).get_attribute("data-run")
    stage.get_by_role("radio", name="tanh").click()
    wait_for(page, "d.run !== v[0]", run)
    expect(page.get_by_role("heading", name="with your own settings")).to_be_visible()
    boxes = [one.bounding_box() for one in page.locator(f"{PLAYER} .board section").all()]
    foot = page.locator(f"{PLAYER} .timeline").bounding_box()["y"]
    assert max(box["y"] + box["height"] for box in boxes) <= foot + 2, "nothing is covered"
    assert page.errors == []


def branches(page: Page) -> None:
    wait_for(page, "+d.epoch >= 5")
    pause(page)
    page.keyboard.press("b")
    wait_for(page, "d.run?.split(' ').length === 2")


def test_the_branch_key_works_again_after_the_presenter_view_and_home(page, visit):
    visit(page, "playground", player=True)
    page.get_by_role("button", name="Present").click()
    page.get_by_role("button", name="Controls").click()
    page.get_by_role("link", name="Home").click()
    page.get_by_role("heading", level=1).get_by_text("See a neural network learn").wait_for()
    expect(page.locator(".st-key-presenting")).to_have_count(0)
    page.get_by_role("link", name="Playground", exact=True).first.click()
    page.get_by_role("heading", level=1).get_by_text("Playground").wait_for()
    settled(page)
    branches(page)
    assert page.errors == []


def test_a_class_prints_its_sheets_and_one_page_of_keys(page):
    for make, count in ((neuron_sheet, 2), (gradients_sheet, 2), (neuron_sheet, 30)):
        page.set_content(together([make(seed) for seed in range(1, count + 1)]))
        assert pages_of(page.pdf(prefer_css_page_size=True)) == count + 1


def test_a_page_prints_without_sidebar_and_player(page, visit):
    visit(page, "playground", player=True)
    page.emulate_media(media="print")
    for away in ("[data-testid=stSidebar]", PLAYER, "[data-testid=stHeader]"):
        expect(page.locator(away)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visit(page, "losses?idea=cost")
    expect(page.locator(".live-figure").first).to_be_visible()
    assert pages_of(page.pdf(format="A4")) <= 3
