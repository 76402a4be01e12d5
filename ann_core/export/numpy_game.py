"""The training of two networks against each other in plain NumPy."""

from collections.abc import Mapping

from ann_core.export.loss_text import prices
from ann_core.export.numpy_steps import FORWARD
from ann_core.export.numpy_update import first_memory, optimizers, update
from ann_core.export.program import lines
from ann_core.export.steps import Steps
from ann_core.export.taken import Taken
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR, Adversarial
from ann_core.run.objectives.base import NOISE
from ann_core.run.trainer import DROPOUT, ORDER


def game(t: Taken, players: Mapping[str, Steps], gradients: str) -> str:
    """What both pay, gradients, updates, and the loop. gradients: the functions that are called as the players are"""
    objective = t.run.setup.objective
    assert isinstance(objective, Adversarial)
    trainings = {turn.network: turn.training for turn in objective.last_turns}
    generated = "" if t.network == GENERATOR else GENERATED.format(
        lines="\n".join(f"    {line}" for line in lines(players[GENERATOR], FORWARD)), last=players[GENERATOR].last)
    slots = sorted(step.settings["slot"] for step in players[DISCRIMINATOR] if step.kind == "dropout")
    turns, latest = (", ".join(f'("{turn.network}", {turn.number})' for turn in one)
                     for one in (objective.turns, objective.last_turns))
    says = {"noise": NOISE, "latent": objective.generator.n_in, "rows": objective.frame_rows, "order": ORDER,
            "dropout": DROPOUT, "slots": slots, "turns": turns, "latest": latest,
            "moves": ",\n         ".join(f'"{name}": ({name}_turn, {name}_update, {first_memory(c)})'
                                        for name, c in trainings.items()),
            "generated": "network" if t.network == GENERATOR else "generated"}
    loop = LOOP
    for name, value in says.items():
        loop = loop.replace(f"<{name}>", str(value))
    return "\n\n\n".join([prices(objective.game.key), *([generated] if generated else []), gradients,
                          optimizers(*trainings.values()),
                          *(update(c, f"{name}_update") for name, c in trainings.items()), loop])


def parts(players: Mapping[str, Steps]) -> str:
    """PARTS: where each network's numbers lie."""
    found, start = [], 0
    for name, steps in players.items():
        stop = start + sum(array.size for step in steps for array in step.learned.values())
        found.append(f'"{name}": slice({start}, {stop})')
        start = stop
    return f"PARTS = {{{', '.join(found)}}}"


GENERATED = '''def generated(inputs, w):
    """Samples made of noise, step by step."""
{lines}
    return {last}'''
LOOP = '''def noise(count, number, rows):
    """Normal numbers for each row, the same for the same round and turn."""
    return np.random.default_rng([SEED, <noise>, count, number]).standard_normal((rows, <latent>))


def discriminator_turn(true, made_of, w, g, held, drops):
    """The gradient of what the discriminator pays for true samples, and for as many that are made of noise."""
    n = len(true)
    both = np.concatenate([true, <generated>(made_of, w).reshape(true.shape)])
    discriminator_gradient(both, lambda z: np.concatenate([real_slope(z[:n]), fake_slope(z[n:])]) * (1 / n), w, g, held, drops)


def generator_turn(true, made_of, w, g, held, drops):
    """The gradient of what the generator pays: it comes back through the discriminator, which itself is not moved now."""
    def at_samples(samples):
        given = samples.reshape(true.shape)
        judged = discriminator_gradient(given, lambda z: fool_slope(z) * (1 / len(z)), w, g, held, drops)
        return judged[1].reshape(samples.shape)
    generator_gradient(made_of, at_samples, w, g, held, drops)


def losses_now(w):
    """What both pay on the first rows and as many made samples: the discriminator, the generator."""
    true, scratch = X[:<rows>], arrays(np.zeros_like(FIRST))
    n, found = len(true), []
    for name, number in [<latest>]:
        made = <generated>(noise(0, number, n), w).reshape(true.shape)
        given = np.concatenate([true, made]) if name == "discriminator" else made
        held = {key: array.copy() for key, array in HELD.items()}
        z, _ = discriminator_gradient(given, np.zeros_like, w, scratch, held, None)
        found.append(float(real(z[:n]).mean() + fake(z[n:]).mean() if name == "discriminator" else fool(z).mean()))
    return found


def train(epochs=EPOCHS):
    """Trains from the first weights on. Gives what both pay before the first round and after every epoch."""
    theta, g_all, count = FIRST.copy(), np.zeros_like(FIRST), 0
    w, g = arrays(theta), arrays(g_all)
    memories = {name: first(theta[PARTS[name]]) for name, (_, _, first) in TURNS.items()}
    held, moves = {name: array.copy() for name, array in HELD.items()}, dict.fromkeys(PARTS, 0)
    yield losses_now(w)
    for epoch in range(epochs):
        order = np.random.default_rng([SEED, <order>, epoch]).permutation(len(X))
        drops = {slot: np.random.Generator(np.random.PCG64([SEED, <dropout>, slot, epoch])) for slot in <slots>}
        for start, stop in batches(len(X), BATCH):
            true = X[order[start:stop]]
            for name, number in [<turns>]:
                turn, update, _ = TURNS[name]
                turn(true, noise(count, number, len(true)), w, g, held, drops)
                part, moves[name] = PARTS[name], moves[name] + 1
                update(theta[part], g_all[part], IS_WEIGHT[part], memories[name], moves[name], epoch + stop / len(X))
            count += 1
        yield losses_now(w)


TURNS = {<moves>}'''
