"""The question of an idea comes before the answer: what gives it away is veiled, and then the picture acts it out.

A lesson says which idea is on the screen (`begin`). What an idea shows goes through `told` where it would give the answer away.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import streamlit as st

from ann_core.lessons.ask import Ask

ON_SCREEN, ANSWERED, SCENE = "lesson/on screen", "lesson/answered", "lesson/scene"
BETWEEN = 5
"""Moments from one stop of a scene to the next, where numbers change between them."""
QUICK, STOP, END = 0.2, 0.9, 3.0
"""Seconds that a moment stays: on the way, at a stop, at the last one."""


class Controls(Protocol):
    """Of a lesson: what they say, and how they are set."""

    def key(self, name: str) -> str: ...
    def value(self, name: str, usual: Any) -> Any: ...
    def put(self, name: str, value: Any) -> None: ...


@dataclass
class _Reply:
    """What somebody did with an idea's question. draw: which try   to: names what was answered   option: None where it was
    shown"""

    draw: int = 0
    to: str = ""
    option: int | None = None


@dataclass(frozen=True)
class Moment:
    """One moment of a scene. values: of the lesson's controls   stays: seconds"""

    values: Mapping[str, Any]
    stays: float


@dataclass
class _Scene:
    """The asked situation, while the picture goes through it. own: what the controls say otherwise"""

    of: tuple[str, str]
    controls: Controls
    moments: list[Moment]
    own: dict[str, Any]
    plays: bool
    number: int
    at: int = 0

    def show(self) -> None:
        """Sets the controls as the present moment has them, in a callback."""
        for name, value in self.moments[self.at].values.items():
            self.controls.put(name, value)


def begin(page: str, key: str) -> None:
    """This idea is on the screen now. What another one was acting out ends."""
    st.session_state[ON_SCREEN] = page, key
    scene = st.session_state.get(SCENE)
    if scene and scene.of != (page, key):
        _end(scene)


def answered() -> bool:
    """Whether the question of the idea on the screen was answered, or its answer was shown, and not asked again."""
    return st.session_state.get(ON_SCREEN) in st.session_state.get(ANSWERED, ())


def told(answer: str, before: str = "?") -> str:
    """What would give the answer away: `before` until the question of the idea on the screen is answered."""
    return answer if answered() else before


def playing() -> bool:
    """Whether the animation on the screen is part of a scene, and so begins by itself."""
    scene = st.session_state.get(SCENE)
    return bool(scene and scene.plays)


def present(make: Callable[..., Ask]) -> tuple[Ask, _Reply]:
    """The question of the idea on the screen, with the numbers of this try, and what somebody did with it."""
    reply: _Reply = st.session_state.setdefault(_key(st.session_state[ON_SCREEN]), _Reply())
    return make(reply.draw) if _is_drawn(make) else make(), reply


def _is_drawn(make: Callable[..., Ask]) -> bool:
    return bool(inspect.signature(make).parameters)


def question(make: Callable[..., Ask], controls: Controls) -> None:
    """Commit first; then the answer with its reason, and the scene. Another situation is another question."""
    of, drawn = st.session_state[ON_SCREEN], _is_drawn(make)
    key, (ask, reply) = _key(of), present(make)
    asked = sha256("\n".join((ask.text, *ask.options)).encode()).hexdigest()[:12]

    def reveal(option: int | None) -> None:
        reply.to, reply.option = asked, option
        st.session_state[ANSWERED] = {*st.session_state.get(ANSWERED, ()), of}
        act(ask, controls)

    def again() -> None:
        reply.to = ""
        st.session_state[ANSWERED] -= {of}
        while drawn:
            reply.draw += 1
            if make(reply.draw) != ask:
                return

    with st.container(border=True, key=f"ask_{'_'.join(of)}"):
        st.markdown(f"**{ask.text}**")
        if reply.to != asked:
            with st.container(horizontal=True, gap="small"):
                for i, option in enumerate(ask.options):
                    st.button(option, key=f"{key}/{i}", on_click=reveal, args=(i,))
                st.button("Show me", key=f"{key}/show", type="tertiary", icon=":material/visibility:", on_click=reveal,
                          args=(None,))
            return
        st.markdown(_verdict(ask, reply.option))
        with st.container(horizontal=True, gap="small"):
            if ask.scene:
                st.button("Show me", key=f"{key}/scene", type="tertiary", icon=":material/replay:", on_click=act,
                          args=(ask, controls), help="The picture goes to the asked situation and back.")
            st.button("Another try, other numbers" if drawn else "Ask me again", key=f"{key}/again", type="tertiary",
                      icon=":material/casino:" if drawn else ":material/refresh:", on_click=again)


def asked(page: str, key: str, make: Callable[..., Ask], controls: Controls) -> bool:
    """Asks about what is on the screen of a page; whether its answer may be shown. key: tells it from the page's others"""
    begin(page, key)
    question(make, controls)
    return answered()


def _key(of: tuple[str, str]) -> str:
    """Of the question of an idea."""
    return f"{'/'.join(of)}/ask"


Told = tuple[str, str, int, str, int | None]
"""What was done with a question, to be kept: lesson, idea, draw, what was answered, option."""


def told_replies() -> list[Told]:
    """What was done with the questions that are answered."""
    found = ((of, st.session_state.get(_key(of))) for of in sorted(st.session_state.get(ANSWERED, ())))
    return [(*of, reply.draw, reply.to, reply.option) for of, reply in found if reply]


def restore_replies(kept: Iterable[Told]) -> None:
    """In a callback: takes what was kept; what was done since then stays."""
    done: set = st.session_state.setdefault(ANSWERED, set())
    for page, idea, draw, to, option in kept:
        if (page, idea) not in done:
            st.session_state[_key((page, idea))] = _Reply(draw, to, option)
            done.add((page, idea))


def forget_replies() -> None:
    """In a callback: no question has been answered."""
    for of in st.session_state.pop(ANSWERED, ()):
        st.session_state.pop(_key(of), None)


def _verdict(ask: Ask, option: int | None) -> str:
    if option == ask.right:
        return f":material/check_circle: Right: **{ask.answer}**. {ask.reason}"
    right = f"The right answer: **{ask.answer}**. {ask.reason}"
    if option is None:
        return f":material/visibility: {right}"
    return f":material/lightbulb: You said: **{list(ask.options)[option]}**. {ask.reaction(option)}\n\n{right}"


# The scene

def act(ask: Ask, controls: Controls) -> None:
    """Begins to act the asked situation out, in a callback. The browser says when the next moment is due (`step`)."""
    scene: _Scene | None = st.session_state.pop(SCENE, None)
    if scene:
        _back(scene)
    if ask.scene:
        own = {name: controls.value(name, None) for stop in ask.scene for name in stop}
        scene = _Scene(st.session_state[ON_SCREEN], controls, moments(ask), own, ask.plays > 0,
                       scene.number + 1 if scene else 1)
        st.session_state[SCENE] = scene
        scene.show()


def moments(ask: Ask) -> list[Moment]:
    """The scene in small steps: numbers that differ between two stops go from one to the other, all else jumps."""
    found = [Moment(ask.scene[0], STOP)]
    for before, after in pairwise(ask.scene):
        ways = {name: np.linspace(before[name], value, BETWEEN + 1).round(2).tolist() for name, value in after.items()
                if isinstance(value, float) and isinstance(before.get(name), float) and before[name] != value}
        steps = range(1, BETWEEN) if ways else ()
        found += [Moment({**after, **{name: way[i] for name, way in ways.items()}}, QUICK) for i in steps]
        found.append(Moment(after, STOP))
    return [*found[:-1], Moment(found[-1].values, END + ask.plays)]


def waiting() -> dict[str, Any] | None:
    """What the browser has to know of the scene: its number, its present and its last moment, and how long it stays."""
    scene: _Scene | None = st.session_state.get(SCENE)
    return None if scene is None else {"number": scene.number, "at": scene.at, "last": len(scene.moments) - 1,
                      "stays": scene.moments[scene.at].stays}


def step(said: Any) -> None:
    """The browser asks for a later moment of the scene, in a callback; after the last one the controls go back."""
    scene: _Scene | None = st.session_state.get(SCENE)
    if not scene or type(said) is not int or not scene.at < said <= len(scene.moments):
        return
    if said == len(scene.moments):
        _end(scene)
    else:
        scene.at = said
        scene.show()


def _end(scene: _Scene) -> None:
    _back(scene)
    del st.session_state[SCENE]


def _back(scene: _Scene) -> None:
    for name, value in scene.own.items():
        scene.controls.put(name, value)
