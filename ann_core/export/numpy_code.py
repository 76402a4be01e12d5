"""A network as a program in plain NumPy, with its numbers and, where it can, the training that led to them."""

from ann_core.export import parts_attention, parts_back, parts_recurrent
from ann_core.export.numpy_steps import FORWARD
from ann_core.export.numpy_training import learned_from, training, why_no_training
from ann_core.export.program import ABOUT, constants, example, lines, preparation, program, spoken, weights
from ann_core.export.taken import Taken

PARTS = (parts_back, parts_recurrent, parts_attention)
"""What programs in NumPy are made of, beside what all programs are."""
DOC = f"{ABOUT}\nRun it (`python this_file.py`) and it answers a few rows; it needs NumPy only."


def to_numpy(t: Taken) -> bytes:
    """The program."""
    reason = why_no_training(t)
    trains = training(t) if reason is None else f"# {reason}"
    sections = [("From raw rows to what the network is given", preparation(t.inputs)), ("The network", network(t)),
                ("Training, from the first weights on", trains)]
    data = "\n\n".join([constants(t), weights(t.every_step), example(t), *([learned_from(t)] if reason is None else [])])
    tried = f'if __name__ == "__main__":\n    {spoken(t)}{TRAIN if reason is None else ""}'
    return program(t, DOC + (TRAINED if reason is None else ""), ("import numpy as np",), sections, data, tried, *PARTS)


TRAINED = "\n`python this_file.py train` trains it again from its first weights and prints the loss after every epoch."
TRAIN = '''
    if sys.argv[1:] == ["train"]:
        for epoch, loss in enumerate(train()):
            print("epoch", epoch, "loss", loss)'''


def network(t: Taken) -> str:
    """`network`, up to the last sums, and `answer`."""
    said = lines(t.steps, FORWARD)
    last = [step for step in t.answering if step.weights]
    value = f"network(prepare({t.inputs.name}), WEIGHTS)"
    answering = "\n".join(f"    {line}" for line in lines(t.answering, FORWARD, {t.steps.last: "output"}))
    w = "    w = WEIGHTS\n" if last else ""
    given = "\n".join(f"    {line}" for line in said)
    return (f'def network(inputs, w):\n    """The network\'s last sums, step by step. w: its weights by name"""\n{given}\n'
            f"    return {t.steps.last}\n\n\n"
            f'def answer({t.inputs.name}):\n    """{MEANS[t.answer.kind]}"""\n{w}    output = {value}\n{answering}\n'
            f"    return {t.answering.last if t.answering else 'output'}")


MEANS = {"classes": "How sure the network is of each class. Returns (rows, classes)", "values": "Values in their own units.",
         "image": "The inputs again, in their own units.", "tokens": "How sure the network is of each token, at every step.",
         "samples": "Samples made of noise, in their own units."}
