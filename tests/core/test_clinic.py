"""The clinic: each kind of finding comes as its cause grows and stays; what it says is measured; bad input is said in words."""

from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest

from ann_core import LayerConfig, RunConfig, advance, change, start
from ann_core.clinic.examination import AILMENTS, NotExaminable, examine, examining
from ann_core.clinic.finding import Diagnosis
from ann_core.clinic.treatment import SEEDS, treated, treating
from ann_core.clinic.vitals import measuring, patient
from ann_core.data import load
from ann_core.run.run import Run
from benchmarks.clinic import FIRST, visit
from benchmarks.clinic_patients import (
    HEALTHY,
    PATIENTS,
    SICK,
    by,
    copied,
    larger,
    leaking,
    made,
    measured,
    net,
    rare,
    run,
)

ADAM = by("adam", 0.02, 40)
QUICK = run(made("moons"), net(), by("adam", 0.02, 5))


def config(parts) -> RunConfig:
    return RunConfig.model_validate(parts)


def spoilt(parts, by_hand):
    """Settings, and their rows changed by hand."""
    settings = config(parts)
    return settings, by_hand(load(settings.data), np.random.default_rng(0))


def moved(parts, change_weights) -> Run:
    """A run before its first step, its weights changed by hand."""
    run = start(config(parts))
    theta = run.state.theta.copy()
    change_weights(run.net.parameters.view(theta))
    return run.at(replace(run.state, theta=theta))


def alike(share):
    def pull(views):
        for name, view in views.items():
            if name.endswith("W") and view.shape[1] > 1:
                view += share * (view.mean(1, keepdims=True) - view)
    return moved(run(made("moons"), net("tanh", 2, 8), by("sgd", 0.05, 40)), pull)


def off(push):
    def down(views):
        views["layers.0.b"] -= push
    return moved(run(made("moons"), net("relu", 2, 8), by("sgd", 0.01, 30)), down)


def taller(factor):
    return spoilt(run(made("hills"), net(output="tanh"), ADAM), lambda data, _: replace(
        data, y_train=factor * data.y_train, y_test=factor * data.y_test))


SWEEPS = {
    "symmetry": (alike, (0, 0.3, 0.9, 0.999, 1)),
    "unscaled": (lambda f: spoilt(run(made("moons"), net(), ADAM), partial(larger, f)), (1, 3, 30, 100, 1000)),
    "leak": (lambda noise: spoilt(run(made("moons", 300, 0.6), net(), ADAM), partial(leaking, noise=noise)),
             (3, 1, 0.3, 0.03, 0.01)),
    "copies": (lambda share: spoilt(run(made("moons"), net(), ADAM), partial(copied, share=share)), (0, 0.05, 0.2, 0.5, 1)),
    "output": (taller, (0.5, 0.8, 1.5, 3, 10)),
    "exploding": (lambda s: config(run(made("moons"), net("relu", 8, 12, initializer="normal", sigma=s), by("sgd", 1e-4, 10))),
                  (0.3, 0.5, 0.9, 1.2, 2)),
    "vanishing": (lambda n: config(run(made("moons"), net("sigmoid", n), by("sgd", 0.1, 10))), (1, 2, 6, 8, 12)),
    "rate_high": (lambda rate: config(run(made("moons"), net(), by("adam", rate, 20))), (0.01, 0.05, 0.8, 2, 10)),
    "diverged": (lambda rate: config(run(made("hills"), net(), by("sgd", rate, 30))), (0.03, 0.3, 3, 10, 50)),
    "saturation": (lambda s: config(run(made("moons"), net(initializer="normal", sigma=s), by("sgd", 0.01, 20))),
                   (0.3, 0.6, 3, 5, 10)),
    "dead": (off, (0, 0.5, 5, 8, 20)),
    "rate_low": (lambda rate: config(run(made("moons"), net(), by("sgd", rate))), (0.3, 0.1, 1e-4, 1e-5, 1e-6)),
    "few_rows": (lambda n: config(run(made("moons", n), net(), ADAM)), (500, 100, 50, 30, 14)),
    "imbalance": (lambda share: spoilt(run(made("moons", 600, 0.7), net(), ADAM), partial(rare, share)),
                  (1, 0.4, 0.06, 0.04, 0.03)),
    "overfitting": (lambda noise: config(run(made("moons", 120, noise, test_share=0.5), net("tanh", 2, 24),
                                             by("adam", 0.02, 150, batch_size=10))), (0, 0.05, 0.6, 0.8, 1)),
    "underfitting": (lambda pull: config(run(made("circles"), net(), by("adam", 0.02, 40, l2=pull))), (0, 1e-4, 0.1, 1, 10)),
}
"""By kind: a patient at a strength of its cause, and strengths, of which the first two are healthy and the last two are not."""


def examined(patient) -> Diagnosis:
    return examine(*patient) if isinstance(patient, tuple) else examine(patient)


def test_every_kind_has_a_sweep_and_there_are_enough():
    assert list(SWEEPS) == list(AILMENTS) and len(AILMENTS) >= 14
    assert {one.ailment for one in SICK} == set(AILMENTS) and (len(SICK), len(HEALTHY)) == (40, 20)


@pytest.mark.parametrize("key", SWEEPS)
def test_a_finding_comes_as_its_cause_grows_and_stays(key):
    make, strengths = SWEEPS[key]
    found = [key in {finding.key for finding in examined(make(strength)).findings} for strength in strengths]
    assert found == sorted(found) and found[:2] == [False, False] and found[-2:] == [True, True], found


@cache
def visits():
    return [visit(one, seed) for one in PATIENTS for seed in (0, 1)]


def test_what_was_done_stands_among_the_first_two_findings():
    wrong = [(one.patient.name, one.seed, one.found) for one in visits() if one.patient.ailment and not one.right]
    assert len(wrong) <= 0.05 * 2 * len(SICK), wrong


def test_healthy_networks_are_called_healthy():
    wrong = [(one.patient.name, one.seed, one.found) for one in visits() if not one.patient.ailment and not one.right]
    assert len(wrong) <= 0.05 * 2 * len(HEALTHY), wrong


@pytest.fixture(scope="module")
def ill():
    return {one.ailment: (one.admitted(0), examine(*one.admitted(0))) for one in reversed(SICK)}


@pytest.mark.parametrize("key", AILMENTS)
def test_a_finding_has_its_number_evidence_and_cures(key, ill):
    (settings, data), diagnosis = ill[key]
    finding = next(one for one in diagnosis.findings if one.key == key)
    low, high = finding.healthy
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
    assert len(asked) >= 5 and a.checks == b.checks


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
    assert FIRST == 2 and LayerConfig().units == 8
