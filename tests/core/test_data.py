"""Data: what is drawn, how it is split and scaled, and the plane it is shown on."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest

from ann_core.data import BUNDLED, FEATURES, GENERATORS, PICTURES, SOURCES, Dataset, load, offered, prepare
from ann_core.data.made.drawn import EXAMPLE
from ann_core.data.made.sketches import EXAMPLES
from ann_core.data.scaling import fit_scaler

SHAPES = [key for key, record in GENERATORS.items() if record.task == "classification"]
FUNCTIONS = [key for key, record in GENERATORS.items() if record.task == "regression"]
DEFAULTS = {
    "source": "moons", "samples": 200, "noise": 0.1, "classes": 2, "test_share": 0.3, "seed": 0,
    "features": ("x1", "x2"), "scaling": "standard", "plane": None, "drawn": EXAMPLE,
    "sketches": EXAMPLES, "mirrored": False, "shifted": 0,
}  # fmt: skip


@pytest.fixture(autouse=True)
def strict_numbers():
    with np.errstate(all="raise", under="ignore"):
        yield


def loaded(**changes):
    return load(SimpleNamespace(**{**DEFAULTS, **changes}))


def made(key, samples=200, noise=0.1, seed=0, classes=2):
    return GENERATORS[key].make(samples, noise, np.random.default_rng(seed), classes)


def table(X, y, class_names=(), task=None):
    X = np.asarray(X, dtype=float)
    names = tuple(f"column {i}" for i in range(X.shape[1]))
    task = task or ("classification" if class_names else "regression")
    return Dataset("table", "Table", task, X, np.asarray(y), names, tuple(class_names), "target")


def sorted_rows(A):
    return A[np.lexsort(A.T)]


# Made data


@pytest.mark.parametrize("key", SHAPES)
@pytest.mark.parametrize("samples", [1, 10, 11, 97, 5000])
@pytest.mark.parametrize("classes", [2, 6])
def test_classes_are_balanced_to_within_one_row(key, samples, classes):
    X, y = made(key, samples, classes=classes)
    counts = np.bincount(y, minlength=GENERATORS[key].class_count(classes))
    assert X.shape == (samples, 2) and y.dtype == np.int64
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("classes", range(2, 7))
def test_blobs_have_the_number_of_classes_asked_for(classes):
    data = loaded(source="blobs", classes=classes)
    assert len(data.target.class_names) == classes
    assert set(data.y_train) == set(data.y_test) == set(range(classes))


@pytest.mark.parametrize(
    "key, wanted, given", [("moons", 5, 2), ("three_spirals", 2, 3), ("rings", 2, 3), ("blobs", 9, 6)]
)
def test_class_count_is_bounded_by_the_shape(key, wanted, given):
    assert len(loaded(source=key, classes=wanted).target.class_names) == given


@pytest.mark.parametrize("key", GENERATORS)
def test_noise_moves_the_same_points_in_proportion(key):
    (X0, y0), (X1, y1), (X2, y2) = (made(key, noise=noise) for noise in (0, 0.1, 0.2))
    if GENERATORS[key].task == "classification":
        np.testing.assert_array_equal(y0, y1)
        np.testing.assert_allclose(X2 - X0, 2 * (X1 - X0), atol=1e-12)
        low, high = GENERATORS[key].extent[0]
        assert np.std(X1 - X0) / (high - low) == pytest.approx(0.1 / 4, rel=0.15)
    else:
        np.testing.assert_array_equal(X0, X1)
        np.testing.assert_allclose(y2 - y0, 2 * (y1 - y0), atol=1e-12)
        assert np.std(y1 - y0) == pytest.approx(0.05, rel=0.2)


@pytest.mark.parametrize("key", GENERATORS)
def test_same_generator_state_same_data_other_seed_other_data(key):
    np.testing.assert_array_equal(made(key)[0], made(key)[0])
    assert not np.array_equal(made(key)[0], made(key, seed=1)[0])


@pytest.mark.parametrize("key", GENERATORS)
def test_points_without_noise_lie_inside_the_plane(key):
    X, y = made(key, 2000, noise=0, classes=6)
    shown = X if X.shape[1] == 2 else np.column_stack([X, y])
    low, high = np.array(GENERATORS[key].extent).T
    assert (shown > low).all() and (shown < high).all()
    if key in FUNCTIONS:
        assert np.abs(y).max() <= 1.05 and y.std() > 0.2


@pytest.mark.parametrize("key,apart", [("eight_clouds", 4 * np.sin(np.pi / 8)), ("grid", 1.3)])
def test_neighbouring_clouds_are_of_different_classes(key, apart):
    centers, spread = GENERATORS[key].clouds(2, 0.0)
    X, y = made(key, 400, noise=0)
    nearest = np.linalg.norm(X[:, None] - centers, axis=-1).argmin(-1)
    assert np.linalg.norm(X - centers[nearest], axis=-1).max() < 5 * spread
    of_cloud = np.array([y[nearest == cloud][0] for cloud in range(len(centers))])
    assert all((y[nearest == cloud] == of_cloud[cloud]).all() for cloud in range(len(centers)))
    far = np.linalg.norm(centers[:, None] - centers, axis=-1)
    one, other = np.nonzero(np.isclose(far, apart))
    assert len(one) >= 2 * (len(centers) - 1) and (of_cloud[one] != of_cloud[other]).all()


def test_only_shapes_of_clouds_have_centres():
    assert {key for key, record in GENERATORS.items() if record.clouds(3, 0.1)} == {"blobs", "eight_clouds", "grid"}


def test_moons_are_two_half_circles():
    X, y = made("moons", noise=0)
    upper, lower = X[y == 0], X[y == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1)
    np.testing.assert_allclose(np.hypot(*(lower - [1, 0.5]).T), 1)
    assert upper[:, 1].min() >= 0 and lower[:, 1].max() <= 0.5


def test_labels_follow_the_rule_of_each_shape():
    X, y = made("xor", noise=0)
    np.testing.assert_array_equal(y, (X.prod(axis=1) < 0).astype(int))
    X, y = made("checkerboard", noise=0)
    np.testing.assert_array_equal(y, np.floor(X).sum(axis=1) % 2)
    assert len(np.unique(np.floor(X), axis=0)) == 16
    X, y = made("rings", noise=0, classes=5)
    radius = np.hypot(*X.T)
    assert all(radius[y == k].max() < radius[y == k + 1].min() for k in range(4))


@pytest.mark.parametrize("changes", [{"samples": 0}, {"noise": -0.1}, {"noise": np.nan}, {"test_share": 1}])
def test_numbers_out_of_range_are_refused_with_both_sides_named(changes):
    with pytest.raises(ValueError, match=r"Expected .* received"):
        loaded(**changes)


# Pictures

def shapes(samples=600, noise=0.0, seed=0, **where):
    X, y = PICTURES["shapes"].make(samples, noise, np.random.default_rng(seed), **where)
    return X.reshape(-1, 12, 12), y


def test_each_shape_lies_whole_on_the_canvas_at_places_by_chance():
    X, y = shapes()
    assert X.sum((1, 2))[:6].tolist() == [5, 5, 9, 9, 12, 16] and np.bincount(y).tolist() == [100] * 6
    corners = {(int(np.flatnonzero(p.any(1))[0]), int(np.flatnonzero(p.any(0))[0])) for p in X[y == 5]}
    assert len(corners) > 40 and max(map(max, corners)) == 7 and min(map(min, corners)) == 0


def test_shapes_may_be_kept_to_some_columns():
    for columns in ((0, 2), (5, 7)):
        X, y = shapes(columns=columns)
        left = {int(np.flatnonzero(p.any(0))[0]) for p in X[y == 5]}
        assert left == set(range(columns[0], columns[1] + 1))
    with pytest.raises(ValueError, match=r"columns from 0 to 7, received"):
        shapes(columns=(5, 8))


def test_noise_leaves_shapes_where_they_are():
    (X0, y0), (X1, y1) = shapes(), shapes(noise=0.2)
    np.testing.assert_array_equal(y0, y1)
    assert np.std(X1 - X0) == pytest.approx(0.2, rel=0.02)


def test_a_canvas_holds_the_measured_digit_in_its_middle():
    small, large = (BUNDLED[key].dataset() for key in ("digits", "digits_canvas"))
    X = large.X.reshape(-1, 12, 12)
    np.testing.assert_array_equal(X[:, 2:10, 2:10].reshape(len(X), -1), small.X)
    assert X.sum() == small.X.sum() and large.feature_names[0] == "pixel row 1 column 1" and len(large.feature_names) == 144


def test_one_scale_for_all_inputs_leaves_a_picture_as_it_looks():
    data = loaded(source="digits", scaling="together")
    np.testing.assert_array_equal(data.X_train, data.scaler.center + loaded(source="digits", scaling="none").X_train / 16)


# Every source


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_loads_finite_labelled_and_picklable(source):
    data = loaded(source=source)
    record = SOURCES[source]
    assert data.target.task == record.task and record.sentence.endswith(".")
    for part in (data.X_train, data.X_test, data.y_train, data.y_test, data.grid(5)):
        assert np.isfinite(part).all() and len(part) > 0
    assert data.X_train.shape[1] == len(data.input_names)
    assert data.X_train.shape[0] == len(data.y_train) == len(data.points_train)
    assert data.y_train.dtype == (np.int64 if data.target.task == "classification" else np.float64)
    assert len(data.target.class_names) == (data.y_train.max() + 1 if data.target.task == "classification" else 0)
    twin = pickle.loads(pickle.dumps(data))
    np.testing.assert_array_equal(twin.grid(5), data.grid(5))


@pytest.mark.parametrize("source", ["moons", "hills", "sine", "iris", "diabetes"])
def test_every_point_lies_on_the_plane_drawn(source):
    data = loaded(source=source, noise=0.5)
    for axis, values in zip("xy", data.points_train.T, strict=False):
        assert data.plane.ranges[axis][0] <= values.min() and values.max() <= data.plane.ranges[axis][1]


def test_unknown_names_are_met_with_the_nearest():
    with pytest.raises(KeyError, match="moons"):
        loaded(source="moon")
    with pytest.raises(KeyError, match="x1_squared"):
        loaded(features=("x1_square",))
    with pytest.raises(ValueError, match="standard"):
        loaded(scaling="standart")
    with pytest.raises(ValueError, match="at least one feature"):
        loaded(features=())


def test_bundled_names_are_plain_text_with_the_right_targets():
    iris = BUNDLED["iris"].dataset()
    assert iris.feature_names == ("sepal length", "sepal width", "petal length", "petal width")
    cancer = BUNDLED["breast_cancer"].dataset()
    assert cancer.class_names[0] == "malignant" and (cancer.y == 0).sum() == 212
    for record in BUNDLED.values():
        data = record.dataset()
        assert data.X.shape[1] == record.n_inputs
        assert not any("_" in name or "(" in name for name in data.feature_names)


# Streams


def test_settings_have_separate_streams():
    few, many = (loaded(scaling="none", test_share=share) for share in (0.1, 0.6))
    rows = [sorted_rows(np.concatenate([d.X_train, d.X_test])) for d in (few, many)]
    np.testing.assert_array_equal(*rows)
    calm, wild = (loaded(scaling="none", noise=noise) for noise in (0, 0.4))
    np.testing.assert_array_equal(calm.y_train, wild.y_train)
    plain, wide = (loaded(features=keys) for keys in (("x1", "x2"), tuple(FEATURES)))
    np.testing.assert_array_equal(plain.X_train, wide.X_train[:, :2])
    np.testing.assert_array_equal(plain.X_train, loaded().X_train)
    assert not np.array_equal(plain.X_train, loaded(seed=1).X_train)


# Split


def test_split_keeps_the_shares_of_classes_and_every_row_once():
    y = np.repeat([0, 1, 2], [600, 300, 100])
    data = prepare(table(np.arange(1000.0)[:, None], y, "abc"), test_share=0.2, scaling="none")
    np.testing.assert_array_equal(np.bincount(data.y_test), [120, 60, 20])
    rows = np.concatenate([data.X_train, data.X_test])[:, 0]
    np.testing.assert_array_equal(np.sort(rows), np.arange(1000))
    assert data.target.baseline == 0.6


@pytest.mark.parametrize("source", ["blobs", "sine", "diabetes"])
def test_no_test_rows(source):
    data = loaded(source=source, test_share=0)
    assert data.X_test.shape == (0, data.X_train.shape[1]) and data.y_test.shape == (0,)
    assert data.points_test.shape == (0, data.points_train.shape[1])
    assert np.isfinite(data.target.baseline) and data.target.baseline > 0


def test_a_class_with_one_row_trains_and_is_named():
    data = prepare(table(np.eye(21), [0] * 10 + [1] * 10 + [2], ["many", "more", "lonely"]), test_share=0.3)
    assert 2 in data.y_train and 2 not in data.y_test
    assert any("lonely" in note for note in data.notes)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.95])
@pytest.mark.parametrize(
    "source, samples", [("blobs", 10), ("blobs", 13), ("moons", 1), ("moons", 3), ("sine", 1), ("sine", 2)]
)
def test_few_rows_still_split_or_say_why_not(source, samples, share):
    data = loaded(source=source, samples=samples, classes=6, test_share=share)
    assert len(data.y_train) + len(data.y_test) == samples and len(data.y_train) > 0
    assert len(data.y_test) > 0 or any("too few" in note for note in data.notes)


def test_a_rare_class_never_lacks_training_rows():
    y = np.repeat([0, 1, 2], [500, 500, 2])
    for seed in range(10):
        data = prepare(table(np.arange(1002.0)[:, None], y, "abc"), test_share=0.9, seed=seed)
        assert set(data.y_train) == {0, 1, 2}


# Scaling


@pytest.mark.parametrize("scaling", ["standard", "minmax"])
def test_scalers_see_training_rows_only(scaling):
    rng = np.random.default_rng(0)
    X, y = rng.normal(5, 3, (60, 3)), rng.normal(size=60)
    clean = prepare(table(X, y), scaling=scaling)
    test_rows = np.flatnonzero(np.isin(X[:, 0], clean.points_test[:, 0]))
    assert len(test_rows) == 18
    X[test_rows] *= 1000
    y[test_rows] *= 1000
    spoilt = prepare(table(X, y), scaling=scaling)
    np.testing.assert_array_equal(spoilt.X_train, clean.X_train)
    np.testing.assert_array_equal(spoilt.y_train, clean.y_train)
    np.testing.assert_array_equal(spoilt.plane.typical, clean.plane.typical)
    if scaling == "standard":
        np.testing.assert_allclose(clean.X_train.mean(axis=0), 0, atol=1e-12)
        np.testing.assert_allclose(clean.X_train.std(axis=0), 1)
        assert abs(clean.X_test.mean(axis=0)).min() > 1e-6
    else:
        assert clean.X_train.min() == 0 and clean.X_train.max() == pytest.approx(1)


def test_nearly_constant_columns_are_held_at_zero_and_named():
    X = np.column_stack([np.arange(1000.0), np.full(1000, 14.62), 1.7e9 + np.arange(1000.0)])
    for scaling in ("standard", "minmax"):
        data = prepare(table(X, np.arange(1000) % 2, "ab"), scaling=scaling)
        assert (data.X_train[:, 1] == 0).all() and (data.X_test[:, 1] == 0).all()
        assert data.X_train[:, 2].std() > 0.2
        assert sum("column 1" in note for note in data.notes) == 1
    assert not prepare(table(X, np.arange(1000) % 2, "ab"), scaling="none").notes


def test_scaler_matches_the_formula():
    A = np.array([[1.0, 10.0], [3.0, 30.0]])
    np.testing.assert_allclose(fit_scaler("standard", A)(A), [[-1, -1], [1, 1]])
    np.testing.assert_allclose(fit_scaler("minmax", A)(A + [1, 0]), [[0.5, 0], [1.5, 1]])
    np.testing.assert_array_equal(fit_scaler("none", A)(A), A)


def test_measured_targets_are_standardised_and_can_be_given_back():
    data, raw = loaded(source="diabetes"), BUNDLED["diabetes"].dataset().y
    y = np.concatenate([data.y_train, data.y_test]) * data.target.scale + data.target.center
    np.testing.assert_allclose(np.sort(y), np.sort(raw))
    assert data.y_train.mean() == pytest.approx(0, abs=1e-12) and data.y_train.std() == pytest.approx(1)
    rmse = np.sqrt(np.mean(data.y_test**2)) * data.target.scale
    assert data.target.baseline == pytest.approx(rmse)
    assert (loaded(source="hills").target.center, loaded(source="hills").target.scale) == (0, 1)


def test_a_target_that_never_changes_is_said():
    data = prepare(table(np.arange(20.0)[:, None], np.full(20, 14.62)))
    assert data.target.scale == 1 and data.target.baseline < 1e-9
    assert any("target" in note for note in data.notes)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
def test_numbers_that_cannot_be_scaled_are_refused(bad):
    with pytest.raises(ValueError, match="Expected finite inputs"):
        table([[1.0], [bad]], [0, 1], "ab")
    with pytest.raises(ValueError, match="Expected finite targets"):
        table([[1.0], [2.0]], [0, bad])


def test_class_numbers_must_have_names():
    with pytest.raises(ValueError, match="Expected class numbers 0 to 1"):
        table([[1.0], [2.0]], [0, 2], "ab")


# Features


def test_features_compute_what_their_formulas_say():
    data = loaded(features=tuple(FEATURES), scaling="none")
    x1, x2 = data.points_train.T
    wanted = [x1, x2, x1**2, x2**2, x1 * x2, np.sin(np.pi * x1), np.sin(np.pi * x2)]
    np.testing.assert_allclose(data.X_train, np.column_stack(wanted))
    assert data.input_names == tuple(f.label for f in FEATURES.values())
    assert loaded(features=("x2", "x1", "x2")).input_names == ("x₂", "x₁")


def test_one_input_data_offers_functions_of_x1_only():
    assert offered(1) == ("x1", "x1_squared", "sin_x1")
    data = loaded(source="sine")
    assert data.input_names == ("x₁",) and not data.notes
    data = loaded(source="sine", features=("x2", "x1_x2"))
    assert data.input_names == ("x₁",) and "x₁x₂" in data.notes[0]


# The plane


def test_grid_starts_at_the_lowest_y_and_runs_along_x():
    data = loaded(scaling="none")
    grid = data.grid(4)
    (x_low, x_high), (y_low, y_high) = data.plane.ranges["x"], data.plane.ranges["y"]
    np.testing.assert_allclose(grid[0], [x_low, y_low])
    np.testing.assert_allclose(grid[3], [x_high, y_low])
    np.testing.assert_allclose(grid[4, 0], x_low)
    np.testing.assert_allclose(grid[-1], [x_high, y_high])
    assert grid.shape == (16, 2)


def test_one_input_grid_is_a_line():
    data = loaded(source="cubic", scaling="none", features=("x1", "x1_squared"))
    x = np.linspace(*data.plane.ranges["x"], 7)
    np.testing.assert_allclose(data.grid(7), np.column_stack([x, x**2]))
    assert data.points_train.shape[1] == 1 and data.plane.y_name == "y"
    assert data.plane.ranges["y"][0] < data.y_train.min() and data.y_train.max() < data.plane.ranges["y"][1]


def test_a_slice_holds_the_other_columns_at_their_training_mean():
    data = loaded(source="iris", plane=(3, 0), scaling="standard")
    grid = data.grid(3)
    np.testing.assert_allclose(grid[:, [1, 2]], 0, atol=1e-12)
    assert (np.diff(grid[:3, 3]) > 0).all() and np.ptp(grid[:3, 0]) == 0
    assert (data.plane.x_name, data.plane.y_name) == ("petal width", "sepal length")
    assert loaded(source="iris").plane.note == (
        "A slice through 4 inputs: petal length and petal width vary, the other 2 stay at their mean."
    )
    assert loaded().plane.note is None


@pytest.mark.parametrize("plane", [(2, 2), (0, 99), (-1, 0)])
def test_a_plane_that_does_not_exist_becomes_the_first_two(plane):
    data = loaded(source="iris", plane=plane)
    assert data.plane.columns == (0, 1) and "first two" in data.notes[0]


def test_new_rows_become_the_same_inputs_as_the_training_rows():
    for source in ("spiral", "iris"):
        data = loaded(source=source, features=("x1", "x1_x2"), plane=(0, 1))
        raw = SOURCES[source].dataset().X if source == "iris" else data.points_train
        inputs = data.to_inputs(raw)
        assert {row.tobytes() for row in data.X_train} <= {row.tobytes() for row in inputs}
    with pytest.raises(ValueError, match="Expected rows of 4"):
        data.to_inputs(np.zeros((1, 2)))
