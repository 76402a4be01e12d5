"""Sequences as data: what is asked can be read off the steps, splits keep apart what must be, bad settings are refused."""

import pickle

import numpy as np
import pytest
from pydantic import ValidationError

from ann_core import RunConfig, advance, start
from ann_core.data import SEQUENCES, load
from ann_core.data.config import DataConfig
from ann_core.data.made.sequences import MARKER_SHARE, SYMBOLS, best_looking_back
from ann_core.data.made.series import CYCLE, read_series
from ann_core.data.made.text import EXAMPLE
from ann_core.run.link import from_query, to_query


def loaded(source: str, **fields):
    config = DataConfig.model_validate({"source": source, **fields})
    return config, load(config)


@pytest.mark.parametrize("source", SEQUENCES)
@pytest.mark.parametrize("length", [5, 33])
def test_every_kind_is_what_its_settings_declare(source, length):
    config, data = loaded(source, length=length)
    rows, numbers, outputs = config.shape
    assert data.X_train.shape[1:] == data.X_test.shape[1:] == config.sequence and np.prod(config.sequence) == numbers
    assert len(data.X_train) + len(data.X_test) == rows and abs(len(data.X_train) - config.training_rows) <= length
    assert data.target.outputs == outputs and data.target.task == config.task
    assert data.y_train.ndim == (2 if config.every_step else 1) and np.isfinite(data.X_train).all()
    assert len(data.input_names) == config.sequence[1] and SEQUENCES[source].sentence.endswith(".")
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(data)).X_train, load(config).X_train)
    assert not np.array_equal(data.X_train, loaded(source, length=length, seed=1)[1].X_train) or source == "text"


def test_the_first_symbol_is_asked_for_and_never_shown_again():
    _, data = loaded("remember_first", length=9)
    assert (data.X_train[:, 0].argmax(-1) == data.y_train).all() and (data.X_train[:, 1:].argmax(-1) >= len(SYMBOLS)).all()
    assert np.ptp(np.bincount(np.concatenate([data.y_train, data.y_test]))) <= 1


def test_the_sum_is_that_of_two_marked_numbers_one_in_each_half():
    _, data = loaded("add_marked", length=11)
    numbers, marks = data.X_train[..., 0], data.X_train[..., 1]
    assert (marks[:, :5].sum(1) == 1).all() and (marks[:, 5:].sum(1) == 1).all()
    np.testing.assert_allclose(data.target.in_units(data.y_train), (numbers * marks).sum(1))


def test_the_letter_between_the_brackets_is_asked_for():
    _, data = loaded("brackets", length=7)
    ids = data.X_train.argmax(-1)
    opens = (ids == 4).argmax(1)
    rows = np.arange(len(ids))
    assert ((ids == 4).sum(1) == 1).all() and (ids[rows, opens + 2] == 5).all() and (ids[rows, opens + 1] == data.y_train).all()


def test_whether_a_marker_comes_lies_in_the_future():
    _, data = loaded("marker_later", length=12, samples=2000)
    marked = data.X_train[..., 0] == 1
    assert all(data.y_train[i, t] == marked[i, t + 1:].any() for i in range(50) for t in range(12))
    assert abs(marked.mean() - MARKER_SHARE) < 0.01
    chance = data.y_train.mean(0)
    assert round(best_looking_back(12), 3) == 0.688
    assert abs(np.maximum(chance, 1 - chance).mean() - best_looking_back(12)) < 0.02


def test_a_forecast_is_judged_by_what_comes_after():
    config, data = loaded("forecast", samples=780, length=20, test_share=0.25)
    series = SEQUENCES["forecast"].values(config)
    known = data.target.in_units(data.y_train)
    np.testing.assert_allclose(known, series[20:20 + len(known)])
    np.testing.assert_allclose(data.target.in_units(data.X_test[0, :, 0]), series[len(known):len(known) + 20])
    np.testing.assert_allclose(data.X_train[1:, -1, 0], data.y_train[:-1])  # inputs and answers on one scale
    smooth = np.convolve(series, [0.25, 0.5, 0.25], "valid")
    tops = np.flatnonzero((smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] > smooth[2:]) & (smooth[1:-1] > 0.25))
    assert CYCLE[0] <= np.median(np.diff(tops)) <= CYCLE[1]


def test_a_series_of_ones_own_is_cut_into_windows():
    own = [float(k % 7) for k in range(50)]
    config, data = loaded("forecast", series=own, length=10, test_share=0.2)
    assert config.shape == (40, 10, 1) and len(data.X_train) == 32
    np.testing.assert_allclose(data.target.in_units(data.y_test), own[-8:])
    run = RunConfig.model_validate({"data": config})
    assert from_query(to_query(run)) == (run, [])


@pytest.mark.parametrize(("text", "values"), [
    ("1 2.5\n-3", (1.0, 2.5, -3.0)), ("1,5; 2,5; −3", (1.5, 2.5, -3.0)), ("1,2,3", (1.0, 2.0, 3.0)),
    ("1, 2, 3", (1.0, 2.0, 3.0)), ("", ())])
def test_numbers_are_read_as_people_write_them(text, values):
    assert read_series(text) == values


def test_what_is_no_number_is_named():
    for word in ("x", "nan", "inf", "1e999"):
        with pytest.raises(ValueError, match=f"'{word}' is no number"):
            read_series(f"1 2 {word}")


def test_windows_of_a_text_end_before_the_part_held_out():
    config, data = loaded("text", length=10, test_share=0.3)
    kinds = np.array(sorted(set(EXAMPLE)))
    first = "".join(kinds[data.X_train[0].argmax(-1)]) + kinds[data.y_train[0, -1]]
    last = "".join(kinds[data.X_train[-1].argmax(-1)]) + kinds[data.y_train[-1, -1]]
    held = "".join(kinds[data.X_test[0].argmax(-1)])
    assert first == EXAMPLE[:11]
    assert EXAMPLE.find(held, len(data.X_train)) == EXAMPLE.find(last, len(data.X_train) - 1) + len(last)
    assert (data.X_train[:, 1:].argmax(-1) == data.y_train[:, :-1]).all()


@pytest.mark.parametrize("text", ["שלום 🌍 " * 12, "日本語の文章。" * 10])
def test_a_text_of_any_script_is_characters(text):
    config, data = loaded("text", length=5, text=text)
    assert set(data.target.class_names) == set(text) and config.shape[2] == len(set(text))


@pytest.mark.parametrize(("fields", "said"), [
    ({"source": "text", "text": "a"}, "Paste a text of several characters"),
    ({"source": "text", "text": ""}, "says nothing"),
    ({"source": "text", "text": "ab" * 10, "length": 20}, "Paste a longer text, or choose a smaller T"),
    ({"source": "text", "text": "".join(map(chr, range(200, 300)))}, "at most 64"),
    ({"source": "forecast", "series": [1.0, 2.0] * 8}, "has 16 values; windows of 20 need at least 22"),
    ({"source": "forecast", "series": [3.0] * 60}, "all the same"),
    ({"source": "forecast", "series": [1.0, 1e300] * 20}, "Give smaller ones"),
    ({"source": "remember_first", "length": 101}, "less than or equal to 100"),
    ({"source": "remember_first", "length": 4}, "greater than or equal to 5")])
def test_what_cannot_be_learned_from_is_refused_with_what_to_do(fields, said):
    with pytest.raises(ValidationError, match=said):
        DataConfig.model_validate(fields)


def test_a_dense_network_gets_the_whole_window_at_once():
    run = start(RunConfig.model_validate({"data": {"source": "forecast"}}))
    assert run.net.inputs == (20,) and run.setup.data.X_train.shape[1:] == (20,)


def test_answers_are_given_where_they_are_asked_for():
    with pytest.raises(ValidationError, match="at every step.*Choose 'sequence'"):
        RunConfig.model_validate({"data": {"source": "marker_later"}})
    with pytest.raises(ValidationError, match="for each row.*Choose 'supervised'"):
        RunConfig.model_validate({"data": {"source": "remember_first"}, "objective": {"kind": "sequence"}})
    with pytest.raises(ValidationError, match="for each row.*Choose 'supervised'"):
        RunConfig.model_validate({"objective": {"kind": "sequence"}})
    run = start(RunConfig.model_validate({"data": {"source": "marker_later"}, "objective": {"kind": "sequence"}}))
    assert run.net.inputs == (20, 4) and run.net.layers[-1].outputs == (20, 2)


@pytest.mark.parametrize("source", SEQUENCES)
def test_without_rows_held_out_it_learns_all_the_same(source):
    every_step = SEQUENCES[source].every_step
    run = start(RunConfig.model_validate({
        "data": {"source": source, "test_share": 0.0, "length": 6, "samples": 40}, "training": {"learning_rate": 0.01},
        "network": {"layers": [{"kind": "gru", "units": 4, "every_step": every_step}]},
        "objective": {"kind": "sequence" if every_step else "supervised"}}))
    _, film = advance(run, frames=2, steps_per_frame=2)
    assert not film.failures and np.isnan(film.test_loss).all() and (film.train_loss[1] != film.train_loss[0])
    assert "forecast" not in film.columns and film.gates.shape[1] >= 1
