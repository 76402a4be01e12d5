"""Words of the glossary: how it learns."""

from ui.glossary.word import word

WORDS = (
    word("epoch, epochs",
         "One look at all of the points to learn from. After 10 epochs a network has looked at each of them 10 times.",
         "optimizers/batch"),
    word("batch, batches, mini-batch, mini-batches",
         "The points that one step of learning looks at. 350 points in batches of 35 make 10 steps an epoch.",
         "optimizers/batch"),
    word("loss, losses",
         "How wrong an answer is, in one number: 0 is perfect. To learn is to make it smaller.", "losses/cost"),
    word("cost", "The mean of the losses of all examples. Losses of 1, 2 and 6 make a cost of 3.", "losses/cost"),
    word("mean squared error, MSE",
         "A cost for numbers: the mean of all errors, each times itself. Errors of 1, −2 and 3 make (1 + 4 + 9)/3 = 4.67.",
         "losses/cost"),
    word("cross-entropy",
         "The loss for classes: minus the logarithm of the share that the right class was given. A share of 50 % costs "
         "0.69, one of 90 % only 0.11.", "losses/several"),
    word("slope, slopes",
         "How steeply a curve goes up or down at one place. At a slope of 2 a step of 0.1 to the right goes up by about 0.2, "
         "at −2 down.", "neuron/slope"),
    word("gradient, gradients",
         "For each weight, how much the loss rises when that weight grows a little. At a gradient of 2, 0.01 more weight "
         "makes about 0.02 more loss, so learning makes the weight smaller.", "optimizers/downhill"),
    word("derivative, derivatives",
         "How much one number changes with another one: at a derivative of −0.5, 0.01 more weight makes about 0.005 less "
         "loss.", "backprop/backward"),
    word("learning rate, learning rates",
         "How far one step of learning goes, as a multiple of the gradient. At a rate of 0.1 a gradient of 2 changes the "
         "weight by 0.2.", "optimizers/border"),
    word("optimiser, optimisers",
         "The rule that makes a step out of a gradient. The plainest one multiplies the gradient by the learning rate; "
         "Adam also divides by its usual size.", "optimizers/adam"),
    word("SGD",
         "Stochastic gradient descent, the plainest optimiser: a step is the gradient of some of the points, times the "
         "learning rate. At a rate of 0.1 a gradient of 2 moves the weight by 0.2.", "optimizers/batch"),
    word("momentum",
         "The share of the last step that a step takes along: at 0.9, nine tenths of it.", "optimizers/ravine"),
    word("clipping, clipped",
         "A gradient that is longer than a limit is made shorter before the step: one of length 10 becomes one of length 1, "
         "if that is the limit.", "gradients/clip"),
    word("backpropagation",
         "The way to all gradients at once: from the loss back through the network, layer by layer, with one "
         "multiplication by a slope at each.", "backprop/backward"),
    word("initialiser, initialisers",
         "The rule that draws the first weights, before anything is learned. He's rule, for example, draws them about 0.5 "
         "large where a unit has 8 inputs.", "initialization/factor"),
    word("Xavier, Xavier's rule, Xavier's weights, Glorot",
         "A rule for first weights, named after Xavier Glorot: the more inputs and units a layer has, the smaller. With 32 of "
         "each they are about 0.18 large.", "initialization/factor"),
    word("He's rule, He's weights, Kaiming",
         "A rule for first weights, named after Kaiming He: the more inputs a unit has, the smaller. With 8 inputs they are "
         "about 0.5 large.", "initialization/factor"),
    word("LeCun, LeCun's rule, LeCun's weights",
         "A rule for first weights, named after Yann LeCun: the more inputs a unit has, the smaller. With 16 inputs they are "
         "about 0.25 large.", "initialization/factor"),
    word("orthogonal",
         "At right angles. (1, 1) and (1, −1) are: number times number, added up, they make 1 − 1 = 0. The columns of an "
         "orthogonal table of weights are so, each to each.", "initialization/turns"),
    word("seed, seeds",
         "The number that chance begins with. The same seed gives the same first weights and the same points, so a run "
         "can be repeated exactly; another one shows whether a result was luck.", "initialization/first"),
)
