"""Lesson: activations. What they are for, what each is like, how their slopes rule training, and which to choose."""

from ann_core.lessons import activations as core
from ann_core.nn.activations import Activation, activation, softmax
from ann_core.nn.losses import resolve_head
from ui.lesson import Idea, lesson
from ui.lessons.activations import asks, controls, links, shows_depth, shows_outputs, shows_shapes

IDEAS = (
    Idea("purpose", "Why bend anything?",
         "What would a network be without its bends? A layer multiplies its inputs by weights and adds a bias; an "
         "**activation** then bends each result. Send a grid through several layers, first without the bend, and then put "
         "tanh or ReLU between them. Look at one thing: do straight lines stay straight?",
         "A stack of linear layers is one linear layer; only the bend between them makes depth worth having.",
         shows_shapes.purpose, asks.purpose, link=links.purpose, code=(core.stacked, core.collapsed, core.nearest_layer),
         core=True),
    Idea("gallery", "Sixteen ways to bend",
         "What does a unit say at which sum? It adds up its weighted inputs: that sum is **z**. The activation f turns z into "
         "the unit's output; its **slope** f′ says how much the output changes when z changes a little. Follow one curve, the "
         "sigmoid: move to the right, and watch its slope fade.",
         "Every activation is two curves: what the unit says, and how well it listens when it is trained.",
         shows_shapes.gallery, asks.gallery, code=(Activation, activation), core=True),
    Idea("properties", "What sets them apart?",
         "Which bend for which place? Four things decide: whether its outputs have mean 0 (**zero-centred**), how far they "
         "reach (**range**), where it goes flat (**saturates**), and whether a unit can get stuck there for good (**die**). "
         "Say what you want.",
         "Where a function is flat, almost nothing is learned; exactly flat on a whole side means that units can die.",
         shows_shapes.properties, asks.properties, code=(core.traits,)),
    Idea("slopes", "How slopes multiply",
         "How much of a signal is left after ten layers? Training sends one backwards, the gradient, and each layer "
         "multiplies it by its slope, and by its weights (next idea). Here are the slopes alone: drag a point, add layers, "
         "and watch the product.",
         "A sigmoid's slope is at most 0.25, which it reaches at z = 0; tanh's is at most 1; ReLU's is 0 or 1.",
         shows_depth.slopes, asks.slopes, code=(core.slope, core.slope_products), core=True),
    Idea("conditions", "When does tanh's gradient vanish?",
         "It is said that tanh suffers from vanishing gradients: when is that so? On its way back the gradient is multiplied "
         "by slopes *and* by weights. Change the size of the weights: does the line fall, stay or rise towards layer 1?",
         "Weights and slopes together decide: small weights make tanh's gradient vanish, large ones make it explode.",
         shows_depth.conditions, asks.conditions, link=links.conditions, code=(core.through_depth,)),
    Idea("dead", "A unit that is off for every row",
         "Can a unit stop learning for good? A ReLU unit whose sum is at most 0 for every row puts out 0 and has slope 0: it "
         "is called **dead**. Leaky ReLU keeps a small slope there. Both start with the same weight and bias. Press play: "
         "whose loss falls?",
         "No slope, no gradient, no learning: a ReLU unit that is off for every row stays off; a leaky one comes back.",
         shows_depth.dead, asks.dead, code=(core.train_unit,), core=True),
    Idea("selu", "Keeping a signal alive through fifty layers",
         "Does a signal arrive behind fifty layers? If each makes its outputs a little smaller or larger, fifty make them "
         "tiny or huge. SELU's two constants are chosen so that **mean 0** and **variance 1** (how far they spread around it) "
         "come out again, if the weights have variance 1/n, n being the number of inputs.",
         "With LeCun's weights SELU holds the mean near 0 and the variance near 1 through fifty layers; with He's it does "
         "not.",
         shows_depth.selu, asks.selu, code=(core.through_depth,)),
    Idea("softmax", "From sums to probabilities",
         "Three classes, three sums: how probable is each? The output has one unit for each class, and **softmax** turns "
         "their sums into probabilities. The **temperature** T sets how decided they are: a low one favours the largest, a "
         "high one evens them out.",
         "Softmax makes positive numbers that sum to 1; only the differences between the sums count.",
         shows_outputs.softmax, asks.softmax, code=(softmax,)),
    Idea("pair", "Two softmax units, or one sigmoid unit",
         "For a yes or no, is one output unit enough? There are two ways to build it. Move the sums, add the same number to "
         "both, and compare the probabilities.",
         "One sigmoid unit on z₁ − z₀ equals two softmax units; a shift of all sums leaves softmax unchanged.",
         shows_outputs.pair, asks.pair, code=(core.two_as_one, softmax)),
    Idea("choosing", "Which one do I take?",
         "A number, a yes or no, one of several classes: does each need an output of its own? Hidden units have another job. "
         "They must let gradients through; the output must speak the language of what is predicted.",
         "Hidden: ReLU or leaky ReLU. Output: sigmoid for two classes, softmax for more, linear for regression (a number).",
         shows_outputs.choosing, asks.choosing, link=links.choosing, code=(resolve_head,), core=True),
)

lesson("activations", IDEAS, controls)
