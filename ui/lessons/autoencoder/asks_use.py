"""The questions on noise, width, what is lost, odd rows. A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.data import SOURCES
from ann_core.lessons import autoencoder as core
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.autoencoder import COLUMNS, denoiser, flowers, widths


def noise(draw: int = 0) -> Ask:
    (strength,) = numbers(draw, (0.5,), (0.4, 0.6, 0.7))
    cleaner = denoiser(True)
    X = cleaner.run.data.X_test
    given = core.noisy(X, strength, 1)
    left, sheet = core.error(cleaner.again(given), X), core.error(cleaner.pca.again(given), X)
    options = {
        round(strength**2, 2): "That would be so if it handed its input on.",
        round(sheet, 3): "That would be so if it only left out what lies beside the sixteen widest directions, as PCA does.",
        round(left, 3): "That would be so if it had learned what digits look like, and so what cannot belong to one.",
        0.0: "That would be so if the noise never hid a stroke."}
    return Ask.of_values(
        f"Noise of standard deviation {words(strength)} brings an error of about {words(strength**2, 2)} into every digit. "
        "How much is left in what the network that learned under noise gives back, on digits it has never "
        "seen?", dict(sorted(options.items())), left,
        f"Measured on {len(X)} digits: {words(left, 3)}. PCA with as many numbers leaves {words(sheet, 3)}. The network was "
        "asked for clean digits all along, so it gives what a clean digit could have been.",
        scene=[{"noise/strength": at, "noise/draw": 1} for at in (0.0, float(strength))])


def width() -> Ask:
    trained = widths()
    X = trained[1].run.data.X_test
    ahead = [w for w in core.WIDTHS if trained[w].errors[-1] >= core.error(trained[w].pca.again(X), X)]
    right = 0 if not ahead else 2 if min(ahead) <= 4 else 1
    said = "; ".join(f"{w}: {words(float(trained[w].errors[-1]))} against {words(core.error(trained[w].pca.again(X), X))}"
                     for w in core.WIDTHS)
    return Ask("Bends help. Do they help at every width of the code, after 40 epochs?", {
        "Yes, the network is always below PCA": "That would be so if 40 epochs were enough for every width.",
        "Only where the code is "
        "narrow": "That would be so if a wide flat sheet already held nearly all, and the network still had "
                                         "to learn it.",
        "Only where the code is wide": "That would be so if bends needed many numbers to bend."}, right,
        f"Network against PCA: {said}. A flat sheet of many directions leaves little to bend for, and PCA has it at once. "
        "Trained longer the network comes nearer.",
        scene=[{"width/code": at} for at in core.WIDTHS])


def lost(draw: int = 0) -> Ask:
    (code,) = numbers(draw, (2,), (1, 4, 8, 16))
    network = widths()[code]
    data = network.run.data
    mean = core.error(data.X_train.mean(0), data.X_test)
    kept = 1 - float(network.errors[-1]) / mean
    values = {round(code / 64, 2): "That would be so if each number kept its own share, 1 of 64, and no more.",
              round(kept, 2): "That would be so if the code held what many digits have in common.",
              1.0: "That would be so if nothing were lost."}
    half = round(kept / 2, 2) if kept > 0.6 else round((1 + kept) / 2, 2)
    values[half] = f"That would be so if an error of {words(mean * (1 - half), 3)} were left."
    return Ask.of_values(
        f"{code} of 64 numbers {'passes' if code == 1 else 'pass'}. How much of what tells digits apart (the squared "
        "differences from the mean digit) comes back?", dict(sorted(values.items())), kept,
        f"The error falls from {words(mean, 3)}, always answering the mean digit, to "
        f"{words(float(network.errors[-1]), 3)}: {100 * kept:.0f} % is kept, in {100 * code / 64:.0f} % of the numbers. "
        "Neighbouring pixels go together, so few numbers say much; the rest is lost for good.",
        spell=lambda value: f"{100 * value:.0f} %", scene=[{"lost/code": at} for at in (1, code, 32)])


def odd() -> Ask:
    network, raw = flowers(), np.median(SOURCES["iris"].dataset().X[:50], axis=0)
    raw[3] = 2.0
    X = network.run.data.to_inputs(SOURCES["iris"].dataset().X)
    others = ((network.again(X) - X) ** 2).mean(1)
    oddity, back = core.flower(network, raw)
    share = float((others < oddity).mean())
    return Ask("Petals of 1.5 cm are usual for a small flower, and a petal width of 2 cm is usual for a large one. One flower "
               "has both. Does it come back well?", {
        "Yes: both values are usual": "That would be so if each column were looked at by itself.",
        "About as well as most flowers": "That would be so if two columns out of four hardly counted.",
        "Worse than nearly all flowers": "That would be so if the code held how columns go together."},
        0 if share < 0.25 else 1 if share < 0.9 else 2,
        f"Its oddity is {words(oddity, 3)}: {100 * share:.0f} % of the 150 flowers are less odd. No code stands for such a "
        f"flower; what comes back has a petal length of {words(back[2], 2)} cm and a {COLUMNS[3]} of {words(back[3], 2)} cm, "
        "which go together.",
        scene=[{"odd/2": 1.5, "odd/3": at} for at in (0.2, 2.0)])
