"""One column of cells becomes numbers or tidy text. Whatever is changed or guessed is told."""

import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ann_core.data.table import numbers
from ann_core.data.table.choices import LIKELY_MARKS, count, short
from ann_core.data.table.column import Converted, Mask, Notes, Rule
from ann_core.data.table.labels import NEARLY, text
from ann_core.data.table.looks import CURRENCY
from ann_core.data.table.marks import other_way
from ann_core.data.table.names import CONTROLS, INVISIBLE
from ann_core.data.table.units import INCHES, SEEN, Bare, bare, promising

PIECE = 1_000
"""Cells that stand in memory one by one while texts are made or hashed."""
TURN = str.maketrans({",": ".", ".": ","})
GROUP = re.compile(rf"[0-9][,.{numbers.APOSTROPHES}{numbers.SPACES}][0-9]{{2,3}}(?![0-9])")


def convert(
    name: str, cells: Iterable[str], lines: NDArray[np.int64], rule: Rule, as_numbers: bool, notes: Notes,
    as_text: bool = False,
) -> pd.Series:  # fmt: skip
    """A column as float64 or as text, missing cells NaN. as_numbers: cells that are no numbers count as missing.

    cells: as they stand in the file, (rows,)   lines: where the rows stand, (rows,)   as_text: it stays text whatever it holds
    """
    codes, counts, kinds, stripped = _different(cells, len(lines))
    notes.stripped += stripped
    if rule.plain and not as_text and numbers.matches(kinds, numbers.PLAIN).all():
        return pd.Series(kinds.replace("", "nan").to_numpy(dtype=object).astype(np.float64)[codes])
    unseen = numbers.contains(kinds, f"{CONTROLS}|{INVISIBLE}")
    if unseen.any():
        clean = kinds.str.replace(INVISIBLE, "", regex=True).str.replace(f"{CONTROLS}+", " ", regex=True).str.strip()
        kinds = kinds.where(~unseen, clean)
    column = Converted(name, kinds, codes, counts, lines, rule, notes)
    marked = kinds.isin([mark for mark in rule.missing if mark]).to_numpy(dtype=bool)
    missing = marked | (kinds == "").to_numpy(dtype=bool)
    column.count_marks(marked)
    if unseen.any():
        column.tell(f": line breaks, control characters or invisible characters taken out of "
                    f"{count(column.rows(unseen), 'cell')}, {column.where(unseen)}.")
    worth = None if as_text else _numbers(column, missing, as_numbers)
    return pd.Series(worth[codes]) if worth is not None else text(column, missing)


def _different(cells: Iterable[str], rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64], pd.Series, int]:
    """Of every row which of the different cells it is, how many rows each has, the cells without the spaces around them in
    the order in which they first come, and the number of rows that had such spaces."""
    place = defaultdict[str, int](itertools.count().__next__)
    codes = np.fromiter(map(place.__getitem__, cells), np.int64, rows)
    counts = np.bincount(codes)
    kinds = [*map(str.strip, place)]
    stripped = int(counts[[*map(operator.ne, kinds, place)]].sum())
    del place
    pieces = []  # a text array that is made in one piece is copied as it grows, and takes up to four times its size
    while kinds:
        pieces.append(pd.Series(kinds[:PIECE], dtype="str"))
        del kinds[:PIECE]
    return codes, counts, pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True), stripped


@dataclass(frozen=True)
class _Read:
    """Which of the different cells are numbers. ours: the cells, numbers as this table writes them   other: those that are none

    infinite, likely: too large, or likely to mark a gap   foreign, turned: with digits of another script, or the other decimal
    mark   taken: those from which something was taken off, `off`
    """

    ours: pd.Series
    fits: Mask
    other: Mask
    infinite: Mask
    likely: Mask
    foreign: Mask
    turned: Mask
    taken: Mask
    off: Bare | None


def _read(column: Converted, missing: Mask) -> _Read:
    kinds, rule = column.kinds, column.rule
    ours, off = kinds, None
    infinite, likely, foreign, turned, taken = (np.zeros(len(kinds), dtype=bool) for _ in range(5))
    if numbers.contains(kinds[:SEEN], numbers.other_digits()).any():
        foreign = numbers.contains(kinds, numbers.other_digits())
        ours = pd.Series([cell.translate(numbers.digits_of_all_scripts()) for cell in kinds], dtype="str")
    wanted = numbers.pattern(rule.decimal, rule.thousands)
    fits = numbers.matches(ours, wanted) & ~missing
    other = ~(fits | missing)
    if other.any():
        infinite = numbers.matches(kinds, numbers.INFINITE) & other
        likely = kinds.str.lower().isin(LIKELY_MARKS).to_numpy(dtype=bool) & other if rule.missing else likely
        other &= ~(infinite | likely)
    if other.any() and rule.units:
        turned = numbers.matches(ours, other_way(rule.decimal)) & other
    if turned.any():
        ours = ours.where(~turned, ours.str.translate(TURN))
        fits |= turned & numbers.matches(ours, wanted)
        other &= ~fits
    if other.any() and rule.units:
        off, ours, taken = _bare(column, ours, fits, other)
        fits, other = fits | taken, other & ~taken
    return _Read(ours, fits, other, infinite, likely, foreign, turned & fits, taken, off)


def _numbers(column: Converted, missing: Mask, forced: bool) -> NDArray[np.float64] | None:
    """What every different cell is worth, or None when the column is text."""
    read, rule = _read(column, missing), column.rule
    fits, other = read.fits, read.other
    if not forced and not fits.any():
        return None
    if not forced and other.any():
        if column.rows(fits) >= NEARLY * column.rows(fits | other):
            no = count(column.rows(other), "cell is no number", "cells are no numbers")
            column.tell(f" stays text because {no}: {column.shown(other)}. Read as numbers, such cells would count as missing.")
            column.notes.nearly.append(column.name)
        return None
    worth = np.full(len(fits), np.nan)
    worth[fits] = numbers.values(read.ours[fits], rule.decimal)
    if not forced and (why := _why_text(column, read.ours[fits], np.flatnonzero(read.taken), read.off)):
        column.tell(f" stays text: {why}.")
        column.notes.nearly.append(column.name)
        return None
    infinite = read.infinite | np.isinf(worth)
    worth[infinite] = np.nan
    gaps = np.isin(worth, rule.gaps) & fits
    worth[gaps] = np.nan
    column.count_marks(read.likely | gaps)
    _tell_numbers(column, read, worth, infinite)
    return worth


def _tell_turned(column: Converted, turned: Mask, worth: NDArray[np.float64]) -> None:
    place = int(np.flatnonzero(turned)[0])
    ours, others = ("comma", "point") if column.rule.decimal == "." else ("point", "comma")
    cells = count(column.rows(turned), "cell has", "cells have")
    column.tell(f": {cells} a decimal {ours} where the table has a decimal {others}, and each is read in its own way: "
                f"{column.one(place)} is {worth[place]:,.10g}.")
    column.notes.turned[column.name] = (
        f'"{short(column.kinds.iloc[place])}" in "{short(column.name)}" is read as {worth[place]:,.10g}, though the table has '
        f"decimal {others}s.")


def _bare(column: Converted, ours: pd.Series, fits: Mask, other: Mask) -> tuple[Bare | None, pd.Series, Mask]:
    """Cells without what stands around their numbers, and which of them are numbers now."""
    taken, where = np.zeros(len(ours), dtype=bool), np.flatnonzero(other)
    if not promising(ours.iloc[where[::max(1, len(where) // SEEN)]].tolist()):
        return None, ours, taken
    found = bare(ours.iloc[where].tolist(), bool(fits.any()))
    if found.unit and column.rows(fits) >= NEARLY * column.rows(fits | other):
        return None, ours, taken
    fit = re.compile(numbers.pattern("." if found.unit == INCHES else column.rule.decimal, column.rule.thousands)).fullmatch
    kept = [place for place, (number, power) in enumerate(zip(found.numbers, found.powers, strict=True))
            if fit(number) and not (power and "e" in number.lower())]
    if not kept:
        return None, ours, taken
    taken[where[kept]] = True
    all_cells = ours.tolist()
    for place in kept:
        power = found.powers[place]
        all_cells[where[place]] = f"{found.numbers[place]}e{power}" if power else found.numbers[place]
    return found.only(kept), pd.Series(all_cells, dtype="str"), taken


def _tell_numbers(column: Converted, read: _Read, worth: NDArray[np.float64], infinite: Mask) -> None:
    """What was done to cells so that they are numbers."""
    off = read.off
    if read.turned.any():
        _tell_turned(column, read.turned, worth)
    if off and read.taken.any():
        _tell_taken(column, worth, np.flatnonzero(read.taken), off)
    plain = numbers.pattern(column.rule.decimal, ())
    written = read.ours[read.fits & ~read.taken]
    grouped = written[~numbers.matches(written, plain)].tolist()
    grouped += [number for number in off.numbers if GROUP.search(number) and not re.fullmatch(plain, number)] if off else []
    if grouped:
        column.notes.thousands.append((column.name, grouped[0], frozenset("".join(grouped)) - {column.rule.decimal}))
    if infinite.any():
        column.tell(f": infinite or too large for a number, so missing: {column.shown(infinite)}.")
    if read.other.any():
        column.tell(f", read as numbers: no numbers, so missing: {column.shown(read.other)}.")
    if (foreign := read.foreign & read.fits).any():
        column.tell(f': digits of another script, as in "{short(column.kinds[foreign].iloc[0])}", read as 0 to 9.')


def _tell_taken(column: Converted, worth: NDArray[np.float64], places: NDArray[np.int64], found: Bare) -> None:
    """What was taken off, with a cell that shows it. places: of the cells from which it was taken"""

    def is_now(at: int) -> str:
        return f'"{short(column.kinds.iloc[places[at]])}" is {worth[places[at]]:,.10g}'

    first = next((at for at, power in enumerate(found.powers) if power), 0)
    units = [unit for unit in found.all_units if unit]
    off = " ".join(f'"{short(unit)}"' if len(unit) > 1 else unit for unit in units[:4])
    if units == [INCHES]:
        column.tell(f": {is_now(first)} inches.")
    elif units:
        number = is_now(first) if any(found.powers) else f'"{short(column.kinds.iloc[places[first]])}" is a number'
        column.tell(f": {off} taken off, so that {number}.")
    elif not all(found.brackets):
        column.tell(f": {is_now(first)}.")
    if any(found.brackets):
        column.tell(f": brackets stand for negative numbers, {is_now(found.brackets.index(True))}.")
    column.notes.units[column.name] = found.unit


def _why_text(column: Converted, written: pd.Series, places: NDArray[np.int64], found: Bare | None) -> str | None:
    """Why cells that look like numbers are none: their digits carry more than a size, or their units differ.

    written: the numbers   places: of the cells from which something was taken off
    """
    codes = written[numbers.matches(written, numbers.CODE)]
    if len(codes):
        return f'zeros in front, as in "{short(codes.iloc[0])}", mark codes'
    if len(long := numbers.too_long(written)):
        return f'numbers as long as "{short(long.iloc[0])}" would lose digits'
    units = found.all_units if found else ()
    shown = [short(unit) for unit in units if unit]
    if shown == ["M"]:
        return "M behind whole numbers can stand for millions or be a unit"
    unit_of = dict(zip(places.tolist(), found.units, strict=True)) if found else {}
    if len(shown) > 1:
        cells = [column.one(next(place for place, of in unit_of.items() if of == unit)) for unit in units[:4] if unit]
        kinds = "signs" if all(len(unit) == 1 for unit in shown) else "units"
        return f"it mixes the {kinds} {', '.join(shown[:4])}: {', '.join(cells)}"
    bare_ones = [place for place in written.index if not unit_of.get(place)]
    if shown and bare_ones:
        plain = next((place for place in bare_ones if re.search("[1-9]", written[place])), bare_ones[0])
        cells = [column.one(next(place for place, of in unit_of.items() if of)), column.one(plain)]
        if shown == ["%"]:
            return f"some of its numbers have a percent sign and others have none: {', '.join(cells)}"
        sizes = numbers.matches(written, r".*[1-9].*").sum()  # a zero needs no unit
        if not re.fullmatch(CURRENCY, shown[0]) and sizes > len(written) - len(bare_ones):
            return f'some of its numbers have the unit "{shown[0]}" and others have none: {", ".join(cells)}'
    return None
