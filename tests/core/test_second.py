"""A second file is read as the first one was: marks, letters, gaps and units are settled there."""

import numpy as np
import pytest

from ann_core.data.table.reading import Choices, Refusal, read_table
from ann_core.data.table.second import read_second

GERMAN = "Fläche;Ort;Preis\n" + "".join(f"{at}.{at % 1000:03d},5{at % 10};{'AB'[at % 2]};{at * 7},25\n"
                                        for at in range(101, 141))
ENGLISH = "area,town,price\n" + "".join(f'"{at},{at % 1000:03d}.5{at % 10}",{"AB"[at % 2]},{at * 7}.25\n'
                                        for at in range(101, 141))


def second(text, first=GERMAN, needed=("Fläche",), **choices):
    first = read_table(first if isinstance(first, bytes) else first.encode(), "first", Choices(**choices))
    return read_second(text if isinstance(text, bytes) else text.encode(), "second", first, needed, needed)


@pytest.mark.parametrize("text, expected", [
    ("Fläche\n1234,5\n2500,0\n", [1234.5, 2500]), ("Fläche;Ort\n1.234;A\n2.500;B\n", [1234, 2500]), ("Fläche\n1.234,50\n",
                                                                                                     [1234.5]),
    ("Fläche\n1.234\n", [1234]), ("Fläche\n1.234\n2500\n", [1234, 2500]), ("Ort;Fläche\nA;2.019,54\n", [2019.54]),
    ("Fläche\tOrt\n1.234\tA\n", [1234]), ("Ort,Fläche\nA,1.234\n", [1234]), ("Fläche\n1.234\n".encode("cp1252"), [1234]),
    ("Fläche\n1.234\n".encode("utf-16"), [1234]), ("Liste der Flächen;\nOrt;Fläche\nA;1.234\nB;12.400\n", [1234, 12400]),
    ("Fläche;Ort\n1.234;A\n;B\nn/a;C\n", [1234, np.nan, np.nan]),
])  # fmt: skip
def test_marks_come_from_the_first_file(text, expected):
    table, told = second(text)
    np.testing.assert_array_equal(table.frame["Fläche"], expected)
    assert told == [] and table.report.questions == ()


@pytest.mark.parametrize("text, expected", [("area\n1234.5\n", [1234.5]), ('area,town\n"1,234",A\n', [1234]),
                                            ("area;town\n1,234;A\n", [1234]),
                                            ("area\n1,234\n", [1234])])
def test_marks_come_from_an_english_first_file_too(text, expected):
    np.testing.assert_array_equal(second(text, ENGLISH, ("area",))[0].frame["area"], expected)


def test_marks_chosen_by_hand_hold_for_the_second_file():
    first = "x;y\n" + "".join(f"{at}.{at % 10}00;{at % 2}\n" for at in range(1, 30))
    assert second("x;y\n1.234;0\n", first, ("x",))[0].frame["x"].tolist() == [1.234]
    assert second("x;y\n1.234;0\n", first, ("x",), decimal=",", thousands=".")[0].frame["x"].tolist() == [1234]


def test_other_marks_that_leave_no_doubt_are_followed_and_told():
    table, told = second("Fläche;Ort\n1234.5;A\n1.25;B\n")
    assert table.frame["Fläche"].tolist() == [1234.5, 1.25] and "decimal point here" in told[0]


def test_a_decimal_comma_never_becomes_two_cells():
    with pytest.raises(Refusal, match="one name less"):
        second("area,price\n1,5,7\n2,5,8\n", ENGLISH, ("area",))


@pytest.mark.parametrize("name", ["FLÄCHE", "fläche", "Flache", "Flaeche", "Flä che", "Fla\u0308che", "Fläché"])
def test_a_column_that_only_differs_in_letters_is_named(name):
    with pytest.raises(Refusal, match="differs only in letters") as refused:
        second(f"{name};Ort\n1;A\n")
    assert "instead of \"Fläche\"" in str(refused.value)


def test_a_column_that_is_missing_is_named_without_a_guess():
    with pytest.raises(Refusal) as refused:
        second("Breite;Ort\n1;A\n")
    assert "Fläche is not there" in str(refused.value) and "letters" not in str(refused.value)


WARM = "t,y\n" + "".join(f"{at}.5 °C,{at % 2}\n" for at in range(30))


def test_units_must_be_those_of_the_first_file():
    assert second("t,y\n3.5 °C,1\n", WARM, ("t",)) [0].frame["t"].tolist() == [3.5]
    table, told = second("t,y\n3.5,1\n", WARM, ("t",))
    assert table.frame["t"].tolist() == [3.5] and "no unit here" in told[0]
    with pytest.raises(Refusal, match="in °C.*in °F"):
        second("t,y\n3.5 °F,1\n", WARM, ("t",))


def test_gaps_are_those_of_the_first_file():
    first = "t,y\n" + "".join(f"{at}.5,{at % 2}\n" for at in range(30))
    table, _ = second("t,y\n-9999,1\n3,0\n-9999.0,1\n", first, ("t",), missing=("-9999",))
    np.testing.assert_array_equal(table.frame["t"], [np.nan, 3, np.nan])
