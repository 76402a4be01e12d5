"""Workbooks and packed files: read as the CSV that a spreadsheet program would save, or refused with what is wrong."""

import csv
import datetime
import gzip
import io
import resource
import time

import pandas as pd
import pytest

from ann_core.data.table.reading import Choices, Refusal, read_table
from ann_core.data.table.workbook import UNPACKED
from tests.core.workbooks import ods, sheet_data, xlsx, zipped

ROWS = [["when", "who", "maths", "points", "passed"],
        [datetime.datetime(2024, 5, 1, 1, 15), "Ann", 1.5, 12, True],
        [datetime.datetime(2024, 5, 2), "Bob & <Co>", 2, 14, False],
        [datetime.datetime(2024, 5, 3), None, -3.25, 1e-7, True],
        [datetime.datetime(2024, 12, 31, 23, 59), "Zoë", 0.1, 9, True]]
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows([["" if value is None else str(value).upper() if isinstance(value, bool) else
                                str(value).removesuffix(" 00:00:00") for value in row] for row in rows])
    return out.getvalue().encode()


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_is_the_table_of_its_csv(make):
    found, wanted = read_table(make({"Data": ROWS}), "a"), read_table(as_csv(ROWS), "a")
    pd.testing.assert_frame_equal(found.frame, wanted.frame)
    assert found.digest == wanted.digest


@pytest.mark.parametrize("make", [xlsx, ods])
def test_the_first_sheet_with_values_is_read_unless_another_is_wanted(make):
    other = [["a", "b"], [1, 2], [3, 5]]
    book = make({"Notes": [], "Data": ROWS, "Tom & <Ann>": other})
    found = read_table(book, "a")
    assert (found.report.sheets, found.report.choices.sheet) == (("Notes", "Data", "Tom & <Ann>"), "Data")
    assert any('Sheet "Data"' in line for line in found.report.read)
    assert list(read_table(book, "a", Choices(sheet="Tom & <Ann>")).frame) == ["a", "b"]
    assert list(read_table(book, "a", Choices(sheet="gone")).frame) == ROWS[0]
    assert read_table(book, "a", found.report.choices).digest == found.digest


def test_cells_made_one_name_each_of_their_columns_and_a_title_over_all_is_a_title():
    rows = [[f"a{i}", i * 1.0, i + 0.5, i % 3] for i in range(12)]
    found = read_table(xlsx({"S": [["", "Exam", None, "Sport"], ["name", "maths", "physics", "run"], *rows]}, ["B1:C1"]), "a")
    assert list(found.frame) == ["name", "Exam maths", "Exam physics", "Sport run"]
    titled = read_table(xlsx({"S": [["Results 2024"], ["name", "maths", "physics", "run"], *rows]}, ["A1:D1"]), "a")
    assert list(titled.frame) == ["name", "maths", "physics", "run"]


def test_lines_in_sentences_are_the_rows_of_the_sheet():
    rows = [["a", "b"], *([i, i + 1] for i in range(9)), ["one\ntwo", 5], [None, None, "over"]]
    book = xlsx({"S": []}, data=sheet_data([[], [], *rows]))
    said = " ".join(read_table(book, "a", Choices(numbers=("a",))).report.changed)
    assert "line 13" in said


def test_a_gzip_archive_of_one_table_is_read():
    found = read_table(gzip.compress(as_csv(ROWS)), "a.csv.gz")
    assert found.digest == read_table(as_csv(ROWS), "a").digest and any("gzip" in line for line in found.report.read)


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200) + "EncryptedPackage".encode("utf-16-le") + bytes(200)
HOSTILE = {
    "cells at both ends": (lambda: xlsx({"S": []}, data=FAR), "so far apart"),
    "a bomb": (lambda: xlsx({"S": []}, data=" " * (UNPACKED + 1)), "unpacks to at most 50 MB"),
    "a gzip bomb": (lambda: gzip.compress(bytes(200_000_000)), "unpacks to at most 10 MB"),
    "16,384 columns": (lambda: xlsx({"S": [[*range(16_384)], [*range(16_384)]]}), "at most 500 columns"),
    "many sheets without a cell": (lambda: xlsx({f"S{number}": [] for number in range(3000)}), "sheet with values"),
    "a repeated cell": (lambda: ods({"S": [[1]]}, repeat=1 << 20), "so far apart"),
    "nothing": (lambda: xlsx({"S": []}), "sheet with values"),
    "locked (Excel)": (lambda: LOCKED, "locked with a password"),
    "locked (OpenDocument)": (lambda: ods({"S": ROWS}, "<manifest:encryption-data/>"), "locked with a password"),
    "cut off": (lambda: xlsx({"S": ROWS})[:700], "damaged or was cut off"),
    "cut off gzip": (lambda: gzip.compress(as_csv(ROWS))[:-30], "damaged or was cut off"),
    "no XML": (lambda: xlsx({"S": []}, data="<c"), "damaged"),
    "a letter": (lambda: zipped({"word/document.xml": "x"}), "a text document"),
    "an archive": (lambda: zipped({"a.csv": "a,b\n1,2"}), "Unpack it"),
}


def _used() -> tuple[float, int]:
    """Processor time of this process and the readers that it started, in seconds; the most memory of a reader, in bytes."""
    readers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + readers.ru_utime + readers.ru_stime, 1000 * readers.ru_maxrss


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_ends_in_a_sentence(kind):
    make, words = HOSTILE[kind]
    data = make()
    began, held = _used()
    with pytest.raises(Refusal, match=words):
        read_table(data, "hostile.xlsx")
    ended, most = _used()
    assert ended - began < 2 and most - held < 10 * UNPACKED


def test_formulas_give_their_values_and_links_lead_nowhere():
    data = ('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
            '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*[1]other!A1</f><v>7</v></c></row>'
            '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>x</v></c></row>'
            '<row r="4"><c r="A4"><v>3</v></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    found = read_table(xlsx({"S": []}, data=data), "a", Choices(numbers=("b",))).frame
    assert found["a"].tolist() == [1, 2, 3]
    assert found["b"].tolist()[:1] == [7] and found["b"].isna().tolist() == [False, True, True]
