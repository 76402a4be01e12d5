"""A block value by value, deep stacks before learning, and parameters counted part by part."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core import NetworkConfig, build_network
from ann_core.lessons import attention_block as block
from ann_core.lessons import attention_depth as deep
from ann_core.lessons import attention_large as large
from ann_core.nn.layers import PLAIN

NORMS = ["before", "after"]


@pytest.mark.parametrize("norm", NORMS)
def test_value_by_value_a_block_does_what_the_engines_block_does_forward_and_back(norm):
    net, seen = block.network(norm), block.passed(norm)
    theta = net.initial(block.SEED)
    grad = np.full_like(theta, np.nan)
    p, g = net.parameters.rows(theta)[0], net.parameters.rows(grad)[0]
    out, cache = net.layers[0].forward(p, block.TOKENS[None].copy(), PLAIN)
    dX = net.layers[0].backward(p, g, seen.gradients["out"][None], cache)
    assert out[0] == pytest.approx(seen.values["out"]) and dX[0] == pytest.approx(seen.gradients["x"])
    for ours, theirs in zip(seen.weight_gradients, g.parts, strict=True):
        assert set(ours) == set(theirs) and all(ours[name] == pytest.approx(theirs[name]) for name in ours)


@pytest.mark.parametrize("norm", NORMS)
def test_every_gradient_is_its_finite_difference(norm):
    X = np.random.default_rng(0).standard_normal((block.T, block.D))
    seen = block.passed(norm, X)
    assert len(seen.gradients) == 7
    for key, gradient in seen.gradients.items():
        found = [[block.difference(norm, X, key, (t, i)) for i in range(block.D)] for t in range(block.T)]
        assert found == pytest.approx(gradient, rel=1e-5, abs=1e-6), key


@pytest.mark.parametrize("norm", NORMS)
def test_at_a_plus_gradients_of_both_ways_add_up_and_only_attention_reaches_other_tokens(norm):
    seen = block.passed(norm)
    plus = "r" if norm == "before" else "s1"
    assert seen.gradients["x"] == pytest.approx(seen.gradients[plus] + seen.through["x"])
    assert not seen.gradients[plus][:-1].any() and seen.gradients["x"][:-1].all()


def test_a_token_of_equal_numbers_has_no_spread_and_goes_through_all_the_same():
    seen = block.passed("before", np.ones((block.T, block.D)))
    assert not seen.values["n1"].any() and all(np.isfinite(one).all() for one in (*seen.gradients.values(), seen.values["out"]))


@lru_cache
def reach(residual, norm, blocks=24):
    return deep.reach(blocks, residual, norm)


def most(holds) -> bool:
    """Whether it holds for at least 18 of the 20 networks."""
    assert holds.shape == (20,)
    return int(holds.sum()) >= 18


def test_without_layer_norm_a_deep_stack_vanishes_and_with_a_residual_it_explodes():
    assert most(reach(False, "none").stream[:, 0] < 1e-5) and most(reach(True, "none").stream[:, 0] > 1e6)


def test_layer_norm_before_each_half_and_a_residual_keep_the_gradient_in_every_block():
    both = reach(True, "before")
    assert most(((both.stream > 0.5) & (both.stream < 10)).all(-1)) and most((both.looks > 1e-3).all(-1))
    assert most(both.apart[:, -1] > 0.2)


@pytest.mark.parametrize("norm", NORMS)
def test_without_residual_all_tokens_become_alike_so_queries_and_keys_get_nothing(norm):
    alone = reach(False, norm)
    assert most(alone.apart[:, -1] < 1e-12) and most(alone.looks[:, -1] < 1e-9) and most(alone.stream[:, 0] > 1e-3)


def test_with_a_residual_alone_every_token_of_the_last_block_looks_at_one_single_token():
    net = deep.stacked(24, True, "none")
    theta = np.stack([net.initial(seed) for seed in deep.SEEDS])
    X = np.random.default_rng(0).standard_normal((deep.ROWS, deep.T, deep.D))
    _, caches, _ = net.forward(net.parameters.rows(theta), X)
    most_of_all = net.layers[23].attended(caches[23]).P.max(-1)
    assert most(most_of_all.mean((-3, -2, -1)) > 0.999) and most(reach(True, "none").looks[:, -1] < 1e-12)


def test_layer_norm_after_each_half_leaves_late_queries_and_keys_much_less_than_before_it():
    assert most(reach(True, "after").looks[:, -1] < 0.1 * reach(True, "before").looks[:, -1])


@pytest.mark.parametrize("seed", [100, 119])
def test_a_seed_among_others_has_the_gradient_that_it_has_alone(seed):
    net, (X, D) = deep.stacked(6, True, "before"), np.random.default_rng([seed, deep.DEPTH]).standard_normal(
        (2, deep.ROWS, deep.T, deep.D))
    theta, h = net.initial(seed), 1e-6
    p, layer = net.parameters.rows(theta), net.layers[-2]
    *_, outputs = net.forward(p, X)

    def L(A):
        return float((net.part(p, A, slice(5, 7)) * D).sum())

    way = np.random.default_rng(0).standard_normal(outputs[4].shape)
    slope = (L(outputs[4] + h * way) - L(outputs[4] - h * way)) / (2 * h)
    dOut = D @ net.parameters.view(theta)["layers.6.W"].T
    cache = layer.forward(p[5], outputs[4].copy(), PLAIN)[1]
    dA = layer.backward(p[5], net.parameters.rows(np.zeros_like(theta))[5], dOut, cache)
    assert float((dA * way).sum()) == pytest.approx(slope, rel=1e-5)
    found = deep.reach(6, True, "before").stream[seed - 100]
    assert found[4] == pytest.approx(np.linalg.norm(dA) / np.linalg.norm(dOut)) and found[5] == 1


@pytest.mark.parametrize(("name", "count"), [("GPT-2 small", 124_439_808), ("GPT-2 medium", 354_823_168),
                                             ("GPT-2 large", 774_030_080), ("GPT-2 XL", 1_557_611_200)])
def test_published_models_have_as_many_parameters_as_is_known_of_them(name, count):
    """As GPT-2's published weights have them, with one table for tokens and output."""
    assert sum(large.counted(large.FAMILY[name].layers()).values()) == count


@pytest.mark.parametrize("sizes", [large.GPT2, large.Sizes(3, 64, 100, 16)])
def test_a_large_model_is_counted_part_by_part_as_by_hand(sizes):
    L, d = sizes.blocks, sizes.d
    found = large.counted(sizes.layers())
    assert found == {"tokens": sizes.vocabulary * d, "positions": sizes.context * d, "attention": 4 * d * d * L,
                     "feed-forward": 8 * d * d * L, "norms": (2 * L + 1) * 2 * d, "biases": 9 * d * L, "output": 0}
    assert sum(found.values()) == (sizes.vocabulary + sizes.context) * d + large.in_blocks(d, L) + 2 * d
    assert large.looks(sizes.layers()) == L * sizes.heads * sizes.context**2


@pytest.mark.parametrize("layers", [
    large.NETWORKS["places"], large.NETWORKS["none"],
    ({"units": 12, "activation": "linear"}, {"kind": "positions", "learned": False},
     *[{"kind": "transformer", "heads": 3, "units": 20, "norm": "after"}] * 2)])
def test_the_same_count_gives_what_the_labs_networks_have(layers):
    net = build_network(NetworkConfig.model_validate({"layers": layers}), (8, 10), 10, "classification")
    found = large.counted(net.layers)
    assert sum(found.values()) == net.n_parameters and found["output"] == net.layers[-1].inputs[-1] * 10


def test_the_labs_transformer_is_the_one_that_is_counted():
    assert sum(large.counted(large.lab().layers).values()) == 2730 and large.looks(large.lab().layers) == 2 * 8**2
