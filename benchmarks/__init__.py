"""Measurements, each a script: `python -m benchmarks.engine`, and so on."""

import os

# One BLAS thread for every candidate. Read when NumPy loads.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"
