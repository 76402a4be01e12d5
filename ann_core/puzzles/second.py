"""Grade 2: one fault, seen in the gradients, the units or the weights. What is wrong is asked before it is told."""

from ann_core.puzzles.first import PLAIN
from ann_core.puzzles.puzzle import Truth, dense, sabotaged

SECOND = (
    sabotaged(
        2, "silence", "Silence", "Two moons and eight layers, more than enough. Not a sound from them in 60 epochs.", 0.95,
        {**PLAIN, **dense("sigmoid", *[10] * 8), "data.source": "moons", "training.learning_rate": 0.1,
         "training.batch_size": 32, "training.epochs": 60},
        Truth("Look at the gradient by layer. How much of what the output layer gets arrives at layer 1?",
              "Eight layers of sigmoid. The slope of a sigmoid is at most 0.25, and on its way back the gradient is multiplied "
              "by one slope a layer: next to nothing arrives at layer 1.",
              "arrives", dense("relu", *[10] * 8),
              "Deep stacks need slopes near 1: ReLU or tanh, with first weights that suit them.",
              {"Sigmoid slopes multiply the gradient away": "",
               "The learning rate is too low": "That would be so if all layers moved a little. Here the last one gets a "
                                               "gradient and the first one gets almost none.",
               "Too few units": "That would be so if the loss fell at first and then stayed. Here it does not fall at all."})),
    sabotaged(
        2, "choir", "In one voice", "Twelve units are to learn four squares. One could do as well as they do.", 0.95,
        {**PLAIN, **dense("tanh", 12), "data.source": "xor", "network.initializer": "constant", "network.sigma": 0.5,
         "training.learning_rate": 0.1, "training.epochs": 80},
        Truth("Look at the lines from the inputs to the hidden units, and at the small pictures there. How do they differ?",
              "All weights begin at the same value, 0.5. Units with equal weights get equal gradients, step after step, so "
              "that all twelve remain one and the same.",
              "different", {"network.initializer": "auto"},
              "First weights are drawn by chance so that units can become different.",
              {"All units begin alike and stay alike": "",
               "Too few units": "That would be so if the twelve were different. How many different ones do you see?",
               "The learning rate is too high": "That would be so if the loss jumped. Here it lies still."})),
    sabotaged(
        2, "drowned", "Drowned", "Three kinds of wine by thirteen measurements, a task for beginners.", 0.9,
        {**dense("tanh", 10, 10), "data.source": "wine", "data.scaling": "none", "training.optimizer": "sgd",
         "training.learning_rate": 0.1, "training.batch_size": 16, "training.epochs": 60},
        Truth("Look at the first layer's units: how many are in the flat part of their activation, and which inputs could push "
              "them there?",
              "The inputs are not scaled. Proline is around 750 and others are below 1, so that it alone decides on every sum "
              "and drives each tanh to where it is flat.",
              "saturated", {"data.scaling": "standard"},
              "Put all inputs on one scale before anything else.",
              {"Inputs on very different scales": "",
               "Too few layers": "That would be so if the task were hard. One layer is enough for it.",
               "Too few epochs": "That would be so if the loss were still falling at the end."})),
    sabotaged(
        2, "lead", "Feet of lead", "One class within the other, sixteen units twice. Something holds them down.", 0.95,
        {**PLAIN, **dense("tanh", 16, 16), "data.source": "circles", "training.l2": 0.3, "training.learning_rate": 0.1,
         "training.epochs": 80},
        Truth("Look at the lines of the network while it learns. What becomes of their width?",
              "L2 of 0.3 pulls every weight to 0, harder than the data can pull it away. With weights near 0 every row gets "
              "the same answer.",
              "weights", {"training.l2": 0.001},
              "A penalty is weighed against the loss. If weights only shrink, it is too heavy.",
              {"Something pulls the weights to 0": "",
               "The gradient vanishes on its way back": "That would be so with many layers. Here there are two.",
               "The learning rate is too low": "That would be so if the weights stayed as they began. Look: they change, and "
                                               "they shrink."})),
)
