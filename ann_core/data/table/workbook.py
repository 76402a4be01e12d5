"""From a workbook or a packed file to the text of a table, or a refusal. Sizes are looked up before anything is unpacked."""

import io
import json
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from zipfile import BadZipFile, ZipFile

from ann_core.data.table.choices import MAX_BYTES, Refusal, short

SAVE_AS = "Open it in the program that made it, save it as CSV and bring that file."
UNPACKED = 50_000_000
"""Bytes to which all parts of a workbook together may unpack."""
PATIENCE = 20
"""Seconds that reading a workbook may take."""
AT_ONCE = BoundedSemaphore(2)
"""So many workbooks are read at a time, whoever brought them: each may take gigabytes."""
READER = Path(__file__).with_name("sheet_reader.py")
ZIP, OLD, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"


@dataclass(frozen=True)
class Unpacked:
    """text: of the table   sheet, sheets: which one it is of a workbook's; None and () for other files"""

    text: bytes
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def unpacked(data: bytes, sheet: str | None = None) -> Unpacked:
    """A file's text: a sheet of a workbook (the wanted one, else the first with values), the one file in a gzip archive, or the
    file as it is. Raises Refusal."""
    if data.startswith(GZIP):
        return Unpacked(_gzip(data), notes=("Unpacked from a gzip archive.",))
    if data.startswith(OLD) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked()
    if not data.startswith(ZIP):
        return Unpacked(data)
    _look_inside(data)
    return _sheet(data, sheet)


def sheets_of(data: bytes) -> tuple[str, ...]:
    """The sheets of a workbook; () for other files and those that cannot be read."""
    try:
        return unpacked(data).sheets if data.startswith(ZIP) else ()
    except Refusal:
        return ()


def _locked() -> Refusal:
    return Refusal("Expected a workbook that can be opened; this one is locked with a password. Save it without one, or as "
                   "CSV, and bring that file.")


def _too_large(size: int) -> Refusal:
    return Refusal(f"Expected a file that unpacks to at most {UNPACKED // 10**6} MB; this one would unpack to "
                   f"{size / 1e6:,.0f} MB. Leave out sheets, rows or columns that are not needed.")


def _gzip(data: bytes) -> bytes:
    unpack = zlib.decompressobj(wbits=31)
    try:
        text = unpack.decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise _damaged("gzip archive") from None
    if len(text) > MAX_BYTES:
        raise Refusal(f"Expected an archive that unpacks to at most {MAX_BYTES // 10**6} MB; this one holds more. Leave out "
                      "rows or columns that are not needed.")
    if not unpack.eof:
        raise _damaged("gzip archive")
    return text


def _damaged(what: str) -> Refusal:
    return Refusal(f"Expected a whole file; this {what} is damaged or was cut off. {SAVE_AS}")


def _look_inside(data: bytes) -> None:
    """Refuses what is no workbook, is locked, or would become too large."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            size = sum(part.file_size for part in parts.values())
            if size > UNPACKED:
                raise _too_large(size)
            if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise _locked()
            open_document = archive.read("mimetype")[:200] if "mimetype" in parts else b""
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError):
        raise _damaged("Excel or OpenDocument file, or ZIP archive,") from None
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts or b"spreadsheet" in open_document:
        return
    what = ("a text document" if any(name.startswith("word/") for name in parts) or b"text" in open_document
            else "slides" if any(name.startswith("ppt/") for name in parts) or b"presentation" in open_document
            else "a ZIP archive")
    raise Refusal(f"Expected a table: CSV, Excel (.xlsx) or OpenDocument (.ods); this looks like {what}. "
                  + ("Unpack it and bring the table in it." if "ZIP" in what else SAVE_AS))


def _sheet(data: bytes, wanted: str | None) -> Unpacked:
    try:
        with AT_ONCE:
            done = subprocess.run([sys.executable, "-I", str(READER)], input=json.dumps(wanted).encode() + b"\n" + data,
                                  capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Refusal(f"Expected a workbook that is read in {PATIENCE} seconds; this one takes longer. {SAVE_AS}") from None
    if done.returncode:
        raise Refusal("Expected a workbook whose sheet is a table; this one is damaged, or has cells so far apart that "
                      f"there is no room for all between them. {SAVE_AS}")
    head, _, text = done.stdout.partition(b"\n")
    told = json.loads(head)
    if len(text) > MAX_BYTES:
        raise Refusal(f"Expected a sheet of at most {MAX_BYTES // 10**6} MB as text; this one has {len(text) / 1e6:,.1f} MB. "
                      "Leave out rows or columns that are not needed.")
    sheets, sheet = tuple(told["sheets"]), told["sheet"]
    if sheet is None:
        raise Refusal("Expected a sheet with values; this workbook has none. Save it again with its table.")
    among = f', one of {len(sheets)}' if len(sheets) > 1 else ""
    return Unpacked(text, sheet, sheets, (f'Sheet "{short(sheet)}"{among}. Values were read, formulas were not.',))
