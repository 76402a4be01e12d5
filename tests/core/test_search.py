"""Hyperparameters searched: repeatable, without a look at test rows, and honest about luck."""

import os
import time
from concurrent.futures import Future
from dataclasses import replace
from math import prod
from signal import SIGKILL

import numpy as np
import pytest
from pydantic import ValidationError

from ann_core import RunConfig
from ann_core.data import load
from ann_core.data.table.prepare import prepared
from ann_core.film.workers import Workers
from ann_core.run.link import edited
from ann_core.search import search as searching
from ann_core.search.conclusion import conclude, marks
from ann_core.search.estimate import MOST_SECONDS, estimate
from ann_core.search.importance import importances
from ann_core.search.luck import best_by_luck
from ann_core.search.plan import Plan
from ann_core.search.search import Search, found
from ann_core.search.space import BEND, DEPTH, PATHS, WIDTH, Listed, Range, Space, applied, offer
from ann_core.search.trial import RUNGS, Rows, apart, folds, trial
from ann_core.search.ways import BATCH, WAYS, Chance, Informed, chooser
from tests.core import own_tables

BASE = RunConfig.model_validate({"data": {"source": "moons", "samples": 80, "noise": 0.3}, "training": {"epochs": 6}})
RATE = Range(path="training.learning_rate", low=0.001, high=1, log=True)
SPACE = Space(settings=(RATE, Listed(path=DEPTH, values=(1, 2)), Listed(path=BEND, values=("tanh", "relu"))))


def here(work, *args) -> Future:
    done: Future = Future()
    done.set_result(work(*args))
    return done


def plan(**changes) -> Plan:
    return Plan(**{"base": BASE, "space": SPACE, "way": "random", "trials": 20, **changes})


def finished(of: Plan, submit=here, together=1) -> Search:
    search = Search(of, submit, together)
    search.wait()
    return search


def table(search: Search) -> list:
    return [(one.number, dict(one.picks), one.outcome, one.why) for one in search.tried]


@pytest.fixture(scope="module")
def workers():
    both = Workers(2)
    yield both
    both.close()


@pytest.fixture(scope="module")
def alone():
    return {way: finished(plan(way=way, hopeless=True)) for way in WAYS}


@pytest.mark.parametrize("together", [1, 3])
@pytest.mark.parametrize("way", WAYS)
def test_two_processes_find_the_same_to_the_bit_as_one(workers, alone, way, together):
    both = finished(plan(way=way, hopeless=True), workers.submit_short, together)
    assert table(both) == table(alone[way]) and both.conclusion == alone[way].conclusion and len(both.tried) >= 16


@pytest.mark.parametrize("way", WAYS)
def test_a_search_repeats_exactly_and_another_seed_tries_other_settings(way):
    picks = [[dict(one) for _ in range(3) for one in chooser(way, SPACE, 24, seed).ask(BATCH)] for seed in (3, 3, 4)]
    assert picks[0] == picks[1] and (picks[0] == picks[2]) == (way == "grid")


class Late:
    """Works things out when asked to, in any order."""

    def __init__(self):
        self.waiting = []

    def __call__(self, work, *args) -> Future:
        future: Future = Future()
        self.waiting.append((future, work, args))
        return future

    def work(self, order=slice(None)) -> None:
        todo, self.waiting = self.waiting[order], []
        for future, work, args in todo:
            if future.set_running_or_notify_cancel():
                future.set_result(work(*args))


def test_the_informed_way_does_not_care_who_was_first(alone):
    late = Late()
    search = Search(plan(way="informed", hopeless=True), late)
    while search.state == "running":
        search.look()
        late.work(slice(None, None, -1))
    assert table(search) == table(alone["informed"])


@pytest.mark.parametrize("together", [1, 3])
def test_cancelled_and_gone_on_with_is_as_if_nothing_had_been(alone, together):
    late = Late()
    search = Search(plan(way="informed", hopeless=True), late, together)
    cancelled = 0
    while True:
        search.look()
        if search.state == "finished":
            break
        search.cancel()
        assert search.state == "cancelled" and not search.look() and all(future.cancelled() for future, *_ in late.waiting)
        late.waiting.clear()
        search.go_on()
        cancelled += 1
        late.work()
        search.look()
        late.work()
    assert cancelled >= 2 and table(search) == table(alone["informed"]) and search.conclusion == alone["informed"].conclusion


def test_what_is_cancelled_leaves_nothing_to_be_done(workers):
    search = Search(plan(base=edited(BASE, {"training.epochs": 200}), trials=16), workers.submit_short)
    search.look()
    search.cancel()
    began = time.monotonic()
    assert workers.submit_short(pow, 2, 5).result(20) == 32 and time.monotonic() - began < 10
    assert search.tried == [] and not search.look()


def test_a_worker_that_is_killed_changes_nothing(alone):
    workers = Workers(1)
    try:
        search = Search(plan(way="grid", hopeless=True), workers.submit_short, together=2)
        search.look()
        os.kill(workers.submit_short(os.getpid).result(20), SIGKILL)
        search.wait()
        assert table(search) == table(alone["grid"])
    finally:
        workers.close()


def test_a_trial_that_fails_is_counted_and_the_rest_goes_on(monkeypatch):
    def fails(config, *args):
        if config.network.layers[0].activation == "relu":
            raise MemoryError
        return trial(config, *args)
    monkeypatch.setattr("ann_core.search.trial.trial", fails)
    search = finished(plan(), together=3)
    without = found(search.tried)
    assert 0 < without["failed"] < 20 and len(search.ranked()) == 20 - without["failed"] and search.conclusion


# ---- what is tried ----

def test_a_grid_has_every_combination_and_both_ends_of_its_ranges():
    space = Space(settings=(*SPACE.settings, Range(path="network.dropout", low=0.1, high=0.4)))
    tried = finished(plan(way="grid", space=space, trials=40, base=edited(BASE, {"training.epochs": 1}))).tried
    assert len(tried) == prod((3, 2, 2, 3)) and len({tuple(one.picks.values()) for one in tried}) == len(tried)
    for path, ends in (("training.learning_rate", {0.001, 1}), ("network.dropout", {0.1, 0.4})):
        values = {one.picks[path] for one in tried}
        assert {min(values), max(values)} == ends
    rates = sorted({one.picks["training.learning_rate"] for one in tried})
    assert rates[1] == pytest.approx((rates[0] * rates[2]) ** 0.5)


@pytest.mark.parametrize("path", [path for path in PATHS if offer(path).low is not None])
def test_values_of_a_range_lie_within_it_up_to_its_ends(path):
    told = offer(path)
    one = Range(path=path, low=told.low or (1e-6 if told.log else 0), high=told.high, log=told.log, whole=told.whole)
    assert one.at(0.0) == one.low and one.at(1.0) == one.high
    for share in np.linspace(0, 1, 23):
        value = one.at(share)
        assert one.low <= value <= one.high and (not one.whole or isinstance(value, int))
        applied(BASE, {path: value}) if path != DEPTH else None
    for chosen in (Chance(Space(settings=(one,)), 0), Informed(Space(settings=(one,)), 0)):
        assert all(one.low <= picks[path] <= one.high for picks in chosen.ask(BATCH))


@pytest.mark.parametrize("path", PATHS)
def test_each_setting_that_is_offered_reaches_the_network(path):
    told = offer(path)
    values = [value for value in told.values if value is not None][:2]
    assert len({str(applied(BASE, {path: value})) for value in values}) == len(values)


@pytest.mark.parametrize("forged", [{"low": 2, "high": 1}, {"low": float("nan"), "high": 1}, {"low": 1, "high": float("nan")},
                                    {"low": 1, "high": 1}, {"low": 0, "high": 1, "log": True}])
def test_ranges_that_are_none_are_refused(forged):
    with pytest.raises(ValidationError):
        Range(path="training.learning_rate", **forged)


@pytest.mark.parametrize("settings", [
    (), (Listed(path="data.seed", values=(1,)),), (RATE, RATE), (Range(path=BEND, low=0, high=1),),
    (Listed.model_construct(path="__class__", values=(1,)),)])
def test_settings_that_cannot_be_searched_are_refused(settings):
    with pytest.raises(ValueError):
        Space(settings=settings)


def test_settings_that_do_not_go_together_are_skipped_and_counted():
    space = Space(settings=(Listed(path="training.learning_rate", values=(0.01, -1.0)), Listed(path=WIDTH, values=(2, 10**6))))
    search = finished(plan(way="grid", space=space))
    assert found(search.tried) == {"settings that do not go together": 3} and len(search.ranked()) == 1
    assert all(one.why for one in search.tried if one.config is None)


def test_where_all_diverge_there_is_no_winner_and_that_is_no_error():
    base = edited(BASE, {"training.optimizer": "sgd", "data.source": "sine",
                         "network.layers": [{"units": 8, "activation": "relu"}]})
    space = Space(settings=(Listed(path="training.learning_rate", values=(9.0, 10.0)),))
    search = finished(plan(base=base, space=space, trials=8))
    assert found(search.tried) == {"diverged": 8}
    assert search.state == "finished" and not search.ranked() and search.conclusion is None
    assert importances(search.plan.space, search.tried) == {}


def test_a_grid_of_a_billion_is_counted_not_made_and_told_to_be_too_long():
    space = Space(settings=tuple(Listed(path=path, values=offer(path).values[:4]) for path in PATHS))
    began, wanted = time.monotonic(), plan(way="grid", space=space)
    assert wanted.count > 10**8 and estimate(wanted).all > MOST_SECONDS and time.monotonic() - began < 5


def test_hopeless_trials_end_early_and_good_ones_do_not(alone):
    full, early = finished(plan(way="random")), alone["random"]
    ended = [one for one in early.tried if one.outcome.stopped]
    assert 0 < len(ended) < 20 and all(one.outcome.epochs in [max(1, round(share * 6)) for share in RUNGS] for one in ended)
    scores = {one.number: one.score for one in full.tried}
    assert np.mean([scores[one.number] for one in ended]) < np.mean([one.score for one in early.ranked()])
    assert all(scores[one.number] == one.score for one in early.ranked())


# ---- how it is judged ----

@pytest.mark.parametrize("parts", [1, 4])
def test_no_test_row_of_made_data_enters_a_score(parts, monkeypatch):
    outcome, data = trial(BASE, None, parts, 2), load(BASE.data)
    half = len(data.y_test) // 2
    X, y = data.X_test.copy(), data.y_test.copy()
    X[half:], y[half:] = X[half:] * 1e3 + 7, 1 - y[half:]
    monkeypatch.setattr("ann_core.search.trial.load", lambda config: replace(data, X_test=X, y_test=y))
    assert trial(BASE, None, parts, 2) == outcome
    monkeypatch.setattr("ann_core.search.trial.load", lambda config: replace(data, y_test=1 - data.y_test))
    assert (trial(BASE, None, parts, 2).scores == outcome.scores) == (parts > 1)  # validation rows do judge, unless folds do


@pytest.mark.parametrize("parts", [1, 4])
def test_no_test_row_of_a_table_enters_a_score_nor_what_luck_gives(parts):
    frame = own_tables.pupils()
    own = own_tables.own(frame, validation_share=0.2)
    frame.loc[own.rows[own.test], "hours"] = 1e6
    other = own_tables.own(frame, validation_share=0.2)
    assert np.array_equal(own.test, other.test)
    base = edited(own_tables.config(own), {"training.epochs": 5})
    outcomes = [trial(base, prepared(one, "standard"), parts, 1) for one in (own, other)]
    assert outcomes[0] == outcomes[1] and np.isfinite(outcomes[0].score)
    assert np.array_equal(*(marks(base, prepared(one, "standard"), parts) for one in (own, other)))


def test_a_table_without_validation_rows_is_judged_by_folds_or_not_at_all():
    own = own_tables.own(validation_share=0.0)
    data = prepared(own, "standard")
    assert data.held_out == "test"
    seen = replace(data, X_test=data.X_test[:0], y_test=data.y_test[:0], points_test=data.points_test[:0])
    base = edited(own_tables.config(own), {"training.epochs": 3})
    with pytest.raises(ValueError, match="two folds"):
        Search(plan(base=base, data=seen), here)
    search = finished(plan(base=base, data=seen, folds=3, trials=4, test=Rows(data.X_test, data.y_test)))
    assert len(search.ranked()) == 4 and search.conclusion.tested == len(own.test)
    with pytest.raises(ValueError, match="training rows"):
        Search(plan(folds=40), here)


def test_every_training_row_judges_in_one_fold():
    seen, test = apart(BASE, None)
    parts = folds(seen, 4, 0)
    rows = np.concatenate([part.X_test for part in parts])
    assert sorted(map(tuple, rows)) == sorted(map(tuple, seen.X_train))
    assert not set(map(tuple, rows)) & set(map(tuple, test.X))
    assert all(len(part.X_train) + len(part.X_test) == len(seen.X_train) for part in parts)


def test_the_winner_alone_is_tested_on_rows_of_its_own():
    search = finished(plan(trials=8, seeds=2))
    winner = search.ranked()[0].config
    _, test = apart(BASE, None)
    assert search.conclusion.tested == len(test.y) and len(search.conclusion.test) == 2
    other = conclude(search.plan, winner, winner, 8)
    assert other.test == search.conclusion.test and other.lucky >= marks(winner, None, 1).mean()


def test_the_luck_that_is_told_is_what_equal_networks_show():
    """Equal networks on other rows: the best of sixteen is about as far above them all as one of them alone foretells."""
    rng, close = np.random.default_rng(0), 0
    for seed in range(20):
        right = rng.random((16, 60)) < 0.7  # sixteen networks that are right on 70 % of 60 rows
        best, middle = right.mean(1).max(), np.argsort(right.mean(1))[8]
        close += abs(best_by_luck(right[middle].astype(float), 16, seed) - best) < 0.06
    assert close >= 18
    assert best_by_luck(np.ones(30), 50) == 1 and best_by_luck(right[0] * 1.0, 1) == pytest.approx(right[0].mean(), abs=0.02)


def test_the_setting_that_decides_is_told_to_matter_most():
    space = Space(settings=(Listed(path="training.learning_rate", values=(1e-5, 0.03)), Listed(path="data.scaling", values=(
        "standard", "minmax"))))
    base = edited(BASE, {"training.epochs": 30, "data.source": "circles", "data.samples": 200})
    search = finished(plan(space=space, trials=24, base=base))
    shares = importances(space, search.tried)
    assert sum(shares.values()) == pytest.approx(1) and shares["training.learning_rate"] > 0.7


def test_the_module_of_a_search_does_not_import_optuna_before_it_is_needed():
    import subprocess
    import sys
    code = f"import sys, {searching.__name__}, ann_core.search.importance; assert 'optuna' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
