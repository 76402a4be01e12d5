"""The Gradient lab without a browser: twins, openers, cures, questions, the demonstration, refusals."""

import pytest
from streamlit.testing.v1 import AppTest

from ann_core import start
from ann_core.clinic.cures import CURES
from ann_core.film.wire import unpack
from ann_core.lab.twin_openers import LAB_OPENERS
from ann_core.lab.twins import DEFAULT, check, from_query
from tests.pages.visit import gone, ok, opened, plain, said
from ui.lab.telling import BEFORE
from ui.recorded.lessons import GRADIENT, built_in


def lab(**query) -> AppTest:
    return opened("gradient_lab", **query)


def twins(page):
    return check(page.session_state["lab/settings"])


def key(page, name: str) -> str:
    return f"lab/set{page.session_state['lab/generation']}/{name}"


def sent(page) -> dict:
    """The header of the last message to the player."""
    message = next(part.proto.bytes for part in page.get("bidi_component") if part.proto.component_name == "film_player")
    return unpack(message)[0]


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key(page, name)).set_value(value)
    return ok(page.run())


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return ok(page.run())


def recordings(page):
    return page.session_state["lab/recordings"]


def address(page) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in page.query_params.items()}


def test_it_opens_on_ten_layers_sigmoid_against_relu():
    page = lab()
    assert twins(page) == DEFAULT and address(page) == {} and not page.warning
    assert [recording.config for recording in recordings(page)] == list(DEFAULT)


def test_a_twins_activation_changes_that_twin_only_and_the_other_goes_on():
    page = lab()
    first, second = recordings(page)
    assert "The usual one for this activation: Xavier/Glorot." in [text.value for text in page.sidebar.caption]
    choose(page, "segmented_control" if hasattr(page, "segmented_control") else "button_group", "A/all_activations", "tanh")
    assert {layer.activation for layer in twins(page)[0].network.layers} == {"tanh"}
    assert recordings(page)[1] is second and recordings(page)[0] is not first
    choose(page, "segmented_control" if hasattr(page, "segmented_control") else "button_group", "A/all_activations", "relu")
    said = [text.value for text in page.sidebar.caption]
    assert said.count("The usual one for this activation: He/Kaiming.") == 2, "at once, not with the next run"
    assert from_query(address(page)) == (twins(page), [])


@pytest.mark.parametrize("kind,name,value,of", [
    ("selectbox", "A/network.initializer", "he_normal", lambda t: t.network.initializer),
    ("toggle", "A/network.batch_norm", True, lambda t: t.network.batch_norm),
    ("toggle", "A/network.skip", True, lambda t: t.network.skip),
    ("select_slider", "A/training.learning_rate", 0.3, lambda t: t.training.learning_rate),
    ("selectbox", "A/training.optimizer", "adam", lambda t: t.training.optimizer),
    ("select_slider", "A/training.clip_norm", 1.0, lambda t: t.training.clip_norm),
    ("selectbox", "A/data.scaling", "none", lambda t: t.data.scaling)])
def test_own_settings_stay_own(kind, name, value, of):
    page = choose(lab(), kind, name, value)
    assert of(twins(page)[0]) == value and of(twins(page)[1]) != value
    assert from_query(address(page)) == (twins(page), [])


@pytest.mark.parametrize("kind,name,value,of", [
    ("selectbox", "all/data.source", "circles", lambda t: t.data.source),
    ("slider", "all/data.noise", 0.3, lambda t: t.data.noise),
    ("slider", "all/depth", 3, lambda t: len(t.network.layers)),
    ("slider", "all/units", 5, lambda t: t.network.layers[1].units),
    ("select_slider", "all/training.batch_size", 8, lambda t: t.training.batch_size),
    ("select_slider", "all/training.epochs", 50, lambda t: t.training.epochs),
    ("number_input", "all/seed", 7, lambda t: t.seed),
    ("toggle", "all/many", True, lambda t: t.seeds > 1)])
def test_shared_settings_reach_every_twin(kind, name, value, of):
    page = choose(lab(), kind, name, value)
    assert [of(twin) for twin in twins(page)] == [value, value]
    assert [twin.network.layers[0].activation for twin in twins(page)] == ["sigmoid", "relu"]


def test_the_first_weights_can_be_the_same_in_all():
    page = choose(lab(), "toggle", "all/same", True)
    thetas = [start(twin).state.theta for twin in twins(page)]
    assert (thetas[0] == thetas[1]).all() and twins(page)[1].network.layers[0].activation == "relu"
    page = choose(choose(page, "selectbox", "A/network.initializer", "normal"), "select_slider", "A/network.sigma", 0.1)
    assert {(twin.network.initializer, twin.network.sigma) for twin in twins(page)} == {("normal", 0.1)}
    page = choose(choose(page, "toggle", "all/same", False), "selectbox", "B/network.initializer", "he_normal")
    assert [twin.network.initializer for twin in twins(page)] == ["normal", "he_normal"]


def test_depth_sixty_four_with_every_seed_is_refused_or_runs_but_never_fails():
    page = choose(lab(), "slider", "all/depth", 64)
    assert len(twins(page)[0].network.layers) == 64
    choose(page, "slider", "all/units", 128)
    assert page.warning and "parameters" in plain(page.warning[0].value) and twins(page)[0].network.layers[0].units == 10


def test_a_third_and_fourth_twin_come_and_go():
    page = press(press(lab(), "Another twin"), "Another twin")
    assert len(twins(page)) == 4 and next(b for b in page.button if b.label == "Another twin").disabled
    page.button(key="lab/remove1").click()
    ok(page.run())
    assert [t.network.layers[0].activation for t in twins(page)] == ["sigmoid", "relu", "relu"]


@pytest.mark.parametrize("opener", LAB_OPENERS.values(), ids=lambda opener: opener.key)
def test_openers_set_their_scene(opener):
    page = press(lab(twins="1"), opener.label)
    assert twins(page) == opener.twins
    assert [b.label for b in page.main.button if b.proto.type == "primary"] == [opener.label]


def test_cures_show_what_they_do_and_switch_it_on():
    page = lab()
    page.session_state["lab/cures"] = True
    ok(page.run())
    shown = " ".join(text.value for text in page.main.markdown)
    switches = {t.label for t in page.main.toggle} | {b.label for b in page.main.button}
    assert {cure.label for cure in CURES.values()} <= switches
    assert "→" in shown
    page.toggle(key=key(page, "A/cure/batch_norm")).set_value(True)
    ok(page.run())
    assert twins(page)[0].network.batch_norm and not twins(page)[1].network.batch_norm
    page.toggle(key=key(page, "A/cure/batch_norm")).set_value(False)
    assert not twins(ok(page.run()))[0].network.batch_norm


def test_a_cure_renames_a_twin_and_it_stays_the_chosen_one():
    def which(page):
        return next(box for box in page.main.selectbox if box.label == "Of which twin")

    page = lab()
    page.session_state["lab/cures"] = True
    before = which(ok(page.run()))
    before.set_value(1)
    ok(page.run())
    page.toggle(key=key(page, "B/cure/batch_norm")).set_value(True)
    after = which(ok(page.run()))
    assert twins(page)[1].network.batch_norm and after.value == 1
    assert after.options != before.options and after.id != before.id  # the browser would go on to send the words before


def test_inside_the_layers_opens_for_any_run():
    page = lab()
    page.session_state["lab/inside"] = True
    ok(page.run())
    assert len(page.main.dataframe) == 1 and list(page.main.dataframe[0].value["layer"])[:2] == ["layer 1", "layer 2"]


def test_networks_that_wait_for_a_press_can_be_told_about_too():
    page = lab(**{"v": "1", "twins": "2", "seeds": "32", "training.epochs": "5000"})
    assert "they wait for you" in said(page) and not sent(page)["autoplay"] and not sent(page)["headline"]
    assert sent(press(page, "Tell me"))["headline"]


def test_each_example_asks_before_it_tells():
    page = lab()
    for opener in LAB_OPENERS.values():
        page = press(page, opener.label)
        assert opener.question.endswith("?") and opener.question in plain(said(page))
        assert opener.sentence not in said(page) and not sent(page)["headline"]
        assert sent(page)["pictures"] == list(BEFORE) and sent(page)["narration"]["gradient"] is False, "nothing tells it"
        page = press(page, "Tell me")
        assert opener.sentence in said(page) and opener.question not in plain(said(page)) and sent(page)["headline"]
        assert "gradient" in sent(page)["pictures"] and not sent(page)["unexplained"]
    choose(page, "slider", "all/depth", 3)
    assert sent(page)["headline"], "what a switch did to these networks is told"


def test_predicting_hides_the_answer_until_one_is_given():
    page = lab()
    page.session_state["lab/cures"] = True
    page = press(press(page, "Tell me"), "Predict first")
    assert LAB_OPENERS["ten"].sentence not in said(page) and not page.main.expander, "nor what the cures would show"
    options = [b for b in page.main.button if str(b.key).startswith("lab/predict/") and b.label not in ("Skip",)]
    assert len(options) >= 2
    options[0].click()
    ok(page.run())
    read = [plain(text.value) for text in page.main.markdown]
    assert any("sigmoid" in text and ("Right" in text or "It is" in text) for text in read)
    assert "gradient" in sent(page)["pictures"], "who has answered sees it"
    page = press(press(page, "Another question"), "Skip")
    assert not any(str(b.key).startswith("lab/predict/") for b in page.main.button)


def test_every_question_of_the_opening_twins_is_answered_by_the_run_itself():
    page = press(lab(), "Predict first")
    seen = set()
    for _ in range(20):
        question = page.main.markdown[0].value
        if question in seen:
            break
        seen.add(question)
        next(b for b in page.main.button if str(b.key).startswith("lab/predict/")).click()
        page = press(ok(page.run()), "Another question")
    assert len(seen) >= 4


def test_the_demonstration_goes_through_its_scenes():
    page = press(lab(), "Demonstration")
    scenes = built_in(GRADIENT).scenes
    for place, scene in enumerate(scenes):
        assert twins(page) == scene.value and page.session_state["stage/present"]
        said = [plain(text.value) for text in page.main.markdown]
        assert f"# {scene.topic}" in said and scene.question.ask in said
        assert not any(scene.title in text for text in said)
        assert sent(page)["veiled"] and not sent(page)["autoplay"] and sent(page)["poll"]["right"] is None
        page = press(page, "Reveal")
        assert f"# {scene.title}" in [plain(text.value) for text in page.main.markdown]
        if place < len(scenes) - 1:
            page = press(page, "Next")
    page = press(page, "Back")
    assert twins(page) == scenes[-2].value and any(b.label == "Next" for b in page.button), "answered stays answered"
    page = press(press(page, "End"), "Demonstration")
    assert any(b.label == "Reveal" for b in page.button)


def test_a_scene_with_other_settings_does_not_keep_a_title_that_is_no_longer_true():
    page = press(press(lab(), "Demonstration"), "Reveal")
    choose(page, "slider", "all/depth", 12)
    topic = built_in(GRADIENT).scenes[0].topic
    assert f"# {topic}, with your own settings" in [plain(text.value) for text in page.main.markdown]


@pytest.mark.parametrize("query", [{"twins": "3", "B.training.learning_rate": "nan"}, {"B.network.layers": "999-x"},
                                   {"nonsense": "1"}])
def test_bad_links_open_with_a_note(query):
    page = lab(**query)
    assert page.info and check(twins(page))


def test_leaving_and_coming_back_keeps_both_pages_settings():
    page = choose(lab(), "slider", "all/depth", 4)
    gone(gone(page, "play/playground"), "play/gradient_lab")
    assert len(twins(page)[0].network.layers) == 4


def test_a_refused_setting_and_another_depth_together_are_refused_kindly():
    page = press(lab(), "Batch norm")
    choose(page, "select_slider", "all/training.batch_size", 1)
    assert page.warning
    choose(page, "slider", "all/depth", 5)
    assert page.warning and len(twins(page)[0].network.layers) == 10


def test_an_answer_to_a_question_that_has_changed_is_forgotten():
    page = press(lab(), "Predict first")
    [b for b in page.main.button if str(b.key).startswith("lab/predict/") and b.label != "Skip"][-1].click()
    choose(ok(page.run()), "slider", "all/depth", 1)
    assert not any("You said" in text.value or "Right" in text.value for text in page.main.markdown)


def test_an_open_question_does_not_follow_into_the_demonstration():
    page = press(press(lab(), "Predict first"), "Demonstration")
    assert not any(str(b.key).startswith("lab/predict/") for b in page.main.button)


def test_the_presenter_view_ends_with_its_page():
    page = press(lab(), "Demonstration")
    gone(gone(page, "play/playground"), "play/gradient_lab")
    assert any(button.label == "Demonstration" for button in page.button)


def predicted(page):
    """The first option of the open question."""
    next(b for b in page.main.button if str(b.key).startswith("lab/predict/")).click()
    return ok(page.run())


def test_an_answer_to_one_example_is_none_to_another_that_asks_the_same():
    page = predicted(press(press(lab(), "Skips"), "Predict first"))
    assert sent(page)["headline"] and not sent(page)["veiled"]
    page = press(page, "Skips, ReLU")
    assert not sent(page)["headline"] and sent(page)["veiled"] and sent(page)["pictures"] != list(BEFORE)


def test_a_guess_is_answered_and_stays_so_after_a_prediction():
    ten = LAB_OPENERS["ten"]
    page = press(lab(), ten.guess.options[0])
    verdict = f"**Not quite:** {ten.guess.options[ten.guess.right]}. {ten.sentence}"
    assert verdict in plain(said(page)) and sent(page)["headline"]
    page = press(predicted(press(page, "Predict first")), "Close")
    assert verdict in plain(said(page))
