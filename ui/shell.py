"""The script that Streamlit runs: navigation, the page's frame, the style sheet. Then the chosen page."""

import streamlit as st

from ui.assets import ROOT
from ui.lesson import of_group
from ui.page import script

# section -> pages: (name in pages/, title, icon). A new page is one more row.
PAGES = {
    "": [("home", "Home", ":material/home:")],
    "Play": [("play/playground", "Playground", ":material/play_circle:"),
             ("play/gradient_lab", "Gradient lab", ":material/waterfall_chart:"),
             ("play/your_data", "Your data", ":material/table_view:"), ("play/search", "Search", ":material/manage_search:"),
             ("play/compare", "Compare", ":material/stacked_line_chart:")],
    **{group.capitalize(): [(lesson.place, lesson.title, lesson.icon) for lesson in of_group(group)]
       for group in ("learn", "architectures")},
}

st.set_page_config(page_title="Neural playground", page_icon=str(ROOT / "icon.svg"), layout="wide")
st.html(ROOT / "style.css")
st.logo(ROOT / "icon.svg", size="large")

sections = {
    section: [st.Page(script(name), title=title, icon=icon) for name, title, icon in pages]
    for section, pages in PAGES.items()
}
page = st.navigation(sections)
page.run()
