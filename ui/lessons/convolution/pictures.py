"""The pictures of the lesson "Convolution": grids of numbers side by side on one sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons.convolution import WHITE
from ui.figure import FollowingPoints
from ui.lessons import plot

BRIGHT = [[0.0, plot.PANEL], [1.0, plot.INK]]
SIGNED = [[0.0, plot.NEGATIVE], [0.5, plot.PANEL], [1.0, plot.POSITIVE]]
GAP, HEAD = 1.5, 1.6
"""Cells between two grids, and above them for their names."""


@dataclass(frozen=True)
class Grid:
    """Numbers in cells of one unit, the first row on top. left: where it begins   top: how far below the sheet's top
    reach: the size of number that is drawn in full colour   signed: negative ones in a colour of their own
    said: the numbers stand in the cells, with so many digits, at most so many of them behind the point"""

    name: str
    values: NDArray
    left: float = 0.0
    top: float = 0.0
    reach: float = WHITE
    signed: bool = False
    said: int = 2

    @property
    def right(self) -> float:
        """Where the next one may begin."""
        return self.left + self.values.shape[1] + GAP

    def center(self, row: float, column: float) -> tuple[float, float]:
        """The middle of a cell."""
        return self.left + column, -self.top - row

    def trace(self) -> go.Heatmap:
        """The cells, with their numbers."""
        rows, columns = self.values.shape
        texts = [[self._text(float(value)) for value in row] for row in self.values]
        return go.Heatmap(x=self.left + np.arange(columns), y=-self.top - np.arange(rows), z=self.values.astype(float),
                          name=self.name, zmin=-self.reach if self.signed else 0, zmax=self.reach, showscale=False, xgap=1,
                          ygap=1, colorscale=SIGNED if self.signed else BRIGHT, text=texts, texttemplate="%{text}",
                          textfont={"size": 12}, hoverinfo="skip")

    def _text(self, value: float) -> str:
        return words(round(value, self.said), max(2, self.said)) if self.said else ""

    def rim(self) -> go.Scatter:
        """A thin line around it: empty cells have the colour of the ground."""
        rows, columns = self.values.shape
        x, y = self.left - 0.5, -self.top + 0.5
        return plot.curve([x, x + columns, x + columns, x, x], [y, y, y - rows, y - rows, y], f"rim of {self.name}", plot.LINE,
                          width=1, hoverinfo="skip")

    def title(self) -> dict[str, Any]:
        """Its name above it."""
        return plot.note(self.left - 0.5, 0.6 - self.top, self.name, plot.INK, xanchor="left", yanchor="bottom")


def frame(name: str, center: tuple[float, float], size: float, color: str = plot.ACCENT) -> go.Scatter:
    """A square outline around cells. center: the middle of its first cell   size: cells along a side"""
    return plot.curve(*outline(*center, size), name, color, width=3, hoverinfo="skip")


def point(name: str, place: tuple[float, float]) -> go.Scatter:
    """What is dragged."""
    return plot.dots([place[0]], [place[1]], name, size=11)


def outline(left: float, top: float, size: float) -> tuple[list[float], list[float]]:
    """x and y of the corners of a square around cells."""
    low, high, up, down = left - 0.5, left + size - 0.5, top + 0.5, top + 0.5 - size
    return [low, high, high, low, low], [up, up, down, down, up]


def row(*grids: Grid) -> list[Grid]:
    """Grids side by side, each in the middle of the highest."""
    height, left, found = max(len(grid.values) for grid in grids), 0.0, []
    for grid in grids:
        found.append(Grid(grid.name, grid.values, left, (height - len(grid.values)) / 2, grid.reach, grid.signed, grid.said))
        left = found[-1].right
    return found


def board(grids: Sequence[Grid], over: Sequence[go.Scatter] = (), notes: Iterable[dict[str, Any]] = ()) -> go.Figure:
    """Grids on one sheet, with outlines and points over them. Cells stay square."""
    width = max(grid.right for grid in grids) - GAP
    height = max(grid.top + len(grid.values) for grid in grids)
    fig = plot.sheet([*(part for grid in grids for part in (grid.trace(), grid.rim())), *over], (-0.8, width - 0.2),
                     (-height + 0.3, HEAD), [*(grid.title() for grid in grids), *notes])
    fig.update_yaxes(scaleanchor="x", constrain="domain").update_xaxes(constrain="domain")
    return fig.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})


def filter(picture: Array, weights: Array, answers: Array, place: tuple[int, int]) -> tuple[go.Figure, list[FollowingPoints]]:
    """A picture, the filter that lies on it at a place, and the map of its answers; what goes along when the place is
    dragged."""
    grids = row(Grid("picture", picture), Grid("filter", weights, reach=max(1.0, float(np.abs(weights).max())), signed=True),
                Grid("feature map", answers, reach=48))
    shown, _, given = grids
    fig = board(grids, [
        frame("window", shown.center(*place), len(weights)), frame("answer", given.center(*place), 1),
        point("place", shown.center(place[0] + 1, place[1] + 1))])
    return fig, [_along("window", (-1, 1), 3), _along("answer", (given.left - 1, 1 - given.top), 1)]


def _along(target: str, by: tuple[float, float], size: float) -> FollowingPoints:
    """An outline that stays so far from the dragged place."""
    x, y = outline(*by, size)
    return FollowingPoints(target, [[[1, "place.x"], [at]] for at in x], [[[1, "place.y"], [at]] for at in y])


def learned(picture: Array, by_hand: Array, weights: Array, maps: tuple[Array, Array], number: int) -> go.Figure:
    """A digit, and what a filter by hand and a learned one make of it. picture: from 0 to 1"""
    largest = max(float(one.max()) for one in maps) or 1.0
    above = row(Grid("picture", picture, reach=1, said=0), Grid("by hand", by_hand, reach=1.5, signed=True, said=1),
                Grid("its map", maps[0], reach=largest, said=0),
                Grid(f"learned, {number} of 8", weights, reach=1.5, signed=True, said=1),
                Grid("its map", maps[1], reach=largest, said=0))
    return board(above)


def channels(picture: Array, weights: Array, answers: Array, place: tuple[int, int]) -> go.Figure:
    """Three channels above the three parts of a filter, and the one map that comes of them."""
    names, grids, over = ("red", "green", "blue"), [], []
    for c, name in enumerate(names):
        left = 7.5 * c
        grids.append(Grid(name, picture[..., c], left, reach=12))
        grids.append(Grid(f"filter on {name}", weights[..., c], left + 1.5, 8, float(np.abs(weights).max()), True))
        over.append(frame(f"window on {name}", grids[-2].center(*place), 3))
    given = Grid("feature map", answers, 22.5, 1, float(np.abs(answers).max()) or 1.0, True)
    return board([*grids, given], [*over, frame("answer", given.center(*place), 1)])
