"""What stands above the values of a table: titles, comments, one or several rows of names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ann_core.data.table.choices import Choices, Refusal, count, lines_of, quoted, short
from ann_core.data.table.looks import is_gap, is_number, is_word, of_numbers
from ann_core.data.table.naming import NAMES, PERHAPS_NAMES, PERHAPS_VALUES, VALUES, YEARS, above_numbers, first_row
from ann_core.data.table.subnames import combined, further, is_group

Row = tuple[int, list[str]]
"""The line in which a row begins, and its cells."""
Doubt = tuple[str, tuple[tuple[str, dict[str, Any]], ...]]
"""A sentence, and what else can be taken: words, and the fields of `Choices` that take it."""
SEEN, TOP = 50, 6
"""Rows that tell what a column holds; rows at the top among which names are looked for."""


@dataclass(frozen=True)
class Heading:
    """names: of the columns, None when there are none   width: cells in a row   body: the line of the first values
    lines: those that hold names   numeric: columns that look like numbers   hashes: whether values begin with #
    labels: what stands before the number in every cell of a column, as in "Temp:20"
    nameless: whether the names are one less than the columns, so that the first is taken to have none
    """

    names: tuple[str, ...] | None
    width: int
    body: int
    numeric: tuple[bool, ...]
    lines: tuple[int, ...] = ()
    hashes: bool = False
    labels: tuple[str, ...] | None = None
    nameless: bool = False
    read: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def described(self, width: int) -> str:
        """In words."""
        if self.labels:
            return "every cell begins with the name of its column"
        if self.names is None:
            return f"no names above the {count(width, 'column')}"
        return "the first row holds the names" if len(self.lines) < 2 else f"{lines_of([*self.lines])} hold the names"


@dataclass
class _Top:
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


def heading(sample: list[Row], width: int, choices: Choices) -> tuple[Heading, list[Doubt]]:
    """What stands above the values, and what is in doubt about it. Raises Refusal when names and values do not fit."""
    top = _Top(sample, _full_width(sample, width))
    if labels := _labels(top) if choices.header is not True and choices.name_lines is None else None:
        return Heading(labels, top.width, sample[top.even[0]][0], (True,) * top.width, labels=labels), []
    if choices.name_lines is not None:
        return _with_lines(top, choices.name_lines), []
    start = top.even[0]
    while start + 1 < len(sample) and _is_title(top, start):
        start += 1
    grouped = start + 1 < len(sample) and top.named(start + 1) and is_group(top.cells(start), top.cells(start + 1))
    before = top.cells(start - 1) if start else []
    strong = top.named(start) or grouped
    what = NAMES if strong else first_row(top.cells(start), top.below(start), top.numeric)
    doubts: list[Doubt] = []
    told: list[str] = []
    fewer = (len(before) == top.width - 1 and all(map(str.strip, before)) and not strong and not any(map(is_number, before))
             and (top.width > 2 or what != NAMES))  # fmt: skip
    more = len(before) > top.width and 0 < top.width - sum(map(bool, map(str.strip, before))) + 1 < 3 and not strong and (
        not before[-1].strip() or sum(map(bool, map(str.strip, before))) == top.width)
    padded = strong and 1 < len(before) < top.width and is_group([*before, ""], top.cells(start))
    if (fewer or more or padded) and choices.header is not False:
        start -= 1
    first = top.cells(start)
    named = choices.header if choices.header is not None else fewer or more or what in (NAMES, PERHAPS_NAMES)
    comment = first[0].startswith("#") and not first[0][1:2].isdigit() and start < top.even[0] + TOP
    above = [line for line, _ in sample[:start]]
    ignored = (f"{lines_of(above).capitalize()} above the table: {_shown(sample[0][1])}",) if above else ()
    if not named and _are_names(before, top.width):
        raise Refusal(f"Expected a name for every column; line {above[-1]:,} has {len(before)} names and the rows below have "
                      f"{top.width} cells. Add or take away names, so that each stands above its column.")
    hashes = _hashes(top, start)
    if not named:
        if what in (PERHAPS_VALUES, PERHAPS_NAMES) and choices.header is None:
            doubts.append((f"Line {sample[start][0]:,} ({_shown(first)}) could hold names; it is read as values.",
                           (("It holds the names", {"header": True}),)))
        return Heading(None, top.width, sample[start][0], tuple(top.numeric), hashes=hashes, ignored=ignored), doubts
    if comment and not hashes and is_word(first[0].lstrip("# ")) and len(first[0].lstrip("# ")) < len(first[0]):
        first = [first[0].lstrip("# "), *first[1:]]
    if what == PERHAPS_NAMES and choices.header is None:
        doubts.append((f"Line {sample[start][0]:,} ({_shown(first)}) is read as names, though it could hold values.",
                       (("It holds values", {"header": False}),)))
    names, assumed = _fitted(first, top, start)
    if len(first) < top.width and assumed and top.numeric[0]:
        doubts.append((f"{assumed[0]} It holds numbers.", (("There are no names", {"header": False}),)))
    told += assumed
    lines, skipped, after = [start], list(ignored), start + 1
    if top.width == len(top.cells(start)) or padded:
        found = further(names, [top.cells(place) for place in range(start + 1, min(start + 1 + TOP, len(sample)))],
                        start + 1 < len(sample) and top.named(start + 1),
                        top.numeric, top.below(start + TOP if start + TOP < len(sample) - 1 else len(sample) - 2))
        names, after = found.names, start + 1 + found.rows
        lines += [start + 1 + place for place in found.kept]
        told += [f"Line {sample[start + 1 + place][0]:,}{words}" for place, words in found.read]
        skipped += [f"Line {sample[start + 1 + place][0]:,}{words}" for place, words in found.left]
        if found.doubtful:
            one, two = sample[start][0], sample[start + 1][0]
            doubts.append((f"Lines {one:,} and {two:,} are both read as names, as in {quoted([names[-1]])}.", (
                (f"Only line {one:,} holds names", {"name_lines": (one,)}),
                (f"Only line {two:,} holds names", {"name_lines": (two,)}))))
    if above and _full_title(top, start - 1):
        doubts.append((f"Line {above[-1]:,} ({_shown(top.cells(start - 1))}) is taken for a title above the names.",
                       ((f"Line {above[-1]:,} holds the names", {"name_lines": (above[-1],)}),
                        ("There are no names", {"header": False, "name_lines": ()}))))
    body = sample[after][0] if after < len(sample) else 2**62
    return Heading(tuple(names), top.width, body, tuple(top.numeric), tuple(sample[place][0] for place in lines), hashes,
                   nameless=len(first) < top.width and bool(assumed), read=tuple(told), ignored=tuple(skipped)), doubts


def _shown(cells: Sequence[str]) -> str:
    return short(", ".join(cell.strip() for cell in cells if cell.strip()), 60)


def _full_width(sample: list[Row], width: int) -> int:
    """The cells of a row where rows leave out their last ones: as many as the names."""
    first = next((cells for _, cells in sample if len(cells) >= width), [])
    sizes = {len(cells) for _, cells in sample[1:]}
    ragged = len(first) > width and all(map(is_word, first)) and max(sizes, default=0) == len(first) and len(sizes) > 1
    return len(first) if ragged else width


def _labels(top: _Top) -> tuple[str, ...] | None:
    """The names of columns whose every cell begins with it: Temp:20.0."""
    rows = [top.cells(place) for place in top.even]
    if len(rows) < 2 or len(rows) < len(top.sample):
        return None
    keys = [re.match(r"\s*([^\W\d][^:=]{0,30}?)\s*([:=])\s*[+\-]?\.?\d", cell) for cell in rows[0]]
    starts = [(key[1], re.compile(rf"\s*{re.escape(key[1])}\s*{key[2]}\s*[+\-]?\.?\d")) for key in keys if key]
    if len(starts) < top.width:
        return None
    alike = all(start.match(cell) for row in rows[1:SEEN] for (_, start), cell in zip(starts, row, strict=True))
    return tuple(key for key, _ in starts) if alike else None


def _is_title(top: _Top, place: int) -> bool:
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
    return some and not top.named(place) or _full_title(top, place)


def _is_commented_name(top: _Top, place: int) -> bool:
    """Whether a comment right above the values holds their names: # a,b"""
    cells = [top.cells(place)[0][1:].strip(), *top.cells(place)[1:]]
    if any(top.numeric):
        return above_numbers(cells, top.below(place), top.numeric)
    below = [[cell.strip() for cell in column] for column in top.below(place + 1)]
    return first_row(top.cells(place + 1), below, top.numeric) == VALUES


def _full_title(top: _Top, place: int) -> bool:
    """Whether a row as wide as the table is a title all the same: words and a year, above names in words."""
    cells = top.cells(place)
    if len(cells) != top.width or place + 1 >= len(top.sample) or not top.named(place + 1) or top.named(place):
        return False
    numbers = [cell.strip() for cell in cells if is_number(cell)]
    years = [cell for cell in numbers if cell.isdigit() and int(cell) in YEARS]
    return len(years) == len(numbers) == 1 and top.width <= 3 and all(map(is_word, top.cells(place + 1)))


def _fitted(first: list[str], top: _Top, place: int) -> tuple[list[str], list[str]]:
    """The names as many as the columns, and what was assumed for that."""
    line, width = top.sample[place][0], top.width
    if len(first) == width:
        return first, []
    if len(first) > width:
        gone = len(first) - width
        if not any(map(str.strip, first[width:])):
            return first[:width], [f"Line {line:,} has {count(gone, 'cell')} more than the rows below, empty: left out."]
        kept = [cell for cell in first if cell.strip()]
        return kept, [f"Line {line:,} has {count(gone, 'cell')} more than the rows below: it is assumed that the empty "
                      f"one among "
                      "the names is one too many."]
    if not any(cells[-1].strip() for cells in (top.cells(other) for other in top.even if other > place)):
        return [*first, ""], []  # the rows only end with a separator
    if width - len(first) > 1 or is_gap(first[0]):
        return [*first, *[""] * (width - len(first))], []
    # R leaves out the name of its row names.
    return ["", *first], [f"Line {line:,} has one name less than the rows below have cells: it is assumed that the first "
                          f"column "
                          "has no name, as R writes it."]


def _hashes(top: _Top, start: int) -> bool:
    """Whether values begin with #: then such rows are no comments."""
    firsts = [top.cells(place)[0] for place in top.even if place > start]
    others = [cell for cell in firsts if not cell.startswith("#")]
    return len(firsts) - len(others) > 0.2 * len(firsts) and not of_numbers(others)


def _are_names(cells: list[str], width: int) -> bool:
    """Whether a row that is too long or too short for the table may be its names."""
    return len(cells) > 1 and abs(len(cells) - width) <= 3 and all(cell.strip() and not is_number(cell) for cell in cells)


def _with_lines(top: _Top, lines: tuple[int, ...]) -> Heading:
    """The names in these lines, the values below them."""
    places = [place for place, (line, _) in enumerate(top.sample) if line in lines]
    wide: Iterator[list[str]] = ((top.cells(place) + [""] * top.width)[:top.width] for place in places)
    names = combined([*wide]) if places else None
    after = places[-1] + 1 if places else top.even[0]
    body = top.sample[after][0] if after < len(top.sample) else 2**62
    above = [line for line, _ in top.sample[:after] if line not in lines]
    ignored = (f"{lines_of(above).capitalize()} above the values.",) if above else ()
    return Heading(tuple(names) if names else None, top.width, body, tuple(top.numeric), tuple(lines),
                   _hashes(top, after - 1), ignored=ignored)
