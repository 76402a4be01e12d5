"""What stands in a table's columns: small linked pictures of all, and one column against the target.

Users' names and values stand in data and titles only. Fields and tooltip titles are our own words: Vega reads dots and brackets
in a field's name, and a tooltip would load a picture from a title "image".
"""

import json
from collections.abc import Sequence
from functools import partial

import altair as alt
import numpy as np
import pandas as pd

from ann_core.base.numbers import percent
from ann_core.base.spelling import words as spelt
from ann_core.base.words import listed
from ann_core.data.dataset import Task
from ann_core.data.table.classes import as_labels, class_labels
from ann_core.data.table.columns import Column, is_number, short
from ann_core.data.table.scales import scale_of
from ui.charts.chart import Chart, finished
from ui.colors import ACCENT, GREY, TWO, class_colors

SAMPLE = 1500  # rows sent to the browser, at most
SHOWN = 12  # columns drawn together, at most
BARS = 8  # categories or colours with a place of their own; the last stands for all others where there are more
GAP, OTHERS = "(missing)", "all others"
EDGE = 1e100  # sums and differences of larger numbers overflow in the browser


def overview(frame: pd.DataFrame, columns: Sequence[Column], target: str, labels: Sequence[str],
             across: int = 3, width: int = 210) -> alt.ConcatChart | Chart:
    """A histogram or bars for each column that holds numbers or categories, coloured by class. Drawing a range over one, or a
    click on a bar, leaves the rows that are in it coloured in all the others.

    labels: the class names in their order, none for an amount   across, width: charts in a row, and the width of each in pixels
    """
    drawn = drawn_columns(columns, target)
    rows = frame[frame[target].notna()]
    rows = rows if len(rows) <= SAMPLE else rows.sample(SAMPLE, random_state=0).sort_index()
    if not drawn or rows.empty:
        return _nothing("There is no column of numbers or categories to draw.")
    data, kept = pd.DataFrame({"class": "rows"}, index=rows.index), ["rows"]
    if labels:
        classes, kept = _merged(as_labels(frame[target]), labels)  # of all rows: a colour means the same class in every chart
        data["class"] = classes[rows.index]
    legend = alt.Legend(title=_plain(target), orient="top", columns=4, labelLimit=140, symbolOpacity=1) if labels else None
    color = alt.Color("class:N", scale=alt.Scale(domain=kept, range=class_colors(kept) if labels else [ACCENT]), legend=legend)
    bars = {c.name for c in drawn if c.kind != "number" or (labels and c.name == target)}
    links = [alt.selection_point(name=f"pick{i}", encodings=["y"]) if column.name in bars else
             alt.selection_interval(name=f"span{i}", encodings=["x"]) for i, column in enumerate(drawn)]
    charts = []
    for i, column in enumerate(drawn):
        name, values = f"c{i}", rows[column.name]
        if column.name in bars:
            own = column.name == target and labels
            data[name], order = (data["class"], kept) if own else _merged(as_labels(values).fillna(GAP))
            axis = alt.Axis(labelLimit=90, labelOverlap=False)
            x = alt.X("count():Q", title=None, axis=alt.Axis(tickCount=3, grid=False))
            y = alt.Y(f"{name}:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=axis)
            tooltip = alt.Tooltip(f"{name}:N", title="value")
        else:
            data[name] = _tamed(values)
            bins, ticks = _bins(data[name].to_numpy(), column.whole)
            axis = alt.Axis(values=ticks, format=".6~g", grid=False, labelOverlap=True)
            x = alt.X(f"{name}:Q", bin=bins, title=None, axis=axis)
            y = alt.Y("count():Q", title=None, axis=alt.Axis(tickCount=3))
            tooltip = alt.Tooltip(f"{name}:Q", bin=bins, title="value")
        words = [tooltip, *[alt.Tooltip("class:N", title="class")] * bool(labels), alt.Tooltip("count():Q", title="rows")]
        base = alt.Chart().transform_filter(f"isValid(datum.{name})").encode(x=x, y=y, color=color, tooltip=words)
        chosen = base.mark_bar().transform_filter({"and": [{"param": link.name} for link in links]})
        charts.append(alt.layer(base.mark_bar(opacity=0.22).add_params(links[i]), chosen).properties(
            width=width, height=110, title=_title(column, target)))
    return alt.concat(*charts, data=data, columns=across, spacing=14).properties(
        background="transparent").configure_view(strokeWidth=0).configure_axis(labelFlush=False)


def drawn_columns(columns: Sequence[Column], target: str) -> list[Column]:
    """The columns that `overview` draws: the target, then the first ones of numbers and categories, 12 at most."""
    fit = [column for column in columns if column.kind in ("number", "category") or column.name == target]
    return sorted(fit, key=lambda column: column.name != target)[:SHOWN]


def relation(frame: pd.DataFrame, column: str, target: str, task: Task) -> Chart:
    """One column against the target, for rows that have both: points and boxes, bars of shares, or points and a trend.

    Raises ValueError for more than 50 classes.
    """
    a, b = _both(frame, column, target)
    if a.empty:
        return _nothing("No row has a value in both columns.")
    if task == "classification":
        classes, kept = _classes(frame[target], a.index)
        colors = class_colors(kept)
        return _spread(a, classes, kept, colors, column, target) if is_number(a) else _shares(a, classes, kept, colors, column)
    if is_number(a):
        return _scatter(a, b, column, target)
    groups, kept = _merged(a)
    return _spread(b, groups, kept, [ACCENT] * len(kept), target, column)


def describe_overview(frame: pd.DataFrame, columns: Sequence[Column], target: str) -> str:
    """What `overview` shows and what it leaves out, in words."""
    drawn, known = len(drawn_columns(columns, target)), int(frame[target].notna().sum())
    rows = f"{SAMPLE:,} of {known:,} rows, chosen at random" if known > SAMPLE else f"{known:,} rows"
    return (f"Small charts of {drawn} of {len(columns):,} columns, the target {short(target)} first: how often each value is, "
            f"in {rows}.")


def describe_chart(frame: pd.DataFrame, column: str, target: str, task: Task) -> str:
    """What `relation` shows, in words."""
    a, b = _both(frame, column, target)
    start = f"{short(column)} against {short(target)}, {len(a):,} row{'s' * (len(a) != 1)}"
    if a.empty:
        return f"{start}."
    if task == "classification" and not is_number(a):
        groups, (classes, kept) = _merged(a)[0], _classes(frame[target], a.index)
        of = kept[-1] if len(kept) == 2 else str(classes.value_counts().index[0])
        shares = (classes == of).groupby(groups).mean().sort_values(ascending=False)
        words = [f"{percent(float(share))} for {short(str(group))}" for group, share in shares.items()]
        return f"{start}: the share of {short(of)} is {listed(words, 4)}."
    if task == "regression" and is_number(a):
        if a.nunique() < 2 or b.nunique() < 2:
            return f"{start}: one of them never varies."
        rank = a.rank().corr(b.rank())
        way = f"the target {'rises' if rank > 0 else 'falls'} as it rises" if abs(rank) >= 0.2 else "no clear direction"
        return f"{start}: {way} (rank correlation {spelt(float(rank), 2)})."
    values, groups = (a, _classes(frame[target], a.index)[0]) if task == "classification" else (b, _merged(a)[0])
    middle = _tamed(values).groupby(groups).median()
    return f"{start}: the middle value is {listed([f'{spelt(float(v))} for {short(str(k))}' for k, v in middle.items()], 4)}."


def _spread(values: pd.Series, groups: pd.Series, order: list[str], colors: list[str], value_name: str,
            group_name: str) -> Chart:
    """A band of points for each group; over it a box from the first to the third quarter with a line at the middle value."""
    table = pd.DataFrame({"group": groups, "value": _tamed(values)})
    table["place"] = table["group"].map({name: i for i, name in enumerate(order)}).astype(float)
    boxes = table.groupby(["group", "place"])["value"].quantile([0.25, 0.5, 0.75]).unstack().reset_index()
    boxes.columns = pd.Index(["group", "place", "low", "middle", "high"])
    boxes = boxes.assign(top=boxes["place"] - 0.32, foot=boxes["place"] + 0.32)
    points = table.sample(min(len(table), SAMPLE), random_state=0)
    points["place"] += np.random.default_rng(0).uniform(-0.25, 0.25, len(points))
    axis = alt.Axis(values=[*range(len(order))], labelExpr=f"{json.dumps(order)}[datum.value]", labelLimit=120, titleLimit=200,
                    grid=False, ticks=False)
    x = partial(alt.X, title=_plain(value_name), axis=alt.Axis(titleLimit=400, tickCount=8), scale=alt.Scale(zero=False))
    y = partial(alt.Y, title=_plain(group_name), axis=axis, scale=alt.Scale(domain=[-0.5, len(order) - 0.5], reverse=True))
    scale = alt.Scale(domain=order, range=colors)
    color, stroke = alt.Color("group:N", scale=scale, legend=None), alt.Stroke("group:N", scale=scale, legend=None)
    words = [alt.Tooltip("group:N", title="group"), *(alt.Tooltip(f"{key}:Q", title=title) for key, title in (
        ("low", "a quarter lies below"), ("middle", "middle value"), ("high", "a quarter lies above")))]
    band = alt.Chart(points).mark_circle(size=18, opacity=0.45).encode(
        x=x("value:Q"), y=y("place:Q"), color=color,
        tooltip=[alt.Tooltip("value:Q", title="value"), alt.Tooltip("group:N", title="group")])
    box = alt.Chart(boxes).mark_rect(fillOpacity=0.15, strokeWidth=1.5).encode(
        x=x("low:Q"), x2="high:Q", y=y("top:Q"), y2="foot:Q", color=color, stroke=stroke, tooltip=words)
    middle = alt.Chart(boxes).mark_rule(strokeWidth=3.5).encode(
        x=x("middle:Q"), y=y("top:Q"), y2="foot:Q", color=color, tooltip=words)
    return finished(alt.layer(band, box, middle), 80 + 48 * len(order))


def _shares(values: pd.Series, classes: pd.Series, labels: list[str], colors: list[str], column: str) -> Chart:
    """For each category a bar of the shares that the classes have in it."""
    groups, order = _merged(values)
    counts = pd.crosstab(groups.rename("group"), classes.rename("class")).stack().rename("rows").reset_index()
    counts = counts.assign(share=counts["rows"] / counts.groupby("group")["rows"].transform("sum"),
                           rank=counts["class"].map({label: i for i, label in enumerate(labels)}))
    bars = alt.Chart(counts[counts["rows"] > 0]).mark_bar().encode(
        x=alt.X("share:Q", title="share of the rows", axis=alt.Axis(format=".0%", tickCount=6), scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("group:N", sort=order, scale=alt.Scale(domain=order), title=_plain(column),
                axis=alt.Axis(labelLimit=120, titleLimit=200, labelOverlap=False)),
        color=alt.Color("class:N", scale=alt.Scale(domain=labels, range=colors),
                        legend=alt.Legend(title=None, orient="top", columns=4, labelLimit=140)),
        order=alt.Order("rank:Q"),
        tooltip=[alt.Tooltip("group:N", title="group"), alt.Tooltip("class:N", title="class"),
                 alt.Tooltip("share:Q", title="share", format=".1%"), alt.Tooltip("rows:Q", title="rows")])
    return finished(bars, 120 + 34 * len(order))


def _scatter(a: pd.Series, b: pd.Series, column: str, target: str) -> Chart:
    """A point for each row, and the mean of both in up to twelve equally large groups along x."""
    table = pd.DataFrame({"value": _tamed(a), "answer": _tamed(b)})
    x = alt.X("value:Q", scale=alt.Scale(zero=False), title=_plain(column), axis=alt.Axis(titleLimit=400, tickCount=6))
    y = alt.Y("answer:Q", scale=alt.Scale(zero=False), title=_plain(target), axis=alt.Axis(titleLimit=250, tickCount=6))
    points = alt.Chart(table.sample(min(len(table), SAMPLE), random_state=0)).mark_circle(
        size=22, opacity=0.45, color=ACCENT).encode(
        x=x, y=y, tooltip=[alt.Tooltip("value:Q", title="value"), alt.Tooltip("answer:Q", title="target")])
    groups = pd.qcut(table["value"].rank(method="first"), min(12, max(1, len(table) // 8)), labels=False)
    trend = alt.Chart(table.groupby(groups).mean()).mark_line(color=TWO[1], strokeWidth=2.5, point={"color": TWO[1]}).encode(
        x=x, y=y, tooltip=[alt.Tooltip("value:Q", title="mean value"), alt.Tooltip("answer:Q", title="mean target")])
    return finished(alt.layer(points, trend), 320)


def _both(frame: pd.DataFrame, column: str, target: str) -> tuple[pd.Series, pd.Series]:
    """The two columns in the rows where both are known."""
    known = frame[column].notna() & frame[target].notna()
    return frame[column][known], frame[target][known]


def _classes(target: pd.Series, rows: pd.Index) -> tuple[pd.Series, list[str]]:
    """The class of some rows, and the classes of all, so that colours are the same for every column."""
    classes, kept = _merged(as_labels(target), class_labels(target))
    return classes[rows], kept


def _merged(values: pd.Series, order: Sequence[str] = ()) -> tuple[pd.Series, list[str]]:
    """Texts, the rare ones as one when there are more than eight, and their order: the one given, that of a scale, or else the
    frequent first."""
    counts = values.value_counts()
    names = [name for name in order if name in counts.index] or [str(name) for name in counts.index]
    if not order and (scale := scale_of([name for name in names if name != GAP])):
        names = [*scale, *(name for name in names if name == GAP)]
    if len(names) > BARS:
        frequent = set(counts.index[: BARS - 1])
        names = [name for name in names if name in frequent] + [OTHERS]
        values = values.where(values.isin(frequent) | values.isna(), OTHERS)
    return values.astype(object), list(dict.fromkeys(names))


def _plain(name: str) -> str:
    """A name as a title, without quotes."""
    return short(name, 32)[1:-1]


def _tamed(values: pd.Series) -> pd.Series:
    return values.clip(-EDGE, EDGE)


def _bins(values: np.ndarray, whole: bool) -> tuple[alt.Bin, list[float]]:
    """About 16 bins of a round width, the same whatever is chosen, or one for each of few whole numbers; and about 5 ticks."""
    low, high = (float(np.nanmin(values)), float(np.nanmax(values))) if not np.isnan(values).all() else (0.0, 1.0)
    if whole and high - low <= 20:
        every = int(high - low) // 6 + 1
        return alt.Bin(extent=[low - 0.5, high + 0.5], step=1, nice=False), [*np.arange(low, high + 1, every).tolist()]
    span = max(high - low, 1e-9 * max(abs(low), abs(high)), 1e-300)
    size = 10.0 ** np.floor(np.log10(span / 16))
    step = float(size * next(factor for factor in (1, 2, 2.5, 5, 10) if factor * size >= span / 16 * 0.999))
    first, last = np.floor(low / step), np.floor(high / step) + 1
    ticks = np.arange(first, last + 1, max(1, (last - first) // 4)) * step
    return alt.Bin(extent=[float(first * step), float(last * step)], step=step), ticks.tolist()


def _title(column: Column, target: str) -> alt.TitleParams:
    gaps = f" · {column.missing:,} missing" if column.missing and column.name != target else ""
    return alt.TitleParams(f"{_plain(column.name)}{gaps}", anchor="start", fontSize=12, limit=260)


def _nothing(note: str) -> Chart:
    return finished(alt.Chart(pd.DataFrame({"note": [note]})).mark_text(color=GREY, fontSize=14).encode(text="note:N"), 80)
