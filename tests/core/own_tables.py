"""Small tables that several tests learn from."""

import numpy as np
import pandas as pd

from ann_core import RunConfig
from ann_core.data.config import TableShape
from ann_core.data.table.own import Own, fit, key_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.reading import from_frame


def pupils(rows: int = 200, seed: int = 0) -> pd.DataFrame:
    """Numbers with gaps, two kinds of categories, two classes, a value."""
    rng = np.random.default_rng(seed)
    hours, sleep = rng.uniform(0, 10, rows), rng.normal(7, 1, rows)
    town = rng.choice(["north", "south", "east", "west", "far"], rows, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    job = rng.choice(["no", "yes"], rows)
    mark = 5 * hours + 3 * sleep + 4 * (town == "north") + rng.normal(0, 3, rows)
    frame = pd.DataFrame({"hours": hours, "sleep": sleep, "town": pd.Series(town, dtype="str"),
                          "job": pd.Series(job, dtype="str"), "mark": mark,
                          "passed": pd.Series(np.where(mark > 45, "yes", "no"), dtype="str")})
    frame.loc[rng.choice(rows, rows // 10, replace=False), "sleep"] = np.nan
    frame.loc[rng.choice(rows, rows // 10, replace=False), "town"] = np.nan
    return frame


FEATURES = ("hours", "sleep", "town", "job")


def own(frame: pd.DataFrame | None = None, test_share: float = 0.2, seed: int = 0, **changes) -> Own:
    """A fitted table; `changes` of the preparation."""
    frame = pupils() if frame is None else frame
    chosen = {"target": "passed", "task": "classification", "features": FEATURES, **changes}
    return fit(from_frame(frame, "pupils.csv"), Preparation(**chosen), test_share, seed)


def config(found: Own, **parts) -> RunConfig:
    """Settings of a run on it."""
    shape = TableShape(key=key_of(found.table, found.preparation), name=found.table.name, rows=len(found.train),
                       inputs=len(found.encoder.names), classes=len(found.class_names))
    data = {"source": "table", "table": shape, "test_share": 0.2, **parts.pop("data", {})}
    return RunConfig.model_validate({"data": data, **parts})
