"""Autoencoders: code and decoder, PCA beside them, what their film holds, odd rows; and what lesson and openers claim."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.data import SOURCES
from ann_core.data.directions import directions
from ann_core.data.table.prepare import prepared
from ann_core.film.probes import PROBES, again, codes
from ann_core.film.scene import scene
from ann_core.judge.oddity import oddity
from ann_core.lab.autoencoder_openers import OPENERS, USUAL
from ann_core.lessons import autoencoder as core
from ann_core.lessons.hourglass import Hourglass, settings
from ann_core.run.link import edited
from ann_core.run.objectives.supervised import NET
from tests.core.own_tables import FEATURES, own, pupils
from tests.core.own_tables import config as on_table

SEEDS, ENOUGH = range(100, 120), 18
ONLY_PROGRESS = frozenset(PROBES) - {"progress"}


@lru_cache
def trained(config: RunConfig, seed: int) -> core.Trained:
    return core.train(config.model_copy(update={"seed": seed, "data": config.data.model_copy(update={"seed": seed})}))


def pca_error(found: core.Trained) -> float:
    return core.error(found.pca.again(found.run.data.X_test), found.run.data.X_test)


# Directions

def test_directions_are_those_of_the_singular_values():
    X = np.random.default_rng(0).standard_normal((40, 6)) * (3, 2, 1, 1, 0.5, 0)
    found = directions(X, 3)
    np.testing.assert_allclose(found.along @ found.along.T, np.eye(3), atol=1e-12)
    V = np.linalg.svd(X - X.mean(0), full_matrices=False)[2][:3]
    np.testing.assert_allclose(found.along.T @ found.along, V.T @ V, atol=1e-9)
    np.testing.assert_allclose(directions(X, 9).again(X), X, atol=1e-12)  # more than there are: nothing is lost


# The hourglass

@pytest.mark.parametrize("hourglass", [Hourglass((), 3), Hourglass((32,), 2), Hourglass((64, 32), 2, "relu"),
                                       Hourglass((9,), 12, "leaky_relu", 0.2)])
def test_an_hourglass_is_read_from_its_layers(hourglass):
    found = Hourglass.of(hourglass.layers)
    assert found.layers == hourglass.layers and found.code == hourglass.code


@pytest.mark.parametrize("layers", [[], [{"units": 3}], [{"units": 8}, {"units": 2, "activation": "linear"}],
                                    [{"units": 8}, {"units": 2, "activation": "linear"}, {"units": 9}],
                                    [{"units": 8}, {"units": 2, "activation": "linear"}, {"units": 8, "activation": "relu"}],
                                    [{"kind": "conv2d"}, {"kind": "flatten"}, {"units": 4}]])
def test_other_layers_are_no_hourglass(layers):
    config = RunConfig.model_validate({"data": {"source": "digits"}, "network": {"layers": layers}})
    assert Hourglass.of(config.network.layers) is None


# Code, decoder, what is measured

@pytest.mark.parametrize("more", [{}, {"network.batch_norm": True}, {"network.output": "sigmoid"}])
def test_encoder_and_decoder_one_after_the_other_are_the_network(more):
    run, _ = advance(start(edited(USUAL, more)), frames=1, steps_per_frame=3)
    objective, X = run.setup.objective, run.data.X_test[:7]
    p, at = objective.rows(run.state.theta)[NET], run.net.evaluation(run.state.statistics)
    found = objective.codes(p, X, at)
    assert found.shape == (7, 2)
    whole = run.net.predict(run.state.theta, X, run.state.statistics)
    np.testing.assert_allclose(objective.decoded(p, found, at), whole, atol=1e-12)


def test_an_even_number_of_layers_has_no_code_and_no_picture_of_it():
    run = start(edited(USUAL, {"network.layers": USUAL.network.layers[:2]}))
    assert run.setup.objective.code is None and "codes" not in scene(run)[0]["probes"]
    with pytest.raises(ValueError, match="odd number of hidden layers"):
        run.setup.objective.codes(run.setup.objective.rows(run.state.theta)[NET], run.data.X_test)


def test_a_denoiser_is_measured_on_disturbed_rows_always_the_same():
    run, film = advance(start(OPENERS["denoise"].config), frames=1, steps_per_frame=4)
    setup = run.setup
    assert 0.2 < core.error(setup.seen_test, setup.data.X_test) < 0.3 and setup.seen_train.shape == setup.data.X_train.shape
    A = run.net.predict(run.state.theta, setup.seen_test)
    assert film.test_score[-1] == pytest.approx(core.error(A, setup.data.X_test))
    assert (start(run.config).setup.seen_test == setup.seen_test).all()
    assert start(USUAL).setup.seen_test is not None and (start(USUAL).setup.seen_test == start(USUAL).data.X_test).all()


def test_pca_stands_beside_the_loss_and_the_score():
    run = start(USUAL)
    (reference,) = scene(run)[0]["references"]
    sheet = directions(run.data.X_train, 2).again(run.data.X_test)
    assert reference["name"] == "PCA with 2 numbers"
    assert reference["score"] == pytest.approx(core.error(sheet, run.data.X_test))
    assert reference["loss"] == pytest.approx(32 * reference["score"])  # half the sum over 64 pixels
    assert scene(start(RunConfig()))[0]["references"] == []


def test_codes_and_pictures_of_a_film_are_the_networks_own():
    run, _ = advance(start(OPENERS["denoise"].config, without={"boundary", "units"}), frames=1, steps_per_frame=5)
    film, (header, blocks) = first_frame(run), scene(run)
    X, y = codes.watched(run.setup)
    objective = run.setup.objective
    expected = objective.codes(objective.rows(run.state.theta)[NET], X)[:, :2]
    np.testing.assert_allclose(film.codes[0], expected, atol=1e-12)
    assert header["code_width"] == 16 and len(X) == 400 and (blocks["code_of"] == y).all()
    clean, seen, labels = again.watched(run.setup)
    assert labels.tolist() == list(range(10)) and blocks["again_given"].shape == (10, 8, 8)
    A = np.clip(run.net.predict(run.state.theta, seen), 0, 1)
    np.testing.assert_allclose(film.again[0] / 255, A, atol=0.51 / 255)
    np.testing.assert_allclose(blocks["again_pictures"].reshape(10, 64), clean, atol=1e-6)


def test_several_seeds_are_watched_by_the_first():
    alone, several = (first_frame(start(USUAL.model_copy(update={"seeds": seeds}))) for seeds in (1, 3))
    np.testing.assert_allclose(several.codes, alone.codes)
    assert (several.again == alone.again).all()


def test_a_table_has_codes_and_no_pictures():
    header = scene(start(OPENERS["odd"].config))[0]
    assert "codes" in header["probes"] and "again" not in header["probes"]
    field = scene(start(settings(Hourglass((8,), 2), source="diabetes")))[0]["code_field"]
    assert field["low"] < field["high"] and header["code_field"] is None


# Odd rows

def test_a_rows_oddity_is_its_mean_squared_error_shared_among_its_columns():
    run, _ = advance(start(OPENERS["odd"].config, without=ONLY_PROGRESS), frames=1, epochs_per_frame=20)
    raw = SOURCES["wine"].dataset().X
    found, X = oddity(run, raw), run.data.to_inputs(raw)
    np.testing.assert_allclose(found.rows, ((run.net.predict(run.state.theta, X) - X) ** 2).mean(1))
    assert found.columns.shape == (178, 13) and found.oddest(3) == list(np.argsort(-found.rows)[:3])
    np.testing.assert_allclose(run.data.to_inputs(found.back), run.net.predict(run.state.theta, X), atol=1e-9)


def test_inputs_of_one_column_count_together():
    table = own()
    config = on_table(table, objective={"kind": "autoencoder"}, network={"layers": [{"units": 2, "activation": "linear"}]})
    run = start(config, prepared(table, "standard"))
    groups = [table.encoder.groups[column.name] for column in table.encoder.columns]
    found = oddity(run, table.X, groups)
    assert found.columns.shape == (len(table.rows), 4)
    np.testing.assert_allclose(found.rows, oddity(run, table.X).rows)


def test_a_column_that_never_varies_is_never_odd():
    table = own(pupils().assign(always=7.0), features=(*FEATURES, "always"))
    config = on_table(table, objective={"kind": "autoencoder"}, network={"layers": [{"units": 2, "activation": "linear"}]})
    run, _ = advance(start(config, prepared(table, "standard")), frames=1, epochs_per_frame=60)
    found = oddity(run, table.X, [table.encoder.groups["always"]])
    assert "always" in " ".join(run.data.notes) and found.columns.max() < 1e-3 and np.allclose(found.back[:, -1], 7, atol=0.1)


def test_rows_beyond_all_measure_are_not_called_odd():
    run = start(OPENERS["odd"].config)
    broken = run.at(run.state.__class__(**{**run.state.__dict__, "theta": np.full_like(run.state.theta, np.nan)}))
    assert oddity(broken, SOURCES["wine"].dataset().X).oddest(5) == []


# What lesson and openers claim

def test_two_numbers_and_bends_come_below_pca_but_not_within_five_epochs():
    found = [trained(core.NETWORKS["tanh"], seed) for seed in SEEDS]
    assert all(one.errors[-1] < pca_error(one) for one in found)
    assert sum(one.errors[5] > pca_error(one) for one in found) >= ENOUGH
    assert all(3 < one.below_pca <= 30 for one in found)
    assert np.median([one.errors[-1] / pca_error(one) for one in found]) == pytest.approx(0.81, abs=0.03)


def test_without_bends_it_comes_down_to_pca_and_no_further():
    found = [trained(core.NETWORKS["linear"], seed) for seed in SEEDS]
    ratios = [one.errors[-1] / pca_error(one) for one in found]
    assert sum(0.999 < ratio < 1.02 for ratio in ratios) >= ENOUGH, ratios


def test_two_layers_on_each_side_do_better_than_one():
    for seed in SEEDS[:4]:  # all twenty: benchmarks/autoencoder.py
        assert trained(core.NETWORKS["deeper"], seed).errors[-1] < trained(core.NETWORKS["tanh"], seed).errors[-1]


def test_neighbours_in_the_plane_tell_the_class_better_than_in_pcas():
    shares = []
    for seed in SEEDS:
        one = trained(core.NETWORKS["tanh"], seed)
        data = one.run.data
        near = [core.neighbours(encode(data.X_test), encode(data.X_train)) for encode in (one.codes, one.pca.codes)]
        shares.append([float((core.voted(data.y_train, places) == data.y_test).mean()) for places in near])
    ours, theirs = np.transpose(shares)
    assert (ours > theirs).sum() >= ENOUGH and 0.65 < np.median(ours) < 0.8


def test_what_comes_back_is_blurred():
    for seed in SEEDS:
        one = trained(core.NETWORKS["tanh"], seed)
        X = one.run.data.X_test
        assert one.again(X).var(0).sum() < 0.7 * X.var(0).sum()


def test_labels_change_nothing():
    assert core.mixed_up(core.NETWORKS["tanh"]) == 0


def test_a_denoiser_leaves_less_than_pca_and_than_a_network_that_learned_clean_digits():
    for seed in SEEDS:
        cleaner = trained(core.DENOISER, seed)
        X = cleaner.run.data.X_test
        given = core.noisy(X, 0.5, seed)
        others = [cleaner.pca.again, *([trained(core.PLAIN, seed).again] if seed < SEEDS[4] else [])]
        assert core.error(cleaner.again(given), X) < 0.05 < min(core.error(other(given), X) for other in others)


def test_usual_values_in_an_unusual_combination_are_odder_than_nearly_all_flowers():
    raw = SOURCES["iris"].dataset().X
    small = np.median(raw[:50], axis=0)
    odd = np.array([*small[:3], 2.0])
    for seed in SEEDS:
        one = trained(core.FLOWERS, seed)
        X = one.run.data.to_inputs(raw)
        others = ((one.again(X) - X) ** 2).mean(1)
        assert (others < core.flower(one, odd)[0]).mean() > 0.95 and (others < core.flower(one, small)[0]).mean() < 0.5


def test_every_opener_ends_and_is_an_hourglass():
    for opener in OPENERS.values():
        assert Hourglass.of(opener.config.network.layers)
    run, film = advance(start(OPENERS["odd"].config, without=ONLY_PROGRESS), frames=1_000, epochs_per_frame=50)
    assert run.finished and film.epoch[-1] == 100
