"""A page with two views, Lesson and Lab: which of them stands there, what its address says, and what comes back."""

import pytest

from tests.pages.visit import gone, ok, opened
from ui.page import script

HERE = "architectures/convolution"


def view(page) -> str:
    """The pressed button of the switch."""
    return "lab" if page.session_state["page"] == "convolution_lab" else "lesson"


def press(page, name: str):
    page.button(key=f"convolution/view/{name}").click()
    return ok(page.run())


def address(page) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in page.query_params.items()}


def browse(page, **query: str):
    """The visitor opens another address of the same page: by a link, or by Back and Forward."""
    page.query_params.clear()
    for name, value in query.items():
        page.query_params[name] = value
    for name in ("convolution", "convolution_lab"):
        page.session_state[f"{name}/old_addresses"] = []  # as after the browser has said so
    return ok(page.run())


def test_the_lesson_comes_first_and_the_switch_leads_to_the_lab_and_back():
    page = opened("convolution")
    assert view(page) == "lesson" and address(page) == {}
    assert view(press(page, "Lab")) == "lab" and address(page) == {"view": "lab"}
    assert view(press(page, "Lesson")) == "lesson" and address(page) == {}
    assert view(press(page, "Lab")) == "lab" and address(page) == {"view": "lab"}


@pytest.mark.parametrize("query, found", [({"view": "lab"}, "lab"), ({"idea": "filter"}, "lesson"), ({}, "lesson"),
                                          ({"view": "<b>"}, "lesson"), ({"view": "lab", "idea": "filter"}, "lab")])
def test_an_address_opens_its_view(query, found):
    assert view(opened("convolution", **query)) == found


def test_the_labs_settings_stand_in_its_address_beside_the_view():
    page = opened("convolution", view="lab", **{"training.learning_rate": "0.02"})
    assert page.session_state["convolution_lab/settings"].training.learning_rate == 0.02
    assert address(page) == {"view": "lab", "training.learning_rate": "0.02"} and not page.info


def test_each_view_keeps_its_place_while_the_other_one_is_shown():
    page = opened("convolution", view="lab", seed="7")
    assert address(press(page, "Lesson")) == {}
    assert address(press(page, "Lab")) == {"view": "lab", "seed": "7"}


def test_back_and_forward_go_from_view_to_view():
    page = press(opened("convolution"), "Lab")
    assert view(browse(page)) == "lesson"
    assert view(browse(page, view="lab")) == "lab"


def test_a_late_message_that_still_names_the_address_before_changes_nothing():
    page = press(opened("convolution"), "Lab")
    page.query_params.clear()
    assert view(ok(page.run())) == "lab"


def test_who_returns_to_the_page_finds_the_view_that_was_left():
    page = press(opened("convolution"), "Lab")
    gone(page, "home")
    page.query_params.clear()
    assert view(gone(page, HERE)) == "lab" and address(page) == {"view": "lab"}


def test_a_link_from_another_page_opens_the_view_that_it_names():
    page = press(press(opened("convolution"), "Lab"), "Lesson")
    page = gone(page, "learn/losses").switch_page(script(HERE))
    page.query_params["view"] = "lab"
    assert view(ok(page.run())) == "lab"


def test_the_links_of_the_lesson_lead_into_the_lab():
    link = opened("convolution", idea="filter").get("page_link")[0]
    assert "view=lab" in link.proto.query_string and "network.layers=conv2d-1" in link.proto.query_string
