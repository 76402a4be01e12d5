"""One form for all lessons: one idea on the screen at a time, its question beside its picture, then what to remember."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.lab import twins
from ann_core.lab.twins import Twins
from ann_core.lessons.ask import Ask
from ann_core.run.link import of_this_version, to_query
from ui import lesson_values, progress
from ui.assets import mounted
from ui.desk import Notes, desk
from ui.page import script
from ui.page import title as page_title
from ui.path import LESSONS
from ui.progress import SEEN
from ui.question import Controls, answered, begin, present, question, step, waiting
from ui.reading import minutes, spoken, written
from ui.settings import IDEA, PageSettings
from ui.text import markdown

CORE = ":material/star:"
"""Marks the core ideas."""

_ears = mounted("lesson_way", "lesson/way.js")


@dataclass(frozen=True)
class Idea:
    """One idea of a lesson. Its functions bear its key as their name, in files of the lesson's room in ui/lessons/.

    remember: in one sentence   show: draws the picture, a few controls, and the formula with the learner's own numbers (shows)
    ask: makes the question (asks), with other numbers for each draw if it takes one; what the idea shows, except for its title
    and sentence, may give the answer away only through `ui.question.told`   link: the same situation as settings of the
    Playground, or as twins of the Gradient lab (links)   code: the engine's functions behind it   core: whether it belongs to a
    first way through the lesson
    """

    key: str
    title: str
    sentence: str
    remember: str
    show: Callable[[], None]
    ask: Callable[[], Ask] | None = None
    link: Callable[[], RunConfig | Twins] | None = None
    code: tuple[Any, ...] = ()
    core: bool = False

    @property
    def words(self) -> int:
        """How many words it says: on the page, and in its picture and question."""
        return (sum(map(spoken, (self.title, self.sentence, self.remember)))
                + sum(map(written, filter(None, (self.show, self.ask)))))


@dataclass(frozen=True)
class Address:
    """What a lesson's address says besides the idea. read: takes it from an address that was opened, and gives a sentence for
    what could not be used   write: what to put there"""

    read: Callable[[Mapping[str, str]], list[str]] = lambda query: []
    write: Callable[[], dict[str, str]] = dict


@dataclass(frozen=True)
class Onward:
    """Where the link of an idea leads. place: what it is called   page: in pages/   query: its address"""

    place: str
    page: str
    query: dict[str, str]


def to_play(there: RunConfig | Twins) -> Onward:
    """Settings of one run lead into the Playground, twins into the Gradient lab."""
    if isinstance(there, RunConfig):
        return Onward("Playground", "play/playground", to_query(there))
    return Onward("Gradient lab", "play/gradient_lab", twins.to_query(there))


def lesson(page: str, ideas: Sequence[Idea], controls: Controls, address: Address = Address(),
           onward: Callable[[Any], Onward] = to_play, beside: Callable[[], None] | None = None) -> None:
    """Draws the page of one of the LESSONS. onward: where the links of its ideas lead   beside: draws what stands beside its
    title"""
    progress.arrive(page)
    settings = _settings(page, ideas, controls, address)
    key, notes = settings.current()
    settings.accept(lambda: key)  # which puts it in the address
    place = [idea.key for idea in ideas].index(key)
    presenting, more = page_title(next(one.title for one in LESSONS if one.page == page))
    begin(page, key)
    with more:
        if beside:
            beside()
        if presenting:
            desk(_notes(ideas, place))
    _ears(key="ears", data={"idea": key, "scene": waiting()}, on_went_change=settings.trust_address,
          on_moment_change=lambda: step((st.session_state.get("ears") or {}).get("moment")))
    st.session_state[f"{page}/ideas"] = len(ideas)
    st.session_state[SEEN] = {*st.session_state.get(SEEN, ()), (page, key)}
    _way(settings, page, ideas, place, controls)
    for note in notes:
        st.info(markdown(note), icon=":material/link:")
    idea = ideas[place]
    with st.container(key="idea"):
        st.header(idea.title, anchor=False)
        st.markdown(idea.sentence)
        beside_picture = st.container()
        with st.container(key=f"show_{idea.key}"):
            idea.show()
        if idea.ask:
            with beside_picture:
                question(idea.ask, controls)
        if answered() or not idea.ask:
            st.markdown(f":material/bookmark: **To remember.** {idea.remember}")
        else:
            st.caption(":material/bookmark: What to remember stands here after the question.")
        _onward(idea, onward)
        _further(settings, page, ideas, place)
    progress.keep()


def _settings(page: str, ideas: Sequence[Idea], controls: Controls, address: Address) -> PageSettings[str]:
    """Which idea is shown: its key, kept in the address beside what else the lesson keeps there."""
    def read(query: Mapping[str, str]) -> tuple[str, list[str]]:
        wanted, notes = query.get(IDEA) or ideas[0].key, address.read(query)
        if any(idea.key == wanted for idea in ideas):
            return wanted, of_this_version(query) + notes + lesson_values.read(page, wanted, query, controls)
        return ideas[0].key, [f"This lesson has no idea named {wanted[:40]}; it begins at the start.", *notes]

    def write(key: str) -> dict[str, str]:
        return ({} if key == ideas[0].key else {IDEA: key}) | address.write() | lesson_values.write(page, key)

    return PageSettings[str](page, read, write)


def _notes(ideas: Sequence[Idea], place: int) -> Notes:
    """What the teacher reads of an idea."""
    idea, after = ideas[place], ideas[place + 1:place + 2]
    ask = present(idea.ask)[0] if idea.ask else None
    asked, answer = (ask.text, f"{ask.answer}. {ask.reason}") if ask else ("", "")
    return Notes(idea.title, f"{place + 1} of {len(ideas)}", asked, answer, say=idea.remember, click="",
                 next=after[0].title if after else "The end of this lesson.", shown=answered())


def _way(settings: PageSettings[str], page: str, ideas: Sequence[Idea], place: int, controls: Controls) -> None:
    """Where one stands, the ideas by their titles, and next and back, also by Page Down and Page Up."""
    def go(key: str) -> None:
        st.session_state["way/ideas"] = False  # the list closes
        settings.apply(key)

    seen, here = st.session_state[SEEN], ideas[place]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="way"):
        st.button("Back", key="lesson/back", icon=":material/arrow_back:", type="tertiary", shortcut="PageUp",
                  disabled=place == 0, on_click=settings.apply, args=(ideas[max(0, place - 1)].key,))
        with st.popover(f"{place + 1} of {len(ideas)}: {here.title}", key="way/ideas", on_change="rerun", type="tertiary"):
            st.caption(f"{CORE} marks the core, enough for a first way through. :material/check: You have seen it.")
            listed = st.container(gap="xxsmall", key="ideas")
            for i, idea in enumerate(ideas, 1):
                mark = ":material/check:" if (page, idea.key) in seen else ":material/radio_button_unchecked:"
                listed.button(f"{i}. {idea.title}{f' {CORE}' * idea.core}", key=f"way/{idea.key}", icon=mark, on_click=go,
                              type="primary" if idea is here else "tertiary", args=(idea.key,))
        st.button("Next", key="lesson/next", icon=":material/arrow_forward:", icon_position="right", type="tertiary",
                  shortcut="PageDown", disabled=place == len(ideas) - 1, on_click=settings.apply,
                  args=(ideas[min(place + 1, len(ideas) - 1)].key,))
        st.caption(f"{f'{CORE} core · ' * here.core}about {minutes(here.words)} min to read · lesson "
                   f"{minutes(sum(idea.words for idea in ideas))} min", width="content")
        st.button("Share", key="lesson/share", type="tertiary", icon=":material/link:", on_click=lesson_values.share,
                  args=(page, controls), help="Puts the values of the controls in the address: copied, it opens this picture.")
    st.progress((place + 1) / len(ideas))


def _further(settings: PageSettings[str], page: str, ideas: Sequence[Idea], place: int) -> None:
    """To the next idea, or after the last one to the next lesson."""
    with st.container(key="further"):
        if place < len(ideas) - 1:
            following = ideas[place + 1]
            st.button(f"Next idea: {following.title}", key="lesson/further", icon=":material/arrow_forward:",
                      icon_position="right", on_click=settings.apply, args=(following.key,))
            return
        after = [one.page for one in LESSONS].index(page) + 1
        if after < len(LESSONS):
            one = LESSONS[after]
            st.page_link(script(one.place), label=f"Next lesson: {one.title}. {one.sentence}", icon=":material/arrow_forward:")
        else:
            st.page_link(script("home"), label="That was the last lesson. Back to Home", icon=":material/home:")


def _onward(idea: Idea, onward: Callable[[Any], Onward]) -> None:
    """To the same situation elsewhere, and to the engine's own code."""
    if idea.link:
        to = onward(idea.link())
        st.page_link(script(to.page), label=f"The same in the {to.place}", icon=":material/play_circle:", query_params=to.query)
    if idea.code:
        box = st.expander("Show the code: the engine's own functions", key=f"code/{idea.key}", on_change="rerun",
                          icon=":material/code:")
        with box:
            if box.open:
                for function in idea.code:
                    st.code(inspect.getsource(function), language="python")
