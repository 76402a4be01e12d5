"""Charts of columns: users' names are never Vega's field names, odd tables are drawn, the figures are those of the table."""

import json
import warnings

import numpy as np
import pandas as pd
import pytest

from ann_core.data.table.classes import class_labels
from ann_core.data.table.columns import describe
from ui.charts import columns as drawing
from ui.charts.columns import describe_chart, describe_overview, drawn_columns, overview, relation
from ui.colors import class_colors

HOSTILE = ["<img onerror=alert(1)>", "$x$", ":red[x]", "![](http://evil.example/x.png)", "%{x}", "=cmd|' /C calc'!A0", "a.b[0]",
           "image", "title", "url", "datum.x", "'];alert(1)//", '"]', "back\\slash", "line\nbreak"]  # fmt: skip
RNG = np.random.default_rng(0)
WORDS = {"value", "rows", "class", "group", "share", "target", "mean value", "mean target", "middle value",
         "a quarter lies above", "a quarter lies below"}
FIELDS = {"c", "class", "group", "value", "answer", "place", "low", "middle", "high", "top", "foot", "share", "rows", "rank",
          "note"}


def table(**columns):
    return pd.DataFrame({name: pd.Series(values, dtype="str" if any(isinstance(v, str) for v in values) else "float64")
                         for name, values in columns.items()})


def charts(frame, target, task, relations=3):
    """All charts of a table, as the browser gets them."""
    labels = class_labels(frame[target]) if task == "classification" else ()
    columns = describe(frame)
    specs = [overview(frame, columns, target, labels)]
    texts = [describe_overview(frame, columns, target)]
    for name in [*frame][:relations]:
        specs.append(relation(frame, name, target, task))
        texts.append(describe_chart(frame, name, target, task))
    assert all(text.endswith(".") for text in texts)
    return [json.loads(json.dumps(spec.to_dict(), allow_nan=False)) for spec in specs]


def nodes(spec):
    """Every object of a chart but its data."""
    if isinstance(spec, dict):
        yield spec
        for key, part in spec.items():
            if key != "datasets":
                yield from nodes(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from nodes(part)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_no_name_of_a_user_is_a_field_or_a_tooltip_title(task):
    numbers = {name: RNG.normal(size=60) for name in HOSTILE}
    texts = {f"{name} ": RNG.choice(HOSTILE, 60) for name in HOSTILE[:4]}
    target = RNG.choice(HOSTILE[:3], 60) if task == "classification" else RNG.normal(size=60)
    frame = table(**texts, **numbers, **{"![](x) y": target})
    for spec in charts(frame, "![](x) y", task, relations=6):
        for node in nodes(spec):
            assert "field" not in node or node["field"].rstrip("0123456789") in FIELDS
            for tip in node.get("tooltip", []) if isinstance(node.get("tooltip"), list) else []:
                assert tip["title"] in WORDS
            assert "href" not in node and "url" not in node and "image" not in str(node.get("mark"))
        for rows in spec["datasets"].values():
            assert not set(rows[0]) & {*HOSTILE, "image", "title"}


NONE = [np.nan] * 30
FEW, ODD = RNG.normal(size=30), RNG.choice(["a", "b"], 30)


@pytest.mark.parametrize("frame", [
    table(a=[1.0], b=["x"], y=[2.0]), table(a=[1.0, 2.0], b=["x", "z"], y=["u", "u"]), table(a=NONE, b=NONE, y=FEW),
    table(a=FEW, b=ODD, y=NONE), table(a=[], b=[], y=[]), table(y=FEW), table(a=[5.0] * 30, b=["x"] * 30, y=ODD),
    table(a=FEW, b=np.where(ODD == "a", FEW, np.nan), y=np.where(ODD == "b", 1.0, np.nan)),
    table(a=np.arange(100.0), b=[f"v{i}" for i in range(100)], y=[f"class {i % 50}" for i in range(100)]),
    table(a=[1.7e308, -1.7e308, 5e-324, 0] * 10, b=[1e300] * 39 + [1], y=[1e308, -1e308] * 20),
    table(a=[2e15, 2e15 + 1, 2e15 + 2] * 5, b=[-0.0, 0, 1e-310] * 5, y=[1e-9, 1e-9 + 1e-15, 2] * 5),
    pd.DataFrame(RNG.normal(size=(40, 500)), columns=[f"c{i}" for i in range(499)] + ["y"]),
], ids=["one row", "one class", "empty columns", "empty target", "no rows", "only the target", "constant", "gaps", "50 classes",
        "huge", "close", "500 columns"])  # fmt: skip
def test_odd_tables_are_drawn_without_error_or_infinity(frame):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for task in ("classification", "regression"):
            if task == "classification" or frame["y"].dtype.kind == "f":
                assert len(charts(frame, "y", task)) == 1 + min(3, len(frame.columns))


def data(spec):
    return max(spec["datasets"].values(), key=len)


def test_the_target_comes_first_and_twelve_columns_are_drawn():
    frame = pd.DataFrame(RNG.normal(size=(40, 20)), columns=[f"n{i}" for i in range(20)])
    drawn = drawn_columns(describe(frame), "n7")
    assert [column.name for column in drawn[:3]] == ["n7", "n0", "n1"] and len(drawn) == drawing.SHOWN
    assert f"{drawing.SHOWN} of 20 columns" in describe_overview(frame, describe(frame), "n7")


def test_every_picture_filters_by_every_selection_and_has_its_own():
    frame = table(a=FEW, b=ODD, y=RNG.choice(["u", "v"], 30))
    spec = overview(frame, describe(frame), "y", ("u", "v")).to_dict()
    params = {one["name"] for one in spec["params"]}
    assert params == {"pick0", "span1", "pick2"} and len(spec["concat"]) == 3
    for picture in spec["concat"]:
        faint, chosen = picture["layer"]
        assert {one["param"] for one in chosen["transform"][-1]["filter"]["and"]} == params
        assert all(isinstance(step["filter"], str) for step in faint["transform"])


def test_a_large_table_is_sampled_and_says_so():
    frame = table(a=RNG.normal(size=5000), y=RNG.normal(size=5000))
    assert len(data(overview(frame, describe(frame), "y", ()).to_dict())) == drawing.SAMPLE
    assert len(data(relation(frame, "a", "y", "regression").to_dict())) == drawing.SAMPLE
    assert "1,500 of 5,000 rows" in describe_overview(frame, describe(frame), "y")


def test_rare_classes_share_a_colour_once_colours_run_out():
    labels = [f"k{i}" for i in range(12) for _ in range(12 - i)]
    frame = table(a=RNG.normal(size=len(labels)), y=labels)
    spec = overview(frame, describe(frame), "y", class_labels(frame["y"])).to_dict()
    scale = spec["concat"][0]["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == [f"k{i}" for i in range(7)] + [drawing.OTHERS] and len(set(scale["range"])) == 8
    assert len(data(spec)) == len(labels)
    assert class_colors(("no", "yes")) == ["#2667b2", "#e07b1a"]


def test_a_class_keeps_its_colour_where_a_column_lacks_another_class():
    frame = table(a=[1.0, 2, 3, 4, np.nan, np.nan], y=["u", "u", "v", "v", "w", "w"])
    whole = overview(frame, describe(frame), "y", ("u", "v", "w")).to_dict()["concat"][0]["layer"][0]
    part = relation(frame, "a", "y", "classification").to_dict()["layer"][0]
    assert whole["encoding"]["color"]["scale"] == part["encoding"]["color"]["scale"]


def test_shares_of_a_category_add_up_and_are_those_of_the_table():
    frame = table(group=["a"] * 10 + ["b"] * 10, y=["yes"] * 7 + ["no"] * 3 + ["yes"] * 2 + ["no"] * 8)
    rows = data(relation(frame, "group", "y", "classification").to_dict())
    shares = {(row["group"], row["class"]): row["share"] for row in rows}
    assert shares == {("a", "no"): 0.3, ("a", "yes"): 0.7, ("b", "no"): 0.8, ("b", "yes"): 0.2}
    assert "70 % for 'a' and 20 % for 'b'" in describe_chart(frame, "group", "y", "classification")


def test_boxes_stand_at_the_quarters():
    frame = table(a=[0.0, 1, 2, 3, 4, 10, 20, 30, 40, 50], y=[0.0] * 5 + [1.0] * 5)
    tables = relation(frame, "a", "y", "classification").to_dict()["datasets"].values()
    boxes = [row for rows in tables for row in rows if "low" in row]
    assert {(row["group"], row["low"], row["middle"], row["high"]) for row in boxes} == {("0", 1, 2, 3), ("1", 20, 30, 40)}
    assert "2 for '0' and 30 for '1'" in describe_chart(frame, "a", "y", "classification")


def test_the_trend_follows_a_curve():
    a = np.linspace(-1, 1, 240)
    frame = table(a=a, y=a**2)
    trend = min(relation(frame, "a", "y", "regression").to_dict()["datasets"].values(), key=len)
    assert len(trend) == 12
    assert max(abs(row["answer"] - row["value"] ** 2) for row in trend) < 0.01
    assert "no clear direction" in describe_chart(frame, "a", "y", "regression")
    assert "rises" in describe_chart(table(a=a, y=a**3), "a", "y", "regression")


def test_words_on_a_scale_stand_in_its_order_and_others_by_how_often_they_are():
    frame = table(felt=["hot", "hot", "hot", "cold", "mild", None] * 5, town=["b", "b", "a"] * 10, y=range(30))

    def order(name):
        return relation(frame, name, "y", "regression").to_dict()["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]

    assert order("felt").startswith('["cold", "mild", "hot"]') and order("town").startswith('["b", "a"]')
