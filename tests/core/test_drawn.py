"""Your own drawing: which points are taken, what a network sees of them, and how they travel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ann_core import RunConfig, advance, start
from ann_core.data import load
from ann_core.data.made.drawn import EXAMPLE, MOST_POINTS, points_in
from ann_core.film.scene import scene
from ann_core.lab.twins import DEFAULT
from ann_core.lab.twins import from_query as twins_from
from ann_core.lab.twins import to_query as twins_to
from ann_core.run import link
from ann_core.run.link import edited, from_query, to_query
from ui.player.asks import read_ask

MOST_DRAWN = link.MOST_DRAWN["drawn"]
DRAWN = RunConfig.model_validate({"data": {"source": "drawn"}})
COORDINATES = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
POINTS = st.tuples(COORDINATES, COORDINATES, st.integers(0, 5))
FORGED = [
    None, "all", {}, 5, [], [[0, 0, 0]], [[0, 0, 0]] * (MOST_POINTS + 1), [[0, 0, 0], [0, 0]], [[0, 0, 0], []],
    [[0, 0, 0], None], [[0, 0, 0], "0,0,0"], [[0, 0, 0], [0, 0, 6]], [[0, 0, 0], [0, 0, -1]], [[0, 0, 0], [0, 0, 1.0]],
    [[0, 0, 0], [0, 0, True]],
    [[0, 0, 0], ["0", 0, 0]], [[0, 0, 0], [True, 0, 0]], [[0, 0, 0], [3.01, 0, 0]], [[0, 0, 0], [0, float("nan"), 0]],
    [[0, 0, 0], [float("inf"), 0, 0]], [[0, 0, 0], [10**400, 0, 0]], [[0, 0, 0], [0, 0, 0, 0]], [[0, 0, 0], [[], 0, 0]],
]


def drawing(points) -> RunConfig:
    return edited(DRAWN, {"data.drawn": points})


# Which points are taken


@pytest.mark.parametrize("value", FORGED)
def test_anything_but_points_is_refused_with_a_sentence(value):
    with pytest.raises(ValidationError, match=r"Expected .* came"):
        drawing(value)
    assert read_ask({"n": 1, "kind": "draw", "points": value}, {}) is None


def test_points_are_rounded_and_keep_their_order():
    assert points_in([[1, -0.004, 0], [-3, 2.996, 1]]) == ((1.0, 0.0, 0), (-3.0, 3.0, 1))
    assert str(points_in([[-0.001, 0, 0]] * 2)[0][0]) == "0.0"


def test_an_ask_carries_points_and_other_asks_none():
    ask = read_ask({"n": 4, "kind": "draw", "points": [[0.123, 1, 0], [2, 1, 5]]}, {})
    assert (ask.n, ask.kind, ask.points) == (4, "draw", ((0.12, 1.0, 0), (2.0, 1.0, 5)))
    assert read_ask({"n": 4, "kind": "seed"}, {}).points == ()
    assert read_ask({"n": 4, "kind": "seed", "points": [[0, 1, 0], [2, 1, 5]]}, {}) is None  # says more than such an ask may
    assert read_ask({"kind": "draw", "points": [[0, 1, 0], [2, 1, 5]]}, {}) is None


# What a network sees of them


def test_the_example_is_learned_at_once():
    for seed in range(3):
        _, film = advance(start(edited(DRAWN, {"seed": seed})), frames=60, budget_ms=None)
        assert film.train_score[-1] == 1 and film.test_score[-1] == 1


def test_every_point_trains_or_tests_on_the_plane_it_was_drawn_on():
    data = load(DRAWN.data)
    seen = np.vstack([np.column_stack([data.points_train, data.y_train]), np.column_stack([data.points_test, data.y_test])])
    np.testing.assert_array_equal(np.unique(seen, axis=0), np.unique(np.array(EXAMPLE), axis=0))
    assert data.plane.ranges == {"x": (-3, 3), "y": (-3, 3)} and (data.plane.x_name, data.plane.y_name) == ("x₁", "x₂")
    assert 0 < len(data.y_test) < len(data.y_train)


@pytest.mark.parametrize(("classes", "names"), [
    ((0, 1), ("blue", "orange")), ((0, 0), ("blue", "orange")), ((0, 1, 2), ("class 1", "class 2", "class 3")),
    ((1, 5), tuple(f"class {k}" for k in range(1, 7)))])
def test_there_are_as_many_classes_as_were_drawn_and_at_least_two(classes, names):
    config = drawing([(k / 10, 0, c) for k, c in enumerate(classes * 4)])
    run = start(config)
    assert run.data.target.class_names == names
    assert config.data.shape == (4 * len(classes), 2, run.net.n_out) and config.parameters == run.net.n_parameters


@pytest.mark.parametrize("points", [
    [(0, 0, 0), (1, 1, 1)], [(0, 0, 0), (1, 1, 0)], [(0, 0, 0), (0, 0, 1)], [(0, 0, 0), (1, 1, 5)], [(2, 2, 3)] * 2,
    [(0, 0, 0), (1, 1, 1), (2, 2, 2)], [(x / 10, 0, 0) for x in range(9)] + [(1, 1, 1)]])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_the_fewest_points_train_and_every_class_has_one(points, share):
    run = start(edited(DRAWN, {"data.drawn": points, "data.test_share": share}))
    _, film = advance(run, frames=20, budget_ms=None)
    assert film.message is None and np.isfinite(film.train_loss).all()
    assert set(run.data.y_train.tolist()) == {c for *_, c in points}
    assert len(run.data.y_train) + len(run.data.y_test) == len(points)


def test_one_class_is_learned_and_said():
    one, two = (scene(start(drawing([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, c)])))[0] for c in (0, 1))
    assert any("one class" in note for note in one["notes"])
    assert not any("one class" in note for note in two["notes"])


def test_features_of_made_data_are_offered():
    data = load(edited(DRAWN, {"data.features": ("x1", "x2_squared", "sin_x1")}).data)
    assert data.input_names == ("x₁", "x₂²", "sin πx₁") and data.points_train.shape[1] == 2


def test_only_the_test_share_counts_of_the_settings_of_made_data():
    usual = load(DRAWN.data)
    other = load(edited(DRAWN, {"data.noise": 0.5, "data.samples": 50, "data.classes": 5}).data)
    np.testing.assert_array_equal(usual.X_train, other.X_train)
    assert len(load(edited(DRAWN, {"data.test_share": 0.0}).data).y_test) == 0


def test_the_picture_gets_the_points_as_they_were_drawn():
    points = ((1.5, -2.25, 1), (0.0, 0.0, 0), (-3.0, 3.0, 0))
    assert scene(start(drawing(points)))[0]["drawn"] == points
    assert scene(start(RunConfig()))[0]["drawn"] is None


# In the link


@settings(max_examples=50, deadline=None)
@given(st.lists(POINTS, min_size=2, max_size=MOST_DRAWN))
def test_a_link_reproduces_a_drawing(points):
    config = drawing(points)
    query = to_query(config)
    assert from_query(query) == (config, [])
    assert sum(len(f"{name}={text}&") for name, text in query.items()) <= 900
    assert not set(query.get("data.drawn", "")) - set("0123456789.-_~")  # what an address need not escape


def test_a_drawing_too_large_for_the_link_is_left_out():
    many = [(-1.25, -k / 200, k % 2) for k in range(MOST_DRAWN + 1)]
    assert "data.drawn" in to_query(drawing(many[:MOST_DRAWN]))
    assert to_query(drawing(many)) == {"v": "1", "data.source": "drawn"}


def test_a_drawing_that_is_not_learned_from_stays_out_of_the_link():
    assert to_query(edited(RunConfig(), {"data.drawn": [(0, 0, 0), (1, 1, 1)]})) == {}


@pytest.mark.parametrize("text", [
    "", "off", "1", "0_0_0", "0_0_0~1_1", "0_0_0~1_1_9", "0_0_0~9_1_1", "0_0_0~nan_1_1", "<img src=x>", "0_0_0~1_1_1~",
    "0_0_0~1e99_1_1", "~".join(["1_1_1"] * 1000), "~" * 5000, "_" * 5000, "0_0_0~1_1_1.0", "0_0_0~٣_1_1"])
def test_hostile_drawings_in_a_link_give_the_usual_one_and_a_note(text):
    config, notes = from_query({"v": "1", "data.source": "drawn", "data.drawn": text})
    assert config == DRAWN and len(notes) == 1 and "data.drawn" in notes[0] and len(notes[0]) < 400


def test_twins_share_a_drawing_in_their_link():
    points = [(0, 0, 0), (1, 1, 1), (2, 1, 0)]
    twins = tuple(edited(twin, {"data.source": "drawn", "data.drawn": points}) for twin in DEFAULT)
    assert twins_from(twins_to(twins)) == (twins, [])
