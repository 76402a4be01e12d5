"""Grade 1: one fault, seen in the loss curve or in the picture of the data."""

from ann_core.puzzles.puzzle import Truth, dense, sabotaged
from ann_core.run.training import ALL_ROWS

PLAIN = {"data.samples": 300, "training.optimizer": "sgd", "training.batch_size": 16}

FIRST = (
    sabotaged(
        1, "hardly", "Hardly a move", "Two moons, two layers. Nothing looks wrong, and yet the border hardly moves.", 0.95,
        {**PLAIN, **dense("tanh", 10, 10), "data.source": "moons", "training.learning_rate": 0.0003, "training.epochs": 60},
        Truth("Look at the loss curve from its start to its end. How far down would it have to go, and how far does it come?",
              "The learning rate is too low: 0.0003. Each step goes in the right direction, and is far too short to arrive "
              "in 60 epochs.",
              "moved", {"training.learning_rate": 0.3},
              "A loss that falls evenly and hardly at all asks for longer steps. Try rates in factors of ten, then of three.")),
    sabotaged(
        1, "restless", "Restless", "Four squares, two layers of ReLU. Something happens at first, nothing good later.", 0.95,
        {**PLAIN, **dense("relu", 12, 12), "data.source": "xor", "training.learning_rate": 3.0, "training.epochs": 60},
        Truth("Look at the loss in the first epochs. Does it go down, as it should after a step downhill?",
              "The learning rate is too high: 3. Each step overshoots the valley and lands higher up on the other side; on the "
              "way many units are pushed to where they answer 0 to everything.",
              "dead", {"training.learning_rate": 0.1},
              "A loss that jumps up, or stays where guessing is, in the first steps asks for shorter ones.")),
    sabotaged(
        1, "early", "Over too soon", "Four squares again. This network learns, and the time is up.", 0.92,
        {**PLAIN, **dense("tanh", 16, 16), "data.source": "xor", "training.learning_rate": 0.3, "training.batch_size": ALL_ROWS,
         "training.epochs": 10},
        Truth("The number of epochs is fixed. How many steps does the timeline show at the end, and what decides on that?",
              "The batch is all 210 rows, so an epoch is one single step, and ten epochs are ten steps.",
              "steps", {"training.batch_size": 8},
              "An epoch has as many steps as there are batches. Smaller batches give more steps for the same passes over the "
              "data.")),
    sabotaged(
        1, "crowded", "Three at work", "A spiral, and a network that does what it can.", 0.93,
        {**dense("tanh", 3), "data.source": "spiral", "data.samples": 400, "data.noise": 0.05, "training.learning_rate": 0.03,
         "training.batch_size": 16, "training.epochs": 150},
        Truth("Look at the border in the picture. How many bends has it, and how many does the spiral need?",
              "Three units are too few. Each one draws one line, so the border has few bends, whatever their weights are.",
              "seen", dense("tanh", 24),
              "A network that cannot even learn its own training rows is too small, or not trained: first look at the training "
              "score, then at the other one.")),
)
