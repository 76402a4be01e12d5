"""The lesson on gradients without a browser: every idea, every control, every number, every link."""

import re
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lab import twins
from ann_core.lab.remedies import CAUSES
from ann_core.lessons.gradients import FRAMES, trial
from ann_core.run.link import edited, from_query, to_query
from tests.pages.visit import answered, figures, formula, ok, opened, said
from ui.lessons import gradients
from ui.lessons.gradients import Training

# idea: (pieces of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "product": ([r"0.197\cdot0.219\cdot\ldots=0.002164", r"=1.66\cdot0.002164\cdot1\cdot1\\", "=0.003592"],
                ["Activation", "Hidden layers, one unit each", "Weight w, the same in every layer"],
                ["| slopes, multiplied | 0.002164 |", "| **∂L/∂w₁** | **0.003592** |"], "of their slopes and of their weights"),
    "bound": ([r"\text{slopes}&\le 0.25^{10}=9.54\cdot10^{-7}", r"5.16\cdot10^{-7}\cdot0.533\cdot1.25\\", r"=3.44\cdot10^{-7}"],
              ["Hidden layers, ten sigmoid units each", "Size σ of the first weights", "Seed"],
              ["| weights, multiplied | 0.533 |",
               "| layer 1's gradient, as a share of the output's | 3.44·10⁻⁷ |"], "may lie above it"),
    "sizes": ([r"\frac{6.37\cdot10^{-7}}{1.55\cdot10^{-6}}=0.41", r"\frac{1000\cdot 0.1\cdot6.37\cdot10^{-7}}{0.119}"],
              ["Activation", "Size σ of the first weights", "Hidden layers"],
              ["| layer 1's share | 0.41 |", "| so layer 1's gradient | **vanishes** |"], "vanish in ratio or in every layer"),
    "causes": ([r"=0.1\cdot1.99\cdot10^{-5}"], ["Cause", "Turned up by", "Seed"],
               ["| gradient of layer 1 | 0.0059 | 2·10⁻⁵ |", "| of 20 seeds learned | 20 | 0 |",
                "| slopes | 0.055 | 0.00015 |"], "a high rate does that to the steps"),
    "activation": ([r"\sigma'(z)&=\sigma(z)\,(1-\sigma(z))", r"=0.5972\cdot0.4028=0.2405"],
                   ["Instead of sigmoid", "Situation", "Layer in the formula", "Seed"],
                   ["| gradient of layer 1 | 6.2·10⁻⁸ | 0.0059 |", "| of 20 seeds learned | 0 | 19 |"], "small weights"),
    "weights": ([r"\tfrac{2}{10+10}=0.1", r"\tfrac{2}{n_{in}}=\tfrac{2}{10}=0.2", r"\tfrac{1}{10}=0.1"],
                ["Rule", "Situation", "Layer in the formula", "Seed"],
                ["| accuracy, seed 0 | 50 % | 100 % |", "| of 20 seeds learned | 0 | 19 |"], "cannot undo a sigmoid's slopes"),
    "batch_norm": ([r"\hat z&=\frac{z-\text{mean}}{\sqrt{\text{var}+\varepsilon}}", r"\gamma\,\hat z+\beta=1\cdot1.93+ 0=1.93",
                    r"\frac{\gamma}{\sqrt{\text{var}+\varepsilon}}=6.66"],
                   ["Layer", "Scale γ, learned", "Shift β, learned", "Situation", "Seed"],
                   ["| gradient of layer 1 | 1.9·10⁻⁹ | 0.11 |", "| of 20 seeds learned | 0 | 20 |"],
                   "two rows tell too little"),
    "in_use": ([r"\leftarrow\text{running}+0.1\,(\text{batch}-\text{running})"],
               ["Rows in a batch of training", "Step in the formula", "Seed", "Rows that are judged together"],
               ["| in training, with 31 other rows | 0.423 |", "| in use, by the running statistics | 0.246 |",
                "z − z is 0 whatever z is"], "in use the running ones"),
    "skip": ([r"A&\mapsto F(A)+A", r"0.8446+ 3.568=4.413", r"=0.1313\cdot(-0.457)+1=0.94"],
             ["Situation", "Layer in the formula", "Seed"], ["| of 20 seeds learned | 0 | 20 |"], "F′ + 1"),
    "clip": ([r"\|g\|&=\sqrt{4^2+1^2}=4.12", r"=(1.94,\;0.485)", r"=(2,\;1)"],
             ["Limit c", "∂L/∂w₁", "∂L/∂w₂", "Clip", "Situation", "Seed"],
             ["| by norm | 2 | 0° |", "| by value | 2.24 | 12.5° |", "| of 20 seeds learned | 12 | 20 |"], "bends the arrow"),
    "scaling": ([r"\frac{1120- 742.1}{306.9}=1.23"], ["Situation", "Input in the formula", "Seed"],
                ["| gradient of layer 1 | 53 | 0.048 |", "| of 20 seeds learned | 0 | 20 |"], "scale them"),
    "rate": ([r"w&\leftarrow w-\eta", r"=1\cdot6.91=6.91", r"=0.1\cdot6.91=0.691"], ["Situation", "Seed"],
             ["| gradient of layer 1 | 0.25 | 0.25 |", "| of 20 seeds learned | 1 | 20 |"], "not the gradient"),
}
CURES = ("activation", "weights", "batch_norm", "skip", "clip", "scaling", "rate")


def at(idea: str = "product") -> AppTest:
    return answered("gradients", idea)


def controls(page: AppTest) -> list:
    return [*page.slider, *page.select_slider, *page.selectbox, *page.button_group]


def put(page: AppTest, label: str, value) -> AppTest:
    next(widget for widget in controls(page) if widget.label == label).set_value(value)
    return ok(page.run())


def whole(page: AppTest) -> str:
    return said(page) + formula(page) + str([told["alt"] for told in figures(page)])


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    page = at(idea)
    pieces, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels)
    missing = [piece for piece in pieces if piece not in formula(page)] + [n for n in numbers if n not in said(page)]
    assert not missing, missing
    assert sentence in next(m.value for m in page.markdown if "**To remember.**" in m.value)
    assert all(len(told["alt"]) > 40 for told in figures(page))


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "product": {"Activation": ("tanh", "relu"), "Hidden layers, one unit each": (1, 8),
                "Weight w, the same in every layer": (-4.0, 0.0, 4.0)},
    "bound": {"Hidden layers, ten sigmoid units each": (1, 12), "Size σ of the first weights": (0.1, 3.0), "Seed": (19,)},
    "sizes": {"Activation": ("sigmoid", "relu"), "Size σ of the first weights": (3.0, 0.5), "Hidden layers": (3, 20)},
    "causes": {"Turned up by": (0, 4), "Cause": tuple(CAUSES)[1:], "Seed": (5,)},
    "activation": {"Instead of sigmoid": ("tanh",), "Situation": ("fails",), "Layer in the formula": (1,), "Seed": (3,)},
    "weights": {"Rule": ("glorot_normal", "lecun_normal"), "Situation": ("fails",), "Layer in the formula": (1, 10),
                "Seed": (3,)},
    "batch_norm": {"Layer": (1, 10), "Scale γ, learned": (-2.0, 0.0, 3.0), "Shift β, learned": (-3.0, 3.0), "Seed": (3,),
                   "Situation": ("fails",)},
    "in_use": {"Rows in a batch of training": (2, 128), "Step in the formula": (1, 60), "Seed": (4,),
               "Rows that are judged together": (2, 1)},
    "skip": {"Situation": ("fails",), "Layer in the formula": (2, 20), "Seed": (3,)},
    "clip": {"Limit c": (0.5, 5.0), "∂L/∂w₁": (-5.0, 0.0), "∂L/∂w₂": (0.0, 5.0), "Clip": ("clip_value",),
             "Situation": ("fails",), "Seed": (3,)},
    "scaling": {"Input in the formula": (0, 5), "Seed": (3,), "Situation": ("fails",)},
    "rate": {"Seed": (3,), "Situation": ("fails",)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown_and_nothing_is_no_number(idea):
    page = at(idea)
    assert CHANGES[idea].keys() == set(IDEAS[idea][1])
    for label, values in CHANGES[idea].items():
        for value in values:
            before = whole(page)
            page = put(page, label, value)
            assert whole(page) != before, (label, value)
            text = whole(page).replace("tanh", "").replace("dominant", "")
            assert not any(f"{sign}{bad}" in text for sign in " =|{" for bad in ("nan", "inf")), (label, value)


def test_a_product_with_a_zero_in_it_is_said_to_be_zero():
    page = put(at("product"), "Weight w, the same in every layer", 0.0)
    assert "One factor is 0" in said(page) and "| **∂L/∂w₁** | **0** |" in said(page)
    page = put(put(page, "Activation", "relu"), "Weight w, the same in every layer", -1.0)
    assert "One factor is 0" in said(page)


def test_the_arrow_is_dragged_to_where_its_sliders_stand():
    told = figures(put(put(at("clip"), "∂L/∂w₁", -3.0), "∂L/∂w₂", 0.5))[0]
    assert told["drag"][0]["name"] == "gradient" and told["drag"][0]["point"] == 1
    assert next(trace for trace in told["data"] if trace["name"] == "gradient")["x"] == [0, -3.0]


def lines(page: AppTest) -> list[dict[str, Any]]:
    """Of both runs, above and below, without what marks where one leaves its picture."""
    return [trace for trace in figures(page)[0]["data"] if trace["name"] != "beyond the picture"]


def test_a_run_that_overflows_is_said_in_words():
    page = put(at("skip"), "Situation", "fails")
    assert re.search(r"\| of 20 seeds learned \| (19|20) \| 0 \|", said(page))  # which, says the processor
    assert "| accuracy, seed 0 | 100 % | overflowed |" in said(page)
    assert len(lines(page)) == 4


@pytest.mark.parametrize("idea", ["activation", "weights", "scaling"])
def test_where_it_does_not_help_is_seen_after_the_question_only(idea):
    page = put(opened("gradients", idea=idea), "Situation", "fails")
    assert "| of 20 seeds learned | 0 | ? |" in said(page) and len(lines(page)) == 2
    page = put(at(idea), "Situation", "fails")
    assert "| of 20 seeds learned | 0 | 0 |" in said(page) and len(lines(page)) == 4


def test_the_gradient_under_a_smaller_rate_is_seen_after_the_question_only():
    assert "| gradient of layer 1 | 0.25 | ? |" in said(opened("gradients", idea="rate"))
    assert r"\eta\,\|g\|&=\;?" in formula(opened("gradients", idea="rate"))


def query(page: AppTest) -> dict[str, str]:
    link = page.get("page_link")[0]
    return dict(parse_qsl(link.proto.query_string))


@pytest.mark.parametrize("idea", list(IDEAS)[1:])
def test_each_link_leads_to_the_same_situation(idea):
    page = put(at(idea), "Seed", 4) if idea != "sizes" else at(idea)
    if idea == "in_use":
        config, notes = from_query(query(page))
        assert not notes and to_query(config) == query(page)
        assert config.network.batch_norm and config.training.batch_size == 8 and config.seed == 4
        return
    found, notes = twins.from_query(query(page))
    assert not notes and twins.to_query(found) == query(page) and len(found) == (2 if idea in CURES else 1)
    assert idea == "sizes" or {twin.seed for twin in found} == {4}
    if idea in CURES:
        other, _ = twins.from_query(query(put(page, "Situation", "fails")))
        assert other != found and twins.check(other) == other


@pytest.mark.parametrize("idea,label,forged", [
    ("product", "Weight w, the same in every layer", 1e300), ("clip", "∂L/∂w₁", float("inf")), ("bound", "Seed", 10**9),
    ("in_use", "Step in the formula", -5)])
def test_a_number_from_outside_the_bounds_is_brought_back(idea, label, forged):
    page = put(at(idea), label, forged)
    assert "inf" not in formula(page) and "nan" not in formula(page).replace("tan", "")


def test_the_way_through_the_ideas():
    page = at()
    for idea in list(IDEAS)[1:]:
        next(button for button in page.button if button.label == "Next").click()
        assert ok(page.run()).session_state["gradients/settings"] == idea
    assert next(button for button in page.button if button.label == "Next").disabled


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    shown = [code.value for code in ok(page.run()).code]
    assert shown and all("def " in code or "lambda" in code for code in shown)


def test_a_training_is_shared_by_all_who_wait_for_it():
    config = CAUSES["saturation"].rungs["wine, standardised"]
    shared, shares = Training(config), []

    def wait() -> None:
        while not shared.done:
            shared.step()
            shares.append(shared.share)

    visitors = [Thread(target=wait) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(60)
    alone = trial(config)
    assert shared.done and (shared.trial.loss == alone.loss).all() and (shared.trial.score == alone.score).all()
    assert len(shares) <= FRAMES + 3 and max(shares) == 1


def test_how_many_runs_are_done_is_said_on_the_way(monkeypatch):
    heard: list[tuple[float, str]] = []
    place = SimpleNamespace(progress=lambda share, text: heard.append((share, text)), empty=lambda: None)
    monkeypatch.setattr(gradients.st, "empty", lambda: place)
    monkeypatch.setattr(gradients, "QUICK", -1.0)
    rungs = [edited(config, {"training.epochs": 24}) for config in CAUSES["saturation"].rungs.values()][:2]
    assert [len(one.score) for one in gradients.all_tried(rungs)] == [20, 20]
    shares = [share for share, _ in heard]
    assert shares == sorted(shares) and len(set(shares)) > FRAMES and heard[-1] == (1.0, "Training: 40 of 40 runs are done")
    heard.clear()
    assert len(gradients.all_tried(rungs)) == 2 and not heard  # they are there for whoever comes next


def test_runs_of_other_depths_end_at_the_same_place_and_the_axis_holds_still():
    page = at("causes")
    for rung in (2, 4):
        told = figures(page)[0]
        ends = {trace["x"][-1] for trace in told["data"] if trace["xaxis"] == "x"}
        assert ends == {16} and told["layout"]["xaxis"]["range"] == [0.4, 16.6]
        assert told["layout"]["xaxis"]["title"]["text"] == "layers before the output"
        page = put(page, "Turned up by", rung)


def test_what_lies_beyond_a_picture_is_marked_at_its_edge_and_its_axis_holds_still():
    def beyond(page: AppTest) -> dict[str, Any]:
        told = figures(page)[0]
        assert told["layout"]["yaxis"]["range"] == [-6, 3]
        return next((trace for trace in told["data"] if trace["name"] == "beyond the picture"), {})

    page = at("product")
    assert not beyond(page)
    page = put(put(page, "Hidden layers, one unit each", 8), "Activation", "relu")
    far = beyond(put(page, "Weight w, the same in every layer", 4.0))
    assert set(far["marker"]["symbol"]) == {"triangle-up"} and set(far["y"]) == {1e3} and min(far["customdata"]) > 1e3
    none = beyond(put(page, "Weight w, the same in every layer", -1.0))
    assert set(none["y"]) == {1e-6} and set(none["customdata"]) == {0}
    assert "A triangle at an edge: the value lies beyond it." in said(page)


def test_the_picture_of_the_bound_has_the_same_names_before_the_answer():
    before, after = ({trace["name"]: trace for trace in figures(page)[0]["data"]} for page in (
        opened("gradients", idea="bound"), at("bound")))
    assert before.keys() == after.keys()
    for name in ("both together", "layer 1's share"):
        assert set(before[name]["y"]) == {None} and None not in after[name]["y"]


def test_the_row_on_its_own_is_drawn_after_the_question():
    def seen(page: AppTest) -> list:
        return next(trace for trace in figures(page)[1]["data"] if trace["name"] == "in training, by the batch")["x"]

    assert seen(opened("gradients", idea="in_use"))[0] == 2 and seen(at("in_use"))[0] == 1
    alone = put(opened("gradients", idea="in_use"), "Rows that are judged together", 1)
    assert "| in training, alone | ? |" in said(alone)
    assert "| in training, alone | 0 |" in said(put(at("in_use"), "Rows that are judged together", 1))
