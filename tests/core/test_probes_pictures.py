"""Filters and feature maps as films: what travels is what the network has, within half a step of a byte."""

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.film.pictures import MOST_CHANNELS, looks, reach
from ann_core.film.probes.maps import watched
from ann_core.film.scene import scene
from ann_core.film.wire import pack, unpack
from ann_core.lab.convolution_openers import OPENERS, USUAL
from ann_core.run.link import edited

CANVAS = OPENERS["canvas"].config


def bytes_as(values, scale):
    return (values.astype(float) - 128) / 127 * scale


def hidden_of(run, X):
    return run.net.forward(run.net.parameters.rows(run.state.theta), X)[2]


@pytest.mark.parametrize("config", [USUAL, CANVAS], ids=["one", "two"])
def test_filters_are_the_weights(config):
    run, _ = advance(start(config), frames=1, steps_per_frame=3)
    film, places = first_frame(run), scene(run)[0]["filter_layers"]
    views, first = run.net.parameters.view(run.state.theta), 0
    for layer, name in zip(places, ("layers.0.W", "layers.2.W"), strict=False):
        k, C, F = layer["size"], layer["channels"], layer["filters"]
        W = views[name].reshape(k, k, C, F)
        filters, channels = layer["shown"]
        for f in range(filters):
            for c in range(channels):
                shown = bytes_as(film.filters[0, 0, first:first + k * k], film.filter_scale[0]).reshape(k, k)
                np.testing.assert_allclose(shown, W[:, :, c, f], atol=film.filter_scale[0] / 254 + 1e-6)
                first += k * k
    assert first == film.filters.shape[-1]


@pytest.mark.parametrize("config", [USUAL, CANVAS, OPENERS["anywhere"].config], ids=["one", "two", "global"])
def test_maps_are_the_layers_outputs_on_the_watched_pictures(config):
    run, _ = advance(start(config), frames=1, steps_per_frame=3)
    film, layers, rows = first_frame(run), scene(run)[0]["map_layers"], watched(run.setup)
    outputs = [A for A in hidden_of(run, run.data.X_train[rows]) if A.ndim == 4]
    assert [[layer[side] for side in ("height", "width", "channels")] for layer in layers] == [[*A.shape[1:]] for A in outputs]
    for k in range(len(rows)):
        first = 0
        for i, A in enumerate(outputs):
            shown = np.moveaxis(A[k][..., :MOST_CHANNELS], -1, 0)
            size = shown.size
            travelled = bytes_as(film.maps[0, k, first:first + size], film.map_scale[0, i]).reshape(shown.shape)
            np.testing.assert_allclose(travelled, shown, atol=film.map_scale[0, i] / 254 + 1e-5)
            first += size
        assert first == film.maps.shape[-1]


def test_answers_are_the_networks_own_and_each_class_has_a_picture():
    run, _ = advance(start(USUAL), frames=1, steps_per_frame=40)
    film, rows = first_frame(run), watched(run.setup)
    P = run.net.predict(run.state.theta, run.data.X_train[rows])
    np.testing.assert_allclose(film.map_answers[0] / 255, P, atol=0.003)
    assert [int(run.data.y_train[row]) for row in rows] == list(range(10)) == scene(run)[0]["map_truth"]


def test_saliency_is_the_slope_of_the_answered_class_by_finite_differences():
    smooth = [{"kind": "conv2d", "activation": "tanh"}, {"kind": "average_pool2d"}, {"kind": "flatten"}]
    run, _ = advance(start(edited(USUAL, {"network.layers": smooth})), frames=1, steps_per_frame=40)
    X, h = run.data.X_train[watched(run.setup)][:3], 1e-5
    seen = looks(run.net, run.state.theta[None], run.state.statistics[None], X)

    def answered(X):
        Z = run.net.forward(run.net.parameters.rows(run.state.theta), X)[0]
        return Z[np.arange(len(X)), seen.answers[0].argmax(-1)]

    for row, column in ((2, 3), (5, 4), (0, 0)):
        step = np.zeros_like(X)
        step[:, row, column] = h
        slope = (answered(X + step) - answered(X - step)) / (2 * h)
        np.testing.assert_allclose(seen.saliency[0, :, row, column], slope, atol=1e-3)


def test_two_classes_and_dense_layers_on_pictures_have_answers_without_maps():
    film = first_frame(start(edited(USUAL, {"network.layers": [{"kind": "flatten"}, {"units": 4}]})))
    assert film.maps.shape == (1, 10, 0) and film.map_answers.shape == (1, 10, 10) and not film.failures
    assert "filters" not in film.columns


def test_networks_on_rows_of_numbers_have_neither():
    assert not {"filters", "maps"} & {key for key in scene(start(RunConfig()))[0]["probes"]}


def test_of_several_seeds_the_first_is_shown():
    alone, many = (first_frame(start(edited(USUAL, {"seeds": seeds}))) for seeds in (1, 3))
    for name in ("filters", "filter_scale", "maps", "map_scale", "map_answers", "saliency"):
        np.testing.assert_array_equal(alone.columns[name], many.columns[name])


def test_a_page_may_leave_probes_out():
    run = start(USUAL, without={"boundary", "units"})
    film = advance(run, frames=2, steps_per_frame=1)[1]
    assert not {"boundary", "units"} & set(film.columns)
    assert set(scene(run)[0]["probes"]) == set(scene(start(USUAL))[0]["probes"]) - {"boundary", "units"}


def test_a_frame_is_small_and_survives_the_wire():
    _, film = advance(start(USUAL, without={"boundary", "units"}), frames=60, steps_per_frame=2)
    blocks = film.blocks()
    message = pack({}, [({}, blocks)])
    assert len(message) / film.frames < 1_500
    for name, column in unpack(message)[1][0][1].items():
        np.testing.assert_array_equal(column, blocks[name])


def test_a_scale_is_a_round_number_just_above_and_rarely_moves():
    assert reach([np.array([[0.0], [0.4], [1.0], [1.01], [-7.2]])]).tolist() == pytest.approx([1, 0.5, 1, 1.5, 10])
    _, film = advance(start(USUAL), frames=60, steps_per_frame=2)
    assert (np.diff(film.filter_scale) != 0).sum() <= 6


def test_weights_that_overflow_are_said_and_not_drawn_as_numbers():
    run = start(USUAL)
    theta = run.state.theta.copy()
    theta[:80] = 1e200
    film = first_frame(run.at(run.state.__class__(theta, run.state.memories, run.state.statistics)))
    assert film.maps.dtype == np.uint8 and np.isfinite(film.map_scale).all()
