"""The demonstration, recorded anew by using the app: examples, the sidebar, the recorder, the editor."""

from ann_core.lab.recorded import write
from tests.pages.test_recorded import EDITOR, field, own_of, press, there
from tests.pages.visit import ok, opened
from ui.recorded.lessons import BUILT_IN, GRADIENT, built_in


def put(page, kind: str, name: str, value):
    """A setting of the sidebar."""
    key = f"lab/set{page.session_state['lab/generation']}/{name}"
    getattr(page, kind)(key=key).set_value(value)
    return ok(page.run())


def activation(page, twin: str, name: str):
    next(group for group in page.get("button_group") if group.label == f"Activation of twin {twin}").set_value(name)
    return ok(page.run())


def without(page, twin: int):
    page.button(key=f"lab/remove{twin}").click()
    return ok(page.run())


def alone(page):
    return without(press(page, "Batch norm"), 1)


def plain_twins(page):
    return put(press(page, "Batch norm"), "toggle", "B/network.batch_norm", False)


def three(page):
    put(alone(page), "slider", "all/depth", 3)


def relu(page):
    activation(plain_twins(page), "B", "relu")


def small(page):
    for twin in "AB":
        activation(plain_twins(page) if twin == "A" else page, twin, "tanh")
    put(put(page, "selectbox", "A/network.initializer", "normal"), "select_slider", "A/network.sigma", 0.1)
    put(page, "selectbox", "B/network.initializer", "glorot_normal")


def large(page):
    without(press(page, "Large weights"), 2)


def again(page):
    press(press(page, "Batch norm"), "Another twin")
    put(put(page, "toggle", "C/network.batch_norm", False), "toggle", "C/network.skip", True)


def edit(page, wanted) -> None:
    """Gives the scene that is edited the words, the question and the pictures of another one."""
    field(page, "kind").set_value("in my own words")
    ok(page.run())
    for name, value in (("title", wanted.title), ("say", wanted.say), ("topic", wanted.topic), ("click", wanted.click),
                        ("ask", wanted.question.ask), ("options", "\n".join(wanted.question.options)),
                        ("pictures", list(wanted.pictures)), ("switches", wanted.switches)):
        field(page, name).set_value(value)
    ok(page.run())
    field(page, f"right{len(wanted.question.options)}").set_value(wanted.question.right)
    ok(page.run())


def test_the_demonstration_can_be_recorded_by_using_the_app():
    wanted = built_in(GRADIENT)
    page = press(opened("gradient_lab"), "Record a lesson")
    for act, scene in zip((three, alone, alone, alone, relu, small, large, again), wanted.scenes, strict=True):
        act(page)
        if scene.moment == 0:
            film = next(box for box in page.selectbox if box.label == "When it is played, its film")
            film.set_value("stands still at its start")
            ok(page.run())
        press(page, "Keep this scene")
    page = ok(there(press(page, "Stop"), EDITOR).run())
    for place, scene in enumerate(wanted.scenes):
        page.button(key=f"recorded/scene/{place}").click()
        edit(ok(page.run()), scene)
    field(page, "lesson").set_value(wanted.title)
    field(page, "aloud").set_value(False)
    ok(page.run())
    assert write(own_of(page)) == BUILT_IN[GRADIENT].read_bytes()
