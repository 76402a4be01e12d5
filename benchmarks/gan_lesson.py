"""What the lesson on GANs says of trainings, over 20 seeds of its own: `python -m benchmarks.gan_lesson`."""

import numpy as np

from ann_core.base.arrays import Array
from ann_core.lessons import gan as core
from ann_core.lessons import gan_course, gan_judge

FIRST, SEEDS = 100, 20


def spread(values: Array) -> str:
    low, middle, high = np.quantile(values, (0, 0.5, 1))
    return f"{middle:.3g} [{low:.3g}, {high:.3g}]"


def trainings() -> None:
    """Success by change, when it came, and how far the shares of the clouds move in 200 rounds."""
    print("change                  success  clouds at 250, 500, 1,000, end   good at the end       first success   "
          "<= 3 clouds at 1,000 and at the end   moved in 200 rounds, fullest cloud another one   both losses at 0, at the end")
    for key, change in core.CHANGES.items():
        known = gan_course.course(core.settings(key, FIRST, SEEDS), change.rounds)
        at = [known.frame(rounds) for rounds in (250, 500, 1000, change.rounds)]
        ever = known.succeeded.any(0)
        first = known.rounds[known.succeeded.argmax(0)[ever]]
        shares, (a, b) = known.shares, (known.frame(800), known.frame(1000))
        losses = " ".join(spread(values[i]) for i in (0, -1) for values in (known.judge, known.generator))
        print(f"{change.label:24}{int(known.succeeded[-1].sum()):2}/20  {np.median(known.clouds[at], 1)}  "
              f"{spread(known.quality[-1])}  {int(ever.sum())}: {spread(first) if ever.any() else '-'}   "
              f"{int((known.clouds[at[2]] <= 3).sum())}, {int((known.clouds[-1] <= 3).sum())}/20   "
              f"{spread(gan_course.moved(shares[a], shares[b]))}, "
              f"{int((shares[a].argmax(-1) != shares[b].argmax(-1)).sum())}/20   "
              f"{losses}", flush=True)
        if key == "usual":
            told_of_usual(known)
        if key == "both":
            told_of_chase(known)


def told_of_usual(known: gan_course.Course) -> None:
    """What is said of the usual training: the way between two clouds, and a judge that learns on alone."""
    gaps, middle = [], []
    for member in range(SEEDS):
        players = known.players(core.ROUNDS, member)
        X = players.made(gan_course.walk(players))
        gaps.append((gan_course.nearest(X)[1] > gan_course.TRUTH.reach).mean())
        middle.append(np.linalg.norm(X, axis=1).min())
    print(f"   share of the way between two clouds that is in none: {spread(np.array(gaps))}, above 0 in "
          f"{int((np.array(gaps) > 0).sum())}/20; nearest to the origin {spread(np.array(middle))}")
    for rounds in (0, 200, 1000):
        found = [gan_judge.ahead(gan_course.member(known, s), rounds, FIRST + s) for s in range(SEEDS)]
        verdict = np.array([one.verdict for one in found])
        layer1 = {key: np.array([one.sizes[key][:, 0] for one in found]) for key in gan_judge.LOSSES}
        print(f"   judge alone from round {rounds}: after {gan_judge.AHEAD} turns mean D {np.median(verdict, 0).round(4)}")
        for key, sizes in layer1.items():
            print(f"      {key}: layer 1 {np.median(sizes, 0).round(5)}; at 500 turns below 50 turns in "
                  f"{int((sizes[:, -1] < sizes[:, 4]).sum())}/20")
        times = np.array([one.sizes["non_saturating"][-1] / one.sizes["minimax"][-1] for one in found])
        print(f"      non-saturating is larger in all layers after 500 turns in {int((times > 1).all(1).sum())}/20: "
              f"{spread(times[:, 0])} times in layer 1")


def told_of_chase(known: gan_course.Course) -> None:
    """Whether the judge has learned to say 'made' where the samples were a little before."""
    for rounds in (400, 600, 800):
        now, then = (core.Players(known.objective, known.thetas[known.frame(at)]) for at in (rounds, rounds + 50))
        X = now.made(gan_course.noise())
        fell = then.verdicts(X).mean(-1) < now.verdicts(X).mean(-1)
        print(f"   the judge's mean verdict on the samples of round {rounds} is lower 50 rounds later in {int(fell.sum())}/20")


def line() -> None:
    """How near a judge comes to the best one, where there are samples."""
    for turns in (0, 200, 800):
        gaps = []
        for seed in range(FIRST, FIRST + SEEDS):
            found = gan_judge.on_a_line(0.0, 1.0, turns, seed)
            gaps.append(float(np.trapezoid(np.abs(found.best - found.learned) * (found.p + found.q) / 2, found.x)))
        print(f"judge on a line after {turns} turns: mean distance from the best {spread(np.array(gaps))}")


if __name__ == "__main__":
    line()
    trainings()
