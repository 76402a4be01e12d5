"""The lab of two networks against each other: a generator and a discriminator that learn while one watches."""

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil

import streamlit as st

from ann_core import RunConfig, explain
from ann_core.data import DRAWN, GENERATORS
from ann_core.export.run_file import Loaded
from ann_core.lab.gan_openers import CHANGES, OPENERS, SHAPES, USUAL, Duel
from ann_core.run.link import changes, edited, of_this_version, read_changes
from ui.architectures.guessing import Guessing
from ui.architectures.views import LAB, lab_of, switch
from ui.compare.kept import Origin, keep
from ui.controls import adversarial
from ui.controls.fields import Controls
from ui.controls.sidebar import first_weights
from ui.hand_in.give import hand_in
from ui.lessons.gan import PAGE
from ui.page import notes, opener_row, title
from ui.player.asks import MAX_RUNS, PlayerAsk
from ui.player.branch_controls import branch_controls, brancher
from ui.player.branches import branches, moved
from ui.player.reopening import reopened
from ui.player.runs import affordable, next_seed, recordings, subject
from ui.player.take_home import rest, take_home
from ui.settings import PageSettings

SHOWN = ("samples", "coverage", "loss", "gradient", "network")
WITHOUT = ()
ROUNDS = (500, 1000, 2000, 3000, 4000, 6000, 10_000)
BESIDE = "beside"
"""What the second run is called in an address."""
OWN = "Your own settings. The address bar holds them all: copy it to share this run."
COSTLY = "This run is much larger than usual, so it waits for you: press play."
NAME = lab_of(PAGE)
OPENED_BEFORE = f"{NAME}/opened_before"


def _read(query: Mapping[str, str]) -> tuple[Duel, list[str]]:
    config, said = read_changes({path: text for path, text in query.items() if path not in ("v", BESIDE)}, USUAL)
    beside, said = query.get(BESIDE, "none"), [*of_this_version(query), *said]
    if not _shows(config):
        config, said = USUAL, [*said, "The link names no points on a plane, or no two networks; the usual run stands."]
    try:
        return Duel(config, beside), said
    except ValueError as error:
        return Duel(config), [*said, *(f"The second run in the link is left out. {why}" for _, why in explain(error))]


def _shows(config: RunConfig) -> bool:
    """Whether these settings are of this lab."""
    return (config.objective.kind == USUAL.objective.kind and config.data.source in SHAPES
            and config.data.features == USUAL.data.features)


def _write(duel: Duel) -> dict[str, str]:
    return changes(duel.config, USUAL) | ({} if duel.beside == "none" else {BESIDE: duel.beside})


settings = PageSettings(NAME, _read, _write, LAB, branches=True)


def address(config: RunConfig) -> dict[str, str]:
    """What stands in the address of the lab for one run."""
    return settings.address(Duel(config))


def lab() -> None:
    """The player over two networks and what the one makes, their settings at the left."""
    duel, link_notes = settings.current()
    present, more = title("GAN")
    with more:
        switch(PAGE)
    head = st.container()  # always there, so that the player below is never mounted anew
    with st.sidebar:
        branch_box = st.container()
        make = _sidebar()
    duel, refused = settings.accept(make)
    configs = duel.configs
    starts = affordable(configs, (USUAL,))
    with head:
        chosen = opener_row(OPENERS.values(), lambda opener: opener.duel == duel, lambda opener: settings.open(opener.duel))
        guessing = Guessing(NAME, chosen)
        if chosen:
            guessing.show(brief=present)
        elif not present or not starts:
            st.caption(OWN if starts else COSTLY)
        notes(refused, link_notes)
    runs = recordings(NAME, configs, without=WITHOUT, always_anew=_just_opened())
    with branch_box:
        branch_controls(settings, runs, starts)
    made = branches(NAME)[:MAX_RUNS - len(runs)]
    everyone, names = [*runs, *(branch.recording for branch in made)], [*_names(duel), *(branch.name for branch in made)]
    guessing.player(
        everyone, key=f"{PAGE}/player", autoplay=starts, by_steps=True, pictures=SHOWN, first=("samples",), present=present,
        names=names, outdated=partial(moved, settings, runs), subject=subject(settings.opened, duel.config),
        on={"seed": _new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher(NAME), "draw": _draw,
            "rest": rest(NAME)})
    if not present and not guessing.open:
        keep(NAME, everyone, names, lambda one: Origin("the GAN lab", f"architectures/{PAGE}", address(one)))
        take_home(NAME, everyone, names, _reopen)
        hand_in(NAME, "GAN", everyone, names)


def _reopen(saved: Loaded) -> None:
    """A run that was saved, alone, with the changes on its way. Raises ValueError for one of another page."""
    reopened(NAME, saved, _shows(saved.config), "two networks against each other, over points on a plane", without=WITHOUT)
    settings.open(Duel(saved.config))
    st.session_state[OPENED_BEFORE] = settings.opened  # its film does not begin anew


def _just_opened() -> bool:
    """Whether a scene or an address was opened since the last run of the page: its film begins at round 0, even where the
    weights of the one before could go on."""
    before, st.session_state[OPENED_BEFORE] = st.session_state.get(OPENED_BEFORE), settings.opened
    return before != settings.opened


def _names(duel: Duel) -> tuple[str, ...]:
    first = "this game"
    return (first,) if duel.beside == "none" else (first, CHANGES[duel.beside].label)


def _new_seed(_: object) -> None:
    """The same settings with seeds that were not used yet."""
    duel = settings.value
    settings.attempt(lambda: Duel(edited(duel.config, {"seed": next_seed(duel.config)}), duel.beside))


def _draw(ask: PlayerAsk) -> None:
    """Other points to learn from; the rounds stay as many."""
    duel = settings.value
    settings.attempt(lambda: Duel(_lasting(edited(duel.config, {"data.drawn": ask.points}), rounds(duel.config)), duel.beside))


def rounds(config: RunConfig) -> int:
    """How many rounds a run lasts."""
    return config.training.epochs * config.training.steps(config.rows)


def _lasting(config: RunConfig, count: int) -> RunConfig:
    """The same settings for about so many rounds: up to the end of an epoch."""
    return edited(config, {"training.epochs": ceil(count / config.training.steps(config.rows))})


def _sidebar() -> Callable[[], Duel]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValidationError when they are refused."""
    duel = settings.value
    c = Controls(duel.config, settings.key)
    source = c.field("data.source", label="True points", choices=SHAPES)
    if source == DRAWN:
        st.caption("Draw on the picture: click for a point, drag for many.")
    adversarial.rates(c)
    key, beside = c.begin(BESIDE, duel.beside)
    beside = st.selectbox("Beside it", [*CHANGES], [*CHANGES].index(beside), key=key,
                          format_func=lambda one: CHANGES[one].label,
                          help="A second run with the same seed and one change, on the same timeline.")
    with st.expander("Rounds"):
        key, count = c.begin("rounds", rounds(duel.config))
        offered = sorted({*ROUNDS, count})
        count = st.select_slider("Rounds", offered, count, key=key, format_func=lambda one: f"{one:,}",
                                 help="Where the film ends. In a round both networks learn, first the judge.")
        adversarial.turns(c)
        c.field("training.batch_size", label="True points a round")
    with st.expander("Layers and noise"):
        adversarial.layers(c)
        c.field("objective.latent")
    with st.expander("Optimisers"):
        adversarial.optimisers(c)
    with st.expander("More about the data"):
        if source in GENERATORS:
            c.field("data.noise", most=GENERATORS[source].max_noise)
            c.field("data.samples")
            if source == "blobs":
                c.field("data.classes", label="Clouds")
            c.field("data.seed")
        else:
            st.caption("They are the points that you draw.")
    with st.expander("First weights and seeds"):
        first_weights(c, "Judge's first weights")
        c.field("seed")
        c.field("seeds")
    _keep_rounds(c, count)
    return lambda: Duel(c.wanted(), beside)


def _keep_rounds(c: Controls, count: int) -> None:
    """As many epochs as make so many rounds of these data, whatever their number of points."""
    training = c.config.training.model_copy(update={"batch_size": c.value("training.batch_size")})
    steps = training.steps(c.data().training_rows)
    if count != rounds(c.config) or steps != c.config.training.steps(c.config.rows):
        c.put("training.epochs", ceil(count / steps))
