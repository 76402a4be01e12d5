"""Words in an order: found where all stand on a known scale, one input, and set right by hand."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from ann_core.data.table.columns import describe
from ann_core.data.table.meaning import meant
from ann_core.data.table.own import fit
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.proposal import propose
from ann_core.data.table.reading import read_table
from ann_core.data.table.scales import counts, scale_of


@pytest.mark.parametrize("words, order", [
    (["Agree", "Strongly disagree", "Neutral"], ("Strongly disagree", "Neutral", "Agree")),
    (["stimme zu", "Stimme nicht zu", "teils/teils"], ("Stimme nicht zu", "teils/teils", "stimme zu")),
    (["XL", "S", "M"], ("S", "M", "XL")), (["B+", "A-", "A"], ("B+", "A-", "A")), (["often", "never"], ("never", "often")),
    (["So", "Mo", "Di"], ("Mo", "Di", "So")), (["mars", "janv.", "févr."], ("janv.", "févr.", "mars")),
    (["Agree", "blue"], None), (["A", "B", "C"], None), (["good", "Good"], None), ([], None),
])  # fmt: skip
def test_words_on_one_scale_have_its_order(words, order):
    assert scale_of(words) == order


def test_only_steps_from_less_to_more_count():
    assert counts(["low", "medium", "high"]) and not counts(["Mon", "Tue", "Wed"]) and not counts(["no", "yes"])


def survey(rows=60):
    words = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
    return pd.DataFrame({"fun": [words[i % 5] for i in range(rows)], "town": ["a", "b", "c"] * (rows // 3),
                         "passed": [["no", "yes"][i % 5 > 2] for i in range(rows)]})


def prepared(**changes):
    table = read_table(survey().to_csv(index=False).encode(), "x")
    columns = describe(table.frame)
    found = propose(columns, table.frame)
    chosen = meant(columns, table.frame, found.features)
    known = {"target": found.target, "task": found.task, "features": found.features}
    return fit(table, Preparation(**{**known, **chosen, **changes}), 0.2, 0)


def test_a_likert_scale_is_one_input_and_by_hand_one_for_each_word():
    found = prepared()
    assert found.encoder.names[:1] == ("fun, in order",)
    np.testing.assert_array_equal(found.X[:5, 0], range(5))
    apart = prepared(ordered=())
    assert len(apart.encoder.groups["fun"]) == 5


def test_an_order_by_hand_holds():
    found = prepared(ordered=("fun", "town"), orders=(("town", (2, 0, 1)),))
    assert found.encoder.columns[1].values == ("c", "a", "b")
    np.testing.assert_array_equal(found.X[:3, 1], [1, 2, 0])
    wrong = prepared(ordered=("town",), orders=(("town", (2, 2, 1)),))
    assert wrong.encoder.columns[1].values == ("a", "b", "c")


def test_an_order_by_hand_holds_where_no_training_row_has_one_of_its_words():
    rows = "".join(f"{'abcd'[i % 4] if i < 80 else 'e'},{i % 4}\n" for i in range(81))
    table = read_table(f"town,y\n{rows}".encode(), "x")
    for seed in range(20):
        own = fit(table, Preparation(target="y", task="regression", features=("town",), ordered=("town",),
                                     orders=(("town", (4, 3, 1, 0, 2)),)), 0.2, seed)
        if len(own.table.frame) - 1 not in own.rows[own.train]:
            break
    assert own.encoder.columns[0].values == ("d", "b", "a", "c")


def test_a_word_that_is_not_on_the_scale_is_unknown_and_counts_as_a_gap():
    column = prepared().encoder.columns[0]
    cells = pd.Series(["AGREE", "maybe", None], dtype="str")
    assert column.unknown(cells).tolist() == [False, True, False]
    assert column.encode(cells)[:, 0].tolist() == [3, column.values.index(column.fill), column.values.index(column.fill)]


def test_turkish_letters_are_one_word_whatever_their_case():
    rows = "".join(f"{['İstanbul', 'istanbul', 'IĞDIR', 'ığdır'][i % 4]},{i},{i * 2}\n" for i in range(40))
    table = read_table(f"şehir,x,y\n{rows}".encode(), "x")
    assert table.frame["şehir"].nunique() == 2 and any("merged" in line for line in table.report.changed)


@pytest.mark.parametrize("width", [2, 4])
def test_a_truth_table_trains_on_all_of_its_rows(width):
    rows = "".join(f"{','.join(map(str, bits))},{sum(bits) % 2}\n" for bits in product((0, 1), repeat=width))
    table = read_table((",".join(f"x{i}" for i in range(width)) + ",y\n" + rows).encode(), "x")
    columns = describe(table.frame)
    found = propose(columns, table.frame)
    own = fit(table, Preparation(target="y", task="classification", features=found.features), 0.2, 0)
    assert len(own.train) == len(table.frame) and not len(own.test) and not len(own.validation)
    assert any("all of them train" in note for note in own.notes)
