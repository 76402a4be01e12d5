"""Convolution: small filters that look at every place of a picture. A lesson, and a lab."""

from functools import partial

from ann_core.lessons import convolution as core
from ann_core.lessons import convolution_trained as trained
from ann_core.nn.layers import Conv2D, GlobalMaxPool, MaxPool2D
from ann_core.nn.layers.convolution import places_along, windows
from ann_core.nn.network import Network
from ui.architectures.convolution import lab, settings
from ui.architectures.views import in_the_lab, switch, views
from ui.lesson import Idea, lesson
from ui.lessons.convolution import PAGE, asks, controls, links, shows_backward, shows_filters, shows_learned, shows_sizes

IDEAS = (
    Idea("filter", "One filter, at every place",
         "How can a network find an edge, wherever it is? A picture is a grid of numbers. A *filter* is a small grid of "
         "weights that lies on a part of it: each weight is multiplied by the pixel under it, and the products are added up. "
         "Drag the point: what does the filter answer there, and why?",
         "A filter is one weighted sum used at every place: products, sum, bias, activation. All its answers together are a "
         "*feature map*.",
         shows_filters.filter, asks.filter, link=links.filter, code=(core.convolved, Conv2D.forward), core=True),
    Idea("learned", "Thought of, or learned",
         "Who chooses the nine weights of a filter? Once, people did. A network finds them by learning. Do both end up with "
         "the same filters?",
         "A filter's weights are learned like all others, by the slope of the loss. They become whatever helps, and that "
         "seldom is a filter that somebody thought of.",
         shows_filters.learned, asks.learned, link=links.learned, code=(trained.train, trained.Trained.outputs), core=True),
    Idea("channels", "Several channels, one sum",
         "What does a filter do with a colour picture? It is three grids, its *channels*; and a layer of eight filters hands "
         "eight maps on. What does one filter do with several grids?",
         "A filter is as deep as what it looks at: it has weights for every channel, adds all products up, and gives one map.",
         shows_filters.channels, asks.channels, link=links.channels, code=(core.seen, Conv2D.learns)),
    Idea("size", "Stride, padding, and how large the map is",
         "Must a filter stop at every pixel? The *stride* says how far it moves on. And *padding* puts zeros around the "
         "picture. Play the film: how large does the map become?",
         "Without padding a map has ⌊(H − k)/s⌋ + 1 places along a side; with zeros around ('same') it has ⌈H/s⌉.",
         shows_sizes.size, asks.size, link=links.size, code=(places_along, windows)),
    Idea("pooling", "Pools: less of where, enough of what",
         "How much of a map does one have to keep? A *pool* makes it smaller: it keeps one number of each window. A *global* "
         "pool keeps one of the whole map. What stays, and what is lost?",
         "A max pool keeps how strongly a pattern was found, an average pool how much of it there is. Both forget the exact "
         "place, a global pool forgets it altogether.",
         shows_sizes.pooling, asks.pooling, link=links.pooling, code=(MaxPool2D.forward, GlobalMaxPool.forward), core=True),
    Idea("shared", "The same weights at every place",
         "How many weights does it take to look at a picture? A dense layer has a weight of its own for every pixel and every "
         "output. A filter has only a few, used everywhere. How many is that, and what does a larger picture cost?",
         "A convolution has k · k · channels weights for each filter and a bias, however large the picture is.",
         shows_sizes.shared, asks.shared, link=links.shared, code=(core.parameters, Conv2D.learns), core=True),
    Idea("field", "What a unit sees",
         "How much of the picture reaches one unit? In the first layer it sees 3 × 3 pixels: its *receptive field*. Add "
         "layers, and choose a unit.",
         "Each convolution of 3 × 3 adds one place on each side, and behind a pool a place is twice as wide: deep units see "
         "much.",
         shows_sizes.field, asks.field, link=links.field, code=(core.sees,)),
    Idea("elsewhere", "Learned at the left, asked at the right",
         "Who still knows a shape where none has ever stood? Three networks learned six shapes that stood at the left only. "
         "Now one stands at the right, where nobody has ever shown them one.",
         "Shared weights alone are not enough: behind them, the output must not depend on places either. A global pool sees "
         "to it.",
         shows_learned.elsewhere, asks.elsewhere, link=links.elsewhere, code=(trained.one_sided, GlobalMaxPool.forward)),
    Idea("shifted", "A pixel to the side",
         "Does a network still read a digit that moves a pixel to the side? These learned digits in the middle of a canvas. "
         "Move one by a pixel or two, and ask.",
         "A network whose weights belong to places reads far fewer digits when they move by a pixel or two. Filters with a "
         "global max pool lose far less.",
         shows_learned.shifted, asks.shifted, link=links.shifted, code=(trained.centred, trained.moved)),
    Idea("backward", "The way back, number by number",
         "One weight, used at four places at once: what is its derivative? To learn, each weight needs one. And which pixels "
         "does a max pool give the gradient to?",
         "A shared weight's derivative is the sum over all places where it was used. A max pool sends the gradient to the "
         "largest number of each window, the others get 0.",
         shows_backward.backward, asks.backward, link=links.backward, code=(Conv2D.backward, MaxPool2D.backward)),
    Idea("digit", "One digit, all the way",
         "How does a digit become ten probabilities? Follow it: filter, ReLU, pool, and one row of numbers for the output "
         "layer.",
         "Filters find patterns, the pool makes the maps smaller, and a dense layer weighs what was found: the whole is one "
         "function, learned as one.",
         shows_learned.digit, asks.digit, link=links.digit, code=(trained.reads_digits, Network.forward)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=in_the_lab(PAGE, settings.address), beside=partial(switch, PAGE)), lab)
