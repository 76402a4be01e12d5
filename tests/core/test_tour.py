"""The stops of the first run: in order, about what there is, and with numbers that the run gives."""

import re

from ann_core.lab.tour import FIRST_TOUR, NUMBERS


def test_the_stops_go_from_the_start_to_the_end():
    at = [stop.at for stop in FIRST_TOUR.stops]
    assert at == sorted(set(at)) and at[0] == 0 and at[-1] == 1
    assert [stop.part for stop in FIRST_TOUR.stops] == ["play", "point", "unit", "weight", "epoch", "loss", "nothing"]
    assert [bool(stop.onward) for stop in FIRST_TOUR.stops] == [True] * (len(at) - 1) + [False]


def test_no_number_of_a_run_is_typed_in():
    words = [FIRST_TOUR.question, *(stop.words for stop in FIRST_TOUR.stops)]
    assert {name for text in words for name in re.findall(r"\{(\w+)\}", text)} == NUMBERS
    assert not any(re.search(r"\d", text) for text in words)


def test_the_guesses_cover_every_score_once():
    upto = [guess.upto for guess in FIRST_TOUR.guesses]
    assert upto == sorted(set(upto)) and upto[-1] == 1
