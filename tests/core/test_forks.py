"""Branches in an address: opened again they are what they were, to the bit; whatever cannot be is said."""

import numpy as np
import pytest

from ann_core import RunConfig
from ann_core.film.branching import fork, grown
from ann_core.film.recording import Recording
from ann_core.run.forks import Fork, from_query, settings_at, to_query
from ann_core.run.link import edited

USUAL = RunConfig.model_validate({"data": {"samples": 60}, "training": {"epochs": 40, "optimizer": "adam"},
                                  "network": {"dropout": 0.2}})
FASTER, PLAIN = {"training.learning_rate": 0.2}, {"training.optimizer": "sgd", "network.dropout": 0.0}


def branched(parent: Recording, left: int, **changes) -> Recording:
    """A branch that changed its settings where it left, and went on."""
    branch = parent.branch(left)
    if changes:
        branch.change(edited(branch.config, changes))
    branch.frames(left, 2, steps_per_frame=3, budget_ms=None)
    return branch


@pytest.fixture
def family() -> list[Recording]:
    """A run, a branch of it that changes later, and two branches of that branch: from before and from after its change."""
    run = Recording(USUAL)
    run.frames(None, 5, steps_per_frame=4, budget_ms=None)
    first = run.branch(8)
    first.frames(8, 2, steps_per_frame=2, budget_ms=None)
    first.change(edited(USUAL, FASTER))
    first.frames(12, 3, steps_per_frame=2, budget_ms=None)
    return [run, first, branched(first, 10, **PLAIN), branched(first, 14, **{"training.l2": 0.01})]


def forks_of(family: list[Recording]) -> list[Fork]:
    parents = {1: 0, 2: 1, 3: 1}
    return [fork(family[place], family[parent], parent) for place, parent in parents.items()]


def test_branches_of_branches_are_back_to_the_bit(family):
    query = to_query([USUAL], forks_of(family))
    assert query["branch1.left"] == "1~8" and query["branch1.since"] == "12" and query["branch2.left"] == "2~10"
    assert {name for name in query if name.startswith("branch2.")} == {"branch2.left", *(f"branch2.{path}" for path in PLAIN)}
    forks, notes = from_query(query, [USUAL])
    assert not notes
    again = [Recording(USUAL)]
    for one in forks:
        again.append(grown(one, again))
    for was, now in zip(family, again, strict=True):
        end = was.latest.state.step
        now.reach(end)
        np.testing.assert_array_equal(now.at(end).state.theta, was.at(end).state.theta)
        np.testing.assert_array_equal(now.at(9).state.theta, was.at(9).state.theta)
        assert now.config == was.config
    assert to_query([USUAL], forks_of(again)) == query
    assert [settings_at([USUAL], forks, 2, step).network.dropout for step in (9, 10)] == [0.2, 0.0]


def test_a_branch_left_unchanged_says_where_it_left_and_no_more(family):
    assert to_query([USUAL], [fork(family[0].branch(8), family[0], 0)]) == {"branch1.left": "1~8"}


def test_a_branch_from_before_a_change_has_the_settings_of_that_moment(family):
    assert family[1].branch(10).config == USUAL and family[1].branch(12).config == edited(USUAL, FASTER)


def test_what_an_address_cannot_tell_is_refused_in_words(family):
    run, branch = family[:2]
    branch.change(edited(branch.config, {"training.l2": 0.1}))
    branch.frames(14, 1, budget_ms=None)
    with pytest.raises(ValueError, match="more than once"):
        fork(branch, run, 0)
    other = run.branch(8)
    run.change(edited(USUAL, FASTER))
    with pytest.raises(ValueError, match="has changed its settings"):
        fork(other, run, 0)


@pytest.mark.parametrize("query,said", [
    ({"left": "x"}, "counted from 1"), ({"left": "2~3"}, "counted from 1"), ({"left": "0~3"}, "counted from 1"),
    ({}, "counted from 1"),
    ({"left": "1~-3"}, "counted"), ({"left": "1~1e3"}, "counted"), ({"left": "1~" + "9" * 99}, "counted"),
    ({"left": "1~8", "since": "7"}, "8 or later"), ({"left": "1~8", "since": "soon"}, "8 or later"),
    ({"left": "1~8", "network.layers": "3-tanh"}, "weights of the run that it left can go on"),
    ({"left": "1~8", "seed": "5"}, "weights of the run that it left can go on"),
    ({"left": "1~8", "training.learning_rate": "inf"}, "cannot be used"), ({"left": "1~8", "nothing": "1"}, "do not exist")])
def test_what_was_forged_is_told(query, said):
    forks, notes = from_query({f"branch1.{name}": text for name, text in {"training.l2": "0.5", **query}.items()}, [USUAL])
    assert said in " ".join(notes) and len(notes) == 1
    assert [one.config for one in forks] in ([], [edited(USUAL, {"training.l2": 0.5})])


def test_without_an_earlier_branch_a_later_one_is_left_out():
    forks, notes = from_query({"branch2.left": "1~3", "branch3.left": "3~4"}, [USUAL])
    assert not forks and len(notes) == 1


@pytest.mark.parametrize("step", [10**6, 999_999_999])
def test_a_step_that_the_run_never_reaches_is_refused(step):
    with pytest.raises(ValueError, match="the run ends at"):
        grown(Fork(0, step, step, USUAL), [Recording(USUAL)])
    with pytest.raises(ValueError, match="the run ends at"):
        grown(Fork(0, 4, step, edited(USUAL, FASTER)), [Recording(USUAL)])


def test_the_way_to_a_step_has_parts_and_ends_when_its_visitor_leaves():
    class Left(BaseException):
        pass

    looks = iter([None, Left()])

    def still_here() -> None:
        if (end := next(looks)) is not None:
            raise end

    run = Recording(edited(RunConfig(), {"data.samples": 2_000}))
    with pytest.raises(Left):
        run.reach(10**6, still_here)
    assert 0 < run.latest.epoch < run.config.training.epochs
