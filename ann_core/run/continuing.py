"""Other settings for a run that has begun: which ones its weights can go on under."""

from dataclasses import replace

from ann_core.nn.config import NetworkConfig
from ann_core.run.config import RunConfig
from ann_core.run.run import Run
from ann_core.run.setup import Setup


def change(run: Run, config: RunConfig) -> Run:
    """The same weights under other settings: rate, regularisation, batch size, optimiser, activations, epochs; training rows
    left out, or of another class.

    With other rows an epoch that has none left for a batch is done. The optimiser forgets what it remembered when its kind
    changes. Raises ValueError when the shape of the network, the data or the seeds differ: then start anew.
    """
    if not continues(run.config, config):
        raise ValueError("Expected settings of the same data, network shape and seeds; other ones came. Start a new run.")
    state = run.state if run.state.best is None else replace(run.state, best=None)
    setup = Setup(config, run.setup.prepared, run.setup.in_depth, run.setup.without)
    before, after = (dict(one.objective.optimizers()) for one in (run.setup, setup))
    if before != after:
        fresh = setup.objective.memories(state.theta)
        kept = zip(state.memories, fresh, before.items(), after.items(), strict=True)
        state = replace(state, memories=tuple(old if a == b else new for old, new, a, b in kept))
    rows = setup.rows
    if rows != run.setup.rows and state.row > max(0, rows - 2):
        state = replace(state, epoch=state.epoch + 1, row=0)
    return Run(setup, state)


def continues(before: RunConfig, after: RunConfig) -> bool:
    """Whether weights trained under the one can go on under the other."""
    shape = [(c.data.untouched, c.seed, c.seeds, c.objective.straight, c.network.batch_norm,
              tuple(layer.straight for layer in c.network.layers)) for c in (before, after)]
    return shape[0] == shape[1]


def keeps_weights(before: RunConfig, after: RunConfig, keep_on_switch: bool) -> bool:
    """Whether a change of settings lets a run go on: training settings and dropout always do; activations when
    `keep_on_switch`; anything else starts anew, because it would begin from other weights or other data."""
    def fixed(config: RunConfig) -> NetworkConfig:
        layers = tuple(layer.straight if keep_on_switch else layer for layer in config.network.layers)
        return config.network.model_copy(update={"dropout": 0.0, "layers": layers})

    return continues(before, after) and fixed(before) == fixed(after)
