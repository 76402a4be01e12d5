"""What the labs of the architectures ask before their films play. Their answers are tested with the openers they belong to."""

import pytest

from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.lab.guess import Guess

LABS = (attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers)
ASKING = [opener for lab in LABS for opener in lab.OPENERS.values() if opener.guess]


@pytest.mark.parametrize("opener", ASKING, ids=lambda opener: f"{type(opener).__name__} {opener.key}")
def test_a_question_has_an_answer_among_its_options(opener):
    guess = opener.guess
    assert 2 <= len({*guess.options}) == len(guess.options) <= 4 and guess.options[guess.right]
    assert "?**" in opener.sentence and guess.answer.endswith(".")


def test_every_lab_asks_first():
    assert all(next(iter(lab.OPENERS.values())).guess for lab in LABS)


def test_the_verdict_holds_the_answer_against_what_was_guessed():
    guess = Guess(("one", "two"), 1, "It is two.")
    assert guess.verdict(1) == "**Right.** It is two." and guess.verdict(None) == "It is two."
    assert guess.verdict(0) == "**Not quite:** two. It is two."
