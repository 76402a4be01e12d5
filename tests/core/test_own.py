"""A visitor's table made ready: nothing is learned from held-out rows, and everything equals scikit-learn's own preparation."""

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

from ann_core import advance, start
from ann_core.data.table.encoder import OTHER
from ann_core.data.table.own import key_of
from ann_core.data.table.prepare import prepared
from tests.core.own_tables import FEATURES, config, own, pupils


@pytest.mark.parametrize("scaling, scaler", [("standard", StandardScaler), ("minmax", MinMaxScaler)])
def test_inputs_equal_scikit_learns_pipeline(scaling, scaler):
    found = own()
    used = found.table.frame.iloc[found.rows]
    peer = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), scaler()), ["hours", "sleep"]),
        ("words", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(drop="if_binary", sparse_output=False),
                                scaler()), ["town", "job"])])
    words = used.assign(town=used["town"].astype(object).where(used["town"].notna(), np.nan))
    peer.fit(words.iloc[found.train])
    data = prepared(found, scaling)
    assert data.input_names == ("hours", "sleep", "town = east", "town = far", "town = north", "town = south", "town = west",
                                "job = yes")
    for ours, part in ((data.X_train, found.train), (data.X_test, found.validation)):
        np.testing.assert_allclose(ours, peer.transform(words.iloc[part]), atol=1e-12)


def test_no_statistic_is_fitted_on_held_out_rows():
    """Rows that do not train are made absurd; everything learned stays bit for bit what it was."""
    frame = pupils()
    clean = own(frame)
    spoilt = frame.copy()
    held = clean.rows[np.concatenate([clean.validation, clean.test])]
    spoilt.loc[held, ["hours", "sleep"]] = 1e9
    spoilt.loc[held, "town"] = "nowhere"
    again = own(spoilt)
    np.testing.assert_array_equal(again.train, clean.train)
    assert again.encoder == clean.encoder
    a, b = prepared(clean, "standard"), prepared(again, "standard")
    for name in ("center", "scale"):
        np.testing.assert_array_equal(getattr(a.scaler, name), getattr(b.scaler, name))
    np.testing.assert_array_equal(a.X_train, b.X_train)
    assert (a.target.center, a.target.scale) == (b.target.center, b.target.scale)
    assert not np.array_equal(a.X_test, b.X_test)


def test_a_regression_target_is_scaled_by_training_rows_only():
    frame = pupils()
    clean = own(frame, target="mark", task="regression")
    frame.loc[clean.rows[clean.test], "mark"] += 1e6
    again = own(frame, target="mark", task="regression")
    assert clean.target == again.target
    mean, scale = clean.target.center, clean.target.scale
    assert mean == pytest.approx(clean.y[clean.train].mean()) and scale == pytest.approx(clean.y[clean.train].std())


def test_every_row_has_one_place_and_classes_keep_their_shares():
    found = own()
    parts = (found.train, found.validation, found.test)
    assert sorted(np.concatenate(parts)) == list(range(200))
    assert [len(part) for part in parts] == [120, 40, 40]
    share = found.y.mean()
    assert all(abs(found.y[part].mean() - share) < 0.03 for part in parts)


def test_without_validation_rows_the_test_rows_are_watched():
    assert prepared(own(), "standard").held_out == "validation"
    found = own(validation_share=0.0)
    assert prepared(found, "standard").held_out == "test" and len(prepared(found, "standard").X_test) == len(found.test)


def test_rare_words_share_an_input_and_unknown_ones_join_them():
    found = own(most_categories=3)
    assert found.encoder.names[2:5] == ("town = north", "town = south", f"town = {OTHER}")
    assert any("5 different values" in note for note in found.notes)
    strange = pupils(1).assign(town=pd.Series(["moon"], dtype="str"))
    assert list(found.encoder(strange)[0][2:5]) == [0, 0, 1]


def test_an_unknown_word_without_such_an_input_counts_as_a_gap():
    found = own()
    strange, gap = (pupils(1).assign(town=pd.Series([cell], dtype="str")) for cell in ("moon", None))
    np.testing.assert_array_equal(found.encoder(strange), found.encoder(gap))
    assert found.encoder.columns[2].unknown(strange["town"]).all() and not found.encoder.columns[2].unknown(gap["town"]).any()


def test_another_spelling_is_the_same_word():
    found = own()
    spelt, known = (pupils(2).assign(town=pd.Series(words, dtype="str")) for words in (["NORTH", "South"], ["north", "south"]))
    np.testing.assert_array_equal(found.encoder(spelt), found.encoder(known))
    assert not found.encoder.columns[2].unknown(spelt["town"]).any()


def test_numbers_may_be_names():
    frame = pupils().assign(code=np.tile([10.0, 20.0, 30.5, 40.0], 50))
    found = own(frame, features=("hours", "code"), categories=("code",))
    assert found.encoder.names == ("hours", "code = 10", "code = 20", "code = 30.5", "code = 40")


def test_rows_without_target_or_with_gaps_are_left_out_and_said():
    frame = pupils()
    frame.loc[:9, "passed"] = np.nan
    assert len(own(frame).rows) == 190 and any("10 rows without passed" in note for note in own(frame).notes)
    dropped = own(frame, missing="drop")
    whole = frame.loc[10:, list(FEATURES)].notna().all(axis=1).sum()
    assert len(dropped.rows) == whole and any("with gaps are left out" in note for note in dropped.notes)


@pytest.mark.parametrize("changes, words", [
    ({"target": "nothing"}, "no column nothing"), ({"features": ("hours", "passed")}, "cannot be an input too"),
    ({"task": "regression"}, "holds words"), ({"target": "same"}, "only one class"),
    ({"target": "mark"}, "at most 50 classes"), ({"features": ("huge",)}, "beyond 1e100")])
def test_what_cannot_be_learned_is_refused_with_the_reason(changes, words):
    frame = pupils().assign(same=pd.Series(["a"] * 200, dtype="str"), huge=np.full(200, 1e200))
    with pytest.raises(ValueError, match=words):
        own(frame, **changes)


def test_too_few_rows_are_refused():
    with pytest.raises(ValueError, match="at least 4 rows"):
        own(pupils(3))


def test_the_key_names_content_and_preparation():
    a, b, c = own(), own(), own(most_categories=3)
    assert key_of(a.table, a.preparation) == key_of(b.table, b.preparation) != key_of(c.table, c.preparation)
    assert key_of(own(pupils(seed=1)).table, a.preparation) != key_of(a.table, a.preparation)


def test_the_best_pair_is_the_two_columns_that_tell_most():
    data = prepared(own(target="mark", task="regression"), "standard")
    assert (data.plane.x_name, data.plane.y_name) == ("hours", "sleep") and "other 6 keep their usual values" in data.plane.note


def test_a_slice_keeps_the_usual_values():
    found = own()
    data = prepared(found, "standard", (0, 1))
    grid = data.grid(5)
    rows = found.table.frame.iloc[found.rows[found.train]]
    raw = grid * data.scaler.scale + data.scaler.center
    assert set(np.round(raw[:, 2:].sum(axis=0) / 25, 9)) <= {0.0, 1.0}
    assert rows["town"].mode()[0] == "north" and raw[0, 4] == pytest.approx(1)


def test_main_directions_reproduce_the_rows_they_come_from():
    """A row's place on the plane, carried back, is its projection: no other point of the plane is nearer."""
    found = own(features=("hours", "sleep"))
    data = prepared(found, "standard", "components")
    back = data.X_train.mean(axis=0) + data.points_train @ data.plane.components
    np.testing.assert_allclose(back, data.X_train, atol=1e-9)  # two inputs: the plane is everything
    wide = prepared(own(), "standard", "components")
    assert wide.plane.components.shape == (2, 8) and "main direction" == wide.plane.x_name
    low = np.array([wide.plane.ranges[axis][0] for axis in "xy"])
    corner = wide.X_train.mean(axis=0) + low @ wide.plane.components
    np.testing.assert_allclose(wide.grid(7)[0], corner)


@pytest.mark.parametrize("task, target", [("classification", "passed"), ("regression", "mark")])
def test_one_input_makes_a_strip_or_a_curve(task, target):
    found = own(features=("hours",), target=target, task=task)
    data = prepared(found, "standard")
    _, film = advance(start(config(found), data), frames=2)
    if task == "classification":
        assert data.points_train.shape[1] == 2 and film.boundary.shape[1:] == (1, 48, 48)
        assert (film.boundary == film.boundary[:, :, :1]).all()  # what it decides does not depend on the height
    else:
        assert data.points_train.shape[1] == 1 and film.curve.shape == (2, 200)


def test_fifty_classes_and_a_column_with_one_value():
    frame = pupils(300).assign(kind=pd.Series([f"k{i % 50}" for i in range(300)], dtype="str"), rare=np.nan)
    frame.loc[0, "rare"] = 3.0  # one row only: hardly ever one that trains
    found = own(frame, target="kind", features=("hours", "rare"))
    _, film = advance(start(config(found), prepared(found, "standard")), frames=1)
    assert film.boundary.shape[1] == 50 and np.isfinite(film.train_loss).all()


def test_what_lies_far_outside_of_the_training_rows_is_known_and_what_is_near_is_not():
    found = own()
    hours = found.encoder.columns[0]
    span = hours.high - hours.low
    cells = pd.Series([hours.low, hours.high + 0.09 * span, hours.high + 0.11 * span, hours.low - 0.11 * span, 500, np.nan])
    assert hours.outside(cells).tolist() == [False, False, True, True, True, False]
    training = found.table.frame.iloc[found.rows[found.train]]
    for column in found.encoder.columns:
        assert not column.outside(training[column.name]).any()
