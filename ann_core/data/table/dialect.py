"""How a text is laid out as a table: what separates its cells, where it begins, whether its first row holds names."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ann_core.data.table.choices import MAX_COLUMNS, SURE_MARKS, Choices, Refusal, count, lines_of, short

Row = tuple[int, list[str]]
"""The line in which a row begins, and its cells."""
DELIMITERS = ",;\t|"
RARE = ", ;|\t"
"""The same with the space, by how seldom they stand in a text."""
SAMPLE_LINES, SAMPLE_CELLS, SAMPLE_BYTES = 300, 100_000, 100_000
MAX_LINE, MAX_LINES_OF_ROW = 1_000_000, 200
END = "\x00"  # no text from the gate holds it
NUMBER = re.compile(r"[$€£¥]?\s?[+\-−]?[$€£¥]?\s?"
                    r"([0-9][0-9., '’\u00a0\u202f]*|[.,][0-9]+)([eE][+-]?[0-9]+)?\s?[%$€£¥]?")  # fmt: skip
"""A number in some way of writing."""


@dataclass(frozen=True)
class Layout:
    """Where a table's cells are.

    names: the cells of the first row, None when there are no names   width: cells in a row
    body: the line of the first values   notes: what was left out above the table
    """

    delimiter: str
    names: tuple[str, ...] | None
    width: int
    body: int
    notes: tuple[str, ...] = ()


class _Lines:
    """The lines of a text, and where the row that is being read began: an open quotation mark is named by its line."""

    def __init__(self, text: bytes) -> None:
        self.text, self.number, self.row, self.ended = text, 0, 1, False

    def __iter__(self) -> Iterator[str]:
        start, size = 0, len(self.text)
        while start < size:
            stop = self.text.find(b"\n", start) + 1 or size
            self.number += 1
            if stop - start > MAX_LINE:
                raise Refusal(f"Expected rows on lines of their own; line {self.number:,} is {stop - start:,} bytes long. Save "
                              "the file again with one row on each line.")
            if self.number - self.row > MAX_LINES_OF_ROW:
                raise unclosed(self.row, f"within {MAX_LINES_OF_ROW} lines")
            yield self.text[start:stop].decode("utf-8")
            start = stop
        self.ended = True
        yield END


def unclosed(line: int, where: str = "before the end of the file") -> Refusal:
    """The refusal of a text whose quotation marks do not pair."""
    return Refusal(f"Expected quotation marks in pairs; one opens in line {line:,} and does not close {where}. Look at that "
                   "line: take the mark out, or close it behind its cell.")


def rows(text: bytes, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """First line, last line and cells of every row. Quotation marks are respected. Raises Refusal where they do not pair."""
    lines = _Lines(text)
    # Only then: elsewhere spaces around cells are taken away where they can be counted.
    tight = delimiter == " " or f'{delimiter} "'.encode() in text[:SAMPLE_BYTES]
    try:
        for cells in csv.reader(lines, delimiter=delimiter, skipinitialspace=tight):
            if lines.ended:
                if cells != [END]:
                    raise unclosed(lines.row)
                return
            if delimiter == " " and cells and not cells[-1]:
                cells.pop()
            yield lines.row, lines.number, cells
            lines.row = lines.number + 1
    except csv.Error:  # the one error that is left: a cell of over 131,072 characters
        raise unclosed(lines.row, "within 130,000 characters") from None


def layout(text: bytes, choices: Choices) -> Layout:
    """How the text is laid out, by its first lines, as far as `choices` leaves it open. Raises Refusal."""
    told = re.match(rb'"?sep=(.)"?[ ,;\t|]*\n', text)  # Excel's own way of saying so
    skip = 1 if told else 0
    delimiter = choices.delimiter or (told[1].decode("latin-1") if told else None)
    if delimiter is not None and delimiter not in DELIMITERS + " ":
        raise Refusal(f'Expected cells separated by a comma, a semicolon, a tab, a vertical bar or spaces; '
                      f'"{delimiter}" was asked for. Choose one of these.')
    found = {each: _sample(text, each, skip) for each in ([delimiter] if delimiter else DELIMITERS)}
    best = max(found, key=lambda each: _fit(found[each], each))
    if delimiter is None and _width(found[best]) < 2 and _spaced(spaced := _sample(text, " ", skip)):
        best, found[" "] = " ", spaced
    sample, width = found[best], _width(found[best])
    if width < 2 and not (choices.answers and found[best]):
        if b'"' in text or not found[best]:  # an open quotation mark may be why there seems to be one column
            for _ in rows(text, best):
                pass
        raise Refusal("Expected at least two columns, separated by commas, semicolons, tabs or vertical bars; here is one. "
                      "A network needs something to learn from and something to learn.")
    if width > MAX_COLUMNS:
        raise Refusal(f"Expected at most {MAX_COLUMNS} columns; this table has {width:,}. Keep the columns that matter.")
    return _begin(best, sample, width, choices.header, skip)


def _sample(text: bytes, delimiter: str, skip: int) -> list[Row]:
    """The first rows, blank ones left out; a row that is cut off is left out too."""
    sample: list[Row] = []
    size = 0
    try:
        for first, last, cells in rows(text, delimiter):
            if first > skip and any(map(str.strip, cells)):
                sample.append((first, cells))
            size += len(cells)
            if last >= SAMPLE_LINES or size >= SAMPLE_CELLS:
                break
    except Refusal:  # of a delimiter that is perhaps not the right one; the reading of all rows raises it again
        pass
    return sample


def _width(sample: list[Row]) -> int:
    widths = Counter(len(cells) for _, cells in sample)
    first = len(sample[0][1]) if sample else 0
    return max(widths, key=lambda width: (widths[width], width == first > 1, width), default=0)


def _fit(sample: list[Row], delimiter: str) -> tuple[bool, float, float, int, int]:
    """How well a delimiter suits: two columns at least, rows of one width with cells that look whole, numbers, many columns;
    and of two that suit alike the one that stands in fewer texts."""
    width = _width(sample)
    cells = [cell.strip() for _, row in sample if len(row) == width for cell in row]
    numbers = [NUMBER.fullmatch(cell) is not None for cell in cells]
    # A cell with another delimiter inside was perhaps not cut where it should be, unless that is a number's decimal comma.
    signs = {",": r",\S", ";": ";", "\t": "\t", "|": r"\|"}
    others = re.compile("|".join(signs[other] for other in DELIMITERS if other != delimiter))
    torn = sum(others.search(cell) is not None and not number for cell, number in zip(cells, numbers, strict=True))
    most = max(len(cells), 1)
    even = len(cells) / max(width * len(sample), 1)
    return width > 1, round(even * (1 - torn / most), 2), sum(numbers) / most, width, RARE.index(delimiter) * (width > 1)


def _spaced(sample: list[Row]) -> bool:
    """Whether spaces separate the cells: rows of one width, and numbers among them. Words in sentences are no table."""
    width = _width(sample)
    even = [cells for _, cells in sample if len(cells) == width]
    numbers = any(all(NUMBER.fullmatch(cells[column]) for cells in even[1:]) for column in range(width))
    return width > 1 and len(even) > 1 and numbers and len(even) >= 0.9 * len(sample)


def _begin(delimiter: str, sample: list[Row], width: int, header: bool | None, skip: int) -> Layout:
    """Where the table begins under titles and comments, and whether it begins with names."""
    start = next(place for place, (_, cells) in enumerate(sample) if len(cells) == width)
    while start + 1 < len(sample) and _is_title(sample[start][1], sample[start + 1][1], width):
        start += 1
    before = sample[start - 1][1] if start else []
    named_below = _has_names([cells for _, cells in sample[start:] if len(cells) == width])
    beside = any(cells[-1].strip() for _, cells in sample[start:])
    fewer = len(before) == width - 1 and all(map(str.strip, before)) and (width > 2 or not named_below)
    more = len(before) == width + 1 and not before[-1].strip()
    if (fewer or more) and header is not False:
        start -= 1
    above = [line for line, _ in sample[:start]]
    notes = (f"{lines_of(above).capitalize()} above the table: {short(delimiter.join(sample[0][1]), 60)}",) if above else ()
    named = header if header is not None else fewer or more or named_below
    if not named and _are_names(before, width):
        raise Refusal(f"Expected a name for every column; line {above[-1]:,} has {len(before)} names and the rows below have "
                      f"{width} cells. Add or take away names, so that each stands above its column.")
    if not named:
        return Layout(delimiter, None, width, sample[start][0], notes)
    first = sample[start][1]
    # R leaves out the name of its row names. Where the last cells are empty the rows only end with a delimiter.
    names = (("", *first) if beside else (*first, "")) if len(first) < width else first[:width]
    return Layout(delimiter, tuple(names), width, sample[start + 1][0] if start + 1 < len(sample) else 2**62, notes)


def _is_title(cells: list[str], below: list[str], width: int) -> bool:
    """A comment, or one cell alone above a row of several."""
    filled, more = (sum(map(bool, map(str.strip, row))) for row in (cells, below))
    alone = width > 2 and filled == 1 and more > 1 and bool(cells[0].strip())
    return len(below) == width and (cells[0].startswith("# ") or alone)


def _are_names(cells: list[str], width: int) -> bool:
    """Whether a row that is too long or too short for the table may be its names."""
    return len(cells) > 1 and abs(len(cells) - width) <= 3 and all(cell.strip() and not _is_number(cell) for cell in cells)


def _has_names(sample: list[list[str]]) -> bool:
    """Whether the first row differs from the others as names do: words above numbers, or words that do not come again."""
    first, rest = sample[0], sample[1:]
    if not rest:
        return not any(map(_is_number, first))
    below = [[cell for row in rest if (cell := row[column].strip()) not in ("", *SURE_MARKS)] for column in range(len(first))]
    cells = [cell.strip() for cell in first]
    words = [bool(cell) and cell not in SURE_MARKS and not _is_number(cell) for cell in cells]
    above_numbers = [word and bool(under) and sum(map(_is_number, under)) >= 0.8 * len(under)
                     for word, under in zip(words, below, strict=True)]
    if any(above_numbers):
        return True
    if any(map(_is_number, cells)):
        return any(words) and _counts_on([cell for cell in cells if _is_number(cell)])
    again = any(cell in under or (re.search("[0-9]", cell) and under and _shape(cell) == _shape(under[0]))
                for cell, word, under in zip(cells, words, below, strict=True) if word)
    return not again


def _counts_on(cells: list[str]) -> bool:
    """2019, 2020, 2021: names of columns that are years or numbers in order."""
    whole = [int(cell) for cell in cells if re.fullmatch("[0-9]{1,9}", cell)]
    return len(whole) == len(cells) > 1 and all(b == a + 1 for a, b in zip(whole, whole[1:], strict=False))


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell.strip()) is not None


def _shape(cell: str) -> str:
    return re.sub("[0-9]", "9", cell)


def described(found: Layout, decimal: str) -> str:
    """The layout in words."""
    between = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", " ": "spaces"}[found.delimiter]
    first = "the first row holds the names" if found.names else f"no names above the {count(found.width, 'column')}"
    return f"Cells separated by {between}, decimal {'comma' if decimal == ',' else 'point'}, {first}."
