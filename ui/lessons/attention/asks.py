"""The questions of the lesson "Attention". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.numbers import percent
from ann_core.base.spelling import words
from ann_core.lessons import attention as core
from ann_core.lessons import attention_trained as trained
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.attention import LOOKS, written


def squeeze() -> Ask:
    whole = written("general", "none")["none"][-1].whole
    short, long = float(whole[0]), float(whole[-1])
    return Ask(f"Without attention, after {LOOKS[-1]} steps, {percent(short)} of the answers to four digits are right as a "
               "whole. How many of those to eight digits?", {
        "About as many": "That would be so if one state of 32 numbers had learned to keep eight digits as well as four.",
        "About half as many": "That would be so if twice the digits meant twice the mistakes, and no more.",
        "Hardly any": "That would be so if each further digit had to share the same few numbers."},
        2 - int(np.digitize(long / short, (0.2, 0.75))),
        f"{percent(long)}. All that was read has to fit into one state, and the more there is, the less of it comes out right. "
        "Looking back at every state, the same decoder has no such limit here.",
        scene=[{"squeeze/steps": steps} for steps in LOOKS])


def look(draw: int = 0) -> Ask:
    a, b = numbers(draw, (1.0, 0.5), (1.0, 1.5), (0.5, 0.75))
    found = core.look_back(np.array([[a, b]]))
    scores, weight = found.scores[0], float(found.weights[0, 2])
    values = {float(scores[2] / scores.sum()): "That would be so if each score were divided by the sum of all; but scores may "
              "be negative.", weight: "That would be so if the exp of each score were divided by the sum of all three.",
              1.0: "That would be so if the best score took all."}
    return Ask.of_values(
        f"The query is ({words(a)}, {words(b)}). Its scores with the three states are "
        f"{', '.join(words(float(s)) for s in scores)}. How large is the weight of the third state?", values, weight,
        f"The exp of each score, shared out: {' : '.join(words(float(np.exp(s)), 3) for s in scores)}, so the third "
        f"gets {words(weight, 3)}. The best fit gets most, and the others still get a share: that is why it can be learned by "
        "gradients.", spell=lambda value: words(value, 3),
        scene=[{"look/q1": 0.0, "look/q2": 0.0}, {"look/q1": a, "look/q2": b}])


def views(draw: int = 0) -> Ask:
    (times,) = numbers(draw, (2.0,), (2.5, 3.0, 0.5))
    asks = next(iter(core.ASKS))
    before, after = (core.see(core.ASKS[asks], scale) for scale in (1.0, times))
    moved = float(after.weights[2, 1] - before.weights[2, 1])
    return Ask(f"“sky” looks mostly at “blue”. Now the value matrix is multiplied by {words(times)}. What happens to the "
               "weights with which “sky” looks?", {
        "They get more unequal": "That would be so if the scores grew, as they do with a larger query or key.",
        "They stay as they are": "That would be so if no score contained a value.",
        "They get more equal": "That would be so if the scores shrank."},
        1 if moved == 0 else 0 if moved > 0 else 2,
        f"A score is query times key. “blue” keeps its {words(float(before.weights[2, 1]), 3)}, and what “sky” takes in is "
        f"multiplied by {words(times)}: the value says what is handed over, not who is looked at.",
        scene=[{"views/asks": "sky", "views/query": asks, "views/values": scale} for scale in (1.0, times)])


def order(draw: int = 0) -> Ask:
    (T,) = numbers(draw, (8,), (6, 8, 10))
    best = trained.best_without_places(T)
    values = {1 / trained.DIGITS: "That would be so if it had seen nothing but the question.",
              best: "That would be so if it saw which digits are there, and not where.",
              1.0: "That would be so if attention knew by itself where a token stands."}
    return Ask.of_values(
        f"{T} digits are to be turned round. A Transformer without positions is asked. "
        "What share of its answers can be right at best?", values, best,
        f"Each of the other {T - 1} digits is as likely the one that is asked for. The best is to say the digit that is among "
        f"them most often, on average {words(best * (T - 1), 3)} times of {T - 1}: {words(best, 3)}.",
        spell=lambda value: words(value, 3), scene=[{"order/T": T, "order/number": at} for at in (1, 2)])


def mask(draw: int = 0) -> Ask:
    (T,) = numbers(draw, (8,), (5, 6, 10))
    best, seen = trained.best_behind_a_mask(T), (T + 1) // 2
    values = {seen / T: "That would be so if what is not seen were never guessed right.",
              best: f"That would be so if {seen} of the {T} answers could be seen, and a tenth of the others guessed.",
              1.0: "That would be so if every place could see its answer."}
    return Ask.of_values(
        f"{T} digits are turned round behind a causal mask: no place sees a later one. What share of the digits can be right "
        "at best?", values, best,
        f"Place 1 needs place {T}, which lies ahead. {seen} of the {T} places need one that has come, the other {T - seen} can "
        f"only guess one of ten digits: ({seen} + {T - seen}/10)/{T} = {words(best, 3)}.",
        spell=lambda value: words(value, 3), scene=[{"mask/T": T}])
