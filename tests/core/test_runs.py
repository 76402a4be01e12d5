"""What must hold of runs: same settings, same film; members equal solo runs; changes change only what they say."""

import pickle

import numpy as np
import pytest

from ann_core import RunConfig, advance, build_network, change, continues, start
from ann_core.nn.config import NetworkConfig
from ann_core.run.continuing import keeps_weights

FULL = {"network": {"layers": [{"units": 6, "activation": "relu"}, {"units": 5, "activation": "tanh"}],
                    "dropout": 0.2, "batch_norm": True, "skip": True},
        "data": {"source": "moons", "samples": 101}, "training": {"batch_size": 16, "l2": 1e-3, "clip_norm": 1.0}}


def config(base=None, **parts) -> RunConfig:
    merged = {**(base or {})}
    for section, values in parts.items():
        merged[section] = {**merged.get(section, {}), **values} if isinstance(values, dict) else values
    return RunConfig.model_validate(merged)


def same(a, b) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name), equal_nan=getattr(a, name).dtype.kind == "f")
               for name in a.columns)


@pytest.mark.parametrize("settings", [{}, FULL])
def test_same_settings_same_film_bit_for_bit(settings):
    films = [advance(start(config(settings)), frames=5)[1] for _ in range(2)]
    assert same(*films)


@pytest.mark.parametrize("settings", [{}, FULL])
def test_advance_is_pure_and_goes_on_from_a_pickle(settings):
    run = start(config(settings))
    before = run.state.theta.copy()
    after, film = advance(run, frames=3)
    assert np.array_equal(run.state.theta, before)
    assert same(advance(run, frames=3)[1], film)
    assert same(advance(pickle.loads(pickle.dumps(after)), frames=2)[1], advance(after, frames=2)[1])


@pytest.mark.parametrize("settings", [{}, FULL])
def test_chunks_do_not_matter(settings):
    run = start(config(settings))
    whole = advance(run, frames=6)[1]
    first, _ = advance(run, frames=2)
    amid, _ = advance(first, frames=1, steps_per_frame=3)
    rest = advance(amid, frames=4)[1]
    assert np.array_equal(whole.train_loss[2:], rest.train_loss) and np.array_equal(whole.epoch[2:], rest.epoch)


def test_two_interleaved_runs_equal_their_solo_runs():
    settings = [config(FULL), config(FULL, network={"dropout": 0.5}, training={"optimizer": "sgd"})]
    solo = [advance(start(c), frames=4)[1] for c in settings]
    runs, parts = [start(c) for c in settings], [[], []]
    for _ in range(4):
        for i in range(2):
            runs[i], film = advance(runs[i], frames=1)
            parts[i].append(film.train_loss[0])
    assert all(np.array_equal(solo[i].train_loss, parts[i]) for i in range(2))


@pytest.mark.parametrize("settings", [{"data": {"samples": 100}}, FULL])
def test_a_member_of_an_ensemble_equals_its_solo_run(settings):
    together, film = advance(start(config(settings, seed=3, seeds=3)), frames=8)
    for k in range(3):
        alone, solo = advance(start(config(settings, seed=3 + k)), frames=8)
        np.testing.assert_allclose(together.state.theta[k], alone.state.theta, rtol=0, atol=1e-12)
        np.testing.assert_allclose(film.train_loss[:, k], solo.train_loss, rtol=0, atol=1e-12)
        np.testing.assert_allclose(film.gradient[:, :, k], solo.gradient, rtol=0, atol=1e-12)


def test_a_batch_equals_its_rows_one_by_one():
    net = build_network(NetworkConfig(), 2, 1, "classification")
    rng = np.random.default_rng(0)
    theta, X = net.initial(0), rng.standard_normal((7, 2))
    Y = net.head.encode(rng.integers(0, 2, 7), 2)
    loss, grad = net.loss_and_grad(theta, X, Y)
    rows = [net.loss_and_grad(theta, X[i:i + 1], Y[i:i + 1]) for i in range(7)]
    np.testing.assert_allclose(loss, np.mean([r[0] for r in rows]), rtol=1e-13)
    np.testing.assert_allclose(grad, np.mean([r[1] for r in rows], axis=0), rtol=1e-12, atol=1e-15)


def test_switching_activation_optimiser_or_rate_leaves_everything_else_as_it_was():
    base = start(config())
    for parts in ({"network": {"layers": [{"units": 8, "activation": "sigmoid"}] * 2 + [{"units": 6, "activation": "sine"}]}},
                  {"training": {"optimizer": "sgd"}}, {"training": {"learning_rate": 1.0}}):
        other = start(config(**parts))
        assert np.array_equal(other.data.X_train, base.data.X_train)
        assert np.array_equal(other.state.theta, base.state.theta)  # tanh, sigmoid and sine share Glorot's scale
        orders = [run.trainer() for run in (base, other)]
        for trainer in orders:
            trainer.one_step()
        assert np.array_equal(orders[0]._X, orders[1]._X)


def test_initialisers_share_the_raw_draw():
    he, glorot = (start(config(network={"initializer": name})) for name in ("he_normal", "glorot_normal"))
    ratio = he.net.parameters.view(he.state.theta)["layers.1.W"] / glorot.net.parameters.view(glorot.state.theta)["layers.1.W"]
    np.testing.assert_allclose(ratio, np.sqrt(2 / 8) / np.sqrt(2 / 16))


@pytest.mark.parametrize("batch,steps", [(1, 70), (10, 7), (32, 3), (23, 3), (70, 1), (100_000, 1)])
def test_every_row_is_used_once_an_epoch(batch, steps):
    """70 training rows; 23 leaves a remainder of one row, which joins the batch before it."""
    run = start(config(data={"samples": 100}, training={"batch_size": batch}))
    trainer = run.trainer()
    seen = []
    while trainer.epoch == 0:
        row = trainer.row
        trainer.one_step()
        seen.append((row, trainer.row or 70))
    expected = 3 if batch == 23 else steps
    assert len(seen) == expected and seen[0][0] == 0 and seen[-1][1] == 70
    assert all(a[1] == b[0] for a, b in zip(seen, seen[1:], strict=False)) and all(b - a > 1 or batch == 1 for a, b in seen)
    assert sorted(map(tuple, trainer._X)) == sorted(map(tuple, run.data.X_train))


def test_rows_are_reshuffled_each_epoch():
    trainer = start(config()).trainer()
    trainer.one_step()
    first = trainer._X.copy()
    trainer.run(1, None, np.inf)
    trainer.one_step()
    assert not np.array_equal(first, trainer._X)


def test_a_change_goes_on_with_the_same_weights():
    run, _ = advance(start(config()), frames=3)
    slower = change(run, config(training={"learning_rate": 0.001}))
    assert slower.state is run.state
    other = change(run, config(training={"optimizer": "momentum"}))
    assert np.array_equal(other.state.theta, run.state.theta)
    assert [(len(memory.vectors), memory.t) for memory in other.state.memories] == [(1, 0)]
    with pytest.raises(ValueError, match="Start a new run"):
        change(run, config(seed=1))
    assert not continues(run.config, config(network={"layers": [{"units": 9}]}))


def test_which_settings_keep_the_weights():
    def switched(keep):
        layers = [{"units": 8, "activation": "relu"}] * 2 + [{"units": 6}]
        return keeps_weights(config(), config(network={"layers": layers}), keep)

    assert switched(True) and not switched(False)
    assert keeps_weights(config(), config(training={"batch_size": 1}), False)
    assert not keeps_weights(config(), config(network={"initializer": "zeros"}), False)
    assert not keeps_weights(config(), config(network={"skip": True}), True)


def test_more_weight_decay_gives_smaller_weights():
    lengths = []
    for l2 in (0.0, 0.01, 0.1):
        run, _ = advance(start(config(training={"l2": l2})), frames=1, epochs_per_frame=40)
        lengths.append(np.linalg.norm(run.state.theta * run.net.parameters.mask("weight")))
    assert lengths[0] > lengths[1] > lengths[2]


def test_l1_makes_many_weights_small():
    run, _ = advance(start(config(training={"l1": 0.01})), frames=1, epochs_per_frame=100)
    plain, _ = advance(start(config()), frames=1, epochs_per_frame=100)
    weights = run.net.parameters.mask("weight") > 0
    assert (np.abs(run.state.theta[weights]) < 0.02).mean() > 3 * (np.abs(plain.state.theta[weights]) < 0.02).mean()


@pytest.mark.parametrize("clip,measure", [({"clip_norm": 0.01}, lambda g: np.linalg.norm(g)),
                                          ({"clip_value": 0.001}, lambda g: np.abs(g).max())])
def test_clipping_bounds_the_step_and_both_gradients_are_shown(clip, measure):
    run = start(config(training={**clip, "optimizer": "sgd", "learning_rate": 1.0}))
    after, film = advance(run, frames=1, steps_per_frame=1)
    assert measure(after.state.theta - run.state.theta) == pytest.approx(next(iter(clip.values())), rel=1e-9)
    assert (film.clipped_gradient <= film.batch_gradient).all() and (film.clipped_gradient < film.batch_gradient).any()


def test_a_diverging_run_stops_keeps_the_last_numbers_and_says_what_to_try():
    run = start(config(data={"source": "hills"}, network={"layers": [{"units": 8}]},
                       training={"optimizer": "sgd", "learning_rate": 50.0}))
    after, film = advance(run, frames=60)
    assert film.state == "diverged" and after.message == film.message
    assert np.isfinite(after.state.theta).all() and np.isfinite(film.train_loss).all()
    assert "epoch" in film.message and "try 10)" in film.message
    again, still = advance(after, frames=5)
    assert again is after and still.frames == 1 and still.state == "diverged"


def test_one_diverging_member_leaves_the_others_alone():
    base = {"data": {"source": "plane"}, "network": {"layers": []}, "training": {"optimizer": "sgd", "learning_rate": 0.1}}
    run = start(config(base, seeds=2))
    run.state.theta[1] = 1e200
    _, film = advance(run, frames=5)
    _, alone = advance(start(config(base)), frames=5)
    assert film.state == "running" and np.allclose(film.train_loss[:, 0], alone.train_loss, rtol=1e-12)
    assert not np.isfinite(film.train_loss[-1, 1])


def test_the_run_ends_with_its_last_epoch():
    run, film = advance(start(config(training={"epochs": 5})), frames=60, epochs_per_frame=2)
    assert film.epoch.tolist() == [2, 4, 5] and film.state == "finished" and run.finished


def test_a_small_budget_still_gives_a_frame():
    _, film = advance(start(config(data={"samples": 20_000})), frames=60, epochs_per_frame=50, budget_ms=1)
    assert film.frames == 1 and 0 < film.epoch[0] < 1


def test_the_smallest_and_strangest_runs():
    for parts in ({"network": {"layers": []}}, {"data": {"samples": 10, "test_share": 0.0}}, {"data": {"test_share": 0.9}},
                  {"network": {"initializer": "zeros"}}, {"data": {"source": "iris", "plane": [2, 0]}},
                  {"network": {"layers": [{"units": 1, "activation": "step"}]}}, {"data": {"noise": 1.0, "scaling": "none"}}):
        _, film = advance(start(config(**parts)), frames=2)
        assert film.frames == 2 and np.isfinite(film.train_loss).all()


def test_deep_sigmoid_gradients_do_not_underflow():
    layers = [{"units": 4, "activation": "sigmoid"}] * 64
    run = start(config(network={"layers": layers, "initializer": "normal", "sigma": 0.01}))
    _, film = advance(run, frames=1, steps_per_frame=1)
    assert (film.gradient[0] > 0).all() and film.gradient[0, 0] < 1e-100
    assert np.isfinite(film.blocks()["gradient"]).all()
