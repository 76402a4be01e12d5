"""A learner without a browser: watches films, or reads a lesson, and changes a control now and then."""

import asyncio
import random
import time
from typing import Any

import numpy as np
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.browser_film import BrowserFilm, read_message
from benchmarks.places import Place
from benchmarks.streamlit_client import StreamlitClient
from benchmarks.streamlit_widgets import Node, option_texts, shown_value

PLAYER, UPLOADER = "film_player", "own/upload"
# The rules of assets/player: when to ask again.
PATIENCE, USUAL, MOST_PATIENCE, PAUSE, MOST_MISSES = 1.5, 3, 12.0, 0.1, 4
GIVE_UP = 10.0          # seconds until something that did not come counts as a failure


class Visitor:
    """One learner's tab. What it met is in the lists; times are in seconds."""

    def __init__(self, client: StreamlitClient, place: Place, number: int, seconds: float, every: float, phase: float,
                 rate: float, vanishes: bool = False) -> None:
        """vanishes: in the end the tab is gone without a word, as when a laptop falls asleep"""
        self.client, self.place, self.vanishes = client, place, vanishes
        self.seconds, self.every, self.phase, self.rate = seconds, every, phase, rate
        self.random, self.film, self.seq = random.Random(number), BrowserFilm(), -1
        self.asks = self.misses = self.repeats = self.drawn = self.starved = 0
        self.sent = self.took = 0.0             # when the pending ask was sent; how long the last answers took
        self.until = self.resume = 0.0          # when the pending ask is given up; not before when to ask
        self.pending = self.urgent = False      # an ask is under way; it is to be for the scene
        self.asked_at: float | None = None
        self.changed_at: float | None = None
        self.before: list[str] = []             # the runs that were on the screen when something was changed
        self.brought = not place.table
        self.pictures: list[float] = []
        self.changes: list[float] = []
        self.answers: list[float] = []
        self.failures: list[str] = []
        self.failed_at: list[float] = []

    @property
    def frames_a_second(self) -> float:
        """Drawn while there was something to play."""
        return self.rate * self.drawn / max(self.drawn + self.starved, 1)

    def _fail(self, why: str) -> None:
        self.failures.append(why)
        self.failed_at.append(time.monotonic())

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
                if self.vanishes:
                    self.client.vanish()
                for job in done:
                    job.result()
                    self._fail("the server ended the connection")
        except Exception as error:
            self._fail(f"{type(error).__name__}: {error}")
        if not self.pictures:
            self._fail("no picture came")
        return self

    async def _listen(self) -> None:
        async for message in self.client.messages():
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                self._ran(message.script_finished)
            if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
                continue
            element = message.delta.new_element
            match element.WhichOneof("type"):
                case "exception":
                    self._fail(f"{element.exception.type}: {element.exception.message}")
                case "alert" if element.alert.format == Alert.ERROR:
                    self._fail(f"message on the page: {element.alert.body}")
                case "bidi_component" if element.bidi_component.component_name == PLAYER and self.place.plays:
                    await self._receive(element.bidi_component.bytes)

    def _ran(self, how: Any) -> None:
        """The script has run. Where no films are watched, that is the answer."""
        if how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self._fail("the script did not compile")
        if not self.place.plays and how != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._seen(time.monotonic())

    def _seen(self, now: float) -> None:
        """What was waited for is on the screen."""
        if not self.pictures:
            self.pictures.append(now - self.opened)
        elif self.changed_at is not None:
            self.changes.append(now - self.changed_at)
            self.changed_at = None

    async def _receive(self, data: bytes) -> None:
        head, columns = read_message(data)
        if head["seq"] == self.seq:
            return
        now, self.seq = time.monotonic(), head["seq"]
        progress, known = self.film.take(head["runs"], columns)
        if known and self.film.ids != self.before and any(steps for steps, _ in columns):
            if self.changed_at is not None or not self.pictures:
                self._seen(now)
            self.before = self.film.ids
        if progress:
            self.misses = 0
            if self.asked_at is not None:
                self.answers.append(now - self.asked_at)
                self.asked_at = None
        if self.pending and head["answer"] >= self.asks:
            self.pending = self.urgent = False
            self.took = max(now - self.sent, 0.7 * self.took)
            if came := max((len(steps) for steps, _ in columns), default=0):
                self.film.pace(came / (now - self.sent), head.get("queue", 0))
            if not progress:
                self.misses = min(self.misses + 1, MOST_MISSES)
                self.resume = now + PAUSE * 2 ** self.misses
        if any(entry["kind"] == "scene" for entry in head["runs"]):
            self.misses, self.resume = 0, 0.0
        if not known:
            self.urgent, self.pending, self.resume = True, False, 0.0
        await self._pump()

    async def _pump(self) -> None:
        """Asks for what is most needed, one ask at a time; again when no answer came."""
        now = time.monotonic()
        if self.pending and now >= self.until:
            self.pending, self.misses = False, min(self.misses + 1, MOST_MISSES)
            self.repeats += 1
        if self.pending or now < self.resume:
            return
        question = {"kind": "scene"} if self.urgent else self.film.wanted()
        player = self.client.find("bidi_component", name=PLAYER)
        if player is None or question is None:
            return
        self.asks, self.pending = self.asks + 1, True
        self.sent, self.until = now, now + min(max(PATIENCE, USUAL * self.took) * 2 ** self.misses, MOST_PATIENCE)
        self.asked_at = self.asked_at or now
        await self.client.trigger(player, "ask", {"n": self.asks, **question})

    async def _play(self) -> None:
        tick = time.monotonic()
        while True:
            tick += 1 / self.rate
            await asyncio.sleep(max(tick - time.monotonic(), 0))
            shown = self.film.play()
            self.drawn += shown is True
            self.starved += shown is False
            self._lose_patience()
            await self._pump()

    async def _switch(self) -> None:
        await asyncio.sleep(self.phase)
        while True:
            if self.changed_at is None and self.pictures:
                await (self._change() if self.brought else self._bring())
            await asyncio.sleep(self.every)

    async def _bring(self) -> None:
        """Drops the file that was brought along: a change like any other."""
        node = self.client.find("file_uploader", key=UPLOADER)
        if node is not None and self.place.table is not None:
            self.changed_at, self.brought = time.monotonic(), True
            await self.client.upload(node, "table.csv", self.place.table)

    async def _change(self) -> None:
        found = [node for key in self.place.controls if (node := self.client.find("button_group", key=key))]
        nodes = found or [node for node in self.client.nodes.values() if node.kind == "slider" and self.place.controls == ()]
        if not nodes:
            return
        node = self.random.choice(nodes)
        state = self.client.states.get(node.proto.id)
        value = self._other_place(node) if node.kind == "slider" else self._other_option(node, state)
        self.changed_at = time.monotonic()
        await self.client.set(node, value)

    def _other_option(self, node: Node, state: Any) -> list[str]:
        chosen = list(state.string_array_value.data) if state else shown_value(node)
        # The last option opens a longer list.
        return [self.random.choice([option for option in option_texts(node)[:-1] if option not in chosen])]

    def _other_place(self, node: Node) -> list:
        proto = node.proto
        if proto.options:
            return [self.random.choice(list(proto.options))]
        steps = round((proto.max - proto.min) / proto.step)
        return [float(np.round(proto.min + self.random.randint(0, steps) * proto.step, 6))]

    def _lose_patience(self) -> None:
        now = time.monotonic()
        if self.asked_at is not None and now - self.asked_at > GIVE_UP:
            self._fail(f"no frames within {GIVE_UP:.0f} s")
            self.asked_at = now
        if self.changed_at is not None and now - self.changed_at > GIVE_UP:
            self._fail(f"no answer to a change within {GIVE_UP:.0f} s")
            self.changed_at = None
