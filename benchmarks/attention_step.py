"""How fast a step of the Attention lab's networks is, against PyTorch where it is installed: as ratios measured in one run.

    python -m benchmarks.attention_step                 some twenty seconds
    python -m benchmarks.attention_step --rounds 10     a quick look

An encoder and a decoder (GRU, 32 units, digits turned round), with and without attention, and a Transformer (digits at once):
batches of 32, Adam, double precision, one thread, the same numbers after a step. Candidates take turns; a ratio is the median
over the rounds. Writes benchmarks/results/.
"""

import argparse
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

import numpy as np

from ann_core import Run, start
from ann_core.base.arrays import Array
from ann_core.lab.attention_openers import OPENERS, USUAL
from ann_core.nn.attention_kinds import EncoderDecoderConfig
from ann_core.run.link import edited
from ann_core.run.trainer import ORDER
from benchmarks.engine import TOLERANCE, line
from benchmarks.recurrence import EACH, Step, micro
from benchmarks.server import keep

BAR = 1.0
NETWORKS = {"encoder and decoder, attention": USUAL[0], "encoder and decoder, none": USUAL[1],
            "Transformer": OPENERS["transformer"].twins[0]}
GRU_PARTS = {"W": "weight_ih_l0", "U": "weight_hh_l0"}
"""What both have alike; PyTorch has two biases where we have one and a part of another."""


def ours(run: Run) -> Step:
    """EACH steps of the engine."""
    trainer, last = run.trainer(), run.config.training.epochs
    return lambda: trainer.run(last, trainer.step + EACH, np.inf) and None


def first_batch(run: Run) -> tuple[Array, Array]:
    """The rows of the first step, and their answers."""
    rows = np.random.default_rng([run.config.seed, ORDER, 0]).permutation(run.setup.rows)[:run.config.training.batch_size]
    return run.data.X_train[rows], run.data.y_train[rows]


def theirs(run: Run) -> tuple[Any, Callable[[Any], Any], dict[str, tuple[Any, bool]]]:
    """The same network of PyTorch, what it answers, and its parameters by our names, with whether they lie the other way."""
    import torch
    from torch import nn

    X, width = run.data.X_train, run.setup.target.outputs
    layer = run.config.network.layers[0]
    if not isinstance(layer, EncoderDecoderConfig):
        net = nn.ModuleDict({"into": nn.Linear(X.shape[2], 16), "norm": nn.LayerNorm(16), "out": nn.Linear(16, width),
                             "block": nn.TransformerEncoderLayer(16, 2, 32, 0.0, "relu", batch_first=True, norm_first=True)})
        places = nn.Parameter(torch.zeros(X.shape[1], 16))
        net.register_parameter("places", places)
        block = net["block"]
        named = {"layers.1.E": (places, False), "layers.2.attention.Wqkv": (block.self_attn.in_proj_weight, True),
                 "layers.2.attention.Wo": (block.self_attn.out_proj.weight, True),
                 "layers.2.feed.in.W": (block.linear1.weight, True), "layers.2.feed.out.W": (block.linear2.weight, True),
                 "layers.0.W": (net["into"].weight, True), "layers.4.W": (net["out"].weight, True)}
        return net, lambda rows: net["out"](net["norm"](block(net["into"](rows) + places))), named
    half, units = X.shape[1] // 2, layer.units
    net = nn.ModuleDict({"encoder": nn.GRU(X.shape[2], units, batch_first=True), "out": nn.Linear(units, width),
                         "decoder": nn.GRU(X.shape[2], units, batch_first=True)})
    named = {f"layers.0.{part}.{name}": (getattr(net[part], known), True) for part in ("encoder", "decoder")
             for name, known in GRU_PARTS.items()}
    named["layers.1.W"] = net["out"].weight, True
    if layer.attention != "none":
        net.update({"asks": nn.Linear(units, units, bias=False), "both": nn.Linear(2 * units, units)})
        named |= {"layers.0.Wa": (net["asks"].weight, True), "layers.0.Wc": (net["both"].weight, True)}

    def answer(rows: Any) -> Any:
        E, last = net["encoder"](rows[:, :half])
        H, _ = net["decoder"](rows[:, half:], last)
        if layer.attention != "none":
            S = (net["asks"](H) @ E.mT).masked_fill((rows[:, None, :half] == 0).all(-1), -torch.inf)
            H = torch.tanh(net["both"](torch.cat([H, S.softmax(-1) @ E], -1)))
        return net["out"](H)

    return net, answer, named


def torch_step(run: Run) -> tuple[Step, Callable[[], Mapping[str, Array]]]:
    """A step of PyTorch, eager, as its tutorials have it, and its matrices by our names. Raises ImportError where there is
    none."""
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    (net, answer, named), view = theirs(run), run.net.parameters.view(run.state.theta)
    X, y = map(torch.from_numpy, first_batch(run))
    asked = y.shape[1] // 2 if isinstance(run.config.network.layers[0], EncoderDecoderConfig) else 0
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if "bias" in name:
                parameter.zero_()
        for name, (parameter, turned) in named.items():
            parameter.copy_(torch.from_numpy((view[name].T if turned else view[name]).copy()))
    adam, loss = torch.optim.Adam(net.parameters(), lr=run.config.training.learning_rate), torch.nn.functional.cross_entropy

    def step() -> None:
        adam.zero_grad()
        loss(answer(X).flatten(0, 1), y[:, asked:].flatten(), ignore_index=-1).backward()
        adam.step()

    def matrices() -> Mapping[str, Array]:
        found = {name: (parameter.detach().numpy(), turned) for name, (parameter, turned) in named.items()}
        return {name: (M.T if turned else M).copy() for name, (M, turned) in found.items()}

    return step, matrices


def check(name: str, run: Run, matrices: Mapping[str, Array]) -> None:
    """Raises SystemExit where PyTorch's matrices after a step are others than ours."""
    trainer = run.trainer()
    trainer.run(run.config.training.epochs, 1, np.inf)
    view = run.net.parameters.view(trainer.theta)
    far = max(float(np.abs(view[key] - M).max()) for key, M in matrices.items())
    if far > TOLERANCE:
        raise SystemExit(f"{name}: expected PyTorch's weights after one step; they differ by {far:.1e}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="rounds (default 60)")
    rounds = parser.parse_args().rounds
    if not 1 <= rounds <= 1000:
        parser.error("expected 1 to 1000 rounds")
    lines = []
    for name, config in NETWORKS.items():
        run = start(edited(config, {"training.clip_norm": None, "training.epochs": 100}))
        steps = {"engine": ours(run)}
        try:
            step, matrices = torch_step(run)
        except ImportError:
            print("PyTorch is not installed here: not compared.")
        else:
            step()
            check(name, run, matrices())
            steps["PyTorch"] = step
        taken: dict[str, list[float]] = {key: [] for key in steps}
        for i in range(-1, rounds):  # one round to warm up
            for key in list(steps)[::1 if i % 2 else -1]:
                taken[key].append(micro(steps[key]) / (EACH if key == "engine" else 1))
        other = list(steps)[-1]
        ratio = median(a / b for a, b in zip(taken["engine"][1:], taken[other][1:], strict=True))
        own, others = median(taken["engine"][1:]), median(taken[other][1:])
        lines.append(line(f"{name}, {other}", "µs/step", own, others, ratio, BAR, most=True))
    for row in lines:
        print(f"{row['what']:44}{row['engine']:9.1f}{row['other']:9.1f}  {row['unit']:9}{row['ratio']:7.2f}  {row['bar']:8} "
              f"{'ok' if row['ok'] else 'FAIL'}")
    keep("attention_step", {"rounds": rounds, "lines": lines})


if __name__ == "__main__":
    main()
