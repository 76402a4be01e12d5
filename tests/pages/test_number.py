"""A field for a number: what it understands, what it refuses in which words, what it tells on; and how numbers are spelt."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.base.spelling import factor, signed, tex, words
from tests.pages.visit import ok, read


def page(**stored: float) -> AppTest:
    def script():
        import streamlit as st

        from ui.controls.number import number

        def heard(name):
            st.session_state["heard"] = [*st.session_state.get("heard", []), (name, st.session_state[name])]

        x = number("x₁", -1000.0, 1000.0, 0.5, "x", on_change=heard, args=("x",))
        k = number("Sheet", 0, 9999, 7, "k")
        free = number("free", None, None, 2.5, "free")
        st.button("Something else")
        st.text(f"{x!r} {k!r} {free!r}")

    field = AppTest.from_function(script)
    for key, value in stored.items():
        field.session_state[key] = value
    return ok(field.run())


def entered(field: AppTest, key: str, typed: str) -> AppTest:
    field.text_input(key=f"{key}/text").set_value(typed)
    return ok(field.run())


def test_it_begins_with_its_number_and_says_nothing():
    field = page()
    assert field.text[0].value == "0.5 7 2.5" and not field.warning
    assert [w.value for w in field.text_input] == ["0.5", "7", "2.5"]


@pytest.mark.parametrize("typed, value, spelt", [
    ("0,5", 0.5, "0.5"), ("0.25", 0.25, "0.25"), ("-3", -3.0, "−3"), ("−3,75", -3.75, "−3.75"), ("1e2", 100.0, "100"),
    ("1E-5", 1e-5, "1e−5"), (" .5 ", 0.5, "0.5"), ("+2,", 2.0, "2"), ("0,125", 0.125, "0.125"), ("1000", 1000.0, "1000")])
def test_a_number_is_understood_with_a_comma_and_with_a_point(typed, value, spelt):
    field = entered(entered(page(), "x", "7"), "x", typed)
    assert field.text[0].value == f"{value!r} 7 2.5" and not field.warning
    assert field.text_input(key="x/text").value == spelt


SPANS = {"x": "Type a number from −1,000 to 1,000.", "k": "Type a whole number from 0 to 9,999.", "free": "Type a number."}


@pytest.mark.parametrize("key, typed, said", [
    ("x", "", ""), ("k", " ", ""), ("free", "", ""), ("x", "ten", " ten is no number."), ("x", "nan", " nan is no number."),
    ("free", "inf", " inf is no number."), ("x", "1.2.3", " 1.2.3 is no number."), ("x", "0x10", " 0x10 is no number."),
    ("x", "1001", " 1001 is out of range."), ("x", "-1e9", " -1e9 is out of range."), ("x", "1_0", r" 1\_0 is no number."),
    ("free", "1e999", " 1e999 is out of range."), ("k", "2,5", " 2,5 is no whole number."), ("k", "-1", " -1 is out of range."),
    ("x", "1,000", " 1,000 can be read in two ways: leave the comma out, or type a point.")])
def test_what_it_does_not_take_leaves_its_number_and_is_said_until_the_next_action(key, typed, said):
    field = entered(page(), key, typed)
    label, stays = {"x": ("x₁", "0.5"), "k": ("Sheet", "7"), "free": ("free", "2.5")}[key]
    assert field.text[0].value == "0.5 7 2.5"
    assert [re.sub(r"\\([-.:])", r"\1", note.value) for note in field.warning] == [
        f"**{label} stays {stays}.**{said} {SPANS[key]}"]
    assert [w.value for w in field.text_input] == ["0.5", "7", "2.5"]
    field.button[0].click()
    assert not ok(field.run()).warning and field.text[0].value == "0.5 7 2.5"


def test_the_last_good_number_is_the_one_that_stays():
    field = entered(entered(page(), "x", "-3.25"), "x", "")
    assert field.text[0].value == "-3.25 7 2.5" and field.warning[0].value.startswith("**x₁ stays −3.25.**")
    field = entered(entered(field, "x", ""), "x", "4")
    assert field.text[0].value == "4.0 7 2.5" and not field.warning


def test_only_another_number_is_told_on():
    field = page()
    for typed in ("2", "", "2,0", "3"):
        field = entered(field, "x", typed)
    assert field.session_state["heard"] == [("x", 2.0), ("x", 3.0)]


@pytest.mark.parametrize("stored, shown", [(2000.0, "1000.0"), (-2000.0, "-1000.0"), (12.0, "12.0")])
def test_a_number_from_elsewhere_is_brought_back_into_its_bounds(stored, shown):
    field = page(x=stored)
    assert field.text[0].value == f"{shown} 7 2.5" and field.session_state["x"] == float(shown)


def test_a_number_that_is_set_elsewhere_comes_into_the_field():
    field = entered(page(), "x", "3")
    field.session_state["x"] = 8.125
    assert ok(field.run()).text_input(key="x/text").value == "8.125" and field.text[0].value == "8.125 7 2.5"


@pytest.mark.parametrize("value, text, formula", [
    (-0.48870000001, "−0.4887", "-0.4887"), (0.0, "0", "0"), (-0.0, "0", "0"), (2_100_000, "2,100,000", r"2.1\cdot10^{6}"),
    (3.4e-5, "3.4·10⁻⁵", r"3.4\cdot10^{-5}"), (-5.1e-7, "−5.1·10⁻⁷", r"-5.1\cdot10^{-7}"), (1789.0, "1,789", "1789"),
    (2.5e12, "2.5·10¹²", r"2.5\cdot10^{12}")])
def test_numbers_are_spelt_in_one_way(value, text, formula):
    assert (words(value), tex(value)) == (text, formula)
    assert read(text) == pytest.approx(value, rel=1e-3)


def test_numbers_inside_a_product_and_a_sum():
    assert (factor(-2.0), factor(3.0), signed(-2.0), signed(3.0)) == ("(-2)", "3", "- 2", "+ 3")
    assert words(9.5367e-7, small=2) == "9.5·10⁻⁷" and words(0.91611, small=2) == "0.9161"
