"""The questions of the lesson "Optimisers" on races and on the cost of a whole network."""

from ann_core.base.spelling import words
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.optimizers_landscape import TRAININGS, along_path
from ann_core.lessons.optimizers_network import SUITS
from ann_core.lessons.optimizers_surfaces import SURFACES
from ui.lessons.optimizers import racing
from ui.lessons.optimizers.racing import NAMES

EQUAL = 1.1
"""Losses that differ by less than this factor are as good as equal here."""


def race() -> Ask:
    firsts = racing.winners()
    named = {NAMES[name]: [SURFACES[key].label for key, names in firsts.items() if name in names]
             for name in ("adagrad", "adam")}
    options = {label: f"That would be so if it were first everywhere; it is on {len(won)} of the {len(firsts)}."
               for label, won in named.items()}
    everywhere = [len(won) == len(firsts) for won in named.values()]
    said = "; ".join(f"{SURFACES[key].label}: {' and '.join(NAMES[name] for name in names)}" for key, names in firsts.items())
    return Ask("All nine race on all six surfaces, each at the rate that suits it. Who is the first to arrive on every one of "
               "them?",
               {**options, "Not one of them": "That would be so if the first were not always the same."},
               everywhere.index(True) if any(everywhere) else len(named), f"The first are: {said}.",
               scene=[{"race/surface": key} for key in SURFACES])


def network_race(draw: int = 0) -> Ask:
    (name,) = numbers(draw, ("adam",), ("momentum", "nesterov", "adagrad", "rmsprop", "nadam"))
    rates = {"sgd": SUITS["sgd"], name: SUITS[name] / 100}
    plain, other = (racing.final_loss(*one) for one in rates.items())
    said = [f"{NAMES[key]} at {words(rate)}" for key, rate in rates.items()]
    near = max(plain, other) < EQUAL * min(plain, other)
    return Ask(f"{NAMES[name]} at a hundredth of the rate that suits it, {words(rates[name])}, against plain SGD at the rate "
               f"that suits it, {words(rates['sgd'])}. Whose training loss is lower after 30 epochs?", {
        said[0]: "That would be so if the right rate were worth more than the better rule.",
        said[1]: "That would be so if the rule made up for the rate: its steps are a hundredth as long as they should be.",
        "Both end about equally low": "That would be so if both found the bottom of the same hollow in time."},
        2 if near else 0 if plain < other else 1,
        f"From the same first weights SGD ends at {words(plain, 3)}, {NAMES[name]} at {words(other, 3)}.",
        scene=({"network_race/who": ["sgd", name],
                **{f"network_race/rate/{key}": rate for key, rate in rates.items()}},), plays=6)


def landscape(draw: int = 0) -> Ask:
    first, *others = TRAININGS
    (training,) = numbers(draw, (first,), others)
    plane, shares = along_path(racing.example(training))
    real, last = plane.descent.loss(plane.descent.thetas[[0, -1]])
    seen = float(plane.loss(plane.path[0]))
    return Ask.of_values(
        f"{training}: at the start the cost was {words(real)}, at the end it is {words(last)}. The plane of its own path holds "
        f"{words(100 * shares[:2].sum(), 3)} % of the path. Which cost does the plane have at the place of the start?", {
            real: "That would be so if the start lay in the plane, and not only near it.",
            seen: "That would be so if what the plane leaves out made the cost smaller.",
            last: "That would be so if the plane were level from the start to the end."}, seen,
        f"The point of the plane that is nearest to the start is not the start: there the cost is {words(seen)}, and not "
        f"{words(real)}. A small part of the way makes a large part of the cost.",
        scene=({"landscape/network": "an example", "landscape/training": training, "landscape/plane": "of its own path",
                "landscape/view": "in space"},), plays=8)
