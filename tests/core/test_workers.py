"""Films worked out in other processes."""

import os
import subprocess
import sys
import time
from concurrent.futures import CancelledError, wait
from signal import SIGKILL
from threading import Event, Thread
from types import SimpleNamespace

import numpy as np
import pytest
from cachetools import TTLCache

from ann_core import RunConfig, advance, start
from ann_core.data.table.prepare import prepared
from ann_core.film import parcels, pools
from ann_core.film.recording import Recording
from ann_core.film.turns import ASKER, Asker
from ann_core.film.workers import Workers
from tests.core import own_tables

SETTINGS = {"data": {"samples": 60}, "network": {"layers": [{"units": 4}], "dropout": 0.2, "batch_norm": True}}


@pytest.fixture(scope="module")
def workers():
    found = Workers(2)
    yield found
    found.close()


def same(a, b):
    return a.state == b.state and set(a.columns) == set(b.columns) and all(
        np.array_equal(a.columns[name], b.columns[name], equal_nan=True) for name in b.columns)


@pytest.mark.parametrize("in_depth", [False, True])
def test_another_process_gives_the_same_film_to_the_bit(workers, in_depth):
    run = start(RunConfig.model_validate(SETTINGS), in_depth=in_depth)
    here, there = run, run
    for _ in range(3):
        here, film = advance(here, 5)
        there, other = workers.advance(there, 5)
        assert same(film, other) and np.array_equal(here.state.theta, there.state.theta) and there.setup is run.setup


def test_what_diverges_there_says_so_here(workers):
    run = start(RunConfig.model_validate({**SETTINGS, "network": {"layers": [{"units": 4, "activation": "relu"}] * 3},
                                          "data": {"source": "sine"},
                                          "training": {"optimizer": "sgd", "learning_rate": 100.0}}))
    (here, film), (there, other) = advance(run, 40), workers.advance(run, 40)
    assert here.message and here.message == there.message and same(film, other)


def test_a_visitors_own_rows_go_to_a_worker_once(monkeypatch):
    found, workers = own_tables.own(), Workers(1)
    run, sent = start(own_tables.config(found), prepared(found, "standard")), []
    submit = workers._pool.submit
    monkeypatch.setattr(workers._pool, "submit", lambda work, parcel, *rest: (
        sent.append(parcel.data is not None), submit(work, parcel, *rest))[1])
    try:
        here = there = run
        for _ in range(3):
            here, film = advance(here, 2)
            there, other = workers.advance(there, 2)
            assert same(film, other)
    finally:
        workers.close()
    assert sent == [False, True, False, False]


def test_a_worker_that_dies_is_replaced_and_its_chunk_is_done_again():
    workers, run = Workers(1), start(RunConfig.model_validate(SETTINGS))
    try:
        (old,) = {workers.submit(os.getpid).result()}
        os.kill(old, SIGKILL)
        assert same(workers.advance(run, 5)[1], advance(run, 5)[1])
        assert workers.submit(os.getpid).result() not in (old, os.getpid())
    finally:
        workers.close()


def test_a_chunk_that_kills_every_worker_is_worked_out_here(monkeypatch):
    workers, run = Workers(1), start(RunConfig.model_validate(SETTINGS))
    try:
        monkeypatch.setattr(parcels, "work", _die)
        assert same(workers.advance(run, 5)[1], advance(run, 5)[1])
    finally:
        workers.close()


def _die(*_):
    os._exit(1)


def test_workers_end_with_the_process_that_they_work_for():
    program = ("import os; from ann_core.film.workers import Workers\n"
               "if __name__ == '__main__':\n"
               "    print(Workers(1).submit(os.getpid).result(), flush=True); os.kill(os.getpid(), 9)")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as asked:
        assert int(asked.stdout.readline()) != asked.pid
        asked.communicate(timeout=30)  # ends when nobody is left who could write there


def test_a_worker_that_has_nothing_to_do_keeps_nothing(monkeypatch):
    ended, (ours, theirs) = Event(), os.pipe()
    monkeypatch.setattr(pools, "RESTS", 0.5)
    monkeypatch.setattr(pools.os, "_exit", lambda _: ended.set())
    parent = SimpleNamespace(sentinel=ours)
    Thread(target=pools._look_after, args=(parent,), daemon=True).start()
    run = start(RunConfig.model_validate(SETTINGS))
    until = time.process_time() + 0.6
    while time.process_time() < until:
        parcels.work(parcels.Parcel.of(run.setup), run.state, run.message, (1, 1, None, None))
        kept = bool(parcels._setups)
    until = time.monotonic() + 20
    while parcels._setups and time.monotonic() < until:
        time.sleep(0.1)
    assert kept and not parcels._setups and not ended.is_set()
    os.close(theirs)
    assert ended.wait(2)


def test_what_nobody_came_back_for_is_not_kept(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(parcels, "_setups", TTLCache(parcels.KEEP_BYTES, parcels.KEEP_SECONDS, lambda: now[0], parcels._size))
    run = start(RunConfig.model_validate(SETTINGS))
    for now[0] in (0, 0.8 * parcels.KEEP_SECONDS):
        parcels.work(parcels.Parcel.of(run.setup), run.state, run.message, (1, 1, None, None))
    now[0] = 1.6 * parcels.KEEP_SECONDS
    assert not parcels.forget_old() and len(parcels._setups) == 1
    now[0] = 1.9 * parcels.KEEP_SECONDS
    assert parcels.forget_old() and not parcels._setups and not parcels.forget_old()


def test_any_pure_function_can_be_handed_in(workers):
    assert [future.result() for future in [workers.submit(pow, 2, n) for n in range(5)]] == [1, 2, 4, 8, 16]
    with pytest.raises(ZeroDivisionError):
        workers.submit(divmod, 1, 0).result()
    here = Workers(0)
    assert here.submit(os.getpid).result() == os.getpid() != workers.submit(os.getpid).result()


@pytest.mark.parametrize("hand_in", [Workers.submit, Workers.submit_short])
def test_one_of_two_processes_is_left_to_those_who_look(monkeypatch, hand_in):
    monkeypatch.setattr("ann_core.film.workers.VISITED", 60)
    workers, run = Workers(2), start(RunConfig.model_validate(SETTINGS))
    try:
        run, _ = workers.advance(run, 1)  # somebody is here
        waiting = [hand_in(workers, time.sleep, 30) for _ in range(4)]
        wait(waiting, 0.5)
        workers.advance(run, 1)
        assert not any(one.done() for one in waiting)
    finally:
        workers.close()
    assert all(one.cancelled() or isinstance(one.exception(), CancelledError) for one in waiting)


def test_who_leaves_while_his_chunk_is_worked_on_is_let_go(workers):
    class Left(Exception):
        pass

    def gone():
        raise Left

    token = ASKER.set(Asker("somebody", still_here=gone))
    try:
        with pytest.raises(Left):
            workers.advance(start(RunConfig.model_validate({**SETTINGS, "training": {"epochs": 5000}})), 1, 5000)
    finally:
        ASKER.reset(token)
    run = start(RunConfig.model_validate(SETTINGS))
    assert same(workers.advance(run, 2)[1], advance(run, 2)[1])


def test_without_processes_it_works_here():
    run = start(RunConfig.model_validate(SETTINGS))
    assert same(Workers(0).advance(run, 3)[1], advance(run, 3)[1])


def test_a_recording_does_not_notice_who_works(workers):
    config = RunConfig.model_validate(SETTINGS)
    one, other = Recording(config), Recording(config, work=workers.advance)
    assert same(one.frames(None, 8, budget_ms=None), other.frames(None, 8, budget_ms=None))
    assert same(one.frames(3, 8, budget_ms=None), other.frames(3, 8, budget_ms=None))
