"""What cells look like before it is known how the table's numbers are written: numbers, words, gaps."""

import re
from collections.abc import Sequence

from ann_core.data.table.choices import LIKELY_MARKS, SURE_MARKS

CURRENCY = r"(?:US|A|C|NZ|HK|R|S)?[$€£¥₹₽₺₩₪₫₴₦₱฿￥]"
NUMBER = re.compile(rf"\(?(?:{CURRENCY})?\s?[+\-−]?(?:{CURRENCY})?\s?"
                    r"(\d[\d., '’\u00a0\u202f\u2009٫٬]*|[.,]\d+)([eE][+\-−]?\d+)?\s?[%$€£¥]?\)?")  # fmt: skip
"""A number in some way of writing."""
_BESIDE = re.compile(r"[\d.,'’\s٫٬+\-−]+")
MARKED = frozenset((*SURE_MARKS, *LIKELY_MARKS))
FEW, NUMBERS = 20, 0.8
"""A column is one of numbers when this share of its cells are."""


def is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell.strip()) is not None


def is_gap(cell: str) -> bool:
    """Empty, or a mark of a missing cell."""
    cell = cell.strip()
    return not cell or cell in MARKED or cell.lower() in MARKED


def is_word(cell: str) -> bool:
    return not is_gap(cell) and not is_number(cell)


def beside(cell: str) -> str:
    """What stands around the digits of a cell: "km" in "5 km"; two cells with the same around them are of one kind."""
    return _BESIDE.sub("", cell)


def of_numbers(cells: Sequence[str]) -> bool:
    """Whether a column's cells are numbers, with a unit perhaps."""
    there = [cell for cell in cells if not is_gap(cell)]
    if not there:
        return False
    if sum(map(is_number, there)) >= NUMBERS * len(there):
        return True
    digits = [cell for cell in there if re.match(r"\s*\(?\W{0,3}\d", cell) and len(beside(cell)) <= 12]
    around = [beside(cell) for cell in digits]
    return len(digits) >= NUMBERS * len(there) and max(map(around.count, {*around}), default=0) >= NUMBERS * len(there)


def alike(cell: str, below: Sequence[str]) -> bool:
    """Whether a cell is a number as those below it are, with the same unit perhaps."""
    return is_number(cell) or bool(re.search(r"\d", cell)) and beside(cell) in {beside(other) for other in below[:FEW]}
