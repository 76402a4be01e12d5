"""The pictures that judge a network: right numbers, users' text as text only, light enough for a browser."""

import json

import numpy as np
import pytest

from ann_core.judge.importance import Importance, Importances
from ann_core.judge.metrics import judge_classification, judge_regression
from ui.charts import curves, judging

HOSTILE = ("<img src=x onerror=alert(1)>", "$x$ :red[x] ![](http://evil.example/a.png)",
           "a.b[0]['c']\\\"];alert(1)//", "=cmd|' /C calc'!A0")


def judged(C=3, n=120, names=None, seed=0, missing=None):
    rng = np.random.default_rng(seed)
    y, P = rng.integers(0, C, n), rng.exponential(size=(n, C))
    P[np.arange(n), y] += 2
    if missing is not None:
        y[y == missing] = 0
    return judge_classification(y, P / P.sum(axis=1, keepdims=True), names or tuple(f"class {i}" for i in range(C)), 0)


def numbers(n=120):
    rng = np.random.default_rng(0)
    y = rng.normal(size=n) * 50
    return judge_regression(y, y + rng.normal(size=n) * 9, 0.0)


def found(names):
    return Importances(0.9, tuple(Importance(name, 0.5 / (i + 1), 0.01) for i, name in enumerate(names)))


def every_chart(one, value, columns, target="price"):
    return [judging.confusion(one), curves.roc(one), curves.precision_recall(one), judging.calibration(one),
            judging.predicted_against_true(value, target), judging.residuals(value, target),
            judging.importances(found(columns), "classification"), judging.importances(found(columns), "regression"),
            judging.against_references({"the network": 0.97, "a small random forest": float("nan")}, "classification")]


def table(chart, *fields):
    """The rows of the data set that has these fields."""
    return next(rows for rows in chart.to_dict()["datasets"].values() if rows and set(fields) <= set(rows[0]))


def walk(spec, key=None):
    """Every (key, value) of a specification, without the data."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name != "datasets":
                yield from walk(value, name)
    elif isinstance(spec, list):
        for value in spec:
            yield from walk(value, key)
    else:
        yield key, spec


def test_every_chart_is_seen_on_any_ground_and_told_in_words():
    for chart in every_chart(judged(), numbers(), ("age", "height")):
        spec = chart.to_dict()
        assert spec["width"] == "container" and spec["background"] == "transparent" and spec["height"] >= 130
        assert len(spec["description"]) > 40 and spec["description"].endswith(".") and ".." not in spec["description"]


def test_the_heat_map_counts_and_its_cells_can_be_chosen():
    one = judged()
    chart = judging.confusion(one)
    for row in table(chart, "truth", "answer"):
        t, a = row["truth"], row["answer"]
        assert row["count"] == one.confusion[t, a] and row["shade"] == pytest.approx(one.confusion[t, a] / one.support[t])
        assert (row["truth_name"], row["answer_name"]) == (one.classes[t], one.classes[a])
    param, = chart.to_dict()["params"]
    assert param["name"] == "cell" and param["select"] == {"type": "point", "fields": ["truth", "answer"]}


@pytest.mark.parametrize("C, marks", [(2, 2), (20, 2), (50, 1)])
def test_fifty_classes_still_fit(C, marks):
    spec = judging.confusion(judged(C, 1_000, tuple(f"{'a long name ' * 9}{i}" for i in range(C)))).to_dict()
    assert len(spec["layer"]) == marks, "no numbers in cells that are too small for them"
    labels = json.loads(spec["layer"][0]["encoding"]["x"]["axis"]["labelExpr"].removesuffix("[datum.value]"))
    assert len(set(labels)) == C and max(map(len, labels)) <= 20, "shortened, and still told apart by their ends"
    assert spec["height"] <= 800


@pytest.mark.parametrize("C", [2, 3, 50])
def test_curves_are_thinned_and_keep_their_ends(C):
    one = judged(C, 8_000)
    for chart, x_ends in ((curves.roc(one), (0, 1)), (curves.precision_recall(one), (0, 1))):
        points = table(chart, "kind", "order")
        kinds = {row["kind"] for row in points}
        assert len(kinds) == (1 if C == 2 else min(C, 8)) and len(points) <= 500 * len(kinds)
        for kind in kinds:
            own = [row["x"] for row in points if row["kind"] == kind]
            assert own == sorted(own) and (own[0], own[-1]) == x_ends
    if C == 50:
        assert {row["kind"] for row in table(curves.roc(one, [7, 49]), "kind")} == {7, 49}
        assert "8 of 50 classes" in curves.roc(one).to_dict()["title"]["text"]


def test_each_curve_has_its_own_colour():
    scale = curves.roc(judged(50, 2_000), [0, 8, 16]).to_dict()["layer"][1]["encoding"]["color"]["scale"]
    assert scale["domain"] == [0, 8, 16] and len(set(scale["range"])) == 3
    two = curves.roc(judged(2)).to_dict()["layer"][1]["encoding"]["color"]["scale"]
    assert two == {"domain": [1], "range": ["#e07b1a"]}


def test_what_is_not_defined_is_not_drawn():
    one = judged(3, missing=2)
    assert {row["kind"] for row in table(curves.roc(one), "kind")} == {0, 1}
    assert {row["share"] for row in table(judging.confusion(one), "share") if row["truth"] == 2} == {"no rows"}
    nothing = curves.roc(judged(2, missing=1)).to_dict()
    assert "one of them is missing here" in nothing["description"] and "not known" in nothing["description"]


def test_dots_show_rows_and_at_most_a_thousand():
    value = numbers(5_000)
    for chart in (judging.predicted_against_true(value, "price"), judging.residuals(value, "price")):
        dots = table(chart, "truth", "answer", "residual")
        assert len(dots) == 1_000 and "1,000 of 5,000 rows" in chart.to_dict()["title"]["text"]
        assert all(row["residual"] == pytest.approx(row["truth"] - row["answer"]) for row in dots)
    same = judge_regression(np.full(3, 2.0), np.full(3, 2.0), 2.0)
    assert judging.predicted_against_true(same, "price").to_dict()["description"].count("not known") == 1


def test_bars_stand_in_order_with_their_numbers():
    many = judging.importances(found([f"column {i}" for i in range(30)]), "classification")
    bars = table(many, "rank", "fall")
    assert [row["name"] for row in bars] == [f"column {i}" for i in range(20)]
    assert "20 of 30 columns" in many.to_dict()["title"]["text"]
    against = judging.against_references({"the network": 55.1, "a straight line": float("inf")}, "regression")
    network, line = table(against, "rank", "score")
    assert network["label"] == "the network: 55.1" and network["score"] == 55.1
    assert line["score"] is None and "smaller is better" in json.dumps(against.to_dict())


def test_text_from_users_stays_text():
    charts = every_chart(judged(4, 60, HOSTILE), numbers(60), HOSTILE, HOSTILE[1])
    plain = every_chart(judged(4, 60), numbers(60), ("a", "b", "c", "d"), "price")
    for chart, other in zip(charts, plain, strict=True):
        parts, usual = list(walk(chart.to_dict())), list(walk(other.to_dict()))
        assert {key for key, value in parts if isinstance(value, str) and any(
            mark in value for mark in ("onerror", ":red", "alert", "calc"))} <= {"description", "labelExpr", "title"}
        fields = [[value for key, value in some if key in ("field", "fields")] for some in (parts, usual)]
        assert fields[0] == fields[1], "no user's name is read as a field"
        for key, value in parts:
            if key == "labelExpr" and (key, value) not in usual:
                names, rest = json.JSONDecoder().raw_decode(value)
                assert rest and value[rest:] == "[datum.value]" and len(names) >= 2, "names are literals, all of them"


def test_titles_in_hover_text_are_never_a_users():
    """The hover text makes an image of what it finds under the title `image`."""
    for chart in every_chart(judged(3, names=("image", "title", "b")), numbers(), ("image", "title"), "image"):
        for layer in chart.to_dict().get("layer", [chart.to_dict()]):
            for entry in layer["encoding"].get("tooltip", []):
                assert entry["title"] not in ("image", "title")
