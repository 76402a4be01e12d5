"""Drawings become pictures as the digits were made, and a network that learned digits reads them."""

import numpy as np
import pytest

from ann_core import start
from ann_core.data.made.strokes import MOST_POINTS, MOST_STROKES, SHEETS, bitmap, picture, sheet_of, strokes_in
from ann_core.lab.convolution_openers import USUAL

SHEET = SHEETS["digits"]


def arc(cx, cy, rx, ry, start, end):
    angle = np.radians(np.linspace(start, end, 20))
    return list(zip(cx + rx * np.cos(angle), cy + ry * np.sin(angle), strict=True))


DIGITS = [
    [arc(.5, .5, .2, .35, 0, 360)], [[(.4, .28), (.52, .15), (.52, .85)]],
    [arc(.5, .33, .2, .18, 180, 380) + [(.32, .85), (.72, .85)]],
    [arc(.48, .32, .2, .17, 200, 450) + arc(.48, .67, .22, .18, 270, 520)],
    [[(.55, .15), (.3, .58), (.75, .58)], [(.6, .35), (.6, .88)]],
    [[(.7, .15), (.38, .15), (.36, .45)] + arc(.48, .63, .22, .2, 250, 520)],
    [[(.6, .15), (.42, .35), (.33, .6)] + arc(.5, .67, .18, .18, 180, 540)],
    [[(.3, .15), (.7, .15), (.45, .88)], [(.38, .52), (.66, .52)]],
    [arc(.5, .33, .16, .17, 90, 450) + arc(.5, .68, .19, .18, 270, 630)],
    [arc(.5, .33, .18, .18, 0, 360) + [(.68, .33), (.64, .6), (.55, .88)]]]


def test_a_network_that_learned_digits_reads_drawn_ones():
    X = np.stack([picture(strokes_in([[list(point) for point in stroke] for stroke in digit]), SHEET) for digit in DIGITS])
    run = start(USUAL, without={"boundary", "units", "maps"})
    trainer = run.trainer()
    trainer.run(12, None, np.inf)
    P = run.net.predict(trainer.state().theta, run.data.to_inputs(X))
    assert (P.argmax(-1) == np.arange(10)).sum() >= 9


def test_the_same_drawing_elsewhere_and_smaller_is_the_same_picture():
    large = strokes_in([[[0.2, 0.1], [0.8, 0.9]], [[0.8, 0.1], [0.2, 0.9]]])
    small = tuple(tuple((0.1 + x / 3, 0.6 + y / 3) for x, y in stroke) for stroke in large)
    np.testing.assert_array_equal(picture(large, SHEET), picture(small, SHEET))


@pytest.mark.parametrize("source", SHEETS)
def test_pictures_have_the_size_and_the_values_of_their_data(source):
    sheet = SHEETS[source]
    row = picture(strokes_in([[[0, 0], [1, 1]]]), sheet)
    grid = row.reshape(sheet.height, sheet.width)
    assert row.min() == 0 and 0 < row.max() <= sheet.full
    rim = (sheet.height - sheet.box) // 2
    box = grid[rim:rim + sheet.box, rim:rim + sheet.box]
    np.testing.assert_allclose(box, box[::-1, ::-1], atol=sheet.full / 8)
    assert box.sum() == grid.sum() and box[0].any() and box[-1].any()


def test_a_dot_stays_a_dot():
    assert 5 <= bitmap(strokes_in([[[0.9, 0.1]]]), SHEET).sum() <= 40


@pytest.mark.parametrize("value", [None, "7", [7], [[[0.5]]], [[[0.5, 2.0]]], [[[0.5, float("nan")]]], [[[True, 0.5]]],
                                   [[[0.5, 0.5]]] * (MOST_STROKES + 1), [[[0.5, 0.5]] * (MOST_POINTS + 1)]])
def test_what_is_no_drawing_is_refused_in_words(value):
    with pytest.raises(ValueError, match="Expected"):
        strokes_in(value)


@pytest.mark.parametrize("value", [[], [[]]])
def test_nothing_drawn(value):
    with pytest.raises(ValueError, match="nothing is drawn"):
        picture(strokes_in(value), SHEET)


@pytest.mark.parametrize("light", [False, True])
def test_a_sheet_is_as_the_pictures_of_a_table_are(light):
    pictures = np.zeros((20, 10, 10))
    pictures[:, 2:8, 3:7] = np.random.default_rng(0).uniform(0, 255, (20, 6, 4))
    pictures[0, 2, 3] = 255
    sheet = sheet_of(255 - pictures if light else pictures)
    assert (sheet.rim, sheet.box, sheet.empty, sheet.full) == (2, 6, *((255, 0) if light else (0, 255)))
    row = picture(strokes_in([[[0, 0], [1, 1]]]), sheet).reshape(10, 10)
    assert (row[:2] == sheet.empty).all() and abs(row[3, 3] - sheet.full) < 1e-9


def test_pictures_that_are_all_the_same_give_a_sheet_too():
    assert sheet_of(np.full((5, 4, 4), 7.0)).box == 4
