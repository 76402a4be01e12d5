"""A small, exact engine for dense neural networks: settings in, films of learning out.

    from ann_core import RunConfig, start, advance
    run, film = advance(start(RunConfig()), frames=60)
"""

import os

# Small matrices gain nothing from many BLAS threads, and the cores belong to other visitors. Read when NumPy loads.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
# Text columns of a table that was let go are given back to the system. Read when pyarrow loads.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

from ann_core.base.explain import explain  # noqa: E402
from ann_core.data.config import DataConfig  # noqa: E402
from ann_core.film.advance import advance  # noqa: E402
from ann_core.film.camera import first_frame  # noqa: E402
from ann_core.film.film import Film  # noqa: E402
from ann_core.nn.config import LayerConfig, NetworkConfig  # noqa: E402
from ann_core.nn.network import build_network  # noqa: E402
from ann_core.run.config import RunConfig  # noqa: E402
from ann_core.run.continuing import change, continues  # noqa: E402
from ann_core.run.run import Run, start  # noqa: E402
from ann_core.run.training import TrainingConfig  # noqa: E402

__all__ = ["DataConfig", "Film", "LayerConfig", "NetworkConfig", "Run", "RunConfig", "TrainingConfig", "advance",
           "build_network", "change", "continues", "explain", "first_frame", "start"]
