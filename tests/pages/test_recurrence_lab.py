"""The Recurrence lab without a browser: tasks, networks side by side, what does not go together, openers, links."""

import numpy as np
import pytest

from ann_core.data import SEQUENCES
from ann_core.data.made.text import EXAMPLE
from ann_core.data.table.reading import read_table
from ann_core.lab.recurrence_openers import OPENERS, USUAL
from ann_core.lab.recurrence_twins import KINDS, MOST, TASKS, names
from tests.pages.visit import coming, film_of, ok, said
from ui.lessons.recurrence import links

SETTINGS = "recurrence_lab"


@pytest.fixture
def page():
    return film_of(ok(coming("recurrence", view="lab").run()))


def settings(page):
    return page.session_state[f"{SETTINGS}/settings"]


def key_of(page, name: str) -> str:
    return f"{SETTINGS}/set{page.session_state[f'{SETTINGS}/generation']}/{name}"


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def columns(page, place: int = 0) -> set[str]:
    return set(page.session_state[f"{SETTINGS}/recordings"][place].frames(None, 2, None, 2).columns)


def test_it_opens_on_two_networks_and_films_what_they_carry(page):
    assert settings(page) == USUAL and not page.warning and address(page) == {"view": "lab"}
    assert all({"through_time", "gates"} <= columns(page, place) and "boundary" not in columns(page, place) for place in (0, 1))


@pytest.mark.parametrize("source", TASKS)
def test_every_task_with_every_kind_of_network(page, source):
    choose(page, "selectbox", "data.source", source)
    for place, kind in enumerate(("lstm", "dense")):
        choose(page, "selectbox", f"{'AB'[place]}/kind", kind)
    twins = settings(page)
    assert not page.warning and [twin.network.layers[0].kind for twin in twins] == ["lstm", "dense"]
    assert {twin.data.source for twin in twins} == {source}
    assert {twin.objective.kind == "sequence" for twin in twins} == {SEQUENCES[source].every_step}
    assert ("forecast" in columns(page)) == (source == "forecast")
    again = ok(coming("recurrence", **address(page)).run())
    assert settings(again) == twins


def test_another_kind_keeps_what_both_have_and_a_third_network_comes_and_goes(page):
    choose(page, "number_input", "A/layer/gru/units", 9)
    choose(page, "selectbox", "A/kind", "lstm")
    assert settings(page)[0].network.layers[0].units == 9
    page.button[[button.label for button in page.button].index("Another network")].click()
    ok(page.run())
    assert len(settings(page)) == MOST and settings(page)[2] == settings(page)[1]
    page.button(key=key_of(page, "B/away")).click()
    ok(page.run())
    assert [twin.network.layers[0].kind for twin in settings(page)] == ["lstm", "rnn"]


def test_layers_on_each_other_and_gradients_cut_short(page):
    choose(page, "slider", "B/layers", 2)
    choose(page, "selectbox", "B/layer/rnn/truncation", 10)
    assert [layer.every_step for layer in settings(page)[1].network.layers] == [True, False]
    assert {layer.truncation for layer in settings(page)[1].network.layers} == {10} and not page.warning


@pytest.mark.parametrize(("text", "said"), [("a", "a longer text"), ("", "says nothing"), ("aaaa" * 30, "only 'a'"),
                                            ("".join(map(chr, range(300, 400))), "at most 64")])
def test_a_text_from_which_nothing_comes_is_refused_in_words_and_the_last_one_stays(page, text, said):
    choose(page, "selectbox", "data.source", "text")
    choose(page, "text_area", "data.text", text)
    spoken = " ".join(warning.value.replace("\\", "") for warning in page.warning)
    assert said in spoken or "several characters" in spoken
    assert all(twin.data.text == EXAMPLE for twin in settings(page))


@pytest.mark.parametrize(("typed", "said"), [
    ("1 2 3", "need at least 42"), ("5 " * 60, "all the same"), ("1 x", "is no number")])
def test_a_series_from_which_nothing_comes_is_refused_in_words_and_the_last_one_stays(page, typed, said):
    choose(page, "selectbox", "data.source", "forecast")
    choose(page, "text_area", "data.series", typed)
    assert said in " ".join(warning.value.replace("\\", "") for warning in page.warning)
    assert all(twin.data.series == () and twin.data.source == "forecast" for twin in settings(page))


def test_a_series_of_ones_own_is_forecast(page):
    choose(page, "selectbox", "data.source", "forecast")
    choose(page, "text_area", "data.series", " ".join(str(k % 9) for k in range(90)))
    assert len(settings(page)[0].data.series) == 90 and not page.warning and "forecast" in columns(page)


@pytest.mark.parametrize("text", ["שלום עולם, " * 12, "🌧️☀️🌈" * 20])
def test_any_script_is_learned_and_written(page, text):
    choose(page, "selectbox", "data.source", "text")
    choose(page, "text_area", "data.text", text)
    choose(page, "select_slider", "data.length", 10)
    assert not page.warning and settings(page)[0].data.text == text
    assert len(page.code) == 2 and set(page.code[0].value) <= set(text)


def test_who_reads_both_ways_cannot_write_and_strange_beginnings_are_said(page):
    choose(page, "selectbox", "data.source", "text")
    choose(page, "toggle", "B/layer/rnn/bidirectional", True)
    assert any("cannot write" in one.value for one in page.markdown)
    (begin,) = page.text_input
    begin.set_value("ÄÖ").run()
    assert any("None of these characters" in warning.value for warning in ok(page).warning)


def test_other_lengths_are_asked_where_the_film_rests(page):
    page.session_state[f"{SETTINGS}/lengths"] = True
    ok(page.run())
    said = " ".join(caption.value for caption in page.caption).replace("\\", "")
    assert "new sequences of each length" in said and " at 100" in said


@pytest.mark.parametrize("query", [{"data.length": "5000"}, {"data.source": "nothing"}, {"network.layers": "gru-999"},
                                   {"twins": "3", "C.network.layers": "conv2d-8"}, {"objective.kind": "adversarial"}])
def test_a_link_that_cannot_be_is_said_in_words(query):
    page = ok(coming("recurrence", view="lab", v="1", **query).run())
    assert len(settings(page)) >= 2 and not page.exception


@pytest.mark.parametrize("opener", OPENERS)
def test_every_opener_opens_by_its_address(opener):
    page = ok(coming("recurrence", view="lab").run())
    twins = OPENERS[opener].twins
    from ui.architectures.recurrence import settings as lab_settings
    other = ok(coming("recurrence", **lab_settings.address(twins)).run())
    assert settings(other) == twins and not other.warning
    assert OPENERS[opener].sentence in said(other)
    assert len({*names(twins)}) == len(twins) and settings(page) == USUAL


@pytest.mark.parametrize("link", [name for name in vars(links) if callable(getattr(links, name)) and
                                  getattr(links, name).__module__ == links.__name__])
def test_every_link_of_the_lesson_leads_to_its_network(link):
    config = getattr(links, link)()
    from ui.architectures.recurrence import settings as lab_settings
    page = ok(coming("recurrence", **lab_settings.address((config,))).run())
    assert settings(page) == (config,) and not page.warning


def test_kinds_are_offered():
    assert KINDS[:3] == ("rnn", "lstm", "gru")
    assert np.isfinite(sum(twin.cost for opener in OPENERS.values() for twin in opener.twins))


def test_a_branch_leaves_a_network_with_its_weights(page):
    from ui.player.branches import Branch
    recording = page.session_state[f"{SETTINGS}/recordings"][0]
    other = recording.branch(0)
    page.session_state[f"{SETTINGS}/branches"] = [Branch(1, other, recording, other.config, 0.0)]
    ok(page.run())
    rate = next(one for one in page.select_slider if one.key == f"{SETTINGS}/branch/{other.id}/training.learning_rate")
    rate.set_value(0.1)
    ok(page.run())
    assert other.config.training.learning_rate == 0.1 and settings(page) == USUAL


def test_many_seeds_side_by_side_have_lines_and_states(page):
    choose(page, "select_slider", "seeds", 4)
    recording = page.session_state[f"{SETTINGS}/recordings"][0]
    film = recording.frames(None, 1, None, 1)
    assert film.columns["through_time"].shape[-1] == 4 and settings(page)[0].seeds == 4


def test_a_column_of_ones_own_table_is_forecast():
    page = coming("recurrence", view="lab")
    table = read_table(b"month;sales;town\n" + b"".join(b"%d;%d,5;x\n" % (k, k % 9) for k in range(80)), "shop.csv")
    page.session_state["own/tables"] = {**{name: {} for name in ("known", "fitted", "prepared", "proposed", "slow")},
                                        "present": table.digest, "tables": {table.digest: (table, None, None)}}
    ok(page.run())
    choose(page, "selectbox", "data.source", "forecast")
    column = next(box for box in page.selectbox if box.label.startswith("Or a column of shop"))
    assert column.options == ["month", "sales"]
    column.set_value("sales")
    ok(page.run())
    assert settings(page)[0].data.series == tuple(k % 9 + 0.5 for k in range(80)) and not page.warning
    assert "forecast" in columns(page)


def test_without_a_table_the_page_says_where_one_comes_from(page):
    choose(page, "selectbox", "data.source", "forecast")
    assert any("Bring a table on the page Your data" in caption.value for caption in page.sidebar.caption)
