"""The rows of a text as columns of cells. A row that does not fit is padded or left out and told, never moved."""

from array import array
from dataclasses import dataclass

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


def body(text: bytes, layout: Layout, sample: bool) -> Body:
    """All rows below the names; with `sample` an evenly random part of them when they are over MAX_ROWS. Raises Refusal."""
    total = _number_of_rows(text, layout)
    if total > MAX_ROWS and not sample:
        raise Refusal(f"Expected at most {MAX_ROWS:,} rows; this file has {total:,}. Leave some out, or read an evenly "
                      "random part of them.", can_sample=True)
    keep = None
    if total > MAX_ROWS:
        keep = np.zeros(total, dtype=bool)
        keep[np.random.default_rng(SAMPLE_STREAM).choice(total, MAX_ROWS, replace=False)] = True

    columns = [Packed() for _ in range(layout.width)]
    chunk: list[list[str]] = []
    at = array("q")
    misfits: list[tuple[int, int]] = []
    wide: list[int] = []
    padded: list[int] = []
    comments: list[int] = []
    place, blank = -1, 0
    hashes, begin = layout.heading.hashes, layout.heading.body

    def pack() -> None:
        for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
            column.add(cells)
        chunk.clear()

    for first, last, cells in rows(text, layout.delimiter, layout.quote):
        if first < begin:
            continue
        if not _filled(cells):
            blank += 1
            continue
        if cells[0][:1] == "#" and not hashes and (cells[0][1:2] in " #" or len(cells) != layout.width):
            comments.append(first)
            continue
        place += 1
        if keep is not None and not keep[place]:
            continue
        if len(cells) != layout.width:
            if last > first:
                raise _across(first, last, len(cells), layout.width)
            if not _can_be_padded(cells, layout):
                misfits.append((first, len(cells)))
                continue
            cells += [""] * (layout.width - len(cells))
            padded.append(first)
        if last > first:
            _check(cells, first, last, text, layout)
            wide.append(first)
        at.append(first)
        chunk.append(cells)
        if len(chunk) >= min(CHUNK_ROWS, CHUNK_CELLS // layout.width):
            pack()
    if chunk:
        pack()
    if not at and not misfits:
        raise Refusal("Expected rows of values below the names; this file has none. Add rows, one example in each.")
    if len(misfits) > MOST_MISFITS * (len(at) + len(misfits)):
        line, cells_there = misfits[0]
        raise Refusal(f"Expected rows of {layout.width} cells; {count(len(misfits), 'row')} of {len(at) + len(misfits):,} "
                      f"{'has' if len(misfits) == 1 else 'have'} more or fewer, line {line:,} has {cells_there}. Look for "
                      "separators inside of cells (put such cells in quotation marks) and for cells left out.")
    read = [f"An evenly random part of the file's {total:,} rows."] if keep is not None else []
    read += [f"Cells go on over several lines in {lines_of(wide)}."] if wide else []
    read += [f"{count(len(padded), 'row')} without the last cells: {lines_of(padded)}. They count as gaps."] if padded else []
    ignored = [f"{count(blank, 'empty row')}."] if blank else []
    ignored += [f"{count(len(comments), 'comment')}: {lines_of(comments)}."] if comments else []
    for what, wrong in (("few", [line for line, size in misfits if size < layout.width]),
                        ("many", [line for line, size in misfits if size > layout.width])):
        ignored += [f"{count(len(wrong), 'row')} with too {what} cells: {lines_of(wrong)}."] if wrong else []
    return Body(columns, np.array(at), tuple(read), tuple(ignored))


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


def _check(cells: list[str], first: int, last: int, text: bytes, layout: Layout) -> None:
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
