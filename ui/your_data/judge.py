"""The view "How good is it?": a trained network on rows that it never saw, against plain references."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from ann_core.base.numbers import number, percent
from ann_core.base.spelling import words
from ann_core.data.table.own import Own, key_of
from ann_core.export.saved import Trained, trained
from ann_core.judge.importance import Importances, importance
from ann_core.judge.metrics import Classification, Regression, judge_classification, judge_regression, score, sentences
from ann_core.judge.references import Reference, references, verdict
from ann_core.run.run import Run
from ui.charts import curves
from ui.charts import judging as charts
from ui.charts.chart import Chart
from ui.text import markdown
from ui.your_data import session
from ui.your_data.answers import free_name
from ui.your_data.worth import worth

ROWS = 200


def judge(own: Own, run: Run, drop: Callable[[str], None]) -> None:
    """Draws the view for a run at one moment. drop: leaves a column out"""
    if run.message:
        st.warning(markdown(run.message), icon=":material/warning:")
    network, scaler = trained(run, own), run.data.scaler
    X, y = scaler(own.X[own.judged]), own.y[own.judged]
    answers = network.answers_to(X)
    kind = "test" if len(own.test) else "validation" if len(own.validation) else "training"
    kept = run.state.best.epoch if run.state.best else run.epoch
    whose = (", those that it learned from: they say whether it can learn them, not what it would make of new ones"
             if kind == "training" else " that the network never saw")
    st.caption(f"Measured on {len(y):,} {kind} rows{whose}. Weights of epoch {words(kept)}.")
    try:
        judged = _judged(own, y, answers)
    except ValueError as error:
        st.warning(markdown(str(error)), icon=":material/warning:")
        return
    said = sentences(judged)
    _headline(judged, said)
    data = key_of(own.table, own.preparation), run.config.data.model_dump_json()
    weight = "balanced" if run.config.training.class_weights and own.task == "classification" else None
    found = session.slow(("references", *data, weight), "Training plain references …", lambda: references(
        run.data.X_train, own.y[own.train], X, own.task, run.config.data.seed, weight, len(own.class_names)))
    _against(y, answers, found, own)
    if isinstance(judged, Classification):
        _classes(judged, said, own)
    else:
        _values(judged, said, own)
    _leans_on(own, run, network, X, y)
    worth(own, run, drop)


def _judged(own: Own, y: np.ndarray, answers: np.ndarray) -> Classification | Regression:
    train = own.y[own.train]
    if own.task == "regression":
        return judge_regression(y, answers, float(train.mean()))
    return judge_classification(y, answers, own.class_names, int(np.bincount(train).argmax()))


def _headline(judged: Classification | Regression, said: dict[str, str]) -> None:
    figures: tuple[tuple[str, str, str | None], ...]
    if isinstance(judged, Classification):
        figures = (("Accuracy", percent(judged.accuracy), "accuracy"),
                   ("Always the same answer", percent(judged.baseline), None),
                   ("Rows judged", f"{judged.n:,}", None))
    else:
        figures = (("Typical miss (RMSE)", number(judged.rmse), "rmse"),
                   ("Always answering the mean", number(judged.baseline_rmse), None),
                   ("Mean miss (MAE)", number(judged.mae), "mae"),
                   ("Explained (R²)", percent(judged.r2), "r2"))
    for place, (label, value, key) in zip(st.columns(len(figures)), figures, strict=True):
        place.metric(label, value, help=markdown(said[key]) if key else None)
    first = ("accuracy", "confusion") if isinstance(judged, Classification) else ("rmse", "mae", "r2")
    st.markdown(" ".join(markdown(said[key]) for key in (*first, "unanswered") if key in said))


def _against(y: np.ndarray, answers: np.ndarray, found: list[Reference], own: Own) -> None:
    """Does it beat a line?"""
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    sign = 1 if own.task == "classification" else -1
    scores = {"this network": answers, **{one.label: one.answers for one in found}}
    with left:
        _show(charts.against_references({name: sign * score(y, given, own.task) for name, given in scores.items()}, own.task))
    with right:
        st.markdown(f"**{markdown(verdict(y, answers, found, own.task))}**")
        for one in found[1:]:
            st.caption(f"**{one.label.split(':')[0].capitalize()}.** {markdown(' '.join((one.advice, *one.notes)))}")


def _classes(judged: Classification, said: dict[str, str], own: Own) -> None:
    """Which class is taken for which; each class; the curves."""
    left, right = st.columns(2, gap="large")
    cells = [(int(t), int(a)) for t, a in np.argwhere(judged.confusion > 0)]
    cells.sort(key=lambda cell: (cell[0] == cell[1], -judged.confusion[cell]))
    key = "own/cell"

    def clicked() -> None:
        """A click on the picture chooses in the menu, which also works by keyboard."""
        event = st.session_state.get("own/confusion")
        picked = (event.selection.get("cell") if event else None) or [{}]
        cell = picked[0].get("truth"), picked[0].get("answer")
        st.session_state[key] = cell if cell in cells else None

    with left:
        chart = charts.confusion(judged)
        st.altair_chart(chart, key="own/confusion", on_select=clicked)
    with right:
        st.dataframe(_as_table(judged), hide_index=True, height="content" if len(judged.classes) <= 12 else 460)
        st.caption(f"{markdown(said['precision'])} {markdown(said['recall'])} {markdown(said['f1'])}")
    if st.session_state.get(key) not in cells:
        st.session_state[key] = None

    def said_of(cell: tuple[int, int]) -> str:
        t, a = cell
        right = "rightly answered" if t == a else "answered as"
        return f"{judged.confusion[cell]:,} × {judged.classes[t]}, {right}{'' if t == a else f' {judged.classes[a]}'}"

    cell = st.selectbox("See the rows of a cell", cells, index=None, key=key, format_func=said_of,
                        placeholder="Click a cell of the picture, or choose here")
    if cell is not None:
        rows = own.rows[own.judged][judged.rows(*cell)]
        found = own.table.frame.iloc[rows].copy()
        found.insert(0, free_name("row", found), rows + 1)
        st.dataframe(found.head(ROWS), hide_index=True, height="content" if len(found) <= 12 else 460)
    pictures = {"roc": curves.roc, "precision_recall": curves.precision_recall, "calibration": charts.calibration}
    for place, (name, picture) in zip(st.columns(3), pictures.items(), strict=True):
        with place:
            _show(picture(judged))
            st.caption(markdown(said[name]))


def _as_table(judged: Classification) -> pd.DataFrame:
    def shares(values: np.ndarray) -> list[str]:
        return [percent(float(value)) for value in values]

    return pd.DataFrame({"class": judged.classes, "rows": judged.support, "precision": shares(judged.precision),
                         "recall (found)": shares(judged.recall), "F1": shares(judged.f1)})


def _values(judged: Regression, said: dict[str, str], own: Own) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _show(charts.predicted_against_true(judged, own.preparation.target))
        st.caption("On the dashed line the answer is exactly right.")
    with right:
        _show(charts.residuals(judged, own.preparation.target))
        st.caption(markdown(said["residuals"]))


def _leans_on(own: Own, run: Run, network: Trained, X: np.ndarray, y: np.ndarray) -> None:
    """Permutation importance of the columns."""
    found: Importances = session.slow(
        ("importance", key_of(own.table, own.preparation), run.config.model_dump_json(), run.state.step, run.kept is run),
        "Shuffling one column after the other …",
        lambda: importance(network.answers_to, X, y, own.encoder.groups, lambda a, b: score(a, b, own.task)))
    _show(charts.importances(found, own.task))
    st.caption(markdown(" ".join(("Each column's values are shuffled among the rows; what the network then loses is what it "
                                  "leaned on. Columns that say the same can stand in for one another.", *found.notes))))


def _show(chart: Chart) -> None:
    st.altair_chart(chart)

