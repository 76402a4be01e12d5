"""The questions of the lesson "Autoencoder". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import autoencoder as core
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.autoencoder import EPOCHS, NETWORKS, code_of, labels_matter, network


def itself() -> Ask:
    far = labels_matter()
    return Ask("Somebody mixes up all the labels, so that a 3 may be called a 7, and the network is trained again from the "
               "same first weights. What changes in the weights?", {
        "Nothing at all": "That would be so if no label went into the loss.",
        "A little": "That would be so if labels were a small part of the loss.",
        "Nearly everything": "That would be so if the network were told which digit is which."},
        0 if far == 0 else 1 if far < 0.1 else 2,
        f"Trained both ways: the largest difference of any weight is {words(far)}. The answer that is asked for is the picture "
        "itself. Learning without labels is called *unsupervised*.",
        scene=[{"itself/epoch": epoch} for epoch in (0, 2, 5, 12, 40)])


def squeeze() -> Ask:
    trained = network("tanh")
    data = trained.run.data
    code = trained.codes(data.X_test[:1])
    twice = trained.decoded(np.concatenate([code, code]))
    k = int(data.y_test[0])
    mean = data.X_train[data.y_train == k].mean(0)
    same, far = bool((twice[0] == twice[1]).all()), float(np.sqrt(core.error(twice[0], mean)))
    return Ask("Two different pictures happen to get the same code, to the last digit. What comes back of them?", {
        "Of each its own picture": "That would be so if the decoder could still look at the input.",
        "The same picture, twice": "That would be so if the code were all that the decoder gets.",
        "The mean of their class": "That would be so if the decoder looked the class up."},
        0 if not same else 1 if far > 0.01 else 2,
        "The decoder is a function of the code alone: equal codes give equal pictures, pixel for pixel. What two numbers "
        f"cannot tell apart is lost. (The mean of a class is another picture: here the two differ by {words(far, 2)} a "
        "pixel.)",
        scene=[{"squeeze/digit": 0, "squeeze/number": at} for at in (1, 2, 3)])


def pca(draw: int = 0) -> Ask:
    (name,) = numbers(draw, ("tanh",), ("deeper", "linear"))
    trained = network(name)
    data, below, last = trained.run.data, trained.below_pca, len(trained.errors) - 1
    sheet = core.error(trained.pca.again(data.X_test), data.X_test)
    reason = (f"PCA leaves {words(sheet, 3)}. The network has {words(float(trained.errors[5]), 3)} after 5 epochs and "
              f"{words(float(trained.errors[-1]), 3)} after {last}. ")
    reason += ("Without bends it can only learn a flat sheet, and of all flat sheets PCA's is the best on what it was made "
               "from." if below is None else
               f"After {below} epochs it is below for the first time: bent, its sheet fits better than any flat one, but that "
               "has to be learned.")
    stops = (0, 5, last) if below is None else (0, 5, below, last)
    return Ask(f"Network *{NETWORKS[name]}*: when does its error fall below that of PCA with as many numbers?", {
        "Within the first 3 epochs": "That would be so if bends helped from the start, before they are learned.",
        f"Later, by epoch {last}": "That would be so if its sheet had to be bent to fit, which takes time.",
        f"Not in {last} epochs": "That would be so if its sheet stayed flat."},
        2 if below is None else 0 if below <= 3 else 1, reason,
        scene=[{"pca/network": name, "pca/epoch": at} for at in stops])


def plane() -> Ask:
    trained = network("tanh")
    data = trained.run.data
    votes = core.voted(data.y_train, core.neighbours(trained.codes(data.X_test), trained.codes(data.X_train)))
    share = float((votes == data.y_test).mean())
    return Ask.of_values(
        "No label was used. Now each held-out digit asks the five training digits whose codes lie nearest what they are. About "
        "how many of the votes are right?", {
            0.1: "That would be so if codes had nothing to do with what a digit is.",
            0.7: "That would be so if digits that look alike lay together, and some classes over one another.",
            1.0: "That would be so if two numbers told all ten digits apart."}, share,
        f"Measured: {100 * share:.0f} %. To give pictures back, the code must say what they look like, and digits of a class "
        "look alike. So classes appear without being named; where two of them look alike, they lie over one another.",
        spell=lambda value: f"about {100 * value:.0f} "
                            "%", scene=[{"plane/by": "the network", "plane/epoch": at} for at in EPOCHS[::2]])


def decode(draw: int = 0) -> Ask:
    ((a, b),) = numbers(draw, ((0, 4),), ((0, 6), (3, 4), (6, 7), (2, 7)))
    trained = network("tanh")
    ends = np.array([code_of(a), code_of(b)])
    one, other, between = trained.decoded(np.concatenate([ends, ends.mean(0)[None]]))
    far = float(np.sqrt(core.error(between, (one + other) / 2)))
    mean = float(np.sqrt(core.error(between, trained.run.data.X_train.mean(0))))
    return Ask(f"The point goes in a straight line from where the {a}s lie to where the {b}s lie. Half way: what is the "
               "decoder's picture?", {
        f"Half the {a} over half the "
        f"{b}": "That would be so if the decoder did not bend: then half of the way in is half of the "
                                           "way out.",
        "A picture of its own": "That would be so if the decoder bends.",
        "The mean of all digits": "That would be so if it knew nothing of places without digits."},
        0 if far < 1e-6 else 2 if mean < 1e-6 else 1,
        f"The picture half way differs from the mixture of both ends by {words(far, 2)} a pixel (root of the mean square), "
        f"and from the mean of all digits by {words(mean, 2)}. The decoder is a bent surface: on its way it passes pictures "
        "that look like other digits.",
        scene=[{"decode/x": float(x), "decode/y": float(y)} for x, y in (ends[0], np.round(ends.mean(0), 1), ends[1])])
