"""What a run gives does not change with the house: films, links and saved networks made before are made again."""

import json
from pathlib import Path

import numpy as np
import pytest

from ann_core.export.saved import from_json
from ann_core.run.link import from_query
from tests.golden.films import FILE, configurations, figures, films

STORED = json.loads(FILE.read_text())
NETWORKS = Path(__file__).parents[1] / "golden" / "networks"
PICTURES = ("sums", "boundary", "units")


@pytest.fixture(scope="module")
def made():
    return films()


def test_all_stored_films_are_made(made):
    assert set(made) == set(STORED) and len(STORED) > 80


@pytest.mark.parametrize("name", STORED)
def test_a_film_is_what_it_was(made, name):
    for column, before in STORED[name].items():
        if column not in made[name] and not isinstance(before, str) and 0 in before[0]:
            continue  # it was empty: now only what a run has is a column
        now = figures(made[name][column])
        if isinstance(before, str):
            assert now == before, column
            continue
        assert now[:2] == before[:2], column
        # a byte may be rounded otherwise; another processor adds up in another order
        close = 1e-3 if any(column.endswith(picture) for picture in PICTURES) else 3e-5
        np.testing.assert_allclose(now[2:], before[2:], rtol=close, atol=close * max(1e-30, before[2]), err_msg=column)


@pytest.mark.parametrize("name", configurations())
def test_an_old_link_opens_the_same_settings(name):
    assert from_query(json.loads(STORED[name]["link"])) == (configurations()[name][0], [])


@pytest.mark.parametrize("file", sorted(path.name for path in NETWORKS.iterdir()))
def test_an_old_saved_network_answers_as_it_did(file):
    stored = json.loads((NETWORKS / file).read_text())
    network = from_json(json.dumps(stored["network"]).encode())
    np.testing.assert_allclose(network.answers_to(np.array(stored["inputs"])), stored["answers"], rtol=1e-9)
