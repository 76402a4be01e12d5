"""Grade 3: one fault that hides behind another one's face. What is wrong is asked before it is told."""

from ann_core.puzzles.first import PLAIN
from ann_core.puzzles.puzzle import Truth, dense, sabotaged

THIRD = (
    sabotaged(
        3, "lights", "Lights out", "Two moons, three layers of ReLU. The first step decides.", 0.93,
        {**PLAIN, **dense("relu", 12, 12, 12), "data.source": "moons", "network.initializer": "normal", "network.sigma": 2.0,
         "training.learning_rate": 0.3, "training.batch_size": 32, "training.epochs": 80},
        Truth("Look at the units after the first epoch. How many of them still answer to anything, and how large was the "
              "gradient before?",
              "The first weights are too large: σ = 2 for every layer. Sums and gradients grow from layer to layer, the first "
              "steps are enormous, and they push ReLU units to where they are 0 for every row. There they have no gradient "
              "and never come back.",
              "dead", {"network.initializer": "auto"},
              "ReLU wants He's first weights, σ = √(2/inputs). A unit that is dead stays dead.",
              {"First weights so large that a step kills units": "",
               "ReLU cannot bend far enough": "That would be so with very few units. Thirty-six are plenty for two moons.",
               "Batches are too small": "That would be so if the loss trembled around a good value. Here it is at guessing."})),
    sabotaged(
        3, "needle", "The eye of the needle", "Six clouds far apart. A line on a map could part them.", 0.93,
        {**PLAIN, **dense("relu", 12, 1, 12), "data.source": "blobs", "data.classes": 6, "data.samples": 400, "data.noise": 0.1,
         "training.learning_rate": 0.1, "training.epochs": 80},
        Truth("Follow the lines from the inputs to the output. Through how many units must everything go?",
              "Layer 2 has one single unit. All that the layers after it ever learn of a point is one number, and a ReLU "
              "makes 0 of every negative one.",
              "seen", dense("relu", 12, 8, 12),
              "A layer can only hand on what its units can hold: a network is as wide as its narrowest layer.",
              {"One layer is too narrow": "",
               "Too few layers": "That would be so if the border had to be wound like a spiral. Here clouds lie side by side.",
               "The learning rate is too low": "That would be so if the loss fell to the end. Here it comes to a halt."})),
    sabotaged(
        3, "reins", "On a short rein", "Two moons, good layers, a good rate, and snail's pace.", 0.95,
        {**PLAIN, **dense("relu", 12, 12), "data.source": "moons", "training.clip_norm": 0.001, "training.learning_rate": 0.3,
         "training.epochs": 60},
        Truth("The rate is 0.3 and the gradient is not small. What is done to it before the step is taken?",
              "Clipping cuts the length of every gradient to 0.001, so that a step is never longer than 0.0003, whatever the "
              "slope.",
              "kept", {"training.clip_norm": 1.0},
              "Clipping is a fuse for the rare step that is too long. When it cuts every step, it is the learning rate.",
              {"Every gradient is cut to almost nothing": "",
               "The learning rate is too low": "That would be so if the rate times the gradient were small. 0.3 times this "
                                               "gradient is not.",
               "The gradient vanishes on its way back": "That would be so if the first layer's bar were far lower than the "
                                                        "last one's."})),
    sabotaged(
        3, "basement", "No way down", "A landscape of hills and hollows is to be learned. The hills are there.", 0.15,
        {**dense("tanh", 24, 24), "data.source": "hills", "data.samples": 400, "network.output": "sigmoid",
         "training.learning_rate": 0.01, "training.batch_size": 16, "training.epochs": 100},
        Truth("Compare the two pictures, of the data and of the answers. Which values does the network never give?",
              "The output is a sigmoid, which lies between 0 and 1. The hollows reach down to −1, where it can never answer.",
              "lowest", {"network.output": "linear"},
              "The output's activation must reach all values that are asked for: linear for values, sigmoid or softmax for "
              "classes.",
              {"The output cannot reach some of the values": "",
               "Too few units": "That would be so if hills came out as badly as hollows.",
               "Too few epochs": "That would be so if the loss were still falling at the end."})),
)
