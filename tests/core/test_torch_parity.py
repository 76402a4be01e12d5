"""The engine against PyTorch: losses, gradients and optimiser paths stored by tests/golden/make_torch.py."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import PLAIN, Pass
from ann_core.nn.network import build_network
from ann_core.run.config import RunConfig
from ann_core.run.objectives.supervised import Supervised
from ann_core.run.trainer import State, Trainer

GOLDEN = Path(__file__).parents[1] / "golden"
TOLERANCE = 1e-9


class StoredDraws:
    """Stands in for a generator: hands out stored uniform numbers in the order in which layers ask."""

    def __init__(self, draws):
        self.draws = draws

    def random(self, shape):
        size = int(np.prod(shape))
        taken, self.draws = self.draws[:size], self.draws[size:]
        assert len(taken) == size, f"Expected at most {len(taken)} more draws; a layer asked for {size}."
        return taken.reshape(shape)


def load_networks():
    """(case, arrays) of every stored network."""
    with np.load(GOLDEN / "torch_networks.npz") as file:
        columns = dict(file)
    cases = json.loads(str(columns.pop("cases")))
    loaded = []
    for case in cases:
        n, P = case["rows"], case["parameters"]
        shapes = {"theta": (P,), "grad": (P,), "loss": (), "draws": (case["draws"],),
                  "X": (n, case["n_in"]), "Y": (n, case["n_out"])}
        arrays = {}
        for key, shape in shapes.items():
            size = int(np.prod(shape))
            arrays[key], columns[key] = columns[key][:size].reshape(shape), columns[key][size:]
        loaded.append((case, arrays))
    assert not any(len(rest) for rest in columns.values())
    return loaded


NETWORKS = load_networks()


def name(case):
    layers = "-".join(layer["activation"] for layer in case["network"]["layers"]) or "none"
    extras = "".join(f",{key}" for key in ("batch_norm", "skip", "dropout") if case["network"][key])
    return f"{layers}:{case['network']['output']}+{case['network']['loss']}{extras}"


def built(case):
    config = NetworkConfig.model_validate(case["network"])
    return build_network(config, n_in=case["n_in"], n_out=case["n_out"], task=case["task"])


def assert_gradient(net, case, grad, expected):
    """max|g − g_ref| ≤ 1e-9 · max|g_ref| in every parameter block.

    By norm, because a component may cancel to almost nothing while its rounding is that of the terms summed.
    Block by block, because a deep network's first gradients may be a millionth of its last ones, which would
    hide them. A block whose exact gradient is zero has no size of its own; the whole gradient's counts there.
    """
    ours, reference = net.parameters.view(grad), net.parameters.view(expected)
    for block in reference:
        scale = np.abs(expected if block in case["zero"] else reference[block]).max()
        assert np.abs(ours[block] - reference[block]).max() <= TOLERANCE * scale, block


@pytest.mark.parametrize(("case", "stored"), NETWORKS, ids=[name(case) for case, _ in NETWORKS])
def test_loss_and_gradient(case, stored):
    net = built(case)
    assert net.n_parameters == case["parameters"]
    draws = StoredDraws(stored["draws"])
    mode = Pass(noise=[draws] * len(case["network"]["layers"])) if case["network"]["dropout"] else PLAIN
    with np.errstate(all="raise", under="ignore"):
        loss, grad = net.loss_and_grad(stored["theta"], stored["X"], stored["Y"], mode)
    assert not len(draws.draws)
    assert abs(loss - stored["loss"]) <= TOLERANCE * abs(stored["loss"])
    assert_gradient(net, case, grad, stored["grad"])


def test_the_networks_cover_every_option():
    cases = [case for case, _ in NETWORKS]
    depths = {}
    for case in cases:
        for layer in case["network"]["layers"]:
            depths.setdefault(layer["activation"], set()).add(len(case["network"]["layers"]))
    assert len(cases) >= 240
    assert len(depths) == 16 and all(found >= set(range(1, 7)) for found in depths.values())
    pairs = {(case["target"], case["network"]["output"], case["network"]["loss"]) for case in cases}
    assert len(pairs) == 21 + 3     # every allowed pair, and 'auto' for each kind of target
    for key in ("batch_norm", "skip", "dropout"):
        assert sum(bool(case["network"][key]) for case in cases) >= 50
    assert {case["n_in"] for case in cases} == set(range(1, 8))
    assert {case["n_out"] for case in cases} == set(range(1, 6))


@pytest.mark.parametrize("case_number", range(0, len(NETWORKS), 30))
def test_the_comparison_can_fail(case_number):
    """A wrong digit in the smallest block is noticed."""
    case, stored = NETWORKS[case_number]
    net, wrong = built(case), stored["grad"].copy()
    blocks = {key: part for key, part in net.parameters.view(wrong).items() if key not in case["zero"]}
    smallest = min(blocks.values(), key=lambda part: np.abs(part).max())
    smallest.flat[np.abs(smallest).argmax()] *= 1 + 1e-8
    with pytest.raises(AssertionError):
        assert_gradient(net, case, wrong, stored["grad"])


def load_runs():
    """(number, run, case, path) of every stored optimiser run, path being theta after each step (20, P)."""
    with np.load(GOLDEN / "torch_optimizers.npz") as file:
        arrays = dict(file)
    text, paths, loaded = json.loads(str(arrays.pop("text"))), arrays.pop("paths"), []
    for number, run in enumerate(text["runs"]):
        shape = len(arrays["batches"]), len(arrays[f"theta_{run['network']}"])
        loaded.append((number, run, text["networks"][run["network"]], paths[: np.prod(shape)].reshape(shape)))
        paths = paths[np.prod(shape):]
    assert not len(paths)
    return arrays, loaded


OPTIMIZER_DATA, RUNS = load_runs()


def training(run):
    """Our settings with PyTorch's numbers: its betas are momentum and beta2 here, RMSprop's alpha is rho."""
    torch = run["torch"]
    ours = {"optimizer": run["optimizer"], "learning_rate": torch["lr"]}
    ours |= {key: torch[key] for key in ("momentum", "rho", "weight_decay") if key in torch}
    if "alpha" in torch:
        ours["rho"] = torch["alpha"]
    if "betas" in torch:
        ours["momentum"], ours["beta2"] = torch["betas"]
    return ours | {key: run[key] for key in ("l1", "l2", "clip_norm", "clip_value")}


def run_name(run):
    rules = "".join(f",{key}" for key in ("l1", "l2", "clip_norm", "clip_value") if run[key])
    return f"{run['network']}:{run['optimizer']}{rules}"


@pytest.mark.parametrize(("number", "run", "case", "path"), RUNS, ids=[run_name(row[1]) for row in RUNS])
def test_optimizer_path(number, run, case, path):
    """Each stored batch is all the rows of a trainer that takes one step and hands its state to the next."""
    stored, net = OPTIMIZER_DATA, built(case)
    config = RunConfig.model_validate({"network": case["network"], "training": training(run)})
    theta = stored[f"theta_{run['network']}"]
    objective = Supervised(net, config.training)
    state = State(theta, objective.memories(theta), net.initial_statistics())
    for rows, expected in zip(stored["batches"], path, strict=True):
        data = SimpleNamespace(X_train=stored["X"][rows], held_out="test")
        setup = SimpleNamespace(config=config, net=net, data=data, Y_train=stored["Y"][rows], weights_train=None,
                                objective=objective)
        trainer = Trainer(setup, state)
        with np.errstate(all="raise", under="ignore"):
            trainer.one_step()
        state = trainer.state()
        assert np.abs(state.theta - expected).max() <= TOLERANCE * np.abs(expected).max(), state.step
    if case["network"]["batch_norm"]:
        np.testing.assert_allclose(state.statistics, stored[f"running_{number}"], rtol=TOLERANCE)
        answers = net.predict(state.theta, stored["X"], state.statistics)
        np.testing.assert_allclose(answers, stored[f"answers_{number}"], rtol=TOLERANCE)
