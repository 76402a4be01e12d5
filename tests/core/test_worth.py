"""What a column is worth: networks trained anew without it, on the same rows."""

import numpy as np
import pandas as pd

from ann_core.lab.worth import SEEDS, worths
from tests.core.own_tables import config, own


def table(rows=160):
    rng = np.random.default_rng(7)
    told, noise = rng.normal(size=rows), rng.normal(size=rows)
    return pd.DataFrame({"told": told, "noise": noise, "town": pd.Series(rng.choice(["a", "b", "c"], rows), dtype="str"),
                         "passed": pd.Series(np.where(told > 0, "yes", "no"), dtype="str")})


def test_a_column_that_tells_all_is_missed_and_one_that_tells_nothing_is_not():
    found = own(table(), features=("told", "noise", "town"))
    settings = config(found, training={"epochs": 30, "learning_rate": 0.05})
    whole, *others = worths(found, settings, 30)
    by = {one.name: one for one in others}
    assert set(by) == {"told", "noise", "town"} and len(whole.scores) == SEEDS
    assert (by["told"].falls(whole) > 0.2).all()
    assert np.median(by["noise"].falls(whole)) < 0.05 and np.median(by["town"].falls(whole)) < 0.05


def test_nothing_is_learned_from_held_out_rows():
    """Rows that do not train are made absurd: the weights that are trained, and so what they answer to the same rows, stay."""
    frame = table()
    clean = own(frame, features=("told", "noise"))
    spoilt = frame.copy()
    spoilt.loc[clean.rows[clean.validation], ["told", "noise"]] = 50.0
    again = own(spoilt, features=("told", "noise"))
    settings = config(clean, training={"epochs": 5})
    for a, b in zip(worths(clean, settings, 5), worths(again, config(again, training={"epochs": 5}), 5), strict=True):
        np.testing.assert_array_equal(a.scores, b.scores)


def test_one_column_cannot_be_left_out():
    found = own(table(), features=("told",))
    assert list(worths(found, config(found), 5)) == []
