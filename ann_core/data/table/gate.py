"""From the bytes of a file to clean UTF-8 text, or a refusal. Nothing is parsed before it has come through here."""

import re
from dataclasses import dataclass

from ann_core.data.table.choices import CHOICES, MAX_BYTES, Question, Refusal
from ann_core.data.table.unicode import decoded
from ann_core.data.table.workbook import SAVE_AS, unpacked

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x05\x06", "an empty ZIP archive"), (b"\xd0\xcf\x11\xe0", "an old Excel file"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!\x1a", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"), (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"), (b"MM\x00*", "a picture (TIFF)"),
    (b"%PDF", "a PDF document"), (b"PAR1", "a Parquet file"), (b"ARROW1", "an Arrow file"), (b"FEA1", "a Feather file"),
    (b"SQLite format 3", "an SQLite database"), (b"\x89HDF", "an HDF5 file"), (b"CDF\x01", "a NetCDF file"),
    (b"\x93NUMPY", "a NumPy file"), (b"\x7fELF", "a program"), (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file"), (b"$FL2", "an SPSS file"), (b"<stata_dta>", "a Stata file"),
    (b"RDX", "an R data file"),
    (b"{\\rtf", "a document of a word processor (RTF)"), (b"ID3", "a sound file"), (b"OggS", "a sound file"),
    (b"version https://git-lfs", "a pointer to a file that Git keeps elsewhere"),
)  # fmt: skip
WITH_NUL: tuple[tuple[bytes, str], ...] = ((b"MZ", "a program"), (b"BM", "a picture (BMP)"), (b"RIFF", "a sound or a film"))
"""Two plain letters may begin a table too: these count only with a NUL byte close behind."""
PICKLE = re.compile(rb"\x80[\x02-\x05](?s:.*)\.\Z")
TEXTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|svg|!--)", re.IGNORECASE), "a web page or an XML file"),
    (re.compile(rb"\s*(\{\s*(\"|\}|\Z)|\[\s*(\{|\[|\"|\]))"), "a JSON file"),
    (re.compile(rb"(\s*%[^\n]*\n)*\s*@relation\b", re.IGNORECASE), "a Weka file (ARFF)"),
)
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Opened:
    """A file's text in UTF-8 with line ends \\n, the encoding it had, and what had to be done for it."""

    text: bytes
    encoding: str
    notes: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


def opened(data: bytes, encoding: str | None = None, usual: str | None = None, sheet: str | None = None) -> Opened:
    """The text of a file. Raises Refusal.

    encoding: a key of CHOICES["encoding"], or None to find it out   usual: one to take in doubt   sheet: of a workbook
    """
    if len(data) > MAX_BYTES:
        raise Refusal(f"Expected a file of at most {MAX_BYTES // 10**6} MB; this one has {len(data) / 1e6:,.1f} MB. "
                      "Leave out rows or columns that are not needed.")
    known = [value for value, _ in CHOICES["encoding"]]
    if encoding is not None and encoding not in known:
        raise Refusal(f'Expected one of the encodings {", ".join(known)}; received "{encoding}".')
    found = unpacked(data, sheet)
    data = found.text
    _refuse_other_formats(data)
    text, used, notes, questions = decoded(data, "utf-8" if found.sheet else encoding, usual)
    if b"\0" in text:
        raise Refusal(f"Expected a text file; this one holds NUL bytes, first at byte {text.index(0) + 1:,}, as programs, "
                      f"pictures and damaged files do. {SAVE_AS}")
    if len(CONTROLS.findall(text[:100_000])) > max(8, 0.02 * min(len(text), 100_000)):
        raise Refusal(f"Expected a text file; much of this one is control characters, as in programs, pictures and "
                      f"archives. {SAVE_AS}")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
        text = text.replace(b"\r", b"\n")
    if not text or text.isspace():
        raise Refusal("Expected a table; this file is empty. Save it again with its rows, the names of the columns first.")
    return Opened(text, used, (*found.notes, *notes), questions, found.sheet, found.sheets)


def _refuse_other_formats(data: bytes) -> None:
    head = data[:64]
    found = next((what for mark, what in SIGNATURES if head.startswith(mark)), None)
    found = found or next((what for mark, what in WITH_NUL if head.startswith(mark) and b"\0" in head), None)
    found = found or ("a pickle, which could run a program" if PICKLE.match(data) else None)
    text = data.removeprefix(b"\xef\xbb\xbf")[:4096]
    found = found or next((what for pattern, what in TEXTS if pattern.match(text)), None)
    if found:
        raise Refusal(f"Expected a table as text (CSV); this looks like {found}. {SAVE_AS}")
