"""From a data set to what a network trains on: features, split, scaling, and the plane that is drawn."""

import numpy as np

from ann_core.base.words import listed
from ann_core.data.dataset import Dataset, Range
from ann_core.data.made.features import FEATURES, compute, offered
from ann_core.data.prepared import Prepared
from ann_core.data.scaling import Scaling, fit_scaler
from ann_core.data.split import split

SPLIT_STREAM = 202  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM


def prepare(
    dataset: Dataset, *, features: tuple[str, ...] = ("x1", "x2"), scaling: Scaling = "standard",
    test_share: float = 0.3, seed: int = 0, plane: tuple[int, int] | None = (0, 1),
) -> Prepared:  # fmt: skip
    """Split the rows, then fit everything else on the training rows alone.

    features: keys of FEATURES, for made data; measured data uses its own columns
    test_share: 0 … < 1 of the rows   plane: the two columns drawn (first two when None)
    The target of measured regression data is standardised: y = (y_raw − mean) / scale.
    Raises KeyError for an unknown feature, ValueError for an unknown scaling, no feature, or a bad share.
    """
    made = dataset.extent is not None
    notes: list[str] = []
    keys = _usable_features(features, dataset.X.shape[1], notes) if made else ()
    columns = (0, 1)[: dataset.X.shape[1]] if made else _usable_plane(plane, dataset.X.shape[1], notes)

    rng = np.random.default_rng([seed, SPLIT_STREAM])
    train, test, split_notes = split(dataset.y, dataset.class_names, test_share, rng)
    notes += split_notes

    inputs = compute(keys, dataset.X) if made else dataset.X
    input_names = tuple(FEATURES[key].label for key in keys) if made else dataset.feature_names
    scaler = fit_scaler(scaling, inputs[train])
    if not scaler.varies.all():
        still = [name for name, varies in zip(input_names, scaler.varies, strict=True) if not varies]
        notes.append(f"These inputs hardly change in the training rows and are held at 0: {listed(still)}.")

    mean, scale = 0.0, 1.0
    if dataset.task == "regression" and not made:
        target = fit_scaler("standard", dataset.y[train, None])
        mean, scale = float(target.center[0]), float(target.scale[0])
        if not target.varies[0]:
            notes.append("The target hardly changes in the training rows: there is nothing to learn.")
    y = dataset.y if dataset.task == "classification" else (dataset.y - mean) / scale

    ranges = _made_plane(dataset) if made else _measured_plane(dataset, columns)
    names = [dataset.feature_names[c] for c in columns] + [dataset.target_name]
    return Prepared(
        X_train=scaler(inputs[train]), y_train=y[train], X_test=scaler(inputs[test]), y_test=y[test],
        task=dataset.task, class_names=dataset.class_names, input_names=input_names,
        target_name=dataset.target_name, target_mean=mean, target_scale=scale,
        points_train=dataset.X[train][:, columns], points_test=dataset.X[test][:, columns],
        plane=dict(zip("xy", ranges, strict=True)), x_name=names[0], y_name=names[1],
        note=_slice_note([dataset.feature_names[c] for c in columns], dataset.X.shape[1]),
        baseline=baseline(dataset.y, len(dataset.class_names), train, test), notes=tuple(notes),
        features=keys, scaler=scaler, columns=columns, typical=dataset.X[train].mean(axis=0),
    )  # fmt: skip


def _usable_features(features, n_inputs, notes) -> tuple[str, ...]:
    """The chosen features that this data has, in order and once each."""
    chosen = list(dict.fromkeys(features))
    labels = {key: FEATURES[key].label for key in chosen}
    if not chosen:
        raise ValueError(f"Expected at least one feature, received none. Available: {', '.join(FEATURES)}.")
    kept = tuple(key for key in chosen if key in offered(n_inputs)) or ("x1",)
    # x₂ is chosen by default, so leaving it out of one-input data is no news.
    left_out = [labels[key] for key in chosen if key not in kept and key != "x2"]
    if left_out:
        notes.append(f"This data has one input only; left out: {listed(left_out)}.")
    return kept


def _usable_plane(plane, n_inputs, notes) -> tuple[int, ...]:
    """The columns to draw; the first two when the wanted ones do not exist."""
    if n_inputs == 1:
        return (0,)
    if plane is None:
        return (0, 1)
    x, y = plane
    if x != y and 0 <= min(x, y) and max(x, y) < n_inputs:
        return (int(x), int(y))
    notes.append("The picture shows the first two inputs: the chosen pair does not exist in this data.")
    return (0, 1)


def _made_plane(dataset) -> list[Range]:
    """The natural plane, widened in steps of ½ when noise has carried rows beyond it."""
    extent = np.array(dataset.extent)
    shown = dataset.X if dataset.X.shape[1] == 2 else np.column_stack([dataset.X, dataset.y])
    beyond = np.maximum(extent[:, 0] - shown.min(axis=0), shown.max(axis=0) - extent[:, 1])
    if dataset.X.shape[1] == 2:
        beyond[:] = beyond.max()  # a square stays a square
    wider = np.ceil(2 * np.maximum(beyond, 0)) / 2
    return [(float(low - w), float(high + w)) for (low, high), w in zip(extent, wider, strict=True)]


def _measured_plane(dataset, columns) -> list[Range]:
    shown = [dataset.X[:, c] for c in columns]
    return [padded(values) for values in (shown if len(shown) == 2 else [*shown, dataset.y])]


def padded(values) -> Range:
    """A range around the values with a margin of 5 to 10 %, ending on round numbers."""
    low, high = float(np.min(values)), float(np.max(values))
    width = high - low
    if width <= 1e-9 * max(abs(low), abs(high)):
        width = max(abs(high), 1.0)
    exponent = int(np.floor(np.log10(width / 5)))
    unit = (10.0**exponent) / 2
    low, high = np.floor((low - width / 20) / unit) * unit, np.ceil((high + width / 20) / unit) * unit
    return round(float(low), 1 - exponent), round(float(high), 1 - exponent)


def _slice_note(names, n_inputs) -> str | None:
    rest = n_inputs - len(names)
    if rest == 0:
        return None
    others = "the other one stays at its mean" if rest == 1 else f"the other {rest} stay at their mean"
    return f"A slice through {n_inputs} inputs: {names[0]} and {names[1]} vary, {others}."


def baseline(y, classes, train, test) -> float:
    """What a guess that ignores the inputs reaches, on the test rows, or on the training rows without any.

    Classes: the share of the largest class. Regression: RMSE of the training mean, in the target's own units.
    """
    told = y[test if len(test) else train]
    if classes:
        return float(np.bincount(told).max() / len(told))
    return float(np.sqrt(np.mean((told - y[train].mean()) ** 2)))
