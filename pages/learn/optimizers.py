"""Optimisers: from a gradient to a step."""

from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_batches as batches
from ann_core.lessons import optimizers_landscape, optimizers_network, optimizers_race
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.update import Update
from ui.lesson import Idea, lesson
from ui.lessons.optimizers import (
    asks,
    asks_race,
    controls,
    links,
    links_race,
    shows_batches,
    shows_landscape,
    shows_momentum,
    shows_network,
    shows_race,
    shows_rate,
)

IDEAS = (
    Idea("downhill", "One weight rolls downhill",
         "Backpropagation says how steep the loss is; the optimiser takes the step. Play the film, drag the point, and change "
         "the rate. How does the size of a step depend on the slope?",
         "A step is minus the rate times the slope: w ← w − ηg. All other optimisers change this one line.",
         shows_rate.downhill, asks.downhill, link=links.downhill, code=(core.walk, Update.step)),
    Idea("border", "Too small, right, too large",
         "On f = ½k w² the slope at w is k w. Only the product of rate and curvature, ηk, matters. Drag the diamond along the "
         "line below: where does crawling end, and where does it run away?",
         "Each step multiplies the distance by 1 − ηk: it shrinks only while 0 < η < 2/k.",
         shows_rate.border, asks.border, link=links.border, code=(core.border, core.walk)),
    Idea("batch", "All rows, some rows, one row",
         "The gradient of all rows is the mean of the rows' own gradients. *Batch* gradient descent takes them all for "
         "each step, *stochastic* gradient descent one, *mini-batch* some. How far off is a step that has seen only some of "
         "the rows?",
         "A batch's gradient is the full gradient plus noise that falls with the square root of the batch size.",
         shows_batches.batch, asks.batch, link=links.batch, code=(batches.Moment.bundle, batches.Bundle)),
    Idea("ravine", "A ravine, and momentum",
         "Most losses are steep one way and flat another. Here w₂ is a hundred times as steep as w₁. Play the film: plain "
         "gradient descent jumps from side to side, yet how fast does it get along the bottom?",
         "The steepest direction limits the rate, the flattest sets the waiting time; momentum adds up what stays the same.",
         shows_momentum.ravine, asks.ravine, link=links.ravine, code=(core.walk, OPTIMIZERS["momentum"].update)),
    Idea("nesterov", "Nesterov looks ahead",
         "Momentum rolls past the lowest point and swings. Nesterov counts the present gradient once more. Does that "
         "help it to brake, or does it push even further?",
         "Nesterov adds the gradient once more, so the brake comes one step earlier.",
         shows_momentum.nesterov, asks.nesterov, link=links.nesterov, code=(OPTIMIZERS["nesterov"].update,)),
    Idea("race", "A race",
         "All start at the same place. Play the film, drag the start, turn the surface, take another one. Who comes first, who "
         "leaves the picture, and does it stay like that?",
         "No optimiser wins everywhere, and each needs a rate of its own.",
         shows_race.race, asks_race.race, link=links_race.race, code=(optimizers_race.race, Update.step)),
    Idea("network_race", "The same race on a real network",
         "Four optimisers train the same network: the same first weights, the same points in the same batches, each at the "
         "rate that suits it here. Change the rates and let them race again. What counts for more, the optimiser or its rate?",
         "Find a good rate before you change the optimiser: the rate matters more.",
         shows_network.network_race, asks_race.network_race, link=links_race.network_race,
         code=(optimizers_network.settings, Update.step)),
    Idea("landscape", "The cost of a whole network",
         "All parameters at once, and yet a picture: a plane is laid through the last ones, and the cost is worked out on it. "
         "The path of training is brought down onto the plane. What does it show, and what not?",
         "A plane shows the cost around the end truly; the path runs beside the plane, and what it cost there the plane does "
         "not show.",
         shows_landscape.landscape, asks_race.landscape, link=links_race.landscape,
         code=(optimizers_landscape.along_path, optimizers_landscape.at_random, optimizers_landscape.Plane)),
)

lesson("optimizers", IDEAS, controls)
