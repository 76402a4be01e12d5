"""A learner without a browser: plays the Playground's film and changes a setting now and then."""

import asyncio
import json
import random
import struct
import time
import zlib
from dataclasses import dataclass, field

import numpy as np
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.streamlit_client import Node, StreamlitClient, option_texts, shown_value

PAGE, PLAYER, SETTING = "playground", "film_player", "all_activations"
# The rules of assets/player: when to ask, for how much, and when to ask again.
LOW, FRAMES = 45, 60
PATIENCE, MOST_PATIENCE, PAUSE, MOST_MISSES = 1.5, 12.0, 0.1, 4
STRIDES = ((120, 1), (300, 2), (600, 5), (2000, 10), (5000, 20), (float("inf"), 50))
GIVE_UP = 10.0          # seconds until something that did not come counts as a failure


@dataclass
class Film:
    """What the browser knows of its run: the frames it holds, the one on screen, whether more will come."""

    run_id: str = ""
    drawn_id: str = ""
    steps: list[int] = field(default_factory=list)
    epochs: list[float] = field(default_factory=list)
    shown: int = 0
    ended: bool = False

    @property
    def waiting(self) -> int:
        return max(len(self.steps) - 1 - self.shown, 0)

    @property
    def stride(self) -> int:
        """Epochs a frame: the first ones all, longer strides later."""
        return next(stride for until, stride in STRIDES if self.epochs[-1] < until)

    def take(self, run: dict, steps: list[int], epochs: list[float]) -> bool:
        """Apply one run of a message; true when it brought anything new."""
        if run["kind"] == "same" or (run["kind"] == "frames" and run["id"] != self.run_id):
            return False
        if run["kind"] == "scene":
            self.steps, self.epochs, self.shown, self.ended = [], [], 0, False
        elif run["kind"] == "continue":
            del self.steps[self.shown + 1:], self.epochs[self.shown + 1:]
            self.ended = False
        self.run_id = run["id"]
        new = [i for i, step in enumerate(steps) if not self.steps or step > self.steps[-1]]
        self.steps += [steps[i] for i in new]
        self.epochs += [epochs[i] for i in new]
        self.ended = self.ended or run["state"] != "running"
        return bool(steps) or self.ended or run["kind"] == "continue"


def read_message(data: bytes) -> tuple[dict, list[tuple[list[int], list[float]]]]:
    """The header of a film message, and each run's steps and epochs (the pictures stay packed)."""
    (size,) = struct.unpack_from("<I", data)
    head, body = json.loads(data[4:4 + size]), data[4 + size:]
    places = [{b["name"]: (b["offset"], b["shape"][0]) for b in run["blocks"]} for run in head["runs"]]
    end = max((at[name][0] + 4 * at[name][1] for at in places for name in ("step", "epoch") if name in at),
              default=0)
    plain = zlib.decompressobj().decompress(body, end) if head["deflate"] and end else body

    def column(at: dict, name: str, dtype: str) -> list:
        return np.frombuffer(plain, dtype, at[name][1], at[name][0]).tolist() if name in at else []

    return head, [(column(at, "step", "<i4"), column(at, "epoch", "<f4")) for at in places]


class Visitor:
    """One learner's tab. What it met is in the lists; times are in seconds."""

    def __init__(self, client: StreamlitClient, number: int, seconds: float, every: float, phase: float,
                 rate: float) -> None:
        self.client, self.seconds, self.every, self.phase, self.rate = client, seconds, every, phase, rate
        self.random, self.film, self.seq = random.Random(number), Film(), -1
        self.asks = self.misses = self.repeats = self.drawn = self.starved = 0
        self.until = self.resume = 0.0          # when the pending ask is given up; not before when to ask
        self.pending = self.urgent = False      # an ask is under way; it is to be for the scene
        self.asked_at: float | None = None
        self.changed_at: float | None = None
        self.pictures: list[float] = []
        self.changes: list[float] = []
        self.answers: list[float] = []
        self.failures: list[str] = []

    async def visit(self) -> "Visitor":
        """Stay for the given time; whatever goes wrong is noted, never raised."""
        self.opened = time.monotonic()
        try:
            async with self.client:
                await self.client.rerun()
                jobs = [asyncio.create_task(job()) for job in (self._listen, self._play, self._switch)]
                done, rest = await asyncio.wait(jobs, timeout=self.seconds,
                                                return_when=asyncio.FIRST_COMPLETED)
                for job in rest:
                    job.cancel()
                await asyncio.gather(*rest, return_exceptions=True)
                for job in done:
                    job.result()
                    self.failures.append("the server ended the connection")
        except Exception as error:
            self.failures.append(f"{type(error).__name__}: {error}")
        if not self.pictures:
            self.failures.append("no picture came")
        return self

    async def _listen(self) -> None:
        async for message in self.client.messages():
            kind = message.WhichOneof("type")
            if (kind == "script_finished"
                    and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR):
                self.failures.append("the script did not compile")
            if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
                continue
            element = message.delta.new_element
            match element.WhichOneof("type"):
                case "exception":
                    self.failures.append(f"{element.exception.type}: {element.exception.message}")
                case "alert" if element.alert.format == Alert.ERROR:
                    self.failures.append(f"message on the page: {element.alert.body}")
                case "bidi_component" if element.bidi_component.component_name == PLAYER:
                    await self._receive(element.bidi_component.bytes)

    async def _receive(self, data: bytes) -> None:
        head, columns = read_message(data)
        if head["seq"] == self.seq:
            return
        now, run, self.seq = time.monotonic(), head["runs"][0], head["seq"]
        progress = self.film.take(run, *columns[0])
        if columns[0][0] and self.film.drawn_id != self.film.run_id:
            self.film.drawn_id = self.film.run_id
            if not self.pictures:
                self.pictures.append(now - self.opened)
            elif self.changed_at is not None:
                self.changes.append(now - self.changed_at)
                self.changed_at = None
        if progress:
            self.misses = 0
            if self.asked_at is not None:
                self.answers.append(now - self.asked_at)
                self.asked_at = None
        if self.pending and head["answer"] >= self.asks:
            self.pending = self.urgent = False
            if not progress:
                self.misses = min(self.misses + 1, MOST_MISSES)
                self.resume = now + PAUSE * 2 ** self.misses
        if run["kind"] == "scene":
            self.misses, self.resume = 0, 0.0
        if run["id"] != self.film.run_id:
            self.urgent, self.pending, self.resume = True, False, 0.0
        await self._pump()

    async def _pump(self) -> None:
        """Asks for what is most needed, one ask at a time; again when no answer came."""
        now = time.monotonic()
        if self.pending and now >= self.until:
            self.pending, self.misses = False, min(self.misses + 1, MOST_MISSES)
            self.repeats += 1
        film = self.film
        wants = film.steps and not film.ended and film.waiting < LOW
        if self.pending or now < self.resume or not (self.urgent or wants):
            return
        question: dict = {"kind": "scene"} if self.urgent else {
            "kind": "frames", "after": {film.run_id: film.steps[-1]}, "frames": FRAMES, "epochs": film.stride}
        player = self.client.find("bidi_component", name=PLAYER)
        if player is None:
            return
        self.asks, self.pending = self.asks + 1, True
        self.until = now + min(PATIENCE * 2 ** self.misses, MOST_PATIENCE)
        self.asked_at = self.asked_at or now
        await self.client.trigger(player, "ask", {"n": self.asks, **question})

    async def _play(self) -> None:
        tick = time.monotonic()
        while True:
            tick += 1 / self.rate
            await asyncio.sleep(max(tick - time.monotonic(), 0))
            if self.film.waiting:
                self.film.shown += 1
                self.drawn += 1
            elif self.film.steps and not self.film.ended:
                self.starved += 1
            self._lose_patience()
            await self._pump()

    async def _switch(self) -> None:
        await asyncio.sleep(self.phase)
        while True:
            node = self._setting()
            if node is not None and self.changed_at is None and self.pictures:
                state = self.client.states.get(node.proto.id)
                chosen = list(state.string_array_value.data) if state else shown_value(node)
                # The last option opens a longer list.
                others = [option for option in option_texts(node)[:-1] if option not in chosen]
                self.changed_at = time.monotonic()
                await self.client.set(node, [self.random.choice(others)])
            await asyncio.sleep(self.every)

    def _setting(self) -> Node | None:
        return self.client.find("button_group", key=SETTING)

    def _lose_patience(self) -> None:
        now = time.monotonic()
        if self.asked_at is not None and now - self.asked_at > GIVE_UP:
            self.failures.append(f"no frames within {GIVE_UP:.0f} s")
            self.asked_at = now
        if self.changed_at is not None and now - self.changed_at > GIVE_UP:
            self.failures.append(f"no answer to a change within {GIVE_UP:.0f} s")
            self.changed_at = None
