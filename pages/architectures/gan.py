"""GAN: a network that makes samples and one that judges them learn against each other. A lesson, and a lab."""

from functools import partial

from ann_core.lessons import gan as core
from ann_core.lessons import gan_course, gan_judge, gan_round
from ann_core.run.objectives.adversarial import Adversarial
from ui.architectures.gan import address, lab
from ui.architectures.views import in_the_lab, switch, views
from ui.lesson import Idea, lesson
from ui.lessons.gan import PAGE, asks, controls, links, shows_judge, shows_players, shows_round, shows_training

IDEAS = (
    Idea("noise", "Noise in, samples out",
         "Can chance be turned into something that looks real? A *GAN*, a generative adversarial network, is two networks that "
         "learn against each other. One of them, the *generator*, makes samples: two random numbers, its *noise*, go in, a "
         "point of the plane comes out. It is to land in eight small clouds. Move the noise: where does its sample go?",
         "A generator is one smooth function from noise to samples. It learns to bend the plane of noise so that most of it "
         "lands where the data is.",
         shows_players.noise, asks.noise, link=links.noise, code=(core.Players.made, gan_course.walk), core=True),
    Idea("judge", "A judge that learns",
         "Who says whether a sample is real? A second network, the *discriminator*, gets true samples and made ones, and says "
         "how surely each is true. Here it is called the judge. What does a judge pay that cannot tell them apart?",
         "The judge is a classifier of two classes, true and made. Its loss is −ln D(x) for a true sample and −ln(1 − D(x)) "
         "for a made one.",
         shows_players.judge, asks.judge, link=links.judge, code=(core.Players.verdicts, Adversarial.loss), core=True),
    Idea("through", "What each sees of the other",
         "How does the generator know where to go? The judge sees samples of both kinds. Each arrow says where the slope of "
         "the generator's loss would have a made sample go. Where does it come from?",
         "The generator learns through the judge: ∂L/∂x comes back through the judge's layers, and the generator takes it from "
         "there. It never sees a true sample.",
         shows_players.through, asks.through, link=links.through, code=(core.Players.pulls, Adversarial.gradient), core=True),
    Idea("round", "One round, in slow motion",
         "Whose turn is it? A round has two. Play the film: what happens to three points, and whose weights move when?",
         "First the judge takes a step, then, with new noise, the generator. The generator's gradient passes the judge, whose "
         "weights stay as they are.",
         shows_round.round_, asks.round_, link=links.round_, code=(gan_round.slow_motion, Adversarial.gradient), core=True),
    Idea("best", "The best judge there could be",
         "How good can a judge become? Numbers on a line instead of points: true ones come from two bell curves, made ones "
         "from one. The generator stands still, and a judge learns. What would the best judge say?",
         "For a fixed generator the best judge says p/(p + q), the share of the true samples at each place. Where made samples "
         "are like true ones it says ½.",
         shows_judge.best, asks.best, link=links.best, code=(gan_judge.best, gan_judge.judge_alone)),
    Idea("ahead", "A judge that is too good",
         "What can one learn from a judge who is nearly sure? The generator stands still again, and the judge learns on "
         "alone. The generator can follow ln(1 − D), *minimax*, or −ln D, *non-saturating*. What does each leave it?",
         "Both losses pull the same way, minimax by D and non-saturating by 1 − D: where the judge is nearly sure, little is "
         "left of minimax. That is no verdict on whole trainings: here both succeed.",
         shows_judge.ahead_, asks.ahead_, link=links.ahead_, code=(gan_judge.ahead, core.Players.gradient)),
    Idea("chase", "Collapse is a chase",
         "Do all eight clouds come out? Each is a *mode* of the data. Sometimes the samples miss most of them: *mode "
         "collapse*. Play the film. Do they settle somewhere?",
         "A collapsed generator does not stand still: its samples keep moving from cloud to cloud, and the judge changes with "
         "them.",
         shows_training.chase, asks.chase, link=links.chase, code=(gan_course.shares, gan_course.moved)),
    Idea("helps", "What helps, and what does not",
         "Was it the change, or just bad luck? The same data, and something changed about the networks or their training, "
         "each time over several seeds. With which changes are clouds lost?",
         "Here equal rates took longer; with a long memory (β₁ of 0.9) besides, with more turns of the generator or a small "
         "judge the clouds were lost. Measure over several seeds before you believe a cure.",
         shows_training.helps, asks.helps, link=links.helps, code=(gan_course.several,)),
    Idea("curves", "What the losses do not tell",
         "How does one see that the samples become better? In all lessons so far a falling loss was good news. Here two "
         "networks learn against each other. Which curve says how good the samples are?",
         "A GAN's losses say how the two stand against each other, not how good the samples are. Count the clouds they cover "
         "(coverage) and the share that is good (quality).",
         shows_training.curves, asks.curves, link=links.curves, code=(gan_course.course, Adversarial.loss)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=in_the_lab(PAGE, address), beside=partial(switch, PAGE)), lab)
