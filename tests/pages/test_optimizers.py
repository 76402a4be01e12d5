"""The lesson on optimisers without a browser: every idea up to the races, every control, every number, every question."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.base.spelling import words
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.link import from_query, to_query
from tests.pages.visit import answered, figures, formula, ok, onward, said
from ui.lessons.optimizers import RHOS, asks, asks_adam, shows_adam, shows_momentum
from ui.lessons.optimizers.shows_rate import CURVATURES

# idea: (pieces of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "downhill": ([r"\frac{df}{dw}=w=-2.5", r"w&\leftarrow w-\eta\,g", r"-2.5-0.2\cdot(-2.5)=-2"],
                 ["Start: weight w", "Learning rate η"], ["| 1 | −2.5 | −2.5 | 0.5 | −2 |"], "minus the rate times the slope"),
    "border": ([r"w-\eta k w&=(1-\eta k)\,w", r"1-\eta k&=1-1.8=-0.8", r"(-0.8)^{10}\cdot1=0.107374"],
               ["Optimiser", "Curvature k", "Rate times curvature, ηk"],
               ["**jumps across, nearer each time**",
                "| w | −0.8 | 0.64 | −0.512 | 0.1073742 |", "Border of SGD: ηk = **2**"], "0 < η < 2/k"),
    "batch": ([r"g_B&=\frac1B\sum_{i\in B}g_i,\qquad B=4", r"\frac{1.61}{\sqrt{4}}\sqrt{\frac{508}{511}}=0.801"],
              ["Rows in a batch", "When", "Loss over"],
              ["half are below | 27.9° |", "| spread ÷ length of the full gradient | 0.781 |", "| steps of an epoch | 128 |",
               "| multiplications of an epoch | 161,280 |"], "square root of the batch size"),
    "ravine": ([r"v&\leftarrow \mu v+g", r"w_1&\leftarrow w_1-\eta\,v", r"1-0.019\cdot1=0.981"],
               ["Learning rate η", "Momentum μ", "Weight in the formula"],
               ["| SGD | 162 |", "| SGD with momentum | 103 |", "| 100 | 271 | 50 |", "| 1,000 | 3,281 | 198 |"],
               "adds up what stays"),
    "nesterov": ([r"w&\leftarrow w-\eta\,(g+\mu v)",
                  r"0.81-0.1\cdot\bigl(0.81+0.9\cdot1.71\bigr)=0.5751", r"0.9-0.1\cdot1.8=0.72"],
                 ["Momentum μ", "Learning rate η", "Step t"],
                 ["| SGD with momentum | step 5 | −0.604 | step 81 |", "| Nesterov momentum | step 5 | −0.394 | step 42 |"],
                 "the brake comes one step earlier"),
    "adagrad": ([r"G&\leftarrow G+g^2", r"1+1^2=2", r"-0.1-0.1\cdot\frac{1}{\sqrt{2}+\epsilon}=-0.1707"],
                ["The rare feature comes in every … step", "Step t", "Weight in the formula"],
                ["| w₁ | 20 | 0.02236 | 0.7595 | 2 |", "| w₂ | 2 | 0.07071 | 0.1707 | 0.2 |",
                 "| 10 | 2,300 (η = 0.01) | 10 (η = 1) |"], "no rate ever rises"),
    "forget": ([r"G&\leftarrow \rho\,G+(1-\rho)\,g^2", r"0.9\cdot0.3464+0.1\cdot0.1^2"],
               ["ρ: how much of the mean is kept", "Step t", "Optimiser in the formula"],
               ["| RMSProp | 0.1788 |", "between **−0.05** and **0.05**"], "A fading mean instead of a sum"),
    "adam": ([r"\hat m&=\frac{m}{1-\beta_1^t}=\frac{0.271}{0.271}=1", r"\frac{\hat m}{\sqrt{\hat v}+\epsilon}"],
             ["Gradient g, the same in each step", "Step t"], ["| 0.1 | 0.1 | 0.316228 | 0.1 | 0.105645 |"], "m̂ = g"),
    "decay": ([r"g&=0+\lambda w=0.01", r"1-0.1\cdot0.01=0.999"],
              ["λ: strength of decay and of L2", "Step t", "Update in the formula"],
              ["| AdamW | 0.999 | 0.998001 | 0.997003 |", "| Adam with L2 | 0.9000001 | 0.8004124 | 0.7015866 |",
               "Decay alone would leave 4.901"], "AdamW keeps decay outside"),
    "nadam": ([r"\mu_t&=\beta_1\bigl(1-\tfrac12\cdot0.96^{0.004t}\bigr)=0.4501", r"0.8944-0.1\cdot0.7438=0.82"],
              ["Learning rate η", "Step t"], ["| NAdam | 0.105645 |"], "a little over η"),
    "byhand": ([r"g&=w=1", r"1-0.1\cdot1=0.9"], ["Optimiser", "Step t"],
               ["| Adam | 0.9 | 0.800412 | 0.701586 |", "| NAdam | 0.894355 | 0.819973 | 0.752729 |"], "the same loop"),
    "schedule": ([r"\eta_t&=\eta\gamma^{t/k}", r"0.1\cdot0.5^{250/200}=0.04204"],
                 ["Schedule", "Length k, in steps", "Factor γ", "Step t"], ["| step 1,000 | 0.00313 |", "= **0.229**"],
                 "a falling rate lets it settle"),
    "warmup": ([r"\eta\min\bigl(1,\tfrac tk\bigr)", r"0.01\cdot\min\bigl(1,\tfrac{1}{1}\bigr)=0.01"],
               ["Optimiser", "Warm-up, in steps (1: none)"],
               ["leaves the picture at step 7", "| length of the gradient | 98.7 |"], "a steep beginning pass"),
    "saddle": ([r"y&\leftarrow y-\eta\,g", r"=1.1\cdot10^{-6}"], ["Start: how far beside the ridge, y₀", "Optimiser"],
               ["| SGD | 139 |", "| SGD with momentum | 50 |", "| RMSProp | 2 |", "| AdaDelta | 37 |"],
               "stops every optimiser"),
    "plateau": ([r"(\sigma-1)\,\sigma\,(1-\sigma)=-0.01735", r"-4-0.1\cdot(-0.01735)=-3.998"], ["Start: weight w", "Optimiser"],
                ["| SGD | 692 |", "| Adam | 36 |", "| RMSProp | 23 |"], "hardly moves"),
    "valleys": ([r"g&=w^3-w+0.1=1.975", r"w&\leftarrow w-\eta\,v"],
                ["Start: weight w", "Learning rate η", "Momentum μ", "Noise in the gradient σ"],
                ["| deep valley | −1.047 | −0.3524 |", "| rim | 0.101 | 0.005026 |", "in the **shallow valley**"],
                "by chance as much"),
}


def at(idea: str = "downhill") -> AppTest:
    return answered("optimizers", idea)


def picture(page: AppTest, n: int = 0) -> dict:
    """What travels to the browser for one of the figures."""
    return figures(page)[n]


def drawn(page: AppTest, n: int = 0) -> dict[str, dict]:
    """Its traces by name."""
    return {trace["name"]: trace for trace in picture(page, n)["data"]}


def controls(page: AppTest) -> list:
    return [*page.slider, *page.select_slider, *page.selectbox, *page.button_group, *page.text_input]


def put(page: AppTest, label: str, value) -> AppTest:
    next(widget for widget in controls(page) if widget.label == label).set_value(value)
    return ok(page.run())


def kept(page: AppTest, name: str, value) -> AppTest:
    """As if the browser had set it: where a film rests, what was dragged."""
    page.session_state[f"aside/optimizers/{name}"] = value
    return ok(page.run())


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_question_and_sentence(idea):
    page = at(idea)
    pieces, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels) and len(labels) <= 4
    missing = [piece for piece in pieces if piece not in formula(page)] + [n for n in numbers if n not in said(page)]
    assert not missing, missing
    assert sentence in next(m.value for m in page.markdown if "**To remember.**" in m.value)
    assert page.session_state["lessons/seen"] == {("optimizers", idea)}


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "downhill": {"Start: weight w": (-3.0, 3.0, 0.0), "Learning rate η": (0.01, 1.9)},
    "border": {"Optimiser": ("momentum", "nesterov", "sgd"), "Curvature k": (0.5, 2.0),
               "Rate times curvature, ηk": ("2", "2.000001", "4", "0.01")},
    "batch": {"Rows in a batch": (1, 512, 32), "When": ("after 20 epochs",)},
    "ravine": {"Learning rate η": (0.001, 0.021, 0.02), "Momentum μ": (0.0, 0.99), "Weight in the formula": (1,)},
    "nesterov": {"Momentum μ": (0.0, 0.95), "Learning rate η": (0.02, 0.5), "Step t": (1, 80)},
    "adagrad": {"The rare feature comes in every … step": (2, 50), "Step t": (1, 100), "Weight in the formula": ("frequent",)},
    "forget": {"ρ: how much of the mean is kept": (0.5, 0.99), "Step t": (1, 80),
               "Optimiser in the formula": ("adadelta", "adagrad")},
    "adam": {"Gradient g, the same in each step": (0.001, 1000.0), "Step t": (1, 100)},
    "decay": {"λ: strength of decay and of L2": (0.001, 1.0), "Step t": (20,), "Update in the formula": ("adamw", "adam")},
    "nadam": {"Learning rate η": (0.02, 0.2), "Step t": (1, 60)},
    "byhand": {"Optimiser": (*(key for key in OPTIMIZERS if key != "momentum"),), "Step t": (2, 3, 50)},
    "schedule": {"Schedule": ("constant", "step", "cosine", "warmup", "exponential"), "Length k, in steps": (50.0, 1000.0),
                 "Factor γ": (0.1, 0.8), "Step t": (1, 1000)},
    "warmup": {"Optimiser": ("nesterov", "sgd"), "Warm-up, in steps (1: none)": (20, 50, 100)},
    "saddle": {"Start: how far beside the ridge, y₀": (0.0, 1e-12, 0.1), "Optimiser": ("adam", "adadelta")},
    "plateau": {"Start: weight w": (-8.0, 0.0), "Optimiser": ("adam", "rmsprop")},
    "valleys": {"Start: weight w": (-2.0, 0.0), "Learning rate η": (0.5, 0.1), "Momentum μ": (0.99,),
                "Noise in the gradient σ": (2.0, 1.0)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown_and_nothing_is_ever_no_number(idea):
    page = at(idea)
    for label, values in CHANGES[idea].items():
        for value in values:
            before = said(page) + formula(page) + json.dumps(figures(page)[0]["data"])
            after = said(put(page, label, value)) + formula(page) + json.dumps(figures(page)[0]["data"])
            assert after != before, (label, value)
            written = after + json.dumps([(part["alt"], part["film"]) for part in figures(page)])
            assert not re.search(r"\bnan\b|\binf\b|NaN|Infinity", written), (label, value)


@pytest.mark.parametrize("idea,label,usual,extremes", [
    ("downhill", "Start: weight w", -2.5, (-3.0, 3.0)), ("nesterov", "Momentum μ", 0.9, (0.0, 0.95)),
    ("batch", "Rows in a batch", 4, (1, 256)), ("adam", "Gradient g, the same in each step", 1.0, (0.001, 1000.0)),
    ("schedule", "Schedule", "exponential", ("constant", "warmup")), ("valleys", "Learning rate η", 0.01, (0.5,))])
def test_axes_hold_still_while_a_control_is_moved(idea, label, usual, extremes):
    def ranges(page: AppTest) -> list:
        return [axis.get("range") for name, axis in sorted(picture(page)["layout"].items()) if re.match("[xy]axis", name)]

    page = at(idea)
    before = ranges(page)
    assert any(before)
    for value in extremes:
        assert ranges(put(page, label, value)) == before, value


@pytest.mark.parametrize("make,control,options", [
    (asks.ravine, "ravine/rate", shows_momentum.RATES), (asks.forget, "forget/rho", RHOS),
    (asks.border, "border/k", CURVATURES), (asks_adam.nadam, "nadam/rate", shows_adam.RATES),
    (asks_adam.decay, "decay/lambda", shows_adam.STRENGTHS), (asks_adam.adam, "adam/g", shows_adam.SIZES)])
def test_the_picture_goes_to_the_numbers_that_were_asked_about(make, control, options):
    for draw in range(20):
        ask = make(draw)
        value = ask.scene[-1][control]
        assert value in options and re.search(rf"(?<![\d.]){re.escape(words(value))}(?!\.?\d)", ask.text), ask.text


def test_each_link_to_the_playground_names_settings_that_exist():
    for idea in IDEAS:
        link = onward(at(idea))
        assert link is not None, idea
        query = dict(pair.split("=") for pair in link.proto.query_string.split("&")) if link.proto.query_string else {}
        config, notes = from_query(query)
        assert not notes and to_query(config) == query


@pytest.mark.parametrize("idea,name,forged", [("downhill", "start", 1e300), ("nesterov", "t", -5), ("adam", "g", float("inf")),
                                              ("valleys", "mu", 7.0), ("border", "product", float("inf"))])
def test_a_value_from_outside_the_bounds_is_brought_back(idea, name, forged):
    page = kept(at(idea), f"{idea}/{name}", forged)
    assert not re.search(r"\bnan\b|\binf\b|e\+", said(page) + formula(page))


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    shown = [code.value for code in ok(page.run()).code]
    assert shown and all("def " in code for code in shown)
