"""Numbers as people write them: which cells are numbers, and what they are worth."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table.packed import Packed

SPACES, APOSTROPHES = " \u00a0\u202f\u2009", "'’"
MARKS = {",": ",", ".": r"\.", " ": f"[{SPACES}]", "'": f"[{APOSTROPHES}]"}
"""Marks between thousands, as patterns."""
PLAIN = r"(?:[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?)?"
"""A number as programs write it, or an empty cell: most columns need no more."""
UNIT = "[%$€£¥]"
SIGN = r"[+\-−]?"
EXPONENT = "(?:[eE][+-]?[0-9]+)?"
INFINITE = r"(?i:[+\-−]?(?:inf|infinity|∞))"
CODE = rf"{SIGN}0[0-9].*"
EXACT = 2**53
"""Whole numbers up to here are exact as floats; longer ones are account numbers and the like, where every digit matters."""


def pattern(decimal: str, marks: Iterable[str]) -> str:
    """What a number looks like: sign, digits in one piece or in threes, decimals, exponent; a percent or currency sign."""
    grouped = "".join(f"[1-9][0-9]{{0,2}}(?:{MARKS[mark]}[0-9]{{3}})+|" for mark in marks if mark and mark != decimal)
    point = re.escape(decimal)
    digits = f"(?:(?:{grouped}[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+)"
    return f"(?:{UNIT} ?)?{SIGN}(?:{UNIT} ?)?{digits}{EXPONENT}(?:[{SPACES}]?{UNIT})?"


def values(cells: pd.Series, decimal: str) -> NDArray[np.float64]:
    """Cells that fit the pattern as numbers. Beyond the range of floats they are infinite."""
    if decimal == "," or cells.str.contains(f"[{SPACES}{APOSTROPHES}%$€£¥−,]", regex=True).any():
        others = "," if decimal == "." else r"\."
        cells = cells.str.replace(f"[{SPACES}{APOSTROPHES}%$€£¥]|{others}", "", regex=True)
        cells = cells.str.replace("−", "-", regex=False).str.replace(decimal, ".", regex=False)
    return cells.to_numpy(dtype=object).astype(np.float64)


def too_long(cells: pd.Series) -> pd.Series:
    """The whole numbers whose last digits a float would lose."""
    digits = cells[cells.str.fullmatch(f"{SIGN}[0-9]{{16,}}")].str.lstrip("+-−")
    return digits[[len(cell) > 16 or int(cell) > EXACT for cell in digits]]


def units(cells: pd.Series) -> list[str]:
    """The percent and currency signs in the cells."""
    signed = cells[cells.str.contains(UNIT)]
    return [sign for sign in "%$€£¥" if signed.str.contains(sign, regex=False).any()]


def find_decimal(columns: list[Packed], delimiter: str) -> tuple[str, str | None]:
    """The decimal mark of a table, from all cells that can be read in one way only, and a cell whose reading is a guess.

    1,5 and 0,125 and 1.234,5 have a decimal comma, 1.5 and 1,234.5 and 1,234,567 a point. 1,234 can be either: among
    semicolons, which stand where commas are decimal, it is taken for 1.234, elsewhere for a thousand.
    """
    with_mark = (pd.Series([*column], dtype="str") for column in columns if column.holds(",") or column.holds("."))
    if not any(column.holds(",") for column in columns):
        threes = rf"\s*{SIGN}[1-9][0-9]{{0,2}}\.[0-9]{{3}}\s*"  # among semicolons 1.234 may be a thousand
        doubtful = delimiter == ";" and (cells.iloc[0].strip() for cells in with_mark if cells.str.fullmatch(threes).all())
        return ".", next(doubtful, None) if doubtful else None
    either = (_only(",", "."), _only(".", ","))
    commas, points = np.sum([[cells.str.fullmatch(only).sum() for only in either] for cells in with_mark], axis=0)
    if commas or points:
        return "," if commas > points else ".", None
    both_ways = rf"\s*(?:{UNIT} ?)?{SIGN}[1-9][0-9]{{0,2}},[0-9]{{3}}(?: ?{UNIT})?\s*"
    with_comma = (pd.Series([*column], dtype="str") for column in columns if column.holds(","))
    guessed = next((found.iloc[0].strip() for cells in with_comma if len(found := cells[cells.str.fullmatch(both_ways)])), None)
    return "," if guessed and delimiter == ";" else ".", guessed


def _only(decimal: str, other: str) -> str:
    """Numbers that can only be read with this decimal mark."""
    d, o = re.escape(decimal), re.escape(other)
    decimals = (rf"[0-9]+{d}(?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0|[0-9]{{4,}}){d}[0-9]+|"
                rf"[1-9][0-9]{{0,2}}(?:[{SPACES}{APOSTROPHES}][0-9]{{3}})+{d}[0-9]+")
    grouped = rf"[1-9][0-9]{{0,2}}(?:{o}[0-9]{{3}})+{d}[0-9]+|[1-9][0-9]{{0,2}}(?:{o}[0-9]{{3}}){{2,}}"
    small = rf"{d}[0-9]+|[0-9]+{d}[0-9]+[eE][+-]?[0-9]+"
    return rf"\s*(?:{UNIT} ?)?{SIGN}(?:{UNIT} ?)?(?:{decimals}|{grouped}|{small})(?: ?{UNIT})?\s*"
