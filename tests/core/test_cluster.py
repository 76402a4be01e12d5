"""A Dask cluster in the place of processes: a real one of this machine."""

import subprocess
import sys

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.data.table.prepare import prepared
from ann_core.film.workers import Workers
from tests.core import own_tables
from tests.core.test_search import finished, here, plan, table
from tests.core.test_workers import SETTINGS, same

pytest.importorskip("distributed")


CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    print(LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0").scheduler_address, flush=True)
    input()
"""


@pytest.fixture
def cluster():
    """Its address, in a process of its own that can be killed."""
    with subprocess.Popen([sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.address = process.stdout.readline().strip()
        yield process
        process.kill()


def test_a_cluster_gives_the_same_films_and_when_it_goes_away_the_run_goes_on(cluster):
    workers = Workers(0, cluster.address)
    found = own_tables.own()
    try:
        assert not workers.troubles
        for run in (start(RunConfig.model_validate(SETTINGS)), start(own_tables.config(found), prepared(found, "standard"))):
            one, there = run, run
            for _ in range(2):
                one, film = advance(one, 3)
                there, other = workers.advance(there, 3)
                assert same(film, other) and np.array_equal(one.state.theta, there.state.theta)
        assert workers.submit(pow, 2, 5).result() == 32
        searched, alone = (finished(plan(trials=10), submit, together=2) for submit in (workers.submit_short, here))
        assert table(searched) == table(alone) and searched.conclusion == alone.conclusion
        cluster.kill()
        cluster.wait()
        assert same(workers.advance(there, 3)[1], advance(one, 3)[1])
        assert "went away" in workers.troubles[0]
        assert same(workers.advance(there, 3)[1], advance(one, 3)[1]) and len(workers.troubles) == 1
    finally:
        workers.close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "http://127.0.0.1:9/x", "tcp://"])
def test_an_address_without_a_cluster_is_said_and_films_are_worked_out_here(address, monkeypatch):
    monkeypatch.setattr("ann_core.film.pools.JOIN_SECONDS", 0.5)
    workers, run = Workers(0, address), start(RunConfig.model_validate(SETTINGS))
    assert address in workers.troubles[0] and "this machine" in workers.troubles[0]
    assert same(workers.advance(run, 2)[1], advance(run, 2)[1])
