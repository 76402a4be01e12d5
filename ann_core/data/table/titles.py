"""The first rows of a table, and which of them are titles or comments above its names."""

from dataclasses import dataclass, field

from ann_core.data.table.looks import is_number, is_word, of_numbers
from ann_core.data.table.naming import VALUES, YEARS, above_numbers, first_row
from ann_core.data.table.subnames import is_group

Row = tuple[int, list[str]]
"""The line in which a row begins, and its cells."""
SEEN, TOP = 50, 6
"""Rows that tell what a column holds; rows at the top among which names are looked for."""


@dataclass
class Top:
    """The first rows while it is found out what they are. even: places of the rows as wide as the table."""

    sample: list[Row]
    width: int
    even: list[int] = field(init=False)
    numeric: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        self.even = [place for place, (_, cells) in enumerate(self.sample) if len(cells) == self.width]
        for first in (len(self.even) // 2, len(self.even) - max(1, len(self.even) // 3)):  # names and titles are above
            lower = [self.sample[place][1] for place in self.even[max(first, 1):][:SEEN]]
            self.numeric = [of_numbers(column) for column in zip(*lower, strict=True)] if lower else [False] * self.width
            if any(self.numeric):
                return

    def cells(self, place: int) -> list[str]:
        return self.sample[place][1]

    def below(self, place: int) -> list[list[str]]:
        """The cells of every column under a row."""
        lower = [self.cells(other) for other in self.even if other > place]
        return [[cell.strip() for cell in column] for column in zip(*lower, strict=True)] or [[] for _ in range(self.width)]

    def named(self, place: int) -> bool:
        """Whether a row has words above columns of numbers."""
        cells = self.cells(place)
        has_values = place < self.even[-1] and len(cells) == self.width and any(self.numeric)
        return has_values and above_numbers(cells, self.below(place), self.numeric)


def is_title(top: Top, place: int) -> bool:
    """A comment, or what stands above names and is no row of names or values: one cell alone, some cells and then none."""
    cells, following = top.cells(place), [top.cells(other) for other in range(place + 1, min(place + TOP, len(top.sample)))]
    if len(following[0]) != top.width:
        return False
    if cells[0].startswith("# "):  # names may be a comment too
        return top.named(place + 1) or following[0][0].startswith("# ") or not _is_commented_name(top, place)
    filled = [bool(cell.strip()) for cell in cells]
    if top.width == 1:
        return False
    if sum(filled) == 1:
        below = next((row for row in following if sum(map(bool, map(str.strip, row))) > 1), [])
        named = any(top.named(place + 1 + ahead) for ahead in range(min(3, len(following))))
        return named or bool(below) and top.width > 2 and filled[0] and len(below) == top.width
    if not top.named(place + 1):
        return False
    some = not all(filled) and filled == sorted(filled, reverse=True) and not is_group(cells, following[0])
    return some and not top.named(place) or is_full_title(top, place)


def _is_commented_name(top: Top, place: int) -> bool:
    """Whether a comment right above the values holds their names: # a,b"""
    cells = [top.cells(place)[0][1:].strip(), *top.cells(place)[1:]]
    if any(top.numeric):
        return above_numbers(cells, top.below(place), top.numeric)
    below = [[cell.strip() for cell in column] for column in top.below(place + 1)]
    return first_row(top.cells(place + 1), below, top.numeric) == VALUES


def is_full_title(top: Top, place: int) -> bool:
    """Whether a row as wide as the table is a title all the same: words and a year, above names in words."""
    cells = top.cells(place)
    if len(cells) != top.width or place + 1 >= len(top.sample) or not top.named(place + 1) or top.named(place):
        return False
    numbers = [cell.strip() for cell in cells if is_number(cell)]
    years = [cell for cell in numbers if cell.isdigit() and int(cell) in YEARS]
    return len(years) == len(numbers) == 1 and top.width <= 3 and all(map(is_word, top.cells(place + 1)))


def hashes(top: Top, start: int) -> bool:
    """Whether values begin with #: then such rows are no comments."""
    firsts = [top.cells(place)[0] for place in top.even if place > start]
    others = [cell for cell in firsts if not cell.startswith("#")]
    return len(firsts) - len(others) > 0.2 * len(firsts) and not of_numbers(others)
