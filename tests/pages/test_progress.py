"""Progress in the lessons: seen, marked, timed; what the browser kept comes back, and nothing else does."""

import json
from types import SimpleNamespace

import pytest
import streamlit as st

from tests.pages.test_lesson_form import PAGES, ideas
from tests.pages.visit import coming, gone, ok, opened, said
from ui import progress
from ui.path import LESSONS
from ui.progress import Progress, read, written
from ui.question import _Reply
from ui.reading import PACE, minutes, spoken
from ui.reading import written as words_of

KEPT = Progress([("losses", "cost"), ("neuron", "sum")], [("losses", "cost", 0, "abcdef012345", 1)],
                {"aside/losses/cost/w": 0.7, "aside/losses/cost/times": 2, "aside/losses/x": None})


@pytest.fixture
def session(monkeypatch):
    """A visitor's session, in which the browser says something."""
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def hear(session, text):
    session["progress"] = {"kept": text}
    progress._hear()


def test_what_was_kept_comes_back(session):
    assert read(written(KEPT)) == KEPT
    hear(session, written(KEPT))
    assert session[progress.SEEN] == set(KEPT.seen)
    assert session[progress.WAITING]["aside/losses/cost/w"] == 0.7
    assert session["losses/cost/ask"].option == 1 and session["lesson/answered"] == {("losses", "cost")}
    assert progress._present() == KEPT, "and is kept again"


@pytest.mark.parametrize("damage", [
    "x", "1", "1 2 3", written(KEPT)[:-1], written(KEPT).replace("0.7", "0.8"), "2" + written(KEPT)[1:], "\x00" * 999,
    f"1 {progress._checksum('[]')} []", f"1 {progress._checksum('{}}')} {{}}}}",
    f"1 {progress._checksum(json.dumps({'seen': 3}))} {json.dumps({'seen': 3})}"])
def test_what_is_damaged_or_of_another_version_is_left_aside_with_one_sentence(session, damage):
    hear(session, damage)
    assert session.pop(progress.NOTE) == progress.UNREADABLE
    assert not progress._present().seen and not progress._present().replies


@pytest.mark.parametrize("forged", [None, 7, [], {}, ["1"]])
def test_what_is_no_text_is_not_heard(session, forged):
    hear(session, forged)
    assert progress.HEARD not in session


def test_what_another_tab_kept_is_added_to_what_this_one_has(session):
    hear(session, "")
    session |= {progress.SEEN: {("losses", "unit")}, progress.DRAWN: {"aside/losses/cost/w": None}, "aside/losses/cost/w": -1.0,
                "losses/cost/ask": _Reply(2, "mine", 0), "lesson/answered": {("losses", "cost")}}
    hear(session, written(Progress([("losses", "cost")], [("losses", "cost", 0, "theirs", 1), ("neuron", "sum", 0, "x", 2)],
                                   {"aside/losses/cost/w": 0.7, "aside/losses/curves/at": 1.5})))
    assert progress._present() == Progress(
        [("losses", "cost"), ("losses", "unit")], [("losses", "cost", 2, "mine", 0), ("neuron", "sum", 0, "x", 2)],
        {"aside/losses/cost/w": -1.0, "aside/losses/curves/at": 1.5})


def test_what_one_tab_forgets_no_other_tab_brings_back(session):
    hear(session, written(KEPT))
    with_more = written(progress._present())
    progress.forget()
    forgotten = progress._present()
    assert forgotten == Progress(forgotten=forgotten.forgotten) and forgotten.forgotten > 0
    hear(session, with_more)
    assert progress._present() == forgotten, "the older text is forgotten, too"
    session.clear()
    hear(session, with_more)
    hear(session, written(forgotten))
    assert progress._present() == forgotten, "the other tab forgets what it had"


def test_an_address_goes_before_what_was_kept(session):
    session[progress.LINKED] = "losses"
    hear(session, written(KEPT))
    assert not session[progress.WAITING] and session[progress.SEEN] == set(KEPT.seen)


def test_what_json_would_change_is_not_kept(session):
    session |= {progress.DRAWN: dict.fromkeys("abcd"), "a": (1, 2), "b": float("nan"), "c": SimpleNamespace(), "d": [1.5, "x"]}
    session |= {"e": "long" * 1000}
    session[progress.DRAWN]["e"] = None
    assert progress._present().values == {"d": [1.5, "x"]}


def test_a_page_shows_what_was_kept_and_says_what_could_not_be_read():
    page = coming("losses")
    page.session_state[progress.NOTE] = progress.UNREADABLE
    page.session_state[progress.WAITING] = {"aside/losses/cost/w": "no number", "aside/losses/cost/b": 2.5,
                                            "losses/settings": 7}
    ok(page.run())
    assert page.slider(key="aside/losses/cost/b").value == 2.5
    assert [info.value for info in page.info] == [progress.UNREADABLE]
    assert page.slider(key="aside/losses/cost/w").value == 0.4
    ok(page.run())
    assert not page.info


def test_home_knows_what_was_seen_before_this_session():
    page = coming()
    page.session_state[progress.SEEN] = {("losses", "cost"), ("losses", "unit"), ("neuron", "sum")}
    told = [caption.value for caption in ok(page.run()).caption]
    assert told.count("2 ideas seen") == told.count("1 idea seen") == 1
    assert sum(words.endswith("seen") for words in told) == 2


def test_forgotten_is_as_if_no_lesson_had_been_opened():
    page = opened("losses")
    page.button(key="losses/cost/ask/0").click()
    ok(page.run())
    page.slider(key="aside/losses/cost/w").set_value(1.0)
    ok(page.run())
    gone(page, "home")
    assert any(caption.value == "1 of 9 ideas seen" for caption in page.caption)
    page.button(key="home/forget").click()
    ok(page.run())
    assert all("ideas seen" not in caption.value or caption.value.startswith("0 ") for caption in page.caption)
    gone(page, "learn/losses")
    assert page.slider(key="aside/losses/cost/w").value == 0.4 and page.button(key="losses/cost/ask/0")


@pytest.mark.parametrize("lesson", PAGES)
def test_ideas_have_titles_in_the_list_and_some_are_the_core(lesson):
    page = opened(lesson)
    listed = {button.key.removeprefix("way/"): button.label for button in page.main.button
              if str(button.key).startswith("way/")}
    assert list(listed) == list(ideas(lesson))
    assert 3 <= sum(":material/star:" in label for label in listed.values()) <= 7
    assert "min to read" in said(page)


def test_after_the_last_idea_comes_the_next_lesson():
    page = opened("losses")
    for _ in range(len(ideas("losses")) - 1):
        page.button(key="lesson/further").click()
        ok(page.run())
    assert page.header[0].value == "The cost of a real network, over two of its weights"
    after = LESSONS[[one.page for one in LESSONS].index("losses") + 1]
    assert any(link.proto.label.startswith(f"Next lesson: {after.title}") for link in page.get("page_link"))


def test_values_are_shared_by_the_address_and_come_back_from_it():
    page = opened("losses", idea="curves")
    page.slider(key="aside/losses/curves/at").set_value(-1.5)
    ok(page.run())
    page.button(key="lesson/share").click()
    ok(page.run())
    shared = dict(page.query_params.items())
    assert shared["with.curves/at"] == "-1.5" and shared["with.curves/of"] == '"a number"' and shared["idea"] == "curves"
    other = opened("losses", **shared)
    assert other.slider(key="aside/losses/curves/at").value == -1.5 and not other.info
    other.button(key="way/cost").click()
    ok(other.run())
    assert "with.curves/at" not in other.query_params


@pytest.mark.parametrize("text", ["NaN", "1e999", "x", '{"a": 1}', '"far"', "[]", "null", "-70", "true", "9" * 5000,
                                  "1", "1.5"])
def test_an_address_with_a_value_that_cannot_be_is_told_or_brought_back(text):
    page = opened("losses", idea="curves", **{"with.curves/at": text, "with.curves/ask": "1", "with.settings": "1"})
    assert -4 <= page.slider(key="aside/losses/curves/at").value <= 4
    neuron = opened("neuron", **{"with.what/w": text, "with.what/ask": text, "with.settings": text, "with.ideas": text})
    assert -1 <= neuron.slider(key="neuron/value/what/w").value <= 2
    fields = opened("neuron", idea="sum", **{"with.sum/which": text, "with.sum/5 × 0.8/x1": text})
    assert fields.main.text_input


@pytest.mark.parametrize("text", ["-9", "1.5", "900"])
def test_a_keyframe_of_an_address_is_one_that_there_is(text):
    assert opened("gan", idea="round", **{"with.round/at": text}).main.markdown
    assert opened("convolution", idea="filter", **{"with.filter/row": text}).main.markdown


def _says():
    """Docstrings count as little as names do."""
    return "four words are said", "name", 7


def test_the_time_to_read_is_measured_from_words():
    assert spoken("one, two – 3 and four·five") == 4
    assert words_of(_says) == 4
    assert (minutes(1), minutes(PACE), minutes(PACE + 1)) == (1, 1, 2)
