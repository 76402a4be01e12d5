"""The script that Streamlit runs: navigation, the page's frame, the style sheet. Then the chosen page."""

import streamlit as st

from ui import marking
from ui.aloud import aloud
from ui.assets import ROOT
from ui.desk import WINDOW, notes_window
from ui.page import APP, script
from ui.path import of_group

# section -> pages: (name in pages/, title, icon). A new page is one more row.
PAGES = {
    "": [("home", "Home", ":material/home:"), ("glossary", "Glossary", ":material/menu_book:")],
    "Play": [("play/playground", "Playground", ":material/play_circle:"),
             ("play/gradient_lab", "Gradient lab", ":material/waterfall_chart:"),
             ("play/your_data", "Your data", ":material/table_view:"), ("play/search", "Search", ":material/manage_search:"),
             ("play/compare", "Compare", ":material/stacked_line_chart:"), ("play/clinic", "Clinic", ":material/stethoscope:"),
             ("play/puzzles", "Puzzles", ":material/extension:")],
    **{group.capitalize(): [(lesson.place, lesson.title, lesson.icon) for lesson in of_group(group)]
       for group in ("learn", "architectures")},
    "Teach": [("play/lesson", "Your lesson", ":material/videocam:"), ("play/check", "Check", ":material/fact_check:")],
}

# Before the navigation: the browser would fetch the pages' own icons from elsewhere.
st.set_page_config(APP, str(ROOT / "icon.svg"), layout="wide")
st.html(ROOT / "style.css")
st.logo(ROOT / "icon.svg", size="large")

sections = {
    section: [st.Page(script(name), title=title, icon=icon) for name, title, icon in pages]
    for section, pages in PAGES.items()
}
desk = WINDOW in st.query_params
page = st.navigation(sections, position="hidden" if desk else "sidebar", expanded=True)
aloud()
marking.begin()
if desk:
    notes_window()
else:
    page.run()
