"""A film: what is to be seen of a run, frame by frame, as columns that probes bring."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ending = Literal["running", "finished", "diverged"]
F32_TOP = 3e38


def whole(values: NDArray) -> NDArray:
    """As it travels: whole numbers."""
    return values.astype(np.int32)


def plain(values: NDArray) -> NDArray:
    """As it travels: numbers, cut to what single precision holds."""
    return np.clip(values, -F32_TOP, F32_TOP).astype(np.float32)


def logarithm(values: NDArray) -> NDArray:
    """As it travels: log10 of a size; −inf for exactly zero."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.log10(values).astype(np.float32)


def same(values: NDArray) -> NDArray:
    """As it travels: bytes, or numbers that are small as they are."""
    return values


@dataclass(frozen=True)
class Column:
    """One column of a film: its name, and how it travels to the browser (`docs/wire.md`)."""

    name: str
    encode: Callable[[NDArray], NDArray] = same


Columns = dict[str, NDArray]


@dataclass(frozen=True, eq=False)
class Film:
    """F frames. Every column is an attribute too: film.epoch, film.train_loss, film.gradient … (its probe says what it is).

    L weight layers (input side first), H hidden layers, S seeds (axis absent when there is one). `step` (F,) and `epoch` (F,)
    are always there. failures: sentences on probes that failed at some frame; their values there are NaN, or 0 in pictures.
    """

    columns: Mapping[str, NDArray]
    encoders: Mapping[str, Callable[[NDArray], NDArray]]
    state: Ending = "running"
    message: str | None = None
    failures: Mapping[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(f"This film has no '{name}'. It has: {', '.join(self.__dict__.get('columns', ()))}.") from None

    @property
    def frames(self) -> int:
        """F."""
        return len(self.columns["step"])

    @property
    def nbytes(self) -> int:
        """Memory it takes."""
        return sum(column.nbytes for column in self.columns.values())

    def first(self, frames: int) -> "Film":
        """Its first frames; more will follow."""
        return Film({name: column[:frames] for name, column in self.columns.items()}, self.encoders, failures=self.failures)

    def then(self, rest: "Film") -> "Film":
        """This film and the rest of it."""
        return Film(joined([self.columns, rest.columns]), self.encoders, rest.state, rest.message,
                    {**self.failures, **rest.failures})

    def blocks(self) -> Columns:
        """The columns as they travel to the browser (`docs/wire.md`)."""
        return {name: self.encoders[name](column) for name, column in self.columns.items()}


def joined(parts: Sequence[Mapping[str, NDArray]]) -> Columns:
    """Columns one after the other. A column that a part lacks is unknown there: NaN, or 0 in pictures."""
    found: Columns = {}
    for name in dict.fromkeys(name for part in parts for name in part):
        like = next(part[name] for part in parts if name in part)
        found[name] = np.concatenate([part[name] if name in part else _unknown(len(part["step"]), like) for part in parts])
    return found


def _unknown(frames: int, like: NDArray) -> NDArray:
    return np.full((frames, *like.shape[1:]), np.nan if like.dtype.kind == "f" else 0, like.dtype)


def finite_frames(columns: Mapping[str, NDArray], losses: Sequence[str]) -> NDArray[np.bool_]:
    """Frames in which the losses of some member are all finite. losses: the columns that hold them. Returns (F,)"""
    frames = len(columns["step"])
    return np.isfinite(np.stack([columns[name].reshape(frames, -1) for name in losses])).all(0).any(1)
