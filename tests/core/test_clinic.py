"""The clinic: what was done to a patient is found, and cures are tested; bad input is said in words."""

import pickle
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest

from ann_core import RunConfig, advance, change, start
from ann_core.clinic.examination import AILMENTS, NotExaminable, examine, examining
from ann_core.clinic.finding import Diagnosis, Treatment
from ann_core.clinic.treatment import SEEDS, _others, treated, treating
from ann_core.clinic.vitals import measuring, patient
from ann_core.data import load
from ann_core.data.table.prepare import prepared
from ann_core.lab.openers import OPENERS
from ann_core.run.link import edited
from benchmarks.clinic import visit
from benchmarks.clinic_patients import HEALTHY, PATIENTS, SICK, by, larger, leaking, made, measured, net, run
from tests.core.own_tables import FEATURES, own, pupils
from tests.core.own_tables import config as own_config
from tests.core.test_clinic_sweeps import ADAM, config, spoilt

QUICK = run(made("moons"), net(), by("adam", 0.02, 5))


IN_LAYERS = {"symmetry", "output", "exploding", "vanishing", "rate_high", "saturation", "diverged", "dead"}


@cache
def visits():
    return [visit(one, seed) for one in PATIENTS for seed in (0, 1)]


def test_what_was_done_stands_among_the_first_two_findings():
    wrong = [(one.patient.name, one.seed, one.found) for one in visits() if one.patient.ailment and not one.right]
    assert len(wrong) <= 0.05 * 2 * len(SICK), wrong


def test_healthy_networks_are_called_healthy():
    wrong = [(one.patient.name, one.seed, one.found) for one in visits() if not one.patient.ailment and not one.right]
    assert len(wrong) <= 0.05 * 2 * len(HEALTHY), wrong


@pytest.mark.parametrize("opener, found", {
    "linear_xor": "underfitting", "sigmoid_ten": "vanishing", "relu_ten": "", "adam_ten": "vanishing",
    "rate_too_high": "rate_high", "fitting_noise": "overfitting"}.items())
def test_scenes_of_the_playground_have_what_they_are_about(opener, found):
    diagnosis = examine(OPENERS[opener].config)
    assert next((finding.key for finding in diagnosis.findings), "") == found


@pytest.fixture(scope="module")
def ill():
    return {one.ailment: (one.admitted(0), examine(*one.admitted(0))) for one in reversed(SICK)}


@pytest.mark.parametrize("key", AILMENTS)
def test_a_finding_has_its_number_evidence_and_cures(key, ill):
    (settings, data), diagnosis = ill[key]
    finding = next(one for one in diagnosis.findings if one.key == key)
    low, high = finding.healthy
    assert (finding.layer is not None) == (key in IN_LAYERS)
    assert np.isfinite(finding.value) and (low is not None or high is not None) and finding.source
    assert any(character.isdigit() for character in finding.says) and finding.says.endswith((".", "?"))
    assert "nan" not in finding.says and "inf" not in finding.says.replace("infinity", "")
    assert finding.evidence.lines and all(len(line.x) == len(line.y) > 0 for line in finding.evidence.lines)
    for line in finding.evidence.lines:
        assert np.isfinite(line.x).all() and np.isfinite(line.y).all() and (not finding.evidence.log or (line.y > 0).all())
    keys = [cure.key for cure in finding.cures]
    assert keys and len(set(keys)) == len(keys)
    assert all(cure.config != settings or cure.data is not None for cure in finding.cures)
    weights = [one.weight for one in diagnosis.findings]
    assert weights == sorted(weights, reverse=True) and not diagnosis.healthy
    assert [check.key for check in diagnosis.checks] == list(AILMENTS)


def test_an_examination_says_how_far_it_is():
    *shares, last = examining(config(QUICK))
    assert shares == sorted(shares) and shares[-1] == 1 and isinstance(last, Diagnosis)


def test_it_trains_through_the_work_it_is_given_and_gives_the_same_diagnosis():
    asked = []

    def slow(run, frames, epochs, steps, budget):
        asked.append(budget)
        return advance(run, frames, 1, steps, budget)  # others have their turn after every epoch

    a, b = examine(config(QUICK), work=slow), examine(config(QUICK))
    assert len(asked) >= 5 and max(asked) <= 100 and a.checks == pickle.loads(pickle.dumps(b)).checks


def test_a_cure_is_tested_on_the_same_seed_and_eight_others(ill):
    (settings, data), diagnosis = ill["symmetry"]
    *parts, effect = treating(settings, diagnosis.findings[0].cures[0], data)
    assert [part.done for part in parts] == sorted(part.done for part in parts) and not parts[0].says
    assert [pair.seed for pair in effect.pairs] == list(range(SEEDS)) and effect.done == 1
    alone = start(settings.model_copy(update={"seed": 3}))
    after, film = advance(alone, 1, settings.training.epochs)
    assert effect.pairs[3].before == pytest.approx(float(film.test_loss[-1]), rel=1e-9)
    assert effect.helped >= 6 and effect.says.startswith(f"Helped in {effect.helped} of 9") and "held-out loss" in effect.says


def test_a_cure_that_does_nothing_is_not_said_to_help(ill):
    (settings, data), diagnosis = ill["underfitting"]
    cures = {cure.key: treated(settings, cure, data) for cure in diagnosis.findings[0].cures}
    assert cures["wider"].helped == 9 and cures["longer"].helped <= 1


def test_where_a_cure_brings_more_rows_they_judge_both(ill):
    (settings, _), diagnosis = ill["few_rows"]
    cure = next(one for one in diagnosis.findings[0].cures if one.key == "more_rows")
    effect = treated(settings, cure)
    assert cure.config.data.samples >= 10 * settings.data.samples and effect.helped == 9


@pytest.mark.parametrize("source", ["moons", "blobs", "hills"])
def test_rows_that_were_learned_from_do_not_judge(source):
    few = edited(RunConfig(), {"data.source": source, "data.samples": 50})
    cure = Treatment("more_rows", "", "", edited(few, {"data.samples": 500}))
    known, judges, drawn = load(few.data), _others(few, cure, None), load(cure.config.data)

    def apart(data):
        return np.abs(known.scaler.raw(known.X_train)[:, None] - data.scaler.raw(data.X_test)).max(-1).min()

    assert apart(drawn) < 1e-9 < 1e-6 < apart(judges)
    assert 0.8 < len(judges.y_test) / len(drawn.y_test) < 1 and len(judges.X_test) == len(judges.y_test)


def test_leaving_out_a_leak_makes_the_number_worse_and_true(ill):
    (settings, data), diagnosis = ill["leak"]
    effect = treated(settings, diagnosis.findings[0].cures[0], data)
    before, after = effect.median
    assert before > 0.95 > 0.8 > after and effect.says.endswith("so much is the network's own.")


def test_numbers_that_only_stay_numbers_are_no_help():
    settings = config(run(made("hills"), net("tanh", 3), by("sgd", 2.0, 30, batch_size=1000)))
    diagnosis = examine(settings)
    cures = {cure.key: cure for cure in diagnosis.findings[0].cures}
    slower, clipped = (treated(settings, cures[key]) for key in ("smaller_rate", "clip_norm"))
    assert slower.helped == 9 and "beyond all numbers" in slower.says
    assert all(pair.after < clipped.guess for pair in clipped.pairs if clipped.improves(pair) > 0)


@pytest.mark.parametrize("kind, parts", [
    ("autoencoder", {"data": {"source": "digits"}, "objective": {"kind": "autoencoder"}}),
    ("sequence", {"data": {"source": "reverse"}, "objective": {"kind": "sequence"}, "network": {"layers": [
        {"kind": "lstm", "every_step": True}]}}),
    ("adversarial", {"data": {"source": "blobs"}, "objective": {"kind": "adversarial"}})])
def test_what_has_no_right_answers_is_refused_in_words(kind, parts):
    with pytest.raises(NotExaminable, match="answer"):
        examine(config(parts))


@pytest.mark.parametrize("parts", [
    run(made("moons"), net(), by("adam", 0.02, 1)),
    run(made("moons"), {"layers": []}, by("sgd", 0.1, 3)),
    run(made("sine", 10), net("tanh", 1, 1), by("sgd", 0.1, 2)),
    run(made("moons", test_share=0.0), net(), by("adam", 0.02, 3)),
    run(made("moons"), net("relu", 64, 3, initializer="normal", sigma=10.0), by("sgd", 10.0, 2)),
    run(made("moons"), net("step", 2, 4), by("sgd", 0.1, 3)),
    run(made("moons"), net("relu", 2, 1, initializer="zeros"), by("sgd", 0.1, 3)),
    run(made("hills"), net(initializer="normal", sigma=0.0, batch_norm=True, dropout=0.5), by("adam", 0.1, 3, l1=1.0)),
    run(measured("digits"), {"layers": [{"kind": "conv2d", "filters": 2}, {"kind": "flatten"}]}, by("adam", 0.01, 1)),
    run({"source": "remember_first", "samples": 40}, {"layers": [{"kind": "lstm", "units": 4}]}, by("adam", 0.01, 2)),
    run({"source": "forecast", "samples": 60}, {"layers": [{"kind": "rnn", "units": 4}]}, by("sgd", 0.01, 2)),
    {**QUICK, "seeds": 4}], ids=str)
def test_whatever_comes_there_is_a_diagnosis_without_empty_numbers(parts):
    diagnosis = examine(config(parts))
    told = [*(finding.says for finding in diagnosis.findings), *(check.value for check in diagnosis.checks)]
    assert len(diagnosis.checks) == len(AILMENTS) and not [words for words in told if "nan" in words.split()]
    for finding in diagnosis.findings:
        assert all(np.isfinite(line.y).all() for line in finding.evidence.lines)


def test_a_table_of_ones_own_is_examined_with_its_rows():
    """Stopped early, it is judged at the weights that are kept; what the mark says of having passed is a leak."""
    stops = {"learning_rate": 0.05, "epochs": 200, "patience": 10}
    plain, told = (own(pupils(300), features=(*FEATURES, *more)) for more in ((), ("mark",)))
    well, ill = (examine(own_config(one, training=stops), prepared(one, "standard")) for one in (plain, told))
    assert well.healthy and [finding.key for finding in ill.findings] == ["leak"] and "mark" in ill.findings[0].says


def test_rows_that_settings_do_not_describe_are_scaled_by_the_cure():
    settings, rows = spoilt(run(made("circles"), net(), ADAM), partial(larger, 1000.0))
    cure = examine(settings, rows).findings[0].cures[0]
    assert cure.key == "scaling" and np.allclose(cure.data.X_train.std(0), 1) and treated(settings, cure, rows).helped >= 8
    raw = rows.scaler.raw(rows.X_train)
    np.testing.assert_allclose(cure.data.to_inputs(raw) if not rows.features else cure.data.scaler(raw), cure.data.X_train)


def test_two_inputs_that_leak_do_not_cover_each_other_and_an_easy_task_is_no_leak():
    settings = config(run(made("moons", 300, 0.7, features=["x1", "x2", "x1_x2"]), net(), ADAM))
    rows = leaking(load(settings.data), np.random.default_rng(0))
    twin = replace(rows, X_train=rows.X_train.copy(), X_test=rows.X_test.copy())
    for X in (twin.X_train, twin.X_test):
        X[:, 0] = X[:, -1] ** 3
    finding = next(one for one in examine(settings, twin).findings if one.key == "leak")
    assert (np.ptp(finding.cures[0].data.X_train, axis=0) > 0).tolist() == [False, True, False]
    easy = config(run(made("blobs", classes=2), net(), ADAM))
    assert examine(easy, load(easy.data)).healthy


def test_early_stopping_is_offered_where_rows_validate_and_each_seed_stops_by_itself():
    table = own(pupils(60))
    settings = own_config(table, training={"learning_rate": 0.1, "epochs": 150}, network={"layers": [{"units": 32}] * 2})
    data = prepared(table, "standard")
    finding = next(one for one in examine(settings, data).findings if one.key == "overfitting")
    stop = next(cure for cure in finding.cures if cure.key == "stop")
    assert stop.config.training.patience and treated(settings, stop, data).helped >= 8


def test_where_there_is_nothing_to_learn_nothing_breaks():
    for parts in (run(made("moons"), net(), by("adam", 0.02, 2)), run(made("hills"), net(), by("adam", 0.02, 2))):
        settings, rows = spoilt(parts, lambda data, _: replace(data, y_train=0 * data.y_train, y_test=0 * data.y_test))
        assert len(examine(settings, rows).checks) == len(AILMENTS)


def test_a_run_that_has_begun_and_was_changed_is_examined_from_its_start():
    settings = config(QUICK)
    begun, _ = advance(start(settings), 2)
    changed = change(begun, settings.model_copy(update={"training": settings.training.model_copy(update={"epochs": 4})}))
    assert examine(changed).checks == examine(changed.config).checks


def test_steps_taken_aside_leave_the_run_as_it_was():
    *_, vitals = measuring(patient(start(config(QUICK))), False, advance)
    after, _ = advance(start(config(QUICK)), 1, 5)
    assert np.array_equal(vitals.end.state.theta, after.state.theta) and vitals.steps[0].overshoot < 0


def test_layers_are_numbered_as_they_are_named():
    finding = examine(config(run(made("moons"), net("sigmoid", 9), by("sgd", 0.1, 2)))).findings[0]
    assert (finding.key, finding.layer, finding.evidence.at) == ("vanishing", 1, 1.0) and "layer 1" in finding.says
    assert finding.evidence.names[:2] == ("layer 1", "layer 2") and finding.evidence.names[-1] == "output"
