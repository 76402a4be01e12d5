"""The Attention lab without a browser: tasks, networks side by side, questions of one's own, openers, links."""

import pytest

from ann_core.lab.attention_openers import OPENERS, USUAL
from ann_core.lab.attention_twins import MOST, TASKS, kind, kinds, names
from tests.pages.visit import coming, film_of, ok

SETTINGS = "attention_lab"


@pytest.fixture
def page():
    return film_of(ok(coming("attention", view="lab").run()))


def settings(page):
    return page.session_state[f"{SETTINGS}/settings"]


def key_of(page, name: str) -> str:
    return f"{SETTINGS}/set{page.session_state[f'{SETTINGS}/generation']}/{name}"


def choose(page, widget: str, name: str, value):
    getattr(page, widget)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return ok(page.run())


def ask(page, question: str):
    field = next(field for field in page.text_input if field.label == "Question")
    field.set_value(question)
    return ok(page.run())


def test_it_opens_on_two_networks_and_films_where_they_look(page):
    assert settings(page) == USUAL and not page.warning and address(page) == {"view": "lab"}
    for recording in page.session_state[f"{SETTINGS}/recordings"]:
        columns = set(recording.frames(None, 2, None, 2).columns)
        assert "alignment" in columns and "boundary" not in columns


@pytest.mark.parametrize("source", TASKS)
def test_every_task_brings_networks_that_it_is_for(page, source):
    choose(page, "selectbox", "data.source", source)
    twins = settings(page)
    assert not page.warning and {twin.data.source for twin in twins} == {source}
    assert {kind(twin.network.layers) for twin in twins} <= set(kinds(source))
    again = ok(coming("attention", **address(page)).run())
    assert settings(again) == twins


def test_a_transformer_beside_an_encoder(page):
    offered = "/".join(kinds("answer_turned"))
    choose(page, "selectbox", f"B/{offered}/kind", "transformer")
    assert names(settings(page)) == ["encoder–decoder", "Transformer"]
    block = settings(page)[1].network.layers[2]
    assert block.causal  # the right answer stands at later steps while it learns
    choose(page, "number_input", "B/layer/transformer/heads", 3)
    assert any("heads" in warning.value for warning in page.warning) and settings(page)[1].network.layers[2].heads == 2


def test_networks_come_and_go(page):
    for count in range(3, MOST + 1):
        press(page, "Another network")
        assert len(settings(page)) == count
    page.button(key=key_of(page, "A/away")).click()
    ok(page.run())
    assert settings(page)[0] == USUAL[1]


@pytest.mark.parametrize("opener", OPENERS)
def test_every_opener_opens_and_its_address_brings_it_back(page, opener):
    press(page, OPENERS[opener].label)
    assert settings(page) == OPENERS[opener].twins and not page.warning
    assert settings(ok(coming("attention", **address(page)).run())) == OPENERS[opener].twins


def test_an_address_that_names_an_idea_of_the_lesson_too_opens_the_lab_without_a_word():
    page = ok(coming("attention", view="lab", idea="views").run())
    assert settings(page) == settings(ok(coming("attention", view="lab").run())) and not page.warning and not page.info
    assert "idea" not in address(page)


def test_a_question_of_ones_own(page):
    said = [text.value for text in ask(page, "4711").markdown]
    assert sum("at epoch 0" in text for text in said) == 2 and any("right: 1174" in text for text in said)
    assert any("| writes | sure | looks most at |" in text for text in said)  # a row for each token: it fits a phone
    assert not page.warning
    assert any("never seen a" in warning.value for warning in ask(page, "47a").warning)
    assert any("no question" in warning.value for warning in ask(page, "  ").warning)
    assert not ask(page, "123456789012345").warning  # longer than it learned from: allowed


def test_a_day_that_does_not_exist_is_said_and_answered_all_the_same(page):
    press(page, OPENERS["dates"].label)
    for question, words in (("31 Apr 2021", "April 2021 has no day 31"), ("2021 May 3", "year of four digits at the end"),
                            ("29 Feb 2023", "no day 29"), ("3 4 2021", "Expected a day such as")):
        ask(page, question)
        assert any(words in caption.value for caption in page.caption) and not page.warning


def test_names_are_made_and_what_cannot_begin_one_is_said(page):
    film_of(press(page, OPENERS["few_names"].label))
    said = [text.value for text in page.markdown]
    assert sum("keep the rule" in text for text in said) == 2 and any(text.startswith("| letter |") for text in said)

    def begin(letters: str):
        field = next(field for field in page.text_input if field.label == "A name begins with")
        field.set_value(letters)
        return ok(page.run())

    assert not begin("ka").warning and any("given" in text.value for text in page.markdown)
    assert all("never seen q" in warning.value for warning in begin("qu").warning) and len(page.warning) == 2
    assert all("9 letters" in warning.value for warning in begin("kakakakakaka").warning)
    assert not begin("").warning
    heat = next(slider for slider in page.select_slider if slider.label == "Temperature")
    heat.set_value(0.0)
    assert sum("likeliest name" in text.value for text in ok(page.run()).markdown) == 2
