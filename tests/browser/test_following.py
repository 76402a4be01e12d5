"""What is written out is asked for moment by moment: the asks of a player alone, answered by a server that has little time."""

import pytest

from ui.assets import url

ASKS = """async ([following, asking]) => {
  const [{ Following }, { Asks }] = [await import(following), await import(asking)]
  const frames = Array.from({ length: 100 }, (_, step) => ({ step, epoch: step }))
  const run = { id: "a", frames, last: frames[99], scene: { steps_per_epoch: 1 } }
  const store = { runs: [run], open: [run], tail: 99, ahead: () => 10 }
  const clock = { playing: true, time: 0, scale: 1, stride: () => 1, pace: () => ({ epochs: 1 }) }
  const followed = new Following({ redraw() {}, store })
  const sent = []
  const asks = followed.player.asks = new Asks((ask) => { followed.sent(ask); sent.push(ask) }, store, clock)
  asks.followed = () => followed.ask()
  followed.aim({ at: [1, 0], heldOut: false, host: "network" })
  followed.look("playing", run, frames[0])
  for (let frame = 1; frame < 7; frame++) { // it tells four moments at a time
    asks.pump(false)
    const ask = sent[sent.length - 1]
    const moments = (ask.moments ?? []).slice(0, 4).map((step) => ({ step }))
    if (moments.length) followed.take({ run: "a", asked: [0, 0, 1, 0], at: [1, 0], moments })
    asks.answered(ask.n, ask.kind === "frames")
    followed.look("playing", run, frames[frame])
  }
  clock.playing = false
  followed.look("paused", run, frames[50]) // what is asked now gets lost
  await new Promise((done) => setTimeout(done, 1_800))
  const [played, lost] = [sent.slice(0, 6), sent.slice(6)]
  store.runs = []
  followed.asked.clear()
  clearTimeout(asks.timer)
  return { kinds: played.map(({ kind }) => kind), first: played.flatMap(({ moments }) => moments?.[0] ?? []),
    lost: lost.map(({ moments }) => moments), gone: followed.ask() }
}"""


@pytest.fixture
def asked(page, server) -> dict:
    page.goto(f"{server}/_stcore/health")
    return page.evaluate(ASKS, [url("player/shell/following.js"), url("player/film/asks.js")])


def test_moments_and_frames_are_asked_for_in_turn_and_what_was_not_told_or_lost_is_asked_again(asked):
    assert asked["kinds"] == ["account", "frames"] * 3 and asked["first"] == [0, 4, 8]
    assert asked["lost"] == [[50], [50]]
    assert asked["gone"] is None  # of a run that is no longer there
