"""How fast a step through a layer with a state is, against PyTorch where it is installed: as ratios measured in one run.

    python -m benchmarks.recurrence                 some twenty seconds
    python -m benchmarks.recurrence --rounds 10     a quick look

One network of 16 units that reads 20 or 40 steps of 8 numbers and answers with one of 4 classes: batches of 32, Adam, double
precision, one thread, the same numbers after a step. Candidates take turns; a ratio is the median over the rounds.
Writes benchmarks/results/.
"""

import argparse
import time
from collections.abc import Callable
from itertools import product
from statistics import median

import numpy as np

from ann_core import NetworkConfig, build_network
from ann_core.base.arrays import Array
from ann_core.nn.layers import GRU, LSTM, PLAIN
from ann_core.nn.network import Network
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.training import TrainingConfig
from ann_core.run.update import Memory, Update
from benchmarks.engine import TOLERANCE, line
from benchmarks.server import keep

UNITS, INPUTS, CLASSES, BATCH, RATE = 16, 8, 4, 32, 0.01
KINDS, LENGTHS, BAR, EACH = ("rnn", "lstm", "gru"), (20, 40), 1.0, 5
Step = Callable[[], None]


def network(kind: str, steps: int) -> Network:
    """One recurrent layer, and the answer from its last state."""
    config = NetworkConfig.model_validate({"layers": [{"kind": kind, "units": UNITS}]})
    return build_network(config, (steps, INPUTS), CLASSES, "classification")


def ours(net: Network, theta: Array, X: Array, Y: Array) -> Step:
    """A step of the engine; changes theta."""
    training, grad = TrainingConfig(optimizer="adam", learning_rate=RATE), np.empty_like(theta)
    update = Update(training, theta, grad, np.ones_like(theta), Memory(OPTIMIZERS["adam"].init(theta)))
    p, g = net.parameters.rows(theta), net.parameters.rows(grad)

    def step() -> None:
        net.gradient_into(p, g, X, Y, PLAIN, "mean")
        update.step(0.0)

    return step


def torch_step(net: Network, theta: Array, X: Array, Y: Array) -> tuple[Step, Callable[[], Array]]:
    """A step of PyTorch, eager, as its tutorials have it, and its parameters in our order. Raises ImportError where there is
    none."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    kind = net.config.layers[0].kind
    layer, dense = getattr(nn, kind.upper())(INPUTS, UNITS, batch_first=True), nn.Linear(UNITS, CLASSES)
    order = {"rnn": [0], "lstm": [LSTM.INPUT, LSTM.FORGET, LSTM.CANDIDATE, LSTM.OUTPUT],
             "gru": [GRU.RESET, GRU.UPDATE, GRU.CANDIDATE]}[kind]

    def theirs(M: Array) -> Array:
        return np.concatenate([M[..., k * UNITS:(k + 1) * UNITS] for k in order], -1).T

    def back(M: Array) -> Array:
        return np.concatenate([M.T[..., order.index(k) * UNITS:(order.index(k) + 1) * UNITS] for k in range(len(order))], -1)

    view, given = net.parameters.view(theta), dict(layer.named_parameters())
    with torch.no_grad():
        given["weight_ih_l0"].copy_(torch.from_numpy(theirs(view["layers.0.W"]).copy()))
        given["weight_hh_l0"].copy_(torch.from_numpy(theirs(view["layers.0.U"]).copy()))
        given["bias_ih_l0"].copy_(torch.from_numpy(theirs(view["layers.0.b"]).copy()))
        given["bias_hh_l0"].zero_()
        dense.weight.copy_(torch.from_numpy(view["layers.1.W"].T.copy()))
        dense.bias.copy_(torch.from_numpy(view["layers.1.b"].copy()))
    adam = torch.optim.Adam([*layer.parameters(), *dense.parameters()], lr=RATE)
    inputs, labels = torch.from_numpy(X), torch.from_numpy(Y.argmax(-1))

    def step() -> None:
        adam.zero_grad()
        nn.functional.cross_entropy(dense(layer(inputs)[0][:, -1]), labels).backward()
        adam.step()

    def weights() -> Array:
        """W and U, which both have alike; PyTorch has two biases where we have one."""
        return np.concatenate([back(given[name].detach().numpy()).ravel() for name in ("weight_ih_l0", "weight_hh_l0")])

    return step, weights


def micro(step: Step) -> float:
    """µs of processor time of a step."""
    begin = time.process_time()
    for _ in range(EACH):
        step()
    return (time.process_time() - begin) / EACH * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="rounds (default 60)")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    lines, rng = [], np.random.default_rng(0)
    for kind, steps in product(KINDS, LENGTHS):
        net = network(kind, steps)
        theta, X = net.initial(0), rng.standard_normal((BATCH, steps, INPUTS))
        Y = np.eye(CLASSES)[rng.integers(0, CLASSES, BATCH)]
        candidates = {"engine": ours(net, theta, X, Y)}
        try:
            candidates["PyTorch"], weights = torch_step(net, theta, X, Y)
        except ImportError:
            print("PyTorch is not installed here: not compared.")
        else:
            for step in candidates.values():
                step()
            view = net.parameters.view(theta)
            far = np.abs(weights() - np.concatenate([view["layers.0.W"].ravel(), view["layers.0.U"].ravel()])).max()
            if far > TOLERANCE:
                raise SystemExit(f"{kind}: expected PyTorch's weights after one step; they differ by {far:.1e}.")
        taken: dict[str, list[float]] = {name: [] for name in candidates}
        for i in range(-1, rounds):  # one round to warm up
            for name in list(candidates)[::1 if i % 2 else -1]:
                taken[name].append(micro(candidates[name]))
        for name in list(candidates)[1:] or ["engine"]:
            ratio = median(a / b for a, b in zip(taken["engine"][1:], taken[name][1:], strict=True))
            lines.append(line(f"{kind}, {steps} steps, {name}", "µs/step", median(taken["engine"][1:]), median(taken[name][1:]),
                              ratio, BAR, most=True))
    for row in lines:
        print(f"{row['what']:26}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  {row['bar']:8} "
              f"{'ok' if row['ok'] else 'FAIL'}")
    keep("recurrence", {"rounds": rounds, "lines": lines})


if __name__ == "__main__":
    main()
