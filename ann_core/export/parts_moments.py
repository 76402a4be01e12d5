"""How a program that is taken home reads dates and times: with the very functions that the playground reads them with."""

import numpy as np

from ann_core.data.table.moment_column import hour, month, weekday
from ann_core.data.table.moments import _has_date, _match, _seconds, _text


def moments(cells, parts, circles, order, first, unit, usual):
    """Dates or times as inputs: how much time has passed, and where in the year, the week and the day. Returns (rows, inputs)

    Gaps and what is no moment count as the usual one, in seconds since the first of January 1970, or since midnight."""
    found = [None if cell is None or cell != cell else _match(_text(cell)) for cell in cells]
    dates = any(match is not None and _has_date(match) for match in found)
    seconds = np.array([np.nan if match is None or dates and not _has_date(match) else _seconds(match, order)
                        for match in found])  # a time of day among dates is on no day
    seconds = np.where(np.isnan(seconds), usual, seconds)
    inputs = [(seconds - first) / unit] if "elapsed" in parts else []
    for part, of, turn in (("month", month, 12), ("weekday", weekday, 7), ("hour", hour, 24)):
        if part in parts:
            angle = 2 * np.pi * of(seconds) / turn
            inputs += [np.sin(angle), np.cos(angle)] if circles else [of(seconds)]
    return np.stack(inputs, axis=1)
