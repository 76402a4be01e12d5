"""A lab asks before it shows: what stands there while its question is open, and what a guess brings."""

import pytest

from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from tests.pages.visit import ok, opened, plain, said

LABS = {"attention": attention_openers, "autoencoder": autoencoder_openers, "convolution": convolution_openers,
        "gan": gan_openers, "recurrence": recurrence_openers}


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return ok(page.run())


def labels(page) -> list[str]:
    return [button.label for button in page.button]


@pytest.mark.parametrize("name", LABS)
def test_a_lab_waits_for_a_guess_and_then_shows_its_film_and_on_a_click_the_answer(name):
    first = next(iter(LABS[name].OPENERS.values()))
    page, guess = opened(name, view="lab"), first.guess
    assert {*guess.options, "Just show me"} <= {*labels(page)} and "Tell me" not in labels(page)
    below = len(page.main.expander)
    page = press(page, guess.options[0])
    assert f"You guessed: **{guess.options[0]}**." in said(page) and "Just show me" not in labels(page)
    assert len(page.main.expander) > below and guess.answer not in plain(said(page))
    page = press(page, "Tell me")
    assert guess.verdict(0) in plain(said(page))


def test_each_scene_asks_once_and_settings_of_ones_own_ask_nothing():
    page = press(opened("recurrence", view="lab"), "Just show me")
    asks = next(opener for opener in recurrence_openers.OPENERS.values() if opener.key == "clipped")
    page = press(page, asks.label)
    assert asks.guess.options[1] in labels(page)
    page = press(page, asks.guess.options[1])
    page = press(page, recurrence_openers.OPENERS["remember"].label)
    assert "Just show me" not in labels(page) and "Tell me" in labels(page)
    assert "Just show me" not in labels(opened("recurrence", view="lab", seed="3"))
