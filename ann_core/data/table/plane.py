"""The plane on which a table's network is drawn: two of its inputs, or the two directions in which its rows differ most."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.numbers import percent
from ann_core.data.plane import Plane, padded
from ann_core.data.table.own import Own

JITTER_STREAM = 204


def plane_of(own: Own, X: Array, wanted: tuple[int, int] | str | None) -> Plane:
    """X: (N, D) scaled inputs of all rows. wanted: two inputs, "components", or None for the pair that tells most."""
    names, raw = own.encoder.names, own.X
    if len(names) == 1:
        return _line(own)
    if isinstance(wanted, str):
        return _components(own, X)
    pair = wanted if wanted and max(wanted) < len(names) else best_pair(own, X)
    rest = len(names) - 2
    others = "the other one keeps its usual value" if rest == 1 else f"the other {rest} keep their usual values"
    return Plane(raw[:, pair], dict(zip("xy", (padded(raw[:, i]) for i in pair), strict=True)), names[pair[0]], names[pair[1]],
                 own.encoder.typical(), f"A slice through {len(names)} inputs: {others}." if rest else None, pair)


def best_pair(own: Own, X: Array) -> tuple[int, int]:
    """The two inputs, of different columns if possible, that alone tell most about the target; numbers before categories.

    Share of the target's variance that a single input explains: r², or for classes the mean of it over the classes' indicators.
    """
    A = X[own.train] - X[own.train].mean(axis=0)
    y = own.y[own.train]
    Y = np.eye(len(own.class_names))[y] if own.class_names else y[:, None]
    Y = Y - Y.mean(axis=0)
    size = np.sqrt((A * A).sum(axis=0))[:, None] * np.sqrt((Y * Y).sum(axis=0))
    r2 = np.divide(A.T @ Y, size, out=np.zeros_like(size), where=size > 0) ** 2
    told = r2.mean(axis=1)
    numbers = np.array([len(np.unique(column)) > 2 for column in own.X[own.train].T])
    order = np.lexsort((-told, ~numbers))
    group = {i: name for name, places in own.encoder.groups.items() for i in places}
    second = next((i for i in order[1:] if group[i] != group[order[0]]), order[1])
    return int(order[0]), int(second)


def _line(own: Own) -> Plane:
    """One input: a curve under the target; for classes a strip, its points spread upwards only to be seen."""
    x, name = own.X, own.encoder.names[0]
    if own.task == "regression":
        return Plane(x, {"x": padded(x), "y": padded(own.y)}, name, own.preparation.target,
                     own.encoder.typical(), None, (0,))
    spread = np.random.default_rng(JITTER_STREAM).uniform(-0.8, 0.8, len(x))
    return Plane(np.column_stack([x[:, 0], spread]), {"x": padded(x), "y": (-1.0, 1.0)}, name, "",
                 own.encoder.typical(), "One input only: points are spread upwards to be seen.", (0,))


def _components(own: Own, X: Array) -> Plane:
    from sklearn.decomposition import PCA  # a second to import

    train = X[own.train]
    found = PCA(2, random_state=0).fit(train)
    points = found.transform(X)
    held = found.explained_variance_ratio_.sum()
    note = f"The plane in which the rows differ most: it holds {percent(float(held))} of their differences."
    return Plane(points, dict(zip("xy", (padded(column) for column in points.T), strict=True)), "main direction",
                 "second direction", own.encoder.typical(), note, components=found.components_, middle=train.mean(axis=0))
