"""The questions of the lesson "Optimisers" on races and on the cost of a whole network."""

from ann_core.lessons.ask import Ask
from ann_core.lessons.optimizers_surfaces import SURFACES
from ui.lessons.optimizers import racing
from ui.lessons.optimizers.racing import NAMES


def race() -> Ask:
    firsts = racing.winners()
    named = {NAMES[name]: [SURFACES[key].label for key, names in firsts.items() if name in names]
             for name in ("adagrad", "adam")}
    options = {label: f"That would be so if it were first everywhere; it is on {len(won)} of the {len(firsts)}."
               for label, won in named.items()}
    everywhere = [len(won) == len(firsts) for won in named.values()]
    said = "; ".join(f"{SURFACES[key].label}: {' and '.join(NAMES[name] for name in names)}" for key, names in firsts.items())
    return Ask("All nine race on all six surfaces, each at the rate that suits it. Who is the first on every one of them?",
               {**options, "Not one of them": "That would be so if the first were not always the same."},
               everywhere.index(True) if any(everywhere) else len(named), f"{said}.",
               scene=[{"race/surface": key} for key in SURFACES])
