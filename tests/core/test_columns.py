"""What a table's columns are taken for, what is proposed to learn, and what a beginner is warned of."""

import io
import runpy
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_core.data.table.cautions import LEAK, cautions
from ann_core.data.table.classes import as_labels, class_labels
from ann_core.data.table.columns import describe
from ann_core.data.table.nothing_left import nothing_left
from ann_core.data.table.proposal import propose, propose_task
from ann_core.data.table.reading import read_table
from ann_core.data.table.telling import class_power
from ui.assets import ROOT
from ui.your_data.samples import SAMPLES, read, template

HOSTILE = ["<img onerror=alert(1)>", "$x$", ":red[x]", "![](http://evil.example/x.png)", "%{x}",
           "=cmd|' /C calc'!A0", "a.b[0]", "image"]
RNG = np.random.default_rng(1)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
NO_ROWS = np.array([], dtype=int)


def frame(**columns):
    """A table as reading makes it: float64 or text."""
    made = {}
    for name, values in columns.items():
        series = pd.Series(list(values), dtype="object")
        texts = series.dropna().map(lambda value: isinstance(value, str)).any()
        made[name.replace("_", " ")] = series.astype("str" if texts else "float64")
    return pd.DataFrame(made)


def of_file(content):
    table = pd.read_csv(io.BytesIO(content))
    return table.astype({name: "float64" for name in table if table[name].dtype.kind in "if"})


def kind(values, name="measure"):
    return describe(pd.DataFrame({name: frame(x=values)["x"]}))[0].kind


def found(table, target, features=None, task="classification", train=NO_ROWS, test=NO_ROWS):
    features = [name for name in table if name != target] if features is None else features
    return {one.key: one for one in cautions(table, describe(table), target, features, task, train, test)}


def proposed(table):
    return propose(describe(table), table)


# Kinds


@pytest.mark.parametrize("values, name, expected", [
    ([1.5, 2.5, 2.5, 4], "x", "number"),
    ([0, 1] * 20, "flag", "number"),
    (RNG.normal(size=50), "id", "number"),
    (["red", "green"] * 10, "colour", "category"),
    (["yes", None, "no", "yes"], "answer", "category"),
    (["2024-01-05", "2024-02-11", "2024-02-11"], "when", "date"),
    (["3/4/2024", "12/11/24"], "when", "date"),
    (["5 March 2024", "Mar 6, 2024", "7. Apr 2024"], "when", "date"),
    (["2024-01-05 10:30", "2024-01-05T11:31:07Z"], "when", "date"),
    ([20240105, 20240211, 20231231], "when", "date"),
    ([20240105, 20249911, 20231231], "amount", "number"),
    (range(1, 41), "anything", "identifier"),
    (RNG.permutation(40), "anything", "identifier"),
    (range(1, 11), "x", "number"),
    ([5, 17, 904], "PassengerId", "identifier"),
    ([5, 17, 904], "number of children", "number"),
    ([f"P{i}" for i in range(30)], "pupil", "identifier"),
    ([f"case {i} told in a long sentence that goes on and on" for i in range(30)], "story", "text"),
    ([f"T{i % 45}" for i in range(60)], "ticket", "text"),
    ([3, 3, None], "x", "constant"),
    (np.full(100, 14.62) + 1e-13 * RNG.random(100), "x", "constant"),
    (["a", "a"], "x", "constant"),
    ([None, None], "x", "empty"),
])  # fmt: skip
def test_each_kind_is_recognised(values, name, expected):
    assert kind(values, name) == expected


def test_figures_of_a_column():
    number, text = describe(frame(a=[3, 1, None, 2], b=["x", "y", "x", None]))
    assert (number.rows, number.missing, number.distinct, number.whole) == (4, 1, 3, True)
    assert (number.low, number.median, number.high) == (1, 2, 3)
    assert (text.missing, text.distinct, text.common, text.low) == (1, 2, (("x", 2), ("y", 1)), None)


def test_huge_numbers_have_a_finite_middle():
    column, = describe(frame(a=[1.7e308, 1.6e308, -1.7e308, 1.7e308]))
    assert column.kind == "number" and column.median == pytest.approx(1.65e308)


@given(st.lists(st.one_of(st.none(), FINITE, st.text(max_size=8)), min_size=1, max_size=30))
def test_any_column_has_a_description_that_adds_up(values):
    table = frame(a=[str(v) if v is not None and any(isinstance(w, str) for w in values) else v for v in values])
    column, = describe(table)
    assert column.rows == len(values) and column.missing == int(table["a"].isna().sum())
    assert column.distinct <= column.rows - column.missing and (column.kind == "empty") == (column.missing == column.rows)
    if column.low is not None:
        assert column.low <= column.median <= column.high


# Proposals


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=list(SAMPLES))
def test_the_samples_are_understood(sample):
    table = of_file(read(sample))
    proposal = proposed(table)
    assert proposal.target == sample.target == table.columns[-1]
    assert proposal.task == ("regression" if sample.key == "diabetes" else "classification")
    assert [name for name, _ in proposal.left_out] == (["pupil"] if sample.key == "exams" else [])
    assert set(proposal.features) == set(table) - {sample.target, "pupil"}
    assert str(len(table)) in sample.sentence


@pytest.mark.parametrize("names, target", [
    (["a", "b", "c"], "c"), (["target", "b", "c"], "target"), (["class", "b", "score"], "score"),
    (["price", "area", "rooms"], "price"),
    (["x", "y", "colour"], "colour"), (["y", "x1", "x2"], "y"), (["class", "target", "z"], "target"),
])  # fmt: skip
def test_the_target_is_the_last_column_or_one_named_so(names, target):
    table = pd.DataFrame(RNG.normal(size=(30, len(names))), columns=names)
    assert proposed(table).target == target


def test_what_cannot_be_used_is_left_out_with_a_reason():
    n = 40
    table = frame(id=range(n), when=["2024-01-05", "2024-02-06"] * 20, same=[1] * n, none=[None] * n,
                  story=[f"a long story about many things, number {i}, and so on" for i in range(n)],
                  good=RNG.normal(size=n), group=["a", "b"] * 20, answer=RNG.normal(size=n), note=[f"n{i}" for i in range(n)])
    proposal = proposed(table)
    assert proposal.features == ("when", "good", "group") and proposal.target == "answer"
    reasons = dict(proposal.left_out)
    assert set(reasons) == {"id", "same", "none", "story", "note"} and "40 different" in reasons["story"]


def test_counting_numbers_are_used_when_there_is_nothing_else():
    table = frame(x=range(50), height=RNG.normal(size=50))
    assert proposed(table).features == ("x",)


@pytest.mark.parametrize("table", [frame(), frame(a=[None]), frame(a=[1, 1], b=["x", "x"])])
def test_a_table_without_anything_to_learn_is_refused(table):
    with pytest.raises(ValueError, match="differ from row to row"):
        proposed(table)


@pytest.mark.parametrize("values, task", [
    (["a", "b", "a"], "classification"), ([0, 1, 0, 1], "classification"), ([0.5, 1.5], "classification"),
    ([3, 4, 5, 6, 7] * 4, "classification"), ([1, 2, 3], "regression"), (list(range(21)) * 5, "regression"),
    (list(range(15)) * 5, "regression"), ([0.5, 1.0, 1.5] * 5, "regression"), (RNG.normal(size=30), "regression"),
])  # fmt: skip
def test_the_task_follows_from_the_values(values, task):
    answer, reason = propose_task(frame(a=values)["a"])
    assert answer == task and f"{len(set(values)):,} different" in reason


@pytest.mark.parametrize("values, labels", [
    ([10, 9, 1, None], ("1", "9", "10")), ([1.5, -0.0, 2], ("0", "1.5", "2")), ([1, 0], ("0", "1")),
    ([1e22, 1], ("1", "1e+22")),
    (["yes", "no"], ("no", "yes")), (["Ja", "Nein"], ("Nein", "Ja")), (["True", "False"], ("False", "True")),
    (["pass", "fail"], ("fail", "pass")), (["admitted", "not admitted"], ("not admitted", "admitted")),
    (["high", "low", "medium"], ("low", "medium", "high")), (["class 10", "class 2"], ("class 2", "class 10")),
    (["virginica", "Setosa"], ("Setosa", "virginica")), (["yes", "Yes"], ("Yes", "yes")), ([None], ()),
])  # fmt: skip
def test_classes_stand_in_a_natural_order(values, labels):
    assert class_labels(frame(a=values)["a"]) == labels


@given(st.lists(st.one_of(FINITE, st.integers(-5, 5)), min_size=1, max_size=40))
def test_every_number_has_a_label_of_its_own(values):
    series = frame(a=values)["a"]
    labels = class_labels(series)
    assert [float(label) for label in labels] == sorted(set(series)) and set(as_labels(series)) == set(labels)


def test_more_than_fifty_classes_are_refused_with_what_to_do():
    assert len(class_labels(frame(a=range(50))["a"])) == 50
    with pytest.raises(ValueError, match="at most 50 classes, received 51 .*another target"):
        class_labels(frame(a=range(51))["a"])


# Cautions: a table that has it, and one that has not

N = 200
SIGNAL = RNG.normal(size=N)
CLASSES = np.where(SIGNAL + RNG.normal(size=N) > 0, "yes", "no")
FINE = {"a": SIGNAL, "b": RNG.normal(size=N), "group": RNG.choice(["u", "v"], N), "passed": CLASSES}
AMOUNT = FINE | {"passed": SIGNAL + RNG.normal(size=N)}


def test_a_good_table_has_no_cautions():
    assert not found(frame(**FINE), "passed", train=np.arange(150), test=np.arange(150, N))
    assert not found(frame(**AMOUNT), "passed", task="regression", train=np.arange(150), test=np.arange(150, N))


@pytest.mark.parametrize("key, name, values", [
    ("leak", "result", np.where(CLASSES == "yes", 1.0, 0.0)),
    ("leak", "points", np.where(CLASSES == "yes", 50, 0) + RNG.random(N) * 49),
    ("leak", "note", np.where(CLASSES == "yes", "good", "bad")),
    ("leak", "died on day", np.where(CLASSES == "yes", np.nan, RNG.integers(1, 90, N))),
    ("identifier", "id", RNG.permutation(N)),
    ("identifier", "name", [f"person {i}" for i in range(N)]),
    ("constant", "same", [7] * N),
    ("constant", "rounding", np.full(N, 14.62) + 1e-13 * RNG.random(N)),
    ("constant", "nothing", [None] * N),
    ("codes", "postcode", RNG.integers(10000, 99999, N) // 100 * 100),
    ("years", "year built", RNG.integers(1900, 2020, N)),
    ("partly dates", "when", np.where(np.arange(N) % 3 == 0, "45352", [f"2024-03-{1 + i % 9:02d}" for i in range(N)])),
    ("missing", "rare", np.where(np.arange(N) % 4 == 0, RNG.normal(size=N), np.nan)),
    ("outliers", "income", np.append(RNG.normal(3000, 500, N - 1), 9_999_999)),
])  # fmt: skip
def test_a_column_that_needs_a_caution_gets_it_and_only_it(key, name, values):
    table = frame(**{name: values}, **FINE)
    answer = found(table, "passed")
    assert key in answer and answer[key].columns == (name,) and f"'{name}'" in answer[key].sentence and answer[key].help
    assert not set(answer) - {key}
    assert not found(table, "passed", features=["a", "b", "group"])  # no word on columns that are not used


@pytest.mark.parametrize("values, suspected", [
    (AMOUNT["passed"] * 2.2 + 1, True), (np.exp(AMOUNT["passed"]), True), (AMOUNT["passed"] + RNG.normal(size=N), False),
    (np.round(AMOUNT["passed"] ** 2, 6), False),
])  # fmt: skip
def test_a_copy_of_an_amount_is_suspected(values, suspected):
    assert ("leak" in found(frame(copy=values, **AMOUNT), "passed", task="regression")) == suspected


def test_one_feature_alone_is_no_suspect():
    assert "leak" not in found(frame(a=SIGNAL, passed=np.where(SIGNAL > 0, "yes", "no")), "passed")


def test_honest_strong_features_are_not_accused():
    iris = of_file(read(SAMPLES["iris"]))
    iris = iris.sample(len(iris), random_state=0)
    power = class_power(*(pd.factorize(iris[name], sort=True)[0] for name in ("petal width cm", "species")))
    assert 0.9 < power < LEAK - 0.015
    for sample in SAMPLES.values():
        table = of_file(read(sample))
        proposal = proposed(table)
        answer = found(table, sample.target, proposal.features, proposal.task)
        assert not {"leak", "few rows", "outliers", "codes"} & set(answer)


def test_a_column_no_better_than_the_majority_is_not_a_leak_however_rare_the_other_class():
    rare = np.where(np.arange(N) < 12, "yes", "no")
    answer = found(frame(a=RNG.normal(size=N), b=RNG.normal(size=N), passed=rare), "passed")
    assert "leak" not in answer and "imbalance" in answer
    assert "leak" in found(frame(a=np.where(rare == "yes", 3, 1), b=RNG.normal(size=N), passed=rare), "passed")


def test_imbalance_is_told_with_its_baseline():
    answer = found(frame(**FINE | {"passed": ["no"] * 160 + ["yes"] * 40}), "passed")
    assert "80 % of the rows are 'no'" in answer["imbalance"].sentence and "rare classes" not in answer


def test_rare_classes_are_named_with_their_rows():
    answer = found(frame(**FINE | {"passed": ["a"] * 98 + ["b"] * 98 + ["c"] * 4}), "passed")
    assert "'c' (4)" in answer["rare classes"].sentence
    assert "rare classes" not in found(frame(**FINE | {"passed": [1] * 98 + [2] * 98 + [3] * 4}), "passed", task="regression")


def test_copies_are_counted_and_told_when_they_cross_the_split():
    table = pd.concat([frame(**FINE)] + [frame(**FINE).head(3)], ignore_index=True)
    assert "3 rows of 203" in found(table, "passed")["duplicates"].sentence
    answer = found(table, "passed", train=np.arange(1, N), test=np.array([0, N, N + 1, N + 2]))
    assert "2 rows of 4" in answer["across"].sentence and "duplicates" not in answer
    whole = found(table, "passed", train=np.arange(N + 3), test=NO_ROWS)
    assert "across" not in whole


def test_rows_without_a_target_are_counted():
    answer = found(frame(**FINE | {"passed": [None] * 5 + list(CLASSES[5:])}), "passed")
    assert "5 rows of 200" in answer["no target"].sentence
    assert set(found(frame(a=range(30), b=["x"] * 30), "b")) >= {"one target"}


def test_few_rows_against_many_inputs():
    table = pd.DataFrame(RNG.normal(size=(90, 10)), columns=[f"c{i}" for i in range(10)])
    assert "few rows" not in found(table, "c9", task="regression")
    assert "80 rows to learn from, for 9 inputs" in found(table.head(80), "c9", task="regression")["few rows"].sentence


def test_hostile_names_stay_as_they_are():
    table = pd.DataFrame({name: RNG.normal(size=40) for name in HOSTILE} | {"%s {0} {s}": [f"v{i}" for i in range(40)]})
    table[HOSTILE[0]] = 1.0
    sentences = " ".join(one.sentence for one in found(table, "image", task="regression").values())
    assert HOSTILE[0] in sentences and "%s {0} {s}" in sentences


@pytest.mark.parametrize("columns", [{"a": [1], "b": ["x"]}, {"a": [None], "b": [None]}, {"a": [], "b": []},
                                     {"a": [1e308, -1e308] * 20, "c": [5e-324, 0] * 20, "b": [1e308, 1.5, -1e308, 2] * 10}])
@pytest.mark.parametrize("task", ["classification", "regression"])
def test_odd_tables_get_sentences_and_no_error(columns, task):
    for one in found(frame(**columns), "b", task=task).values():
        assert one.sentence.endswith(".") and one.help.endswith(".")


@pytest.mark.parametrize("rows, columns, seconds", [(100_000, 20, 1.0), (10_000, 500, 2.0)])
def test_large_tables_are_looked_at_quickly(rows, columns, seconds):
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(rows, columns)), columns=[f"c{i}" for i in range(columns)])
    table["copy"] = table["c0"] * 2
    described = describe(table)
    start = time.process_time()
    answer = cautions(table, described, "c0", [*table][1:], "regression", np.arange(rows // 2), np.arange(rows // 2, rows))
    assert time.process_time() - start < seconds
    assert next(one for one in answer if one.key == "leak").columns == ("copy",)
    assert "measured on 2,000 rows" in answer[0].sentence


# The files


def test_the_script_makes_exactly_these_files():
    made = runpy.run_path(str(ROOT / "samples" / "make.py"))["texts"]()
    assert {path.name: path.read_bytes() for path in (ROOT / "samples").glob("*.csv")} == {
        name: text.encode() for name, text in made.items()}


def test_the_template_is_understood_without_a_question():
    proposal = proposed(of_file(template()))
    assert (proposal.target, proposal.task, proposal.left_out) == ("animal", "classification", ())
    assert proposal.features == ("height cm", "weight kg", "eats")


def test_a_small_network_beats_a_straight_line_on_the_exams():
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table = of_file(read(SAMPLES["exams"]))
    X = pd.get_dummies(table.drop(columns=["pupil", "passed"])).astype(float)
    X = X.fillna(X.mean())
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    line, network = (
        cross_val_score(make_pipeline(StandardScaler(), model), X, table["passed"], cv=folds).mean()
        for model in (LogisticRegression(), MLPClassifier((8,), solver="lbfgs", alpha=3.0, max_iter=2000, random_state=0)))
    assert 0.85 < network < 0.93 and network > line + 0.03


def test_a_table_with_nothing_to_learn_from_says_of_each_column_why():
    def told(text: str) -> str:
        frame = read_table(text.encode(), "x").frame
        return nothing_left(propose(describe(frame), frame), frame)

    names = told("pupil,temperature\n" + "".join(f"pupil {day} of all,{day / 2}\n" for day in range(1, 30)))
    assert "'temperature' can be learned; this table has none. 'pupil': its values differ in almost every row" in names
    stray = told("a,y\n" + "".join(f"{i},{i % 3}\n" for i in range(300)) + "oops,1\n")
    assert "'a': its cells are numbers but in 1 row, where 'oops' stands" in stray


@pytest.mark.parametrize("columns,used", [(16, 16), (15, 14), (25, 25)])
def test_a_square_of_numbers_keeps_the_pixels_that_never_vary(columns, used):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"p{i}": rng.normal(0, 1, 60) for i in range(columns)}).assign(p0=0.0, letter=list("xy") * 30)
    assert len(proposed(frame).features) == used
