"""Drawn pictures as classes: what is taken, how they are copied, what is held out, how they travel."""

import numpy as np
import pytest
from pydantic import ValidationError

from ann_core import RunConfig
from ann_core.data import load
from ann_core.data.made.sketches import EXAMPLES, LEVELS, MOST_SKETCHES, SHEET, copies, pixels, sketch
from ann_core.data.made.strokes import picture
from ann_core.run.link import MOST_DRAWN, edited, from_query, to_query

DRAWN = RunConfig.model_validate({"data": {"source": "sketches", "scaling": "none", "test_share": 0.25}})
EMPTY, LINE = "0" * 64, (((0.2, 0.1), (0.4, 0.9)),)
FORGED = [None, "all", {}, 5, [[EMPTY]], [[EMPTY, 0], [EMPTY, 6]], [[EMPTY, 0], [EMPTY, True]], [[EMPTY, 0], [EMPTY, 1.0]],
          [[EMPTY, 0], ["0" * 63, 1]], [[EMPTY, 0], ["h" * 64, 1]], [[EMPTY, 0], [64 * [0], 1]], [[EMPTY, 0], None],
          [[EMPTY, 0], [EMPTY, 1]] * MOST_SKETCHES]


def drawings(**changes) -> RunConfig:
    return edited(DRAWN, {f"data.{name}": value for name, value in changes.items()})


@pytest.mark.parametrize("value", FORGED)
def test_anything_but_drawings_is_refused_with_a_sentence(value):
    with pytest.raises(ValidationError, match=r"Expected .* came"):
        drawings(sketches=value)


@pytest.mark.parametrize("value,said", [([], "No drawing is kept yet"), ([(EMPTY, 2)] * 5, "examples of C.*another class")])
def test_nothing_and_one_class_only_are_refused_with_what_to_do(value, said):
    with pytest.raises(ValidationError, match=said):
        drawings(sketches=value)


def test_a_drawing_is_kept_as_the_pixels_that_the_pad_shows():
    kept = sketch(LINE, 1)
    np.testing.assert_array_equal(pixels([kept])[0], picture(LINE, SHEET))
    assert kept[1] == 1 and max(kept[0], key=LEVELS.index) == "g"


def test_a_copy_is_the_drawing_moved_and_the_mirrored_one_turned():
    row = pixels(EXAMPLES[:2])
    found = copies(row, mirrored=True, shifted=2).reshape(-1, 2, 12, 12)
    assert len(found) == 49
    grid = row.reshape(2, 12, 12)
    for wanted in (np.roll(grid, 1, 1), np.roll(grid, (-2, 2), (1, 2)), grid[..., ::-1], np.roll(grid, 1, 2)[..., ::-1]):
        assert (found == wanted).all((1, 2, 3)).sum() >= 1  # within two pixels of the rim nothing is lost
    assert not (found == grid).all((1, 2, 3)).any() and len(copies(row, False, 0)) == 0


def test_only_training_rows_are_copied_and_none_of_them_is_held_out():
    plain, more = load(DRAWN.data), load(drawings(shifted=1, mirrored=True).data)
    np.testing.assert_array_equal(plain.X_test, more.X_test)
    np.testing.assert_array_equal(plain.X_train, more.X_train[:len(plain.X_train)])
    assert len(more.X_train) == 18 * len(plain.X_train) == drawings(shifted=1, mirrored=True).rows
    np.testing.assert_array_equal(more.y_train, np.tile(plain.y_train, 18))
    held = {row.tobytes() for row in more.X_test}
    assert not held & {row.tobytes() for row in more.X_train}


def test_classes_reach_up_to_the_last_one_drawn():
    two, gap = [(EMPTY, 0), (EMPTY, 1)], [(EMPTY, 0), (EMPTY, 3)]
    assert drawings(sketches=two).data.shape[2] == 1 and drawings(sketches=gap).data.shape[2] == 4
    assert load(drawings(sketches=gap).data).target.class_names == ("A", "B", "C", "D")


def test_drawings_travel_in_an_address_as_far_as_there_is_room():
    most = MOST_DRAWN["sketches"]
    for count in (2, most):
        config = drawings(sketches=[(EXAMPLES[i % 15][0], i % 3) for i in range(count)], shifted=2, mirrored=True)
        query = to_query(config)
        assert from_query(query) == (config, []) and len(query["data.sketches"]) <= 2_000
    assert "data.sketches" not in to_query(drawings(sketches=[(EMPTY, i % 2) for i in range(most + 1)]))
    assert "data.sketches" not in to_query(edited(RunConfig(), {"data.sketches": [(EMPTY, 0), (EMPTY, 1)]}))


@pytest.mark.parametrize("text", ["", "~", "0", "7" + EMPTY, "0" + EMPTY, EMPTY, "0é~1<b>"])
def test_an_address_that_was_altered_leaves_the_example(text):
    config, notes = from_query({"v": "1", "data.source": "sketches", "data.sketches": text})
    assert config.data.sketches == EXAMPLES and len(notes) == 1 and len(notes[0]) < 400
