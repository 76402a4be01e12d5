"""Optimisers: from a gradient to a step."""

from ann_core.lessons import optimizers as core
from ann_core.lessons import optimizers_race
from ann_core.run.update import Update
from ui.lesson import Idea, lesson
from ui.lessons.optimizers import asks, asks_race, controls, links, links_race, shows_race, shows_rate

IDEAS = (
    Idea("downhill", "One weight rolls downhill",
         "Backpropagation says how steep the loss is; the optimiser takes the step. Play the film, drag the point, and change "
         "the rate. How does the size of a step depend on the slope?",
         "A step is minus the rate times the slope: w ← w − ηg. All other optimisers change this one line.",
         shows_rate.downhill, asks.downhill, link=links.downhill, code=(core.walk,)),
    Idea("race", "A race",
         "All start at the same place. Play the film, drag the start, turn the surface, take another one. Who comes first, who "
         "leaves the picture, and does it stay like that?",
         "No optimiser wins everywhere, and each needs a rate of its own.",
         shows_race.race, asks_race.race, link=links_race.race, code=(optimizers_race.race, Update.step)),
)

lesson("optimizers", IDEAS, controls)
