"""Every question has exactly one right option, and the answer is what an independent look at the run gives."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_core import RunConfig, advance, first_frame, start
from ann_core.lab.questions import FACTORS, questions
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.lab.twins import names
from ann_core.run.link import flatten, nest

LAYER = st.fixed_dictionaries({"units": st.integers(1, 6),
                               "activation": st.sampled_from(["sigmoid", "tanh", "relu", "step", "linear", "gelu"])})
PARTS = st.fixed_dictionaries({
    "data.source": st.sampled_from(["moons", "hills", "blobs", "diabetes", "sine"]), "data.samples": st.just(40),
    "data.test_share": st.sampled_from([0.0, 0.4]), "data.scaling": st.sampled_from(["standard", "none"]),
    "network.layers": st.lists(LAYER, max_size=6) | st.lists(LAYER, min_size=64, max_size=64),
    "network.initializer": st.sampled_from(["auto", "normal", "zeros"]), "network.sigma": st.sampled_from([0.01, 1.0, 10.0]),
    "network.batch_norm": st.booleans(), "network.skip": st.booleans(),
    "training.optimizer": st.sampled_from(["sgd", "adam"]), "training.learning_rate": st.sampled_from([0.001, 0.1, 100.0]),
    "training.epochs": st.just(3), "seed": st.integers(0, 99), "seeds": st.sampled_from([1, 3])})


def config_of(parts) -> RunConfig:
    return RunConfig.model_validate(nest({**flatten(RunConfig()), **parts}))


def films(config: RunConfig, in_depth: bool = True):
    run = start(config, in_depth=in_depth)
    return first_frame(run), advance(run, frames=1, epochs_per_frame=config.training.epochs)[1]


def first_seed(column, frame):
    return column[frame] if column.ndim == 1 else column[frame][0]


def right_options(question, configs, starts, ends, called):
    """One truth value an option, each by a rule of its own."""
    kind = question.key.split("-")[0]
    if kind in ("smallest", "factor"):
        g = starts[question.subject].gradient[0]
        g = np.nan_to_num(g if g.ndim == 1 else g[:, 0], nan=np.inf, posinf=np.inf)
        with np.errstate(all="ignore"):
            if kind == "smallest":
                same = g.max() <= 10 * g.min() or (g == g[0]).all()
                places = [same if option.startswith("About") else not same for option in question.options]
                at = int(g.argmin())
                here = [at == 0, *([0 < at < len(g) - 1] if len(g) > 2 else []), at == len(g) - 1, True]
                return [a and b for a, b in zip(places, here, strict=True)]
            logs = 0.0 if g[0] == g[-1] else np.log10(g[-1]) - np.log10(g[0])
            return [logs < -1, -1 <= logs <= 1, 1 < logs <= 3, 3 < logs <= 6, logs > 6]
    lost = [end.message is not None or not np.isfinite(first_seed(end.train_loss, -1)) for end in ends]
    if kind == "lower":
        losses = [np.inf if gone else first_seed(end.train_loss, -1) for end, gone in zip(ends, lost, strict=True)]
        wins = [all(own * 1.05 < other for j, other in enumerate(losses) if j != i) for i, own in enumerate(losses)]
        return [*wins, not any(wins)]
    i = question.subject
    data = start(configs[i]).data
    score = first_seed(ends[i].test_score if len(data.y_test) else ends[i].train_score, -1)
    perfect = 0.0 if data.target.task == "regression" else 1.0
    way = np.inf if data.target.baseline == perfect else (score - data.target.baseline) / (perfect - data.target.baseline)
    learned = not lost[i] and (way >= 0.5 if np.isfinite(way) else score == perfect)
    return [learned, not learned]


def check(configs, called, in_depth=True):
    starts, ends = zip(*(films(config, in_depth) for config in configs), strict=True)
    found = questions(configs, called)
    assert len({question.key for question in found}) == len(found)
    for question in found:
        right = right_options(question, configs, starts, ends, called)
        answer = question.answer(starts, ends)
        assert right.count(True) == 1 and right[answer.option], (question.text, question.options, answer)
        assert len(set(question.options)) == len(right) and "nan" not in answer.reason and "inf" not in answer.reason
        assert question.subject is None or answer.reason.startswith(called[question.subject])
        if question.needs == "start":
            assert question.answer(starts) == answer
    return found, starts, ends


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(PARTS, min_size=1, max_size=3), st.booleans())
def test_the_answer_is_what_the_run_did(parts, in_depth):
    configs = [config_of(part) for part in parts]
    check(configs, ["first", "second", "third"][:len(configs)], in_depth)


@pytest.mark.parametrize("key,expected", [
    ("ten", {"smallest-0": 0, "factor-0": 4, "smallest-1": 3, "factor-1": 1, "lower": 1, "learns-0": 1, "learns-1": 0}),
    ("exploding", {"lower": 0, "learns-0": 0, "learns-1": 1, "learns-2": 1})])
def test_known_answers(key, expected):
    twins = LAB_OPENERS[key].twins
    found, starts, ends = check(twins, names(twins))
    options = {question.key: question.answer(starts, ends).option for question in found}
    assert {key: options[key] for key in expected} == expected
    reasons = {question.key: question.answer(starts, ends).reason for question in found}
    if key == "exploding":
        assert "diverged in epoch 1" in reasons["lower"] and "diverged in epoch 1" in reasons["learns-1"]
    else:
        assert reasons["factor-0"].startswith("sigmoid: layer 1's gradient is ") and ": 1/" in reasons["factor-0"]
        assert "the slopes multiplied it by" in reasons["factor-0"] and "held-out accuracy is 50 %" in reasons["learns-0"]


def altered(film, **columns):
    return replace(film, columns={**film.columns, **{name: np.asarray(value) for name, value in columns.items()}})


@pytest.mark.parametrize("gradient,smallest,factor", [
    ([0, 0, 0], 3, 1), ([0, 0, 1], 0, 4), ([1, 0, 1], 1, 1), ([1, 1, 0], 2, 0), ([1, 1, 10], 3, 1), ([1, 1, 10.1], 0, 2),
    ([1, 5, 1000], 0, 2), ([1, 5, 1001], 0, 3), ([1, 5, 1e6], 0, 3), ([1, 5, 1.1e6], 0, 4), ([10.1, 2, 1], 2, 0),
    ([10, 2, 1], 3, 1), ([np.nan, np.inf, 1], 2, 0), ([np.nan] * 3, 3, 1), ([1e-320, 1e-300, 1e300], 0, 4),
    ([2, 0.1, 2], 1, 1)])
def test_borders(gradient, smallest, factor):
    config = config_of({"network.layers": [{"units": 2}] * 2, "data.samples": 20})
    film = altered(first_frame(start(config)), gradient=[gradient])
    one, two = questions([config], ["net"])[:2]
    assert (one.answer([film]).option, two.answer([film]).option) == (smallest, factor)
    assert "nan" not in one.answer([film]).reason + two.answer([film]).reason


@pytest.mark.parametrize("losses,option", [([1.0, 1.05], 2), ([1.0, 1.051], 0), ([0.0, 0.0], 2), ([2.0, 0.0], 1),
                                           ([np.nan, 3.0], 1), ([np.nan, np.nan], 2)])
def test_lower_loss_at_its_borders(losses, option):
    config = config_of({"network.layers": [], "data.samples": 20})
    ends = [altered(first_frame(start(config)), train_loss=[loss]) for loss in losses]
    asked, *_ = questions([config, config], ["a", "b"])
    assert asked.key == "lower" and asked.answer(ends, ends).option == option


def test_questions_about_the_end_need_the_end_and_all_can_be_kept():
    twins = LAB_OPENERS["ten"].twins
    found = questions(twins, names(twins))
    film = first_frame(start(twins[0]))
    for question in found:
        assert pickle.loads(pickle.dumps(question)) == question
        if question.needs == "end":
            with pytest.raises(ValueError, match="Play them first"):
                question.answer([film, film])
    assert found[1].options == FACTORS and len(found) == 7
    with pytest.raises(ValueError):
        questions(twins, ["only one name"])
