"""A program of its own: a workbook comes in, one of its sheets goes out as CSV. It knows nothing of the rest of the house.

It may be ended at any moment. A sheet of two cells far apart makes the library ask for half a terabyte, and that ends its
process: not one in which visitors are.
"""

import csv
import datetime
import io
import json
import sys

from python_calamine import CalamineSheet, CalamineWorkbook

MOST_MEMORY = 2 * 10**9
"""Bytes of this process's addresses; a full sheet that the limits allow needs a third of them."""


def limit() -> None:
    """Where the system can do so (not on Windows)."""
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        pass


def as_text(value: object) -> str:
    """A cell as a file of text holds it: whole numbers without a fraction, times as ISO 8601 has them."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return " ".join(str(value).split("\n"))  # so that a row is a line


def filled(sheet: CalamineSheet) -> list[list[object]]:
    """The rows of a sheet. Cells that were made one say the same in each place, but for a title over the whole width."""
    rows: list[list[object]] = [list(row) for row in sheet.to_python()]
    top, left = sheet.start or (0, 0)
    for (first, begin), (last, end) in sheet.merged_cell_ranges or []:
        if begin <= left and end - left + 1 >= len(rows[0] if rows else []) or not 0 <= first - top < len(rows):
            continue
        said = rows[first - top][begin - left] if begin >= left else ""
        for row in rows[first - top:last - top + 1]:
            row[begin - left:end - left + 1] = [said] * len(row[begin - left:end - left + 1])
    return rows


def read(data: bytes, wanted: str | None) -> tuple[dict[str, object], str]:
    """What is told about a workbook, and a sheet's cells as CSV: the wanted one, else the first that has any."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [sheet.name for sheet in book.sheets_metadata if "Visible" in str(sheet.visible) and "Work" in str(sheet.typ)]
    out = io.StringIO()
    for name in [wanted] if wanted in names else names:
        sheet = book.get_sheet_by_name(name)
        rows = filled(sheet)
        if any(cell != "" for row in rows for cell in row):
            csv.writer(out, lineterminator="\n").writerows([map(as_text, row) for row in rows])
            above = "\n" * (sheet.start or (0, 0))[0]  # so that lines have the numbers of rows
            return {"sheet": name, "sheets": names}, above + out.getvalue()
    return {"sheet": None, "sheets": names}, ""


def main() -> None:
    """Standard input: a line of JSON (the wanted sheet), then the workbook. Standard output: a line of JSON, then CSV."""
    limit()
    wanted = json.loads(sys.stdin.buffer.readline())
    told, text = read(sys.stdin.buffer.read(), wanted)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
