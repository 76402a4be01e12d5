"""Awkward files: what a browser may be given, and what must come of it.

Each is (name, bytes, expected, report, choices, asked, otherwise).
expected: a table as {column: cells}, or a word that the refusal holds
report: words that the report holds, None for a report of nothing changed, left out or asked
asked: words of a question, None for no question, "" for any   otherwise: the table after the question's first answer
"""

import gzip
import io
import json
import lzma
import pickle
import sqlite3
import zipfile
from bz2 import compress
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ann_core.data.table.reading import Choices

N = None
AB = {"a": [1, 3], "b": [2, 4]}
CAFE = {"café": ["thé", "noir"], "prix": [1.5, 2]}


class Case(NamedTuple):
    name: str
    data: bytes
    expected: dict[str, list[Any]] | str
    report: str | None
    choices: Choices
    asked: str | None = ""
    otherwise: dict[str, list[Any]] | None = None


CASES: list[Case] = []


def case(name, data, expected, report="", asked="", otherwise=None, to=CASES, **choices):
    data = data if isinstance(data, bytes) else data.encode()
    to.append(Case(name, data, expected, report, Choices(**choices), asked, otherwise))


def _binary(write):
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def _zip(stream):
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


def _database():
    with sqlite3.connect(":memory:") as base:
        base.execute("create table t (a, b)")
    data = base.serialize()
    base.close()
    return data


SMALL = pd.DataFrame({"a": [1, 3], "b": [2, 4]})

# Files that are no text
case("excel", _binary(_zip), "damaged")
case("old_excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Excel")
case("gzip", gzip.compress(b"a,b\n1,2\n")[:9], "gzip")
case("bzip2", compress(b"a,b\n1,2\n"), "bzip2")
case("xz", lzma.compress(b"a,b\n1,2\n"), "xz")
case("7z", b"7z\xbc\xaf\x27\x1c\0\4", "7z")
case("zstandard", b"\x28\xb5\x2f\xfd\x04\x00", "Zstandard")
case("png", b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG")
case("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG")
case("gif", b"GIF89a,1,2\n", "GIF")
case("pdf", b"%PDF-1.7\n1 0 obj", "PDF")
case("parquet", _binary(SMALL.to_parquet), "Parquet")
case("feather", _binary(SMALL.to_feather), "Arrow")
case("sqlite", _database(), "SQLite")
case("hdf5", b"\x89HDF\r\n\x1a\n", "HDF5")
case("npy", _binary(lambda s: np.save(s, np.eye(2))), "NumPy")
case("npz", _binary(lambda s: np.savez(s, np.eye(2))), "ZIP")
case("pickle", pickle.dumps({"a": [1]}), "pickle")
case("elf", b"\x7fELF\2\1\1", "program")
case("exe", b"MZ\x90\0\3", "program")
case("begins_like_an_exe", "MZ,b\n1,2\n3,4\n", {"MZ": [1, 3], "b": [2, 4]}, None)
case("web_page", "<!DOCTYPE html>\n<table><tr><td>1,2</td></tr></table>", "web page")
case("xml", "<?xml version='1.0'?><a/>", "XML")
case("json_records", json.dumps([{"a": 1, "b": 2}]), "JSON")
case("json_object", json.dumps({"a": [1, 2]}), "JSON")
case("json_lines", '{"a": 1}\n{"a": 2}\n', "JSON")
case("rtf", r"{\rtf1\ansi a,b\par 1,2}", "RTF")
case("weka", "% iris\n@RELATION iris\n@DATA\n1,2\n", "Weka")
case("nul_bytes", b"a,b\n1,\0\n3,4\n", "NUL")
case("zeros", bytes(1000), "NUL")
case("control_characters", bytes(range(1, 9)) * 50, "control characters")
case("too_large", b"a,b\n" + b"1,2\n" * 2_500_000, "10.0 MB")

# Nothing, or too little
case("empty", b"", "empty")
case("spaces_only", b" \n \t\n\n", "empty")
case("mark_only", b"\xef\xbb\xbf", "empty")
case("names_only", "a,b,c\n", "none")
case("names_and_blank_rows", "a,b\n,\n\n,\n", "none")
case("one_column", "a\n1\n2\n", "two columns")
case("one_number", "7", "two columns")
case("prose", "Dear reader\nthis is a letter\nand no table\n", "two columns")
case("one_column_with_values", "a,b\n1,\n2,\n", "two columns with values")
case("one_row", "a,b\n1,x\n", {"a": [1], "b": ["x"]}, None)

# Encodings
case("utf8", "café,prix\nthé,1.5\nnoir,2\n", CAFE, None)
case("utf8_marked", "\ufeffcafé,prix\nthé,1.5\nnoir,2\n", CAFE, None)
case("utf16", "café,prix\nthé,1.5\nnoir,2\n".encode("utf-16"), CAFE, "UTF-16")
case("utf16_big_marked", b"\xfe\xff" + "café,prix\nthé,1.5\nnoir,2\n".encode("utf-16-be"), CAFE, "UTF-16")
case("utf16_unmarked", "café,prix\nthé,1.5\nnoir,2\n".encode("utf-16-le"), CAFE, "UTF-16")
case("utf16_big_unmarked", "café,prix\nthé,1.5\nnoir,2\n".encode("utf-16-be"), CAFE, "UTF-16")
case("utf16_torn", b"\xff\xfea", "encoding utf-16")
case("utf32", "café,prix\nthé,1.5\nnoir,2\n".encode("utf-32"), CAFE, "UTF-32")
case("cp1252", "café,prix\nthé,1.5\nnoir,2\n".encode("cp1252"), CAFE, "not Unicode")
case("cp1252_euro", "name,b\nfrom “x” – €,1\ny,2\n".encode("cp1252"), {"name": ["from “x” – €", "y"], "b": [1, 2]},
     "not Unicode")
case("cp1252_hole", b"name,b\nx\x81\xe9y,1\nz,2\n", {"name": ["x éy", "z"], "b": [1, 2]}, "not Unicode")
case("damaged_utf8", "name,b\néàüöäñ,1\n".encode() + b"x\xff,2\n",
     {"name": ["éàüöäñ", "x\ufffd"], "b": [1, 2]}, "line 3")
case("cyrillic_chosen", "имя,b\nда,1\nнет,2\n".encode("cp1251"), {"имя": ["да", "нет"], "b": [1, 2]}, "", encoding="cp1251")
case("old_mac_chosen", "café,b\né,1\nx,2\n".encode("mac-roman"), {"café": ["é", "x"], "b": [1, 2]}, "", encoding="mac-roman")
case("wrong_choice", b"a,b\n\xff,1\n", "Choose another", encoding="utf-8")
case("unknown_choice", b"a,b\n1,2\n", "latin-9", encoding="latin-9")

# Line ends
case("windows_lines", "a,b\r\n1,2\r\n3,4\r\n", AB, None)
case("old_mac_lines", "a,b\r1,2\r3,4\r", AB, None)
case("mixed_lines", "a,b\r\n1,2\r3,4\n", AB, None)
case("no_last_line_end", "a,b\n1,2\n3,4", AB, None)
case("many_last_line_ends", "a,b\n1,2\n3,4\n\n\n", AB, "2 empty rows")

# What separates the cells
case("semicolons", "a;b\n1;2\n3;4\n", AB, "semicolons")
case("tabs", "a\tb\n1\t2\n3\t4\n", AB, "tabs")
case("bars", "a|b\n1|2\n3|4\n", AB, "vertical bars")
case("spaces", "a  b\n1  2\n 3 4\n", AB, "spaces")
case("told_by_excel", "sep=;\na;b\n1;2\n3;4\n", AB, "semicolons")
case("told_by_excel_bar", "sep=|\r\na|b\r\n1|2\r\n3|4\r\n", AB, "vertical bars")
case("semicolons_decimal_comma", "a;b;c\n1,5;2,5;x\n3,25;4,5;y\n", {"a": [1.5, 3.25], "b": [2.5, 4.5], "c": ["x", "y"]},
     "decimal comma")
case("no_names_decimal_comma", "1,5;2,5\n3,5;4,5\n", {"column 1": [1.5, 3.5], "column 2": [2.5, 4.5]}, "decimal comma")
case("tabs_with_commas", "name\tb\nSmith, Ann\t1\nHill, Bob\t2\n", {"name": ["Smith, Ann", "Hill, Bob"], "b": [1, 2]}, "tabs")
case("commas_with_semicolons", 'name,b\n"x;y",1\n"z;w;v",2\n', {"name": ["x;y", "z;w;v"], "b": [1, 2]}, "commas")
case("delimiter_chosen", "a;b,c;d\n1;2,3;4\n5;6,7;8\n", {"a;b": ["1;2", "5;6"], "c;d": ["3;4", "7;8"]}, "commas", delimiter=",")
case("delimiter_unknown", "a:b\n1:2\n", ":", delimiter=":")

# Quotation marks
case("all_quoted", '"a","b"\n"1","2"\n"3","4"\n', AB, None)
case("delimiter_inside", 'a,b\n"x, y",1\nz,2\n', {"a": ["x, y", "z"], "b": [1, 2]}, None)
case("doubled_mark", 'a,b\n"say ""hi""",1\nz,2\n', {"a": ['say "hi"', "z"], "b": [1, 2]}, None)
case("inch_mark", 'a,b\n5" pipe,1\nz,2\n', {"a": ['5" pipe', "z"], "b": [1, 2]}, None)
case("space_before_mark", 'a, b\n"x", "y, z"\n"w", "v"\n', {"a": ["x", "w"], "b": ["y, z", "v"]}, None)
case("line_end_inside", 'a,b\n"x\ny",1\nz,2\n', {"a": ["x y", "z"], "b": [1, 2]}, "line 2")
case("decimal_comma_quoted", 'a,b\n"1,5",x\n"2,5",y\n', {"a": [1.5, 2.5], "b": ["x", "y"]}, "decimal comma")
case("unclosed", 'a,b\n1,2\n3,"4\n5,6\n', "line 3")
case("unclosed_in_names", '"a,b\n1,2\n', "line 1")
case("unclosed_and_long", 'a,b\n1,"2\n' + "3,4\n" * 500, "line 2")
case("unclosed_on_last_line", 'a,b\n1,2\n3,"', "line 3")
case("closes_later", 'a,b\n1,2\n3,"4\n5,6\n7,8\n9",1\n', "line 3")
case("swallowed_rows", 'a,b\n"1,2\n3,4\n5,6\n7",8\n9,1\n', "line 2")
case("quotes_only", '"' * 1001, "line 1")

# Rows that do not fit
FIT = {"a": [1, 2, 3, 4, 5], "b": [1, 2, 3, 4, 5]}
case("too_many_cells", "a,b\n1,1\n2,2\n3,3\n7,7,7\n4,4\n5,5\n", FIT, "too many cells: line 5")
case("too_few_cells", "a,b\n1,1\n2,2\n3,3\n7\n4,4\n5,5\n", FIT, "too few cells: line 5")
case("most_do_not_fit", "a,b\n1,2\n3,4\n1,2,3\n1,2,3,4\n1\n", "line 4")
case("footer", "a,b\n" + "".join(f"{i},{i}\n" for i in range(1, 6)) + "source: the office\n", FIT, "line 7")
case("footer_far_off", "a,b\n" + "".join(f"{i},{i}\n" for i in range(1, 6)) + "\n\nmade by us\n", FIT, "line 9")
case("blank_rows", "a,b\n\n1,2\n,\n3,4\n , \n", AB, "2 empty rows")
case("r_row_names", "mpg,cyl\nMazda,21,6\nFord,15,8\n", {"column 1": ["Mazda", "Ford"], "mpg": [21, 15], "cyl": [6, 8]},
     "no name")
case("r_row_numbers", '"a","b"\n"1",1,2\n"2",3,4\n', AB, "numbers the rows")
case("delimiter_behind_rows", "a,b\n1,2,\n3,4,\n", AB, "empty column")
case("delimiter_behind_names", "a,b,\n1,2\n3,4\n", AB, "")
case("delimiter_behind_all", "a,b,\n1,2,\n3,4,\n", AB, "empty column")
case("a_name_too_many", "a,b,c\n1,2\n3,4\n5,6\n", "3 names")
case("two_names_too_few", "a,b\n1,2,3,4\n3,4,5,6\n", "2 names")

# Above the table
case("title", "Results of spring\n\na,b\n1,2\n3,4\n", AB, "Line 1 above the table")
case("title_padded", "Results,,\na,b,c\n1,2,x\n3,4,y\n", AB | {"c": ["x", "y"]}, "above the table")
case("comments", "# made by hand\n# in May, at home\na,b\n1,2\n3,4\n", AB, "above the table")
case("padded_title_over_a_wider_row", "a,,\n1,x,23,y,4\n", "line 2")
case("blank_lines_above", "\n\n\na,b\n1,2\n3,4\n", AB, None)

# Names or none
case("no_names_numbers", "1,2\n3,4\n", {"column 1": [1, 3], "column 2": [2, 4]}, "no names")
case("no_names_iris", "5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,2.2,virginica\n",
     {"column 1": [5.1, 4.9, 6], "column 2": [3.5, 3, 2.2], "column 3": ["setosa", "setosa", "virginica"]}, "no names")
case("no_names_missing", "1,?\n3,4\n5,6\n", {"column 1": [1, 3, 5], "column 2": [N, 4, 6]}, "no names")
case("no_names_text", "yes,red\nno,blue\nyes,red\n", {"column 1": ["yes", "no", "yes"], "column 2": ["red", "blue", "red"]},
     "no names")
case("names_over_text", "sex,answer\nm,yes\nf,no\n", {"sex": ["m", "f"], "answer": ["yes", "no"]}, "first row holds")
case("years_as_names", "country,2019,2020\nFrance,1,2\nSpain,3,4\n",
     {"country": ["France", "Spain"], "2019": [1, 3], "2020": [2, 4]}, "")
case("names_denied", "a,b\nc,d\n", {"column 1": ["a", "c"], "column 2": ["b", "d"]}, "no names", header=False)
case("names_insisted", "1,2\n3,4\n", {"1": [3], "2": [4]}, "first row holds", header=True)
case("empty_name", "a,,b\n1,x,2\n3,y,4\n", {"a": [1, 3], "column 2": ["x", "y"], "b": [2, 4]}, "no name")
case("same_names", "x,x,x\n1,2,a\n3,4,b\n", {"x": [1, 3], "x (2)": [2, 4], "x (3)": ["a", "b"]}, "more than once")
case("same_names_taken", "x,x,x (2)\n1,2,a\n3,4,b\n", {"x": [1, 3], "x (3)": [2, 4], "x (2)": ["a", "b"]}, "twice")
case("name_taken_by_number", "column 2,\n1,x\n3,y\n", {"column 2": [1, 3], "column 2 (2)": ["x", "y"]}, "no name")
case("name_on_two_lines", '"a\nb",c\n1,2\n3,4\n', {"a b": [1, 3], "c": [2, 4]}, "line breaks")
case("invisible_in_name", "a\u200b,\u202eb\n1,2\n3,4\n", AB, "invisible")
case("long_name", "n" * 200 + ",b\n1,2\n3,4\n", {"n" * 79 + "…": [1, 3], "b": [2, 4]}, "too long")
case("pandas_index", ",a,b\n0,1,2\n1,3,4\n", AB, "numbers the rows")
case("unnamed_that_does_not_count", ",a\n5,1\n9,3\n", {"column 1": [5, 9], "a": [1, 3]}, "no name")
case("named_counter_stays", "id,a\n1,5\n2,6\n", {"id": [1, 2], "a": [5, 6]}, None)
case("empty_column", "a,gone,b\n1,,2\n3,,4\n", AB, '"gone"')
case("column_of_marks", "a,gone,b\n1,NA,2\n3,?,4\n", AB, '"gone"')
HOSTILE = ["<img src=x onerror=alert(1)>", "$x$", ":red[x]", "![](http://a.example/x.png)", "%{x}", "=cmd|' /C calc'!A0",
           "a.b[0]"]
case("hostile_names", ",".join(f'"{n}"' for n in HOSTILE) + "\n" + ",".join("1" * 7) + "\n" + ",".join("2" * 7) + "\n",
     {name: [1, 2] for name in HOSTILE}, None)
case("hostile_cells", "a,b\n" + "".join(f'"{n}",{i}\n' for i, n in enumerate(HOSTILE)), {"a": HOSTILE, "b": [*range(7)]}, None)
case("500_columns", ",".join(f"c{i}" for i in range(500)) + "\n" + ",".join("1" * 500), {f"c{i}": [1] for i in range(500)},
     None)
case("501_columns", ",".join(f"c{i}" for i in range(501)) + "\n" + ",".join("1" * 501), "500 columns")

# Missing cells
case("empty_cells", "a,b\n1,\n,x\n3,y\n", {"a": [1, N, 3], "b": [N, "x", "y"]}, None)
case("marks", "a,b\nNA,x\nn/a,NaN\n3,null\n4,#N/A\n", {"a": [N, 3, 4], "b": ["x", N, N]}, "missing values only: line 3")
case("dash_among_numbers", "a,b\n-,x\n2,-\n3,z\n", {"a": [N, 2, 3], "b": ["x", "-", "z"]}, '"-" (1)')
case("unknown_among_numbers", "a,b\nunknown,x\n2,y\n3,None\n", {"a": [N, 2, 3], "b": ["x", "y", "None"]}, '"unknown" (1)')
case("point_among_numbers", "a,b\n.,x\n2,y\n3,z\n", {"a": [N, 2, 3], "b": ["x", "y", "z"]}, '"." (1)')
case("marks_chosen", "a,b\n-99,x\n2,NA\n3,z\n", {"a": [N, 2, 3], "b": ["x", "NA", "z"]}, '"-99" (1)', missing=("-99",))
case("no_marks", "a,b\nNA,x\nB,NA\nNA,z\n", {"a": ["NA", "B", "NA"], "b": ["x", "NA", "z"]}, None, missing=())


def number(name, cells, expected, report="", delimiter=",", **choices):
    """A column of these cells beside a column of letters."""
    rows = "".join(f'"{cell}"{delimiter}{chr(97 + i)}\n' for i, cell in enumerate(cells))
    letters = [chr(97 + i) for i in range(len(cells))]
    case(name, f"value{delimiter}letter\n{rows}", {"value": expected, "letter": letters}, report, **choices)


number("thousands_comma", ["1,234.5", "1,234,567", "12"], [1234.5, 1234567, 12], "thousands")
number("thousands_point", ["1.234,5", "1.234.567,25", "12"], [1234.5, 1234567.25, 12], "thousands", ";")
number("thousands_space", ["1 234,5", "12\u00a0345,5", "3"], [1234.5, 12345.5, 3], "thousands", ";")
number("thousands_apostrophe", ["1'234.5", "12’345", "3"], [1234.5, 12345, 3], "thousands")
number("thousands_or_decimals", ["1,234", "2,345"], [1234, 2345], "two ways")
number("decimals_or_thousands", ["1,234", "2,345"], [1.234, 2.345], "two ways", ";")
number("decided_by_another_cell", ["1,234", "2,5"], [1.234, 2.5], "decimal comma")
number("decided_by_thousand", ["1,234", "2345,125"], [1.234, 2345.125], "decimal comma", ";")
number("zero_in_front_of_comma", ["0,125", "0,250"], [0.125, 0.25], "decimal comma")
number("decimal_chosen", ["1,234", "2,345"], [1.234, 2.345], "decimal comma", decimal=",")
number("thousands_denied", ["1,234", "2,345"], ["1,234", "2,345"], "", thousands="", decimal=".")
number("groups_of_two", ["1,23,456", "2"], [123456, 2], "thousands")
number("percent", ["12 %", "7.5%"], [12, 7.5], "% taken off")
number("percent_in_some", ["12 %", "0.5"], ["12 %", "0.5"], "percent sign")
number("currency", ["$12", "-$5.50", "$1,000"], [12, -5.5, 1000], "$ taken off")
number("euro_behind", ["12 €", "5,50 €"], [12, 5.5], "€ taken off", ";")
number("currencies", ["$12", "£5"], ["$12", "£5"], "mixes")
number("exponents", ["1e5", "2E-3", "1.5e+2"], [1e5, 2e-3, 150], None)
number("signs", ["+3", "−3", "-3"], [3, -3, -3], None)
number("real_minus_decimal", ["−3.5", "−0.25"], [-3.5, -0.25], None)
number("bare_points", [".5", "5.", "-.5"], [0.5, 5, -0.5], None)
number("arabic_digits", ["١٢", "٣"], [12, 3], "another script")
number("wide_digits", ["１２", "３"], [12, 3], "another script")
number("underscore", ["1_000", "2_000"], ["1_000", "2_000"], None)
number("leading_zeros", ["0123", "4567"], ["0123", "4567"], "codes")
number("leading_zeros_chosen", ["0123", "4567"], [123, 4567], "", numbers=("value",))
number("infinite", ["inf", "-Infinity", "3"], [N, N, 3], "infinite")
number("too_large_a_number", ["1e999", "-1e999", "3"], [N, N, 3], "infinite")
number("smallest_number", ["5e-324", "1e-400", "3"], [5e-324, 0, 3], None)
number("largest_number", ["1.7976931348623157e308", "3"], [1.7976931348623157e308, 3], None)
number("hexadecimal", ["0x1F", "0xFF"], ["0x1F", "0xFF"])
number("long_digits", ["9007199254740993", "1"], ["9007199254740993", "1"], "lose digits")
number("long_but_exact", ["9007199254740992", "1"], [2.0**53, 1], None)
number("all_digits_of_a_float", ["0.1", "0.30000000000000004", "123456789.123456789"],
       [0.1, 0.1 + 0.2, 123456789.123456789], None)
number("booleans", ["True", "False"], ["True", "False"], None)
number("dates", ["2024-01-31", "2024-02-01"], ["2024-01-31", "2024-02-01"], None)
number("german_dates", ["31.01.2024", "01.02.2024"], ["31.01.2024", "01.02.2024"], None)
number("times", ["12:30", "1:05"], ["12:30", "1:05"], None)
number("nearly_numbers", [*"123456789", "oops"], [*"123456789", "oops"], '"oops" in line 11')
number("nearly_numbers_chosen", [*"123456789", "oops"], [*range(1, 10), N], '"oops" in line 11', numbers=("value",))
number("half_numbers", ["1", "a", "2", "b"], ["1", "a", "2", "b"], None)
number("other_decimal", ["1,5", "2,5", "3.25", "4.25", "5.25"], [1.5, 2.5, 3.25, 4.25, 5.25],
       'in its own way: "1,5" in line 2 is 1.5', asked="is read as 1.5, though the table has decimal points",
       otherwise={"value": ["1,5", "2,5", "3.25", "4.25", "5.25"], "letter": [*"abcde"]})
number("other_decimal_with_marks", ["1.5", "2.5", "3.25", "1.234,5"], [1.5, 2.5, 3.25, 1234.5],
       '"1.234,5" in line 5 is 1,234.5')
number("other_decimal_and_unit", ["1.5 km", "2.5 km", "3,25 km"], [1.5, 2.5, 3.25], '"3,25 km" in line 4 is 3.25')
number("other_decimal_among_words", ["1.5", "2.5", "1,5", "many", "some"], ["1.5", "2.5", "1,5", "many", "some"], None)
case("decimal_marks_of_both_kinds", 'a;b;c\n1.5;"2,5";x\n1.5;"2,5";y\n1.75;3;z\n',
     {"a": [1.5, 1.5, 1.75], "b": [2.5, 2.5, 3], "c": ["x", "y", "z"]}, "2 cells have a decimal comma",
     asked='"2,5" in "b" is read as 2.5', otherwise={"a": [1.5, 1.5, 1.75], "b": ["2,5", "2,5", "3"], "c": ["x", "y", "z"]})

# Labels and cells
number("spaces_around", [" 1", "2 ", "\t3"], [1, 2, 3], "Spaces around 3 cells")
number("cases_merged", ["Yes", "yes", "yes ", "no", "NO", "no"], ["yes", "yes", "yes", "no", "no", "no"],
       'merged "Yes" into "yes"')
number("accents_merged", ["é", "e\u0301", "x", "é"], ["é", "é", "x", "é"], "merged")
number("cases_kept", ["Yes", "yes", "yes", "no"], ["Yes", "yes", "yes", "no"], None, merge=False)
number("invisible_in_cells", ["a\u200b", "a", "b", "b"], ["a", "a", "b", "b"], "invisible")
number("right_to_left", ["\u202eabc", "x", "שלום"], ["abc", "x", "שלום"], "invisible")
number("control_in_cells", ["a\x07b", "x"], ["a b", "x"], "control")
number("long_cell", ["w" * 1500, "x"], ["w" * 1000, "x"], "cut after 1,000")
number("emoji", ["🙂", "🙁"], ["🙂", "🙁"], None)

# Bombs
case("one_line", b"1," * 4_999_999, "line 1")
case("a_million_commas", b"," * 10**6, "two columns")
case("ten_million_quotes", b'"' * 10**7, "line 1")
case("quoted_lines", b'"a\n",' * 10**6, "line 1")
case("blank_file", b"\n" * 10**7, "empty")
case("a_column_of_bytes", b"a\n" * 10**6, "two columns")
case("too_many_rows", b"a,b\n" + b"1,2\n" * 100_001, "100,001")
case("one_long_cell", b'a,b\n"' + b"x" * 5_000_000 + b'",1\n', "line 2")
case("all_delimiters", b",;\t|" * 10**6, "line 1")
