"""Who works films out, as the environment says, and that a visitor who changed his mind is not kept waiting."""

import pytest
from streamlit.runtime.scriptrunner import StopException

from ann_core.film.recording import Recording
from ann_core.film.turns import ASKER
from tests.pages.visit import ok, opened
from ui.player import player as film_player
from ui.player.asks import PlayerAsk
from ui.player.workers import MOST, begun, cores, workers


@pytest.fixture
def closing():
    found = []
    yield lambda environment: found.append(begun(environment)) or found[-1]
    for one in found:
        one.close()


def test_as_many_processes_as_cores_unless_it_is_said(closing):
    said = ({}, {"PLAYGROUND_WORKERS": ""}, {"PLAYGROUND_WORKERS": " 1 "}, {"PLAYGROUND_WORKERS": "0"})
    assert [closing(environment).processes for environment in said] == [cores(), cores(), 1, 0]


@pytest.mark.parametrize("said", ["many", "-1", "1.5", str(MOST + 1), "٣", "1_0", "9" * 5000])
def test_a_wrong_setting_works_in_process_and_says_so(said, closing, caplog):
    found = closing({"PLAYGROUND_WORKERS": said})
    assert found.processes == 0 and "PLAYGROUND_WORKERS" in found.troubles[0] and f"0 to {MOST}" in found.troubles[0]
    assert found.troubles[0] in caplog.text and len(found.troubles[0]) < 250


def test_home_tells_who_runs_the_server_what_is_wrong(closing, monkeypatch):
    page = opened()
    assert not [caption for caption in page.caption if "who runs this server" in caption.value]
    monkeypatch.setattr(workers(), "troubles", closing({"PLAYGROUND_WORKERS": "<b>many</b>"}).troubles)
    (told,) = [caption.value for caption in ok(page.run()).caption if "who runs this server" in caption.value]
    assert "many" in told and "<b>" not in told


def test_who_waits_for_something_new_is_urgent(monkeypatch):
    urgent, frames = [], Recording.frames

    def noted(recording, *asked):
        urgent.append(ASKER.get().urgent)
        return frames(recording, *asked)

    monkeypatch.setattr(Recording, "frames", noted)
    opened("playground")
    assert urgent == [True]


def test_an_ask_whose_visitor_changes_something_meanwhile_is_answered_by_the_run_that_follows(monkeypatch):
    page = opened("playground")
    mount = page.session_state["player/mount"]
    ask = PlayerAsk(7, "frames", {mount.sent[0]: 0}, 3, 1)

    def interrupted(*_):
        raise StopException

    with monkeypatch.context() as now:
        now.setattr(film_player, "answer", interrupted)
        mount.ask = ask
        page.run()
        assert mount.ask == ask and mount.answered == 0
    ok(page.run())
    assert mount.ask is None and mount.answered == 7
