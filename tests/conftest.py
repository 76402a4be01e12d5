"""For every test: floating-point errors are errors, except underflow, which deep sigmoid stacks have by nature."""

import ann_core  # noqa: F401, I001  first of all: NumPy then loads with one thread, as it does for visitors
import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # how long an example takes says more of the machine than of the code
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def strict_floating_point():
    with np.errstate(all="raise", under="ignore"):
        yield
