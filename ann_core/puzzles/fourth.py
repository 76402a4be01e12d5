"""Grade 4: faults that are not seen in one number alone, and several at once. What is wrong is asked before it is told."""

from ann_core.puzzles.first import PLAIN
from ann_core.puzzles.puzzle import Truth, dense, sabotaged

FOURTH = (
    sabotaged(
        4, "avalanche", "Avalanche", "Two moons, two layers of tanh and much momentum.", 0.97,
        {**PLAIN, **dense("tanh", 12, 12), "data.source": "moons", "training.optimizer": "momentum", "training.momentum": 0.99,
         "training.learning_rate": 3.0, "training.epochs": 60},
        Truth("How long is a step when every one before it still counts 99 %? And where do the units stand after it?",
              "Momentum of 0.99 adds about a hundred past steps up, so a rate of 3 works like one of 300. The weights grow "
              "so large that every tanh is in its flat part.",
              "weights", {"training.learning_rate": 0.03},
              "Momentum μ makes steps up to 1/(1 − μ) times as long. More momentum asks for a lower rate.",
              {"Rate and momentum together take far too long steps": "",
               "Tanh flattens the gradient in every network of two layers": "That would be so for sums of any size. Begin "
                                                                            "again and look at epoch 0.",
               "Batches are too large": "That would be so if there were few steps. There are 14 an epoch."})),
    sabotaged(
        4, "parrot", "The parrot", "Forty points of an even slope, with some noise. The training loss is a dream.", 0.28,
        {**dense("relu", 40, 40), "data.source": "plane", "data.samples": 200, "data.noise": 0.5, "data.test_share": 0.8,
         "training.learning_rate": 0.01, "training.batch_size": 8, "training.epochs": 200},
        Truth("Two curves stand in the picture of the loss. Which of them is still falling after epoch 20?",
              "Its 1,801 parameters learn 40 rows by heart, noise included. What they learn beyond the even slope is wrong for "
              "all other rows.",
              "gap", {"training.l2": 0.01},
              "When the two curves part, the network is too free: hold its weights down, make it smaller, or bring more rows.",
              {"It learns the noise of its few rows": "",
               "It has not learned its training rows yet": "That would be so if the training loss were high. It is the lowest "
                                                           "of all.",
               "The learning rate is too high": "That would be so if the training loss jumped and did not fall."})),
    sabotaged(
        4, "forgetful", "Thin and forgetful", "The spiral once more. This time two things are wrong.", 0.95,
        {**dense("tanh", 3, 3), "data.source": "spiral", "data.samples": 400, "data.noise": 0.05, "network.dropout": 0.5,
         "training.learning_rate": 0.03, "training.batch_size": 16, "training.epochs": 150},
        Truth("How many units are there, and how many of them are at work in any one step?",
              "Dropout of 0.5 switches every other unit off, and of three units a layer often only one is left. Without "
              "dropout three units are still too few for a spiral.",
              "seen", {**dense("tanh", 24, 3), "network.dropout": 0.0},
              "Dropout is for networks that have more units than they need. Small ones cannot spare what it takes away.",
              {"Too few units, and half of them switched off": "",
               "Too few units, nothing else": "That would be so if more units were enough. With 24 in layer 1 and dropout of "
                                              "0.5 the goal was missed for all of 20 seeds.",
               "Too much dropout, nothing else": "That would be so if three units a layer could draw a spiral. Without dropout "
                                                 "they missed the goal for all of 20 seeds."})),
    sabotaged(
        4, "three", "Three at once", "Wine again, six layers. Here everything comes together: three things are wrong.", 0.9,
        {**dense("sigmoid", *[10] * 6), "data.source": "wine", "data.scaling": "none", "training.optimizer": "sgd",
         "training.learning_rate": 0.001, "training.batch_size": 16, "training.epochs": 60},
        Truth("Go through it from the left to the right: what comes in, what each layer does to the gradient on its way back, "
              "how long a step is?",
              "The inputs are not scaled, six sigmoid slopes multiply the gradient away, and with a rate of 0.001 what is left "
              "moves nothing. Any two of the three cured are not enough.",
              "arrives", {"data.scaling": "standard", **dense("tanh", *[10] * 6), "training.learning_rate": 0.1},
              "Look for faults in the order in which numbers flow: inputs, first weights, activations, gradients, steps.",
              {"Inputs, activations and rate": "",
               "Inputs and rate only": "That would be so if six sigmoid layers let a gradient through.",
               "Activations and rate only": "That would be so if a measurement of 750 did no harm to a tanh."})),
)
