"""Glossary: every word that is dotted elsewhere, what it means, and the lesson that explains it."""

import streamlit as st

from ui import marking
from ui.glossary import GLOSSARY
from ui.lesson import LESSONS
from ui.page import arrive, script
from ui.settings import without_settings

marking.none()
without_settings("glossary")
arrive("Glossary")
st.title("Glossary", anchor=False)
st.markdown("The words that are dotted on the other pages, in the order in which a beginner meets them. There, a tap on one, "
            "or Enter, shows what it means.")
LESSON = {lesson.page: lesson for lesson in LESSONS}
with st.container(key="words", gap="small"):
    for word in GLOSSARY:
        page, _, idea = word.more.partition("/")
        with st.container(gap=None):
            st.markdown(f"**{word.name}**: {word.meaning}")
            st.page_link(script(LESSON[page].place), label=f"More in the lesson {LESSON[page].title}",
                         query_params={"idea": idea}, icon=LESSON[page].icon)
