"""Convolution: small filters that look at every place of a picture. A lesson, and a lab."""

from functools import partial

from ann_core.lessons import convolution as core
from ann_core.nn.layers import Conv2D
from ui.architectures.convolution import lab, settings
from ui.architectures.views import in_the_lab, switch, views
from ui.lesson import Idea, lesson
from ui.lessons.convolution import PAGE, asks, controls, links, shows_filters

IDEAS = (
    Idea("filter", "One filter, at every place",
         "A picture is a grid of numbers. A *filter* is a small grid of weights that lies on a part of it. Drag the point: "
         "what does the filter answer there, and why?",
         "A filter is one weighted sum used at every place: products, sum, bias, activation. All its answers together are a "
         "*feature map*.",
         shows_filters.filter, asks.filter, link=links.filter, code=(core.convolved, Conv2D.forward)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=in_the_lab(PAGE, settings), beside=partial(switch, PAGE)), lab)
