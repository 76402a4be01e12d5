"""A network as a notebook: what stands in its NumPy program, with words between, and pictures of what it learned."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ann_core.export.numpy_code import PARTS, network
from ann_core.export.numpy_training import learned_from, training, why_no_training
from ann_core.export.program import HELPERS, constants, example, modules, preparation, spoken, weights
from ann_core.export.taken import Taken
from ann_core.export.text import named, source

INTRO = ("Made with Neural playground. Run the cells from top to bottom: here, in Colab, or in class. They need NumPy and "
         "Matplotlib, and nothing else.")
NUMBERS = "### The numbers\nWhat the network learned, and what its inputs are scaled by. Larger arrays are packed as text."
PREPARE = ("### From raw rows to what the network is given\nGaps are filled, words become ones and zeros, and all is "
           "brought to one scale.")
NETWORK = ("### The network\nOne line a step: what goes in at the top, its last sums at the end; `answer` makes of them "
           "what is asked for.")
TRY = "### Try it\nA few rows. Put in your own."
TRAIN = ("### Training, from the first weights on\nLosses, the gradient line by line, the optimiser, and the loop. The same "
         "first weights, order of rows and updates as in the playground, and so the same losses.")
LOSS = "### How the loss falls\nThe mean loss of the training rows before the first step and after every epoch."
GRADIENT = ("### How much gradient reaches each layer\nThe root mean square of ∂L/∂W of each layer, over all training rows: "
            "before the first step and with the weights of this notebook.")
BOUNDARY = "### What it decides\nThe answer at every place of the plane of both inputs."
TO_GO_ON = ("### To go on\n- Change a setting, such as `RATE`, and train again: what becomes of the loss?\n- Leave the "
            "activation of a layer out, in `network` and in `gradient`.\n- Print `gradient` of one row and work one number out "
            "by hand.")
MOST_EPOCHS = 200

LOSS_CODE = '''epochs = min(EPOCHS, {most})
curve = list(train(epochs))
plt.plot(curve, label={labels})
plt.xlabel("epoch")
plt.ylabel("loss")
{scale}plt.show()'''
ONE = "gradient(X, slope_of(np.arange(len(X))), arrays(numbers), g, held, None)"
NOW_OF_ONE = "NOW = np.concatenate([WEIGHTS[name].ravel() for name in SHAPES])\n"
TWO = """for turn, _, _ in reversed(TURNS.values()):  # the generator's goes through the discriminator
        turn(X[:400], noise(0, 0, len(X[:400])), arrays(numbers), g, held, None)"""
GRADIENT_CODE = '''def sizes(numbers):
    """RMS of the gradient of each weight matrix, with these numbers."""
    g, held = arrays(np.zeros_like(FIRST)), {{name: array.copy() for name, array in HELD.items()}}
    {passes}
    return {{name: np.sqrt((array**2).mean()) for name, array in g.items() if array.ndim > 1}}


{now}for label, numbers_then in (("before the first step", FIRST), ("with these weights", NOW)):
    found = sizes(numbers_then)
    plt.plot(list(found), list(found.values()), "o-", label=label)
plt.yscale("log")
plt.xticks(rotation=45)
plt.ylabel("RMS of ∂L/∂W")
plt.legend()
plt.show()'''
BOUNDARY_CODE = '''low, high = {low}, {high}
side = 80
x, y = np.meshgrid(np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side))
said = answer({{NAMES[0]: x.ravel().tolist(), NAMES[1]: y.ravel().tolist()}})
shown = said.argmax(1) if said.shape[1] > 2 else said[:, -1]
plt.pcolormesh(x, y, np.reshape(shown, x.shape), cmap="PuOr_r")
plt.colorbar()
plt.xlabel(NAMES[0].replace("$", r"\\$"))
plt.ylabel(NAMES[1].replace("$", r"\\$"))
plt.show()'''


def to_notebook(t: Taken) -> bytes:
    """The notebook, version 4."""
    reason = why_no_training(t)
    data = [constants(t), weights(t.every_step), example(t), *([learned_from(t)] if reason is None else [])]
    tried = spoken(t).replace("\n        ", "\n    ")
    code = "\n\n\n".join([preparation(t.inputs), network(t), tried, *([training(t)] if reason is None else [])])
    helpers = source(*(each for module in (*PARTS, *HELPERS) for each in named(module, "\n".join([code, *data]))))
    held = "\n\n".join(data)
    imports = "\n".join([*modules("\n".join([code, held, helpers])), "import matplotlib.pyplot as plt", "import numpy as np"])
    cells = [new_markdown_cell(f"# {t.title[0].upper()}{t.title[1:]}\n{INTRO}"), new_code_cell(f"{imports}\n\n\n{helpers}"),
             new_markdown_cell(PREPARE), new_code_cell(preparation(t.inputs)),
             new_markdown_cell(NETWORK), new_code_cell(network(t)),
             new_markdown_cell(NUMBERS), new_code_cell(held),
             new_markdown_cell(TRY), new_code_cell(tried), *_plane(t)]
    if reason is None:
        cells += [new_markdown_cell(TRAIN), new_code_cell(training(t)),
                  new_markdown_cell(LOSS), new_code_cell(_loss_code(t)),
                  new_markdown_cell(GRADIENT), new_code_cell(_gradient_code(t)), new_markdown_cell(TO_GO_ON)]
    else:
        cells += [new_markdown_cell(reason.replace("program", "notebook"))]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # the same file for the same network
    found = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3",
                                                               "language": "python"}})
    nbformat.validate(found)
    return nbformat.writes(found).encode()


def _gradient_code(t: Taken) -> str:
    """Sizes of the gradient; of two networks against each other those of both players' turns."""
    one = len(t.run.setup.objective.networks) == 1
    return GRADIENT_CODE.format(passes=ONE if one else TWO, now=NOW_OF_ONE if one else "")


def _loss_code(t: Taken) -> str:
    """A curve for each loss; of two networks against each other one for each, which may also be below 0."""
    names = list(t.run.setup.objective.networks)
    if len(names) == 1:
        return LOSS_CODE.format(most=MOST_EPOCHS, labels=repr("loss"), scale='plt.yscale("log")\n')
    return LOSS_CODE.format(most=MOST_EPOCHS, labels=names, scale="plt.legend()\n")


def _plane(t: Taken) -> list[nbformat.NotebookNode]:
    """A picture of the plane, where there are two inputs that are numbers."""
    columns = t.inputs.columns
    if len(columns) != 2 or any(column.kind != "number" for column in columns) or t.answer.kind not in ("classes", "values"):
        return []
    points = t.run.data.points_train if t.inputs.features else t.inputs.scaler.raw(t.run.data.X_train)
    if points.shape[-1] != 2:
        return []
    low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return [new_markdown_cell(BOUNDARY), new_code_cell("NAMES = list(EXAMPLE)\n" + BOUNDARY_CODE.format(low=low, high=high))]
