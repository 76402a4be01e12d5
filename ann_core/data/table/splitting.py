"""A text as rows of cells: what stands between separators, with quotation marks around cells that hold some."""

import csv
import re
from collections.abc import Iterator

from ann_core.data.table.choices import Refusal

SAMPLE_BYTES = 100_000
MAX_LINE, MAX_LINES_OF_ROW = 1_000_000, 200
END = "\x00"  # no text from the gate holds it
ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')


class _Lines:
    """The lines of a text, and where the row that is being read began: an open quotation mark is named by its line."""

    def __init__(self, text: bytes, escapes: bool) -> None:
        self.text, self.escapes, self.number, self.row, self.ended = text, escapes, 0, 1, False

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
            line = self.text[start:stop].decode("utf-8")
            yield ESCAPED.sub(r'\1""', line) if self.escapes else line
            start = stop
        self.ended = True
        yield END


def unclosed(line: int, where: str = "before the end of the file") -> Refusal:
    """The refusal of a text whose quotation marks do not pair."""
    return Refusal(f"Expected quotation marks in pairs; one opens in line {line:,} and does not close {where}. Look at that "
                   "line: take the mark out, or close it behind its cell.")


def rows(text: bytes, delimiter: str, quote: str = '"') -> Iterator[tuple[int, int, list[str]]]:
    """First line, last line and cells of every row. Raises Refusal where marks do not pair.

    quote: a value of CHOICES["quote"]
    """
    lines = _Lines(text, quote == "\\")
    # Only then: elsewhere spaces around cells are taken away where they can be counted.
    mark = "'" if quote == "'" else '"'
    tight = delimiter == " " or f"{delimiter} {mark}".encode() in text[:SAMPLE_BYTES]
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=tight, quotechar=mark,
                        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE)  # fmt: skip
    try:
        for cells in reader:
            if lines.ended:
                if cells != [END]:
                    raise unclosed(lines.row)
                return
            if delimiter == " " and cells and not cells[-1]:
                cells.pop()
            yield lines.row, lines.number, cells if quote else [_unpaired(cell) for cell in cells]
            lines.row = lines.number + 1
    except csv.Error:  # the one error that is left: a cell of over 131,072 characters
        raise unclosed(lines.row, "within 130,000 characters") from None


def _unpaired(cell: str) -> str:
    """A cell without the marks around the whole of it; others belong to it."""
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"' and cell.count('"') == 2
    return cell[1:-1] if whole else cell


def find_quote(text: bytes, delimiter: str) -> str:
    """Which marks hold cells together, by the first lines: double ones unless others cut the rows more evenly."""
    head = text[:SAMPLE_BYTES].decode("utf-8", "ignore")
    if '"' in head:
        inside = re.search(r'(?<!\\)(?:\\\\)*\\"(?!\s*(?:[,;\t|\n]|\Z))|\\""', head)
        if inside and _evenness(head, delimiter, "\\") >= _evenness(head, delimiter, '"'):
            return "\\"
    elif "'" in head and _in_single_marks(head, delimiter):
        return "'"
    return "" if delimiter == "\t" and b'"' in text and _bare(text) else '"'


def _evenness(head: str, delimiter: str, quote: str) -> float:
    """The share of rows that are as wide as most; 0 where marks do not pair."""
    widths: list[int] = []
    try:
        for _, last, cells in rows(head.encode(), delimiter, quote):
            widths.append(len(cells))
            if last >= 300:
                break
    except Refusal:
        if len(head) < SAMPLE_BYTES - 4:  # else the last row may only be cut off
            return 0.0
    return max(map(widths.count, {*widths}), default=0) / max(len(widths), 1)


def _in_single_marks(head: str, delimiter: str) -> bool:
    """Whether single marks stand around cells: with a separator inside, or around every cell that is no number."""
    d = re.escape(delimiter)
    lines = head.split("\n")[:300]
    cell = re.compile(rf"(?:\A|{d})\s?'((?:[^'\n]|'')*)'(?=\s*(?:{d}|\Z))")
    found = [inside for line in lines for inside in cell.findall(line)]
    if not found:
        return False
    even, plain = (_evenness(head, delimiter, quote) for quote in "'\"")
    if any(delimiter in inside for inside in found):
        return even > plain or even == plain == 1
    others = [rest for line in lines for rest in cell.sub("", line).split(delimiter)]
    return even >= plain and not any(re.search(r"[^\W\d]", rest) for rest in others)


def _bare(text: bytes) -> bool:
    """Whether marks in a text of tabs belong to the cells: they would join lines that are whole rows by themselves."""
    if b"\t" not in text:
        return False
    lines = text.rstrip(b"\n").split(b"\n")
    if len({line.count(b"\t") for line in lines if line.strip()}) > 1:
        return False
    if not any(line.count(b'"') % 2 for line in lines):
        return False
    try:
        return any(last > first for first, last, _ in rows(text, "\t"))
    except Refusal:
        return True
