"""A recorded lesson on the page where it is edited: its scenes in a list, and one of them with all that can be changed."""

from typing import Any

import streamlit as st

from ann_core import explain
from ann_core.lab.questions import questions
from ann_core.lab.recorded import LONGEST, STAGES, Lesson, Question, Scene, changed, moved
from ui.player.player import player
from ui.player.runs import affordable, recordings
from ui.recorded.lessons import GRADIENT, built_in, is_here, missing, own, take
from ui.recorded.play import SCALE
from ui.text import markdown
from ui.your_data import session

CHOSEN, GENERATION = "recorded/chosen", "recorded/generation"
NONE, GIVEN = "none", "in my own words"


def fresh(lesson: Lesson, chosen: int = 0) -> None:
    """Makes this the visitor's lesson, with fields that show it. Looking at scenes of ours makes none of his own."""
    if own().scenes or lesson != built_in(GRADIENT):
        take(lesson)
    st.session_state[CHOSEN] = min(max(chosen, 0), max(len(lesson.scenes) - 1, 0))
    st.session_state[GENERATION] = st.session_state.get(GENERATION, 0) + 1


def key(name: str) -> str:
    """The key of a field of what is edited now."""
    return f"recorded/edit{st.session_state.get(GENERATION, 0)}/{name}"


def place_in(lesson: Lesson) -> int:
    """Which scene is edited."""
    return min(st.session_state.get(CHOSEN, 0), len(lesson.scenes) - 1)


def scenes(lesson: Lesson, untold: bool) -> None:
    """The scenes by their titles: one is chosen, and goes up, down or away. untold: by those before the answer"""
    place = place_in(lesson)
    with st.container(gap="xxsmall", key="scenes"):
        for i, scene in enumerate(lesson.scenes):
            name = scene.heading(open=untold and scene.question is not None)
            st.button(f"{i + 1}. {markdown(name)}", key=f"recorded/scene/{i}", on_click=fresh, args=(lesson, i),
                      type="primary" if i == place else "tertiary")
    with st.container(horizontal=True, gap="xsmall"):
        for name, icon, by, last in (("Up", "arrow_upward", -1, 0), ("Down", "arrow_downward", 1, len(lesson.scenes) - 1)):
            st.button(name, icon=f":material/{icon}:", type="tertiary", disabled=place == last, on_click=_move,
                      args=(lesson, place, by))
        st.button("Delete", icon=":material/delete:", type="tertiary", on_click=_delete, args=(lesson, place),
                  disabled=len(lesson.scenes) == 1)


def _move(lesson: Lesson, place: int, by: int) -> None:
    fresh(lesson.model_copy(update={"scenes": moved(lesson.scenes, place, by)}), place + by)


def _delete(lesson: Lesson, place: int) -> None:
    fresh(lesson.model_copy(update={"scenes": (*lesson.scenes[:place], *lesson.scenes[place + 1:])}), place)


def fields(scene: Scene) -> Scene:
    """What can be changed of a scene. Returns it as the fields say, or as it was, with the reason, where that is refused."""
    words, asks = st.columns(2, gap="medium")
    title = words.text_input("Title", scene.title, key=key("title"), max_chars=LONGEST["title"])
    say = words.text_area("To say", scene.say, key=key("say"), max_chars=LONGEST["say"], height=110)
    with asks:
        question, topic = _question(scene)
    with words.expander("Film, pictures, controls", key=key("more"), icon=":material/tune:"):
        epochs = scene.runs[0].training.epochs
        moment = st.number_input(f"The film stops at epoch (0: it stands still; empty: it plays to its end, epoch {epochs:,})",
                                 0.0, 1e7, scene.moment, step=1.0, format="%g", key=key("moment"))
        pictures = st.multiselect("Pictures, the first one on top", list(scene.stage.pictures), list(scene.pictures),
                                  format_func=scene.stage.pictures.__getitem__, key=key("pictures"))
        click = st.text_input("To do, for the notes beside the stage", scene.click, key=key("click"),
                              max_chars=LONGEST["click"])
        switches = st.toggle("The activation can be switched on the stage", scene.switches, key=key("switches"))
        controls = st.toggle("The settings can be brought in with the key S", scene.controls, key=key("controls"))
    try:
        return changed(scene, title=title, say=say, topic=topic, question=question(), moment=moment, pictures=tuple(pictures),
                       click=click, switches=switches, controls=controls)
    except ValueError as error:
        where, why = explain(error)[0]
        st.warning(f"**Not changed{f': {where}' if where else ''}.** {markdown(why)}", icon=":material/block:")
        return scene


def _question(scene: Scene) -> tuple[Any, str]:
    """What is asked first: makes the question, or None, and the title until its answer is shown."""
    before = scene.question
    data = session.prepared(scene.runs[0].data) if is_here(scene) else None
    made = {one.key: one for one in questions(scene.runs, scene.names, data)} if is_here(scene) else {}
    if before and before.measured and before.measured not in made:
        return (lambda: before), scene.topic
    kinds = [NONE, GIVEN, *made]
    usual = NONE if before is None else before.measured or GIVEN
    kind = st.selectbox("A question before it", kinds, kinds.index(usual), key=key("kind"),
                        format_func=lambda one: f"Worked out: {made[one].text}" if one in made else one.capitalize())
    if kind == NONE:
        return (lambda: None), scene.topic
    topic = st.text_input("Title until the answer is shown", scene.topic, key=key("topic"), max_chars=LONGEST["title"],
                          placeholder="Before you look")
    if kind in made:
        st.caption(f"Answers: {markdown('; '.join(made[kind].options))}. Which one is right is worked out from these very runs "
                   "when it is shown.")
        return (lambda: Question(measured=kind)), topic
    given = before if before and not before.measured else None
    ask = st.text_input("The question", given.ask if given else "", key=key("ask"), max_chars=LONGEST["ask"])
    written = st.text_area("Two to four answers, each on a line of its own", "\n".join(given.options) if given else "",
                           key=key("options"), height=110)
    options = tuple(line.strip() for line in written.splitlines() if line.strip())
    usual_right = given.right if given and given.right is not None and given.right < len(options) else 0
    right = st.selectbox("The right one", range(len(options)), usual_right, format_func=lambda i: options[i],
                         key=key(f"right{len(options)}")) if options else None
    if not ask or len(options) < 2:
        st.caption("The scene asks as soon as there is a question with two answers.")
        return (lambda: before), topic
    return (lambda: Question(ask=ask, options=options, right=right)), topic


def preview(lesson: Lesson, scene: Scene) -> None:
    """What the scene asks, and how it plays once its answer is shown."""
    if not is_here(scene):
        for note in missing(lesson.model_copy(update={"scenes": (scene,)})):
            st.info(markdown(note), icon=":material/table:")
        return
    deep = scene.page == "gradient_lab"
    runs = recordings("recorded", scene.runs, session.prepared, in_depth=deep, for_all=session.for_all)
    if scene.question:
        st.caption(f"It asks: **{markdown(asked(scene), about_networks=True)}**")
    with st.container(key="lesson_film"):
        player(runs, key="recorded_film", names=scene.names, pictures=scene.pictures, stop_at=scene.moment,
               autoplay=affordable(scene.runs) and scene.moment != 0, headline=deep, scripted=True,
               gradient_range=SCALE if deep else None)
    st.caption(f"The scene as it plays on the page {STAGES[scene.page].title}, after its answer.")


def asked(scene: Scene) -> str:
    """Its question, also one that is worked out from its runs."""
    if scene.question and not scene.question.measured:
        return scene.question.ask
    data = session.prepared(scene.runs[0].data)
    return next((one.text for one in questions(scene.runs, scene.names, data)
                 if scene.question and one.key == scene.question.measured), "")
