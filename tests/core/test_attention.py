"""Layers in which steps look at each other: against PyTorch, and what must hold of attention, masks and positions."""

import json
from pathlib import Path

import numpy as np
import pytest

from ann_core import NetworkConfig, build_network
from ann_core.data.config import DataConfig
from ann_core.data.made.sequences import SEQUENCES
from ann_core.data.sequence import one_hot
from ann_core.nn.layers import PLAIN, SelfAttention, Sequential
from ann_core.nn.layers.position import sinusoids
from ann_core.nn.layers.scores import SCORES
from ann_core.nn.parameters import Parameters
from ann_core.run.decoding import write

GOLDEN = Path(__file__).parents[1] / "golden" / "torch_attention.npz"
TOLERANCE = 1e-9


def load():
    """(case, arrays) of every stored stack of layers."""
    with np.load(GOLDEN) as file:
        columns = dict(file)
    loaded = []
    for case in json.loads(str(columns.pop("cases"))):
        arrays = {}
        for name, size in case["sizes"].items():
            count = int(np.prod(size))
            arrays[name], columns[name] = columns[name][:count].reshape(size), columns[name][count:]
        loaded.append((case, arrays))
    assert not any(len(rest) for rest in columns.values())
    return loaded


STORED = load()


def stacked(layers, shape):
    """These layers as one, without an output."""
    built = NetworkConfig.model_validate({"layers": layers}).stack(shape, 1)[:-1]
    return Sequential([(str(i), layer) for i, layer in enumerate(built)])


@pytest.mark.parametrize(("case", "stored"), STORED, ids=[str(case["layers"]) for case, _ in STORED])
def test_layers_give_what_pytorch_gives_and_every_gradient(case, stored):
    layer = stacked(case["layers"], stored["X"].shape[1:])
    grad, parameters = np.full_like(stored["theta"], np.nan), Parameters([layer])
    p, g = parameters.rows(stored["theta"])[0], parameters.rows(grad)[0]
    out, cache = layer.forward(p, stored["X"], PLAIN)
    dX = layer.backward(p, g, stored["dOut"], cache)
    for ours, theirs in ((out, stored["out"]), (dX, stored["dX"]), (grad, stored["grad"])):
        assert ours.shape == theirs.shape
        assert not theirs.size or np.abs(ours - theirs).max() <= TOLERANCE * max(np.abs(theirs).max(), 1e-6)


def answers(layers, X, theta=None, seed=0):
    """What layers give to X (N, T, n), and their parameters."""
    layer = stacked(layers, X.shape[1:])
    parameters = Parameters([layer])
    theta = 0.5 * np.random.default_rng(seed).standard_normal(parameters.size) if theta is None else theta
    return layer.forward(parameters.rows(theta)[0], X, PLAIN)[0]


BLOCK = {"kind": "transformer", "heads": 2, "units": 6}
CAUSAL = [{"kind": "positions"}, {**BLOCK, "causal": True}, {"kind": "self_attention", "causal": True}, {"kind": "layer_norm"}]


@pytest.mark.parametrize("later", range(1, 6))
def test_behind_a_causal_mask_a_later_step_changes_no_earlier_answer(later):
    rng = np.random.default_rng(later)
    X = rng.standard_normal((3, 6, 4))
    other = X.copy()
    other[:, later:] = 100 * rng.standard_normal(X[:, later:].shape)
    np.testing.assert_array_equal(answers(CAUSAL, X)[:, :later], answers(CAUSAL, other)[:, :later])
    assert (answers(CAUSAL, X)[:, later:] != answers(CAUSAL, other)[:, later:]).any(-1).all()


@pytest.mark.parametrize("norm", ["before", "after", "none"])
def test_without_positions_the_order_of_the_steps_does_not_matter(norm):
    rng = np.random.default_rng(0)
    X, order = rng.standard_normal((3, 6, 4)), rng.permutation(6)
    layers = [{**BLOCK, "norm": norm}, {"kind": "self_attention"}]
    np.testing.assert_allclose(answers(layers, X[:, order]), answers(layers, X)[:, order], rtol=1e-10, atol=1e-12)
    placed = [{"kind": "positions", "learned": False}, *layers]
    assert np.abs(answers(placed, X[:, order]) - answers(placed, X)[:, order]).max() > 0.01


def test_every_step_shares_out_a_weight_of_one():
    layer = SelfAttention((5, 4), 2, causal=True)
    parameters, rng = Parameters([layer]), np.random.default_rng(0)
    theta, X = rng.standard_normal((3, parameters.size)), rng.standard_normal((3, 2, 5, 4))
    P = layer.forward(parameters.rows(theta)[0], X, PLAIN)[1].P
    assert P.shape == (3, 2, 2, 5, 5)
    np.testing.assert_allclose(P.sum(-1), 1, rtol=1e-12)
    assert np.array_equal(P, np.tril(P)) and (np.tril(P) > 0).sum() == 15 * 12


def test_sinusoids_turn_by_the_same_angle_from_place_to_place():
    """sin and cos of a pair at t + k are those at t, turned: places k apart look alike everywhere (the point of sinusoids)."""
    E = sinusoids(12, 8)
    assert E[0].tolist() == [0, 1] * 4 and E[3, 0] == np.sin(3) and E[3, 3] == np.cos(3 / 10_000 ** (2 / 8))
    likeness = E @ E.T
    for apart in range(12):
        np.testing.assert_allclose(np.diag(likeness, apart), likeness[0, apart], rtol=1e-12)


def test_a_small_transformer_has_as_many_parameters_as_by_hand():
    """Embedding 10·16 + 16, places 8·16, attention 4·(16·16 + 16), inside 16·32 + 32 + 32·16 + 16, norms 3·32, output 170."""
    net = build_network(NetworkConfig.model_validate({"layers": [
        {"units": 16, "activation": "linear"}, {"kind": "positions"}, {"kind": "transformer"}, {"kind": "layer_norm"}]}),
        (8, 10), 10, "classification")
    assert net.n_parameters == 2730


def test_heads_that_do_not_share_the_numbers_out_are_refused_with_what_to_do():
    with pytest.raises(ValueError, match="shares the numbers of a step out among 3 heads.*divides 4"):
        stacked([{"kind": "self_attention", "heads": 3}], (5, 4))


def written(attention="general"):
    """A small encoder and decoder, and questions of which two begin with padding."""
    layer = {"kind": "encoder_decoder", "units": 4, "attention": attention}
    net = build_network(NetworkConfig.model_validate({"layers": [layer]}), (10, 3), 3, "classification")
    X = one_hot(np.random.default_rng(0).integers(0, 3, (3, 10)), 3)
    X[0, :2], X[1, :1] = 0, 0
    return net, net.initial(0), X


@pytest.mark.parametrize("score", SCORES)
def test_nobody_looks_at_padding_and_every_look_shares_out_one(score):
    net, theta, X = written(score)
    P = net.forward(net.parameters.rows(theta), X)[1][0].P
    np.testing.assert_allclose(P.sum(-1), 1, rtol=1e-12)
    assert (P[0, :, :2] == 0).all() and (P[1, :, :1] == 0).all() and (P[2] > 0).all()


def test_a_question_without_a_token_is_answered_too():
    net, theta, X = written()
    assert np.isfinite(net.forward(net.parameters.rows(theta), np.zeros_like(X))[0]).all()
    assert write(net, theta, np.zeros_like(X)).shape == (3, 5)


@pytest.mark.parametrize("attention", ["none", *SCORES])
def test_what_is_written_is_what_the_network_says_when_it_is_given_its_own_answers(attention):
    net, theta, X = written(attention)
    tokens = write(net, theta, X)
    given = X.copy()
    given[:, 5:] = np.concatenate([np.zeros((3, 1, 3)), one_hot(tokens[:, :-1], 3)], 1)
    np.testing.assert_array_equal(net.forward(net.parameters.rows(theta), given)[0][:, 5:].argmax(-1), tokens)
    np.testing.assert_array_equal(write(net, theta, given), tokens)  # what stood in the answer's half is not looked at


def test_a_draw_is_likelier_the_likelier_the_token():
    net, theta, X = written()
    Z = net.forward(net.parameters.rows(theta), X * (np.arange(10) < 5)[:, None])[0][0, 5]
    P = np.exp(Z) / np.exp(Z).sum()
    drawn = [write(net, theta, X[:1], 1.0, seed)[0, 0] for seed in range(400)]
    np.testing.assert_allclose(np.bincount(drawn, minlength=3) / 400, P, atol=0.08)
    assert (write(net, theta, X, 1e-6) == write(net, theta, X)).all()


ASKED = {"answer_turned": ("4711", "1174"), "answer_sorted": ("4711", "1147"), "answer_copied": ("4711", "4711"),
         "answer_sum": ("47+8", "55"), "answer_date": ("3 May 2021", "2021-05-03")}


@pytest.mark.parametrize(("source", "question", "answer"), [(key, *pair) for key, pair in ASKED.items()])
def test_questions_and_their_answers(source, question, answer):
    made = SEQUENCES[source]
    assert made.right(question) == answer
    X, y = made.encode([(question, answer)], 13)
    names = made.answers(None)
    said = [names[token] for token in y[0] if token >= 0]
    assert "".join(said) == answer + "."
    assert "".join(names[i] for i in X[0, 13 - len(question):13].argmax(-1)) == question and not X[0, :13 - len(question)].any()
    assert not X[0, 13].any() and "".join(names[i] for i in X[0, 14:14 + len(answer)].argmax(-1)) == answer


@pytest.mark.parametrize(("source", "question", "words"), [
    ("answer_date", "31 Apr 2021", "no day 31"), ("answer_date", "May 2021", "such as 3 May 2021"), ("answer_sum", "1+", "47"),
    ("answer_sum", "12", "with a \\+ between")])
def test_questions_that_have_no_answer_are_told(source, question, words):
    with pytest.raises(ValueError, match=words):
        SEQUENCES[source].right(question)


@pytest.mark.parametrize("source", ASKED)
def test_made_questions_have_the_answers_that_are_asked(source):
    made, config = SEQUENCES[source], DataConfig(source=source, length=8, samples=200)
    data = made.prepare(config)
    names = made.answers(config)
    half = made.half(config)
    assert data.X_train.shape[1:] == config.sequence == (2 * half, len(names))
    for X, y in zip(data.X_train, data.y_train, strict=True):
        question = "".join(names[i] for i in X[:half][X[:half].any(-1)].argmax(-1))
        assert "".join(names[token] for token in y[y >= 0]) == made.right(question) + "."
