"""Dates and times of day: read as a calendar has them, and what a network gets of them."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_core.data.table.columns import describe
from ann_core.data.table.meaning import meant, time_axes
from ann_core.data.table.moment_column import hour, month, weekday
from ann_core.data.table.moments import EPOCH, are_moments, moments
from ann_core.data.table.own import fit
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.proposal import propose
from ann_core.data.table.reading import read_table


def read(*cells, order=None):
    """Each moment as a date and time; None for what is none."""
    found = moments(pd.Series(cells), order)
    return [None if np.isnan(s) else EPOCH + timedelta(seconds=float(s)) for s in found.seconds]


def prepared(text: str, **changes):
    table = read_table(text.encode(), "x")
    columns = describe(table.frame)
    found = propose(columns, table.frame)
    chosen = {"target": found.target, "task": found.task, "features": found.features}
    return fit(table, Preparation(**{**chosen, **meant(columns, table.frame, found.features), **changes}), 0.2, 0)


FORMATS = {
    "%Y-%m-%d %H:%M:%S": timedelta(seconds=1), "%Y-%m-%dT%H:%M:%SZ": timedelta(seconds=1), "%Y/%m/%d": timedelta(days=1),
    "%Y.%m.%d %H:%M": timedelta(minutes=1), "%Y%m%d": timedelta(days=1), "%d.%m.%Y": timedelta(days=1),
    "%d.%m.%y": timedelta(days=1), "%d %B %Y": timedelta(days=1), "%d. %b %Y %H:%M": timedelta(minutes=1),
    "%B %d, %Y": timedelta(days=1), "%a, %d %b %Y %H:%M:%S GMT": timedelta(seconds=1), "%d-%b-%Y": timedelta(days=1),
}  # fmt: skip
AMBIGUOUS = {"%d/%m/%Y %H:%M": "day", "%m/%d/%Y": "month", "%m/%d/%Y %I:%M:%S %p": "month", "%d-%m-%y": "day"}


@given(st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31)), st.sampled_from([*FORMATS]))
def test_a_moment_in_any_format_is_read_as_it_was(when, form):
    size = FORMATS[form]
    exact = EPOCH + (when - EPOCH) // size * size
    assert read(exact.strftime(form), order="day") == [exact]


@given(st.lists(st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31)), min_size=1), st.sampled_from([*AMBIGUOUS]))
def test_what_stands_first_is_found_where_a_number_above_twelve_says_so(dates, form):
    days = [when.replace(hour=0, minute=0, second=0, microsecond=0) for when in dates]
    said = pd.Series([when.strftime(form) for when in days])
    found = moments(said)
    if any(when.day > 12 for when in days):
        assert (found.order, found.sure) == (AMBIGUOUS[form], True)
        assert read(*said) == days
    else:
        assert not found.sure
    assert read(*said, order=AMBIGUOUS[form]) == days


@pytest.mark.parametrize("cell, when", [
    ("29.2.2024", datetime(2024, 2, 29)), ("29.2.2023", None), ("31.4.2024", None), ("2024-13-01", None), ("2024-00-10", None),
    ("2024-05-01 24:00", datetime(2024, 5, 2)), ("2024-05-01 24:01", None), ("2024-05-01 12:00 AM", datetime(2024, 5, 1)),
    ("2024-05-01 12:05 pm", datetime(2024, 5, 1, 12, 5)), ("2024-05-01 13:00 pm", None), ("2024-05-01 10:60", None),
    ("2024/03/27 9:29:05 AM GMT+1", datetime(2024, 3, 27, 9, 29, 5)), ("27. März 2024", datetime(2024, 3, 27)),
    ("2024-03-27T09:29:05+02:00", datetime(2024, 3, 27, 9, 29, 5)), ("3 août 2021", datetime(2021, 8, 3)),
    ("5 de mayo de 2021", datetime(2021, 5, 5)),
    ("1.1.68", datetime(2068, 1, 1)), ("1.1.69", datetime(1969, 1, 1)), ("08:15", datetime(1970, 1, 1, 8, 15)), ("5 kg", None),
    ("March", None), (20240131.0, datetime(2024, 1, 31)), (20230229.0, None), ("", None), (None, None), ("1" * 500, None),
])  # fmt: skip
def test_what_a_calendar_and_a_clock_have(cell, when):
    assert read(cell, order="day") == [when]


def test_mixed_formats_are_one_column_and_what_is_none_is_a_gap_that_is_told():
    days = [EPOCH + timedelta(days=19_844 + i) for i in range(40)]
    forms = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y")
    cells = [*(when.strftime(forms[i % 4]) for i, when in enumerate(days)), "31.2.2024"]
    found = prepared("when;y\n" + "".join(f'"{cell}";{i / 3}\n' for i, cell in enumerate(cells)), moment_parts=("elapsed",))
    assert "1 cell of 'when' is no moment that a calendar has and counts as a gap: 31.2.2024." in found.notes
    np.testing.assert_allclose(np.diff(found.X[:40, 0]), 1)
    assert ("Dates in 'when' are written in 4 ways, and each cell is read in its own: \"2024-05-01\" (row 1), "
            '"02.05.2024" (row 2), "03 May 2024" (row 3) and "May 04, 2024" (row 4).') in found.notes


def test_what_is_said_of_the_order_holds_where_the_cells_do_not_say_it_and_nowhere_else():
    rows = "".join(f"{1 + i % 9}/{1 + i * 7 % 10}/2024,{1 + i % 12}/{13 + i % 9}/2024,{i / 3}\n" for i in range(30))
    for first in ("day", "month"):
        columns = prepared(f"when,due,y\n{rows}", day_first=first).encoder.columns
        assert [column.order for column in columns] == [first, "month"]


@pytest.mark.parametrize("cells, ways", [
    (("2024-03-01", "2024-03-02 10:15", "2024-03-03T00:00:00Z"), 1), (("2024-03-01", "2/3/24"), 2), (("1/3/2024", "2/3/24"), 2),
    (("1/3/2024", "2.3.2024"), 2), (("2024-03-01", "2024/03/02", "20240303"), 3), (("2024-03-01", "2024-02-30", "x"), 1),
    (("08:15", "8:15 pm"), 0)])
def test_ways_to_write_a_date_are_told_apart_and_a_clock_behind_it_is_none(cells, ways):
    assert len(moments(pd.Series(cells), "day").ways) == ways


def test_inputs_have_names_for_where_there_is_little_room():
    found = prepared("when,town,mood,y\n" + "".join(
        f"{EPOCH + timedelta(hours=60 * i):%Y-%m-%d %H:%M},{'abc'[i % 3]},{['low', 'medium', 'high'][i % 3]},{i / 3}\n"
        for i in range(60)))
    assert found.encoder.short_names == ("days", "weekday sin", "weekday cos", "hour sin", "hour cos", "a?", "b?", "c?",
                                         "mood")
    assert len(found.encoder.names) == len(found.encoder.short_names)


def test_the_end_of_a_day_is_told_with_its_row():
    rows = "".join(f"2024-03-{1 + i % 28:02d} {'24:00' if i == 3 else '12:30'},{i / 3}\n" for i in range(40))
    found = prepared(f"when,y\n{rows}")
    assert "24:00 in 'when' is taken as the end of its day, as in \"2024-03-04 24:00\" (row 4)." in found.notes
    assert not any("24:00" in note for note in prepared("when,y\n" + rows.replace("24:00", "23:00")).notes)


def test_a_guess_is_told_and_can_be_set_right():
    text = "when,y\n" + "".join(f"{1 + i % 9}/{1 + i * 7 % 10}/2024,{i / 3}\n" for i in range(30))
    guessed = prepared(text)
    assert guessed.guesses == (("In 'when' the day is taken to stand first, so that \"2/8/2024\" is 2 August 2024.", "day"),)
    assert any(guessed.guesses[0][0] in note and "guess" in note for note in guessed.notes)
    other = "month" if guessed.encoder.columns[0].order == "day" else "day"
    right = prepared(text, day_first=other)
    assert not any("guess" in note for note in right.notes) and not right.guesses and right.encoder.columns[0].order == other
    assert not np.allclose(right.X, guessed.X)


def test_a_thermometer_gives_its_elapsed_time_and_its_hour():
    rows = [(EPOCH + timedelta(days=19_844, hours=i, minutes=15), 20 + 5 * np.sin(i / 4)) for i in range(96)]
    text = "Zeit;Temp\n" + "".join(f"{when:%Y-%m-%d %H:%M:%S};{value:.2f}\n" for when, value in rows)
    found = prepared(text)
    assert found.encoder.names == ("Zeit: days since 2024-05-01", "Zeit: hour, sine", "Zeit: hour, cosine")
    np.testing.assert_allclose(found.X[:3, 0], [(i + 0.25) / 24 for i in range(3)])
    angle = 2 * np.pi * 0.25 / 24
    np.testing.assert_allclose(found.X[0, 1:], [np.sin(angle), np.cos(angle)])
    plain = prepared(text, circles=False, moment_parts=("hour",))
    assert plain.encoder.names == ("Zeit: hour",)
    np.testing.assert_allclose(plain.X[:3, 0], [0.25, 1.25, 2.25])


def test_a_time_of_day_comes_round_and_a_gap_gets_the_middle_one():
    cells = [f"{7 + i % 12:02}:30" for i in range(60)]
    cells[5] = ""
    rows = "".join(f"{cell},{i % 7},{'yes' if i % 3 else 'no'}\n" for i, cell in enumerate(cells))
    found = prepared(f"time,x,present\n{rows}")
    assert found.encoder.names[:2] == ("time: hour, sine", "time: hour, cosine")
    middle = found.encoder.columns[0].fill
    np.testing.assert_array_equal(found.X[5], found.encoder(pd.DataFrame({"time": [middle], "x": [5.0]}))[0])


def test_parts_of_the_calendar():
    when = (np.array(["2024-01-01", "2024-07-01T18:30", "2023-12-31T23:59:59"], "datetime64[s]").astype(np.float64))
    np.testing.assert_allclose(month(when), [0, 12 * (182 + 18.5 / 24) / 366, 12], atol=1e-5)
    np.testing.assert_array_equal(weekday(when), [0, 0, 6])  # Monday, Monday, Sunday
    np.testing.assert_allclose(hour(when), [0, 18.5, 24], atol=1e-3)


def test_an_even_count_is_kept_where_its_name_says_when_and_not_where_it_numbers_rows():
    def used(name):
        rows = "".join(f"{i},{20 + i % 3 / 10},{20 + 70 * np.exp(-i / 20):.2f}\n" for i in range(60))
        frame = read_table(f"{name},ambient,temperature\n{rows}".encode(), "x").frame
        return propose(describe(frame), frame).features, time_axes(describe(frame), frame)

    assert used("time (s)") == (("time (s)", "ambient"), ("time (s)",))
    assert used("Zeit [s]") == (("Zeit [s]", "ambient"), ("Zeit [s]",))
    assert used("row") == used("nr") == (("ambient",), ())


def test_hours_and_times_of_day_that_go_up_and_down_are_no_axis_of_time():
    def axes(name, cells):
        frame = read_table((f"{name},y\n" + "".join(f"{cell},{i % 3}\n" for i, cell in enumerate(cells))).encode(), "x").frame
        return time_axes(describe(frame), frame)

    clock = [f"{8 + i // 6:02}:{i % 6}5" for i in range(40)]
    mixed = [clock[i * 17 % 40] for i in range(40)]
    assert axes("time", clock) == ("time",) and axes("time", mixed) == ()
    assert axes("hours studied", [f"{i * 0.37 % 9:.2f}" for i in range(40)]) == ()
    assert axes("when", [f"{1 + i * 17 % 28}.3.2024 {i % 20:02}:30" for i in range(40)]) == ("when",)


def test_rows_held_out_in_time_come_after_all_that_train():
    text = "when,x,y\n" + "".join(f"{EPOCH + timedelta(days=(i * 37) % 100):%d.%m.%Y},{i % 5},{i / 7}\n" for i in range(100))
    found = prepared(text, split_by="when")
    at = moments(found.table.frame["when"]).seconds[found.rows]
    assert at[found.train].max() < at[found.validation].min() <= at[found.validation].max() < at[found.test].min()
    assert (len(found.train), len(found.validation), len(found.test)) == (60, 20, 20)
    assert sorted(np.concatenate([found.train, found.validation, found.test])) == [*range(100)]
    assert any("in the order of when" in note for note in found.notes)


def test_words_and_sizes_are_no_moments():
    assert not are_moments(["5 kg", "3 m", "7 l"]) and not are_moments(["1.5", "2.5"]) and not are_moments(["may", "june"])
