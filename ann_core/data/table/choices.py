"""What can be chosen by hand about how a file is read, the limits of a table, and how a file is refused."""

from dataclasses import dataclass
from typing import Any

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 10_000_000, 100_000, 500
MAX_CELL = 1_000
"""Characters of a cell; what goes beyond is cut."""

SURE_MARKS = ("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "NaT", "null", "NULL", "Null", "?", "\\N",
              "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")  # fmt: skip
"""Cells that count as missing wherever they stand, as empty cells do."""
LIKELY_MARKS = (
    "-", "--", "---", "–", "—", ".", "..", "…", "*", "na", "n.a.", "n. a.", "n.d.", "nd", "k.a.", "k. a.", "none", "nil",
    "missing", "unknown", "not available", "no data", "undefined",
)  # fmt: skip
"""Cells, in lower case, that count as missing where all others of the column are numbers. Elsewhere "none" may be an answer."""


class Refusal(ValueError):
    """A file that cannot be read as a table. The message says what was expected, what came and what to do.

    can_sample: only the number of rows is too high, and `Choices(sample=True)` reads a part of them
    """

    def __init__(self, message: str, can_sample: bool = False) -> None:
        super().__init__(message)
        self.can_sample = can_sample


@dataclass(frozen=True)
class Choices:
    """How a file is to be read. None: find it out.

    encoding, delimiter, decimal: a value of CHOICES[field]   thousands: the mark in 1,234, "" for none
    header: whether the first row holds names
    missing: the cells, beside empty ones, that count as missing everywhere; LIKELY_MARKS do so among numbers, unless this is ()
    numbers: columns that hold numbers although some cells do not; those count as missing
    merge: whether labels that differ only in case or spaces become one   sample: read some of the rows when there are too many
    answers: these are rows to be answered: one column is enough, and columns without values stay
    quote: what holds cells together, a value of CHOICES["quote"]   name_lines: the lines that hold names
    texts: columns that stay as they are written although they could be numbers
    grouped: columns in which the table's decimal mark stands between thousands
    sheet: of a workbook, by its name; None for the first that has values, and in files that are none
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    header: bool | None = None
    missing: tuple[str, ...] | None = None
    numbers: tuple[str, ...] = ()
    sample: bool = False
    merge: bool = True
    answers: bool = False
    quote: str | None = None
    name_lines: tuple[int, ...] | None = None
    texts: tuple[str, ...] = ()
    grouped: tuple[str, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True)
class Question:
    """A doubt about how a file is to be read, and how it was settled for now.

    sentence: what is in doubt, and what was taken   answers: what else can be taken, in words, and the choices that take it
    """

    sentence: str
    answers: tuple[tuple[str, Choices], ...]


CHOICES: dict[str, tuple[tuple[Any, str], ...]] = {
    "encoding": (
        ("utf-8", "Unicode (UTF-8)"), ("utf-8-twice", "Unicode, encoded twice"), ("utf-16", "Unicode (UTF-16)"),
        ("utf-32", "Unicode (UTF-32)"), ("cp1252", "Western European (Windows)"), ("cp1250", "Central European (Windows)"),
        ("cp1251", "Cyrillic (Windows)"), ("cp1253", "Greek (Windows)"), ("cp1254", "Turkish (Windows)"),
        ("cp1255", "Hebrew (Windows)"), ("cp1256", "Arabic (Windows)"), ("cp1257", "Baltic (Windows)"),
        ("cp1258", "Vietnamese (Windows)"), ("cp874", "Thai (Windows)"), ("cp932", "Japanese (Shift JIS)"),
        ("euc-jp", "Japanese (EUC)"), ("cp949", "Korean (Windows)"), ("euc-kr", "Korean (EUC)"),
        ("gb18030", "Chinese (GB 18030)"),
        ("big5", "Chinese (Big5)"), ("iso8859-2", "Central European (ISO 8859-2)"), ("iso8859-5", "Cyrillic (ISO 8859-5)"),
        ("iso8859-7", "Greek (ISO 8859-7)"), ("iso8859-9", "Turkish (ISO 8859-9)"), ("iso8859-15",
                                                                                     "Western European (ISO 8859-15)"),
        ("koi8-r", "Russian (KOI8-R)"), ("koi8-u", "Ukrainian (KOI8-U)"), ("cp866", "Cyrillic (DOS)"),
        ("mac-roman", "Western European (old Mac)"), ("cp437", "Western European (DOS)")),
    "delimiter": ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar"), (" ", "spaces")),
    "decimal": ((".", "point, 1.5"), (",", "comma, 1,5")),
    "thousands": (("", "none, 1234"), (",", "comma, 1,234"), (".", "point, 1.234"), (" ", "space, 1 234"),
                  ("'", "apostrophe, 1'234")),
    "header": ((True, "names of the columns"), (False, "values already")),
    "missing": ((SURE_MARKS, "NA, null, ? and the like"), ((), "only empty cells"),
                ((*SURE_MARKS, *LIKELY_MARKS), "NA, none, unknown, - and the like")),
    "quote": (('"', 'double, "x, y"'), ("'", "single, 'x, y'"), ("\\", 'double, \\" inside of them'),
              ("", "none, they belong to the cells")),
    "merge": ((True, "one label"), (False, "separate labels")),
}  # fmt: skip
"""What is offered for each field of `Choices`: values with words for the screen."""


def short(text: str, most: int = 40) -> str:
    """A text from the file as it stands in a sentence: on one line, of so many characters at most."""
    text = " ".join(text[: 4 * most].split())
    return text if len(text) <= most else text[: most - 1] + "…"


def quoted(texts: list[str], most: int = 3) -> str:
    """Some texts from the file as a sentence lists them: "a", "b" and 4 more."""
    shown = ", ".join(f'"{short(text)}"' for text in texts[:most])
    return shown if len(texts) <= most else f"{shown} and {len(texts) - most:,} more"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 row, 2,000 rows."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lines_of(numbers: list[int], most: int = 5) -> str:
    """line 4; lines 4, 7 and 9; lines 1, 2, 3, 4, 5 and 20 more."""
    shown = ", ".join(f"{number:,}" for number in numbers[:most])
    return f"line{'s' * (len(numbers) > 1)} {shown}" + (f" and {len(numbers) - most:,} more" if len(numbers) > most else "")
