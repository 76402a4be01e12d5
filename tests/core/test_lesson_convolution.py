"""What the lesson on convolution shows: the engine's numbers against sums written out, and what was learned over 20 seeds."""

import numpy as np
import pytest

from ann_core.lessons import convolution as core
from ann_core.lessons import convolution_trained as trained
from ann_core.lessons.convolution_backward import PICTURE, SMALL_FILTER, Example

SEEDS = range(100, 120)
rng = np.random.default_rng(5)


@pytest.mark.parametrize("stride, padding", [(1, "valid"), (1, "same"), (2, "valid"), (2, "same"), (3, "same")])
def test_every_answer_of_a_filter_is_the_sum_over_what_it_sees(stride, padding):
    picture, filters, b = rng.normal(size=(7, 7, 2)), rng.normal(size=(3, 3, 2, 4)), rng.normal(size=4)
    Z = core.convolved(picture, filters, b, stride, padding)
    assert Z.shape[:2] == (core.length_after(7, 3, stride, padding)[0],) * 2
    for place in np.ndindex(Z.shape[:2]):
        window = core.seen(picture, 3, place, stride, padding)
        np.testing.assert_allclose(Z[place], (window[..., None] * filters).sum((0, 1, 2)) + b)


def test_what_a_filter_sees_inside_is_a_piece_of_the_picture_and_at_the_edge_has_zeros():
    picture = np.arange(16.0).reshape(4, 4, 1)
    np.testing.assert_array_equal(core.seen(picture, 3, (1, 0)), picture[1:4, 0:3])
    edge = core.seen(picture, 3, (0, 0), padding="same")[..., 0]
    assert edge[0].tolist() == edge[:, 0].tolist() == [0, 0, 0] and edge[1:, 1:].tolist() == [[0, 1], [4, 5]]


def test_filters_for_edges_are_silent_on_even_ground_and_blur_leaves_it_as_it_is():
    even = np.full((5, 5, 1), 7.0)
    for kind, weights in core.BY_HAND.items():
        np.testing.assert_allclose(core.convolved(even, weights[..., None, None], np.zeros(1)), 7 if kind == "blur" else 0)


def test_an_upright_filter_hears_upright_edges_only():
    edge = np.zeros((5, 5, 1))
    edge[:, 3:] = 1
    upright, lying = (np.abs(core.convolved(edge, core.BY_HAND[kind][..., None, None], np.zeros(1))).max()
                      for kind in ("upright", "lying"))
    assert (upright, lying) == (3, 0)


@pytest.mark.parametrize("length, size, stride, padding, wanted", [
    (8, 3, 1, "valid", (6, 0, 0)), (8, 3, 1, "same", (8, 1, 1)), (11, 3, 2, "valid", (5, 0, 0)), (11, 3, 2, "same", (6, 1, 1)),
    (8, 4, 1, "same", (8, 1, 2)), (5, 5, 1, "valid", (1, 0, 0)), (12, 2, 4, "same", (3, 0, 0))])
def test_the_size_of_the_map_and_the_zeros_around(length, size, stride, padding, wanted):
    assert core.length_after(length, size, stride, padding) == wanted


def test_pools():
    A = np.array([[3.0, 0, 1, 1], [8, 1, 1, 5], [0, 0, 2, 2], [0, 0, 2, 2]])[..., None]
    assert core.pooled(A, "max")[..., 0].tolist() == [[8, 5], [0, 2]]
    assert core.pooled(A, "average")[..., 0].tolist() == [[3, 2], [0, 2]]
    assert core.pooled(A, "global max").tolist() == [8] and core.pooled(A, "global average").tolist() == [1.75]


def test_a_convolutions_parameters_do_not_grow_with_the_picture_and_a_dense_layers_do():
    (few, dense), (same, more) = core.parameters(8, 8, 3), core.parameters(16, 8, 3)
    assert few == same == 3 * 3 * 8 + 8
    assert (dense, more) == (64 * 512 + 512, 256 * 2048 + 2048)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_each_layer_adds_one_pixel_on_each_side(depth):
    seen = core.sees(16, core.deep(16, depth), (8, 8))
    assert seen.sum() == (2 * depth + 1) ** 2 and seen[8 - depth:9 + depth, 8 - depth:9 + depth].all()


def test_pools_make_it_grow_faster_and_the_edge_cuts_it_off():
    assert core.sees(16, core.deep(16, 2, pool=True), (4, 4)).any(0).sum() == 8  # 3, behind the pool 4, and 2 · 2 more
    assert core.sees(16, core.deep(16, 1), (0, 0)).sum() == 4


def test_the_way_back_equals_finite_differences_number_by_number():
    for _ in range(5):
        example = Example(rng.normal(size=(4, 4)), rng.normal(size=(3, 3)), rng.normal(size=(2, 2)))
        for by_engine, by_difference in zip(example.gradients(), example.differences(), strict=True):
            np.testing.assert_allclose(by_engine, by_difference, atol=1e-8)
        _, by_engine, by_difference = example.pooled()
        np.testing.assert_allclose(by_engine, by_difference, atol=1e-8)


def test_a_shared_weight_adds_up_over_its_places_and_a_pool_gives_to_the_largest():
    dOut = np.array([[1.0, -1.0], [2.0, 3.0]])
    example = Example(PICTURE, SMALL_FILTER, dOut)
    dW, _ = example.gradients()
    assert dW[0, 1] == 2 * 1 + 0 * -1 + 1 * 2 + 3 * 3 == 13
    out, dA, _ = example.pooled()
    assert out.tolist() == [[2, 3], [2, 2]] and dA[dA != 0].tolist() == [1, -1, 2, 3]


def test_shapes_learned_at_the_left_are_known_at_the_right_with_a_global_max_only():
    found = [trained.one_sided(seed).right for seed in SEEDS]
    assert sum(right["anywhere"][1] > 0.75 for right in found) >= 18
    assert sum(right["anywhere"][0] > 0.9 and right["places"][0] > 0.9 for right in found) >= 18
    for name in ("places", "dense"):
        assert sum(right[name][1] < 0.35 for right in found) >= 18, name


def test_hardly_a_learned_filter_looks_like_one_for_edges_and_the_digits_are_read():
    alike, right = [], []
    for seed in SEEDS:
        reader = trained.reader(seed)
        filters = reader.layer(0)["W"].T.reshape(-1, 3, 3)
        alike.append(sum(core.nearest(weights)[1] >= 0.9 for weights in filters))
        right.append(reader.right(reader.data.X_test, reader.data.y_test))
    assert sum(count <= 1 for count in alike) >= 18 and sum(share > 0.93 for share in right) >= 18


def test_moved_digits_lose_nothing_and_are_read_by_filters_with_a_global_max():
    found = trained.centred(100)
    X = found.pictures.reshape(len(found.pictures), -1)
    for down, across in ((2, 2), (-2, 1)):
        there = trained.moved(X, down, across)
        np.testing.assert_array_equal(trained.moved(there, -down, -across), X)
        assert np.allclose(np.sort(there), np.sort(X))
    still = {name: right[2, 2] for name, right in found.right.items()}
    once = {name: np.mean([right[1, 2], right[3, 2], right[2, 1], right[2, 3]]) for name, right in found.right.items()}
    assert min(still.values()) > 0.9 and once["anywhere"] > 0.85 > 0.75 > once["places"] > once["dense"] > 0.3


def test_a_pictures_way_through_a_network_has_the_numbers_of_its_layers():
    reader = trained.reader()
    picture = reader.data.X_test[0].ravel()
    given, maps, pooled, flat, p = reader.outputs(picture)
    W, b = reader.layer(0)["W"], reader.layer(0)["b"]
    Z = core.convolved(given, W.reshape(3, 3, 1, 8), b, padding="same")
    np.testing.assert_allclose(maps, np.maximum(Z, 0))
    np.testing.assert_allclose(pooled, core.pooled(maps, "max"))
    last = reader.layer(3)
    z = flat @ last["W"] + last["b"]
    np.testing.assert_allclose(p, np.exp(z) / np.exp(z).sum())
    assert p.argmax() == reader.answers(reader.data.X_test[:1])[0]
