"""What labs ask before their films play. The claims that make an option right are tested with the openers they belong to."""

import pytest

from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.lab.guess import Guess
from ann_core.lab.twin_openers import LAB_OPENERS

LABS = (attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers)
ASKING = {f"{lab.__name__.rpartition('.')[2].removesuffix('_openers')} {opener.key}": opener
          for lab in LABS for opener in lab.OPENERS.values() if opener.guess}
TWINS = {f"twins {opener.key}": opener for opener in LAB_OPENERS.values() if opener.guess}
RIGHT = {
    "attention turned": "the one that looks back",
    "attention transformer": "nearly all",
    "attention places": "about a third",
    "attention causal": "a little more than half",
    "attention names": "nine in ten or more",
    "attention few_names": "it falls, and then it rises",
    "autoencoder digits": "yes, in regions that overlap a little",
    "autoencoder deeper": "the network",
    "autoencoder linear": "it comes down to it",
    "autoencoder denoise": "less than a quarter",
    "convolution digits": "nearly all",
    "convolution canvas": "72",
    "convolution anywhere": "nearly all",
    "convolution dense": "fewer than six in ten",
    "gan eight": "all eight",
    "gan collapse": "at most three",
    "gan cured": "all eight",
    "gan moons": "both moons",
    "recurrence remember": "the GRU",
    "recurrence forget_bias": "the one with bias 4",
    "recurrence clipped": "the one that cuts them",
    "recurrence cut_short": "the one that is not cut",
    "recurrence both_ways": "the one that reads both ways",
    "recurrence add": "the GRU finds out",
    "recurrence brackets": "the GRU",
    "recurrence forecast": "the GRU",
    "recurrence text": "mostly whole words",
    "twins ten": "less than a ten-thousandth",
    "twins thirty": "less than a billionth",
}
"""What the openers' own tests find, over 20 seeds where chance has a part."""


@pytest.mark.parametrize("name", [*ASKING, *TWINS])
def test_a_question_has_its_right_answer_among_its_options(name):
    opener = {**ASKING, **TWINS}[name]
    guess = opener.guess
    assert 2 <= len({*guess.options}) == len(guess.options) <= 4
    assert guess.options[guess.right] == RIGHT[name]  # so that no option becomes the right one by being moved
    asked, answer = (opener.question, opener.sentence) if name in TWINS else (opener.sentence, guess.answer)
    assert "?" in asked and answer.endswith(".")


def test_every_lab_asks_first():
    assert all(next(iter(lab.OPENERS.values())).guess for lab in LABS)


def test_the_verdict_holds_the_answer_against_what_was_guessed():
    guess = Guess(("one", "two"), 1, "It is two.")
    assert guess.verdict(1) == "**Right.** It is two." and guess.verdict(None) == "It is two."
    assert guess.verdict(0) == "**Not quite:** two. It is two."
