"""Words of the glossary: what the pictures say."""

from ui.glossary.word import word

WORDS = (
    word("RMS of ∂L/∂W, RMS ∂L/∂W, size of the gradient",
         "The usual size of a layer's gradient: the root of the mean of the squares of all its ∂L/∂W, whatever their "
         "signs. Of 3 and −4 it is 3.5. A layer that gets a thousandth of it learns a thousand times as slowly.",
         "gradients/sizes"),
    word("log scale, logarithmic",
         "An axis on which a step of the same length multiplies by the same number: from 0.01 to 0.1 is as far as from "
         "0.1 to 1.", "gradients/sizes"),
    word("full colour",
         "How strong a value must be for the strongest colour. “Full colour is 1.00 from its centre”: a value 1 above the "
         "unit's middle is all orange, 1 below it all blue, and half of that half as strong.", "neuron/hidden"),
    word("hatched",
         "Lines across a square: this unit says the same everywhere, so it tells nothing apart.", "activations/dead"),
    word("twin, twins",
         "Two networks that share everything but what is compared: the same points, the same luck of the first weights, "
         "the same order. So whatever differs comes of that one setting.", "gradients/activation"),
    word("bound, bounds",
         "What a number cannot get beyond. The sigmoid's slope is at most 0.25, so through n layers of it at most 0.25ⁿ "
         "of a gradient is left by the slopes alone: after 5 layers a thousandth.", "gradients/bound"),
    word("saturated",
         "A unit is saturated where its curve is almost flat: its sum may change, what it says hardly does. tanh of 3 is "
         "0.995, of 4 it is 0.999.", "activations/slopes"),
    word("dead",
         "A unit is dead when it is flat for every point: no gradient comes through it, so it cannot learn any more.",
         "activations/dead"),
)
