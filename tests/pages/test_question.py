"""The question of every idea of every lesson: the answer stands there afterwards only, options have their own words."""

import inspect
import re
from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons.ask import Ask
from ann_core.lessons.backprop_presets import PRESETS
from tests.pages.test_lesson_form import PAGES, ideas
from tests.pages.visit import ROOT, answered, figures, ok, opened
from ui.question import BETWEEN, moments

WALK = [(page, idea) for page in PAGES for idea in ideas(page)]
VEILED = {
    ("neuron", "bias"): "without, at most 10", ("neuron", "threshold"): "decides at 0.5",
    ("neuron", "tables"): "best that any line can do 4 of 4", ("neuron", "slope"): "positive: make w smaller",
    ("neuron", "classification"): "a confident mistake gets almost no gradient",
    ("neuron", "hidden"): "right at the end 4 of 4",
    ("neuron", "outputs"): "are the same model", ("neuron", "count"): "n_in · n_out + n_out parameters",
    ("activations", "purpose"): "says it all in one layer", ("activations", "conditions"): "large ones make it explode",
    ("activations", "slopes"): "Most for 10 sigmoid slopes 9.5·10⁻⁷", ("activations", "dead"): "stays off",
    ("activations", "softmax"): "only the differences between the sums count",
    ("activations", "choosing"): "| a number | linear |", ("losses", "hinge"): "The others have slope 0",
    ("losses", "roll"): "so w becomes", ("losses", "surface"): "At its end they meet",
    ("backprop", "xor"): "corners right 2 of 4", ("optimizers", "race"): "gift of the axes",
    ("optimizers", "border"): "whatever k is", ("optimizers", "batch"): r"\sqrt B", ("optimizers", "nesterov"): "−0.394",
    ("optimizers", "adagrad"): "Does it pay?", ("optimizers", "forget"): "half a rate on either side",
    ("optimizers", "adam"): "with correction: m̂", ("optimizers", "decay"): "0.8004124", ("optimizers", "nadam"): "0.105645",
    ("optimizers", "byhand"): "| SGD with momentum | 0.9 | 0.72 |", ("optimizers", "schedule"): "Theory for a constant rate",
    ("optimizers", "saddle"): "Noise helps here", ("optimizers", "plateau"): "| Adam | 36 |",
    ("optimizers", "valleys"): "sometimes in the worse valley", ("optimizers", "network_race"): "in 20 of 20",
    ("optimizers", "landscape"): "the path runs beside it", ("generalization", "held"): "| new ones | 4,000 | 794",
    ("generalization", "curve"): "from the true curve: 0.0844", ("generalization", "width"): "| 128 | 0.012 | 1.1 | 2.13 |",
    ("generalization", "film"): "loss on held-out rows 2.42", ("generalization", "stop"): "25+20=45",
    ("generalization", "weights"): "| weights nearly 0 | 0.284", ("generalization", "dropout"): "every unit is on",
    ("generalization", "rows"): "| 960 | 0.28", ("generalization", "cures"): "| batch normalisation | 0.0197 | 2.33",
    ("generalization", "gain"): "| 0.013 | 18 |", ("generalization", "dropping"): "| without x₁² | 0.417",
    ("generalization", "folds"): "| one split | 0 | 0.25", ("generalization", "search"): "| rates tried | 4 | 16 |",
    ("generalization", "curse"): "the same network on test rows", ("generalization", "descent"): "| 60 | 0 | 6.27",
    ("gradients", "bound"): r"\cdot0.533\cdot1.25", ("gradients", "in_use"): "a row is its own mean",
    ("gradients", "rate"): "the same to the last digit", ("gradients", "batch_norm"): r"\varepsilon}}=6.66",
    ("initialization", "turns"): r"\sigma^{49}&=1", ("initialization", "learns"): "10^{-8}}&=0.0022",
    ("initialization", "symmetry"): "two units 3.07", ("initialization", "first"): "| in 40 draws | 0.03126 |",
    ("gan", "noise"): "its image",
    ("gan", "through"): "No true sample stands in the formula", ("gan", "round"): "by the generator's 1,218",
    ("gan", "best"): "the best one 0.755", ("gan", "ahead"): "both losses led to", ("gan", "chase"): "Round 1,000",
    ("gan", "helps"): "| succeeded | 4 of 4 | 0 of 4 |", ("gan", "curves"): "In training B the judge has",
    ("attention", "squeeze"): "| 8 | 99 % | 1 %", ("attention", "scores"): "The bend of tanh",
    ("attention", "root"): "| largest of 8 weights | 0.357 | 0.76", ("attention", "heads"): "what was mixed",
    ("attention", "views"): "nowhere in a score",
    ("attention", "order"): "the best without positions | 0.317", ("attention", "mask"): r"4\cdot1+4",
    ("attention", "block"): "A plus hands its gradient to both ways", ("attention", "depth"): "| yes | none | 1.2·10⁷",
    ("attention", "large"): "the parameters grow with d²",
    ("recurrence", "unrolled"): r"\sum_t\delta_t", ("recurrence", "forget"): "25 knew it", ("recurrence", "gru"): "| GRU | 3 |",
    ("recurrence", "both"): "the likelier answer is the best", ("autoencoder", "itself"): "change of a weight: 0",
    ("autoencoder", "pca"): "| network, epoch 5 | 0.0559 |", ("autoencoder", "plane"): "right votes of all 70 %",
    ("autoencoder", "noise"): "| learned under noise 0.5 | 0.0369 |", ("autoencoder", "width"): "| 32 | 0.002571 | 0.00401 |",
    ("autoencoder", "lost"): "kept 43 %", ("autoencoder", "odd"): "flowers that are less odd 3 %"}
"""What gave an answer away, by idea: a piece of a caption, of a number with its name, of a table."""


def written(page: AppTest) -> str:
    """All that stands on the page but the question and its options, and the time to read; the words in its pictures, too."""
    parts = [str(e.value) for kind in ("title", "header", "markdown", "latex", "caption", "info") for e in
             getattr(page.main, kind) if not re.fullmatch(r"\*\*[^*]+(\?|…)\*\*|.*about \d+ min to read.*", e.value)]
    parts += [e.value.to_string() for kind in ("table", "dataframe") for e in getattr(page.main, kind)]
    parts += [f"{metric.label} {metric.value}" for metric in page.main.metric]
    for told in figures(page):
        parts += [note["text"] for note in told["layout"].get("annotations", ())]
        parts += [trace["name"] for trace in told["data"] if trace.get("name")]
        parts += [frame["caption"] for frame in (told["film"] or {"frames": ()})["frames"]]
    return "\n".join(parts).replace("**", "")


def options(page: AppTest, place: tuple[str, str]) -> list[str]:
    return [button.label for button in page.main.button if re.fullmatch("/".join(place) + r"/ask/\d", str(button.key))]


def stands(option: str, text: str) -> bool:
    return re.search(rf"(?<![\w.,−]){re.escape(option)}(?![\w.,]*\w)", text) is not None


def clicked(page: AppTest, place: tuple[str, str], name: str | int) -> AppTest:
    page.button(key="/".join((*place, "ask", str(name)))).click()
    return ok(page.run())


@pytest.mark.parametrize("place", WALK, ids="/".join)
def test_the_answer_stands_on_the_page_after_the_question_and_not_before(place):
    page = opened(place[0], idea=place[1])
    offered, before, values = options(page, place), written(page), {metric.value for metric in page.main.metric}
    assert len(offered) >= 2 and "To remember." not in before
    after = written(clicked(page, place, "show"))
    assert "lesson/scene" in page.session_state or after.count("?") < before.count("?"), "neither acted out nor unveiled"
    right, reason = re.search(r":material/visibility: The right answer: (.*?)\. (.+)", after).groups()
    assert right in offered and reason.strip() not in before and "To remember. " in after
    assert right not in values, "a number of its own tells the answer"
    assert not stands(right, before) or all(stands(option, before) for option in offered), "only the right option is there"
    if place in VEILED:
        assert VEILED[place] not in before
        assert VEILED[place] in after or VEILED[place] in written(answered(*place)), "in the asked situation or in their own"


@pytest.mark.parametrize("place", WALK, ids="/".join)
def test_each_wrong_option_is_answered_in_its_own_words_and_the_page_stays_open(place):
    page, said = opened(place[0], idea=place[1]), []
    offered = options(page, place)
    for i, option in enumerate(offered):
        verdict = written(clicked(page, place, i))
        if found := re.search(rf"You said: {re.escape(option)}\. (.+)\n\nThe right answer: (.+)", verdict):
            said.append(found[1])
            assert len(found[1]) > 20
        else:
            assert f":material/check_circle: Right: {option}." in verdict
        assert "To remember." in verdict
        if i < len(offered) - 1:
            page.session_state["/".join((*place, "ask"))].to = ()
            assert "To remember." in written(ok(page.run()))
    assert len(set(said)) == len(said) == len(offered) - 1


ASKS = [pytest.param(make, id=f"{page}/{key}") for page in PAGES for file in (ROOT / "ui/lessons" / page).glob("asks*.py")
        for key, make in inspect.getmembers(import_module(f"ui.lessons.{page}.{file.stem}"), inspect.isfunction)
        if make.__module__.endswith(f"{page}.{file.stem}") and not key.startswith("_")]


def whole(ask: Ask) -> None:
    said = [ask.reaction(i) for i in range(len(ask.options))]
    assert len(set(said)) == len(said) >= 2 and all(said) and ask.answer in ask.options, ask


@pytest.mark.parametrize("make", ASKS)
def test_other_numbers_make_a_question_as_whole_as_the_first(make):
    if not inspect.signature(make).parameters:
        return whole(make())
    tries = [make(draw) for draw in range(25)]
    for ask in tries:
        whole(ask)
    assert len({(ask.text, *ask.options) for ask in tries}) > 1


def test_the_questions_of_the_examples_are_whole():
    assert [whole(preset.question) for preset in PRESETS.values() if preset.question]


def test_another_try_asks_with_other_numbers():
    place = ("neuron", "sum")
    page = opened("neuron", idea="sum")
    before = options(page, place)
    page = clicked(clicked(page, place, 0), place, "again")
    assert options(page, place) and options(page, place) != before


def test_numbers_of_a_scene_go_from_stop_to_stop_and_all_else_jumps():
    ask = Ask("?", {"a": "", "b": "so"}, 0, "r", scene=({"w": 0.0, "kind": "x", "n": 1}, {"w": 3.0, "kind": "y", "n": 4}))
    found = moments(ask)
    assert [moment.values["w"] for moment in found] == pytest.approx([i * 3 / BETWEEN for i in range(BETWEEN + 1)])
    assert {moment.values["kind"] for moment in found[1:]} == {"y"} and found[1].values["n"] == 4
    assert found[-1].stays > found[0].stays > found[1].stays


def test_an_answer_sets_the_asked_situation_and_going_on_gives_the_own_numbers_back():
    page = opened("neuron", idea="what")
    page.session_state["neuron/value/what/b"] = 2.5
    clicked(ok(page.run()), ("neuron", "what"), 0)
    assert page.session_state["neuron/value/what/b"] == 0.0  # the first stop
    page.button(key="way/sum").click()
    page = ok(page.run())
    assert page.session_state["neuron/value/what/b"] == 2.5
