"""Which mark of a table is the decimal one and which stands between thousands, from all cells; and where that is in doubt."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ann_core.data.table.choices import short
from ann_core.data.table.heading import Doubt
from ann_core.data.table.looks import CURRENCY, is_gap
from ann_core.data.table.numbers import APOSTROPHES, SIGN, SPACES, digits_of_all_scripts
from ann_core.data.table.packed import Packed

_HEAD = rf"\s*\(?(?:(?:{CURRENCY}|[A-Za-złčé]{{1,3}}[$.]?)[{SPACES}]?)?{SIGN}(?:{CURRENCY}[{SPACES}]?)?"
_TAIL = rf"(?:[{SPACES}]*[^0-9.,'’\s:;+\-()][^0-9,:;()]{{0,15}})?\)?\s*"
"""What may stand around a number while its marks are looked at."""
_CLOCK = re.compile(r"\s*[0-2]?[0-9][.,][0-5][0-9]\s?(?:Uhr|[hH]|o.clock)\s*")
_DIGITS = re.compile(rf"{_HEAD}\d*[.,٫٬]?\d[\d.,'’ \u00a0\u202f\u2009٫٬]*(?:[eE][+-]?\d+)?{_TAIL}")
SCANNED = 5_000
"""Cells of a column that show whether it mixes whole numbers with groups of three."""


@dataclass(frozen=True)
class Threes:
    """A column all of whose numbers are whole or end in one mark and three digits.

    cell: one of the latter   mixed: whole numbers stand among them   against: a whole number that would have had a mark
    """

    name: str
    mark: str
    cell: str
    mixed: bool
    against: str | None

    @property
    def grouped(self) -> bool:
        """Whether the mark seems to stand between thousands."""
        return self.mixed and self.against is None


def find_marks(columns: Sequence[Packed], names: Sequence[str], delimiter: str,
               usual: str | None = None) -> tuple[str, list[Doubt]]:
    """The decimal mark, and what is in doubt. usual: the mark to take in doubt.

    1,5 and 0,125 and 1.234,5 have a decimal comma, 1.5 and 1,234.5 and 1,234,567 a point. 1,234 can be either: among whole
    numbers it is taken for a thousand, else among semicolons, which stand where commas are decimal, for 1.234.
    """
    held = {mark: [place for place, column in enumerate(columns) if column.holds(mark)] for mark in ",."}
    commas, points = _evidence(columns, held)
    threes = [found for mark in ",." for place in held[mark] if (found := _threes(names[place], columns[place], mark))]
    if commas or points:
        decimal = "," if commas > points else "."
        other = [found for found in threes if found.mark == decimal and found.grouped]
        return decimal, [_against_the_table(other, decimal)] if other else []
    if not threes:
        return usual or ".", []
    first = next((found for found in threes if found.grouped), threes[0])
    if usual:
        return usual, []
    as_decimal = not first.grouped and (first.against is not None or first.mark == "." or delimiter == ";")
    decimal = first.mark if as_decimal else "," if first.mark == "." else "."
    return decimal, [_in_doubt(first, decimal)]


def _evidence(columns: Sequence[Packed], held: dict[str, list[int]]) -> tuple[int, int]:
    """How many cells can only be read with a decimal comma, and with a point; where no comma stands, at most one of them."""
    if not held[","]:
        for place in held["."]:
            if (column := _readable(columns[place])) is None:
                continue
            for only, found in ((_only(".", ","), (0, 1)), (_only(",", "."), (1, 0))):
                fit = re.compile(only).fullmatch
                if any(fit(cell) for cell in column):
                    return found
        return 0, 0
    fit = re.compile(f"(?P<point>{_only('.', ',')})|(?P<comma>{_only(',', '.')})").fullmatch
    counts = Counter[str | None]()
    for place in sorted({*held[","], *held["."]}):
        if (column := _readable(columns[place])) is not None:
            counts.update(found.lastgroup for found in map(fit, column) if found)
    return counts["comma"], counts["point"]


def _readable(column: Packed) -> Iterable[str] | None:
    """The cells in our digits; None for times of day and for texts, whose points and commas say nothing."""
    first = [*islice(column, 200)]
    if sum(_CLOCK.fullmatch(cell) is not None for cell in first[:20]) > len(first[:20]) / 2:
        return None
    if not any(map(_DIGITS.fullmatch, first)):
        return None
    if any(character > "\x7f" and character.isdecimal() for cell in first for character in cell):
        return [cell.translate(digits_of_all_scripts()) for cell in column]
    return column


def _threes(name: str, column: Packed, mark: str) -> Threes | None:
    """What a column says when all its numbers are whole or 1.234; None when others are there, or words."""
    m = re.escape(mark)
    group = re.compile(rf"{_HEAD}[1-9][0-9]{{0,2}}{m}[0-9]{{3}}{_TAIL}").fullmatch
    whole = re.compile(rf"{_HEAD}([0-9]+){_TAIL}").fullmatch
    cell, cells, wholes, others = "", 0, list[str](), 0
    for seen, text in enumerate(islice(_readable(column) or (), SCANNED)):
        if group(text):
            cell, cells = cell or text.strip(), cells + 1
        elif found := whole(text):
            wholes.append(found[1])
        elif not is_gap(text):
            others += 1
            if others > 0.05 * SCANNED or seen < 20 and others > seen / 5:
                return None
    if not cells or others > 0.2 * cells + 1:
        return None
    long = next((number for number in wholes if len(number) > 4 or len(number) == 4 and _four(column, mark)), None)
    return Threes(name, mark, cell, bool(wholes), long)


def _four(column: Packed, mark: str) -> bool:
    """Whether numbers of four digits have a mark: in some languages only longer ones do."""
    four = re.compile(rf"{_HEAD}[1-9]{re.escape(mark)}[0-9]{{3}}{_TAIL}").fullmatch
    return any(four(cell) for cell in islice(column, SCANNED))


def _both(cell: str, mark: str) -> tuple[str, str]:
    """A cell's two readings: as a thousand and with decimals."""
    number = re.search(rf"[0-9]+{re.escape(mark)}[0-9]{{3}}", cell)
    digits = number[0] if number else cell
    return digits.replace(mark, ""), digits.replace(mark, ".").rstrip("0").rstrip(".") if mark else digits


def _in_doubt(found: Threes, decimal: str) -> Doubt:
    thousand, fraction = _both(found.cell, found.mark)
    other = "," if found.mark == "." else "."
    taken = fraction if decimal == found.mark else thousand
    why = (" because whole numbers stand beside it" if decimal != found.mark and found.mixed else
           f' because "{found.against}" has no such mark' if found.against and decimal == found.mark else "")
    change: dict[str, Any] = ({"decimal": other, "thousands": found.mark} if decimal == found.mark
                              else {"decimal": found.mark, "thousands": ""})  # fmt: skip
    left = thousand if taken == fraction else fraction
    return (f'"{short(found.cell)}" in "{short(found.name)}" could be read in two ways, as {thousand} or as {fraction}: '
            f"it is taken for {taken}{why}.", ((f"It is {left}", change),))


def _against_the_table(other: list[Threes], decimal: str) -> Doubt:
    found, columns = other[0], tuple(one.name for one in other)
    thousand, fraction = _both(found.cell, decimal)
    kind = "comma" if decimal == "," else "point"
    return (f'"{short(found.cell)}" in "{short(found.name)}" is read as {fraction} because other cells of the table have a '
            f"decimal {kind}. Among whole numbers it could be {thousand}.", ((f"It is {thousand}", {"grouped": columns}),))


def other_way(decimal: str) -> str:
    """What a number looks like that can only be read with the other decimal mark: 12,5 where the table has 12.5."""
    other = "," if decimal == "." else "."
    return _only(other, decimal)


def _only(decimal: str, other: str) -> str:
    """Numbers that can only be read with this decimal mark."""
    d, o = re.escape(decimal), re.escape(other)
    decimals = (rf"[0-9]+{d}(?:[0-9]{{1,2}}|[0-9]{{4,}})|(?:0|[0-9]{{4,}}){d}[0-9]+|"
                rf"[1-9][0-9]{{0,2}}(?:[{SPACES}{APOSTROPHES}][0-9]{{3}})+{d}[0-9]+")
    grouped = rf"[1-9][0-9]{{0,2}}(?:{o}[0-9]{{3}})+{d}[0-9]+|[1-9][0-9]{{0,2}}(?:{o}[0-9]{{3}}){{2,}}"
    grouped += r"|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}" if other == "," else ""
    small = rf"{d}[0-9]+|[0-9]+{d}[0-9]+[eE][+-]?[0-9]+"
    return rf"{_HEAD}(?:{decimals}|{grouped}|{small}){_TAIL}"
