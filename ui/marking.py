"""Words of the glossary are links where a page first uses them: dotted, with their meaning one tap or one key away. In the
sidebar they stand in labels, where no link may be: there the control's help has their meaning.

Streamlit's Markdown lets a link to a part of the page through as it is, so `[unit](#word-unit)` needs no HTML, and text that
came from a visitor stays as it is escaped. The browser hears the tap (`assets/glossary`).
"""

import re

import streamlit as st
from streamlit import delta_generator
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.assets import mounted
from ui.glossary import BY_FORM, GLOSSARY, Word, pattern
from ui.path import LESSONS

MET = "glossary/met"
"""In the session: at which place of the page each word stood first. Begun anew whenever the whole page runs."""
MAIN = 0
"""The page itself, in a message's place; the sidebar is another number."""
CONTROLS = ("slider", "selectbox", "number_input", "checkbox", "multiselect", "button_group")
"""Of the kinds of elements those whose labels are explained."""
_WORD = pattern()
_AS_IT_IS = re.compile(r"(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|!?\[[^\]]*\]\([^)]*\)|:[\w/-]+:|:[\w-]+\[|^\#+ [^\n]*)",
                       re.DOTALL | re.MULTILINE)
"""Code, formulas, links, icons, headings: nothing is marked in them."""
TITLES = {lesson.page: lesson.title for lesson in LESSONS}
TOLD = [{"key": word.key, "name": word.name, "forms": word.forms, "meaning": word.meaning,
         "lesson": TITLES[word.more.partition("/")[0]], "more": word.more.replace("/", "?idea=")} for word in GLOSSARY]
"""The words as they travel to the browser."""
HREF = "#word-"
"""What the links lead to."""

Place = tuple[int, ...]
_component = mounted("glossary", "glossary/index.js")


def begin() -> None:
    """The page runs from its start. Gives the browser the meanings."""
    st.session_state[MET] = {}
    _component(key="glossary", data={"words": TOLD})


def none() -> None:
    """This page marks nothing, in a run of it: it is the glossary itself."""
    st.session_state[MET] = None


def marked(text: str, place: Place, met: dict[str, Place]) -> str:
    """A text in Markdown in which each word that no earlier place has is a link, once. met: by word, where it was first;
    brought up to date"""
    here: set[str] = set()

    def link(found: re.Match[str]) -> str:
        word = _word(found.group())
        if word is None or word.key in here or met.get(word.key, place) < place:
            return found.group()
        here.add(word.key)
        met[word.key] = place
        return f"[{found.group()}]({HREF}{word.key})"

    parts = _AS_IT_IS.split(text)
    return "".join(part if i % 2 else _WORD.sub(link, part) for i, part in enumerate(parts))


def _word(found: str) -> Word | None:
    """Letters that only look alike without their case, as ı and i do, make no word of ours."""
    return BY_FORM.get(found.lower())


def explain(element: Element) -> None:
    """What the words in a control's label mean, below its help: where there are only controls, no text could be marked."""
    kind = element.WhichOneof("type")
    if kind in CONTROLS:
        control = getattr(element, kind)
        words = dict.fromkeys(word for found in _WORD.findall(control.label) if (word := _word(found)))
        control.help = "\n\n".join([*filter(None, [control.help]), *(f"**{word.name}**: {word.meaning}" for word in words)])


def guard() -> None:
    """Marks what pages of this process write in Markdown, and explains their controls. Called once, before any visitor."""
    send = delta_generator._enqueue_message

    def send_marked(msg: ForwardMsg) -> None:
        element, place, met = msg.delta.new_element, tuple(msg.metadata.delta_path), st.session_state.get(MET)
        if met is not None and place[0] != MAIN:
            explain(element)
        elif met is not None and element.HasField("markdown") and not element.markdown.allow_html:
            element.markdown.body = marked(element.markdown.body, place, met)
        send(msg)

    delta_generator._enqueue_message = send_marked
