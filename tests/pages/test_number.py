"""A field for a number: emptied, it takes its number back and says so; another number is told on; and how numbers are spelt."""

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

        x = number("x₁", -1000.0, 1000.0, 0.5, "x", 0.1, on_change=heard, args=("x",))
        k = number("Sheet", 0, 9999, 7, "k")
        free = number("free", None, None, 2.5, "free")
        st.button("Something else")
        st.text(f"{x!r} {k!r} {free!r}")

    field = AppTest.from_function(script)
    for key, value in stored.items():
        field.session_state[key] = value
    return ok(field.run())


def entered(field: AppTest, key: str, value: float | None) -> AppTest:
    field.number_input(key=key).set_value(value)
    return ok(field.run())


def test_it_begins_with_its_number_and_says_nothing():
    field = page()
    assert field.text[0].value == "0.5 7 2.5" and not field.warning
    assert [w.value for w in field.number_input] == [0.5, 7, 2.5]


@pytest.mark.parametrize("key, text", [
    ("x", "**x₁ stays 0.5.** Type a number from −1,000 to 1,000."),
    ("k", "**Sheet stays 7.** Type a number from 0 to 9,999."),
    ("free", "**free stays 2.5.** Type a number.")])
def test_emptied_it_takes_its_number_back_and_says_so_until_the_next_action(key, text):
    field = entered(page(), key, None)
    assert field.text[0].value == "0.5 7 2.5" and [note.value for note in field.warning] == [text]
    assert [w.value for w in field.number_input] == [0.5, 7, 2.5]
    field.button[0].click()
    assert not ok(field.run()).warning and field.text[0].value == "0.5 7 2.5"


def test_the_last_good_number_is_the_one_that_stays():
    field = entered(entered(page(), "x", -3.25), "x", None)
    assert field.text[0].value == "-3.25 7 2.5" and field.warning[0].value.startswith("**x₁ stays −3.25.**")
    field = entered(entered(field, "x", None), "x", 4.0)
    assert field.text[0].value == "4.0 7 2.5" and not field.warning


def test_only_another_number_is_told_on():
    field = entered(page(), "x", 2.0)
    entered(field, "x", None)
    assert entered(field, "x", 3.0).session_state["heard"] == [("x", 2.0), ("x", 3.0)]


@pytest.mark.parametrize("forged", [1e9, -1000.5, float("nan"), float("inf")])
def test_what_no_browser_sends_changes_nothing(forged):
    field = entered(entered(page(), "x", 3.0), "x", forged)
    assert field.text[0].value == "3.0 7 2.5" and field.session_state["x"] == 3.0


@pytest.mark.parametrize("stored, shown", [(2000.0, "1000.0"), (-2000.0, "-1000.0"), (12.0, "12.0")])
def test_a_number_from_elsewhere_is_brought_back_into_its_bounds(stored, shown):
    field = page(x=stored)
    assert field.text[0].value == f"{shown} 7 2.5" and field.session_state["x"] == float(shown)


@pytest.mark.parametrize("value, text, formula", [
    (-0.48870000001, "−0.4887", "-0.4887"), (0.0, "0", "0"), (-0.0, "0", "0"), (2_100_000, "2,100,000", r"2.1\times10^{6}"),
    (3.4e-5, "3.4 × 10⁻⁵", r"3.4\times10^{-5}"), (-5.1e-7, "−5.1 × 10⁻⁷", r"-5.1\times10^{-7}"), (1789.0, "1,789", "1789"),
    (2.5e12, "2.5 × 10¹²", r"2.5\times10^{12}")])
def test_numbers_are_spelt_in_one_way(value, text, formula):
    assert (words(value), tex(value)) == (text, formula)
    assert read(text) == pytest.approx(value, rel=1e-3)


def test_numbers_inside_a_product_and_a_sum():
    assert (factor(-2.0), factor(3.0), signed(-2.0), signed(3.0)) == ("(-2)", "3", "- 2", "+ 3")
    assert words(9.5367e-7, small=2) == "9.5 × 10⁻⁷" and words(0.91611, small=2) == "0.9161"
