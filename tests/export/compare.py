"""Takes random runs home in every format and holds each file against the run: `make test-export`, or with a number of runs.

It wants PyTorch, Keras, ONNX Runtime and a Jupyter kernel, which the playground itself does not need: requirements-export.txt.
"""

import os
import sys
from collections import defaultdict
from time import perf_counter

os.environ.setdefault("KERAS_BACKEND", "torch")

import nbformat  # noqa: E402
import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

from ann_core.export.formats import FORMATS  # noqa: E402
from ann_core.export.numpy_training import why_no_training  # noqa: E402
from ann_core.export.run_file import from_json  # noqa: E402
from ann_core.export.taken import taken  # noqa: E402
from tests.export.agreement import expected, feed, losses, program, raw_rows  # noqa: E402
from tests.export.cases import runs  # noqa: E402

NEAR, SAME_LOSS, QUICK = 1e-5, 1e-9, 1.0
NOTEBOOKS = 4
"""Every so many runs, also the notebook is executed: each takes seconds."""


def main(count: int) -> int:
    """Prints the largest difference of each format by family. Returns how many files failed."""
    worst: dict[tuple[str, str], float] = defaultdict(float)
    slowest: dict[str, float] = defaultdict(float)
    failed = 0
    for number, (name, run, own) in enumerate(runs(count)):
        t = taken(run, own)
        rows = raw_rows(t, own)
        want = expected(t, own, rows)
        for key, format in FORMATS.items():
            if format.why_not(t) or key == "notebook" and number % NOTEBOOKS:
                continue
            begun = perf_counter()
            data = format.make(t)
            slowest[key] = max(slowest[key], perf_counter() - begun)
            try:
                for what, found, limit in differences(key, data, t, rows, want):
                    place = (name.split()[1], what)
                    worst[place] = max(worst[place], found)
                    if not found <= limit:
                        raise AssertionError(f"{what} differs by {found:.2g}")
            except Exception as error:
                failed += 1
                print(f"{name}, {key}: {type(error).__name__}: {str(error)[:400]}")
                print(f"   {run.config.model_dump(exclude_defaults=True)}")
    for (family, what), found in sorted(worst.items()):
        print(f"{family:12} {what:16} {found:.1e}")
    for key, seconds in slowest.items():
        print(f"{key:12} made in {seconds:.3f} s at most")
        failed += seconds > QUICK
    return failed


def differences(key, data, t, rows, want):
    """What is compared, how far it is off (answers: as a share of their range), and how far it may be."""
    if key == "run":
        again = from_json(data).recording().present
        yield "run file", float(np.abs(again.state.theta - _first(t)).max()), 0.0
        return
    if key == "notebook":
        book = nbformat.reads(data.decode(), 4)
        NotebookClient(book, timeout=120, kernel_name="python3").execute()
        return
    if key == "onnx":
        session = onnxruntime.InferenceSession(data)
        said = dict(zip([output.name for output in session.get_outputs()], session.run(None, feed(t, rows)), strict=True))
        found = said.get("probabilities", said["answer"])
    else:
        names = program(data)
        found = names["answer"](rows)
    span = float(np.ptp(want)) or 1.0
    yield key, float(np.abs(found - want).max() / span), NEAR
    if key == "numpy" and why_no_training(t) is None:
        mine, theirs = np.array(list(names["train"](5))), losses(t.run, 5)
        yield "numpy's losses", float(np.abs(mine - theirs).max() / np.abs(theirs).max()), SAME_LOSS


def _first(t):
    from ann_core.run.run import start
    return start(t.run.config, t.run.data).state.theta


if __name__ == "__main__":
    failures = main(int(sys.argv[1]) if sys.argv[1:] else 60)
    print(f"{failures} failed" if failures else "all agree")
    sys.exit(failures > 0)
