"""Your lesson: what was recorded on the pages with runs, to be edited, played, saved and shared."""

import streamlit as st

from ann_core.lab import recorded_link
from ann_core.lab.recorded import LONGEST, MAX_BYTES, Lesson, read, write
from ui.page import script, title
from ui.recorded import editor, kept
from ui.recorded.lessons import GRADIENT, NOTES, YOURS, built_in, own, take
from ui.recorded.stage import COMING, LESSON, TIMES, begun
from ui.settings import without_settings
from ui.text import markdown

FILE = "recorded/file"
EXAMPLE = ("A lesson is a row of scenes: a question, then a film that answers it. **Nothing has been recorded yet**, so here "
           "is one of ours: press *Play*, or change it. For one of your own press *Record a lesson* in the Playground or the "
           "Gradient lab, and keep what is worth showing, scene by scene.")
LIVES = "This browser keeps your lesson until you begin another one. To have it elsewhere, save its file."
TOO_LONG = "This lesson is too long for the browser to keep: save its file, or it is gone with this tab."


def load() -> None:
    """Opens a file of a lesson; whatever of it cannot be used is said."""
    given = st.session_state.get(FILE)
    if given is None:
        return
    try:
        lesson, st.session_state[NOTES] = read(given.getvalue())
        editor.fresh(lesson)
    except ValueError as reason:
        st.session_state[NOTES] = [str(reason)]


def link(lesson: Lesson) -> None:
    """Its address, if it is short enough."""
    code = recorded_link.written(lesson)
    if not recorded_link.fits(code):
        st.caption(f"Too long for a link: {len(code):,} signs, and addresses of more than {recorded_link.MOST:,} do not arrive "
                   "everywhere. Save the file and pass that on.")
        return
    here = (st.context.url or "").rpartition("/")[0]
    st.caption("Whoever opens this address plays the lesson.")
    st.code(f"{here}/{lesson.scenes[0].page}?{LESSON}={code}", language=None, wrap_lines=True)


without_settings("lesson")
title("Your lesson")
example = not own().scenes
lesson = built_in(GRADIENT) if example else own()
st.caption(EXAMPLE if example else LIVES if kept.text(lesson) else TOO_LONG)
acts = st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson_acts")
for note in st.session_state.get(NOTES, []):
    st.warning(markdown(note), icon=":material/block:")
whole, one = st.columns([2, 5], gap="medium")
film, words = one.tabs(["The scene plays", "Words, question, pictures"])
name = whole.text_input("Title of the lesson", lesson.title, key=editor.key("lesson"), max_chars=LONGEST["title"])
listed = whole.container()
wanted = {"title": " ".join(name.split()) or lesson.title,
          "aloud": whole.toggle("Words on the stage", lesson.aloud, key=editor.key("aloud"),
                                help="What is to be said stands under the question once its answer is shown. Off: only in the "
                                     "notes, key T.")}
place = editor.place_in(lesson)
with words.container(key="lesson_scene"):
    scene = editor.fields(lesson.scenes[place])
edited = lesson.model_copy(update={**wanted, "scenes": (*lesson.scenes[:place], scene, *lesson.scenes[place + 1:])})
if edited != lesson:
    take(edited)
with listed:
    editor.scenes(edited, untold=edited == built_in(GRADIENT))
with acts:
    if st.button("Play", type="primary", icon=":material/slideshow:", key="recorded/play"):
        st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
        st.session_state[COMING], st.session_state[NOTES] = begun(GRADIENT if example and edited == lesson else YOURS)
        if coming := st.session_state[COMING]:
            st.switch_page(script(f"play/{coming.scene.page}"))
    st.download_button("Save file", lambda: write(edited), "lesson.json", "application/json", icon=":material/download:",
                       on_click="ignore", key="recorded/save")
    with st.popover("Open another", icon=":material/folder_open:"):
        st.file_uploader("A lesson that was saved here", type="json", key=FILE, on_change=load,
                         max_upload_size=MAX_BYTES // 10**6)
        st.button("Begin a new one, and let this one go", icon=":material/delete:", key="recorded/new", type="tertiary",
                  on_click=editor.fresh, args=(Lesson(),), disabled=example)
    with st.popover("Link", icon=":material/link:"):
        link(edited)
with film:
    editor.preview(edited, scene)
kept.keep()
