"""Judging: metrics as scikit-learn has them, sentences with the right numbers, references, importance."""

import numpy as np
import pytest
import sklearn.metrics as measure
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.datasets import load_diabetes, load_iris
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from ann_core.base.numbers import number, percent
from ann_core.judge.importance import GROUPS, Importance, importance, sentence
from ann_core.judge.metrics import judge_classification, judge_regression, row_scores, score, sentences
from ann_core.judge.references import Reference, references, verdict


def answers(seed, n, C, coarse=False, skill=1.0):
    """Random classes and probabilities that know a little about them; coarse ones have ties."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, C, n)
    weights = rng.integers(1, 4, (n, C)).astype(float) if coarse else rng.exponential(size=(n, C))
    weights[np.arange(n), y] += skill
    return y, weights / weights.sum(axis=1, keepdims=True)


def names(C):
    return tuple(f"class {i}" for i in range(C))


CASES = given(seed=st.integers(0, 10**6), n=st.integers(1, 80), C=st.integers(2, 6), coarse=st.booleans())


# Classes


@settings(max_examples=60, deadline=None)
@CASES
def test_every_measure_is_scikit_learns(seed, n, C, coarse):
    y, P = answers(seed, n, C, coarse)
    j, said = judge_classification(y, P, names(C), 1), P.argmax(axis=1)
    labels = range(C)
    assert j.n == n and j.unanswered == 0
    assert j.accuracy == pytest.approx(measure.accuracy_score(y, said)) == score(y, P, "classification")
    assert j.baseline == pytest.approx(measure.accuracy_score(y, np.full(n, 1)))
    np.testing.assert_array_equal(j.confusion, measure.confusion_matrix(y, said, labels=labels))
    np.testing.assert_array_equal(j.support, j.confusion.sum(axis=1))
    wanted = measure.precision_recall_fscore_support(y, said, labels=labels, zero_division=np.nan)
    for mine, theirs in zip((j.precision, j.recall, j.f1), wanted, strict=False):
        np.testing.assert_allclose(mine, theirs)
    assert j.log_loss == pytest.approx(-np.log(P[np.arange(n), y]).mean())
    assert [one.of for one in j.curves] == ([1] if C == 2 else list(labels))
    for one in j.curves:
        positive, chance = y == one.of, P[:, one.of]
        if 0 < positive.sum() < n:
            pairs = chance[positive][:, None] - chance[~positive]
            assert one.auc == pytest.approx(np.mean((pairs > 0) + (pairs == 0) / 2)), "the share of pairs in the right order"
            assert one.auc == pytest.approx(measure.auc(one.fpr, one.tpr))
        if positive.any():
            steps = np.abs(np.diff(one.recall))
            assert one.average_precision == pytest.approx((steps * one.precision[:-1]).sum())
    for t in labels:
        assert all(len(j.rows(t, a)) == j.confusion[t, a] for a in labels)


@settings(max_examples=40, deadline=None)
@CASES
def test_what_is_not_defined_is_nan(seed, n, C, coarse):
    y, P = answers(seed, n, C, coarse)
    y[y == C - 1] = 0                                # no row of the last class
    j = judge_classification(y, P, names(C), 0)
    assert np.isnan(j.recall[C - 1]) and j.support[C - 1] == 0
    last = j.curves[-1]
    assert np.isnan(last.auc) and np.isnan(last.average_precision) and len(last.fpr) == len(last.recall) == 0
    np.testing.assert_array_equal(np.isnan(j.precision), j.confusion.sum(axis=0) == 0)
    np.testing.assert_array_equal(np.isnan(j.recall), j.support == 0)
    np.testing.assert_array_equal(np.isnan(j.f1), j.confusion.sum(axis=0) + j.support == 0)
    for k in range(C):
        said = sentences(j, k)
        assert ("not known" in said["recall"]) == (j.support[k] == 0)
        assert ("not known" in said["precision"]) == (j.confusion[:, k].sum() == 0)
        assert not any("nan" in text for text in said.values())


@pytest.mark.parametrize("C", [2, 4])
def test_calibration_bins_are_scikit_learns(C):
    y, P = answers(3, 500, C)
    found = judge_classification(y, P, names(C), 0).calibration
    p, true = (P[:, 1], y == 1) if C == 2 else (P.max(axis=1), P.argmax(axis=1) == y)
    right, predicted = calibration_curve(true, p, n_bins=10)
    np.testing.assert_allclose(found.right, right)
    np.testing.assert_allclose(found.predicted, predicted)
    assert found.count.sum() == 500


def test_sentences_about_classes_have_the_numbers():
    y = np.repeat([0, 1, 2], [20, 20, 20])
    said = y.copy()
    said[20:22] = 2                                  # two of class 1 taken for class 2
    P = np.full((60, 3), 0.05)
    P[np.arange(60), said] = 0.9
    words = sentences(judge_classification(y, P, ("setosa", "versicolor", "virginica"), 0), 1)
    assert words["accuracy"] == "Of 60 rows it answers 58 right (97 %). Always answering 'setosa' would get 20 right (33 %)."
    assert words["precision"] == "When it says 'versicolor' it is right in 18 of 18 cases (100 %)."
    assert words["recall"] == "Of the 20 'versicolor' it finds 18 (90 %)."
    assert "95 % for 'versicolor'" in words["f1"]
    assert words["confusion"] == "Its most frequent mistake: 2 of 20 'versicolor' taken for 'virginica'."
    assert words["calibration"] == "Where it gives its answer 90 % on average, that is right for 97 % of 60 rows."
    assert "in 95 % of such pairs" in words["roc"]   # 18 rows stand above all 40 others, 2 are level with them
    assert words["precision_recall"].endswith("In random order it would be about 33 %.")
    assert "a probability of 82 % " in words["log_loss"]  # 0.9 for 58 rows, 0.05 for two
    wrong_free = judge_classification(y, np.eye(3)[y], ("a", "b", "c"), 0)
    assert sentences(wrong_free)["confusion"] == "It makes no mistake on these rows."


def test_rows_without_an_answer_are_left_out_and_said():
    y, P = answers(0, 30, 3)
    P[[4, 9]] = np.nan
    j, rest = judge_classification(y, P, names(3), 0), np.delete(np.arange(30), [4, 9])
    assert (j.n, j.unanswered, j.answer[4]) == (28, 2, -1) and j.confusion.sum() == 28
    assert j.accuracy == judge_classification(y[rest], P[rest], names(3), 0).accuracy == score(y, P, "classification")
    assert "2 rows" in sentences(j)["unanswered"]
    assert np.isnan(row_scores(y, P, "classification")[[4, 9]]).all()


def test_parts_that_do_not_fit_are_refused_with_a_reason():
    y, P = answers(0, 5, 3)
    for bad in ((y, P[:4], names(3), 0), (y, P, names(2), 0), (y + 3, P, names(3), 0), (y, P, names(3), 3),
                (y * 0, P[:, :1], names(1), 0)):
        with pytest.raises(ValueError, match="Expected class numbers"):
            judge_classification(*bad)
    for some in (y[:0], y):
        with pytest.raises(ValueError, match="finite answer"):
            judge_classification(some, np.full((len(some), 3), np.nan), names(3), 0)
    with pytest.raises(ValueError, match="one prediction for each"):
        judge_regression(np.zeros(3), np.zeros(2), 0.0)


# Numbers


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 60), size=st.sampled_from([1e-3, 1.0, 1e6]), mean=st.floats(-5, 5))
def test_regression_is_scikit_learns(seed, n, size, mean):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=n) * size
    prediction = y + rng.normal(size=n) * size
    j = judge_regression(y, prediction, mean)
    assert j.rmse == pytest.approx(measure.root_mean_squared_error(y, prediction)) == -score(y, prediction, "regression")
    assert j.mae == pytest.approx(measure.mean_absolute_error(y, prediction))
    assert j.median_miss == pytest.approx(measure.median_absolute_error(y, prediction))
    assert j.baseline_rmse == pytest.approx(measure.root_mean_squared_error(y, np.full(n, mean)))
    assert j.bias == pytest.approx(-j.residuals.mean())
    assert np.isnan(j.r2) if n == 1 else j.r2 == pytest.approx(measure.r2_score(y, prediction))


def test_r2_of_a_target_that_never_changes_is_not_known():
    j = judge_regression(np.full(9, 3.0), np.arange(9.0), 3.0)
    assert np.isnan(j.r2) and j.baseline_rmse == 0 and "not known" in sentences(j)["r2"]


def test_huge_predictions_are_judged_and_gaps_are_said():
    j = judge_regression(np.arange(4.0), np.array([1e300, 1.0, np.nan, 2.0]), 0.0)
    assert j.rmse == np.inf and j.r2 == -np.inf and (j.n, j.unanswered) == (3, 1)
    said = sentences(j)
    assert "too large to show" in said["rmse"] and "1 row more" in said["unanswered"]


def test_sentences_about_numbers_have_the_numbers():
    y, prediction = np.array([0.0, 10, 20, 30]), np.array([3.0, 10, 20, 34])
    said = sentences(judge_regression(y, prediction, 15.0))
    assert "typical miss is 2.5 " in said["rmse"] and "miss by 11.2." in said["rmse"]
    assert "misses by 1.75 (MAE)" in said["mae"] and "at most 1.5." in said["mae"]
    assert said["r2"].startswith("It explains 95 % of the differences")
    assert said["residuals"] == "On average its answers are 1.75 too high."
    assert "further off" in sentences(judge_regression(y, -y, 15.0))["r2"]


def test_words_for_shares_and_numbers():
    assert [percent(v) for v in (0, 1e-5, 0.004, 0.333, 0.966, 0.995, 0.99999, 1, np.nan)] == [
        "0 %", "less than 0.1 %", "0.4 %", "33 %", "97 %", "99.5 %", "more than 99.9 %", "100 %", "not known"]
    assert [number(v) for v in (55.123, 12345, -0.5, 4.6e-8, 0, np.nan)] == [
        "55.1", "12,300", "−0.5", "4.6·10⁻⁸", "0", "not known"]


# References


def test_references_know_iris():
    X, y = load_iris(return_X_y=True)
    test = np.arange(150) % 5 == 0
    always, line, forest = references(X[~test], y[~test], X[test], "classification", 0)
    assert [one.key for one in (always, line, forest)] == ["always", "line", "forest"]
    assert score(y[test], always.answers, "classification") == pytest.approx(1 / 3)
    for one in (line, forest):
        assert score(y[test], one.answers, "classification") >= 0.9 and one.notes == ()
        np.testing.assert_allclose(one.answers.sum(axis=1), 1)
    again = references(X[~test], y[~test], X[test], "classification", 0)
    np.testing.assert_array_equal(again[2].answers, forest.answers)


def test_references_answer_numbers_in_their_units():
    X, y = load_diabetes(return_X_y=True)
    test = np.arange(len(y)) % 4 == 0
    always, line, forest = references(X[~test], y[~test], X[test], "regression", 0)
    np.testing.assert_allclose(always.answers, y[~test].mean())
    assert all(score(y[test], one.answers, "regression") > 0.8 * score(y[test], always.answers, "regression")
               for one in (line, forest))
    x = np.linspace(-1, 1, 40)[:, None]
    exact = references(x, 1e6 + 1e9 * x[:, 0], x[:3], "regression", 0)[1].answers
    np.testing.assert_allclose(exact, 1e6 + 1e9 * x[:3, 0], rtol=1e-6)


def test_classes_without_training_rows_keep_their_columns():
    X = np.random.default_rng(0).normal(size=(60, 2))
    y = np.where(X[:, 0] > 0, 3, 1)
    for one in references(X, y, X[:7], "classification", 0, classes=5):
        assert one.answers.shape == (7, 5) and (one.answers[:, [0, 2, 4]] == 0).all()
        np.testing.assert_allclose(one.answers.sum(axis=1), 1)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_a_target_that_never_changes_leaves_one_reference(task):
    found = references(np.eye(4), np.full(4, 1), np.eye(4), task, 0, classes=2)
    assert [one.key for one in found] == ["always"] and score(np.ones(4, int), found[0].answers, task) in (1, 0)


def test_balanced_classes_find_more_of_a_rare_one():
    X = np.random.default_rng(0).normal(size=(400, 1))
    y = (X[:, 0] + np.random.default_rng(1).normal(size=400) > 2).astype(int)
    plain, balanced = (references(X, y, X, "classification", 0, weight)[1].answers.argmax(1) for weight in (None, "balanced"))
    assert balanced[y == 1].mean() > plain[y == 1].mean() + 0.2


@pytest.mark.parametrize("scale", [1e-90, 1.0, 1e90])
def test_references_stand_any_size_of_input_and_say_when_rows_are_sampled(scale):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(5_200, 3)) * scale
    y = (X[:, 0] > 0).astype(int)
    test = np.vstack([X[:50], np.full((1, 3), 1e100)])
    found = references(X, y, test, "classification", 0)
    assert all("5,000 rows of 5,200" in one.notes[0] for one in found[1:])
    assert all(score(y[:50], one.answers[:50], "classification") > 0.9 for one in found[1:])
    assert all(np.isfinite(one.answers).all() for one in found)


def right(share, n=400):
    """Probabilities for n rows of class 0 of two, of which the first `share` are right."""
    return np.eye(2)[(np.arange(n) >= round(share * n)).astype(int)]


def reference(key, share):
    return Reference(key, key, "", right(share))


@pytest.mark.parametrize("line, forest, wanted", [
    (0.80, 0.85, "The network beats a straight line and a small random forest: 97 % against 80 % and 85 %."),
    (0.96, 0.80, "A straight line does as well here: 96 % against the network's 97 %. The network beats a small random forest: "
                 "97 % against 80 %. Prefer the simpler one."),
    (1.00, 0.98, "A straight line does better here: 100 % against the network's 97 %. A small random forest does as well here: "
                 "98 % against the network's 97 %. Prefer the simpler one."),
    (0.80, 1.00, "A small random forest does better here: 100 % against the network's 97 %. The network beats a straight line: "
                 "97 % against 80 %. Prefer the forest, or give the network more rows, epochs or units."),
    (0.97, 1.00, "A small random forest does better here: 100 % against the network's 97 %. A straight line does as well here: "
                 "97 % against the network's 97 %. Prefer the forest."),
])
def test_the_verdict_is_honest(line, forest, wanted):
    found = [reference("always", 0.5), reference("line", line), reference("forest", forest)]
    assert verdict(np.zeros(400, int), right(0.97), found, "classification") == wanted


def test_a_network_that_learned_nothing_is_told_so():
    y, found = np.zeros(400, int), [reference("always", 0.6), reference("line", 0.9)]
    assert verdict(y, right(0.62), found, "classification") == (
        "The network does no better than always giving the same answer: 62 % against 60 %. It has learned nothing of use yet. "
        "A straight line does better here: 90 % against the network's 62 %. Prefer the simpler one.")
    assert "does worse than always" in verdict(y, right(0.2), found[:1], "classification")


def test_few_rows_do_not_say_that_a_network_learned_nothing():
    def sure(share):
        return np.where(np.arange(6)[:, None] < share * 6, [[1.0, 0.0]], [[0.0, 1.0]])

    found = [Reference("always", "", "", sure(4 / 6))]
    assert verdict(np.zeros(6, int), sure(1), found, "classification") == (
        "6 rows are too few to tell whether the network does better than always giving the same answer: 100 % against 67 %.")
    assert "no better than always" in verdict(np.zeros(6, int), sure(4 / 6), found, "classification")


def test_the_verdict_on_numbers_speaks_of_misses():
    rng = np.random.default_rng(0)
    y = rng.normal(size=200) * 10
    found = [Reference("always", "", "", np.zeros(200)), Reference("line", "", "", y + rng.normal(size=200) * 3)]
    miss = number(-score(y, found[1].answers, "regression"))
    assert verdict(y, y + 1, found, "regression") == f"The network beats a straight line: a typical miss of 1 against {miss}."
    assert "does better here" in verdict(y, y + 8, found, "regression")


# Importance


def accuracy(y, P):
    return score(y, P, "classification")


def test_importance_agrees_with_scikit_learns():
    X, y = load_iris(return_X_y=True)
    X = np.column_stack([X[:, 2:], np.random.default_rng(0).normal(size=150)])
    model = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X[:, :1], y)  # sees the first column only
    seen = importance(lambda X: model.predict_proba(X[:, :1]), X, y, {"seen": [0], "unseen": [1], "noise": [2]}, accuracy, 30)
    assert seen.columns[0].name == "seen" and seen.columns[0].mean > 0.5
    assert all(one.mean == one.spread == 0 for one in seen.columns[1:])
    line = LogisticRegression().fit(X, y)
    mine = importance(line.predict_proba, X, y, {str(i): [i] for i in range(3)}, accuracy, 50)
    theirs = permutation_importance(line, X, y, n_repeats=50, random_state=0).importances_mean
    np.testing.assert_allclose([one.mean for one in mine.columns], [theirs[int(one.name)] for one in mine.columns], atol=0.02)


def test_the_inputs_of_one_column_move_together():
    word = np.arange(300) % 3
    X = np.column_stack([np.eye(3)[word], np.ones(300)])

    def predict(X):
        assert (X[:, :3].sum(axis=1) == 1).all(), "each row still holds exactly one word"
        return X[:, :3]

    found = importance(predict, X, word, {"word": [0, 1, 2], "one": [3]}, accuracy)
    assert found.score == 1 and found.columns[0].name == "word" and found.columns[0].mean == pytest.approx(2 / 3, abs=0.1)


def test_importance_leaves_the_rows_alone_and_repeats_exactly():
    X, y = load_iris(return_X_y=True)
    before, model = X.copy(), DecisionTreeClassifier(random_state=0).fit(X, y)
    groups = {"a": [0], "b": [1], "c": [2], "d": [3]}
    first, again = (importance(model.predict_proba, X, y, groups, accuracy) for _ in range(2))
    np.testing.assert_array_equal(X, before)
    assert first == again and first != importance(model.predict_proba, X, y, groups, accuracy, seed=1)
    assert [one.mean for one in first.columns] == sorted((one.mean for one in first.columns), reverse=True)


def test_many_columns_and_rows_are_bounded_and_said():
    X = np.random.default_rng(0).normal(size=(1_500, 80))
    y, asked = (X[:, 77] > 0).astype(int), []

    def predict(X):
        asked.append(len(X))
        return np.column_stack([X[:, 77] <= 0, X[:, 77] > 0]).astype(float)

    found = importance(predict, X, y, {f"column {i}": [i] for i in range(80)}, accuracy, repeats=2)
    assert found.columns[0].name == "column 77" and len(found.columns) == GROUPS
    assert sum(asked) <= 200 * 81 + 1_000 * (1 + 2 * GROUPS)
    assert "60" in found.notes[0] and "80" in found.notes[0] and "1,000 rows of 1,500" in found.notes[1]


def test_importance_in_words():
    hostile = "<img onerror=x> $x$ " + "long " * 20
    assert sentence(Importance("petal width", 0.22, 0.01), 0.93, "classification") == (
        "Without 'petal width' (its values shuffled among the rows) its accuracy would fall from 93 % to 71 %.")
    assert sentence(Importance("age", 15.1, 1.0), -55.1, "regression").endswith(
        "its typical miss (RMSE) would grow from 55.1 to 70.2.")
    assert "not change at all: 93 %" in sentence(Importance("age", 0.0, 0.0), 0.93, "classification")
    assert "about the same" in sentence(Importance("age", 0.01, 0.02), 0.93, "classification")
    assert "would grow from 93 % to 95 %" in sentence(Importance("age", -0.02, 0.001), 0.93, "classification")
    assert "<img onerror=x> $x$" in sentence(Importance(hostile, 0.5, 0.0), 0.9, "classification")
    assert len(sentence(Importance(hostile, 0.5, 0.0), 0.9, "classification")) < 150
