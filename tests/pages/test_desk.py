"""The teacher's desk: what the stage tells the second window, the activation on the stage of a scene, sheets."""

import json

import pytest

from tests.pages.visit import coming, gone, ok, opened, plain, said
from ui.recorded.lessons import GRADIENT, built_in


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return ok(page.run())


def notes(page) -> dict:
    """What travels to the second window; empty when there is nothing."""
    told = [json.loads(part.proto.json) for part in page.get("bidi_component") if part.proto.component_name == "teachers_desk"]
    return told[0]["notes"] if told else {}


def on_stage(page) -> list[str]:
    """The activations that can be switched on the stage."""
    return [group.label for group in page.main.get("button_group") if group.label.startswith("Activation of")]


def test_every_scene_tells_its_notes_and_nothing_of_them_stands_on_the_stage():
    page = press(opened("gradient_lab"), "Demonstration")
    scenes = built_in(GRADIENT).scenes
    for place, scene in enumerate(scenes):
        told, ask = notes(page), scene.question
        assert (told["title"], told["ask"], told["say"], told["click"]) == (scene.title, ask.ask, scene.say, scene.click)
        assert told["answer"] == ask.options[ask.right] and not told["shown"] and told["place"] == f"{place + 1} of 8"
        assert scene.say not in plain(said(page)) and scene.click not in plain(said(page)) and not on_stage(page)
        page = press(page, "Reveal")
        assert notes(page)["shown"] and scene.say not in plain(said(page))
        assert len(on_stage(page)) == (len(scene.runs) if place in (1, 4) else 0)
        if place + 1 < len(scenes):
            assert notes(page)["next"].startswith(scenes[place + 1].topic)
            page = press(page, "Next")
    assert notes(page)["next"] == "The end." and not notes(press(page, "End"))


def test_a_lesson_tells_its_notes_only_when_it_is_presented():
    page = opened("losses")
    assert not notes(page)
    told = notes(press(page, "Present"))
    assert told["place"] == "1 of 9" and "**" not in told["say"] and told["answer"].startswith("It stays the same")
    assert told["next"] == "A measure in the target's own unit" and not told["shown"]


def test_a_notes_window_has_nothing_but_its_notes():
    page = coming("gradient_lab", notes="1")
    ok(page.run())
    assert notes(page) is None and not page.title and not page.sidebar.children


def test_the_presenter_view_stays_behind_on_its_page():
    page = press(opened("playground"), "Present")
    assert any(button.label == "Leave" for button in page.button)
    assert not any(button.label == "Leave" for button in gone(page, "home").button)
    assert not any(button.label == "Leave" for button in gone(page, "play/playground").button)


def sheets_of(page) -> list[str]:
    """The buttons that take sheets home."""
    return [button.proto.label for button in page.get("download_button") if "heet" in button.proto.label]


@pytest.mark.parametrize("name,query,box,field", [
    ("neuron", {"idea": "perceptron"}, "neuron/sheets", "neuron/value/sheet/text"),
    ("gradient_lab", {}, "gradients/sheets", "lab/by_hand/sheet/text")])
def test_sheets_open_on_a_click(name, query, box, field):
    page = opened(name, **query)
    assert not sheets_of(page)
    page.session_state[box] = True
    assert sheets_of(ok(page.run())) == ["Sheet 1", "Key to sheet 1", "Sheets 1 to 30, keys at the end"]
    page.text_input(key=field).set_value("7")
    assert sheets_of(ok(page.run()))[1] == "Key to sheet 7"
