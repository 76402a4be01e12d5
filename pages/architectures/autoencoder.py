"""Autoencoder: learning without labels, through a few numbers and back. A lesson, and a lab."""

from functools import partial

from ann_core.data.directions import Directions, directions
from ann_core.lessons import autoencoder as core
from ann_core.run.objectives.supervised import Autoencoder
from ui.architectures.autoencoder import lab, settings
from ui.architectures.views import in_the_lab, switch, views
from ui.lesson import Idea, lesson
from ui.lessons.autoencoder import PAGE, asks, asks_use, controls, links, shows_plane, shows_squeeze, shows_use

IDEAS = (
    Idea("itself", "The answer is the question",
         "Can a network learn when nobody says what is right? A picture of 64 pixels goes in, and the same picture is to come "
         "out. On the way it has to pass a *bottleneck*, a layer of only two units. Choose a digit, go through the epochs: "
         "what does the network learn from?",
         "An autoencoder's target is its own input: y = x. It learns from examples alone, without labels.",
         shows_squeeze.itself, asks.itself, link=links.itself, code=(Autoencoder.answers, Autoencoder.encode), core=True),
    Idea("squeeze", "Through two numbers",
         "What can two numbers say about a digit? The bottleneck in the middle hands only two on: the picture's *code*. What "
         "stands before it is the *encoder*, what follows is the *decoder*.",
         "The bottleneck gives the *code*. Encoder: picture → code. Decoder: code → picture, and it sees nothing else.",
         shows_squeeze.squeeze, asks.squeeze, link=links.squeeze, code=(Autoencoder.codes, Autoencoder.decoded), core=True),
    Idea("pca", "Against the best flat sheet",
         "Does it take a network to keep two numbers of a picture? There is an old way: PCA, *principal component analysis*. "
         "It lays a flat sheet through all digits and needs no training. Is a network better, and from when on?",
         "With bends an autoencoder comes below PCA with as many numbers, but not at first. Without bends it comes down to "
         "PCA, and no further.",
         shows_squeeze.pca, asks.pca, link=links.pca, code=(directions, Directions.again)),
    Idea("plane", "The plane of codes",
         "Do digits of a kind find each other, though nobody names them? Two numbers are a place in a plane. Here lie the "
         "codes of digits that were never learned from; we colour them by what they are. Go through the epochs.",
         "Codes of pictures that look alike lie near each other. Classes appear as regions, though no label was used.",
         shows_plane.plane, asks.plane, link=links.plane, code=(core.neighbours, core.voted), core=True),
    Idea("decode", "A walk through the plane",
         "What lies between a 0 and a 4? The decoder makes a picture of any two numbers, also of places where no digit lies. "
         "Drag the point.",
         "The decoder turns every place of the plane into a picture, and neighbouring places into similar ones. Between codes "
         "lie pictures that nobody drew.",
         shows_plane.decode, asks.decode, link=links.decode, code=(Autoencoder.decoded,)),
    Idea("noise", "Taking noise away",
         "What would a network have to know to take noise away? Put noise over the input, and ask for the clean picture all "
         "the same.",
         "A denoising autoencoder gets disturbed inputs and is asked for clean ones. It learns what belongs to a digit, and "
         "leaves out the rest.",
         shows_use.noise, asks_use.noise, link=links.noise, code=(Autoencoder.gradient, Autoencoder.seen, core.noisy),
         core=True),
    Idea("width", "How wide the middle should be",
         "How many numbers does a digit need? One, two, sixteen: the wider the code, the more gets through. What does each "
         "number more bring, and is the network always ahead of PCA?",
         "A wider code lowers the error, each number less than the one before. Bends help most where the code is narrow.",
         shows_use.width, asks_use.width, link=links.width, code=(core.by_width, directions)),
    Idea("lost", "What is lost",
         "What becomes of what does not fit through the middle? Look at the third picture: where is something missing?",
         "Neighbouring pixels go together, so a few numbers keep much. What they do not say is lost, and squared error puts "
         "the mean in its place: a blur.",
         shows_use.lost, asks_use.lost, link=links.lost, code=(core.error,)),
    Idea("odd", "Rows that are odd",
         "Which flower is an odd one? This network has learned from flowers, four measurements of each. Make a flower of your "
         "own: when does it come back as another one?",
         "What an autoencoder gives back badly is unlike what it learned from, also where each value by itself is usual. So "
         "it finds odd rows without being told what is odd.",
         shows_use.odd, asks_use.odd, link=links.odd, code=(core.flower,)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=in_the_lab(PAGE, settings.address), beside=partial(switch, PAGE)), lab)
