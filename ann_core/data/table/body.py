"""The rows of a text as columns of cells. A row that does not fit is padded or left out and told, never moved."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ann_core.data.table.choices import MAX_ROWS, Refusal, count, lines_of
from ann_core.data.table.dialect import Layout
from ann_core.data.table.looks import is_gap, is_number
from ann_core.data.table.packed import Packed
from ann_core.data.table.splitting import rows

CHUNK_ROWS, CHUNK_CELLS = 5_000, 100_000
"""Rows and cells that stand in memory one by one before they are packed."""
MOST_MISFITS = 0.2
SAMPLE_STREAM = 0


@dataclass(frozen=True)
class Body:
    """columns: cells as they stand in the file, (rows,) each   lines: where every row begins in the file, (rows,)"""

    columns: list[Packed]
    lines: NDArray[np.int64]
    read: tuple[str, ...]
    ignored: tuple[str, ...]


@dataclass
class _Told:
    """What is told about rows, by the lines in which they begin. misfits: how many cells they have instead"""

    blank: int = 0
    comments: list[int] = field(default_factory=list)
    padded: list[int] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)
    misfits: dict[int, int] = field(default_factory=dict)

    def check(self, rows: int, width: int) -> None:
        """Raises Refusal when there are no rows, or too many that do not fit. rows: how many do"""
        if not rows and not self.misfits:
            raise Refusal("Expected rows of values below the names; this file has none. Add rows, one example in each.")
        if (wrong := len(self.misfits)) > MOST_MISFITS * (rows + wrong):
            line, cells_there = next(iter(self.misfits.items()))
            raise Refusal(f"Expected rows of {width} cells; {count(wrong, 'row')} of {rows + wrong:,} "
                          f"{'has' if wrong == 1 else 'have'} more or fewer, line {line:,} has {cells_there}. Look for "
                          "separators inside of cells (put such cells in quotation marks) and for cells left out.")

    @property
    def read(self) -> list[str]:
        told = [f"Cells go on over several lines in {lines_of(self.wide)}."] if self.wide else []
        rows = count(len(self.padded), "row")
        return told + ([f"{rows} without the last cells: {lines_of(self.padded)}. They count as gaps."] if self.padded else [])

    def ignored(self, width: int) -> list[str]:
        told = [f"{count(self.blank, 'empty row')}."] if self.blank else []
        told += [f"{count(len(self.comments), 'comment')}: {lines_of(self.comments)}."] if self.comments else []
        for what, wrong in (("few", [line for line, size in self.misfits.items() if size < width]),
                            ("many", [line for line, size in self.misfits.items() if size > width])):
            told += [f"{count(len(wrong), 'row')} with too {what} cells: {lines_of(wrong)}."] if wrong else []
        return told


def body(text: bytes, layout: Layout, sample: bool) -> Body:
    """All rows below the names; with `sample` an evenly random part of them when they are over MAX_ROWS. Raises Refusal."""
    total = _number_of_rows(text, layout)
    if total > MAX_ROWS and not sample:
        raise Refusal(f"Expected at most {MAX_ROWS:,} rows; this file has {total:,}. Leave some out, or read an evenly "
                      "random part of them.", can_sample=True)
    drawn = None
    if total > MAX_ROWS:
        drawn = np.zeros(total, dtype=bool)
        drawn[np.random.default_rng(SAMPLE_STREAM).choice(total, MAX_ROWS, replace=False)] = True
    told, lines, chunk = _Told(), array("q"), list[list[str]]()
    columns = [Packed() for _ in range(layout.width)]
    most = min(CHUNK_ROWS, CHUNK_CELLS // layout.width)
    for line, cells in _fitting(text, layout, drawn, told):
        lines.append(line)
        chunk.append(cells)
        if len(chunk) >= most:
            _pack(chunk, columns)
    if chunk:
        _pack(chunk, columns)
    told.check(len(lines), layout.width)
    read = [f"An evenly random part of the file's {total:,} rows."] if drawn is not None else []
    return Body(columns, np.array(lines), (*read, *told.read), tuple(told.ignored(layout.width)))


def _fitting(text: bytes, layout: Layout, drawn: NDArray[np.bool_] | None, told: _Told) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row that fits or can be padded. drawn: which rows to read; None: all of them"""
    begin, hashes, width, place = layout.heading.body, layout.heading.hashes, layout.width, -1
    for first, last, cells in rows(text, layout.delimiter, layout.quote):
        if first < begin:
            continue
        if not _filled(cells):
            told.blank += 1
            continue
        if cells[0][:1] == "#" and not hashes and (cells[0][1:2] in " #" or len(cells) != width):
            told.comments.append(first)
            continue
        place += 1
        if drawn is not None and not drawn[place]:
            continue
        if len(cells) != width:
            if last > first:
                raise _across(first, last, len(cells), width)
            if not _can_be_padded(cells, layout):
                told.misfits[first] = len(cells)
                continue
            cells += [""] * (width - len(cells))
            told.padded.append(first)
        if last > first:
            _check(cells, first, last, layout)
            told.wide.append(first)
        yield first, cells


def _pack(chunk: list[list[str]], columns: list[Packed]) -> None:
    """Empties the chunk into the columns."""
    for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
        column.add(cells)
    chunk.clear()


def _filled(cells: list[str]) -> bool:
    return bool(cells) and (bool(cells[0].strip()) or any(map(str.strip, cells)))


def _number_of_rows(text: bytes, layout: Layout) -> int:
    """How many rows with something in them stand below the names. Exact where it matters: above MAX_ROWS lines."""
    lines = text.count(b"\n") + (not text.endswith(b"\n")) - layout.heading.body + 1
    if lines <= MAX_ROWS or not (b'"' in text or b"\n\n" in text):
        return lines
    return sum(first >= layout.heading.body and _filled(cells) for first, _, cells in rows(text, layout.delimiter,
                                                                                           layout.quote))


def _across(first: int, last: int, cells: int, width: int) -> Refusal:
    return Refusal(f"Expected quotation marks in pairs; one opens in line {first:,} and closes only in line {last:,}, and then "
                   f"that row would have {count(cells, 'cell')} instead of {width}. A mark is missing or one too many there.")


def _can_be_padded(cells: list[str], layout: Layout) -> bool:
    """Whether only the last cells of a row were left out: what is there are numbers where the columns hold numbers."""
    return 1 < len(cells) < layout.width and all(
        is_number(cell) or is_gap(cell) or not number
        for cell, number in zip(cells, layout.heading.numeric, strict=False)) and bool(cells[0].strip())


def _check(cells: list[str], first: int, last: int, layout: Layout) -> None:
    """Raises Refusal when a cell over several lines has swallowed rows: a quotation mark is missing or too many.

    That is so when every line inside could be a row by itself, with numbers where the columns hold numbers.
    """
    numeric = layout.heading.numeric
    if layout.delimiter == " " or layout.width < 2:
        return
    for cell in cells:
        lines = cell.split("\n")
        inside = [line.split(layout.delimiter) for line in lines[1:-1]]
        ends = [part.split(layout.delimiter) for part in (lines[0], lines[-1])]
        rows_inside = inside and all(len(row) == layout.width for row in inside)
        if len(lines) == 2:  # the end of one row and the beginning of the next
            rows_inside = sum(map(len, ends)) == layout.width + 1 and layout.width > 1 and len(ends[1]) > 1
            inside = [[*ends[1], *[""] * (layout.width - len(ends[1]))]]
        fits = any(numeric) and all(is_number(part) or is_gap(part) for row in inside
                                    for part, number in zip(row, numeric, strict=False) if number)
        some = any(is_number(part) for row in inside for part, number in zip(row, numeric, strict=False) if number)
        torn = '"' in cell or not cell.strip() or cell.rstrip(" ")[-1] in f"\n{layout.delimiter}"
        if rows_inside and (fits and some or not any(numeric) and torn):
            raise _across(first, last, len(cells) + len(lines[1:-1] or [0]) * (layout.width - 1), layout.width)
