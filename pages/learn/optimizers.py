"""Optimisers: from a gradient to a step."""

from ann_core.lessons import optimizers as core
from ui.lesson import Idea, lesson
from ui.lessons.optimizers import asks, controls, links, shows_rate

IDEAS = (
    Idea("downhill", "One weight rolls downhill",
         "Backpropagation says how steep the loss is; the optimiser takes the step. Play the film, drag the point, and change "
         "the rate. How does the size of a step depend on the slope?",
         "A step is minus the rate times the slope: w ← w − ηg. All other optimisers change this one line.",
         shows_rate.downhill, asks.downhill, link=links.downhill, code=(core.walk,)),
)

lesson("optimizers", IDEAS, controls)
