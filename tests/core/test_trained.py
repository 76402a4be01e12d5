"""The file of a trained network: it answers the same again, and anything else is refused with a reason."""

import json
import time

import numpy as np
import pandas as pd
import pytest

from ann_core import advance, start
from ann_core.data.table.prepare import prepared
from ann_core.export.saved import from_json, trained
from tests.core.own_tables import config, own, pupils

CASES = {
    "two classes": ({}, {}), "several classes": ({"target": "town", "features": ("hours", "job")}, {}),
    "regression": ({"target": "mark", "task": "regression"}, {}),
    "batch norm and skips": ({}, {"network": {"batch_norm": True, "skip": True}}),
    "tanh and hinge": ({}, {"network": {"output": "tanh", "loss": "hinge"}}),
    "rare words together": ({"most_categories": 3}, {"data": {"scaling": "minmax"}}),
}


def make(case: str):
    changes, parts = CASES[case]
    found = own(**changes)
    settings = config(found, training={"epochs": 5}, **parts)
    run, _ = advance(start(settings, prepared(found, settings.data.scaling)), frames=1, epochs_per_frame=5)
    return found, run, trained(run, found)


@pytest.mark.parametrize("case", CASES)
def test_saved_and_loaded_it_answers_exactly_the_same(case):
    _, _, network = make(case)
    rows = pupils(50, 9)[::-1].iloc[:, ::-1]  # other rows, columns in another order
    again = from_json(network.to_json())
    np.testing.assert_array_equal(network.answers(rows), again.answers(rows))
    assert again.to_json() == network.to_json()


@pytest.mark.parametrize("case", CASES)
def test_it_answers_as_the_run_does(case):
    found, run, network = make(case)
    answers = network.answers(found.table.frame.iloc[found.rows[found.train]])
    np.testing.assert_array_equal(answers, network.answers_to(run.data.X_train))
    own_words = run.net.predict(run.state.theta, run.data.X_train, run.state.statistics)
    if found.task == "regression":
        np.testing.assert_allclose(answers, own_words[:, 0] * run.data.target.scale + run.data.target.center)
    else:
        np.testing.assert_allclose(answers.sum(axis=1), 1)
        border = 0.0 if run.net.head.signed else 0.5
        guess = own_words.argmax(axis=1) if own_words.shape[1] > 1 else own_words[:, 0] > border
        np.testing.assert_array_equal(answers.argmax(axis=1), guess)


def test_a_missing_column_is_named():
    _, _, network = make("two classes")
    with pytest.raises(ValueError, match="town"):
        network.answers(pupils(3).drop(columns="town"))


def test_answers_beyond_all_bounds_are_none():
    _, _, network = make("regression")
    far = pd.DataFrame({"hours": [5.0, 1e99], "sleep": [7.0, -1e99], "town": ["north"] * 2, "job": ["no"] * 2})
    answers = network.answers(far)
    assert np.isfinite(answers[0]) and len(answers) == 2


def test_probabilities_of_undecided_scores_are_even():
    _, run, network = make("several classes")
    assert np.isfinite(network.answers_to(np.full((1, run.data.X_train.shape[1]), 1e300))).sum() in (0, 5)


def spoil(change):
    """The file after a change of its content, with a checksum that fits it: only the change itself is wrong."""
    from ann_core.export.sealed import checksum_of
    content = json.loads(make("two classes")[2].to_json())
    content.pop("checksum")
    change(content)
    return json.dumps({**content, "checksum": checksum_of(content)}).encode()


def put(*path_and_value):
    *path, name, value = path_and_value

    def change(content):
        for part in path:
            content = content[part]
        content[name] = value
    return change


HOSTILE = {
    "a missing array": (lambda c: c["parameters"].pop("layers.0.W"), "not those of its layers"),
    "an array too many": (put("parameters", "layers.9.W", [[1.0]]), "not those of its layers"),
    "an array of another shape": (put("parameters", "layers.0.b", [0.0]), "finite numbers in layers.0.b"),
    "rows of different length": (put("parameters", "layers.0.W", [[1.0], [1.0, 2.0]]), "finite numbers in layers.0.W"),
    "an infinite number": (put("parameters", "layers.2.b", [float("inf")]), "holds Infinity"),
    "words for numbers": (put("parameters", "layers.2.b", ["1"]), "finite numbers in layers.2.b"),
    "true for a number": (put("parameters", "layers.2.b", [True]), "finite numbers in layers.2.b"),
    "nested without end": (put("parameters", "layers.2.b", [[[[[[1.0]]]]]]), "finite numbers in layers.2.b"),
    "a huge whole number": (put("parameters", "layers.2.b", [10**30]), "31 digits"),
    "an unknown activation": (put("network", "layers", [{"units": 8, "activation": "evil"}]), "evil"),
    "too large a network": (put("network", "layers", [{"units": 128, "activation": "tanh"}] * 64), "parameters"),
    "an unknown part": (put("code", "import os"), "code"),
    "a path for a name": (put("network", "initializer", "../../etc/passwd"), "Unknown"),
    "a scale of zero": (put("scaling", "scale", [0.0] * 8), "scale above 0"),
    "scales for other inputs": (put("scaling", "scale", [1.0]), "for each of 8 inputs"),
    "one class": (put("target", "classes", ["yes"]), "at least two classes"),
    "no columns": (put("columns", "columns", []), "for each of 0 inputs"),
    "another version": (put("version", 2), "version 2"),
    "another format": (put("format", "pickle"), "no network of this playground"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_damaged_and_hostile_files_are_refused_with_a_reason(case):
    change, words = HOSTILE[case]
    before = time.perf_counter()
    with pytest.raises(ValueError, match=words):
        from_json(spoil(change))
    assert time.perf_counter() - before < 5  # generous: training is in it


@pytest.mark.parametrize("data, words", [
    (b"", "not JSON"), (b"\x80\x04\x95", "not JSON"), (b"PK\x03\x04", "not JSON"), (b"[" * 100_000, "not JSON"),
    (b"[]", "no network"), (b'"text"', "no network"), (b'{"format": NaN}', "NaN"), (b'{"a": 1, "a": 2}', "twice"),
    (b'{"version": ' + b"9" * 5000 + b"}", "digits"), (b" " * 10_000_001, "at most 10 MB")])
def test_other_files_are_refused(data, words):
    with pytest.raises(ValueError, match=words):
        from_json(data)


def test_one_changed_digit_is_noticed():
    text = make("two classes")[2].to_json()
    place = text.index(b'"center"') + 12
    digit = next(i for i in range(place, place + 30) if text[i:i + 1].isdigit())
    other = text[:digit] + (b"7" if text[digit:digit + 1] != b"7" else b"3") + text[digit + 1:]
    with pytest.raises(ValueError, match="changed after it was saved"):
        from_json(other)
