"""What the lesson on attention works out: a look by hand, three views, and the best that can be done without places."""

from itertools import product

import numpy as np
import pytest

from ann_core.lessons import attention as core
from ann_core.lessons import attention_trained as trained
from ann_core.run.run import start


def test_a_look_is_scores_softmax_and_a_weighted_sum():
    q = np.array([1.0, 0.5])
    found = core.look_back(q[None])
    shares = np.exp([2.0, 1.0, 3.0])
    assert found.scores[0] == pytest.approx([2, 1, 3]) and found.weights[0] == pytest.approx(shares / shares.sum())
    assert found.taken[0] == pytest.approx(sum(p * e for p, e in zip(found.weights[0], core.QUESTION, strict=True)))


@pytest.mark.parametrize("asks", core.ASKS)
@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
def test_a_self_attention_is_its_formula_and_no_score_contains_a_value(asks, scale):
    W = core.ASKS[asks]
    seen, plain = core.see(W, scale), core.see(W, 1.0)
    scores = core.X @ W @ core.X.T / np.sqrt(2)
    shares = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    assert seen.scores == pytest.approx(scores) and seen.weights == pytest.approx(shares)
    assert seen.out == pytest.approx(shares @ (scale * core.X))
    assert np.array_equal(seen.weights, plain.weights) and seen.out == pytest.approx(scale * plain.out)


def test_who_looks_at_whom_differs_both_ways_where_query_and_key_differ():
    weights = core.see(core.ASKS["things ask for descriptions"], 1.0).scores
    assert weights[2, 1] > weights[1, 2]
    like = core.see(core.ASKS["each asks for its like"], 1.0).scores
    assert like == pytest.approx(like.T)


def test_the_best_without_places_is_the_mean_over_all_sequences():
    most = [max(map(digits.count, digits)) for digits in product(range(10), repeat=3)]
    assert float(np.mean(most)) / 3 == pytest.approx(trained.best_without_places(4))
    assert trained.best_without_places(8) == pytest.approx(0.317, abs=5e-4)
    with pytest.raises(ValueError, match="even"):
        trained.best_without_places(5)


def test_behind_a_mask_half_is_seen_and_a_tenth_of_the_rest_guessed():
    assert trained.best_behind_a_mask(8) == pytest.approx(0.5 + 0.5 / 10)
    assert trained.best_behind_a_mask(5) == pytest.approx((3 + 2 / 10) / 5)


@pytest.mark.parametrize("network, alike", [("none", True), ("places", False)])
def test_without_positions_exchanged_tokens_get_exchanged_answers_and_with_them_they_do_not(network, alike):
    run, rng = start(trained.turns(network)), np.random.default_rng(0)
    theta, X, shuffled = run.state.theta, run.data.X_test[:5], rng.permutation(8)
    p = run.net.parameters.rows(theta + 0.1 * rng.normal(size=theta.shape))  # learned positions begin at 0
    out, other = (run.net.forward(p, rows)[0] for rows in (X, X[:, shuffled]))
    assert np.allclose(other, out[:, shuffled], atol=1e-4) == alike


@pytest.mark.parametrize("seed", [100, 101])
def test_a_trained_transformer_comes_near_the_best_that_is_possible(seed):
    shares = {name: trained.by_place(trained.turns(name, 8, seed), 200).right for name in trained.NETWORKS}
    assert shares["places"].mean() > 0.97
    assert shares["none"].mean() == pytest.approx(trained.best_without_places(8), abs=0.04)
    assert shares["causal"].mean() == pytest.approx(trained.best_behind_a_mask(8), abs=0.04)
    assert shares["causal"][:4].max() < 0.25 and shares["causal"][4:].min() > 0.9


def test_one_state_keeps_short_questions_and_loses_long_ones_and_a_look_back_keeps_both():
    none, seeing = (trained.by_length(trained.answers(score, 100), (300,))[0] for score in ("none", "general"))
    assert none.length.tolist() == [4, 5, 6, 7, 8]
    assert none.whole[0] > 0.6 and none.whole[-1] < 0.2 and seeing.whole.min() > 0.9
