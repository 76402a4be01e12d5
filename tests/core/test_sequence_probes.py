"""Gradient through time, states and gates as films: what travels is what the network has."""

from dataclasses import replace

import numpy as np
import pytest

from ann_core import advance, first_frame, start
from ann_core.data.made.sequences import SYMBOLS
from ann_core.film.probes.gates import MOST_UNITS, watched
from ann_core.film.scene import scene
from ann_core.film.sequences import GATES
from ann_core.lab.recurrence_openers import USUAL
from ann_core.nn.layers.base import Flow
from ann_core.run.link import edited

TASKS = {"first": {}, "marker": {"data.source": "marker_later", "objective.kind": "sequence"},
         "series": {"data.source": "forecast"}, "sum": {"data.source": "add_marked"}}


def trained(kind: str, task: str = "first", length: int = 7, steps: int = 2, seeds: int = 1, **fields):
    layer = {"kind": kind, "units": 5, "every_step": task == "marker", **fields}
    shared = {"data.length": length, "data.samples": 60, "seeds": seeds}
    config = edited(USUAL[0], {**shared, "network.layers": [layer], **TASKS[task]})
    return advance(start(config), frames=1, steps_per_frame=steps)[0]


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("task", ["first", "marker"])
def test_the_line_is_how_a_rows_loss_changes_with_its_state(kind, task):
    run = trained(kind, task)
    film, flow, net = first_frame(run), Flow(), run.net
    p, g = (net.parameters.rows(vector) for vector in (run.state.theta, np.empty_like(run.state.theta)))
    run.setup.objective.inspect({"network": p}, {"network": g}, _batch(run), flow)
    N = len(run.data.X_train)
    by_row = np.linalg.norm(N * flow.in_time[0].dH.reshape(7, N, 5), axis=-1)  # of each row's own loss
    lines = film.through_time[0].reshape(-1, 7)
    np.testing.assert_allclose(lines[0], np.sqrt((by_row**2).mean(1)), rtol=1e-9)
    assert len(lines) == (2 if kind == "lstm" else 1) == len(scene(run)[0]["time_lines"])


def _batch(run):
    from ann_core.run.objectives.base import Batch
    return Batch(run.data.X_train, run.setup.Y_train, len(run.data.X_train))


def test_of_both_ways_each_line_goes_by_the_steps_of_the_sequence():
    run = trained("rnn", bidirectional=True, length=30, steps=1)
    forth, back = first_frame(run).through_time[0].reshape(2, 30)
    assert forth[0] < forth[-1] and back[0] > back[-1]  # one ends at the last step, the other at the first


def test_members_side_by_side_have_their_own_lines():
    run = trained("gru", seeds=3)
    both = first_frame(run).through_time[0]
    alone = first_frame(advance(start(edited(run.config, {"seeds": 1, "seed": run.config.seed + 2})), 1, steps_per_frame=2)[0])
    np.testing.assert_allclose(both[:, 2], alone.through_time[0], rtol=1e-9)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_states_and_gates_are_those_of_the_watched_sequences(kind):
    run = trained(kind)
    film, said = first_frame(run), scene(run)[0]
    rows, X, y = watched(run.setup)
    layer = run.net.layers[0]
    _, cache = layer.forward(run.net.parameters.rows(run.state.theta)[0], X, run.net.evaluation(run.state.statistics))
    parts = {"state": cache.states, **layer.parts_of(cache)}
    assert [part["name"] for part in said["gate_parts"]] == list(parts) and [SYMBOLS[k] for k in y] == ["A", "B", "C", "D"]
    for k in range(len(rows)):
        first = 0
        for i, (name, values) in enumerate(parts.items()):
            shown = film.gates[0, k, first:first + 35].reshape(5, 7).astype(float)
            scale = film.gate_scale[0, i]
            read = shown / 255 if name in GATES else (shown - 128) / 127 * scale
            np.testing.assert_allclose(read, values[k].T, atol=scale / 250 + 1e-9)
            first += 35
        assert first == film.gates.shape[-1]
    assert said["gate_symbols"][0][0] == said["gate_truth"][0][0] == "A"


@pytest.mark.parametrize("task", TASKS)
def test_answers_are_the_networks_own(task):
    run = trained("gru", task)
    _, X, y = watched(run.setup)
    P = run.net.predict(run.state.theta, X)
    found, said = first_frame(run).gate_answers[0], scene(run)[0]
    if task == "marker":
        np.testing.assert_array_equal(found, P.argmax(-1))
        assert said["gate_truth"][0] == [said["gate_classes"][c] for c in y[0]]
    else:
        np.testing.assert_allclose(found, run.setup.target.in_units(P) if task in ("series", "sum") else P, rtol=1e-6)
    assert all(len(symbols) == 7 for symbols in said["gate_symbols"])


def test_a_wide_layer_is_shown_in_part_and_few_sequences_when_they_are_long():
    run = trained("lstm", length=100, units=60)
    said = scene(run)[0]
    assert said["gate_units"] == [MOST_UNITS, 60] and len(said["gate_symbols"]) < 4


def test_a_frame_is_small():
    _, film = advance(start(edited(USUAL[0], {"network.layers": [{"kind": "lstm"}]})), frames=2, steps_per_frame=1)
    assert sum(block.nbytes for block in film.blocks().values()) / film.frames < 20_000 and not film.failures


def test_dense_networks_have_neither():
    film = first_frame(start(edited(USUAL[0], {"network.layers": [{"units": 4}]})))
    assert not {"through_time", "gates"} & set(film.columns)


def test_a_frame_of_sequences_is_the_same_whether_taken_alone_or_with_others():
    run = trained("lstm", length=9)
    _, together = advance(run, frames=6, steps_per_frame=1)
    frames = []
    for _ in range(6):
        run, film = advance(run, frames=1, steps_per_frame=1)
        frames.append(film)
    for name, column in together.columns.items():
        np.testing.assert_array_equal(column, np.concatenate([film.columns[name] for film in frames]), err_msg=name)


@pytest.mark.parametrize("task", ["first", "marker", "series"])
@pytest.mark.parametrize("scale", [1.0, 1e39])
def test_losses_are_those_of_double_precision_and_beyond_single_precision_measured_in_it(task, scale):
    run = trained("gru", task)
    theta = run.state.theta.copy()
    theta[[*run.net.parameters.of("weight")][-1].part] *= scale  # of the answer
    far = run.at(replace(run.state, theta=theta))
    film, Z = first_frame(far), far.net.forward(far.net.parameters.rows(theta), far.data.X_test)[0]
    score = far.setup.target.score(Z, far.net.head.score(Z), far.data.y_test)
    assert film.test_loss[0] == pytest.approx(float(far.setup.objective.value(Z, far.setup.Y_test, None)), rel=1e-5)
    assert film.test_score[0] == pytest.approx(float(score), rel=1e-5)
