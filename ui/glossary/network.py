"""Words of the glossary: what stands in a network."""

from ui.glossary.word import word

WORDS = (
    word("unit, units",
         "The smallest part of a network: it multiplies each number that comes in by a weight, adds everything up, bends "
         "the sum and hands one number on. A network of 8 + 8 + 6 + 1 units has 23 of them.", "neuron/sum"),
    word("weight, weights",
         "The number by which a unit multiplies what it gets from one other unit. At 2 the input counts double, at 0 not "
         "at all, at −1 it counts against. Learning changes the weights.", "neuron/bias"),
    word("bias, biases",
         "The number that a unit adds to its sum whatever comes in. With a bias of 1.5 it starts from 1.5 instead of 0.",
         "neuron/shift"),
    word("activation, activations",
         "The curve by which a unit bends its sum. ReLU, for example, makes 0 of −3 and leaves 2 as it is.",
         "neuron/threshold"),
    word("pre-activation",
         "A unit's sum before the curve bends it, called z. With inputs 1 and 2, weights 3 and −1 and a bias of 0.5, z is "
         "3 − 2 + 0.5 = 1.5.", "neuron/sum"),
    word("layer, layers",
         "Units that stand side by side and get the same inputs. Each layer works on what the one before it hands on; a "
         "network with 3 hidden layers bends its inputs three times.", "neuron/network"),
    word("hidden layer, hidden layers",
         "A layer between the inputs and the output. Nobody tells its units what to say: they learn it.", "neuron/hidden"),
    word("parameter, parameters",
         "A number that learning adjusts: a weight or a bias. A layer with 2 inputs and 8 units has 2 · 8 + 8 = 24.",
         "neuron/count"),
    word("vector, vectors",
         "Several numbers in a row, taken as one thing: (2, 0, 1) is a vector of three numbers.", "attention/views"),
    word("matrix, matrices",
         "Numbers in rows and columns. The weights between 2 inputs and 8 units make one of 2 rows and 8 columns.",
         "backprop/matrix"),
    word("sigmoid",
         "A curve that turns any number into one between 0 and 1: 0 becomes 0.5, 2 becomes 0.88, −2 becomes 0.12.",
         "neuron/threshold"),
    word("tanh",
         "The hyperbolic tangent, a curve that turns any number into one between −1 and 1: 0 stays 0, 1 becomes 0.76, −1 "
         "becomes −0.76.",
         "activations/gallery"),
    word("ReLU",
         "The rectified linear unit, a curve with one bend: what is below 0 becomes 0, the rest stays as it is. −3 becomes 0, "
         "2 stays 2.", "activations/gallery"),
    word("softmax",
         "Turns several numbers into shares that add up to 1: of 2, 1 and 0 it makes 67 %, 24 % and 9 %.", "losses/several"),
)
