"""Questions of the lesson "Generalisation" on scores. A draw gives other numbers for the same question."""


import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.generalization import SHUFFLES, estimated, swept, tries


def folds() -> Ask:
    found = [estimated(100, 5, 6, shuffle) for shuffle in SHUFFLES]
    single, mean = (float(np.ptp(each)) for each in ([one.single for one in found], [one.mean for one in found]))
    return Ask.of_values("100 rows, of which one split keeps 20 for the test. Ten people shuffle the same rows differently. "
                         "How far apart are their lowest and their highest error?", {
        0.01: "That would be so if the test had thousands of rows: with 20, a single row is 0.05.",
        0.2: "That would be so if a few rows of 20 more or less were wrong by chance.",
        0.6: "That would be so if learning itself failed in some of the splits."}, single,
        f"They are {words(single, 2)} apart here. With five folds, which ask about every row once, {words(mean, 2)}. This is "
        "the spread of the shuffle only: another hundred rows would move both.",
        lambda value: f"about {value:g}", scene=[{"folds/rows": 100, "folds/k": k, "folds/draw": 6} for k in (2, 5)])


def search() -> Ask:
    rates = [len(np.unique(places[:, 0])) for places in (scores.grid("l2"), scores.at_random("l2", 0))]
    options = {(4, 16): "That would be so if random trials never used a rate twice.",
               (16, 16): "That would be so if every trial of a grid had a rate of its own.",
               (4, 4): "That would be so if random search drew from the values of a grid."}
    return Ask("Sixteen trials over two settings, once on a 4 × 4 grid and once at random. How many different learning rates "
               "does each of them try?", {f"grid {a}, random {b}": said for (a, b), said in options.items()},
               list(options).index((rates[0], rates[1])),
               f"The grid tries {rates[0]} rates, each with four values of the other setting; random search {rates[1]}. Where "
               "the other setting hardly matters, that is four times as many looks at the one that does. It does not always "
               "win: try other draws, and the batch size.",
               scene=[{"search/second": "l2", "search/draw": draw} for draw in (1, 0)])


def curse(draw: int = 0) -> Ask:
    (rows,) = numbers(draw, (40,), (100, 270, 40))
    found = tries(True, rows, scores.CURSED_FROM).best()
    best, test = (float(each[-1]) for each in found)
    return Ask("The labels were shuffled, so there is nothing to learn. Of 64 networks the best one is right in "
               f"{words(100 * best, 3)} % of {rows} validation rows. And on new rows?", {
        f"in about {words(100 * best, 3)} %, as before": "That would be so if the network had learned something.",
        "in about half of them": "That would be so if its score were nothing but the luck of these rows.",
        "in about a quarter": "That would be so if its luck had to be paid back."},
        int(np.argmin([abs(test - value) for value in (best, 0.5, 0.25)])),
        f"On test rows it is right in {words(100 * test, 3)} %. The best of many scores is too good: it was chosen "
        "for being high.",
        scene=[{"curse/labels": True, "curse/rows": asked, "curse/draws": 1} for asked in
               (*(other for other in (270, 100, 40) if other != rows), rows)])


def descent() -> Ask:
    test = np.median([swept(draw)[1] for draw in range(5)], axis=0)
    sizes = (20, 60, 1600)
    found = [float(test[curves.SIZES.index(size)]) for size in sizes]
    return Ask("60 rows, least squares on more and more random features. Where is the distance from new rows the largest?", {
        "with 20 features": "That would be so if too little freedom were the greatest danger.",
        "with 60 features": "That would be so where the features can just reach every row, at any price.",
        "with 1,600 features": "That would be so if more freedom always did more harm."},
        int(np.argmax(found)),
        "; ".join(f"{size:,} features: {words(value, 3)}" for size, value in zip(sizes, found, strict=True)) +
        ". With as many features as rows there is one single way to hit every row, and its weights are huge. With far more "
        "there are many ways, and the shortest weights of them are calm.", scene=[{"descent/features": size} for size in sizes])
