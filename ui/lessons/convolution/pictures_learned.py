"""Pictures of what was learned: shapes asked elsewhere, digits that are moved, the way back, one digit's way through."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from ann_core.base.arrays import Array
from ann_core.lessons.convolution_backward import Example
from ann_core.lessons.convolution_trained import REACH
from ui.lessons import plot
from ui.lessons.convolution import DIGITS, NETWORKS
from ui.lessons.convolution.pictures import Grid, board, frame, row


def elsewhere(right: Mapping[str, tuple[float, float]], asked: bool) -> go.Figure:
    """Shares of right answers at the left and, where they may be seen, at the right. right: by network"""
    names = [NETWORKS[name] for name in right]
    bars = [go.Bar(x=names, y=[share[0] for share in right.values()], name="at the left, where they learned",
                   marker_color=plot.MUTED)]
    if asked:
        bars.append(go.Bar(x=names, y=[share[1] for share in right.values()], name="at the right, where they did not",
                           marker_color=plot.ACCENT))
    fig = plot.framed([*bars, plot.curve([names[0], names[-1]], [1 / 6] * 2, "guessing", plot.INK, "dot", 1.5)], "",
                      "share of right answers", None, (0, 1.05))
    return plot.legend_above(fig)


def shape(picture: Array, winners: Array | None) -> go.Figure:
    """A made picture. winners: rows and columns where each filter answered most strongly, (filters, 2)"""
    grid = Grid("the picture that is asked", picture.reshape(12, 12), reach=1.4, said=0)
    over = []
    if winners is not None:
        over = [plot.dots(winners[:, 1], -winners[:, 0], "strongest answers", plot.ACCENT, 13, "circle-open", 3)]
    return board([grid], over)


def shifted(picture: Array, shares: Mapping[str, Array] | None, at: tuple[int, int]) -> go.Figure:
    """A moved digit; where it may be seen, the share of right answers over all moves, network by network."""
    grids = row(Grid("the moved digit", picture.reshape(12, 12), reach=1, said=0), *(
        Grid(NETWORKS[name], np.round(100 * found), reach=100) for name, found in (shares or {}).items()))
    return board(grids, [frame(f"here: {grid.name}", grid.center(at[0] + REACH, at[1] + REACH), 1) for grid in grids[1:]])


def backward(example: Example, pool: bool, place: tuple[int, int], of_weight: bool, answered: bool) -> go.Figure:
    """Picture, filter and output forward; below them their derivatives, which stand there once they may be seen."""
    out, dA = example.pooled()[:2] if pool else (example.out(), example.gradients()[1])

    def grid(name: str, values: Array, left: float, top: float, said: bool = True) -> Grid:
        return Grid(name, values if said else np.zeros_like(values), left, top, 9, True, 3 if said else 0)

    pair = 6.0
    above = [grid("picture A", example.A, 0, 0), grid("output", out, 2 * pair - 1, 1)]
    below = [grid("∂L/∂A", dA, 0, pair, answered), grid("∂L/∂output", example.dOut, 2 * pair - 1, pair + 1)]
    if not pool:
        above.append(grid("filter W", example.W, pair, 0.5))
        below.append(grid("∂L/∂W", example.gradients()[0], pair, pair + 0.5, answered))
    grids = [*above, *below]
    looked_at = [one for one in grids if one.name in (("filter W", "∂L/∂W") if of_weight else ("picture A", "∂L/∂A"))]
    return board(grids, [frame(f"chosen in {one.name}", one.center(*place), 1) for one in looked_at])


def digit(picture: Array, weights: Array, after: Array, pooled: Array, number: int) -> go.Figure:
    """A digit on its way through one filter: sums, bent by ReLU, then the pool. picture: from 0 to 1"""
    largest = float(after.max()) or 1.0
    return board(row(Grid("picture", picture, reach=1, said=0),
                     Grid(f"filter {number}", weights, reach=1.5, signed=True, said=1),
                     Grid(f"map {number}", after, reach=largest, said=0),
                     Grid("after the pool", pooled, reach=largest, said=1)))


def classes(p: Array, chosen: int) -> go.Figure:
    """Ten probabilities."""
    return plot.framed([go.Bar(x=[str(k) for k in DIGITS], y=p, name="probability",
                               marker_color=[plot.ACCENT if k == chosen else plot.MUTED for k in DIGITS])],
                       "class", "probability p", None, (0, 1.05)).update_xaxes(type="category")
