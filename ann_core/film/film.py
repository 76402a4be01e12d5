"""A film: what is to be seen of a run, frame by frame, as columns."""

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ending = Literal["running", "finished", "diverged"]
F32_TOP = 3e38


@dataclass(frozen=True)
class Film:
    """F frames. L weight layers (input side first), H hidden layers, S seeds (axis absent when there is one),
    C planes, G × G picture points, U drawn units, E drawn edges.

    Losses are means of the data loss; scores are accuracy (share) or RMSE in the target's own units; `gradient` is the
    RMS of ∂(data loss)/∂W over the training rows; `saturated` and `dead` are shares. Pictures are those of the first seed.
    """

    step: NDArray[np.int64]                  # (F,)
    epoch: NDArray[np.float64]               # (F,)
    train_loss: NDArray[np.float64]          # (F[, S])
    test_loss: NDArray[np.float64]           # (F[, S])
    train_score: NDArray[np.float64]         # (F[, S])
    test_score: NDArray[np.float64]          # (F[, S])
    gradient: NDArray[np.float64]            # (F, L[, S])
    batch_gradient: NDArray[np.float64]      # (F, L[, S]) of the last step's batch; NaN before the first
    clipped_gradient: NDArray[np.float64]    # (F, L[, S]) the same after penalties and clipping
    saturated: NDArray[np.float64]           # (F, H[, S])
    dead: NDArray[np.float64]                # (F, H[, S])
    by_weights: NDArray[np.float64]          # (F, L[, S]) factors of the backward product (probes.backward_factors);
    by_slope: NDArray[np.float64]            # (F, L[, S])   both (F, 0) for runs that are not watched in depth
    sums: NDArray[np.uint8]                  # (F, H, 96) histograms of what the activations get, −6 … 6; or (F, 0, 0)
    boundary: NDArray[np.uint8]              # (F, C, G, G), row 0 lowest y; empty G for one input
    curve: NDArray[np.float32]               # (F, G) for one input, else (F, 0)
    units: NDArray[np.uint8]                 # (F, U, 20, 20)
    unit_scale: NDArray[np.float32]          # (F, U)
    weights: NDArray[np.float32]             # (F, E)
    biases: NDArray[np.float32]              # (F, U)
    state: Ending = "running"
    message: str | None = None

    @property
    def frames(self) -> int:
        """F."""
        return len(self.step)

    def blocks(self) -> dict[str, NDArray]:
        """The columns as they travel to the browser (`docs/wire.md`)."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            logs = {name: np.log10(getattr(self, name)).astype(np.float32)
                    for name in ("gradient", "batch_gradient", "clipped_gradient", "by_weights", "by_slope")}
        plain = {name: np.clip(getattr(self, name), -F32_TOP, F32_TOP).astype(np.float32)
                 for name in ("epoch", "train_loss", "test_loss", "train_score", "test_score", "saturated", "dead")}
        pictures = {name: getattr(self, name)
                    for name in ("sums", "boundary", "curve", "units", "unit_scale", "weights", "biases")}
        return {"step": self.step.astype(np.int32), **plain, **logs, **pictures}


COLUMNS = tuple(field.name for field in fields(Film) if field.name not in ("state", "message"))


def film_of(parts: list[dict[str, NDArray]], state: Ending, message: str | None = None) -> Film:
    """One film of its parts, each a dict of the columns."""
    return Film(**{name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}, state=state, message=message)
