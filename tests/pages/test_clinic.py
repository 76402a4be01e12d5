"""The clinic without a browser: a patient is examined, guessed at, cured on nine seeds; and who comes from where."""

import time

import numpy as np
import pytest

from ann_core import RunConfig
from ann_core.clinic.examination import AILMENTS, examine
from ann_core.clinic.finding import Evidence, Line, Treatment
from ann_core.clinic.treatment import LOSS, SEEDS, Effect, Pair
from ann_core.film.wire import unpack
from ann_core.lab.gan_openers import OPENERS as GANS
from ann_core.run.link import edited, from_query, to_query
from tests.pages.visit import gone, ok, opened, plain, said
from ui.charts.clinic import evidence, pairs, said_pairs
from ui.charts.clinic import said as in_words
from ui.clinic.guess import NOTHING, ask
from ui.clinic.patients import PATIENTS
from ui.clinic.settings import USUAL, read, write

BROKEN = {"data": {"source": "hills", "samples": 60}, "network": {"layers": [{"units": 4}]},
          "training": {"optimizer": "sgd", "learning_rate": 30.0, "epochs": 20}}


def waited(page, there):
    """The page when something stands on it."""
    for _ in range(300):
        if there(page):
            return page
        time.sleep(0.1)
        ok(page.run())
    raise AssertionError(said(page))


def button(page, label):
    return next((one for one in page.main.button if one.label == label), None)


def asked(page):
    return waited(page, lambda page: button(page, NOTHING))


def sent(page, label="To the clinic"):
    """The page Clinic, after a run was sent there."""
    return gone(ok(button(page, label).click().run()), "play/clinic")


def unveiled(page):
    """The page after its visitor wanted to see."""
    return ok(button(asked(page), "Show me").click().run())


def links(page):
    return {one.proto.label: one.proto for one in page.get("page_link")}


@pytest.fixture(scope="module")
def ill():
    """A network that breaks off, its diagnosis on the screen."""
    return unveiled(opened("clinic", **write(RunConfig.model_validate(BROKEN))))


def test_a_patient_waits_and_nothing_is_told_before_the_guess():
    page = asked(opened("clinic"))
    found = page.session_state["clinic/recordings"][0].config
    assert found == USUAL and "The patient says" in said(page)
    first = examine(USUAL).findings[0]
    options = {one.label for one in page.main.button}
    assert {AILMENTS[first.key].label, NOTHING} <= options
    assert all(one.meaning in said(page) for one in AILMENTS.values() if one.label in options)
    assert [box.label for box in page.main.expander] == ["What do these words mean?"]
    assert plain(first.says) not in plain(said(page)) and not page.get("vega_lite_chart")
    page = ok(button(page, NOTHING).click().run())
    assert plain(first.says) in plain(said(page)) and "That would be so if" in said(page)
    check = next(one for one in examine(USUAL).checks if one.key == first.key)
    line = next(one for one in plain(said(page)).splitlines() if one.startswith(f"- **{first.title}**: "))
    assert check.value in line and line.endswith(f"Healthy: {check.healthy}."), "beside the film, too, with its range"
    assert plain(page.main.subheader[0].value) == first.title and page.get("vega_lite_chart") and page.main.expander


def test_why_a_run_broke_off_is_not_said_before_the_guess():
    def unexplained(page):
        sent = next(one.proto.bytes for one in page.get("bidi_component") if one.proto.component_name == "film_player")
        return unpack(sent)[0]["unexplained"]

    page = asked(opened("clinic", **write(PATIENTS[1].config)))
    assert unexplained(page) and not unexplained(ok(button(page, "Show me").click().run()))


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda one: one.key)
def test_what_a_patient_complains_of_is_found(patient):
    found = examine(edited(patient.config, {"seed": 3}))
    assert found.healthy == (patient.key == "well")
    question = ask(patient.key, found)
    assert len(set(question.options)) == len(question.options) and question.answer == (
        NOTHING if found.healthy else AILMENTS[found.findings[0].key].label)


def test_a_healthy_network_is_called_healthy_with_its_numbers():
    page = unveiled(opened("clinic", **write(RunConfig())))
    assert "This network is healthy" in said(page) and not page.main.subheader
    assert "Looked for and not found: " in said(page) and "- **" not in said(page)
    table = page.main.dataframe[0].value
    assert len(table) == len(AILMENTS) and set(table["State"]) <= {"healthy", "does not apply"}
    assert not [cell for cell in table["Measured"] if "nan" in cell.lower()]


def test_a_cure_is_tried_on_nine_seeds_and_the_cured_run_opens(ill):
    page = ok(button(ill, "Test this cure").click().run())
    page = waited(page, lambda page: "Open the cured run" in links(page))
    link = links(page)["Open the cured run"]
    config, notes = from_query(dict(part.split("=", 1) for part in link.query_string.split("&")))
    assert link.page.endswith("playground") and not notes
    assert config == edited(config, {}) and config != RunConfig.model_validate(BROKEN)
    assert " of 9" in said(page) and "nan" not in said(page).lower()
    ok(button(page, "Examine the cured run").click().run())
    assert page.session_state["clinic/settings"] == config


def test_a_treatment_is_cancelled_goes_on_and_is_another_visitors_own():
    query = write(edited(PATIENTS[2].config, {"training.epochs": 310}))
    page = unveiled(opened("clinic", **query))
    page = ok(button(page, "Test this cure").click().run())
    if cancel := button(page, "Cancel"):  # it may be quick
        page = ok(cancel.click().run())
        assert not button(page, "Cancel") and "Cancelled at" in said(page)
        page = ok(button(page, "Go on").click().run())
    page = waited(page, lambda page: "Open the cured run" in links(page))
    assert not button(page, "Go on") and not button(page, "Cancel")
    other = unveiled(opened("clinic", **query))
    assert "Open the cured run" not in links(other)
    other = ok(button(other, "Test this cure").click().run())
    assert "Open the cured run" in links(ok(other.run()))


def test_a_cure_is_as_costly_as_what_it_trains(monkeypatch):
    monkeypatch.setattr("ui.clinic.cures.MOST_COST", 2.02 * SEEDS * PATIENTS[2].config.cost)
    page = unveiled(opened("clinic", **write(PATIENTS[2].config)))
    assert button(page, "Test this cure") and "To try it on 9 networks would be about" in said(page)


def test_a_large_run_is_examined_when_it_is_asked_for():
    page = opened("clinic", **write(edited(RunConfig(), {"training.epochs": 5000})))
    assert "waits for you" in said(page) and not button(page, "Show me") and not page.main.header
    page = ok(button(page, "Examine it").click().run())
    assert not button(page, "Examine it") and "waits for you" not in said(page)


def test_a_run_comes_from_the_playground_as_it_stands():
    config = edited(RunConfig(), {"data.source": "moons", "training.learning_rate": 0.1, "training.epochs": 60})
    page = opened("playground", **to_query(config))
    page = asked(sent(page))
    assert page.title[0].value == "Clinic" and page.session_state["clinic/settings"] == config
    assert "A patient of your own" in said(page)


def test_each_twin_of_the_gradient_lab_can_come():
    page = opened("gradient_lab")
    there = [one.label for one in page.main.button if one.label.endswith("to the clinic")]
    assert len(there) == 2
    sent(page, there[1])
    assert page.session_state["clinic/settings"] == page.session_state["lab/settings"][1]


def test_a_visitors_table_comes_by_the_session():
    page = asked(sent(opened("your_data")))
    patient = page.session_state["clinic/settings"]
    assert patient.data.table is not None
    assert "What was measured" in [one.value for one in unveiled(page).main.header]
    for store in ("tables", "known", "fitted", "prepared"):
        page.session_state["own/tables"][store].clear()
    ok(page.run())
    assert any("no longer here" in one.value for one in page.main.warning)


def test_an_address_brings_back_its_patient():
    for patient in (*(one.config for one in PATIENTS), RunConfig.model_validate(BROKEN)):
        assert read(write(patient)) == (patient, [])


@pytest.mark.parametrize("forged", [
    {"patient.training.epochs": "1000000000"}, {"patient.network.layers": "x~y"}, {"patient.objective.kind": "gan"},
    {"patient.objective.kind": "autoencoder"}, {"patient.data.source": "../etc"}, {"patient.__class__": "1"},
    {"patient.data.table": "0123456789abcdef~10~2~2~gone.csv", "patient.data.source": "table"},
    {"patient.training.learning_rate": "nan"}, {"run.training.epochs": "3"}, {"v": "99"}])
def test_what_no_patient_can_be_is_said_and_another_one_stands_there(forged):
    page = opened("clinic", v="1", **forged) if "v" not in forged else opened("clinic", **forged)
    assert page.main.info and page.session_state["clinic/settings"] == USUAL


def test_who_cannot_be_examined_is_not_sent():
    for one in list(GANS.values())[:1]:
        assert read(write(one.config))[1]


def test_pictures_say_in_words_what_they_show():
    line = Line("gradient", np.array([1.0, 2.0, 3.0]), np.array([1e-9, 1e-5, 0.1]))
    found = Evidence("Gradient by layer", "layers", "layer", "size", (line,), (1e-3, None), True, 1.0)
    assert "gradient: from 1.0·10⁻⁹ to 0.1" in in_words(found)
    drawn = evidence(found).to_dict()
    assert any(layer.get("mark", {}).get("type") == "rect" for layer in drawn["layer"])
    config = RunConfig()
    effect = Effect(Treatment("none", "None", "", config), LOSS, "held-out", 0.69, 1.0,
                    tuple(Pair(seed, 1e-5, 0.5 if seed else float("inf")) for seed in range(9)))
    assert "seed 0 1.0·10⁻⁵ → beyond all numbers" in said_pairs(effect)
    nine = str(pairs(effect).to_dict())
    assert "inf" not in nine.lower().replace("info", "") and "nan" not in nine.lower() and "harmed" in nine
