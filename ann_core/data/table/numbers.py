"""Numbers as people write them: which cells are numbers, and what they are worth."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SPACES, APOSTROPHES = " \u00a0\u202f\u2009", "'’"
MARKS = {",": ",", ".": r"\.", " ": f"[{SPACES}]", "'": f"[{APOSTROPHES}]"}
"""Marks between thousands, as patterns."""
PLAIN = r"(?:[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?)?"
"""A number as programs write it, or an empty cell: most columns need no more."""
SIGN = r"[+\-−]?"
EXPONENT = "(?:[eE][+-]?[0-9]+)?"
INFINITE = r"(?i:[+\-−]?(?:inf|infinity|∞))"
CODE = rf"{SIGN}0[0-9].*"
EXACT = 2**53
"""Whole numbers up to here are exact as floats; longer ones are account numbers and the like, where every digit matters."""
FEW = 2_000
"""So many cells are compared one by one: making a column ready for a faster way would take longer."""
_OTHER_MARKS = {0x066B: ".", 0x066C: ",", 0xFF0E: ".", 0xFF0C: ",", 0xFF0B: "+", 0xFF0D: "-", 0x2212: "-", 0xFF05: "%",
                0x066A: "%"}


def pattern(decimal: str, marks: Iterable[str]) -> str:
    """What a number looks like: sign, digits in one piece or in threes (or as in India in twos), decimals, exponent."""
    used = [mark for mark in marks if mark and mark != decimal]
    grouped = "".join(f"[1-9][0-9]{{0,2}}(?:{MARKS[mark]}[0-9]{{3}})+|" for mark in used)
    grouped += "[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|" if "," in used else ""
    point = re.escape(decimal)
    digits = f"(?:(?:{grouped}[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+)"
    return f"{SIGN}{digits}{EXPONENT}"


def matches(cells: pd.Series, wanted: str) -> NDArray[np.bool_]:
    """Which cells a pattern describes from end to end."""
    if len(cells) > FEW:
        return cells.str.fullmatch(wanted).to_numpy(dtype=bool, copy=True)
    fit = re.compile(wanted).fullmatch
    return np.fromiter((fit(cell) is not None for cell in cells.tolist()), bool, len(cells))


def contains(cells: pd.Series, wanted: str) -> NDArray[np.bool_]:
    """In which cells a pattern is found."""
    if len(cells) > FEW:
        return cells.str.contains(wanted, regex=True).to_numpy(dtype=bool, copy=True)
    found, texts = re.compile(wanted).search, cells.tolist()
    if not found("".join(texts)):
        return np.zeros(len(texts), dtype=bool)
    return np.array([found(text) is not None for text in texts])


def values(cells: pd.Series, decimal: str) -> NDArray[np.float64]:
    """Cells that fit the pattern as numbers. Beyond the range of floats they are infinite."""
    if len(cells) <= FEW:
        return np.array([*map(float, _as_programs_write(cells.tolist(), decimal))], dtype=np.float64)
    if decimal == "," or cells.str.contains(f"[{SPACES}{APOSTROPHES}−,]", regex=True).any():
        others = "," if decimal == "." else r"\."
        cells = cells.str.replace(f"[{SPACES}{APOSTROPHES}]|{others}", "", regex=True)
        cells = cells.str.replace("−", "-", regex=False).str.replace(decimal, ".", regex=False)
    return cells.to_numpy(dtype=object).astype(np.float64)


def _as_programs_write(cells: list[str], decimal: str) -> list[str]:
    marks = str.maketrans({**dict.fromkeys(SPACES + APOSTROPHES + ",.", None), "−": "-", decimal: "."})
    return [cell.translate(marks) for cell in cells]


@cache
def digits_of_all_scripts() -> dict[int, str]:
    """For `str.translate`: the digits of other scripts, and their marks, as ours."""
    found = {code: str(unicodedata.digit(chr(code))) for code in range(128, sys.maxunicode + 1)
             if unicodedata.category(chr(code)) == "Nd"}
    return found | _OTHER_MARKS


@cache
def other_digits() -> str:
    """What the digits of other scripts look like."""
    return f"[{''.join(chr(code) for code in digits_of_all_scripts() if code not in _OTHER_MARKS)}]"


def too_long(cells: pd.Series) -> pd.Series:
    """The whole numbers whose last digits a float would lose."""
    long = matches(cells, f"{SIGN}[0-9]{{16,}}")
    if not long.any():
        return cells[:0]
    digits = cells[long].str.lstrip("+-−")
    return digits[[len(cell) > 16 or int(cell) > EXACT for cell in digits]]
