"""The pictures of the lesson "Neuron": a plane with its boundary, a neuron, a network."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from ui.figure import Drag, Line, Place, figure
from ui.lessons.neuron import controls
from ui.lessons.numbers import words

INK, MUTED, ACCENT, LINE = "var(--ink)", "var(--muted)", "var(--accent)", "var(--line)"
CLASS_COLORS, CLASS_SYMBOLS = ("var(--negative)", "var(--positive)"), ("circle", "square")
BIG = {"size": 16, "color": INK}
REACH = 2.0
"""The plane with a boundary goes from −REACH to REACH, and so do its weights and bias."""
RAIL = 2.3
"""Where the bias stands beside the plane."""


def blank(x: tuple[float, float] | None = None, y: tuple[float, float] | None = None, x_title: str = "", y_title: str = "",
          axes: bool = True) -> go.Figure:
    """An empty figure with fixed ranges. Without axes it is a sheet to draw on."""
    fig = go.Figure(layout={"showlegend": False, "hovermode": "closest"})
    fig.update_xaxes(range=x, title=x_title, visible=axes, fixedrange=True)
    fig.update_yaxes(range=y, title=y_title, visible=axes, fixedrange=True)
    return fig


def line(fig: go.Figure, name: str, x: Any, y: Any, color: str = ACCENT, dash: str = "solid", width: float = 2.5,
         **more: Any) -> None:
    """A curve."""
    fig.add_scatter(x=list(x), y=list(y), name=name, mode="lines", line={"color": color, "dash": dash, "width": width}, **more)


def dots(fig: go.Figure, name: str, x: Any, y: Any, color: Any = ACCENT, size: float = 12, **more: Any) -> None:
    """Points, with a rim."""
    marker = {"color": color, "size": size, "line": {"color": "var(--rim)", "width": 1.5}, **more.pop("marker", {})}
    fig.add_scatter(**{"x": list(x), "y": list(y), "name": name, "mode": "markers", "marker": marker, **more})


def note(fig: go.Figure, x: float, y: float, text: str, color: str = INK, **more: Any) -> None:
    """Words in the picture."""
    fig.add_annotation(**{"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": color, "size": 15}, **more})


def arrow(fig: go.Figure, start: tuple[float, float], end: tuple[float, float], color: str = ACCENT, **more: Any) -> None:
    """An arrow between two places."""
    fig.add_annotation(x=end[0], y=end[1], ax=start[0], ay=start[1], axref=more.get("xref", "x"), ayref=more.get("yref", "y"),
                       text="", showarrow=True, arrowhead=2, arrowwidth=2.5, arrowcolor=color, **more)


def legend_above(fig: go.Figure) -> None:
    """A legend in rows above the plot, with room of its own."""
    fig.update_layout(showlegend=True, legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}, margin={"t": 80})


def side(w: Sequence[float], b: float, reach: float = REACH) -> tuple[list[float], list[float]]:
    """The corners of the part of the square where z > 0."""
    corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]
    z = [w[0] * x + w[1] * y + b for x, y in corners]
    found: list[tuple[float, float]] = []
    for i, j in zip(range(4), (1, 2, 3, 0), strict=True):
        if z[i] > 0:
            found.append(corners[i])
        if (z[i] > 0) != (z[j] > 0):
            t = z[i] / (z[i] - z[j])
            (px, py), (qx, qy) = corners[i], corners[j]
            found.append((px + t * (qx - px), py + t * (qy - py)))
    return [x for x, _ in found], [y for _, y in found]


def border(w: Sequence[float], b: float, low: float = -REACH, high: float = REACH) -> tuple[list[float], list[float]]:
    """The ends of w·x + b = 0 across the square from `low` to `high`; nothing when both weights are 0."""
    if w[0] == w[1] == 0:
        return [], []
    if abs(w[1]) >= abs(w[0]):
        return [low, high], [-(w[0] * x + b) / w[1] for x in (low, high)]
    return [-(w[1] * y + b) / w[0] for y in (low, high)], [low, high]


def square(fig: go.Figure, low: float = -REACH, high: float = REACH) -> go.Figure:
    """The same scale on both axes."""
    fig.update_xaxes(constrain="domain")
    fig.update_yaxes(range=(low, high), scaleanchor="x", constrain="domain")
    return fig


def plane(name: str, points: Sequence[tuple[float, float, int]], w: Sequence[float], b: float, bias: bool, alt: str,
          labels: Sequence[str] = ()) -> None:
    """Points of two classes and the boundary z = 0. The weights are an arrow from the origin to (w₁, w₂), the bias stands on a
    rail at the right; both can be dragged, and set the controls `name`/w1, `name`/w2 and `name`/b."""
    fig = square(blank((-REACH - 0.1, RAIL + 0.25), x_title="x₁", y_title="x₂"), -REACH - 0.1, REACH + 0.1)
    for shade, (xs, ys) in zip(CLASS_COLORS, (side([-v for v in w], -b), side(w, b)), strict=True):
        fig.add_scatter(x=xs, y=ys, mode="none", fill="toself", fillcolor=shade, opacity=0.13, hoverinfo="skip")
    line(fig, "boundary", *border(w, b), color=INK)
    line(fig, "weight arrow", (0, w[0]), (0, w[1]))
    for c in (0, 1):
        chosen = [i for i, point in enumerate(points) if point[2] == c]
        dots(fig, f"class {c}", [points[i][0] for i in chosen], [points[i][1] for i in chosen], CLASS_COLORS[c], 15,
             marker={"symbol": CLASS_SYMBOLS[c]}, text=[labels[i] for i in chosen] if labels else None,
             mode="markers+text" if labels else "markers", textposition="top center")
    named: dict[str, Any] = {"size": 15, "marker": {"symbol": "diamond"}, "mode": "markers+text", "textposition": "top center",
             "textfont": {"size": 16, "color": ACCENT}}
    dots(fig, "weights", [w[0]], [w[1]], text=["w"], **named)
    drags = {"weights": Drag((-REACH, REACH), (-REACH, REACH), 0.05, "weights w₁ and w₂")}
    if bias:
        line(fig, "rail", (RAIL, RAIL), (-REACH, REACH), LINE, width=5)
        dots(fig, "bias", [RAIL], [b], text=["b"], **named)
        drags["bias"] = Drag(None, (-REACH, REACH), 0.05, "bias b")

    def moved(what: str, to: dict[str, float]) -> None:
        for control, value in zip(("w1", "w2") if what == "weights" else ("b",), to.values(), strict=True):
            controls.put(f"{name}/{control}", round(value, 2))

    follow = (Line("boundary", "weights.x", "weights.y", "bias.y" if bias else 0.0),
              Place("weight arrow", (0, "weights.x"), (0, "weights.y")))
    figure(fig, key=f"neuron/{name}", height=430, alt=alt, drag=drags, follow=follow, on=moved)


def plane_controls(name: str, bias: bool, usual: tuple[float, float, float]) -> tuple[tuple[float, float], float]:
    """Sliders for w₁, w₂ and b."""
    w1, w2, b = (controls.slider(f"{name}/{part}", label, -REACH, REACH, value, 0.05) if part != "b" or bias else 0.0
                 for part, label, value in zip(("w1", "w2", "b"), ("w₁", "w₂", "b"), usual, strict=True))
    return (w1, w2), b


def unit_drawing(x: Sequence[float], w: Sequence[float], b: float, z: float) -> go.Figure:
    """A neuron: inputs at the left, the product on each edge, the sum in the circle."""
    rows = [*range(len(x)), len(x)]
    names = [f"x{'₁₂'[i] if len(x) > 1 else ''} = {words(v)}" for i, v in enumerate(x)] + ["1"]
    middle = len(x) / 2
    fig = blank((-0.35, 2.5), (len(x) + 0.6, -0.6), axes=False)
    for row, name, weight, value in zip(rows, names, (*w, b), (*x, 1.0), strict=True):
        color = CLASS_COLORS[weight * value > 0] if weight * value else MUTED
        line(fig, f"edge {row}", (0, 1.4), (row, middle), color, width=1.5 + min(6.0, abs(weight * value)), hoverinfo="skip")
        dots(fig, name, [0], [row], "var(--panel)", 66, text=[name], mode="markers+text", hoverinfo="skip", textfont=BIG,
             marker={"line": {"color": MUTED, "width": 1.5}})
        told = f"{words(value)} × {words(weight)} = {words(value * weight)}" if row < len(x) else f"bias {words(b)}"
        note(fig, 0.72, row + (middle - row) * 0.51, told, bgcolor="var(--ground)", borderpad=3)
    dots(fig, "sum", [1.4], [middle], "var(--wash)", 92, text=[f"Σ = {words(z)}"], mode="markers+text", hoverinfo="skip",
         textfont=BIG,
         marker={"line": {"color": ACCENT, "width": 2.5}})
    arrow(fig, (1.62, middle), (2.1, middle), MUTED)
    note(fig, 2.28, middle, f"z = {words(z)}")
    return fig


def network_drawing(widths: Sequence[int], names: Sequence[str], most: int = 10) -> go.Figure:
    """Layers of units, every unit joined with every unit of the next layer. Of large layers a part is drawn."""
    drawn = [min(width, most) for width in widths]
    places = [[(i, (count - 1) / 2 - k) for k in range(count)] for i, count in enumerate(drawn)]
    top = max(drawn) / 2
    fig = blank((-0.5, len(widths) - 0.5), (-top - 0.6, top + 0.9), axes=False)
    xs: list[float | None] = []
    ys: list[float | None] = []
    for before, after in zip(places, places[1:], strict=False):
        for one in before:
            for other in after:
                xs += [one[0], other[0], None]
                ys += [one[1], other[1], None]
    line(fig, "edges", xs, ys, MUTED, width=0.7, hoverinfo="skip")
    for i, layer in enumerate(places):
        color = MUTED if i == 0 else ACCENT if i < len(widths) - 1 else "var(--positive)"
        dots(fig, names[i], [x for x, _ in layer], [y for _, y in layer], color, 18 if max(drawn) <= 8 else 13)
        note(fig, i, top + 0.45, names[i] + (f" ({drawn[i]} drawn)" if drawn[i] < widths[i] else ""))
    return fig
