"""Films worked out in other processes, and who has the next turn."""

import os
from signal import SIGKILL
from threading import Thread

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.data.table.prepare import prepared
from ann_core.film.recording import Recording
from ann_core.film.turns import ASKER, Asker, Turns
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


def test_a_visitors_own_rows_go_to_a_worker_once(workers, monkeypatch):
    found = own_tables.own()
    run, sent = start(own_tables.config(found), prepared(found, "standard")), []
    submit = workers._pool.submit
    monkeypatch.setattr(workers._pool, "submit", lambda work, parcel, *rest: (
        sent.append(parcel.data is not None), submit(work, parcel, *rest))[1])
    here = there = run
    for _ in range(12):
        here, film = advance(here, 2)
        there, other = workers.advance(there, 2)
        assert same(film, other)
    assert 1 <= sum(sent) <= workers.processes < len(sent)


def test_a_worker_that_dies_is_replaced_and_its_chunk_is_done_again():
    workers, run = Workers(1), start(RunConfig.model_validate(SETTINGS))
    try:
        workers.advance(run, 1)
        (old,) = workers._pool._processes
        os.kill(old, SIGKILL)
        assert same(workers.advance(run, 5)[1], advance(run, 5)[1])
        assert old not in workers._pool._processes
    finally:
        workers.close()


def test_without_processes_it_works_here():
    run = start(RunConfig.model_validate(SETTINGS))
    assert same(Workers(0).advance(run, 3)[1], advance(run, 3)[1])


def test_a_recording_does_not_notice_who_works(workers):
    config = RunConfig.model_validate(SETTINGS)
    one, other = Recording(config), Recording(config, work=workers.advance)
    assert same(one.frames(None, 8, budget_ms=None), other.frames(None, 8, budget_ms=None))
    assert same(one.frames(3, 8, budget_ms=None), other.frames(3, 8, budget_ms=None))


def in_turn(turns, askers):
    """The order in which askers, who all wait while somebody else works, have their turn."""
    order, threads = [], []

    def ask(asker):
        ASKER.set(asker)
        with turns.taken():
            order.append(asker)

    with turns.taken():
        for count, asker in enumerate(askers, 1):
            threads.append(Thread(target=ask, args=(asker,)))
            threads[-1].start()
            while turns.waiting < count:
                pass
    for thread in threads:
        thread.join()
    return order


def test_visitors_take_turns_however_much_one_of_them_asks():
    turns = Turns(1)
    a, b, c = Asker("a"), Asker("b"), Asker("c")
    assert in_turn(turns, [a, a, a, b, b, c]) == [a, a, a, b, b, c]  # nobody had a turn yet: first come
    assert in_turn(turns, [c, b, a]) == [a, b, c]  # whose turn is longest ago


def test_a_first_picture_goes_before_what_fills_buffers():
    turns = Turns(1)
    frames, first = Asker("a"), Asker("b", urgent=True)
    assert in_turn(turns, [frames, Asker("c"), first])[0] == first


def test_no_more_work_at_once_than_there_are_places():
    with pytest.raises(ValueError, match="at least one place"):
        Turns(0)
    turns, inside, most = Turns(2), [], []

    def work():
        with turns.taken():
            inside.append(1)
            most.append(len(inside))
            advance(start(RunConfig.model_validate(SETTINGS)), 2)
            inside.pop()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2
