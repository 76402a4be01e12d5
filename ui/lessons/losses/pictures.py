"""The pictures of the lesson "Losses"."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ann_core.base.spelling import words
from ann_core.lessons import losses as core
from ui.figure import Animation, Keyframe
from ui.lessons import plot
from ui.lessons.losses import BOWL, CLASSES, DAYS, SIGNS, WILD, X4, X9, Y4, Y9
from ui.lessons.story import SOLD, SUN

NAMES = {"squared_error": "squared error", "absolute_error": "absolute error", "huber": "Huber", "log_cosh": "log-cosh",
         "binary_cross_entropy": "cross-entropy", "hinge": "hinge"}
COLORS = {"squared_error": plot.FIRST, "absolute_error": plot.SECOND, "huber": plot.THIRD, "log_cosh": plot.FOURTH,
          "binary_cross_entropy": plot.ACCENT, "hinge": plot.THIRD}
DASHES = {"squared_error": "solid", "absolute_error": "dash", "huber": "dot", "log_cosh": "dashdot",
          "binary_cross_entropy": "longdash", "hinge": "dash"}
LOW, HIGH, TOP = -4.0, 7.0, 40.0
"""What the picture of the bowl spans: weights from LOW to HIGH, costs up to TOP."""
Losses = Callable[[str, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Values and slopes of a loss, by its name and where."""


def cost(w: float, b: float) -> go.Figure:
    """Four days, a line whose ends are dragged, and the four errors."""
    errors = ([value for x in X4 for value in (x, x, None)],
              [value for x, y in zip(X4, Y4, strict=True) for value in (y, w * x + b, None)])
    return plot.legend_above(plot.framed([
        plot.curve(*errors, "error", plot.MUTED, "dot"),
        go.Scatter(x=[0, 5], y=[b, b + 5 * w], name="line", mode="lines+markers", line={"color": plot.ACCENT},
                   marker={"size": 11, "color": plot.ACCENT}),
        plot.dots(X4, Y4, "days", plot.INK, 11)], SUN, SOLD, (-0.3, 5.3), (-3, 9.5)))


def unit(errors: np.ndarray, told: core.Cost, name: str, top: float) -> go.Figure:
    """The sizes of five errors in a unit, with RMSE and MAE across."""
    return plot.legend_above(plot.framed([
        go.Bar(x=DAYS, y=np.abs(errors), name="size of the error", marker_color=plot.MUTED),
        plot.curve(DAYS, [told.rmse] * 5, "RMSE", COLORS["squared_error"]),
        plot.curve(DAYS, [told.mae] * 5, "MAE", COLORS["absolute_error"], "dash")],
        "day", f"error in {name}", None, (0, top)))


def curves(family: Iterable[str], told: Losses, at: float, numbers: bool, slopes: bool) -> go.Figure:
    """Losses over their slopes. numbers: over the error of a number, else over the sum z of an example of class 1
    slopes: whether they are drawn"""
    fig, across = _above_its_slope(family, told, at, 4, "slope", 9, slopes), (
        "error r = ŷ − y" if numbers else "sum z of an example of class 1")
    plot.axes(fig, "" if slopes else across, "loss", (-4, 4), (-0.2, 5), row=1, col=1)
    if slopes:
        plot.axes(fig, across, "slope", (-4, 4), (-3.2, 3.2) if numbers else (-1.3, 0.3), row=2, col=1)
    return plot.legend_above(fig)


def confident(family: Iterable[str], told: Losses, z: float, y: int) -> go.Figure:
    """Two losses of one example of class y over its sum z, and their gradients."""
    fig = _above_its_slope(family, told, z, 8, "gradient", 10)
    plot.axes(fig, "", "loss", (-8, 8), (-0.4, 8.4), row=1, col=1)
    plot.axes(fig, "sum z", "gradient ∂L/∂z", (-8, 8), (-1.1, 0.1) if y else (-0.1, 1.1), row=2, col=1)
    return plot.legend_above(fig)


def _above_its_slope(family: Iterable[str], told: Losses, at: float, reach: float, slope: str, size: int,
                     below: bool = True) -> go.Figure:
    """Each loss from −reach to reach, its slope `below`, and a point on both where one stands."""
    fig = make_subplots(1 + below, 1, shared_xaxes=True, vertical_spacing=0.08)
    x = np.linspace(-reach, reach, 161)
    for name in family:
        here = told(name, np.array([at]))
        for row, values in enumerate(told(name, x)[:1 + below], 1):
            label = NAMES[name] + (f" {slope}" if row == 2 else "")
            fig.add_trace(plot.curve(x, values, label, COLORS[name], DASHES[name], showlegend=row == 1), row, 1)
            fig.add_trace(plot.dots([at], here[row - 1], f"{label} here", COLORS[name], size, showlegend=False,
                                    hoverinfo="skip"), row, 1)
    return fig


def outlier(answers: Mapping[str, np.ndarray], wild: float) -> go.Figure:
    """Nine points, one of them wild, and the best answers by the loss that they are best for."""
    others = np.arange(9) != WILD
    return plot.legend_above(plot.framed([
        *(plot.curve(X9, answer, NAMES[name], COLORS[name], DASHES[name]) for name, answer in answers.items()),
        plot.dots(X9[others], Y9[others], "the other points", plot.INK, 9),
        plot.dots([X9[WILD]], [wild], "outlier", plot.ACCENT, 15, "diamond")], SUN, SOLD, (0.5, 9.5), (-6, 26)))


def several(told: core.Several, right: int) -> go.Figure:
    """Three probabilities as bars; −ln p, on which that of the right class lies."""
    fig = make_subplots(1, 2, column_widths=[0.45, 0.55], horizontal_spacing=0.14)
    p = np.linspace(0.005, 1, 200)
    fig.add_trace(go.Bar(x=CLASSES, y=told.p, name="probability", text=[words(v, 3) for v in told.p], textposition="outside",
                         marker_color=[plot.ACCENT if i == right else plot.MUTED for i in range(3)]), 1, 1)
    fig.add_trace(plot.curve(p, -np.log(p), "−ln p"), 1, 2)
    fig.add_trace(plot.dots([told.p[right]], [told.loss], "here", size=13), 1, 2)
    plot.axes(fig, f"class ({CLASSES[right]} is right)", "probability p", None, (0, 1.12), row=1, col=1)
    return plot.axes(fig, f"p of {CLASSES[right]}", "loss", (0, 1.03), (-0.2, 5.5), row=1, col=2)


def hinge(margins: np.ndarray, loss: np.ndarray) -> go.Figure:
    """Six examples on the hinge, with cross-entropy beside it."""
    reach = 8.0
    x = np.linspace(-reach, reach, 201)
    traces = [plot.curve(x, core.over_sums(name, x, np.ones_like(x))[0], NAMES[name], COLORS[name], dash)
              for name, dash in (("hinge", "solid"), ("binary_cross_entropy", "dash"))]
    for c, (sign, name) in enumerate(((-1, "class −1"), (1, "class +1"))):
        own = SIGNS == sign
        traces.append(plot.dots(margins[own], loss[own], name, plot.CLASS_COLORS[c], 11, plot.CLASS_SYMBOLS[c],
                                text=[str(n + 1) for n in np.flatnonzero(own)],
                                hovertemplate="example %{text}: y·z = %{x:.2f}, loss %{y:.2f}<extra></extra>"))
    fig = plot.framed(traces, "y · z: negative on the wrong side, 1 is the margin", "loss", (-reach, reach),
                      (-0.3, reach + 1.3))
    named = plot.note(1, 1, "margin 1", plot.MUTED, yref="paper", xanchor="left", yanchor="top")
    return plot.legend_above(fig.add_vline(1, line={"dash": "dash", "color": plot.MUTED}, annotation=named))


def roll(start: float) -> go.Figure:
    """The cost over one weight, and a point on it."""
    w, high = np.linspace(LOW, HIGH, 221), BOWL.cost(np.array([start]))
    return plot.legend_above(plot.framed([
        plot.curve(w, BOWL.cost(w), "cost", plot.MUTED),
        plot.curve([BOWL.best] * 2, [0, TOP], "lowest", plot.MUTED, "dash"),
        plot.curve([start], [0.0], "slope", plot.FOURTH, "dot"),
        go.Scatter(x=[start], y=high, name="way", mode="lines+markers", line={"color": plot.ACCENT, "width": 1},
                   marker={"size": 6}, opacity=0.6),
        plot.dots([start], high, "point", size=16)], "weight w", "cost J", (LOW, HIGH), (-2, TOP)))


def rolling(path: np.ndarray, signs: bool) -> Animation:
    """The point on its way, up to where it leaves the picture. path: the weight before every step   signs: say what
    follows from the slope's sign"""
    costs, frames = BOWL.cost(path), []
    for t, (w, high) in enumerate(zip(path, costs, strict=True)):
        slope = BOWL.slope(w)
        way = "no slope, no step" if abs(slope) < 5e-5 else "so w becomes " + ("smaller" if slope > 0 else "larger")
        said = f"w = {words(w)}, cost {words(high)}, slope {words(slope)}{f': {way}' * signs}."
        inside = LOW <= w <= HIGH and high <= TOP
        if not inside:
            said = f"w = {words(w)}: out of the picture. {said}"
        reach = np.array([w - 0.7, w + 0.7])
        frames.append(Keyframe({"point": {"x": [w], "y": [high]}, "way": {"x": path[:t + 1], "y": costs[:t + 1]},
                                "slope": {"x": reach, "y": high + slope * (reach - w)}}, caption=said))
        if not inside:
            break
    return Animation(frames, rate=4)


def surface(path: np.ndarray, x: np.ndarray, y: np.ndarray, ground: np.ndarray, names: tuple[str, str],
            flat: bool) -> tuple[go.Figure, Animation]:
    """The cost over two weights, in space or from above, and the path of training on it.

    path: (steps + 1, 3), both weights and the cost   ground: (len(y), len(x))
    """
    first, second = names
    shown = np.unique((len(path) - 1) * np.linspace(0, 1, 41) ** 2 // 1).astype(int)  # the first steps are the largest
    lift = 0.01 * (ground.max() - ground.min())  # a little above, or the surface would hide half of it
    across, up, high = path[shown].T
    ways = [{"x": across[:n], "y": up[:n]} | ({} if flat else {"z": high[:n] + lift}) for n in range(1, len(shown) + 1)]
    points = [{axis: values[-1:] for axis, values in way.items()} for way in ways]
    colors, kind = [[0, plot.WASH], [1, plot.FOURTH]], go.Scatter if flat else go.Scatter3d
    below = {"x": x, "y": y, "z": ground, "name": "cost", "colorscale": colors}
    fig = go.Figure([
        go.Contour(**below, ncontours=18, colorbar_title_text="cost") if flat else
        go.Surface(**below, showscale=False, opacity=0.9),
        kind(**ways[-1], name="path", mode="lines", line={"color": plot.ACCENT, "width": 3 if flat else 6}),
        kind(**points[-1], name="point", mode="markers", marker={"color": plot.POSITIVE, "size": 12 if flat else 6})])
    if flat:
        plot.axes(fig, first, second)
    else:
        fig.update_layout(scene={"xaxis_title_text": first, "yaxis_title_text": second, "zaxis_title_text": "cost",
                                 "camera": {"eye": {"x": 1.4, "y": -1.5, "z": 0.8}, "center": {"x": 0, "y": 0, "z": -0.15}}},
                          margin={"l": 0, "r": 0, "t": 0, "b": 0})
    frames = [Keyframe({"path": way, "point": point},
                       caption=f"Step {t}: {first} {words(u)}, {second} {words(v)}, cost {words(c)}.")
              for t, u, v, c, way, point in zip(shown, across, up, high, ways, points, strict=True)]
    return fig, Animation(frames, rate=8, noun=None)
