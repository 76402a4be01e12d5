"""From a data set to what a network trains on: features, split, scaling, and the plane that is drawn."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.words import listed
from ann_core.data.dataset import Dataset
from ann_core.data.made.features import FEATURES, compute, offered
from ann_core.data.plane import made_plane, measured_plane
from ann_core.data.prepared import Prepared, ready
from ann_core.data.scaling import Scaling, fit_scaler
from ann_core.data.split import split
from ann_core.data.target import Target, classes, values

SPLIT_STREAM = 202  # random streams are default_rng([seed, purpose]); see ann_core.data.MADE_STREAM


def prepare(dataset: Dataset, *, features: tuple[str, ...] = ("x1", "x2"), scaling: Scaling = "standard",
            test_share: float = 0.3, seed: int = 0, plane: tuple[int, int] | None = (0, 1),
            copies: Callable[[Array], Array] | None = None) -> Prepared:
    """Split the rows, then fit everything else on the training rows alone.

    features: keys of FEATURES, for made data; measured data uses its own columns
    test_share: 0 … < 1 of the rows   plane: the two columns drawn (first two when None)
    copies: what else a training row is learned as, (N, D) -> (copies, N, D); rows held out stay as they are, and alone
    The target of measured regression data is standardised: y = (y_raw − mean) / scale.
    Raises KeyError for an unknown feature, ValueError for an unknown scaling, no feature, or a bad share.
    """
    made, notes = dataset.extent is not None, list[str]()
    keys = _usable_features(features, dataset.X.shape[1], notes) if made else ()
    train, test, told = split(dataset.y, dataset.class_names, test_share, np.random.default_rng([seed, SPLIT_STREAM]))
    if copies is not None:
        dataset, train = _with_copies(dataset, train, copies)
    X, y = dataset.X, dataset.y
    typical = X[train].mean(axis=0)
    drawn = made_plane(dataset, typical) if made else measured_plane(dataset, plane, typical, notes)
    target: Target
    if dataset.class_names:
        target, still = classes(dataset.target_name, dataset.class_names, y, train, test), False
    else:
        target = values(dataset.target_name, y, train, test, standardise=not made)
        still = not made and not fit_scaler("standard", y[train, None]).varies[0]
    return ready(
        compute(keys, X) if made else X, y, train, test, scaling=scaling, target=target, plane=drawn, features=keys,
        input_names=[FEATURES[key].label for key in keys] if made else dataset.feature_names,
        notes=[*notes, *told],
        nothing_to_learn="The target hardly changes in the training rows: there is nothing to learn." if still else None)


def _with_copies(dataset: Dataset, train: NDArray, copies: Callable[[Array], Array]) -> tuple[Dataset, NDArray]:
    """The data with copies of its training rows behind them, and the numbers of all rows to train on."""
    more = copies(dataset.X[train])
    X = np.concatenate([dataset.X, *more])
    found = replace(dataset, X=X, y=np.concatenate([dataset.y, *[dataset.y[train]] * len(more)]))
    return found, np.concatenate([train, np.arange(len(dataset.X), len(X))])


def _usable_features(features: tuple[str, ...], n_inputs: int, notes: list[str]) -> tuple[str, ...]:
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
