"""The questions of the lesson "GAN". A draw gives other numbers for the same question."""

from math import log

import numpy as np
from scipy.special import logit

from ann_core.base.spelling import words
from ann_core.lessons import gan as core
from ann_core.lessons import gan_course, gan_judge
from ann_core.lessons.ask import Ask, numbers
from ann_core.run.objectives.adversarial import GAMES
from ann_core.run.objectives.base import Batch
from ui.lessons.gan import ASKED, BACK, FOUR, SEED, course, four, slow_motion


def noise() -> Ask:
    players = course("usual", SEED).players(core.ROUNDS)
    way = gan_course.walk(players)
    X = players.made(way)
    far = gan_course.nearest(X)[1]
    gap, middle = float((far > gan_course.TRUTH.reach).mean()), float(np.linalg.norm(X, axis=1).min())
    return Ask("The noise walks straight from a point that becomes a good sample of one cloud to one that becomes a good "
               "sample of the cloud beside it. What does the sample do on the way?", {
        "It passes over the empty ground between them": "That would be so if the generator were one smooth function.",
        "It jumps from one cloud into the other": "That would be so if the generator could tear its plane apart; but it is "
                                                  "made of sums and tanh, which have no jumps.",
        "It goes through the middle of the circle": "That would be so if the way of least change led through the origin."},
        2 if middle < 0.5 else 0 if gap > 0 else 1,
        f"Sums and tanh have no jumps, so neither has the generator: on {100 * gap:.0f} % of this way the sample is in no "
        "cloud. Some noise lands there, too: in none of 20 trainings were all samples good.",
        scene=[{"noise/round": core.ROUNDS, "noise/z1": round(float(a), 2), "noise/z2": round(float(b), 2)}
               for a, b in way[[0, len(way) // 2, -1]]])


def judge(draw: int = 0) -> Ask:
    (p,) = numbers(draw, (0.5,), (0.2, 0.4, 0.8, 0.9))
    game, s = GAMES["non_saturating"], np.array(logit(p))
    real, fake = float(game.real[0](s)), float(game.fake[0](s))
    return Ask.of_values(
        f"A judge says {words(p)} of every sample, whichever it is. How large is its loss?", {
            real + fake: "That would be so if it paid for true and for made samples.",
            real: "That would be so if only the true samples counted.",
            0: "That would be so if not deciding cost nothing."}, real + fake,
        f"It pays −ln {words(p)} = {words(real)} for the true ones and −ln {words(1 - p)} = {words(fake)} for the made ones. "
        f"Of all judges that look at nothing, the one that says ½ has the lowest loss, 2 ln 2 = {words(2 * log(2))}.",
        scene=[{"judge/round": at} for at in (0, 200, core.ROUNDS)])


def through() -> Ask:
    known = course("usual", SEED)
    players, X = known.players(300), known.setup.data.X_train
    first, second = (players.gradient(-1, Batch(rows, rows, core.BATCH, seeds=(SEED,), step=300))
                     for rows in (X[:core.BATCH], X[core.BATCH:2 * core.BATCH]))
    along = float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))
    return Ask("In the generator's turn all true samples of the batch are exchanged for others; judge and noise stay. What "
               "happens to the generator's gradient?", {
        "Nothing": "That would be so if no true sample stood in its loss.",
        "It gets another length": "That would be so if the true samples told it how far to go.",
        "It points elsewhere": "That would be so if it saw the true samples and went towards them."},
        0 if np.array_equal(first, second) else 1 if along > 1 - 1e-9 else 2,
        "Worked out both ways, the gradient is the same to the last digit. The generator never sees a true sample: all it "
        "learns of the data comes through the judge, as a slope.",
        scene=[{"through/round": at, "through/game": "non_saturating"} for at in (0, 300, 1000)])


def round_(draw: int = 0) -> Ask:
    (units,) = numbers(draw, (32,), (8, 16, 24))
    found = slow_motion(0, SEED, units)
    own, others = (net.n_parameters for net in (found.before.objective.generator, found.before.objective.discriminator))
    return Ask.of_values(
        f"Let the generator's two hidden layers have {units} units each. In its turn the gradient runs back through the judge "
        "and then through the generator. How many parameters are changed?", {
            own: "That would be so if only its own were moved.",
            others: "That would be so if the judge were moved.",
            own + others: "That would be so if whatever the gradient passes were moved, too."}, found.changed[1],
        f"Counted after the turn: {found.changed[1]:,}. The gradient passes the judge's {others:,} parameters, but this turn "
        "leaves them as they are; if they moved along, the judge would learn to be fooled.",
        spell=lambda value: f"{int(value):,}", scene=({"round/number": 200},), plays=12)


def best(draw: int = 0) -> Ask:
    (times,) = numbers(draw, (3,), (2, 4, 9))
    found = float(gan_judge.best(np.array(float(times)), np.array(1.0)))
    return Ask.of_values(
        f"At some place true numbers come {times} times as often as made ones. What does the best judge say there?", {
            times / (times + 1): "That would be so if it gave the share of the true ones.",
            1 / (times + 1): "That would be so if it gave the share of the made ones.",
            1: "That would be so if it only had to decide for the more frequent kind."}, found,
        f"p/(p + q) = {times}/({times} + 1) = {words(found)}. No other value has a lower mean loss there, and a judge that "
        "learns for long comes near it where there are numbers.",
        scene=[{"best/mean": 0.0, "best/spread": 1.0, "best/turns": turns, "best/at": at}
               for turns, at in ((0, 1.5), (200, 1.5), (800, 1.5))])


def ahead_(draw: int = 0) -> Ask:
    (D,) = numbers(draw, (0.01,), (0.02, 0.05, 0.1, 0.2))
    slow, fast = (abs(float(GAMES[key].fool[1](np.array(logit(D))))) for key in ("minimax", "non_saturating"))
    return Ask.of_values(
        f"The judge is nearly sure: D(G(z)) = {words(D)}. How strongly does the non-saturating loss pull at the sample, "
        "compared with the minimax loss?", {
            (1 - D) / D: "That would be so if one pulled by 1 − D and the other by D.",
            1: "That would be so if both had the same slope, as they have where D = ½.",
            D / (1 - D): "That would be so if minimax pulled by 1 − D."}, fast / slow,
        f"With respect to the judge's sum the slopes are 1 − D = {words(fast)} and D = {words(slow)}. Both point the same way; "
        "minimax is weak just where the generator is worst.",
        spell=lambda value: "just as strongly" if value == 1 else f"{words(value, 3)} times as strongly",
        scene=[{"ahead/start": 0, "ahead/turns": turns} for turns in (0, 50, 500)])


def chase() -> Ask:
    known = course("both", SEED)
    shares = known.shares[:, 0]
    now, then = shares[known.frame(ASKED)], shares[known.frame(ASKED + BACK)]
    cloud, later = int(now.argmax()), int(then.argmax())
    return Ask(f"β₁ is 0.9 and both networks have the same rate. In round {ASKED} the fullest cloud is number {cloud + 1}, "
               f"with {100 * now[cloud]:.0f} % of the samples nearest to it. And {BACK} rounds later?", {
        "It is still the fullest": "That would be so if the samples had found a place to stay.",
        "Another one is the fullest": "That would be so if the samples moved on.",
        "All eight have about the same share": "That would be so if the training were about to succeed."},
        2 if then.max() < 0.2 else 0 if later == cloud else 1,
        f"Number {later + 1} is, with {100 * then[later]:.0f} %; number {cloud + 1} has {100 * then[cloud]:.0f} %. The "
        "samples follow the judge's slope and the judge follows the samples: neither comes to rest.",
        scene=({"chase/change": "both", "chase/seed": SEED},), plays=8)


def helps() -> Ask:
    found, usual = (one.clouds[one.frame(1000)] for one in (four(key, 0, FOUR) for key in ("both", "usual")))
    return Ask("β₁ goes from 0.5 to 0.9, and the judge learns no faster than the generator. How many of the eight clouds are "
               "covered after 1,000 rounds?", {
        "three or fewer": "That would be so if the samples kept moving on together.",
        "five or six": "That would be so if it only took longer.",
        "all eight": "That would be so if it made no difference."},
        int(np.digitize(np.median(found), (3.5, 7))),
        f"In these {FOUR} trainings {', '.join(words(float(v)) for v in found)}; with the usual settings "
        f"{', '.join(words(float(v)) for v in usual)}. A likely reason: β₁ says how long Adam goes on in an old direction, and "
        "here the ground moves under both.",
        scene=[{"helps/change": "both", "helps/quality": quality} for quality in (False, True)])


def curves() -> Ask:
    known = course("small", SEED)
    judge, generator, clouds = (float(values[-1, 0]) for values in (known.judge, known.generator, known.clouds))
    return Ask(f"Training B ends with a judge's loss of {words(judge, 3)} and a generator's of {words(generator, 3)}: about "
               "what they would be with perfect samples, of which the judge says ½. How many of the eight clouds does it "
               "cover?", {
        "all eight": "That would be so if only perfect samples could make a judge say ½.",
        "five or six": "That would be so if the losses were nearly as good as a look at the samples.",
        "three or fewer": "That would be so if a judge could be as unsure for another reason."},
        2 - int(np.digitize(clouds, (3.5, 7))),
        f"It covers {words(clouds)}, and {100 * known.quality[-1, 0]:.0f} % of its samples are good: this judge is too weak to "
        "see what is missing. Losses compare the two networks with each other; coverage and quality compare samples with the "
        "data.",
        scene=[{"curves/run": run, "curves/round": core.ROUNDS} for run in ("usual", "small")])
