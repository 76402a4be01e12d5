"""Recorded lessons: what is written is read back, and of damaged or hostile files the rest plays, with a sentence."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from ann_core import RunConfig, first_frame, start
from ann_core.base.packed import check_of, packed
from ann_core.lab import recorded_link
from ann_core.lab.openers import OPENERS
from ann_core.lab.questions import askable, questions
from ann_core.lab.recorded import MAX_BYTES, MOST_SCENES, STAGES, Lesson, Question, Scene, changed, moved, plain, read, write
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.lab.twins import DEFAULT, names

BUILT_IN = sorted((Path(__file__).parents[2] / "assets" / "lessons").glob("*.json"))


def scene(page="playground", **parts) -> Scene:
    return Scene(**{"page": page, "pictures": STAGES[page].usual, "title": "A scene", **parts})


def lesson(*scenes: Scene) -> Lesson:
    return Lesson(title="Of two pages", aloud=True, scenes=scenes or (
        scene(settings=STAGES["playground"].write(OPENERS["fitting_noise"].config), say="The test loss turns.", moment=40.0),
        scene("gradient_lab", question=Question(measured="lower"), topic="Which?", click="Wait."),
        scene(question=Question(ask="Will it?", options=("Yes", "No"), right=1), controls=False, moment=0.0)))


def damaged(part: str, value) -> bytes:
    """The file with something else in its second scene."""
    content = plain(lesson())
    content["scenes"][1] = {**content["scenes"][1], part: value}
    return json.dumps(content).encode()


def test_what_is_written_is_read_back_from_a_file_and_from_a_link():
    assert read(write(lesson())) == (lesson(), [])
    code = recorded_link.written(lesson())
    assert recorded_link.fits(code) and recorded_link.opened(code) == (lesson(), [])


@pytest.mark.parametrize("page,value", [*(("playground", opener.config) for opener in OPENERS.values()),
                                        *(("gradient_lab", opener.twins) for opener in LAB_OPENERS.values())])
def test_a_scene_has_the_settings_that_it_was_recorded_with(page, value):
    one = scene(page, settings=STAGES[page].write(value))
    assert one.value == value and len(one.runs) == len(one.names)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_a_built_in_lesson_is_written_as_it_would_be_saved(path):
    found, notes = read(path.read_bytes())
    assert not notes and write(found) == path.read_bytes()


@pytest.mark.parametrize("part,value,why", [
    ("settings", {"training.epochs": "999999999"}, "epochs"), ("settings", {"nonsense": "1"}, "do not exist"),
    ("settings", {"network.layers": "~".join(["64-relu"] * 64), "training.epochs": "10000", "seeds": "64"}, "used; of a link"),
    ("settings", {"data.source": "sine_sequence"}, "cannot all be used"),
    ("settings", {"training.learning_rate": "nan"}, "rate"),
    ("settings", {f"n{i}": "1" for i in range(500)}, "at most 80"), ("settings", {"seed": "1" * 5_000}, "at most 2000"),
    ("settings", {"seed": 1}, "string"), ("settings", [], "dictionary|object"), ("page", "home", "gradient_lab"),
    ("page", "x" * 10_000, "gradient_lab"), ("moment", -1, "0"), ("moment", 1e300, "10000000"), ("moment", "5", "number"),
    ("pictures", [], "at least 1"), ("pictures", ["loss", "loss"], "once"), ("pictures", ["../secret"], "pictures of"),
    ("title", "", "at least 1"), ("title", "\u202e\x00", "at least 1"), ("title", "x" * 81, "at most 80"),
    ("say", "x" * 601, "at most 600"), ("say", None, "string"), ("say", "\ud800", "what JSON cannot say"),
    ("question", {"measured": "learns-7"}, "question about these runs"),
    ("question", {"measured": "lower", "right": 0}, "either"),
    ("question", {"ask": "?", "options": ["a"], "right": 0}, "two to four"),
    ("question", {"ask": "?", "options": ["a", "a"], "right": 0}, "different"),
    ("question", {"ask": "?", "options": list("abcde"), "right": 0}, "at most 4"),
    ("question", {"ask": "?", "options": ["a", "b"], "right": 2}, "2 came"),
    ("question", {"ask": "?", "options": ["a", "b"]}, "None came"),
    ("question", 3, "object"), ("switches", 1, "boolean"), ("script", "alert(1)", "not permitted|Extra"),
    ("settings", {"objective.kind": "gan"}, "one row at a time|cannot all be used")])
def test_a_damaged_scene_is_left_out_with_a_sentence_and_the_rest_plays(part, value, why):
    found, notes = read(damaged(part, value))
    assert [one.title for one in found.scenes] == ["A scene"] * 2 and found.title == "Of two pages"
    assert len(notes) == 1 and notes[0].startswith("Scene 2 is left out.") and len(notes[0]) < 600
    assert pytest.raises(ValidationError, Scene.model_validate_json, json.dumps(json.loads(damaged(part, value))["scenes"][1]))
    assert any(word in notes[0] for word in why.split("|")), notes


@pytest.mark.parametrize("data,why", [
    (b"", "not JSON"), (b"\xff\xfe", "not JSON"), (b"[]", "holds no lesson"), (b"null", "holds no lesson"),
    (b"{}", "holds no lesson"), (b"[" * 100_000, "not JSON"), (b"{" * 50, "not JSON"), (b" " * (MAX_BYTES + 1), "at most 1 MB"),
    (json.dumps({**plain(lesson()), "version": 2}).encode(), "version 2"),
    (json.dumps({**plain(lesson()), "format": "neural playground run"}).encode(), "holds no lesson"),
    (json.dumps({**plain(lesson()), "scenes": {}}).encode(), "no list of scenes"),
    (json.dumps({**plain(lesson()), "scenes": []}).encode(), "no scene that can be played"),
    (json.dumps({**plain(lesson()), "scenes": [5]}).encode(), "no scene that can be played"),
    (write(lesson()).replace(b"40.0", b"NaN"), "NaN"), (write(lesson()).replace(b"40.0", b"1" * 5_000), "5,000 digits"),
    (write(lesson())[:-40], "not JSON"), (write(lesson()).replace(b'"aloud"', b'"title": "x", "aloud"'), "twice")])
def test_a_file_that_is_none_is_refused_in_a_sentence(data, why):
    with pytest.raises(ValueError, match=why):
        read(data)


def test_a_scene_that_is_nested_without_end_leaves_the_others_alone():
    deep = write(lesson()).replace(b'"The test loss turns."', b"[" * 400 + b"]" * 400)
    found, notes = read(deep)
    assert len(found.scenes) == 2 and notes[0].startswith("Scene 1 is left out.")


def test_what_is_too_much_or_strange_of_a_whole_lesson_is_said():
    content = plain(lesson())
    found, notes = read(json.dumps({**content, "scenes": content["scenes"] * 30, "title": 7, "virus": True}).encode())
    assert len(found.scenes) == MOST_SCENES and len(notes) == 2 and "90" in notes[0] and found.title == Lesson().title


def test_words_are_text_on_one_line_and_nothing_else():
    one = scene(say="<script>alert(1)</script>\n\u202e**bold**\x00")
    assert one.say == "<script>alert(1)</script> **bold**"


@pytest.mark.parametrize("change,why", [
    (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "not copied whole"),
    (lambda code: code[:60], "no lesson called|not copied whole"),
    (lambda code: code.replace("NL1", "NL2"), "version 2"), (lambda code: "gradients", "no lesson called"),
    (lambda code: code + "x" * recorded_link.MOST, "at most 2,000"), (lambda code: "NL1.é.000000", "not copied whole"),
    (lambda code: f"NL1.{'A' * 40}.{check_of('A' * 40)}", "cannot be unpacked"),
    (lambda code: f"NL1.{(bomb := packed('[' * 1_200_000))}.{check_of(bomb)}", "cannot be unpacked"),
    (lambda code: f"NL1.{(other := packed('{}'))}.{check_of(other)}", "holds no lesson")])
def test_a_damaged_link_is_refused_in_a_sentence(change, why):
    with pytest.raises(ValueError, match=why):
        recorded_link.opened(change(recorded_link.written(lesson())))


def test_a_long_lesson_fits_into_no_link():
    assert not recorded_link.fits(recorded_link.written(read(BUILT_IN[0].read_bytes())[0]))


def test_what_can_be_asked_is_known_without_data():
    bare = RunConfig.model_validate({"network": {"layers": []}})
    for twins in (DEFAULT, DEFAULT[:1], (bare,), *(opener.twins for opener in LAB_OPENERS.values())):
        assert askable(twins) == [one.key for one in questions(twins, names(twins))]


def test_a_measured_question_is_answered_by_the_runs_of_its_scene():
    one = scene("gradient_lab", question=Question(measured="factor-0"))
    asked = next(each for each in questions(one.runs, one.names) if each.key == one.question.measured)
    answer = asked.answer([first_frame(start(run, in_depth=True)) for run in one.runs])
    assert asked.options[answer.option].startswith("More than 1,000,000") and "layer 1's gradient is" in answer.reason


def test_scenes_are_changed_and_moved():
    one, two, three = lesson().scenes
    assert moved((one, two, three), 0, 1) == (two, one, three) and moved((one, two), 1, 5) == (one, two)
    assert changed(one, title="Another").title == "Another"
    with pytest.raises(ValidationError):
        changed(one, title="")
