"""Whether a first row holds names: words above numbers, words that do not come again, or numbers that stand as names do."""

import re
from collections.abc import Sequence

from ann_core.data.table.looks import alike, is_gap, is_number, is_word

NAMES, VALUES, PERHAPS_NAMES, PERHAPS_VALUES = "names", "values", "perhaps names", "perhaps values"
"""What a first row holds, and whether the visitor is asked."""
YEARS = range(1500, 2201)


def above_numbers(first: Sequence[str], below: Sequence[Sequence[str]], numeric: Sequence[bool]) -> bool:
    """Whether a row has words, and no numbers, above most columns of numbers."""
    over = [(cell, under) for cell, under, number in zip(first, below, numeric, strict=True) if number]
    words = sum(is_word(cell) and not alike(cell, under) for cell, under in over)
    return bool(over) and words >= 0.8 * len(over) and not any(alike(cell, under) for cell, under in over)


def first_row(first: Sequence[str], below: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    """What a row holds. below: the cells under each of its own, from top to bottom   numeric: which of these are numbers"""
    cells = [cell.strip() for cell in first]
    if not any(below):
        return VALUES if any(map(is_number, cells)) else NAMES
    if above_numbers(cells, below, numeric):
        return NAMES
    numbers = [(cell, under) for cell, under in zip(cells, below, strict=True) if is_number(cell)]
    words = [(cell, under, number) for cell, under, number in zip(cells, below, numeric, strict=True) if is_word(cell)]
    again = [cell for cell, under, _ in words if _comes_again(cell, under)]
    if numbers:
        if again and any(is_number(cell) for cell in cells):
            return VALUES
        odd = any(number and not alike(cell, under) for cell, under, number in words)
        return _numbers_as_names([cell for cell, _ in numbers], [under for _, under in numbers], cells, odd)
    few = len(below[0]) <= 3
    apart = [cell for cell, under, _ in words if cell not in again and (few or len({*under}) <= len(under) / 2)]
    if not again:
        return NAMES
    if any(cell in under for cell, under, _ in words if cell in again) and len(apart) >= len(again):
        return PERHAPS_NAMES
    return PERHAPS_VALUES if apart else VALUES


def _comes_again(cell: str, under: Sequence[str]) -> bool:
    there = [other for other in under if not is_gap(other)]
    return cell in there or bool(re.search("[0-9]", cell) and there and _shape(cell) == _shape(there[0]))


def _shape(cell: str) -> str:
    return re.sub("[0-9]", "9", cell)


def _numbers_as_names(numbers: list[str], below: list[Sequence[str]], cells: list[str], odd: bool) -> str:
    """Whether numbers are names of columns: years, wavelengths, 0, 1, 2. odd: whether a word stands above other numbers"""
    whole = all(re.fullmatch(r"[0-9]{1,9}", cell) for cell in numbers)
    if not whole:
        return VALUES
    values = [int(cell) for cell in numbers]
    steps = [b - a for a, b in zip(values, values[1:], strict=False)]
    if not cells[0] and len(values) == len(cells) - 1 and values == [*range(len(values))]:
        return NAMES  # as pandas writes a frame without names
    left = not is_number(cells[0])
    far = sum(_far(value, under) for value, under in zip(values, below, strict=True)) >= 0.8 * len(values)
    years = all(value in YEARS for value in values) and len({*values}) == len(values)
    rising = len(steps) > 1 and (min(steps) > 0 or max(steps) < 0)
    counting = bool(steps) and {*steps} == {1}
    if years and far:
        return NAMES if left else PERHAPS_NAMES if len(values) > 1 else VALUES
    if left and (counting and (values[0] in (0, 1) or years) or rising and far):
        return PERHAPS_NAMES
    if odd:  # a word above numbers, amid numbers
        return PERHAPS_NAMES
    return PERHAPS_VALUES if left and (counting or years or far and rising) else VALUES


def _far(value: int, under: Sequence[str]) -> bool:
    """Whether a whole number lies far from the numbers below it, or these have fractions."""
    numbers = (re.search(r"-?\d{1,15}(?:[.,]\d{1,15})?", cell) for cell in under)
    found = [float(number[0].replace(",", ".")) for number in numbers if number]
    if not found:
        return True
    low, high = min(found), max(found)
    margin = high - low
    return any(number != int(number) for number in found) or value > high + margin or value < low - margin
