"""Pictures of a report: SVG that stands by itself, in any browser and on paper."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ann_core.base.spelling import words
from ui.colors import ACCENT, GREY, MANY, TWO

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 270, 64, 40, 34, 110
INK, LINE = "#333a42", "#d9dde2"
MOST_POINTS = 400
POWERS = 20
"""An axis of sizes is logarithmic when the largest is so many times the smallest."""
LIGHT = 0.45
"""How much of a class's colour the ground behind the points has."""


def curves(series: Mapping[str, NDArray], x: NDArray, across: str, up: str, alt: str) -> str:
    """Lines over one axis, each with its name at its end; NaN leaves a gap. x: (F,)   series: (F,) each"""
    known = np.concatenate([values[np.isfinite(values)] for values in series.values()] or [np.zeros(0)])
    if not len(known):
        return f"<p>{escape(alt)} There is no number to draw.</p>"
    log = known.min() > 0 and known.max() > POWERS * known.min()
    low, high = _ends(known.min(), known.max(), log)
    first, last = float(x.min()), float(x.max())

    def at(px: float, py: float) -> str:
        return (f"{LEFT + (px - first) / (last - first or 1) * (WIDTH - LEFT - RIGHT):.1f},"
                f"{HEIGHT - BOTTOM - (_scaled(py, log) - low) / (high - low) * (HEIGHT - BOTTOM - TOP):.1f}")

    parts, ends = _frame(low, high, log, first, last, across, up), []
    for place, (name, values) in enumerate(series.items()):
        color, dash = (ACCENT, "") if place == 0 else (GREY, ' stroke-dasharray="6 4"')
        good = np.isfinite(values)
        if log:
            good &= values > 0
        if not good.any():
            continue
        points = " ".join(at(a, b) for a, b in zip(x[good], values[good], strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"{dash}/>')
        ends.append((float(at(x[good][-1], values[good][-1]).split(",")[1]), name, color))
    before = -np.inf
    for y, name, color in sorted(ends):
        before = max(y, before + 15)
        parts.append(_text(WIDTH - RIGHT + 6, before + 4, name, "start", color))
    return _svg(parts, WIDTH, HEIGHT, alt)


def bars(sizes: Mapping[str, float], up: str, alt: str) -> str:
    """A bar for each name, over a logarithmic axis."""
    known = [value for value in sizes.values() if np.isfinite(value) and value > 0]
    if not known:
        return f"<p>{escape(alt)} There is no number to draw.</p>"
    low, high = np.floor(np.log10(min(known))) - 0.2, np.ceil(np.log10(max(known)) + 1e-9)
    parts, step = _frame(low, high, True, None, None, "", up), (WIDTH - LEFT - 20) / len(sizes)
    for place, (name, value) in enumerate(sizes.items()):
        middle = LEFT + (place + 0.5) * step
        if np.isfinite(value) and value > 0:
            tall = (np.log10(value) - low) / (high - low) * (HEIGHT - BOTTOM - TOP)
            parts.append(f'<rect x="{middle - 0.3 * step:.1f}" y="{HEIGHT - BOTTOM - tall:.1f}" width="{0.6 * step:.1f}" '
                         f'height="{tall:.1f}" fill="{ACCENT}"/>')
            parts.append(_text(middle, HEIGHT - BOTTOM - tall - 4, words(value, 2), "middle", INK))
        if len(sizes) <= 12:
            parts.append(_text(middle, HEIGHT - BOTTOM + 16, name, "middle", INK))
    return _svg(parts, WIDTH, HEIGHT, alt)


def plane(ground: NDArray[np.uint8], points: NDArray, target: NDArray, ranges: tuple[Sequence[float], Sequence[float]],
          classes: int, field: tuple[float, float] | None, title: str, alt: str) -> str:
    """What a network answers over two inputs, with points of the data. ground: (C, G, G) bytes, row 0 the lowest y
    points: (N, 2)   target: (N,) class numbers, or values of the field"""
    side, head = 210, 20
    (x0, x1), (y0, y1) = ranges
    parts = [_text(side / 2, 14, title, "middle", INK),
             f'<image y="{head}" width="{side}" height="{side}" preserveAspectRatio="none" href="{_png(ground, classes)}"/>']
    for (x, y), value in zip(points[:MOST_POINTS], target[:MOST_POINTS], strict=True):
        if field:
            color = _mix(TWO, (value - field[0]) / ((field[1] - field[0]) or 1))
        else:
            color = _colors(classes)[int(value) % len(_colors(classes))]
        at = (x - x0) / (x1 - x0) * side, head + side - (y - y0) / (y1 - y0) * side
        if 0 <= at[0] <= side and head <= at[1] <= head + side:
            parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="2.4" fill="{color}" stroke="#fff" stroke-width=".6"/>')
    return _svg(parts, side, side + head, alt)


def _colors(classes: int) -> Sequence[str]:
    return TWO if classes <= 2 else MANY


def _rgb(color: str) -> NDArray:
    return np.array([int(color[i:i + 2], 16) for i in (1, 3, 5)], float)


def _mix(ends: Sequence[str], share: float) -> str:
    low, high = map(_rgb, ends)
    return "#" + "".join(f"{round(v):02x}" for v in low + (high - low) * min(1.0, max(0.0, float(share))))


def _png(ground: NDArray[np.uint8], classes: int) -> str:
    shares = ground.astype(float) / 255
    if len(shares) == 1:
        shares = np.concatenate([1 - shares, shares])
    colors = np.stack([_rgb(color) for color in _colors(classes)])
    mixed = np.tensordot(shares.transpose(1, 2, 0), colors[np.arange(len(shares)) % len(colors)], 1)
    light = 255 + (np.clip(mixed, 0, 255) - 255) * LIGHT
    found = BytesIO()
    Image.fromarray(light[::-1].round().astype(np.uint8)).save(found, "PNG")
    return f"data:image/png;base64,{b64encode(found.getvalue()).decode()}"


def _scaled(value: float, log: bool) -> float:
    return float(np.log10(value)) if log else float(value)


def _ends(low: float, high: float, log: bool) -> tuple[float, float]:
    if log:
        return float(np.floor(np.log10(low))), float(np.ceil(np.log10(high) + 1e-9))
    return min(0.0, low), high if high > min(0.0, low) else min(0.0, low) + 1.0


def _frame(low: float, high: float, log: bool, first: float | None, last: float | None, across: str, up: str) -> list[str]:
    """Axes with their marks."""
    parts = [_text(8, 12, up, "start", INK)]
    marks = np.arange(np.ceil(low), high + 0.01, max(1, np.ceil((high - low) / 5))) if log else np.linspace(low, high, 5)
    for mark in marks:
        y = HEIGHT - BOTTOM - (mark - low) / (high - low) * (HEIGHT - BOTTOM - TOP)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT if first is not None else WIDTH - 20}" stroke="{LINE}"/>')
        parts.append(_text(LEFT - 6, y + 4, words(10.0**mark if log else float(mark), 3), "end", INK))
    if first is not None and last is not None:
        for share in (0, 0.5, 1):
            said = words(first + share * (last - first), 4)
            parts.append(_text(LEFT + share * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM + 16, said, "middle", INK))
        parts.append(_text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 6, across, "middle", INK))
    return parts


def _text(x: float, y: float, text: str, anchor: str, color: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'


def _svg(parts: Sequence[str], width: int, height: int, alt: str) -> str:
    return (f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{escape(alt)}" '
            f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>')
