"""Compare without a browser: kept on every page with a film, held side by side, renamed, removed, taken home."""

from io import BytesIO
from urllib.parse import parse_qsl

import pandas as pd
import pytest

from ann_core import RunConfig
from ann_core.lab import twins
from ann_core.run.link import edited, from_query, to_query
from tests.pages.visit import film_of, gone, ok, opened, said
from ui.charts.compare import GAP, apart
from ui.colors import MANY_RUNS
from ui.compare.examples import EXAMPLES
from ui.compare.kept import LONGEST_NAME, MOST, tidied
from ui.compare.table import NAME, NUMBER
from ui.text import csv

PLACES = {"playground": 1, "gradient_lab": 2, "your_data": 1, "convolution": 1, "autoencoder": 1, "gan": 1, "recurrence": 2,
          "attention": 2}
"""Pages with a film, and how many networks each opens with."""
SPITEFUL = "<script>alert(1)</script> **$x^2$** ![](http://evil.example/x.png)"


def buttons(page):
    return [one for one in page.main.button if one.label.startswith("Keep") and one.label.endswith("to compare")]


def kept(page):
    return page.session_state["compare/kept"]


def keep(page, **changes):
    """The Playground after it went on under these settings for some epochs, and was kept."""
    if changes:
        config = edited(RunConfig(), {name.replace("__", "."): value for name, value in changes.items()})
        page.query_params.clear()
        for name, value in to_query(config).items():
            page.query_params[name] = value
        page = ok(page.run())
        recording, = page.session_state["playground/recordings"]
        recording.frames(recording.latest.state.step, 5, budget_ms=None)
    return ok(buttons(page)[0].click().run())


def shown(page) -> pd.DataFrame:
    return page.main.dataframe[0].value


def pick(page, *numbers):
    page.session_state["compare/picked"] = tuple(numbers)
    page.session_state["compare/turn"] = page.session_state["compare/turn"] + 1 if "compare/turn" in page.session_state else 1
    return ok(page.run())


def links(page):
    return {one.proto.label: one.proto for one in page.get("page_link")}


def charts(page):
    return page.get("vega_lite_chart")


@pytest.fixture
def two():
    """Compare after two runs of the Playground were kept."""
    page = keep(keep(opened("playground")), training__learning_rate=0.3)
    return gone(page, "play/compare")


@pytest.mark.parametrize(("name", "count"), PLACES.items())
def test_every_film_can_be_kept_and_watched_again_where_it_was(name, count):
    query = {"view": "lab"} if name in ("convolution", "autoencoder", "gan", "recurrence", "attention") else {}
    page = film_of(opened(name, **query))
    assert len(buttons(page)) == count
    for place in range(count):
        page = ok(buttons(page)[place].click().run())
    assert [one.number for one in kept(page)] == list(range(1, count + 1))
    assert f"Compare ({count} kept)" in links(page)
    origin = kept(page)[-1].origin
    page = pick(gone(page, "play/compare"), count)
    link = links(page)[f"Watch it in {origin.title}"]
    assert link.page == name and dict(parse_qsl(link.query_string)) == origin.query
    assert len(shown(page)) == count and charts(page)


def test_before_anything_is_kept_three_examples_are_alive():
    page = opened("compare")
    assert not page.main.dataframe and len(charts(page)) == 1, "asked first, beside the picture that lets one guess"
    page = ok(next(one for one in page.main.button if "All" in one.label).click().run())
    assert "That would be so if sigmoid ended above 75 %" in said(page)
    assert list(shown(page)[NAME]) == twins.names(EXAMPLES) and len(charts(page)) == 3
    score = shown(page)["accuracy, held-out"]
    assert score[0] < 0.6 and score[1:].min() > 0.9  # the deep sigmoid network has learned nothing
    assert "Keep this run to compare" in said(page)
    page = pick(page, 1, 3)
    assert not [one for one in page.main.button if one.label == "Remove"] and not page.main.text_input
    query = dict(parse_qsl(links(page)["Compare runs 1 and 3 in the Gradient lab"].query_string))
    assert twins.from_query(query) == ((EXAMPLES[0], EXAMPLES[2]), [])


def test_the_table_has_what_differs_and_no_other_setting(two):
    frame = shown(two)
    assert list(frame["Learning rate"]) == [0.02, 0.3] and not {"Optimiser", "Batch size", "Seed"} & set(frame)
    assert list(frame[NAME]) == ["Run 1", "learning rate 0.3"] and list(frame[NUMBER]) == [1, 2]
    assert {"accuracy, held-out", "loss, training", "loss, held-out", "epochs", "parameters", "seconds to train"} <= set(frame)
    first = kept(two)[0].result
    assert frame["loss, held-out"][0] == first.last("test_loss") and frame["parameters"][0] == first.parameters
    assert "kept after different numbers of epochs" in said(two)
    assert list(frame["changed on the way"]) == ["", f"learning rate 0.3 from {first.moment}"]
    opening = links(pick(two, 2))["Watch it in the Playground"]
    assert from_query(dict(parse_qsl(opening.query_string)))[0].training.learning_rate == 0.3


def test_a_run_is_renamed_and_removed_and_its_number_is_free_again(two):
    page = pick(two, 1)
    field, = page.main.text_input
    page = ok(field.set_value("  my\nbest   one ").run())
    assert list(shown(page)[NAME]) == ["my best one", "learning rate 0.3"]
    remove, = (one for one in page.main.button if one.label == "Remove")
    page = ok(remove.click().run())
    assert list(shown(page)[NUMBER]) == [2] and "nothing beside it yet" in said(page)
    page = keep(gone(page, "play/playground"), training__batch_size=8)
    assert [one.number for one in kept(page)] == [2, 1]
    page = gone(page, "play/compare")
    page = ok(next(one for one in page.main.button if one.label == "Remove all").click().run())
    assert not kept(page) and "trained just now as examples" in said(page)


def test_names_are_a_visitors_text(two):
    kept(two)[0].rename(SPITEFUL)
    kept(two)[1].rename("=1+1")
    page = pick(two, 1, 2)
    assert list(shown(page)[NAME]) == [SPITEFUL[:LONGEST_NAME].strip(), "=1+1"]
    assert "<script>" not in said(page)
    kept(two)[0].rename(" \n\x00 ")
    assert kept(two)[0].name == SPITEFUL[:LONGEST_NAME].strip() and tidied("a\u202eb") == "a b"


def test_the_table_is_taken_home_and_a_spreadsheet_calculates_nothing(two):
    kept(two)[1].rename("=1+1")
    frame = pd.read_csv(BytesIO(csv(shown(ok(two.run())))))
    assert list(frame[NAME]) == ["Run 1", "'=1+1"] and list(frame["Learning rate"]) == [0.02, 0.3]


def test_the_same_run_is_kept_once_and_says_so():
    page = opened("playground")
    step = page.session_state["playground/recordings"][0].latest.state.step
    page = keep(page)
    page.session_state["playground/rest"] = {page.session_state["playground/recordings"][0].id: step}
    page = ok(buttons(ok(page.run()))[0].click().run())
    assert len(kept(page)) == 1 and "kept already" in page.toast[0].value


def test_twelve_are_kept_and_then_the_page_says_what_to_do():
    page = opened("playground")
    recording, = page.session_state["playground/recordings"]
    for epoch in range(MOST):
        page.session_state["playground/rest"] = {recording.id: 11 * epoch}
        page = keep(page)
    assert len(kept(page)) == MOST and buttons(page)[0].disabled and "remove one of them" in said(page)
    page = gone(page, "play/compare")
    assert len(shown(page)) == MOST and "the same settings" in said(page)
    assert len({MANY_RUNS[one.number - 1] for one in kept(page)}) == MOST


def test_runs_of_different_tasks_are_not_laid_over_each_other():
    page = keep(keep(opened("playground")), data__source="moons")
    page = keep(page, data__source="moons", data__samples=100)
    page = gone(page, "play/compare")
    assert list(shown(page)["Points"]) == [500, 100] and "not laid over each other" in said(page)
    assert "the very same rows" in said(page)
    choice = next(one for one in page.get("button_group") if one.label == "Learned from")
    assert [one.content for one in choice.proto.options] == ["Spiral\\: 1", "Moons\\: 2"]
    page = ok(choice.set_value(0).run())
    assert len(shown(page)) == 1


def test_two_against_each_other_have_two_losses_and_no_score():
    page = gone(ok(buttons(film_of(opened("gan", view="lab")))[0].click().run()), "play/compare")
    assert {"loss, generator", "loss, judge", "rounds"} <= set(shown(page))
    assert not [name for name in shown(page) if name.startswith("accuracy")]


def test_runs_that_twins_cannot_be_say_why(two):
    page = keep(gone(two, "play/playground"), training__batch_size=8)
    page = pick(gone(page, "play/compare"), 1, 3)
    assert "Runs 1 and 3 differ in batch size" in said(page)


def test_numbers_at_the_ends_of_curves_stand_apart():
    found = apart([0.0, 0.001, 0.5, 1.0, 0.999, 0.0], 0.0, 1.0)
    order = sorted(found)
    assert min(b - a for a, b in zip(order, order[1:], strict=False)) >= GAP - 1e-12 and order[-1] <= 1.0
    assert found[2] == 0.5
