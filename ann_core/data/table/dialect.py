"""How a text is laid out as a table: what separates its cells and holds them together, and how many stand in a row."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from ann_core.data.table.choices import CHOICES, MAX_COLUMNS, Choices, Question, Refusal
from ann_core.data.table.heading import Heading, Row, heading
from ann_core.data.table.looks import NUMBER
from ann_core.data.table.splitting import find_quote, rows

DELIMITERS = ",;\t|"
RARE = ", ;|\t"
"""The same with the space, by how seldom they stand in a text."""
SAMPLE_LINES, SAMPLE_CELLS = 300, 100_000


@dataclass(frozen=True)
class Layout:
    """Where a table's cells are.

    quote: what holds them together   width: cells in a row   heading: what stands above the values
    """

    delimiter: str
    quote: str
    width: int
    heading: Heading

    def described(self, decimal: str) -> str:
        """The layout in words."""
        between = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", " ": "spaces"}[self.delimiter]
        marks = {"'": ", single quotation marks around them", "\\": ', marks inside of them written \\"',
                 "": ", quotation marks belong to the cells"}.get(self.quote, "")
        return (f"Cells separated by {between}{marks}, decimal {'comma' if decimal == ',' else 'point'}, "
                f"{self.heading.described(self.width)}.")


def layout(text: bytes, choices: Choices) -> tuple[Layout, tuple[Question, ...]]:
    """How the text is laid out, by its first lines, as far as `choices` leaves it open; and doubts. Raises Refusal."""
    told = re.match(rb'"?sep=(.)"?[ ,;\t|]*\n', text)  # Excel's own way of saying so
    skip = 1 if told else 0
    delimiter = choices.delimiter or (told[1].decode("latin-1") if told else None)
    if delimiter is not None and delimiter not in DELIMITERS + " ":
        raise Refusal(f'Expected cells separated by a comma, a semicolon, a tab, a vertical bar or spaces; '
                      f'"{delimiter}" was asked for. Choose one of these.')
    if choices.quote is not None and choices.quote not in dict(CHOICES["quote"]):
        raise Refusal(f'Expected one of the marks " or \' or none around cells; {choices.quote} was asked for. Choose one '
                      f'of these.')
    quotes = {each: find_quote(text, each) if choices.quote is None else choices.quote for each in DELIMITERS + " "}
    found = {each: _sample(text, each, quotes[each], skip) for each in ([delimiter] if delimiter else DELIMITERS)}
    best = max(found, key=lambda each: _fit(found[each], each))
    if delimiter is None and _width(found[best]) < 2 and _spaced(spaced := _sample(text, " ", quotes[" "], skip)):
        best, found[" "] = " ", spaced
    sample, width, quote = found[best], _width(found[best]), quotes[best]
    if width < 2 and not (choices.answers and found[best]):
        if b'"' in text or not found[best]:  # an open quotation mark may be why there seems to be one column
            for _ in rows(text, best, quote):
                pass
        raise Refusal("Expected at least two columns, separated by commas, semicolons, tabs or vertical bars; here is one. "
                      "A network needs something to learn from and something to learn.")
    if width > MAX_COLUMNS:
        raise Refusal(f"Expected at most {MAX_COLUMNS} columns; this table has {width:,}. Keep the columns that matter.")
    top, doubts = heading(sample, width, choices)
    used = replace(choices, delimiter=best, quote=quote)
    return Layout(best, quote, top.width, top), tuple(
        Question(sentence, tuple((words, replace(used, **changed)) for words, changed in answers)) for sentence,
        answers in doubts)


def _sample(text: bytes, delimiter: str, quote: str, skip: int) -> list[Row]:
    """The first rows, blank ones left out; a row that is cut off is left out too."""
    sample: list[Row] = []
    size = 0
    try:
        for first, last, cells in rows(text, delimiter, quote):
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
