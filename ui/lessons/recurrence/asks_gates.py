"""Questions on gates."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.recurrence_tasks import counted, lstm
from ui.lessons.recurrence import LONG, SEEDS, twenty


def gates(draw: int = 0) -> Ask:
    f, steps = numbers(draw, (0.95, 19), (0.96, 0.97, 0.98, 0.99), (10, 15, 19))
    kept = float(np.prod(np.full(steps, f)))
    options = {kept: f"That would be so if {words(f)} were multiplied by itself {steps} times.",
               f: "That would be so if the gate had worked once only.",
               round(1 - steps * (1 - f), 4): "That would be so if each step took the same amount off, and not the same share."}
    return Ask(f"A forget gate stands at {words(f)} for {steps} steps. How much of ∂L/∂c is left along the direct way?",
               {words(value, 3): said for value, said in options.items()},
               int(np.abs(np.array(list(options)) - kept).argmin()),
               f"{words(f)} to the power of {steps} is {words(kept, 3)}. No weight matrix and no tanh stand on that way: a "
               f"gate near 1 lets the gradient pass.", scene=[{"gates/gate": "forget"}, {"gates/gate": "cell"}])


def forget() -> Ask:
    usual, nearly_open = (int(np.isfinite(course.first).sum()) for course in twenty([lstm(1.0, LONG), lstm(3.0, LONG)], 100))
    values = {0.0: f"That would be so if gates near σ(1) = {words(1 / (1 + np.exp(-1.0)), 2)} let too little through {LONG} "
                   f"steps.",
              10.0: "That would be so if it were mostly a matter of the draw of the first weights.",
              20.0: "That would be so if every LSTM remembered by itself, whatever its forget gates begin at."}
    return Ask.of_values(f"The first of {LONG} symbols is to be remembered. With a forget bias of 3, {nearly_open} of {SEEDS} "
                         "LSTMs know how after 100 steps of learning. And with a bias of 1, as usual?", values, float(usual),
                         f"{usual} of {SEEDS}. An LSTM **can** remember; whether it soon does depends on where its forget "
                         f"gates begin.", spell=lambda value: {0: "hardly any", 10: "about half", 20: "nearly all"}[int(value)])


def gru(draw: int = 0) -> Ask:
    inputs, n = numbers(draw, (8, 16), (4, 8, 10), (8, 12, 20))
    right, four, two = counted("gru", inputs, n), counted("lstm", inputs, n), 2 * (inputs * n + n * n + n)
    return Ask(f"An LSTM with {n} units and {inputs} inputs has {four:,} parameters. How many has a GRU with as many units?", {
        f"{two:,}": "That would be so if only the two gates had weights, and the candidate none.",
        f"{right:,}": "That would be so if there were three parts with weights, and one bias more.",
        f"{four:,}": "That would be so if it had an output gate, too."}, [two, right, four].index(counted("gru", inputs, n)),
        f"Three parts with weights (reset, update, candidate) instead of four, and one more bias of {n} inside the reset: "
        f"{right:,}.", scene=[{"gru/units": n, "gru/inputs": inputs}])
