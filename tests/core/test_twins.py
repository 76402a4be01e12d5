"""Twins share everything but what was chosen, to the bit; their link brings them back."""

import numpy as np
import pytest

from ann_core import RunConfig, start
from ann_core.lab.twins import DEFAULT, LETTERS, align, check, differing, from_query, names, shared, to_query
from ann_core.run.link import flatten, nest


def with_(config: RunConfig, **changes) -> RunConfig:
    return RunConfig.model_validate(nest({**flatten(config), **{name.replace("__", "."): v for name, v in changes.items()}}))


A, B = DEFAULT


def test_everything_but_the_chosen_difference_is_bit_equal():
    a, b = start(A), start(B)
    for name in ("X_train", "y_train", "X_test", "y_test"):
        assert np.array_equal(getattr(a.data, name), getattr(b.data, name))
    for before, after in zip(a.net.parameters.rows(a.state.theta), b.net.parameters.rows(b.state.theta), strict=True):
        n_in, n_out = before["W"].shape
        scale = np.sqrt(2 / n_in) / np.sqrt(2 / (n_in + n_out)) if before is not None and after["W"].shape != (10, 1) else 1
        np.testing.assert_allclose(after["W"], before["W"] * scale, rtol=1e-14)  # He over Xavier; the output keeps Xavier
    orders = []
    for run in (a, b):
        trainer = run.trainer()
        for _ in range(3):
            trainer.one_step()
        orders.append(trainer._X.copy())
    assert np.array_equal(*orders)


def test_with_the_same_initialiser_the_first_weights_are_bit_equal():
    a, b = (start(with_(twin, network__initializer="glorot_normal")) for twin in DEFAULT)
    assert np.array_equal(a.state.theta, b.state.theta)


@pytest.mark.parametrize("change", [{"network__batch_norm": True}, {"network__skip": True}, {"training__clip_norm": 1.0},
                                    {"training__learning_rate": 0.5}, {"training__optimizer": "adam"}])
def test_a_cure_leaves_data_and_weights_alone(change):
    a, b = start(A), start(with_(A, **change))
    for before, after in zip(a.net.parameters.rows(a.state.theta), b.net.parameters.rows(b.state.theta), strict=True):
        assert np.array_equal(before["W"], after["W"])
    assert np.array_equal(a.data.X_train, b.data.X_train)


def test_only_the_own_part_may_differ():
    assert check(DEFAULT) == DEFAULT
    for change in ({"data__noise": 0.3}, {"seed": 4}, {"training__batch_size": 8}, {"training__epochs": 7}):
        with pytest.raises(ValueError, match=list(change)[0].replace("__", ".")):
            check((A, with_(B, **change)))
    with pytest.raises(ValueError, match="1 to 4"):
        check((A,) * 5)
    assert {*shared(A)} | {*differing(A)} == {*flatten(A)}


def test_names_say_what_differs():
    assert names(DEFAULT) == ["sigmoid", "ReLU"]
    assert names((A, A)) == ["twin A", "twin B"]
    assert names((A, with_(A, network__batch_norm=True))) == ["no batch norm", "batch norm"]
    assert names((A, with_(A, network__initializer="normal", network__sigma=2.0))) == ["usual start", "normal start + σ = 2"]
    assert names((A, with_(A, training__learning_rate=0.1), A))[0] == "rate 0.03 (A)"


def test_aligning_gives_all_the_shared_part_and_keeps_their_own():
    wanted = with_(A, data__source="circles", network__layers=A.network.layers[:3], seeds=4)
    a, b = check(align(DEFAULT, wanted))
    assert a == wanted and [layer.activation for layer in b.network.layers] == ["relu"] * 3 and b.seeds == 4
    assert len(align(DEFAULT, with_(A, network__layers=A.network.layers * 2))[1].network.layers) == 20


@pytest.mark.parametrize("twins", [
    DEFAULT, (A, B, A), (B, A), (A,), tuple(with_(A, training__learning_rate=rate) for rate in (0.01, 0.1, 1.0, 10.0)),
    align((A, with_(B, network__skip=True, data__scaling="none")), with_(A, data__source="wine", seeds=8))])
def test_a_link_brings_twins_back(twins):
    query = to_query(twins)
    assert from_query(query) == (twins, []) and bool(query) == (twins != DEFAULT)


@pytest.mark.parametrize("query", [
    {"twins": "9"}, {"twins": "2", "B.training.learning_rate": "nan"}, {"B.network.layers": "99999-relu"}, {"v": "7"},
    {"B.data.source": "circles"}, {"nonsense": "1", "twins": "3"}, {"C.seeds": "64", "twins": "3"}, {"twins": "4", "D.": "x"},
    {"twins": "2", "data.source": "digits", "B.network.layers": "8-tanh"}])
def test_bad_links_give_twins_and_a_note(query):
    twins, notes = from_query(query)
    assert check(twins) and len(twins) <= len(LETTERS) and all(isinstance(note, str) for note in notes)
