"""The questions of the lesson "Convolution". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import convolution as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.nn.layers import Conv2D
from ui.lessons.convolution import FILTERS, NETWORKS, WAY_BACK, centred, learned_filters, one_sided, reader

LIKE = 0.9
"""So alike two filters look the same."""


def filter(draw: int = 0) -> Ask:
    pixel, b = numbers(draw, (7.0, 2.0), (3.0, 5.0, 9.0, 12.0), (1.0, 4.0, 6.0))
    even = np.full((3, 3, 1), pixel)
    z = float(core.convolved(even, core.BY_HAND["upright"][..., None, None], np.array([b]))[0, 0, 0])
    return Ask.of_values(
        f"All nine pixels under the filter for vertical edges are {words(pixel)}. The products are added up, and {words(b)}, "
        "the bias, is added to them. What is the sum z?", {
            b: "That would be so if the weights at the left and at the right cancelled each other.",
            3 * pixel + b: "That would be so if only the right-hand column of weights counted.",
            9 * pixel + b: "That would be so if every weight were 1."}, z,
        f"Three weights are −1, three are 0, three are 1: on an even surface the products add up to 0, and z = {words(b)}, the "
        "bias. This filter answers to changes from left to right only.",
        scene=[{"filter/kind": "upright", "filter/b": 0.0, "filter/row": 3, "filter/column": at} for at in (1, 2, 4)])


def learned() -> Ask:
    found = [core.nearest(weights) for weights in learned_filters()[0]]
    like = [number for number, (_, how) in enumerate(found, 1) if how >= LIKE]
    options: dict[float, str] = {
        len(like): "That would be so if the loss alone decided, and it seldom asks for a filter that somebody "
                          "thought of.",
        4: "That would be so if half of them had become edge filters.",
        8: "That would be so if edges were the only thing that helps to tell digits apart."}
    examples = "; ".join(f"filter {number} is like the one for {FILTERS[found[number - 1][0]]}" for number in like)
    return Ask.of_values(
        f"The eight filters began at random and learned to read digits. How many of them look like one of the filters for "
        f"edges (alike by {LIKE:g} or more)?", options, len(like),
        f"Nobody names a pattern: each weight follows the slope of the loss, and any filter that helps to tell digits apart "
        f"will do. {examples[:1].upper()}{examples[1:]}{'. ' * bool(like)}The others have shapes that nobody named.",
        spell=lambda value: f"{int(value)} of 8",
        scene=[{"learned/number": number, "learned/kind": found[number - 1][0]} for number in (*like[:1], 1, 8)])


def channels(draw: int = 0) -> Ask:
    size, depth, count = numbers(draw, (3, 8, 16), (3, 5), (3, 4, 12), (10, 20, 32))
    layer = Conv2D((12, 12, depth), 1, size)
    right = layer.n_parameters - 1
    return Ask.of_values(
        f"A layer of {count} filters of {size} × {size} follows one that gives {depth} maps. How many weights has one of its "
        "filters?", {
            size**2: "That would be so if all channels shared one small grid of weights.",
            size**2 * depth: "That would be so if it had a small grid for each channel.",
            size**2 * depth * count: "That would be so for all filters of the layer together."}, right,
        f"A filter is as deep as what it looks at: {size} · {size} · {depth} = {right} weights, and one bias. All products are "
        "added up into one number, so each filter gives one map.",
        scene=[{"channels/kind": kind} for kind in ("all colours", "red minus green", "upright red edges")])


def size(draw: int = 0) -> Ask:
    side, window, stride = numbers(draw, (11, 3, 2), (9, 10, 12), (3, 4), (2, 3))
    count, *_ = core.length_after(side, window, stride, "valid")
    others = {side - window + 1: "That would be so at a stride of 1.", -(-side // stride): "That would be so with zeros "
                                                                                           "around.",
              side: "That would be so at a stride of 1 with zeros around."}
    others.pop(count, None)
    return Ask.of_values(
        f"A filter of {window} × {window} goes over {side} × {side} pixels at a stride of {stride}, without padding. How "
        "large is the map?", dict(sorted({**others, count: "That would be so if the places were counted from edge to "
                                              "edge."}.items())), count,
        f"Between the first place and the last possible one lie {side} − {window} = {side - window} pixels; at steps of "
        f"{stride} these are {(side - window) // stride} steps, so {count} places along a side.",
        spell=lambda value: f"{int(value)} × {int(value)}", plays=5,
        scene=({"size/side": side, "size/window": window, "size/stride": stride, "size/padding": "valid"},))


def pooling(draw: int = 0) -> Ask:
    (held,) = numbers(draw, ((3.0, 0.0, 8.0, 1.0),), ((2.0, 6.0, 0.0, 4.0), (5.0, 1.0, 1.0, 1.0), (0.0, 0.0, 12.0, 8.0),
                                                     (9.0, 7.0, 2.0, 6.0)))
    A = np.reshape(held, (2, 2, 1))
    largest, mean = (float(core.pooled(A, kind)[0, 0, 0]) for kind in ("max", "average"))
    options = {f"{words(largest)} and {words(sum(held))}": "That would be so if the average pool added up and did not divide.",
               f"{words(largest)} and {words(mean)}": "That would be so if one kept the largest number and one shared evenly.",
               f"{words(mean)} and {words(largest)}": "That would be so if the names were the other way round."}
    return Ask(f"A window of a map holds {', '.join(words(v) for v in held[:-1])} and {words(held[-1])}. What do a max pool "
               f"and an average pool give?", options, 1,
               f"The largest is {words(largest)}; the sum {words(sum(held))} divided by 4 is {words(mean)}. A max pool says "
               f"how strongly something was found, an average pool how much of it there is.",
               scene=[{"pooling/kind": kind, "pooling/window": 5} for kind in ("max", "average", "global max")])


def shared(draw: int = 0) -> Ask:
    (times,) = numbers(draw, (2,), (3, 4, 8))
    (few, many), (same, more) = (core.parameters(8 * by, 8, 3) for by in (1, times))
    return Ask.of_values(
        f"The picture becomes {times} times as wide and {times} times as high. How many parameters has the "
        "convolution then?", {
            1: "That would be so if no weight belonged to a place.",
            times**2: "That would be so if each pixel brought one weight.",
            times**4: "That would be so for the dense layer, about: there, each pixel has a weight to each "
                      "output."}, same / few,
        f"The same {few} parameters serve at every place: {same} before and after. The dense layer goes from {many:,} to "
        f"{more:,}, {words(more / many)} times as many.",
        spell=lambda value: "as many as before" if value == 1 else f"{value:,g} times as many",
        scene=[{"shared/filters": 8, "shared/window": 3, "shared/side": side} for side in (8, 8 * times)])


def field(draw: int = 0) -> Ask:
    (depth,) = numbers(draw, (3,), (2, 4))
    right = int(core.sees(16, core.deep(16, depth), (8, 8)).any(0).sum())
    values = {right: "That would be so if each layer added one pixel on each side.",
              3 * depth: "That would be so if the windows of the layers lay side by side.",
              3**depth: "That would be so if windows did not overlap, as with a stride of 3."}
    return Ask.of_values(
        f"{depth} convolutions of 3 × 3 stand one after the other, with stride 1 and no pool. How many pixels does a unit "
        f"of the last one see along a side?", values, right,
        f"The first sees 3; each further one adds one on each side: 3 + {depth - 1} · 2 = {right}. With pools between them "
        f"it grows faster: behind a pool of 2, one place further is two pixels further.",
        scene=[{"field/depth": at, "field/pool": False} for at in range(1, depth + 1)])


def elsewhere() -> Ask:
    found = one_sided().right
    good = [name for name, (_, share) in found.items() if share > 0.5]
    options = {"Both with filters": (["anywhere", "places"], "That would be so if shared weights alone were enough."),
               "Only the one with global max": (["anywhere"], "That would be so if the output must not know places."),
               "None of them": ([], "That would be so if filters, too, were tied to places.")}
    said = "; ".join(f"{NETWORKS[name]} {100 * share:.0f} %" for name, (_, share) in found.items())
    return Ask("All three learned the shapes at the left only. Which of them still know the shapes at the right?",
               {option: reaction for option, (_, reaction) in options.items()},
               [names for names, _ in options.values()].index(good),
               f"Right answers at the right: {said}. Filters answer alike at every place, but behind a flatten each place has "
               "output weights of its own, and those for places at the right never learned anything. The global max leaves "
               "only how strongly each filter answered.",
               scene=[{"elsewhere/network": name, "elsewhere/side": "at the right"} for name in found])


def shifted(draw: int = 0) -> Ask:
    ((name, far),) = numbers(draw, (("dense", 1),), (("places", 1), ("places", 2), ("anywhere", 1), ("dense", 2)))
    found = centred().right[name]
    still, once, twice = float(found[2, 2]), *(float(np.mean([found[2 - by, 2], found[2 + by, 2], found[2, 2 - by],
                                                            found[2, 2 + by]])) for by in (1, 2))
    right = (once, twice)[far - 1]
    values = sorted({0.95, 0.45, 0.1} if name == "dense" else {0.95, 0.6, 0.25}, reverse=True)
    reactions = ("That would be so if it did not matter where the digit stands.",
                 "That would be so if many of its weights still met the same strokes.",
                 "That would be so if hardly a weight met what it had learned.")
    return Ask.of_values(
        f"The network *{NETWORKS[name]}* reads {100 * still:.0f} % of the digits in the middle. Each is moved by "
        f"{'one pixel' if far == 1 else 'two pixels'} up, down, left or right. About how many does it still read?",
        dict(zip(values, reactions, strict=True)), right,
        f"Measured over four directions: by one pixel {100 * once:.0f} %, by two {100 * twice:.0f} %. A weight that belongs "
        "to a place meets other pixels when the digit moves; the strongest answer of a filter moves along and stays what it "
        "was, up to the edge.",
        spell=lambda value: f"about {100 * value:.0f} %",
        scene=[{"shifted/down": 0, "shifted/across": at} for at in range(far + 1)])


def backward(draw: int = 0) -> Ask:
    ((i, j),) = numbers(draw, ((0, 1),), ((0, 0), (0, 2), (1, 2), (2, 0), (1, 0)))
    products = (WAY_BACK.A[i:i + 2, j:j + 2] * WAY_BACK.dOut).ravel()
    right = float(WAY_BACK.gradients()[0][i, j])
    values = {float(np.abs(products).sum()): "That would be so if signs did not count.",
              float(products.mean()): "That would be so if the four places were averaged.",
              float(products[-1]): "That would be so if the filter had stood at the last place only.",
              right: "That would be so if all four places were added up."}
    return Ask.of_values(
        f"The filter stood at four places. What is the derivative of the loss with respect to its weight in row {i + 1}, "
        f"column {j + 1}?", dict(sorted(values.items())), right,
        "The same weight took part at every place, so all four products of pixel and derivative are added up: "
        f"{' + '.join(f'({words(v)})' if v < 0 else words(v) for v in products)} = {words(right)}.",
        scene=({"backward/layer": "convolution", "backward/of": "a weight", "backward/row": i + 1, "backward/column": j + 1},))


def digit() -> Ask:
    layers = reader().net.layers
    maps, pooled, flat = (int(np.prod(layer.outputs)) for layer in layers[:3])
    return Ask.of_values(
        "Eight filters, zeros around the 8 × 8 digit, then a max pool of 2. How many numbers reach the output layer?", {
            pooled // 8: "That would be so with one filter.", flat: "That would be so if each map kept 4 × 4 of its numbers.",
            maps: "That would be so without the pool."}, flat,
        f"Each map has 8 × 8 numbers, {maps} in all; the pool leaves 4 × 4 of each: 8 · 16 = {flat}. Each of the ten "
        f"classes has {flat} weights for them and one bias.",
        scene=[{"digit/filter": number} for number in (1, 4, 8)])
