"""Initialisation: what the first weights decide before the first step."""

from ann_core.lessons import initialization as core
from ann_core.lessons import initialization_depth as depth
from ann_core.lessons import initialization_training as training
from ann_core.nn.initializers import INITIALIZERS, Initializer
from ann_core.nn.layers.dense import Activate, Dense, give_product
from ann_core.nn.network import Network
from ann_core.nn.optimizers import OPTIMIZERS
from ui.lesson import Idea, lesson
from ui.lessons.initialization import asks, controls, links, shows_depth, shows_one, shows_training

IDEAS = (
    Idea("first", "Every weight needs a first value",
         "What should a network begin with? Before it can learn, each of its weights must be some number. Choose by which "
         "rule they are drawn. Then draw them once more, under another number: what changes, and what stays?",
         "First weights are random numbers of a chosen size; biases start at 0.",
         shows_one.first, asks.first, link=links.first, code=(Initializer, Network.initial), core=True),
    Idea("symmetry", "Eight units side by side",
         "What if all units begin alike? One hidden layer of eight learns two moons. Each line is one unit: its weight from "
         "the input x₁, while it learns. Choose equal first values, and see what becomes of the lines.",
         "Equal units get equal gradients: without a random start eight units are one.",
         shows_training.symmetry, asks.symmetry, link=links.symmetry, code=(Activate.backward, give_product), core=True),
    Idea("layer", "One layer: how the spread changes",
         "A hundred numbers, each times a weight, are added up: how large does the sum become? Inputs of one *spread* go in, "
         "which is how far numbers usually lie from their mean. How widely are the sums spread that come out?",
         "Var(z) = n_in · Var(W) · mean of the squared inputs.",
         shows_one.layer, asks.layer, link=links.layer, code=(Dense.forward, core.sums)),
    Idea("deep", "Fifty layers: does the signal arrive?",
         "Does a signal arrive behind fifty layers? See what stands in each layer before the first step. Choose how the "
         "weights begin and what bends the sums. Look at the thick line: does it fall, rise or stay level?",
         "A factor a little off 1 in each layer becomes everything in fifty layers.",
         shows_depth.deep, asks.deep, link=links.deep, code=(Network.forward, depth.measured), core=True),
    Idea("factor", "Xavier, He, LeCun: a factor of 1",
         "How large must weights be, so that a signal neither grows nor shrinks? From layer to layer the *mean square* of the "
         "sums, the mean of their squares, is multiplied by a factor. Xavier's, He's and LeCun's rules each make it 1 for "
         "some activation. Which rule holds the line for which?",
         "Var(W) is 1/n_in by LeCun, 2/(n_in + n_out) by Xavier. ReLU keeps half of the mean square, so He doubles the "
         "variance: 2/n_in.",
         shows_depth.factor, asks.factor, link=links.factor, code=(INITIALIZERS["he_normal"].std, depth.kept, depth.theory),
         core=True),
    Idea("back", "And the way back?",
         "The signal arrives; does the gradient come back? Outputs go forward, gradients come back through the same weights. "
         "Do both hold at once?",
         "Forward and backward are two conditions; look at both.",
         shows_depth.back, asks.back, link=links.back, code=(Network.backward, depth.measured)),
    Idea("turns", "Weights at right angles",
         "What if the weights of a layer stood at right angles? The columns of *orthogonal* weights do, and all are equally "
         "long; LeCun's weights are drawn one by one. Each line is one network: how do both last through fifty layers, and "
         "with which activation?",
         "A product of turns is a turn: nothing grows and nothing dies, in each single network, as long as nothing bends.",
         shows_depth.turns, asks.turns, link=links.turns, code=(INITIALIZERS["orthogonal"].raw,)),
    Idea("learns", "And does it learn?",
         "Which of these networks will learn? Now training begins, for deep networks from eight starts. Choose the optimiser "
         "and the depth: which curves come down?",
         "A good start is worth most to plain SGD; Adam makes good small weights in part, symmetry never.",
         shows_training.learns, asks.learns, link=links.learns, code=(OPTIMIZERS["adam"].update, training.learned)),
)

lesson("initialization", IDEAS, controls)
