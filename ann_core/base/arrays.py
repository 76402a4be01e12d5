"""Arrays as the engine uses them."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
