"""Each kind of finding is absent while its cause is small, comes as it grows, and stays."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from ann_core import RunConfig, start
from ann_core.clinic.examination import AILMENTS, examine
from ann_core.clinic.finding import Diagnosis
from ann_core.data import load
from ann_core.run.run import Run
from benchmarks.clinic_patients import HEALTHY, SICK, by, copied, larger, leaking, made, net, rare, run

ADAM = by("adam", 0.02, 40)


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
