"""A lesson is recorded by using the app, edited, played on both pages, saved, loaded and linked; its address opens a scene."""

import json

import pytest

from ann_core import RunConfig
from ann_core.data import DRAWN
from ann_core.film.wire import unpack
from ann_core.lab import recorded_link
from ann_core.lab.openers import OPENERS
from ann_core.lab.recorded import Lesson, Question, Scene, plain, write
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.lab.twins import from_query
from ann_core.run.link import edited
from tests.pages import visit
from tests.pages.visit import gone, ok, opened, said
from ui.page import script
from ui.recorded import kept
from ui.recorded.lessons import GRADIENT, NOTES, OWN, built_in
from ui.recorded.recorder import SAID

EDITOR = "play/lesson"


def press(page, label: str, times: int = 1):
    for _ in range(times):
        next(button for button in page.button if button.label == label).click()
        ok(page.run())
    return page


def there(page, name: str):
    """The page after its script went to another one, which this kind of test does not know by itself."""
    return page.switch_page(script(name))


def sent(page) -> dict:
    """The header of the last message to the player."""
    parts = page.get("bidi_component")
    return unpack(next(part.proto.bytes for part in parts if part.proto.component_name == "film_player"))[0]


def address(page) -> dict[str, str]:
    return {name: page.query_params[name][0] if isinstance(page.query_params[name], list) else page.query_params[name]
            for name in page.query_params}


def field(page, name: str):
    """A field of the scene that is edited."""
    kinds = (page.text_input, page.text_area, page.selectbox, page.multiselect, page.number_input, page.toggle)
    return next(widget for kind in kinds for widget in kind if str(widget.key).endswith(f"/{name}"))


def own_of(page) -> Lesson:
    return page.session_state[OWN]


def heading(page) -> str:
    return visit.plain(next(text.value for text in page.main.markdown if text.value.startswith("# ")))


@pytest.fixture
def recorded():
    """Two scenes, the first of the Gradient lab, the second of the Playground; then Stop."""
    page = press(opened("gradient_lab"), "Record a lesson")
    press(press(page, "Batch norm"), "Keep this scene")
    page = gone(page, "play/playground")
    page.text_input(key=SAID).set_value("See <b>this</b> & *that*")
    press(press(page, "Few points, much noise"), "Keep this scene")
    return there(press(page, "Stop"), EDITOR)


def test_what_stands_on_the_pages_is_kept_with_a_sentence(recorded):
    first, second = own_of(recorded).scenes
    assert (first.page, first.value, first.title) == ("gradient_lab", LAB_OPENERS["batch_norm"].twins, "Batch norm")
    assert (second.value, second.title) == (OPENERS["fitting_noise"].config, "Few points, much noise")
    assert second.say == "See <b>this</b> & *that*" and first.moment is None


def test_the_place_where_the_film_rests_is_offered_first():
    page = press(opened("playground"), "Record a lesson")
    run = page.session_state["playground/recordings"][0]
    run.frames(None, 3, 1, None, 1_000)
    page.session_state["playground/rest"] = {run.id: run.latest.state.step}
    press(ok(page.run()), "Keep this scene")
    assert own_of(page).scenes[0].moment == run.latest.epoch > 0


def test_what_no_address_has_room_for_is_not_kept():
    page = press(opened("playground"), "Record a lesson")
    points = [[i / 50, -i / 50, i % 2] for i in range(100)]
    page.session_state["playground/settings"] = edited(RunConfig(), {"data.source": DRAWN, "data.drawn": points})
    page.session_state["playground/generation"] = 1_000
    press(ok(page.run()), "Keep this scene")
    assert "do not fit" in page.warning[0].value and OWN not in page.session_state


def test_a_lesson_is_edited_and_what_is_refused_is_said(recorded):
    page = ok(recorded.run())
    field(page, "title").set_value("With batch normalisation")
    field(page, "kind").set_value("lower")
    ok(page.run())
    field(page, "topic").set_value("Two of the same")
    field(page, "pictures").set_value(["waterfall", "gradient"])
    field(page, "moment").set_value(2.0)
    field(page, "controls").set_value(False)
    ok(page.run())
    first = own_of(page).scenes[0]
    assert (first.title, first.question.measured, first.topic) == ("With batch normalisation", "lower", "Two of the same")
    assert (first.pictures, first.moment, first.controls) == (("waterfall", "gradient"), 2.0, False)
    assert sent(page)["pictures"][:2] == ["waterfall", "gradient"] and sent(page)["stop_at"] == 2.0
    field(page, "pictures").set_value([])
    assert "Not changed" in ok(page.run()).warning[0].value and own_of(page).scenes[0].pictures
    press(page, "Down")
    assert [scene.title for scene in own_of(page).scenes] == ["Few points, much noise", "With batch normalisation"]
    press(press(page, "Up"), "Delete")
    assert [scene.title for scene in own_of(page).scenes] == ["Few points, much noise"]


def test_a_question_in_own_words(recorded):
    page = ok(recorded.run())
    field(page, "kind").set_value("in my own words")
    ok(page.run())
    field(page, "ask").set_value("Which one learns?")
    field(page, "options").set_value("Both\nOne\n\nNone")
    ok(page.run())
    field(page, "right3").set_value(1)
    ok(page.run())
    assert own_of(page).scenes[0].question == Question(ask="Which one learns?", options=("Both", "One", "None"), right=1)


def test_a_lesson_plays_across_both_pages_and_comes_back(recorded):
    page = ok(recorded.run())
    field(page, "kind").set_value("learns-1")
    ok(page.run())
    field(page, "topic").set_value("Two twins")
    page = there(press(ok(page.run()), "Play"), "play/gradient_lab")
    assert heading(page) == "# Two twins" and address(page)["lesson"] == "yours" and address(page)["scene"] == "1"
    others = {name: text for name, text in address(page).items() if name not in ("lesson", "scene")}
    assert from_query(others)[0] == LAB_OPENERS["batch_norm"].twins, "for those who do not have the lesson"
    assert sent(page)["veiled"] and sent(page)["poll"]["right"] is None and not sent(page)["autoplay"]
    press(page, "Reveal")
    assert heading(page) == "# Batch norm" and sent(page)["autoplay"] and sent(page)["scripted"]
    assert sent(page)["poll"]["right"] == 0 and "after 80 epochs" in visit.plain(said(page))
    page = there(press(page, "Next"), "play/playground")
    assert heading(page) == "# Few points, much noise" and address(page)["scene"] == "2"
    assert r"\<b\>this\<\/b\>" in said(page) and sent(page)["poll"] is None and sent(page)["autoplay"]
    page = there(press(page, "Back"), "play/gradient_lab")
    assert heading(page) == "# Batch norm", "answered stays answered"
    page = there(press(page, "End"), EDITOR)
    assert page.title[0].value == "Your lesson" and "stage/on" not in page.session_state


def test_a_scene_without_controls_has_none(recorded):
    page = ok(recorded.run())
    field(page, "controls").set_value(False)
    page = there(press(ok(page.run()), "Play"), "play/gradient_lab")
    assert not any(button.label == "Controls" for button in page.button)


def test_the_page_opens_with_the_demonstration_and_its_film():
    page = opened("lesson")
    assert "Nothing has been recorded yet" in said(page) and sent(page)["autoplay"]
    assert len([b for b in page.button if str(b.key).startswith("recorded/scene/")]) == len(built_in(GRADIENT).scenes)
    listed = [visit.plain(b.label) for b in page.button if str(b.key).startswith("recorded/scene/")]
    first = built_in(GRADIENT).scenes[0]
    assert listed[0] == f"1. {first.topic}" and first.question.ask in visit.plain(said(page)), "asked before it is shown"
    page.button(key="recorded/scene/1").click()
    second = built_in(GRADIENT).scenes[1]
    assert second.question.ask in visit.plain(said(ok(page.run())))
    assert "Nothing has been recorded yet" in said(page) and OWN not in page.session_state, "to look is not to change"
    assert "Too long for a link" in said(page) and OWN not in page.session_state
    field(page, "title").set_value("Otherwise")
    assert own_of(ok(page.run())).scenes[1].title == "Otherwise" and built_in(GRADIENT).scenes[1].title != "Otherwise"


def test_a_file_is_loaded_and_what_is_damaged_is_said():
    page = opened("lesson")
    content = plain(built_in(GRADIENT))
    content["scenes"][2]["pictures"] = ["none"]
    page.file_uploader(key="recorded/file").set_value(("a.json", json.dumps(content).encode(), "application/json"))
    ok(page.run())
    assert "Scene 3 is left out" in visit.plain(page.warning[0].value) and len(own_of(page).scenes) == 7
    page.file_uploader(key="recorded/file").set_value(("b.json", b"{}", "application/json"))
    ok(page.run())
    assert "holds no lesson" in page.warning[0].value and len(own_of(page).scenes) == 7


def test_an_address_opens_a_scene_of_the_demonstration():
    page = opened("gradient_lab", lesson=GRADIENT, scene="5")
    scene = built_in(GRADIENT).scenes[4]
    assert heading(page) == f"# {scene.topic}" and page.session_state["lab/settings"] == scene.value
    assert address(page) == {"lesson": GRADIENT, "scene": "5"}
    press(press(page, "Reveal"), "Next")
    assert address(page) == {"lesson": GRADIENT, "scene": "6"}
    press(page, "End")
    assert "lesson" not in address(page)


@pytest.mark.parametrize("query,note", [
    ({"lesson": GRADIENT, "scene": "99"}, "none called"), ({"lesson": GRADIENT, "scene": "-1"}, "none called"),
    ({"lesson": GRADIENT, "scene": "²"}, "none called"), ({"lesson": "../../etc/passwd"}, "no lesson called"),
    ({"lesson": "yours"}, "another window"), ({"lesson": "NL1.x.000000", "scene": "1"}, "not copied whole"),
    ({"lesson": "NL9.abc.def"}, "version 9"), ({"lesson": "x" * 5_000}, "at most 2,000")])
def test_an_address_that_cannot_be_used_opens_the_page_with_a_sentence(query, note):
    page = opened("gradient_lab", **query)
    assert note in visit.plain(page.info[0].value)


def test_a_link_holds_the_whole_lesson_and_own_settings_beside_it():
    scene = Scene(page="playground", title="Only one", pictures=("loss",), moment=0.0)
    code = recorded_link.written(Lesson(title="Short", scenes=(scene,)))
    page = opened("playground", lesson=code)
    assert heading(page) == "# Only one" and sent(page)["pictures"][0] == "loss" and not sent(page)["autoplay"]
    page = opened("playground", lesson=code, scene="1", v="1", **{"training.learning_rate": "0.3"})
    assert heading(page) == "# Only one, with your own settings" and address(page)["training.learning_rate"] == "0.3"


def test_a_scene_about_a_table_that_is_not_here_is_left_out():
    table = {"v": "1", "data.source": "table", "data.table": "0123456789abcdef~100~4~3~gone.csv"}
    away = Scene(page="playground", title="A table", pictures=("loss",), settings=table)
    here = Scene(page="playground", title="Made data", pictures=("loss",))
    page = opened("playground", lesson=recorded_link.written(Lesson(scenes=(away, here))))
    assert heading(page) == "# Made data" and "no file of a lesson holds" in visit.plain(page.info[0].value)


def test_leaving_the_page_ends_the_lesson():
    page = press(opened("gradient_lab"), "Demonstration")
    page = gone(gone(page, "play/playground"), "play/gradient_lab")
    assert any(button.label == "Demonstration" for button in page.button) and "lesson" not in address(page)


def test_what_the_browser_kept_is_there_again_and_its_address_goes_on():
    page = opened("gradient_lab", lesson="yours", scene="2")
    assert "another window" in page.info[0].value
    scenes = tuple(Scene(page="gradient_lab", title=name, pictures=("loss",)) for name in ("One", "Two"))
    page.session_state[OWN] = Lesson(scenes=scenes)  # as its callback takes it
    assert heading(ok(page.run())) == "# Two" and not page.info


def test_what_is_too_long_for_the_browser_is_said(recorded, monkeypatch):
    assert any("This browser keeps" in text.value for text in recorded.caption)
    monkeypatch.setattr(kept, "MOST", 100)
    assert any("too long for the browser" in text.value for text in ok(recorded.run()).caption)


@pytest.mark.parametrize("text,count,said_so", [
    (write(built_in(GRADIENT)).decode(), 8, False), ("{}", 0, True), ("", 0, False)])
def test_what_a_browser_says_that_it_kept_is_read_like_a_file(monkeypatch, text, count, said_so):
    session = {kept.KEY: {"kept": text}}
    monkeypatch.setattr(kept.st, "session_state", session)
    kept._hear()
    assert len(session.get(OWN, Lesson()).scenes) == count and bool(session.get(NOTES)) == said_so
    session[kept.KEY] = {"kept": write(Lesson(title="Later")).decode()}
    kept._hear()
    assert session.get(OWN, Lesson()).title != "Later", "once a session"
