"""What the openers of the Attention lab show, on seeds 100 to 119: whole answers, where it looks, names that keep a rule.

    python -m benchmarks.attention                  all parts, some ten minutes
    python -m benchmarks.attention looks names      these parts

Medians over the seeds, in brackets lowest and highest. Answers are written freely: each token from the ones before it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from ann_core import Run, RunConfig, start
from ann_core.base.arrays import Array
from ann_core.judge.answers import FRESH, LENGTHS, right_by_length, said, task_of
from ann_core.judge.names import make, tally
from ann_core.lab.attention_openers import ATTENTION, GRU, NONE, OPENERS, USUAL
from ann_core.lab.attention_twins import fitted, transformer
from ann_core.nn.attention_kinds import EncoderDecoderConfig, TransformerConfig
from ann_core.nn.layer_settings import LayerSettings
from ann_core.run.link import edited

SEEDS = range(100, 120)
QUESTIONS = 100
STOPS = (0, 50, 75, 100, 150, 200, 300)
Layers = tuple[LayerSettings, ...]


def reached(config: RunConfig, stops: Sequence[int] = ()) -> Iterator[Run]:
    """The run at these steps, else at its end."""
    run = start(config)
    trainer = run.trainer()
    for stop in stops or (config.training.epochs * -(-run.setup.rows // config.training.batch_size),):
        trainer.run(config.training.epochs, stop, np.inf)
        yield run.at(trainer.state())


def settings(source: str, layers: Layers, seed: int) -> RunConfig:
    like = OPENERS["dates"].twins[0] if source == "answer_date" else USUAL[0]
    return edited(like, {"data.source": source, "network.layers": fitted(layers, source), "seed": seed})


Said = tuple[list[tuple[str, str]], Array, list[Array]]


def answers(run: Run) -> Said:
    """New questions with their answers; of each whether all of what it wrote is right; where each answer looked."""
    task, c = task_of(run), run.config.data
    assert task is not None
    rng = np.random.default_rng(c.seed + FRESH)
    pairs = [task.pair(rng, c) for _ in range(QUESTIONS)]
    X, y = task.encode(pairs, task.half(c))
    tokens, _, glances = said(run, X)
    right = y[:, task.half(c):]
    return pairs, ((tokens == right) | (right < 0)).all(-1), [glance.P for glance in glances if glance.writes]


def whole(run: Run) -> float:
    """The share of whole answers that are right."""
    return float(answers(run)[1].mean())


RIGHT_PLACES: Mapping[str, Callable[[str, str, int], list[int]]] = {
    "answer_turned": lambda question, answer, t: [len(question) - 1 - t],
    "answer_copied": lambda question, answer, t: [t],
    "answer_sorted": lambda question, answer, t: [i for i, token in enumerate(question) if token == answer[t]],
    "answer_date": lambda question, answer, t: [len(question) - 4 + t] if t < 4 else []}
"""Where the token that is written next stands in the question; of a date the digits of its year."""


def on_the_right_token(source: str, found: Said) -> float:
    """The share of attention that lies there, the mean over all tokens of all answers."""
    pairs, _, (P,) = found
    places = RIGHT_PLACES[source]
    shares = [sum(P[row, t, P.shape[-1] - len(question) + place] for place in there)
              for row, (question, answer) in enumerate(pairs) for t in range(len(answer))
              if (there := places(question, answer, t))]
    return float(np.mean(shares))


def middle(values: Sequence[float]) -> str:
    return f"{np.median(values):.3f} [{min(values):.3f}, {max(values):.3f}]"


def several(found: Sequence[Sequence[float]]) -> str:
    """Of several figures a seed."""
    table = np.array(found).T
    return ", ".join(middle(row) for row in table.tolist())


def lengths() -> None:
    """Whole answers right at the end of the lab's run, with and without attention; of digits by the question's length."""
    for source in ("answer_turned", "answer_copied", "answer_sorted", "answer_sum", "answer_date"):
        for name, layers in (("attention", ATTENTION), ("none", NONE)):
            runs = [next(reached(settings(source, layers, seed))) for seed in SEEDS]
            shares = [whole(run) for run in runs]
            print(f"{source}, {name}, {runs[0].state.step} steps: {middle(shares)}, 95 % in "
                  f"{sum(share >= 0.95 for share in shares)}", flush=True)
            if source in ("answer_turned", "answer_copied", "answer_sorted"):
                print(f"    by length {LENGTHS}: {several([right_by_length(run) for run in runs])}", flush=True)


def looks() -> None:
    """The share of attention on the right token, and whole answers right, while it learns."""
    for source in RIGHT_PLACES:
        found = [[(on_the_right_token(source, made), float(made[1].mean()))
                  for run in reached(settings(source, ATTENTION, seed), STOPS) if (made := answers(run))] for seed in SEEDS]
        for name, column in (("on the right token", 0), ("whole answers", 1)):
            told = several([[stop[column] for stop in one] for one in found])
            print(f"{source}, {name} at steps {STOPS}: {told}", flush=True)


def scores() -> None:
    """The three scores: when 95 % of the whole answers are right."""
    stops = range(50, 501, 50)
    for score in ("dot", "general", "additive"):
        first, ends = [], []
        for seed in SEEDS:
            config = settings("answer_turned", (EncoderDecoderConfig(attention=score),), seed)
            shares = [whole(run) for run in reached(config, stops)]
            first.append(next((stop for stop, share in zip(stops, shares, strict=True) if share >= 0.95), np.inf))
            ends.append(shares[-1])
        print(f"{score}: 95 % in {int(np.isfinite(first).sum())}, steps median {np.median(first):.0f}, most {max(first):.0f}; "
              f"at step 500 {middle(ends)}", flush=True)


def transformers() -> None:
    """Right tokens held out of Transformers at the end of the lab's run, and the better head's weight on the right place."""
    kinds = {"places": transformer(), "sinusoids": transformer(places="sinusoids"), "no places": transformer(places="none"),
             "causal": transformer(TransformerConfig(causal=True))}
    for source in ("reverse", "copy", "sort"):
        for name, layers in kinds.items():
            right, weights = [], []
            for seed in SEEDS:
                run = next(reached(settings(source, layers, seed)))
                Z, caches, _ = run.net.forward(run.net.parameters.rows(run.state.theta), run.data.X_test)
                right.append(float((Z.argmax(-1) == run.data.y_test).mean()))
                block = next(i for i, layer in enumerate(run.net.layers) if hasattr(layer, "attended"))
                P = run.net.layers[block].attended(caches[block]).P  # (N, heads, T, T)
                T = P.shape[-1]
                place = np.arange(T)[::-1] if source == "reverse" else np.arange(T)
                weights.append(float(P[..., np.arange(T), place].mean((0, 2)).max()))
            there = "" if source == "sort" else f"; the better head's weight there {middle(weights)}"
            print(f"{source}, {name}: {middle(right)}, 95 % in {sum(share >= 0.95 for share in right)}{there}", flush=True)


def names() -> None:
    """Losses, names that keep the rule and names that are copied, with many names and with few."""
    for opener in ("names", "few_names"):
        config = OPENERS[opener].twins[0]
        stops = (100, 200, 300, 565) if opener == "names" else (50, 100, 200, 400, 700, 1040)
        for name, layers in (("Transformer", transformer()), ("GRU", GRU)):
            found = []
            for seed in SEEDS:
                rows = []
                for run in reached(edited(config, {"network.layers": fitted(layers, "names"), "seed": seed}), stops):
                    p = run.net.parameters.rows(run.state.theta)
                    train, held = (float(run.setup.objective.value(run.net.forward(p, X)[0], Y, None))
                                   for X, Y in ((run.data.X_train, run.setup.Y_train), (run.data.X_test, run.setup.Y_test)))
                    made = tally(run, make(run))
                    rows.append((train, held, made.kept, made.copied, made.by_chance))
                found.append(rows)
            table = np.array(found)
            for i, what in enumerate(("training loss", "held-out loss", "keep the rule", "copied", "by chance")):
                print(f"{opener}, {name}, {what} at {stops}: {several(table[..., i].tolist())}", flush=True)
            risen = (table[:, -1, 1] - table[..., 1].min(1)).tolist()
            print(f"    held-out loss at the end above its lowest by {middle(risen)}; nine in ten keep the rule in "
                  f"{int((table[:, -1, 2] >= 0.9).sum())}; copied more than twice as often as by chance in "
                  f"{int((table[:, -1, 3] > 2 * table[:, -1, 4]).sum())}", flush=True)


PARTS: Mapping[str, Callable[[], None]] = {part.__name__: part for part in (lengths, looks, scores, transformers, names)}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        print(part)
        PARTS[part]()
