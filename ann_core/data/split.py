"""Which rows train and which rows test."""

import numpy as np

from ann_core.base.words import listed


def split(y: np.ndarray, class_names: tuple[str, ...], test_share: float, rng: np.random.Generator):
    """Row numbers for training and for testing, in random order, and notes on what was done differently.

    With classes the split is stratified: every class keeps its share in both parts, as far as whole rows
    allow, and has at least one training row. `class_names` is empty for regression.
    Returns (train, test, notes). Raises ValueError unless 0 ≤ test_share < 1.
    """
    if not 0 <= test_share < 1:
        raise ValueError(f"Expected a test share from 0 to below 1, received {test_share}. Try 0.3.")
    rows = np.arange(len(y))
    notes: list[str] = []
    if test_share == 0:
        return rng.permutation(rows), rows[:0], notes

    single = np.bincount(y)[y] == 1 if class_names else np.zeros(len(y), dtype=bool)
    if single.any():
        names = [class_names[k] for k in y[single]]
        notes.append(f"Only one row each in: {listed(names)}. Such rows are used for training.")
    free = rows[~single]
    least = max(1, len(np.unique(y[free]))) if class_names else 1
    if len(free) < 2 * least:
        notes.append("There are too few rows to set some aside for testing; all are used for training.")
        return rng.permutation(rows), rows[:0], notes

    wanted = round(test_share * len(free))
    n_test = min(max(wanted, least), len(free) - least)
    if n_test != wanted:
        notes.append(f"Rows for testing: {n_test} instead of {wanted}, so that both parts have enough rows.")
    from sklearn.model_selection import train_test_split  # two seconds to import: only when it is needed

    train, test = train_test_split(
        free, test_size=n_test, stratify=y[free] if class_names else None,
        random_state=int(rng.integers(2**32)),
    )  # fmt: skip
    train = np.concatenate([train, rows[single]])
    if class_names:
        train, test = _every_class_trains(y, train, test)
        untested = np.setdiff1d(y[free], y[test])
        if len(untested):
            notes.append(f"No row for testing in: {listed([class_names[k] for k in untested])}.")
    return train, test, notes


def _every_class_trains(y, train, test):
    """Move one row of each class that only the test rows have: rounding can take all rows of a rare one."""
    classes, first = np.unique(y[test], return_index=True)
    moved = first[~np.isin(classes, y[train])]
    return np.concatenate([train, test[moved]]), np.delete(test, moved)
