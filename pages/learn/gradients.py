"""Gradients: what becomes of them on their way back, and what helps."""

from ann_core.lessons import gradients as core
from ann_core.lessons import gradients_norm
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import Initializer
from ann_core.nn.layers.block import Block
from ann_core.nn.layers.normalization import BatchNorm
from ann_core.nn.measures import backward_factors
from ann_core.nn.network import Network
from ann_core.nn.optimizers import clip_by_norm, clip_by_value
from ann_core.run.update import Update
from ui.lesson import Idea, lesson
from ui.lessons.gradients import asks, controls, links, shows_cures, shows_norm, shows_steps, shows_way

IDEAS = (
    Idea("product", "A gradient is a product",
         "How much does the very first weight hear of a mistake? Here is a chain of layers with one unit each. The "
         "**gradient** says how much the loss changes with a weight. On its way back it is multiplied, by the slope and by the "
         "weight of every layer that it passes. Change w: what is left at the end?",
         "∂L/∂w of an early weight is a product over the layers above it: of their slopes and of their weights.",
         shows_way.product, asks.product, code=(core.chain,), core=True),
    Idea("bound", "Slopes and weights apart: what 0.25ⁿ bounds",
         "A sigmoid's slope is at most 0.25: is that also a limit for the gradient behind ten of them? With many units in a "
         "layer each factor is a ratio of lengths: of the gradient after a layer and before it. One factor comes from the "
         "slopes, another one from the weights.",
         "0.25ⁿ bounds the product of n sigmoid slopes. With the weights, the gradient's ratio may lie above it.",
         shows_way.bound, asks.bound, link=links.bound, code=(core.way_back, backward_factors), core=True),
    Idea("sizes", "Vanishing in ratio, vanishing in size, exploding",
         "When is a gradient too small? Two numbers tell how it fares: how large layer 1's is beside the output layer's, and "
         "how large it is at all. Choose an activation and a size of weights for which only one of them is small.",
         "A gradient can vanish in ratio or in every layer at once, and it can explode: a factor below or above 1, once for "
         "each layer.",
         shows_way.sizes, asks.sizes, link=links.sizes, code=(core.WayBack, Network.trace)),
    Idea("causes", "Causes, each turned up until it shows",
         "What makes a gradient vanish or explode? Each of these six starts harmless, and only one thing is turned up. Grey "
         "is the harmless run, on the same seed. Which of them show in the gradient before the first step, and which only in "
         "training?",
         "Depth, flat slopes and small weights make gradients vanish; large weights and unscaled inputs make them too large, "
         "and a high rate does that to the steps.",
         shows_way.causes, asks.causes, link=links.causes, code=(core.under_way,), core=True),
    Idea("activation", "Cure: another activation",
         "Does another curve help? The slopes of a sigmoid are at most 0.25, those of tanh at most 1, and ReLU's is 1 "
         "wherever a unit is on. The same network, the same raw weights: only the activation is another one.",
         "Another activation takes small slopes out of the product. It does nothing about small weights.",
         shows_cures.activation, asks.activation, link=links.activation,
         code=(ACTIVATIONS["relu"].derivative, ACTIVATIONS["tanh"].derivative), core=True),
    Idea("weights", "Cure: Xavier, He, LeCun",
         "Would other first weights help? They should have a size that fits the layer: the more numbers a unit adds up, the "
         "smaller each weight. Three rules say how small.",
         "Var(W) is 2/(nᵢₙ + nₒᵤₜ) by Xavier, 2/nᵢₙ by He, 1/nᵢₙ by LeCun. Each keeps weights and slopes together near 1 for "
         "its own activation; they cannot undo a sigmoid's slopes.",
         shows_cures.weights, asks.weights, link=links.weights, code=(Initializer,)),
    Idea("batch_norm", "Cure: batch normalisation",
         "What if the sums of a layer were always brought to the same size? For each unit, those of the batch are shifted to "
         "mean 0 and scaled to variance 1; then the layer may choose a scale γ and a shift β, which it learns. What does "
         "dividing by a small spread do to a gradient?",
         "Batch normalisation: (z − mean)/√(var + ε), times γ, plus β. On the way back it divides by the same spread. It needs "
         "batches that tell mean and variance: two rows tell too little.",
         shows_norm.batch_norm, asks.batch_norm, link=links.batch_norm, code=(BatchNorm, gradients_norm.normed)),
    Idea("in_use", "Batch normalisation in use",
         "A single row is asked about: where is its batch? There is none. So training keeps a running mean and a running "
         "variance of each unit, which every batch moves a little. Choose the size of the batches.",
         "In training batch normalisation takes the batch's own mean and variance, in use the running ones. So the same row "
         "may get another answer in training than in use.",
         shows_norm.in_use, asks.in_use, link=links.in_use, code=(BatchNorm.forward, gradients_norm.kept)),
    Idea("skip", "Cure: skip connections",
         "What if a layer added to its input instead of replacing it? A becomes F(A) + A. The derivative of the second part "
         "is 1, whatever F does. What does that do to a gradient on its way back?",
         "With a skip connection a layer's derivative is F′ + 1: the gradient has a way around. Where F′ is not small, outputs "
         "and gradients grow with every layer.",
         shows_cures.skip, asks.skip, link=links.skip, code=(Block.forward, Block.backward), core=True),
    Idea("clip", "Cure against exploding: clipping",
         "What can be done about a step that is far too long? A gradient that is longer than a limit is made shorter before "
         "the step, in one of two ways. Drag the tip of the arrow: when do both agree, and when not?",
         "Clipping by norm shortens the arrow and keeps its direction; by value it cuts each part and bends the arrow. Neither "
         "makes anything longer: what vanished stays so.",
         shows_steps.clip, asks.clip, link=links.clip, code=(clip_by_norm, clip_by_value)),
    Idea("scaling", "Cure: inputs on one scale",
         "What if one input is a thousand times as large as another? Wine is described by 13 numbers: one of them reaches "
         "1,500, others stay below 1. Standardising subtracts each input's mean and divides by its standard deviation, both "
         "of the training rows.",
         "Inputs are a factor of layer 1's gradient: scale them. Where they are near 1 already it changes little, and nothing "
         "between the layers.",
         shows_steps.scaling, asks.scaling, link=links.scaling, code=(Network.loss_and_grad,)),
    Idea("rate", "Cure: a smaller rate",
         "The steps are too long: is a smaller rate the cure? A step is the rate times the gradient. What does a tenth of the "
         "rate change, and what does it not?",
         "A smaller rate shortens the steps, not the gradient: it cures steps that are too long, never gradients that are too "
         "small.",
         shows_steps.rate, asks.rate, link=links.rate, code=(Update.step,)),
)

lesson("gradients", IDEAS, controls)
