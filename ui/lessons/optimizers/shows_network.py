"""Optimisers on a real network: the same race, through the player."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.film.recording import Recording
from ann_core.lab import twins as tw
from ann_core.lessons import optimizers_network as core
from ui.lessons.optimizers import controls, formulas, racing
from ui.lessons.optimizers.pictures import COLORS
from ui.lessons.optimizers.racing import NAMES
from ui.lessons.parts import lined, table
from ui.player.asks import PlayerAsk
from ui.player.player import player
from ui.player.runs import recordings
from ui.question import told

USUAL = ("sgd", "momentum", "adagrad", "adam")
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PLACE = "optimizers/network_race"
CLAIM = (f"Over {core.SEEDS} starts, with points, first weights and batches of their own: at a hundredth of the rate that "
         f"suits it, each of the nine ended higher than all nine at their own rates, in {core.SEEDS} of {core.SEEDS}.")
PARTS = {1: "rate", 10: "a tenth of it", 100: "a hundredth of it"}


def network_race() -> None:
    """Up to four optimisers train the same network from the same first weights."""
    left, right = st.columns([3, 2])
    with right:
        who = controls.some_of("network_race/who", f"Who races, up to {tw.MOST}", NAMES, USUAL)
        if len(who) > tw.MOST:
            st.caption(f"At most {tw.MOST} are shown; {NAMES[who[tw.MOST]]} and those after it wait.")
        who = who[:tw.MOST]
        rates = {name: controls.series(f"network_race/rate/{name}", f"Rate of {NAMES[name]}", RATES, core.SUITS[name])
                 for name in who}
    if not who:
        left.info("Nobody races. Choose one optimiser or more.", icon=":material/directions_run:")
        return
    twins = tw.check(tuple(core.settings(name, rate, _seed()) for name, rate in rates.items()))
    runs = recordings(PLACE, twins, always_anew=True)
    with left:
        player(runs, key=PLACE, names=[f"{NAMES[name]}, rate {words(rate)}" for name, rate in rates.items()],
               colors=[COLORS[name] for name in who], pictures=("loss", "boundary"), outdated=lambda: _chosen() != rates,
               on={"seed": _another, "rest": _rest})
    with right:
        _measured(rates)
    _updates(dict(zip(who, runs, strict=True)))
    st.markdown(told(CLAIM, ""))


def _seed() -> int:
    return controls.value("network_race/seed", 0)


def _another(_: PlayerAsk) -> None:
    """The same race from other first weights, with other points."""
    controls.put("network_race/seed", _seed() + 1)


def _rest(ask: PlayerAsk) -> None:
    """Remembers at which steps the film came to rest."""
    st.session_state[f"{PLACE}/rest"] = dict(ask.after)


def _chosen() -> dict[str, float]:
    """Who races by now, and at which rates, as the controls say."""
    who = [name for name in NAMES if name in controls.value("network_race/who", USUAL)][:tw.MOST]
    return {name: controls.value(f"network_race/rate/{name}", core.SUITS[name]) for name in who}


def _measured(rates: Mapping[str, float]) -> None:
    """The last loss over 20 starts, for the chosen rates and for parts of them, on demand."""
    asked = tuple(rates.items())
    if controls.value("network_race/measured", None) != asked:
        st.button("Measure these over 20 starts", icon=":material/query_stats:", key=f"{PLACE}/measure",
                  on_click=controls.put, args=("network_race/measured", asked))
        return
    bar, rows = st.progress(0.0, "Training …"), []
    for done, (name, rate) in enumerate(asked):
        found = [racing.final_losses(name, rate / part) for part in PARTS]
        rows.append((f"{NAMES[name]}, {words(rate)}", *map(_spread, found)))
        bar.progress((done + 1) / len(asked), f"Training … {NAMES[name]}")
    bar.empty()
    st.markdown("**The last training loss over 20 starts:** the median, and where the middle 80 % lie.")
    table(("optimiser, rate", *PARTS.values()), rows)


def _spread(losses: np.ndarray) -> str:
    low, middle, high = (words(value, 3) if np.isfinite(value) else "overflow"
                         for value in np.quantile(losses, (0.1, 0.5, 0.9), method="inverted_cdf"))
    return f"{middle} ({low}–{high})"


def _updates(runs: Mapping[str, Recording]) -> None:
    """The step of one weight that led to where the film rests, of each optimiser."""
    told_of = st.session_state.get(f"{PLACE}/rest", {})
    rest = {recording.id: told_of[recording.id] for recording in runs.values() if recording.id in told_of}
    net = next(iter(runs.values())).latest.net
    firsts = dict(zip((parts[0].start for parts in net.weight_parts),
                      ("x₁ to unit 1", "unit 1 to unit 1 of layer 2", "unit 1 to output"), strict=True))
    weight = controls.from_list("network_race/weight", "Weight in the formulas", firsts)
    for pair in (list(runs.items())[:2], list(runs.items())[2:]):
        for (name, recording), place in zip(pair, st.columns(2), strict=False):
            run = recording.at(max(0, rest.get(recording.id, max(rest.values(), default=0)) - 1))
            step = core.next_step(run, weight)
            with place:
                st.markdown(f"**Step {step.t} of {NAMES[name]}**, weight w: {firsts[weight]}")
                if np.isfinite((step.w, step.to, step.g, *step.after)).all():
                    lined(formulas.of_step(step, run.config.training))
                else:
                    st.caption("Its numbers have become too large to write.")
