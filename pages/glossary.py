"""Glossary: every word that is dotted elsewhere, what it means, and the lesson that explains it."""

import streamlit as st

from ui import marking
from ui.glossary import CHAPTERS, GLOSSARY
from ui.page import arrive, script
from ui.path import LESSONS
from ui.settings import without_settings

marking.none()
without_settings("glossary")
arrive("Glossary")
st.title("Glossary", anchor=False)
st.markdown("The words that are dotted on the other pages, in the order in which a beginner meets them. There, a tap on one, "
            "or Enter, shows what it means. With each word stands the lesson that says more.")
LESSON = {lesson.page: lesson for lesson in LESSONS}
with st.container(key="words", gap="small"):
    for word in GLOSSARY:
        if word.name in CHAPTERS:
            st.header(CHAPTERS[word.name], anchor=False)
        page, _, idea = word.more.partition("/")
        meaning, more = st.columns([5, 1], gap="small")
        meaning.markdown(f"**{word.name}**: {word.meaning}")
        more.page_link(script(LESSON[page].place), label=LESSON[page].title, query_params={"idea": idea},
                       icon=LESSON[page].icon, help=f"More in the lesson {LESSON[page].title}")
