"""Reading of files: each ends in the right table or in the right sentence."""

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ann_core.data.table.packed import Packed
from ann_core.data.table.reading import CHOICES, MAX_ROWS, Choices, Refusal, from_frame, read_table
from tests.core import awkward_letters, awkward_marks, awkward_names, awkward_quotes, awkward_units
from tests.core.awkward import CASES as OLD_CASES
from tests.core.awkward import HOSTILE

CASES = [*OLD_CASES, *(case for module in (awkward_marks, awkward_names, awkward_quotes, awkward_units, awkward_letters)
                       for case in module.CASES)]

UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@pytest.fixture(autouse=True)
def strict_numbers():
    with np.errstate(all="raise", under="ignore"):
        yield


def sound(table):
    """What every table promises."""
    frame = table.frame
    assert isinstance(frame.index, pd.RangeIndex) and len(frame) >= 1 and len(frame.columns) >= 2
    assert frame.columns.is_unique and all(isinstance(name, str) and 0 < len(name) <= 80 for name in frame.columns)
    for name in frame:
        column = frame[name]
        assert column.dtype == "float64" and not np.isinf(column).any() or isinstance(column.dtype, pd.StringDtype), name
        assert not column.isna().all()
        if column.dtype != "float64":
            assert all(cell and cell == cell.strip() and not UNSEEN.search(cell) for cell in column.dropna())
    assert len(table.digest) == 16 and int(table.digest, 16) >= 0
    return frame


def same(frame, expected):
    assert list(frame.columns) == list(expected)
    for name, cells in expected.items():
        given = [None if pd.isna(cell) else cell for cell in frame[name]]
        assert given == cells, name
        assert (frame[name].dtype == "float64") == all(not isinstance(cell, str) for cell in cells), name


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_awkward_files_end_in_the_right_table_or_the_right_sentence(case):
    if isinstance(case.expected, str):
        with pytest.raises(Refusal) as refused:
            read_table(case.data, "file.csv", case.choices)
        assert case.expected in str(refused.value) and str(refused.value).endswith(".")
        assert len(str(refused.value)) < 400
        assert refused.value.can_sample == (case.name == "too_many_rows")
        return
    table = read_table(case.data, "file.csv", case.choices)
    same(sound(table), case.expected)
    told = table.report
    assert all(len(sentence) < 400 for sentence in (*told.read, *told.changed, *told.ignored))
    questions = [question.sentence for question in told.questions]
    if case.report is None:
        assert not told.changed and not told.ignored
    else:
        assert case.report in " ".join((*told.read, *told.changed, *told.ignored, *questions))
    if case.asked is None or case.report is None and not case.asked:
        assert not questions
    else:
        assert case.asked in " ".join(questions)
    if case.otherwise is not None:
        asked = next(question for question in told.questions if case.asked in question.sentence)
        same(sound(read_table(case.data, "file.csv", asked.answers[0][1])), case.otherwise)


def test_there_are_enough_awkward_files_and_no_name_twice():
    assert len({case.name for case in CASES}) == len(CASES) >= len(OLD_CASES) + 200


@pytest.mark.parametrize("case", [case for case in CASES if not isinstance(case.expected, str)], ids=lambda case: case.name)
def test_what_was_found_out_reads_the_same_table_again(case):
    first = read_table(case.data, "file.csv", case.choices)
    assert read_table(case.data, "file.csv", first.report.choices).digest == first.digest
    edited = from_frame(first.frame, "edited")
    if case.choices.numbers == () and case.choices.missing is None and case.choices.merge:
        assert edited.digest == first.digest


def test_every_choice_offered_is_one_that_reading_reports():
    used = read_table(b"a,b\n1,2\n3,4\n", "x").report.choices
    for field, offered in CHOICES.items():
        assert getattr(used, field) in [value for value, _ in offered], field
        for value, label in offered:
            assert label
            try:
                read_table(b"a,b\n1,2\n3,4\n", "x", replace(used, **{field: value}))
            except Refusal:
                assert field in ("encoding", "delimiter")


def test_a_sample_of_too_many_rows_is_even_and_the_same_every_time():
    data = b"a,b\n" + b"".join(b"%d,%d\n" % (i, i % 7) for i in range(3 * MAX_ROWS))
    with pytest.raises(Refusal) as refused:
        read_table(data, "x")
    assert refused.value.can_sample
    first = read_table(data, "x", Choices(sample=True))
    assert len(first.frame) == MAX_ROWS and "300,000" in " ".join(first.report.read)
    picked = first.frame["a"].to_numpy()
    assert (np.diff(picked) > 0).all()
    in_thirds = np.histogram(picked, bins=3, range=(0, 3 * MAX_ROWS))[0]
    assert np.abs(in_thirds / MAX_ROWS - 1 / 3).max() < 0.01
    assert read_table(data, "x", Choices(sample=True)).digest == first.digest


def test_a_long_table_comes_back_in_order_whatever_is_packed_together():
    rows = 12_345
    words = [f"wörd {row} ☃" if row % 7 else None for row in range(rows)]
    alike = [f"label {row % 3}" for row in range(rows)]
    sizes = [row / 4 if row % 5 else None for row in range(rows)]
    different = [f"{row:x} 🙂" for row in range(rows)]
    lines = "".join(f"{word or ''};{label};{'' if size is None else size};{other}\n"
                    for word, label, size, other in zip(words, alike, sizes, different, strict=True))  # fmt: skip
    table = read_table(f"a;b;c;d\n{lines}".encode(), "x")
    same(sound(table), {"a": words, "b": alike, "c": sizes, "d": different})
    assert from_frame(table.frame, "x").digest == table.digest


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1), min_size=1))
def test_packed_cells_come_out_as_they_went_in(parts):
    column = Packed()
    for cells in parts:
        column.add(cells)
    together = [cell for cells in parts for cell in cells]
    assert [*column] == [*column] == together
    assert column.holds("a") == any("a" in cell for cell in together)
    assert [*column.emptied()] == together and [*column] == []


def test_columns_that_are_nearly_numbers_can_be_made_numbers():
    data = ("x,y\n" + "".join(f"{i},a\n" for i in range(19)) + "12 kg,b\n").encode()
    table = read_table(data, "x")
    assert table.report.nearly_numbers == ("x",) and '"12 kg" in line 21' in " ".join(table.report.changed)
    forced = read_table(data, "x", replace(table.report.choices, numbers=table.report.nearly_numbers))
    assert forced.frame["x"].tolist()[:19] == [*range(19)] and np.isnan(forced.frame["x"].iloc[19])


def test_a_number_that_is_too_large_is_told_once_and_not_as_a_mark_of_missing_cells():
    report = read_table(b"a,b\n1,2\n2,1e999\n3,4\n", "t.csv").report
    assert [sentence for sentence in (*report.read, *report.changed) if "1e999" in sentence] == [
        'Column "b": infinite or too large for a number, so missing: "1e999" in line 3.']


def test_a_paste_from_a_spreadsheet():
    def from_text(text, name):
        return read_table(text.encode("utf-8", "replace"), name, Choices(encoding="utf-8"))

    same(from_text("height\tweight\tpet\n1,82\t75,5\tcat\n1,75\t\tdog\n", "pasted").frame,
         {"height": [1.82, 1.75], "weight": [75.5, None], "pet": ["cat", "dog"]})
    with pytest.raises(Refusal):
        from_text("", "pasted")
    with pytest.raises(Refusal):
        from_text("lonely \ud800 words", "pasted")


def test_an_edited_frame_gets_the_same_guarantees():
    frame = pd.DataFrame({"a": [1.0, None, np.inf, 4], "b": ["x", None, "y", " z"], "c": ["1", None, "2", "3.5"],
                          "d": [True, None, False, True], 5: [10**17, None, 3, 4], "gone": [None] * 4},
                         index=[3, 1, 7, 7], dtype=object)  # fmt: skip
    table = from_frame(frame, "edited")
    same(sound(table), {"a": [1, None, 4], "b": ["x", "y", "z"], "c": [1, 2, 3.5], "d": ["True", "False", "True"],
                        "5": [str(10**17), "3", "4"]})  # fmt: skip
    assert "1 row with missing values only: row 2." in table.report.ignored
    assert '"inf" in row 3' in " ".join(table.report.changed)
    same(from_frame(pd.DataFrame([["a", 1], ["b", 2]], columns=["x", "x"]), "t").frame, {"x": ["a", "b"], "x (2)": [1, 2]})
    for wrong in (pd.DataFrame(), pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [None], "b": [None]}),
                  pd.DataFrame(np.ones((1, 501))), pd.DataFrame(np.ones((MAX_ROWS + 1, 2)))):
        with pytest.raises(Refusal):
            from_frame(wrong, "t")


def test_the_digest_is_of_names_and_values():
    of = {text: read_table(text.encode(), "x").digest for text in
          ("a,b\n1,2\n3,4\n", "a;b\n1;2\n3;4\n", "a,c\n1,2\n3,4\n", "a,b\n1,2\n3,5\n", "b,a\n1,2\n3,4\n",
           "a,b\n1,2\n,4\n", "a,b\n-0,2\n3,4\n")}
    first, other, *different = of.values()
    assert first == other and len({first, *different}) == 6


def test_names_of_files_are_kept_short_and_on_one_line():
    assert read_table(b"a,b\n1,2\n", "<img onerror=1>\n" + "x" * 500).name.startswith("<img onerror=1> xxx")
    assert len(read_table(b"a,b\n1,2\n", "x" * 500).name) == 80


# Properties

WORDS = st.text("abcdefghijklmnopqrstuvwxyzäßéñøžÅЖ☃🙂 ,;|\"'-", min_size=1, max_size=12).map(lambda text: f"w {text}".strip())


@st.composite
def written(draw):
    """A table, and the bytes of it in some dialect."""
    rows = draw(st.integers(3, 12))
    delimiter, decimal = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(".,"))
    columns = {}
    for place in range(draw(st.integers(1, 4))):
        values = st.integers(-(10**8), 10**8).map(lambda hundredths: (10 * hundredths + 1) / 1000)
        columns[f"n {place}"] = draw(st.lists(values, min_size=rows, max_size=rows))
    for place in range(draw(st.integers(1, 3))):
        words = st.sampled_from(draw(st.lists(WORDS, min_size=1, max_size=4, unique_by=str.casefold)))
        columns[f"w {place}"] = draw(st.lists(words, min_size=rows, max_size=rows))
    if decimal == ",":  # one cell that can be read in one way only
        columns["n 0"][0] = 0.5
    header = draw(st.booleans())
    texts = [[repr(cell).replace(".", decimal) if isinstance(cell, float) else cell for cell in column]
             for column in columns.values()]  # fmt: skip
    stream = io.StringIO()
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ends, quoting=quoting)
    if header:
        writer.writerow(columns)
    writer.writerows(zip(*texts, strict=True))
    named = columns if header else {f"column {place + 1}": column for place, column in enumerate(columns.values())}
    data = stream.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))
    return named, data, Choices(delimiter=delimiter, decimal=decimal, header=header)


@settings(max_examples=80, deadline=None)
@given(written())
def test_a_table_written_in_any_dialect_is_read_back(made):
    columns, data, dialect = made
    told = read_table(data, "x", dialect)
    same(sound(told), columns)
    assert (told.report.choices.delimiter, told.report.choices.decimal, told.report.choices.header) == (
        dialect.delimiter, dialect.decimal, dialect.header)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(written(), st.sampled_from(["delimiter", "decimal", "header"]))
def test_what_is_not_told_is_found_out(made, field):
    columns, data, dialect = made
    if field == "header" and not dialect.header:
        return  # words alone need not show whether the first row is one of values
    words = ["".join(row) for row in zip(*(column for column in columns.values() if isinstance(column[0], str)), strict=True)]
    counts = [{row.count(sign) for row in words} for sign in set(",;|") - {dialect.delimiter}]
    if field == "delimiter" and any(len(of_rows) == 1 and of_rows != {0} for of_rows in counts):
        return  # a sign inside the words cuts every row as evenly: it could be the delimiter just as well
    found = read_table(data, "x", replace(dialect, **{field: None})).report.choices
    assert getattr(found, field) == getattr(dialect, field)


ODD = ["1", "x", "", "NA", "1,5", '"', "-", "inf", "0x1", "01", "$3", *HOSTILE]


@settings(max_examples=300, deadline=None)
@given(st.one_of(
    st.binary(max_size=300),
    st.text('ab1.,;\t|"\n\r é-%$0e', max_size=200).map(str.encode),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(st.lists(st.sampled_from(ODD), min_size=1, max_size=4).map(",".join), min_size=1, max_size=8)
    .map("\n".join).map(str.encode),
))  # fmt: skip
@example(b"a,b\n1,2\n")
@example(b"\xff\xfe")
@example(b"sep=,\n")
@example(b"sep=;")
def test_arbitrary_bytes_become_a_table_or_a_refusal(data):
    try:
        table = read_table(data, "x")
    except Refusal as refusal:
        assert str(refusal).endswith(".")
    else:
        sound(table)
        assert from_frame(table.frame, "x").frame.shape[1] == table.frame.shape[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(), min_size=2, max_size=20))
def test_every_float_comes_back_exactly(values):
    data = "x,y\n" + "".join(f"{value!r},w\n" for value in values)
    if not np.isfinite(values).any():
        return
    read = read_table(data.encode(), "x", Choices(header=True)).frame["x"].to_numpy()
    np.testing.assert_array_equal(read, np.where(np.isfinite(values), values, np.nan))
