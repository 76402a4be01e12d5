"""The pictures of the lesson "Convolution": grids of numbers side by side on one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.lessons.convolution import WHITE
from ui.figure import FollowingPoints
from ui.lessons import plot

BRIGHT = [[0.0, plot.GROUND], [1.0, plot.MUTED]]
SIGNED = [[0.0, plot.NEGATIVE], [0.5, plot.GROUND], [1.0, plot.POSITIVE]]
GAP = 1.5


@dataclass(frozen=True)
class Grid:
    """Numbers in cells of one unit, the first row on top. left: where it begins   top: how far below the sheet's top
    reach: the size of number that is drawn in full colour   signed: negative ones in a colour of their own
    said: the numbers stand in the cells"""

    name: str
    values: Array
    left: float = 0.0
    top: float = 0.0
    reach: float = WHITE
    signed: bool = False
    said: bool = True

    @property
    def right(self) -> float:
        """Where the next one may begin."""
        return self.left + self.values.shape[1] + GAP

    def center(self, row: int, column: int) -> tuple[float, float]:
        """The middle of a cell."""
        return self.left + column, -self.top - row

    def trace(self) -> go.Heatmap:
        """The cells, with their numbers."""
        rows, columns = self.values.shape
        texts = [[words(value, 2) if self.said else "" for value in row] for row in self.values]
        return go.Heatmap(x=self.left + np.arange(columns), y=-self.top - np.arange(rows), z=self.values, name=self.name,
                          zmin=-self.reach if self.signed else 0, zmax=self.reach, showscale=False, xgap=1, ygap=1,
                          colorscale=SIGNED if self.signed else BRIGHT, text=texts, texttemplate="%{text}",
                          textfont={"size": 12, "color": plot.INK}, hoverinfo="skip")

    def title(self) -> dict[str, Any]:
        """Its name above it."""
        return plot.note(self.left - 0.5, 0.6 - self.top, self.name, plot.INK, xanchor="left", yanchor="bottom")


def frame(name: str, left: float, top: float, size: float, color: str = plot.ACCENT) -> go.Scatter:
    """A square outline around cells. left, top: the middle of its first cell   size: cells along a side"""
    return plot.curve(*outline(left, top, size), name, color, width=3, hoverinfo="skip")


def point(name: str, place: tuple[float, float]) -> go.Scatter:
    """What is dragged."""
    return plot.dots([place[0]], [place[1]], name, size=11)


def outline(left: float, top: float, size: float) -> tuple[list[float], list[float]]:
    """x and y of the corners of a square around cells."""
    low, high, up, down = left - 0.5, left + size - 0.5, top + 0.5, top + 0.5 - size
    return [low, high, high, low, low], [up, up, down, down, up]


def board(grids: Sequence[Grid], over: Sequence[go.Scatter] = ()) -> go.Figure:
    """Grids on one sheet, with outlines and points over them. Cells stay square."""
    width = max(grid.right for grid in grids) - GAP
    height = max(grid.top + grid.values.shape[0] for grid in grids)
    fig = plot.sheet([*(grid.trace() for grid in grids), *over], (-0.8, width - 0.2), (-height + 0.3, 1.6),
                     [grid.title() for grid in grids])
    return fig.update_yaxes(scaleanchor="x").update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})


def filter(picture: Array, weights: Array, answers: Array, place: tuple[int, int]) -> go.Figure:
    """A picture, the filter that lies on it at a place, and the map of its answers."""
    row, column = place
    shown = Grid("picture", picture)
    small = Grid("filter", weights, shown.right, 2, 1, True)
    given = Grid("feature map", answers, small.right, 1, 48)
    return board([shown, small, given], [
        frame("window", *shown.center(row, column), len(weights)), frame("answer", *given.center(row, column), 1),
        point("place", shown.center(row + 1, column + 1))])


def window_follows(offset: float, top: float) -> list[FollowingPoints]:
    """The outlines of window and answer go with the dragged place, whose middle is one cell further. offset, top: of the map
    against the picture"""
    def along(name: str, starts: list[float]) -> list[list[list[float | str]]]:
        return [[[name], [start]] for start in starts]

    x, y = outline(-1, 1, 3)
    small_x, small_y = outline(offset - 1, 1 - top, 1)
    return [FollowingPoints("window", along("place.x", x), along("place.y", y)),
            FollowingPoints("answer", along("place.x", small_x), along("place.y", small_y))]
