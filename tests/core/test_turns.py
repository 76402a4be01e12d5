"""Who has the next turn: equations over the order, without any clock."""

from itertools import groupby
from threading import Thread

import pytest

from ann_core.film.turns import ASKER, Asker, Turns, one_turn

A, B, C = (Asker(name) for name in "abc")


def hurried(name):
    return Asker(name, urgent=True)


def in_turn(turns, askers, while_waiting=lambda: None):
    """The order in which askers, who all wait while somebody else works, have their turn."""
    order, threads = [], []

    def ask(asker):
        ASKER.set(asker)
        with turns.taken():
            order.append(asker.visitor)

    with turns.taken():
        for number, asker in enumerate(askers, 1):
            threads.append(Thread(target=ask, args=(asker,)))
            threads[-1].start()
            while turns.waiting < number:
                pass
        while_waiting()
    for thread in threads:
        thread.join()
    return "".join(order)


def test_visitors_take_turns_however_much_one_of_them_asks():
    assert in_turn(Turns(1), [A, A, A, A, B, B, C]) == "abcabaa"


def test_who_had_no_turn_for_longest_is_next():
    turns = Turns(1)
    assert in_turn(turns, [C, B, A]) == "cba"
    assert in_turn(turns, [A, B, C]) == "cba"


def test_a_change_goes_before_what_fills_buffers():
    assert in_turn(Turns(1), [A, B, hurried("c")]) == "cab"


def test_nobody_is_overtaken_twice_by_the_same_visitor():
    order = in_turn(Turns(1), [A, *[hurried("b")] * 5, hurried("c")])
    assert order.index("a") == 2 and set(order[:2]) == {"b", "c"}


def test_turns_differ_by_at_most_one_among_those_who_wait():
    waiting = [A] * 9 + [B] * 9 + [C] * 9
    order = in_turn(Turns(1), waiting)
    counts = [[order[:end].count(name) for name in "abc"] for end in range(1, len(order) + 1)]
    assert all(max(row) - min(row) <= 1 for row in counts)
    assert all(len(list(same)) == 1 for _, same in groupby(order))


def test_several_chunks_are_one_turn():
    turns, other = Turns(1), []
    with one_turn():
        with turns.taken():
            pass
        thread = Thread(target=lambda: in_one(turns, other))
        thread.start()
        while not turns.waiting:
            pass
        with turns.taken():
            assert not other
    thread.join()
    assert other == ["done"] and not turns.waiting


def in_one(turns, done):
    with turns.taken():
        done.append("done")


def test_nothing_to_work_on_takes_no_turn():
    turns = Turns(1)
    with turns.taken(), one_turn():
        pass  # would wait for ever


def test_who_leaves_frees_the_place():
    turns = Turns(1)

    def gone():
        raise ConnectionError("left")

    left = []

    def leave():
        ASKER.set(Asker("b", still_here=gone))
        with pytest.raises(ConnectionError), turns.taken():
            left.append("never")

    def until_gone():
        leaver = Thread(target=leave)
        leaver.start()
        leaver.join()

    assert in_turn(turns, [A, C], until_gone) == "ac" and not left
    assert turns.waiting == 0 and in_turn(turns, [A]) == "a"


def test_no_more_at_once_than_there_are_places():
    with pytest.raises(ValueError, match="at least one place"):
        Turns(0)
    turns, inside, most = Turns(2), [], []

    def work():
        with turns.taken():
            inside.append(1)
            most.append(len(inside))
            for _ in range(1000):
                pass
            inside.pop()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= max(most) <= 2


def test_places_may_become_more_or_less():
    turns = Turns(1)
    turns.more(1)
    with turns.taken():
        assert in_turn(turns, [A]) == "a"
    turns.more(-1)
    with turns.taken():
        thread = Thread(target=in_one, args=(turns, done := []))
        thread.start()
        while not turns.waiting:
            pass
        assert not done
    thread.join()
    assert done
