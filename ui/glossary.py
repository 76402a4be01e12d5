"""The words that a beginner may not know: what each means, in a sentence or two with a number, and where to learn more."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word of the glossary.

    forms: how it stands in a text, singular and plural   meaning: in plain sentences
    more: the idea of a lesson that explains it, as <lesson>/<idea>
    """

    forms: tuple[str, ...]
    meaning: str
    more: str

    @property
    def name(self) -> str:
        """As it stands in a list."""
        return self.forms[0]

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower().replace("∂", "d").replace("ⁿ", "n")).strip("-")


def _word(forms: str, meaning: str, more: str) -> Word:
    return Word(tuple(forms.split(", ")), meaning, more)


GLOSSARY = (
    _word("unit, units",
          "The smallest part of a network: it multiplies each number that comes in by a weight, adds everything up, bends "
          "the sum and hands one number on. A network of 8 + 8 + 6 + 1 units has 23 of them.", "neuron/sum"),
    _word("weight, weights",
          "The number by which a unit multiplies what it gets from one other unit. At 2 the input counts double, at 0 not "
          "at all, at −1 it counts against. Learning changes the weights.", "neuron/bias"),
    _word("bias, biases",
          "The number that a unit adds to its sum whatever comes in. With a bias of 1.5 it starts from 1.5 instead of 0.",
          "neuron/shift"),
    _word("activation, activations",
          "The curve by which a unit bends its sum. ReLU, for example, makes 0 of −3 and leaves 2 as it is.",
          "neuron/threshold"),
    _word("pre-activation",
          "A unit's sum before the curve bends it, called z. With inputs 1 and 2, weights 3 and −1 and a bias of 0.5, z is "
          "3 − 2 + 0.5 = 1.5.", "neuron/sum"),
    _word("layer, layers",
          "Units that stand side by side and get the same inputs. Each layer works on what the one before it hands on; a "
          "network with 3 hidden layers bends its inputs three times.", "neuron/network"),
    _word("hidden layer, hidden layers",
          "A layer between the inputs and the output. Nobody tells its units what to say: they learn it.", "neuron/hidden"),
    _word("parameter, parameters",
          "A number that learning adjusts: a weight or a bias. A layer with 2 inputs and 8 units has 2 · 8 + 8 = 24.",
          "neuron/count"),
    _word("vector, vectors",
          "Several numbers in a row, taken as one thing: (2, 0, 1) is a vector of three numbers.", "attention/views"),
    _word("matrix, matrices",
          "Numbers in rows and columns. The weights between 2 inputs and 8 units make one of 2 rows and 8 columns.",
          "backprop/matrix"),
    _word("sigmoid",
          "A curve that turns any number into one between 0 and 1: 0 becomes 0.5, 2 becomes 0.88, −2 becomes 0.12.",
          "neuron/threshold"),
    _word("tanh",
          "A curve that turns any number into one between −1 and 1: 0 stays 0, 1 becomes 0.76, −1 becomes −0.76.",
          "activations/gallery"),
    _word("ReLU", "A curve with one bend: what is below 0 becomes 0, the rest stays as it is.", "activations/gallery"),
    _word("softmax",
          "Turns several numbers into shares that add up to 1: of 2, 1 and 0 it makes 67 %, 24 % and 9 %.", "losses/several"),
    _word("epoch, epochs",
          "One look at all of the points to learn from. After 10 epochs a network has looked at each of them 10 times.",
          "optimizers/batch"),
    _word("batch, batches, mini-batch, mini-batches",
          "The points that one step of learning looks at. 350 points in batches of 35 make 10 steps an epoch.",
          "optimizers/batch"),
    _word("loss, losses",
          "How wrong an answer is, in one number: 0 is perfect. To learn is to make it smaller.", "losses/cost"),
    _word("cost", "The mean of the losses of all samples. Losses of 1, 2 and 6 make a cost of 3.", "losses/cost"),
    _word("cross-entropy",
          "The loss for classes: minus the logarithm of the share that the right class was given. A share of 50 % costs "
          "0.69, one of 90 % only 0.11.", "losses/several"),
    _word("gradient, gradients",
          "For each weight, how much the loss rises when that weight grows a little. At a gradient of 2, 0.01 more weight "
          "makes about 0.02 more loss, so learning makes the weight smaller.", "optimizers/downhill"),
    _word("derivative, derivatives",
          "How much one number changes with another one: at a derivative of −0.5, 0.01 more weight makes about 0.005 less "
          "loss.", "backprop/backward"),
    _word("learning rate, learning rates",
          "How far one step of learning goes, as a multiple of the gradient. At a rate of 0.1 a gradient of 2 changes the "
          "weight by 0.2.", "optimizers/border"),
    _word("optimiser, optimisers",
          "The rule that makes a step out of a gradient. The plainest one multiplies the gradient by the learning rate; "
          "Adam also divides by its usual size.", "optimizers/adam"),
    _word("SGD",
          "Stochastic gradient descent, the plainest optimiser: a step is the gradient of some of the points, times the "
          "learning rate. At a rate of 0.1 a gradient of 2 moves the weight by 0.2.", "optimizers/batch"),
    _word("momentum",
          "The share of the last step that a step takes along: at 0.9, nine tenths of it.", "optimizers/ravine"),
    _word("clipping, clipped",
          "A gradient that is longer than a limit is made shorter before the step: one of length 10 becomes one of length 1, "
          "if that is the limit.", "gradients/clip"),
    _word("backpropagation",
          "The way to all gradients at once: from the loss back through the network, layer by layer, with one "
          "multiplication by a slope at each.", "backprop/backward"),
    _word("initialiser, initialisers",
          "The rule that draws the first weights, before anything is learned. He's rule, for example, draws them about 0.5 "
          "large where a unit has 8 inputs.", "initialization/factor"),
    _word("Xavier, Xavier's rule, Xavier's weights, Glorot",
          "A rule for first weights, named after Xavier Glorot: the more inputs and units a layer has, the smaller. With 32 of "
          "each they are about 0.18 large.", "initialization/factor"),
    _word("He's rule, He's weights, Kaiming",
          "A rule for first weights, named after Kaiming He: the more inputs a unit has, the smaller. With 8 inputs they are "
          "about 0.5 large.", "initialization/factor"),
    _word("LeCun, LeCun's rule, LeCun's weights",
          "A rule for first weights, named after Yann LeCun: the more inputs a unit has, the smaller. With 16 inputs they are "
          "about 0.25 large.", "initialization/factor"),
    _word("orthogonal",
          "At right angles. (1, 1) and (1, −1) are: number times number, added up, they make 1 − 1 = 0. The columns of an "
          "orthogonal table of weights are so, each to each.", "initialization/turns"),
    _word("seed, seeds",
          "The number that chance begins with. The same seed gives the same first weights and the same points, so a run "
          "can be repeated exactly; another one shows whether a result was luck.", "initialization/first"),
    _word("sample, samples",
          "One example to learn from: some numbers, and in most tasks the right answer to them.", "losses/cost"),
    _word("training data, training points, training rows",
          "The examples that a network learns from, with their right answers. Of 500 points it may be 350; the others are kept "
          "from it.", "generalization/held"),
    _word("test points, test rows, test data, held-out points, held-out rows",
          "Examples that are kept away from learning, so that they show what it is worth elsewhere: 150 of 500 points, say.",
          "generalization/held"),
    _word("feature, features",
          "A number that is known about a sample and that the network gets as an input. A dot in the plane has two: how "
          "far right and how far up.", "neuron/network"),
    _word("accuracy", "The share of answers that are right: 90 of 100 make 90 %.", "generalization/held"),
    _word("test accuracy, held-out accuracy",
          "The share of right answers on points that were kept away from learning. Always naming the larger of two equal "
          "classes reaches 50 %.", "generalization/held"),
    _word("overfitting",
          "Learning the training points by heart: their loss goes on falling, while that of new points rises.",
          "generalization/film"),
    _word("validation, validation rows",
          "Rows that are kept from learning to choose between settings, so that test rows can judge the choice. Of 540 held "
          "out it may be 270.", "generalization/width"),
    _word("variance",
          "How widely numbers are spread: the mean of their squared distances from their mean. Of 1 and 5, whose mean is 3, it "
          "is 4.", "initialization/layer"),
    _word("standard deviation, standard deviations",
          "How far numbers usually lie from their mean: the root of the variance. Of 1 and 5 it is 2.", "initialization/layer"),
    _word("median", "The one in the middle: of 1, 2 and 9 it is 2.", "generalization/rows"),
    _word("regularisation",
          "Whatever keeps a network from learning by heart, for example a price on large weights.", "generalization/weights"),
    _word("dropout",
          "While it learns, a network has units switched off by chance: at 0.2 every fifth. So none of them can rely on "
          "another one.", "generalization/dropout"),
    _word("batch normalisation, batch norm",
          "Before the curve bends them, the sums of a unit are brought to a mean of 0 and a spread of 1 over each batch.",
          "gradients/batch_norm"),
    _word("RMS of ∂L/∂W, RMS ∂L/∂W",
          "The usual size of a layer's gradient: the root of the mean of the squares of all its ∂L/∂W, whatever their "
          "signs. Of 3 and −4 it is 3.5. A layer that gets a thousandth of it learns a thousand times as slowly.",
          "gradients/sizes"),
    _word("log scale, logarithmic",
          "An axis on which a step of the same length multiplies by the same number: from 0.01 to 0.1 is as far as from "
          "0.1 to 1.", "gradients/sizes"),
    _word("full colour",
          "How strong a value must be for the strongest colour. “Full colour is 1.00 from its centre”: a value 1 above the "
          "unit's middle is all orange, 1 below it all blue, and half of that half as strong.", "neuron/hidden"),
    _word("hatched",
          "Lines across a square: this unit says the same everywhere, so it tells nothing apart.", "activations/dead"),
    _word("twin, twins",
          "Two networks that share everything but what is compared: the same points, the same luck of the first weights, "
          "the same order. So whatever differs comes of that one setting.", "gradients/activation"),
    _word("bound, bounds",
          "What a number cannot get beyond. The sigmoid's slope is at most 0.25, so through n layers of it at most 0.25ⁿ "
          "of a gradient is left by the slopes alone: after 5 layers a thousandth.", "gradients/bound"),
    _word("saturated",
          "A unit is saturated where its curve is almost flat: its sum may change, what it says hardly does. tanh of 3 is "
          "0.995, of 4 it is 0.999.", "activations/slopes"),
    _word("dead",
          "A unit is dead when it is flat for every point: no gradient comes through it, so it cannot learn any more.",
          "activations/dead"),
    _word("filter, filters",
          "A small table of weights that looks at one patch of a picture after another, always in the same way. One of 3 × "
          "3 has 9 weights, however large the picture is.", "convolution/filter"),
    _word("feature map, feature maps",
          "All answers of one filter, each at its place. One of 3 × 3 that goes over 8 × 8 pixels gives 6 × 6 of them.",
          "convolution/filter"),
    _word("pool, pools",
          "A step that makes a map smaller: of each window, say 2 × 2 places, it keeps one number. 8 × 8 become 4 × 4.",
          "convolution/pooling"),
    _word("autoencoder, autoencoders",
          "A network that learns to give back what it got, through a narrow place: 64 pixels through 2 numbers, for "
          "example, and back.", "autoencoder/itself"),
    _word("PCA",
          "Principal component analysis: an old way to describe pictures, or rows, by few numbers. It lays a flat sheet "
          "through them, for 2 numbers, and keeps where on it each one lies.", "autoencoder/pca"),
    _word("recurrent",
          "A network is recurrent when it reads step by step and carries a state of its own from each step to the next.",
          "recurrence/state"),
    _word("state, states",
          "What a recurrent network carries from step to step: a row of numbers, 16 of them for example.", "recurrence/state"),
    _word("plain RNN, RNN, RNNs",
          "The simplest recurrent network: each new state is made of the input and of the whole old state, and bent by a "
          "curve. Nothing in it says what is to be kept.", "recurrence/state"),
    _word("gate, gates, update gate, update gates, forget gate, forget gates, reset gate, reset gates",
          "A number between 0 and 1 that the network works out at every step, and by which something is multiplied: at 0.9, "
          "nine tenths of a state pass.", "recurrence/gates"),
    _word("candidate",
          "What would come into a state if no gate held it back. Of 0.8, a gate that lets half of it in adds 0.4.",
          "recurrence/gru"),
    _word("LSTM, LSTMs",
          "A recurrent network with three gates and a second state, the cell, in which something can stay for many steps.",
          "recurrence/gates"),
    _word("GRU, GRUs",
          "A recurrent network with two gates; one of them says how much of the state is kept from step to step.",
          "recurrence/gru"),
    _word("encoder, encoders",
          "The part of a network that reads, and hands on what it found as numbers: 2 for a picture, for example.",
          "attention/squeeze"),
    _word("decoder, decoders",
          "The part of a network that makes something of an encoder's numbers: a picture, or an answer, digit by digit.",
          "attention/squeeze"),
    _word("Transformer, Transformers",
          "A network in which every place of a text looks at all places at once, by attention, instead of going step by step.",
          "attention/block"),
    _word("token, tokens", "One of the pieces that a text is read in. Here a letter or a digit is a token.", "attention/views"),
    _word("attention",
          "Looking back at all that was read, and giving each place a share of the look. The shares add up to 1.",
          "attention/look"),
    _word("query, queries",
          "The numbers by which a place asks, in attention. What fits them best gets the largest share of the look: (1, 0) "
          "looks for a large first number.", "attention/look"),
    _word("generator",
          "The network of two that makes samples: 2 random numbers go in, a point of the plane comes out, for example.",
          "gan/noise"),
    _word("discriminator",
          "The network of two that judges: it says how surely a sample is a true one, 0.5 where it cannot tell.", "gan/judge"),
    _word("hyperparameter, hyperparameters",
          "A setting that is chosen before learning and does not learn itself: the learning rate, the number of layers.",
          "generalization/search"),
)
"""In the order in which a beginner meets them. Of two that fit at one place the longer one is meant."""

CHAPTERS = {
    "unit": "What stands in a network",
    "epoch": "How it learns",
    "sample": "What it learns from, and how good it is",
    "RMS of ∂L/∂W": "What the pictures say",
    "filter": "Kinds of networks",
}
"""The glossary's headings, by the word that stands first under each."""

BY_FORM = {form.lower(): word for word in GLOSSARY for form in word.forms}


def pattern() -> re.Pattern[str]:
    """Any word of the glossary as it stands in a text, by itself and not in the name of a page, such as Gradient lab."""
    longest_first = sorted(BY_FORM, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]| lab\b)", re.IGNORECASE)
