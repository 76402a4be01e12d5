"""For every test: floating-point errors are errors, except underflow, which deep sigmoid stacks have by nature."""

import ann_core  # noqa: F401, I001  first of all: NumPy then loads with one thread, as it does for visitors
import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_floating_point():
    with np.errstate(all="raise", under="ignore"):
        yield
