"""What single ideas of the lesson on optimisers say and show as their controls are moved."""

import numpy as np
import pytest

from tests.pages.test_optimizers import at, controls, drawn, kept, picture, put
from tests.pages.visit import formula, opened, said

# One weight

def test_the_formula_speaks_of_the_step_at_which_the_film_rests():
    page = kept(at(), "downhill/at", 3)
    assert "**Step 4**" in said(page) and r"-1.28-0.2\cdot(-1.28)=-1.024" in formula(page)
    page = put(put(at(), "Start: weight w", 3.0), "Learning rate η", 1.9)
    captions = [frame["caption"] for frame in picture(page)["film"]["frames"]]
    assert captions[1].startswith("w = −2.7") and len(captions) == 31


@pytest.mark.parametrize("typed,manner", [
    ("0.1", "crawls on one side"), ("0.5", "rolls down on one side"), ("1", "lands in one step"), ("1.5", "jumps across"),
    ("1,999999", "jumps across"), ("2", "to and fro for ever"), ("2.000001", "gets further away"), ("3", "gets further away")])
def test_the_border_is_seen_to_the_digit(typed, manner):
    page = put(at("border"), "Rate times curvature, ηk", typed)
    assert manner in said(page) and r"1-\eta k&=1-" in formula(page)


def test_a_product_that_is_no_number_or_out_of_bounds_changes_nothing_and_is_said():
    for typed in ("much", "nan", "-1", "5"):
        page = put(at("border"), "Rate times curvature, ηk", typed)
        assert any("stays 1.8" in warning.value for warning in page.warning) and "=1-1.8=-0.8" in formula(page)


def test_momentum_bears_a_larger_rate_and_nesterov_a_smaller_one():
    assert "ηk = **3.8**" in said(put(at("border"), "Optimiser", "momentum"))
    page = put(at("border"), "Optimiser", "nesterov")
    assert "ηk = **1.357143**" in said(page) and "**runs away**" in said(page)
    assert "border 1.357" in drawn(page)["marks"]["text"]


# Batches

def test_all_rows_have_no_noise_and_one_row_has_most():
    page = put(at("batch"), "Rows in a batch", 512)
    assert "| steps of an epoch | 1 |" in said(page) and "| 0 % |" in said(page)
    page = put(put(at("batch"), "Rows in a batch", 1), "When", "after 20 epochs")
    assert "| spread ÷ length of the full gradient | 29.6 |" in said(page) and "| steps of an epoch | 512 |" in said(page)


def test_the_loss_stands_over_epochs_and_over_steps():
    page = at("batch")
    assert drawn(page, 2)["4 rows a batch"]["x"][-1] == 20 and drawn(page, 2)["all rows"]["x"][-1] == 20
    page = put(page, "Loss over", "steps")
    assert drawn(page, 2)["4 rows a batch"]["x"][-1] == 2560 and drawn(page, 2)["all rows"]["x"][-1] == 20


# Momentum

def test_the_ravine_tells_when_it_runs_away_and_what_never_arrives():
    page = put(at("ravine"), "Learning rate η", 0.02)
    assert "| SGD | not in 4,000 |" in said(page)
    assert "| SGD | runs away |" in said(put(page, "Learning rate η", 0.021))
    page = kept(put(at("ravine"), "Weight in the formula", 1), "ravine/at", 1)
    assert "**Step 2 of SGD with momentum, for w₂**" in said(page) and r"w_2&\leftarrow w_2-\eta\,v" in formula(page)


def test_nesterovs_curve_comes_after_the_question():
    assert "Nesterov momentum" not in drawn(opened("optimizers", idea="nesterov"))
    assert "Nesterov momentum" in drawn(at("nesterov"))


def test_the_length_of_adams_step_comes_after_the_question():
    page = put(opened("optimizers", idea="adam"), "Gradient g, the same in each step", 1000.0)
    assert r"\beta_2\,v" in formula(page) and r"\hat" not in formula(page) and r"\eta" not in formula(page)
    assert "| before | ? | " in said(page) and len(drawn(page)["share of g"]["y"]) == 2
    assert r"\hat m" in formula(at("adam")) and len(drawn(at("adam"))["share of g"]["y"]) == 4


@pytest.mark.parametrize("idea", ["ravine", "warmup", "saddle"])
def test_the_way_to_come_is_drawn_after_the_question(idea):
    def later(page):
        return [name for name in drawn(page) if name.endswith(" later")]

    assert later(at(idea)) and not later(opened("optimizers", idea=idea))


# A rate for each weight

def test_a_weight_without_a_gradient_has_no_effective_rate_yet():
    page = put(at("adagrad"), "Step t", 9)
    assert "| w₂ | 0 | no gradient yet | 0 | 0 |" in said(page)
    rare = drawn(page)["w₂, the rare one"]["y"]
    assert rare[:9] == [None] * 9 and rare[9] == pytest.approx(0.1)
    assert "| w₁ | 100 | 0.01 |" in said(put(page, "Step t", 100)) and "| w₂ | 10 | 0.03162 |" in said(page)


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient():
    for size, firsts in ((0.001, "| 0.0001 | 0.1 | 0.316218 | 0.099999 | 0.105644 |"),
                         (1000.0, "| 100 | 0.1 | 0.316228 | 0.1 | 0.105645 |")):
        assert firsts in said(put(at("adam"), "Gradient g, the same in each step", size))
    assert drawn(at("adam"), 1)["with correction: m̂ ÷ √v̂"]["y"] == pytest.approx([1.0] * 100)


def test_the_pull_of_l2_in_adam_is_seen_in_its_formula():
    page = put(at("decay"), "Update in the formula", "adam")
    assert r"g&=0+\lambda w=0.01" in formula(page) and r"\frac{0.01}{\sqrt{0.0001}+\epsilon}=0.9" in formula(page)
    page = put(page, "Update in the formula", "adamw")
    assert r"w&\leftarrow(1-\eta\lambda)\,w" in formula(page) and r"(1-0.1\cdot0.01)\cdot1=0.999" in formula(page)


# The rate over time

@pytest.mark.parametrize("schedule,line", [("constant", r"\eta_t&=\eta\\[2pt]&=0.1\end"),
                                           ("step", r"\lfloor 250/200\rfloor}=0.05"), ("warmup", r"\tfrac{250}{200}\bigr)=0.1"),
                                           ("cosine", r"\cos\pi\tfrac{200}{200}\bigr)=0")])
def test_each_schedule_is_spelt_with_the_step(schedule, line):
    page = put(at("schedule"), "Schedule", schedule)
    assert line in formula(page)
    labels = {widget.label for widget in controls(page)}
    assert ("Factor γ" in labels) == (schedule == "step") and ("Length k, in steps" in labels) == (schedule != "constant")


def test_a_warm_up_brings_momentum_home():
    page = put(at("warmup"), "Warm-up, in steps (1: none)", 20)
    assert "leaves the picture at step 13" in said(page)
    page = put(page, "Warm-up, in steps (1: none)", 50)
    assert "below 0.001 first at step 159" in said(page) and len(picture(page)["film"]["frames"]) == 161


# Flat and hilly ground

def test_on_the_ridge_nobody_leaves_and_the_table_says_so_after_the_question():
    assert "not in 300" in said(put(at("saddle"), "Start: how far beside the ridge, y₀", 0.0))
    page = put(opened("optimizers", idea="saddle"), "Start: how far beside the ridge, y₀", 0.0)
    assert "not in 300" not in said(page) and "| SGD | ? |" in said(page)


def test_a_point_that_runs_out_of_the_valleys_is_said_and_drawn_up_to_there():
    page = put(put(put(at("valleys"), "Learning rate η", 0.5), "Momentum μ", 0.99), "Noise in the gradient σ", 2.0)
    assert "runs away" in said(page) and "some run away" in said(page)
    captions = [frame["caption"] for frame in picture(page)["film"]["frames"]]
    assert captions[-1].endswith("out of the picture.") and len(captions) < 121
    assert np.abs(np.array(picture(page)["film"]["frames"][-2]["traces"]["point"]["x"])).max() < 2.4


def test_noise_counts_twenty_runs():
    page = put(put(at("valleys"), "Learning rate η", 0.1), "Momentum μ", 0.0)
    assert "Of 20 runs with noise, **0** are in the deep valley" in said(put(page, "Noise in the gradient σ", 0.2))
