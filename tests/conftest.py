"""For every test: floating-point errors are errors, except underflow, which deep sigmoid stacks have by nature."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_floating_point():
    with np.errstate(all="raise", under="ignore"):
        yield
