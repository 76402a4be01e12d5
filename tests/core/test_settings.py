"""Bounds, refusals and links."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.base.registry import Registry
from ann_core.data import FEATURES, SOURCES
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.config import MAX_COST, MAX_PARAMETERS
from ann_core.run.link import flatten, from_query, nest, to_query

ALL = {"batch_size": 100_000, "epochs": 1}
BAD = [
    ({"data": {"samples": 9}}, "data.samples"), ({"data": {"samples": 100_001}}, "data.samples"),
    ({"data": {"samples": "500"}}, "data.samples"), ({"data": {"samples": 50.5}}, "data.samples"),
    ({"data": {"noise": float("nan")}}, "data.noise"), ({"data": {"noise": float("inf")}}, "data.noise"),
    ({"data": {"noise": -0.1}}, "data.noise"), ({"data": {"source": "spirals"}}, "data.source"),
    ({"data": {"test_share": 1.0}}, "data.test_share"), ({"data": {"features": []}}, "data.features"),
    ({"data": {"features": ["x1", "x1"]}}, "data.features"), ({"data": {"features": ["x9"]}}, "data.features"),
    ({"data": {"features": 5}}, "data.features"), ({"data": {"plane": [1, 1]}}, "data.plane"),
    ({"data": {"plane": [0, 1, 2]}}, "data.plane"), ({"data": {"path": "/etc/passwd"}}, "data.path"),
    ({"network": {"layers": [{"units": 129}]}}, "network.layers.0.units"),
    ({"network": {"layers": [{"units": True}]}}, "network.layers.0.units"),
    ({"network": {"layers": [{"activation": "rleu"}]}}, "network.layers.0.activation"),
    ({"network": {"layers": [{"units": 2}] * 65}}, "network.layers"), ({"network": {"sigma": -1.0}}, "network.sigma"),
    ({"network": {"output": "relu"}}, "network.output"), ({"network": {"initializer": None}}, "network.initializer"),
    ({"training": {"learning_rate": 0.0}}, "training.learning_rate"), ({"training": {"epochs": 0}}, "training.epochs"),
    ({"training": {"optimizer": "adamm"}}, "training.optimizer"), ({"training": {"clip_norm": 0.0}}, "training.clip_norm"),
    ({"training": {"reduction": "max"}}, "training.reduction"), ({"seed": -1}, "seed"), ({"seeds": 65}, "seeds"),
    ({"network": {"layers": [{"units": 128}] * 8}}, ""), ({"network": {"loss": "hinge", "output": "sigmoid"}}, ""),
    ({"network": {"batch_norm": True}, "training": {"batch_size": 1}}, ""),
    ({"data": {"samples": 100_000}, "training": {"epochs": 100_000}}, ""), ([], ""), ("spiral", ""),
    ({"data": {"samples": 100_000}, "network": {"layers": [{"units": 27}] * 64}, "training": ALL}, ""),
    ({"data": {"samples": 100_000}, "network": {"layers": [{"units": 1}] * 64}, "training": ALL, "seeds": 8}, ""),
    ({"network": {"layers": [{"units": 100}] * 3}, "seeds": 64, "training": {"epochs": 1}}, ""),
    ({"data": {"samples": 100_000}, "seeds": 64, "training": {"epochs": 1}}, ""),
]


@pytest.mark.parametrize("given_settings,field", BAD)
def test_bad_settings_are_refused_at_their_field_in_words(given_settings, field):
    with pytest.raises(ValidationError) as caught:
        RunConfig.model_validate(given_settings)
    reasons = dict(explain(caught.value))
    assert field in reasons and len(reasons[field]) > 20


def test_an_unknown_name_gets_the_nearest_one():
    with pytest.raises(ValidationError, match="Did you mean 'relu'"):
        RunConfig.model_validate({"network": {"layers": [{"activation": "rleu"}]}})
    with pytest.raises(KeyError, match="Did you mean 'adam'"):
        OPTIMIZERS["adan"]
    assert isinstance(ACTIVATIONS, Registry)


def test_a_run_too_costly_is_refused_with_its_figures():
    with pytest.raises(ValidationError) as caught:
        RunConfig.model_validate({"data": {"samples": 100_000}, "training": {"epochs": 100_000}})
    assert "70,000 rows × 100,000 epochs" in str(caught.value) and f"{MAX_COST:.0e}" in str(caught.value)


def test_a_network_too_large_is_refused_with_its_size():
    with pytest.raises(ValidationError, match=f"at most {MAX_PARAMETERS:,}"):
        RunConfig.model_validate({"network": {"layers": [{"units": 128}] * 8}})


@pytest.mark.parametrize("source", SOURCES)
def test_declared_shape_is_the_shape_of_the_data(source):
    from ann_core import start
    config = RunConfig.model_validate({"data": {"source": source}})
    run = start(config)
    rows, n_in, n_out = config.data.shape
    assert (len(run.data.X_train) + len(run.data.X_test), run.net.n_in, run.net.n_out) == (rows, n_in, n_out)
    assert config.parameters == run.net.n_parameters and abs(config.rows - run.setup.rows) <= 2


@pytest.mark.parametrize("extra", [{}, {"batch_norm": True}])
def test_parameters_are_counted_as_built(extra):
    from ann_core import start
    config = RunConfig.model_validate({"network": {"layers": [{"units": 5}, {"units": 3}], **extra}})
    assert config.parameters == start(config).net.n_parameters


CONFIGS = st.builds(
    lambda **flat: {k.replace("__", "."): v for k, v in flat.items()},
    data__source=st.sampled_from(sorted(SOURCES)), data__noise=st.floats(0, 1), data__seed=st.integers(0, 2**31 - 1),
    data__features=st.lists(st.sampled_from(sorted(FEATURES)), min_size=1, unique=True),
    data__plane=st.none() | st.just([1, 0]), training__learning_rate=st.floats(1e-8, 100),
    training__clip_norm=st.none() | st.floats(0.001, 10), network__batch_norm=st.booleans(),
    network__layers=st.lists(st.fixed_dictionaries({
        "units": st.integers(1, 128), "activation": st.sampled_from(sorted(ACTIVATIONS)),
        "alpha": st.none() | st.floats(0, 2)}), max_size=4))


@settings(max_examples=60, deadline=None)
@given(CONFIGS)
def test_a_link_reproduces_its_settings(flat):
    try:
        config = RunConfig.model_validate(nest({**flatten(RunConfig()), **flat}))
    except ValidationError:
        return  # too large
    again, notes = from_query(to_query(config))
    assert notes == [] and again == config


def test_the_default_run_has_a_bare_address():
    assert to_query(RunConfig()) == {} and from_query({}) == (RunConfig(), [])


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*flatten(RunConfig()), "v", "x"]) | st.text(max_size=8), st.text(max_size=30)))
def test_any_link_gives_settings_and_says_what_it_left_out(query):
    config, notes = from_query(query)
    changed = sum(flatten(config)[path] != value for path, value in flatten(RunConfig()).items())
    given = [path for path in query if path != "v"]
    assert isinstance(config, RunConfig) and (len(given) <= changed or notes or all(
        from_query({path: query[path]})[0] == RunConfig() for path in given))


@pytest.mark.parametrize("text", ["1_000", "٣", "１２", "NaN", "1e999", "inf", "0x10", "", " 3", "3;drop", "1" * 40])
def test_numbers_that_python_would_take_but_people_would_not(text):
    config, notes = from_query({"seed": text})
    assert config == RunConfig() and notes


def test_one_bad_part_of_a_link_does_not_spoil_the_others():
    config, notes = from_query({"data.source": "moons", "training.learning_rate": "fast", "data.noise": "0.3", "evil": "1"})
    assert config.data.source == "moons" and config.data.noise == 0.3 and config.training == RunConfig().training
    assert len(notes) == 2 and "learning_rate" in notes[1]


def test_defaults_are_what_the_default_run_uses():
    assert np.isclose(RunConfig().cost, 6 * RunConfig().parameters * 350 * RunConfig().training.epochs)
