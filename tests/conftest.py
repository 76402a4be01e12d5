"""For every test: floating-point errors are errors, except underflow, which deep sigmoid stacks have by nature."""

import re  # noqa: I001
from pathlib import Path

import ann_core  # noqa: F401  first of all: NumPy then loads with one thread, as it does for visitors
import numpy as np
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]

settings.register_profile("unhurried", deadline=None)  # how long an example takes says more of the machine than of the code
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def strict_floating_point():
    with np.errstate(all="raise", under="ignore"):
        yield


class Together(LoadScopeScheduling):
    """Where workers share the tests (`-n 2`), what shares a training, a server or a page stays with one of them: the tests of a
    file, and with those of a lesson's file what other files ask about one of its ideas."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        about = re.search(r"\[(\w+)(/|\?idea=)\w+\]$", nodeid)
        lesson = f"{file.rpartition('/')[0]}/test_{about[1]}.py" if about else file
        return lesson if (ROOT / lesson).exists() else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> Together:
    return Together(config, log)
