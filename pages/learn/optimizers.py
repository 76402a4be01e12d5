"""Optimisers: from a gradient to a step."""

from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_batches as batches
from ann_core.lessons import optimizers_grounds as grounds
from ann_core.lessons import optimizers_landscape, optimizers_network, optimizers_race
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.update import Update
from ui.lesson import Idea, lesson
from ui.lessons.optimizers import (
    asks,
    asks_adam,
    asks_ground,
    asks_race,
    controls,
    links,
    links_race,
    shows_adam,
    shows_batches,
    shows_flat,
    shows_landscape,
    shows_momentum,
    shows_network,
    shows_race,
    shows_rate,
    shows_rates,
    shows_schedule,
)

IDEAS = (
    Idea("downhill", "One weight rolls downhill",
         "A point stands on a slope: how far should it step? Backpropagation says how steep the loss f is; the optimiser takes "
         "the step. Play the film, drag the point, and change the learning rate η. How does a step depend on the slope g?",
         "A step is minus the rate times the slope: w ← w − ηg. All other optimisers change this one line.",
         shows_rate.downhill, asks.downhill, link=links.downhill, code=(core.walk, Update.step), core=True),
    Idea("border", "Too small, right, too large",
         "How large may a step be, before it does harm? On f = ½k w² the slope at w is k w; k is the *curvature*, which says "
         "how quickly the slope grows. Only the product of rate and curvature, ηk, matters. Drag the diamond along the line "
         "below: where does crawling end, and where does it run away?",
         "Each step multiplies the distance by 1 − ηk: it shrinks only while 0 < η < 2/k.",
         shows_rate.border, asks.border, link=links.border, code=(core.border, core.walk), core=True),
    Idea("batch", "All rows, some rows, one row",
         "Must one look at every row before each step? The gradient of all rows is the mean of the rows' own gradients. "
         "*Batch* gradient descent takes them all for each step, *stochastic* gradient descent one, *mini-batch* some. How "
         "far off is a step that has seen only some of the rows?",
         "A batch's gradient is the full gradient plus noise that falls with the square root of the batch size.",
         shows_batches.batch, asks.batch, link=links.batch, code=(batches.Moment.bundle, batches.Bundle), core=True),
    Idea("ravine", "A ravine, and momentum",
         "What if the ground is steep one way and flat the other? Here w₂ is a hundred times as steep as w₁. Play the film: "
         "plain gradient descent jumps from side to side, yet how fast does it get along the bottom?",
         "The steepest direction limits the rate, the flattest sets the waiting time; momentum adds up what stays the same.",
         shows_momentum.ravine, asks.ravine, link=links.ravine, code=(core.walk, OPTIMIZERS["momentum"].update), core=True),
    Idea("nesterov", "Nesterov looks ahead",
         "Can a rolling weight brake in time? Momentum rolls past the lowest point and swings. Nesterov counts the present "
         "gradient once more. Does that help it to brake, or does it push even further?",
         "Nesterov adds the gradient once more, so the brake comes one step earlier.",
         shows_momentum.nesterov, asks.nesterov, link=links.nesterov, code=(OPTIMIZERS["nesterov"].update,)),
    Idea("adagrad", "AdaGrad: a rate for each weight",
         "Should all weights go at one rate? Some inputs are there in each row, others once in a while, like a rare word. "
         "AdaGrad divides each weight's rate by the root of all its squared gradients so far. Move along the steps: which "
         "weight keeps the larger rate, and can a rate rise again?",
         "AdaGrad divides by the root of all squared gradients so far: rare features keep a large rate, and no rate ever "
         "rises.",
         shows_rates.adagrad, asks.adagrad, link=links.adagrad,
         code=(OPTIMIZERS["adagrad"].update, core.effective_rates)),
    Idea("forget", "RMSProp and AdaDelta forget",
         "What if slopes were large at first, and are small now? A sum of squares keeps what was long ago; in a mean that "
         "fades, it no longer counts. Here gradients are 1 for twenty steps, and a tenth of that afterwards. Whose rate "
         "recovers?",
         "A fading mean instead of a sum: the rate can rise again, and then it never settles by itself.",
         shows_rates.forget, asks.forget, link=links.forget,
         code=(OPTIMIZERS["rmsprop"].update, OPTIMIZERS["adadelta"].update)),
    Idea("adam", "Adam: direction and size",
         "Should a gradient that is a thousand times as large make a step a thousand times as long? Adam keeps a fading mean "
         "m of the gradients and one, v, of their squares. Both begin at 0, so they are too small at first; m̂ and v̂ correct "
         "that. Change the gradient from a thousandth to a thousand: what becomes of the step?",
         "Adam's first step is η in every weight, whatever the gradient: m̂ = g and √v̂ = |g|.",
         shows_adam.adam, asks_adam.adam, link=links.adam, code=(OPTIMIZERS["adam"].update, core.corrected), core=True),
    Idea("decay", "Weight decay, and L2",
         "Weights are to be pulled towards 0: does it matter where the pull is put? L2 adds λw to the gradient, AdamW takes "
         "ηλw off the weight itself. For plain gradient descent that is the same. And for Adam, which divides gradients by "
         "their size?",
         "In Adam, L2 is divided by its own size and loses its strength λ; AdamW keeps decay outside.",
         shows_adam.decay, asks_adam.decay, link=links.decay, code=(Update.step,)),
    Idea("nadam", "NAdam",
         "Would it help Adam to look ahead? NAdam is Adam with Nesterov's look ahead. Move along Adam's steps: how much would "
         "the look ahead change?",
         "NAdam is Adam with Nesterov's look ahead; its first step is a little over η.",
         shows_adam.nadam, asks_adam.nadam, link=links.nadam, code=(OPTIMIZERS["nadam"].update,)),
    Idea("byhand", "All nine, step by step",
         "Could you take the next step yourself? The same weight on the same parabola, nine rules. Choose one, go through its "
         "first steps, and work the next one out by hand before you look.",
         "Every optimiser is the same loop: take the gradient, update the memory, move the weight.",
         shows_adam.byhand, asks_adam.byhand, link=links.byhand, code=(core.walk,)),
    Idea("schedule", "The rate over time: schedules",
         "When does a weight come to rest? Far from the goal large steps are good; near it they only throw the weight about. "
         "Choose how the rate changes, and watch a weight whose gradients are noisy.",
         "A constant rate ends in jitter; a falling rate lets it settle.",
         shows_schedule.schedule, asks_ground.schedule, link=links.schedule,
         code=(Update.step,), core=True),
    Idea("warmup", "Warm-up: a steep beginning",
         "What if it is steepest just where one starts? Beale's surface is far steeper at this start than anywhere on the "
         "way. Play the film: what does the first step do? Then let the rate rise over the first steps.",
         "A rate that rises at the start lets a steep beginning pass.",
         shows_schedule.warmup, asks_ground.warmup, link=links.warmup, code=(grounds.steep_start,)),
    Idea("saddle", "The ridge of a saddle",
         "How long does one stand on a ridge? A *saddle* falls to both sides of its ridge. The start lies a millionth beside "
         "it. How long does it take to leave? And from the ridge itself?",
         "A gradient of 0 stops every optimiser; near 0 it stops plain gradient descent longest.",
         shows_flat.saddle, asks_ground.saddle, link=links.saddle, code=(core.walk,)),
    Idea("plateau", "A plateau",
         "Who walks on where the ground is almost flat, and who stands still? Here it is flat because a sigmoid unit is sure "
         "of the wrong answer, under squared error.",
         "Where the gradient is tiny plain gradient descent hardly moves; those that divide by the gradient's size walk on.",
         shows_flat.plateau, asks_ground.plateau, link=links.plateau, code=(core.walk,)),
    Idea("valleys", "Two valleys",
         "Does one always end in the deepest valley? Here it is the one on the left. Drag the point to where it should start, "
         "and change momentum and noise: where does it end?",
         "With small steps gradient descent ends in the valley it starts in; "
         "momentum or noise can carry it over a low rim, by chance as much "
         "as by merit.",
         shows_flat.valleys, asks_ground.valleys, link=links.valleys, code=(core.walk, core.noisy)),
    Idea("race", "A race",
         "Which of them is the fastest? All start at the same place. Play the film, drag the start, turn the surface, take "
         "another one. Who comes first, who leaves the picture, and does it stay like that?",
         "No optimiser wins everywhere, and each needs a rate of its own.",
         shows_race.race, asks_race.race, link=links_race.race, code=(optimizers_race.race, Update.step)),
    Idea("network_race", "The same race on a real network",
         "What counts for more, the optimiser or its rate? Four optimisers train the same network: the same first weights, "
         "the same points in the same batches, each at the rate that suits it here. Change the rates and let them race again.",
         "Find a good rate before you change the optimiser: the rate matters more.",
         shows_network.network_race, asks_race.network_race, link=links_race.network_race,
         code=(optimizers_network.settings, Update.step)),
    Idea("landscape", "The cost of a whole network",
         "What does the cost look like when all weights move? They are too many for a picture; so a plane is laid through the "
         "last ones, and the cost is worked out on it. The path of training is brought down onto the plane. What does it "
         "show, and what not?",
         "A plane shows the cost around the end truly; the path runs beside the plane, and what it cost there the plane does "
         "not show.",
         shows_landscape.landscape, asks_race.landscape, link=links_race.landscape,
         code=(optimizers_landscape.along_path, optimizers_landscape.at_random, optimizers_landscape.Plane)),
)

lesson("optimizers", IDEAS, controls)
