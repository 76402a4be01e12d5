"""The lesson "Backpropagation" without a browser: every idea, every control, the curriculum's numbers as shown, bad input."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.lessons.backprop_presets import PRESETS
from tests.pages.visit import coming, figures, formula, metrics, ok, opened, plain, read

IDEAS = ("forward", "backward", "chain", "matrix", "update", "xor", "playground", "worksheet")


def at(idea: str, preset: str = "exam", **session) -> AppTest:
    page = coming("backprop", idea=idea, preset=preset)
    for name, value in session.items():
        page.session_state[name.replace("__", "/")] = value
    page.session_state["lesson/answered"] = {("backprop", idea)}
    return ok(page.run())


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=f"backprop/{key}").click()
    return ok(page.run())


def said(page: AppTest) -> str:
    parts = [str(e.value) for kind in ("markdown", "latex", "caption", "info", "warning") for e in getattr(page.main, kind)]
    return " ".join([*parts, *(table.value.to_string() for table in page.main.table)]).replace("−", "-")


def number(page: AppTest, name: str) -> str:
    """The key of a number's field."""
    return f"backprop/number/{page.session_state['backprop/work'].draws}/{name}"


def derivatives(page: AppTest) -> dict[str, str]:
    frame = page.main.table[0].value
    return {row["number"]: row["derivative ∂L/∂…"] for _, row in frame.iterrows()}


def answers(page: AppTest, idea: str) -> list:
    return [button for button in page.main.button if re.fullmatch(rf"backprop/{idea}/ask/\d", str(button.key))]


def close(shown: str, stated: str) -> bool:
    """Equal to the digits given."""
    return abs(read(shown) - float(stated)) <= 0.51 * 10.0 ** -len(stated.partition(".")[2])


@pytest.mark.parametrize("idea", IDEAS)
def test_every_idea_has_its_parts_and_one_right_answer(idea):
    page = at(idea)
    assert page.main.latex and page.main.metric and figures(page)
    assert any("To remember." in text.value and len(text.value) > 60 for text in page.main.markdown)
    verdicts = []
    for i in range(len(answers(page, idea))):
        answers(page, idea)[i].click()
        ok(page.run())
        verdicts.append(any("check_circle: Right" in text.value for text in page.main.markdown))
        page.session_state[f"backprop/{idea}/ask"].to = ()
        ok(page.run())
    assert len(verdicts) >= 2 and sum(verdicts) == 1


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("idea", ["forward", "backward", "chain", "matrix", "update", "worksheet"])
def test_every_example_opens_in_every_idea(idea, preset):
    page = at(idea, preset)
    assert any(PRESETS[preset].sentence in caption.value for caption in page.main.caption)


FORWARD = {
    "exam": {"z₁": "1.151", "a₁": "0.7597", "z₂": "0.045194", "a₂": "0.511297", "target − answer": "0.488703"},
    "two_inputs": {"a₁": "0.68027", "a₂": "0.66374", "a₃": "0.69028"},
    "relu_log_loss": {"z₁": "1.1", "z₂": "-1.7", "a₁": "1.1", "a₂": "0", "z₃": "0.82", "a₃": "0.694236", "L": "0.364943"}}
BACKWARD = {
    "exam": {"w₄": "-0.0927688", "b₂": "-0.1221135", "w₁": "-0.0423566", "w₂": "-0.0017834", "w₃": "-0.0017834"},
    "two_inputs": {"z₃": "0.040681", "z₁": "0.0026545", "z₂": "0.0081716"},
    "relu_log_loss": {"z₃": "-0.305764", "w₅": "-0.336340", "w₆": "0", "z₁": "-0.214035", "z₂": "0", "w₁": "-0.214035",
                      "w₂": "-0.428069", "w₃": "0", "w₄": "0"}}


@pytest.mark.parametrize("preset", FORWARD)
def test_numbers_of_the_curriculum_are_shown(preset):
    shown = metrics(click(at("forward", preset), "forward/all"))
    for name, stated in FORWARD[preset].items():
        assert close(shown[name], stated), (name, shown[name])
    page = click(at("backward", preset), "backward/all")
    for name, stated in BACKWARD[preset].items():
        assert close(derivatives(page)[name], stated), (name, derivatives(page)[name])
    assert set(page.main.table[0].value["agree"]) == {"yes"}
    assert PRESETS[preset].note in [info.value for info in page.main.info]


def test_one_step_gives_the_weights_of_the_curriculum():
    page = at("update", "two_inputs")
    for stated in ("0.272326", "0.872998", "0.0990709", "0.797611", "0.39714", "0.592646"):
        assert f"={stated}" in page.main.latex[0].value
    assert close(metrics(page)["next answer"], "0.682019")
    assert close(metrics(click(page, "step"))["answer"], "0.682019")


def test_three_factors_vanish():
    words = said(at("chain", "three_in_a_row"))
    for stated in ("0.2350", "0.2440", "0.2448", "0.122433", "0.122021", "0.0035108"):
        assert stated in words, stated


def test_two_paths_add_up_and_can_be_walked_one_by_one():
    page = at("chain", "two_paths")
    shown = metrics(page)
    assert read(shown["path 1"]) + read(shown["path 2"]) == pytest.approx(read(shown["sum = ∂L/∂w₁"]), abs=1e-6)
    click(page, "chain/w1/on")
    assert "P_{1}" in said(page) and "P_{2}" not in said(page)
    click(page, "chain/w1/on")
    assert "P_{2}" in said(page) and "P_{1}" not in said(page)


def test_an_edited_number_goes_through_the_whole_page():
    page = at("forward")
    page.text_input(key=number(page, "x1") + "/text").set_value("100")
    assert metrics(ok(page.run()))["z₁"] == "1.201"
    page.button(key="way/backward").click()
    assert page.text_input(key=number(page, "x1") + "/text").value == "100" if ok(page.run()) else False


def test_the_question_on_a_nudge_is_acted_out_on_the_loss():
    page = at("forward")
    page.button(key="backprop/forward/ask/show").click()
    first = metrics(ok(page.run()))["L"]
    assert f"The loss is {first} now." in said(page), "what is asked about is in sight"
    page.session_state["backprop/value/forward/nudge"] = 0.01
    nudged = metrics(ok(page.run()))
    assert nudged["L"] != first and f"becomes {nudged['L']}" in said(page), "the reason names the loss that the picture reaches"
    assert page.text_input(key=number(page, "w1") + "/text").value == "0.01", "the network itself stays as it is"


def test_the_new_weights_stand_there_after_the_question():
    before, after = opened("backprop", idea="update"), at("update")
    assert metrics(before)["next loss"] == "?" != metrics(after)["next loss"]
    assert formula(before).count("=?") == 6 and "=?" not in formula(after), "one for each of the six parameters"


@pytest.mark.parametrize("bad", ["2e6", "nan", "inf", ""])
def test_a_bad_number_keeps_the_last_good_one(bad):
    page = at("forward")
    page.text_input(key=number(page, "x1") + "/text").set_value(bad)
    assert metrics(ok(page.run()))["z₁"] == "1.151" and page.session_state[number(page, "x1")] == 95


def test_a_target_that_does_not_suit_the_loss_is_refused_at_its_field():
    page = at("forward", "relu_log_loss")
    page.text_input(key=number(page, "y") + "/text").set_value("3")
    ok(page.run())
    assert "stays as it was" in page.warning[0].value and page.session_state[number(page, "y")] == 1


def test_xor_is_trained_on_a_click():
    page = at("xor")
    assert metrics(page)["epoch"] == "0"
    shown = metrics(click(page, "train"))
    assert shown["corners right"] == "4 of 4" and shown["epoch"] == "10,000" and read(shown["mean squared error"]) < 0.004


def test_a_network_of_the_playground_has_the_engines_gradient():
    config = RunConfig.model_validate({"data": {"source": "xor"}, "network": {"layers": ({"units": 2},)}})
    page = at("playground", playground__recordings=[Recording(config)])
    assert not page.info and read(metrics(page)["largest difference from the engine"]) < 1e-12
    click(page, "use")
    page.button(key="way/forward").click()
    assert "A network of the Playground" in said(ok(page.run()))


def test_a_large_network_is_refused_in_a_sentence():
    config = RunConfig.model_validate({"network": {"layers": ({"units": 9},)}})
    page = at("playground", playground__recordings=[Recording(config)])
    assert "at most 4 layers" in plain(page.info[0].value) and page.main.metric


def test_sheets_differ_and_unknown_examples_are_said():
    page = at("worksheet")
    before = metrics(page)
    page.text_input(key="backprop/value/sheet/text").set_value("2")
    assert metrics(ok(page.run())) != before and len(page.get("download_button")) == 3
    assert "no example named" in at("forward", "nothing").info[0].value
