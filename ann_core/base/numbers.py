"""Numbers in few characters, for sentences."""

import numpy as np

from ann_core.base.spelling import power_of_ten


def ratio(a: float, b: float) -> float:
    """a / b for sizes of 0 to infinity; equal ones, also two zeros or two infinities, give 1."""
    return 1.0 if a == b else float("inf") if b == 0 or a == float("inf") else a / b


def size(value: float) -> str:
    """A size in few characters: 4.6·10⁻⁸, 0.031, 0."""
    if not np.isfinite(value):
        return "too large to show"
    if value == 0 or 1e-3 <= abs(value) < 1e3:
        return f"{float(f'{value:.2g}'):g}".replace("-", "−")
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits}·{power_of_ten(int(exponent))}".replace("-", "−")


def share(value: float) -> str:
    """A ratio: 0.31 ×, 1/14,000, or below that 3.0·10⁻¹³."""
    if not 1e-9 <= value < 1e6:
        return f"{size(value)}{' ×' if value > 1 else ''}"
    if value < 0.01:
        return f"1/{round(float(f'{1 / value:.2g}')):,}"
    return f"{float(f'{value:.3g}' if value >= 10 else f'{value:.2g}'):,.10g} ×"


def percent(share: float) -> str:
    """A share in words: 97 %, 99.7 %. Only exact ones are 0 % and 100 %."""
    if np.isnan(share):
        return "not known"
    if 0 < share < 0.0005 or 0.9995 <= share < 1:
        return "less than 0.1 %" if share < 0.5 else "more than 99.9 %"
    return f"{100 * share:.{int(0 < share < 0.01 or 0.99 < share < 1)}f} %".replace("-", "−")


def number(value: float) -> str:
    """Three digits: 55.1, 12,300, 4.6·10⁻⁸."""
    if 1e-3 <= abs(value) < 1e6:
        return f"{float(f'{value:.3g}'):,.10g}".replace("-", "−")
    return "not known" if np.isnan(value) else size(value)


def rows(count: int) -> str:
    """1 row, 1,797 rows."""
    return f"{count:,} row{'' if count == 1 else 's'}"
