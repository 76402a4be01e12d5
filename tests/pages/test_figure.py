"""What a figure sends to the browser, and what it believes of what comes back: that may be forged."""

import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from ui.figure import Animation, Cursor, Drag, FollowingLine, FollowingPoints, Keyframe, Press, Rest, figure
from ui.figure import mount as mounts
from ui.figure.moves import read_moves
from ui.text import plotly

DRAG = {"w": Drag(x=(-3, 3), y=(0, 1)), "rows": Drag(y=(-1, 1), point=None)}
SIZES = {"w": 1, "rows": 4}
GOOD = {"n": 2, "moved": [{"name": "w", "x": 1.5, "y": 1}, {"name": "rows", "point": 3, "y": -0.5}]}


def picture() -> go.Figure:
    fig = go.Figure([go.Scatter(name="w", x=[1.0], y=[0.5]), go.Scatter(name="rows", x=np.arange(4), y=[0, np.nan, np.inf, 1])])
    fig.add_shape(name="mark", type="line", x0=1, x1=1, y0=0, y1=1)
    return fig


@pytest.fixture
def sent(monkeypatch):
    """Mounts a figure and gives the message it sends."""
    monkeypatch.setattr(mounts.st, "session_state", {})

    def send(fig=None, **settings):
        said = []
        monkeypatch.setattr(mounts, "_component", lambda **mounted: said.append(mounted["data"]))
        figure(fig or picture(), key="a", alt="A picture.", **settings)
        return json.loads(said[0])

    return send


def test_a_message_holds_the_figure_without_what_a_browser_cannot_read(sent):
    threshold = Drag(x=(0, 2), step=0.5, label="Threshold")
    message = sent(drag={**DRAG, "mark": threshold}, follow=[FollowingLine("mark", "w.x", [[-1, "w.y"]], 0)])
    assert message["data"][1]["x"] == [0, 1, 2, 3] and message["data"][1]["y"] == [0, None, None, 1]
    assert "template" not in message["layout"] and message["tells"] is False
    assert [(d["name"], d["label"], d["step"], d["point"]) for d in message["drag"]] == [
        ("w", "w", [0.1, 0.1], 0), ("rows", "rows", [0.1, 0.1], None), ("mark", "Threshold", [0.5, 0.5], 0)]
    assert message["follow"] == [{"target": "mark", "a": "w.x", "b": [[-1, "w.y"]], "c": 0}]


def test_an_animation_is_known_by_what_it_shows(sent):
    def animation(to: float) -> Animation:
        there = Keyframe(traces={"w": {"x": np.array([to])}}, shapes={"mark": {"x0": to}}, caption="There.")
        return Animation([Keyframe(), there])

    first, same, other = (sent(animation=animation(to))["film"] for to in (1, 1, 2))
    assert first == same and first["id"] != other["id"]
    assert other["frames"][1] == {"traces": {"w": {"x": [2]}}, "shapes": {"mark": {"x0": 2}}, "caption": "There."}


@pytest.mark.parametrize(("settings", "says"), [
    ({"drag": {"v": Drag(x=(0, 1))}}, r"Unknown names \['v'\].*mark, rows, w"),
    ({"drag": {"rows": Drag(x=(0, 1), point=4)}}, "below 4, got 4"),
    ({"follow": [FollowingPoints("v", [0], [0])]}, "Unknown names"),
    ({"follow": [FollowingPoints("mark", ["w.x"], [0])]}, r"Unknown values \['w.x'\]"),
    ({"animation": Animation([Keyframe(traces={"v": {}})])}, "Unknown names"),
    ({"animation": Animation([])}, "at least one frame"),
    ({"animation": Animation([Keyframe()], rate=0)}, "rate above 0")])
def test_a_page_that_names_what_is_not_there_is_told(sent, settings, says):
    with pytest.raises(ValueError, match=says):
        sent(**settings)


@pytest.mark.parametrize("settings", [{}, {"x": (1, 1)}, {"x": (0, math.inf)}, {"y": (math.nan, 1)}, {"x": (0, 1), "step": 0},
                                      {"x": (0, 1), "step": (0.1, -1)}])
def test_a_drag_needs_bounds_and_a_step(settings):
    with pytest.raises(ValueError, match="Expected"):
        Drag(**settings)


def test_what_is_pressed_has_no_place():
    assert read_moves({"n": 1, "moved": [{"name": "w", "x": 9}]}, {"w": Press(label="W")}, SIZES) == (1, [("w", {})])
    with pytest.raises(ValueError, match="does not move"):
        Press(x=(0, 1))


def test_what_was_dragged_is_read():
    n, moves = read_moves(GOOD, DRAG, SIZES)
    assert n == 2 and moves == [("w", {"x": 1.5, "y": 1.0}), ("rows", {"y": -0.5, "point": 3})]
    at_the_border = {"n": 1, "moved": [{"name": "w", "x": -3, "y": 1, "point": "no", "more": 1}]}
    assert read_moves(at_the_border, DRAG, SIZES) == (1, [("w", {"x": -3.0, "y": 1.0})])


@pytest.mark.parametrize("change", [
    {"name": "v"}, {"name": None}, {"name": ["w"]}, {"x": 3.0001}, {"x": -1e300}, {"x": "1"}, {"x": True}, {"x": None},
    {"x": [1]}, {"x": math.nan}, {"x": math.inf}, {"x": 10**400}, {"y": -0.1}, {"name": "rows", "y": 0},
    {"name": "rows", "y": 0, "point": 4}, {"name": "rows", "y": 0, "point": -1},
    {"name": "rows", "y": 0, "point": True}, {"name": "rows", "y": 0, "point": 1.0}])
def test_a_forged_move_spoils_the_whole_message(change):
    assert read_moves({"n": 1, "moved": [*GOOD["moved"], {**GOOD["moved"][0], **change}]}, DRAG, SIZES) is None


@pytest.mark.parametrize("value", [None, 5, [], {}, {"n": 1}, {"n": "1", "moved": []}, {"n": True, "moved": []},
                                   {"n": -1, "moved": []}, {"n": 2**40, "moved": []}, {"n": 1, "moved": {}},
                                   {"n": 1, "moved": [5]}, {"n": 1, "moved": GOOD["moved"] * 200}])
def test_other_things_are_ignored(value):
    assert read_moves(value, DRAG, SIZES) is None


@given(some.floats() | some.integers(), some.floats() | some.integers())
def test_only_numbers_within_the_bounds_get_through(x, y):
    read = read_moves({"n": 1, "moved": [{"name": "w", "x": x, "y": y}]}, DRAG, SIZES)
    within = -3 <= x <= 3 and 0 <= y <= 1
    assert (read is not None) == within
    assert read is None or read[1] == [("w", {"x": x, "y": y})]


def test_the_page_hears_of_moves_and_only_of_these(monkeypatch):
    heard, mount = [], mounts._Mount()

    def take(state):
        monkeypatch.setattr(mounts.st, "session_state", state)
        mounts._take(mount, "a", DRAG, SIZES, lambda name, values: heard.append((name, values)))

    take({"a": {"moved": GOOD}})
    assert [name for name, _ in heard] == ["w", "rows"] and mount.answer == 2
    for state in ({}, {"a": {}}, {"a": {"moved": None}}, {"a": {"moved": {"n": 9, "moved": [{"name": "w", "x": 9, "y": 0}]}}}):
        take(state)
    assert len(heard) == 2 and mount.answer == 2


def test_a_visitors_text_stays_text():
    assert plotly("<b>%{x} & 1 < 2") == "&lt;b&gt;%\u200b{x} &amp; 1 &lt; 2"


def test_a_page_runs_with_figures_in_and_out_of_a_fragment():
    def page():
        import plotly.graph_objects as go
        import streamlit as st

        from ui.figure import Cursor, Drag, figure

        drag = {"w": Drag(x=(0, 1))}
        figure(go.Figure(go.Scatter(name="w", x=[1], y=[1])), key="a", alt="One.", drag=drag, on=lambda name, values: None)
        st.fragment(figure)(go.Figure(), key="b", alt="None.", cursor=Cursor())
        st.number_input("Again", key="n")

    app = AppTest.from_function(page).run()
    app.number_input(key="n").set_value(2).run()
    assert not app.exception


def test_where_a_cursor_was_set_and_a_film_rests_is_heard_and_may_be_forged(monkeypatch):
    heard, mounted = [], {}
    monkeypatch.setattr(mounts.st, "session_state", {})
    monkeypatch.setattr(mounts, "_component", lambda **told: mounted.update(told))
    figure(picture(), key="a", alt="A picture.", cursor=Cursor(1.0, heard.append),
           animation=Animation([Keyframe()] * 3), rest=Rest(1, heard.append))
    assert {name: json.loads(mounted["data"])[name] for name in ("at", "sets", "rest")} == {"at": 1.0, "sets": True, "rest": 1}
    for name, values in {"set": (2.5, "2", None, math.nan, True), "rest": (2, 3, -1, 1.5, None)}.items():
        for value in values:
            mounts.st.session_state["a"] = {name: value}
            mounted[f"on_{name}_change"]()
    assert heard == [2.5, 2]


def test_the_same_film_that_plays_by_itself_now_keeps_its_id(sent):
    quiet, playing = (sent(animation=Animation([Keyframe()], autoplay=autoplay))["film"] for autoplay in (False, True))
    assert quiet["id"] == playing["id"] and playing["autoplay"] and not quiet["autoplay"]
