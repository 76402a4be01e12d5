"""What a browser brings back is a table only if it is the one that was kept: claims, choices, damage."""

import json
from dataclasses import asdict

import pytest
import streamlit as st

from ann_core.data.table.reading import Choices, Refusal, from_frame, read_table
from tests.pages.visit import ok, opened
from ui.your_data import keeping
from ui.your_data.keeping import Claim, claimed, read_back

ROWS = (f"{at % 13},{at % 10};{at * 7 % 29};{'ab'[at % 2]}\n" for at in range(60))
CELLS = ("Höhe;Breite;Art\n" + "".join(ROWS)).encode("cp1252")
KEPT = read_table(CELLS, "leaves.csv")
TYPE = "text/csv; kept=7"


def said(**changed) -> dict:
    """What a browser says, as it comes over the wire."""
    usual = {"number": 7, "digest": KEPT.digest, "name": "leaves.csv", "choices": asdict(KEPT.report.choices)}
    return json.loads(json.dumps({**usual, **changed}))


@pytest.fixture
def session(monkeypatch):
    """A visitor's session whose browser says something."""
    state = {keeping.KEY: {"brings": said()}}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.mark.parametrize("choices", [Choices(), Choices(decimal="."), Choices(header=False), Choices(texts=("Breite",)),
                                     Choices(missing=("a",)), Choices(merge=False, quote="")])
def test_a_table_comes_back_as_it_was_read_by_hand(session, choices):
    table = read_table(CELLS, "leaves.csv", choices)
    session[keeping.KEY]["brings"] = said(digest=table.digest, choices=asdict(table.report.choices))
    back = read_back(CELLS, claimed("leaves.csv", TYPE))
    assert back.digest == table.digest and back.frame.equals(table.frame)


def test_a_claim_counts_once_and_for_its_file(session):
    assert claimed("other.csv", TYPE) is claimed("leaves.csv", "text/csv") is claimed("leaves.csv", "text/csv; kept=6") is None
    claim = claimed("leaves.csv", TYPE)
    assert claim.digest == KEPT.digest
    keeping.done_with(claim)
    assert claimed("leaves.csv", TYPE) is None


@pytest.mark.parametrize("forged", [None, 7, "x", [], {}, said(number="x"), said(name=None), said(choices=[1]),
                                    said(choices=None), said(choices={"merge": "perhaps"}), said(choices={"missing": 3}),
                                    said(more=1)])
def test_what_is_no_claim_is_not_heard(session, forged):
    session[keeping.KEY]["brings"] = forged
    found = claimed("leaves.csv", TYPE)
    assert found is None or found == Claim(7, KEPT.digest, "leaves.csv", KEPT.report.choices)


@pytest.mark.parametrize("data", [b"", b"\x89PNG" + bytes(50), b"a,b\n1,2\n3,4\n", CELLS[:-1] + b"x", CELLS + CELLS])
def test_what_was_damaged_or_replaced_is_refused_in_words(session, data):
    with pytest.raises(Refusal, match="is not that table any more"):
        read_back(data, claimed("leaves.csv", TYPE))


@pytest.mark.parametrize("choices", [{"encoding": "rot13"}, {"delimiter": "xx"}, {"decimal": "7"}, {"quote": "??"}])
def test_unknown_ways_of_reading_are_refused(session, choices):
    session[keeping.KEY]["brings"] = said(choices={**asdict(KEPT.report.choices), **choices})
    with pytest.raises(Refusal):
        read_back(CELLS, claimed("leaves.csv", TYPE))


def test_a_table_that_was_typed_in_becomes_a_file_that_is_the_same():
    table = from_frame(KEPT.frame.head(20), "typed.csv")
    file = keeping._written(table)
    assert read_table(file, table.name, table.report.choices).digest == table.digest


def test_what_was_said_of_a_link_ends_when_its_table_comes():
    page = opened("your_data", file=f"{KEPT.digest}~leaves.csv")
    assert "stays with the one who made it" in page.info[0].value
    page.file_uploader(key="own/upload").upload("leaves.csv", CELLS, "text/csv")
    ok(page.run())
    state = page.session_state["own/tables"]
    assert state["present"] == KEPT.digest and not page.info
