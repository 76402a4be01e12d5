"""Further rows under the names: units, sub-names, questions of a survey, types for another program."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ann_core.data.table.choices import short
from ann_core.data.table.looks import is_gap, is_word

TYPES = frozenset("continuous c discrete d string s text time t numeric nominal categorical date datetime int integer "
                  "int64 float "
                  "float64 double real bool boolean str char character varchar number object factor".split())
ROLES = frozenset("class meta ignore i m weight w cinput coutput input output target feature id".split())
IMPORT = re.compile(r'\{"?ImportId"?')
_SIGN = "[°%‰µΩ$€£¥'\"]"
_POWERS = r"\.?[²³0-9]?(?:\s?[/·*^⋅. -]\s?-?[^\s/]{0,10}){0,3}"
UNIT_CELL = re.compile(rf"[(\[]?[^\W\d_]{{0,8}}{_SIGN}?[^\W\d_]{{0,12}}{_POWERS}[)\]]?")
"""Names of units: s, °C, m/s², [kg], (mm Hg)."""


@dataclass(frozen=True)
class Further:
    """names: with what further rows add   rows: how many rows there are   kept: those that add to the names
    read, left: of a row, what is told after the number of its line   doubtful: whether the second row may hold no names
    """

    names: list[str]
    rows: int = 0
    kept: tuple[int, ...] = ()
    read: tuple[tuple[int, str], ...] = ()
    left: tuple[tuple[int, str], ...] = ()
    doubtful: bool = False


def further(
    names: list[str], rows: Sequence[list[str]], named: bool, numeric: Sequence[bool], below: Sequence[Sequence[str]],
) -> Further:  # fmt: skip
    """What the rows under the names hold.

    named: whether the first of them has words above numbers   below: the values of the columns
    """
    here, kept, doubtful = names, list[int](), False
    read: list[tuple[int, str]] = []
    left: list[tuple[int, str]] = []
    place = 0
    imports = next((at for at, row in enumerate(rows[:3]) if sum(bool(IMPORT.match(cell.strip()))
                                                                 for cell in row) >= len(row) / 2), None)
    if imports is not None:
        asked = [*range(imports)]
        if asked:
            left.append((0, f" under the names: questions, {short(', '.join(rows[0]))}"))
        left.append((imports, " under the names: marks of the survey program."))
        return Further(here, imports + 1, (), (), tuple(left))
    while place < len(rows) and len(rows[place]) == len(here):
        row = [cell.strip() for cell in rows[place]]
        low = [cell.casefold() for cell in row]
        if place == 0 and is_group(names, row) and named:
            here = combined([names, row])
            kept.append(place)
            read.append((place, f' holds sub-names; they are put behind the names above them, as in "{short(here[-1])}".'))
        elif _types(low, below):
            left.append((place, " under the names: types for another program."))
        elif left and any(low) and all(cell in ROLES or not cell or "=" in cell for cell in low):
            left.append((place, " under the names: roles for another program."))
        elif _units(row, numeric, below):
            here = [f"{name.strip()} ({unit.strip('()[] ')})" if is_word(unit) and name.strip() else name
                    for name, unit in zip(here, row, strict=True)]
            shown = next(name for name, unit in zip(here, row, strict=True) if is_word(unit))
            read.append((place, f' holds units; they are kept with the names, as in "{short(shown)}".'))
        elif place == 0 and named and sum(numeric) > 1 and all(map(is_word, row)) and not _again(row, below):
            if sum(map(len, row)) > 2 * sum(map(len, names)) and any(" " in cell for cell in row):
                left.append((place, f" under the names: descriptions, {short(', '.join(row))}"))
            else:
                here = combined([names, row])
                kept.append(place)
                doubtful = True
        else:
            break
        place += 1
    return Further(here, place, tuple(kept), tuple(read), tuple(left), doubtful)


def is_group(cells: Sequence[str], under: Sequence[str]) -> bool:
    """Whether a row holds names of groups: each over several of the cells under it, the others left empty or repeated."""
    here = [cell.strip() for cell in cells][:len(under)]
    if len(here) < len(under) or not all(is_word(cell) or not cell for cell in here) or sum(map(bool, here)) < 1:
        return False
    gaps = [place for place, cell in enumerate(here) if not cell and any(here[:place])]
    between = any(any(here[place:]) for place in gaps)
    filled = [cell for cell in here if cell]
    beside = any(cell and not below.strip() for cell, below in zip(here, under, strict=True))
    runs = [cell for cell, before in zip(filled, ["", *filled], strict=False) if cell != before]
    twice = len(filled) > 2 and len({*runs}) == len(runs) < len(filled)
    return len(filled) > 1 and (between or beside and bool(gaps) or twice)


def combined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Names from several rows, those of groups carried on to the right over empty cells: Height min, Height max."""
    filled: list[list[str]] = []
    for at, row in enumerate(rows):
        now, last = [], ""
        for place, cell in enumerate(row):
            names_below = any(lower[place].strip() for lower in rows[at + 1:])
            last = cell.strip() or (last if names_below else "")
            now.append(last)
        filled.append(now)
    return [" ".join(dict.fromkeys(cell for cell in column if cell)) for column in zip(*filled, strict=True)]


def _again(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    return any(cell in {other.strip() for other in under} for cell, under in zip(row, below, strict=True))


def _types(low: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether all cells are words for types, and no value of the table."""
    there = [cell for cell in low if cell]
    return len(there) > len(low) / 2 and all(cell in TYPES for cell in there) and not _again(low, below)


def _units(row: Sequence[str], numeric: Sequence[bool], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds units above columns of numbers, and nothing above the others."""
    over = [cell for cell, number in zip(row, numeric, strict=True) if number]
    beside = [(cell, under) for cell, under, number in zip(row, below, numeric, strict=True) if not number]
    return (any(map(is_word, over)) and all(UNIT_CELL.fullmatch(cell) and len(cell) <= 15 and not cell[0].isdigit()
                                            for cell in over if not is_gap(cell))
            and all(is_gap(cell) or cell.casefold() in TYPES or cell.startswith(("[", "(")) for cell, under in beside))
