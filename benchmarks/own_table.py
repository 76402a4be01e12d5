"""How fast a table of one's own trains: 10,000 rows × 20 columns, epochs a second against scikit-learn's MLP of the same shape
and batch, in turns in one run. `.venv/bin/python -m benchmarks.own_table`"""

import numpy as np
import pandas as pd

from ann_core import RunConfig, advance, start
from ann_core.data.config import TableShape
from ann_core.data.table.own import fit, key_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.prepare import prepared
from ann_core.data.table.reading import from_frame
from benchmarks import bare
from benchmarks.engine import median, ours, seconds

ROWS, COLUMNS, ROUNDS, BAR = 10_000, 20, 5, 0.7
CASES = (([8, 8], 32), ([8, 8], 128), ([32, 32], 128), ([64], 200))


def table() -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Numbers, and two classes that depend on some of them."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((ROWS, COLUMNS))
    names = tuple(f"c{i}" for i in range(COLUMNS))
    frame = pd.DataFrame(X, columns=list(names))
    frame["target"] = pd.Series(np.where(X[:, 0] * X[:, 1] + X[:, 2] > 0, "yes", "no"), dtype="str")
    return frame, names


def main() -> None:
    """Prints one line for each shape: with early stopping on, as the page trains."""
    frame, names = table()
    found = fit(from_frame(frame, "table"), Preparation(target="target", task="classification", features=names), 0.2, 0)
    data = prepared(found, "standard")
    key = key_of(found.table, found.preparation)
    shape = TableShape(key=key, name="table", rows=len(found.train), inputs=COLUMNS, classes=2)
    print(f"{len(found.train):,} training rows × {COLUMNS} columns; epochs/s, median of {ROUNDS} turns\n"
          "filmed: with a frame of all pictures each epoch")
    for hidden, batch in CASES:
        config = RunConfig.model_validate({
            "data": {"source": "table", "table": shape, "test_share": 0.2},
            "network": {"layers": [{"units": units, "activation": "tanh"} for units in hidden]},
            "training": {"batch_size": batch, "optimizer": "adam", "epochs": 1000, "patience": 1000}})
        run = start(config, data)
        peer = bare.sklearn_loop(run.state.theta, [COLUMNS, *hidden, 1], data.X_train, run.setup.Y_train, batch, "adam", 0.01,
                                 lambda _: np.arange(len(data.X_train)))
        candidates = {"engine": ours(run.trainer()), "filmed": lambda epochs, run=run: advance(run, frames=epochs),
                      "scikit-learn": peer}
        taken: dict[str, list[float]] = {name: [] for name in candidates}
        for i in range(ROUNDS):
            for name in list(candidates)[::1 if i % 2 == 0 else -1]:
                taken[name].append(seconds(candidates[name], 3) / 3)
        rate = {name: 1 / median(own) for name, own in taken.items()}
        ratios = {name: rate[name] / rate["scikit-learn"] for name in ("engine", "filmed")}
        good = "ok" if ratios["engine"] >= BAR else "FAIL"
        print(f"{'-'.join(map(str, hidden)):>6} batch {batch:>3}: engine {rate['engine']:6.1f}, filmed {rate['filmed']:6.1f}, "
              f"scikit-learn {rate['scikit-learn']:6.1f}   ratio {ratios['engine']:.2f} (bar {BAR}) {good}, "
              f"filmed {ratios['filmed']:.2f}")


if __name__ == "__main__":
    main()
