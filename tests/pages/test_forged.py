"""What no browser sends, sent over the real protocol: nothing breaks, nothing stays, and others do not wait."""

import asyncio
import math
import time

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosedError

from benchmarks.server import ROOT, running
from benchmarks.streamlit_client import StreamlitClient
from benchmarks.streamlit_widgets import FIELDS
from tests.pages.test_lesson_form import ideas
from ui.door import KEPT_UPLOADS, MOST_BYTES
from ui.path import LESSONS

VIEWS = ["", "playground", "gradient_lab", "gradient_lab?demo=1", "your_data", "search", "clinic", "puzzles", LESSONS[0].page,
         *(f"{lesson.page}?view=lab" for lesson in LESSONS if lesson.group == "architectures")]
WRONG = [("string_value", "nope"), ("string_value", "x" * 2_000), ("string_value", "<b>\0"), ("string_array_value", ["nope"]),
         ("string_array_value", []), ("double_value", math.nan), ("double_value", 1e308), ("double_array_value", [math.nan]),
         ("double_array_value", [1e308, 2.0, -3.0]), ("int_value", 2**62), ("int_array_value", [7, -7]), ("bool_value", True),
         ("json_value", "{"), ("bytes_value", b"\xff")]
MISTAKE = "our mistake"


@pytest.fixture(scope="module")
def server():
    with running(ROOT / "app.py") as started:
        yield started


def forged(widget: str, field: str, value) -> WidgetState:
    state = WidgetState(id=widget)
    if field.endswith("array_value"):
        getattr(state, field).data.extend(value)
    else:
        setattr(state, field, value)
    return state


class Visitor(StreamlitClient):
    """A client that waits for the end of each script run."""

    async def run(self) -> None:
        self.stream = getattr(self, "stream", None) or self.messages()
        await self.rerun()
        async with asyncio.timeout(30):
            async for message in self.stream:
                if (message.WhichOneof("type") == "script_finished"
                        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN):
                    return

    def broken(self) -> bool:
        return any(node.kind == "alert" and MISTAKE in node.proto.body for node in self.nodes.values())

    def saying(self, word: str) -> list[str]:
        return [node.proto.body for node in self.nodes.values() if node.kind == "markdown" and word in node.proto.body]

    def widget(self, label: str):
        return next(node for node in self.nodes.values() if getattr(node.proto, "label", "") == label)


def visitor(server, view: str) -> Visitor:
    page, _, query = view.partition("?")
    return Visitor(server.url, page, query)


@pytest.mark.parametrize("view", VIEWS)
def test_every_widget_of_a_page_is_told_what_it_cannot_mean(server, view):
    async def act() -> None:
        async with visitor(server, view) as client:
            await client.run()
            good = dict(client.states)
            widgets = [*(node.proto.id for node in client.nodes.values() if node.kind in FIELDS), "no widget"]
            for field, value in WRONG:
                client.states |= {widget: forged(widget, field, value) for widget in widgets}
                await client.run()
                assert not client.broken(), (field, value)
                client.states = dict(good)
                await client.run()
                assert not client.broken(), ("afterwards", field, value)

    asyncio.run(act())
    assert "Traceback" not in server.text()


@pytest.mark.parametrize("place", [-1, 0], ids=["last", "first"])
@pytest.mark.parametrize("page", [lesson.page for lesson in LESSONS])
def test_a_lessons_ideas_are_told_what_their_widgets_cannot_mean(server, page, place):
    """Each widget another wrong value, in turn: all ideas have the same kinds of widget."""
    async def act() -> None:
        async with visitor(server, f"{page}?idea={list(ideas(page))[place]}") as client:
            await client.run()
            good = dict(client.states)
            widgets = [node.proto.id for node in client.nodes.values() if node.kind in FIELDS]
            for turn in range(0, len(WRONG), 3):
                wrong = WRONG[turn:] + WRONG[:turn]
                client.states |= {widget: forged(widget, *wrong[i % len(wrong)]) for i, widget in enumerate(widgets)}
                await client.run()
                assert not client.broken(), turn
                client.states = dict(good)
                await client.run()
                assert not client.broken(), ("afterwards", turn)

    asyncio.run(act())
    assert "Traceback" not in server.text()


def test_a_session_may_begin_with_what_its_widgets_cannot_mean(server):
    async def act() -> None:
        async with visitor(server, "playground") as before:
            await before.run()
            widgets = [node.proto.id for node in before.nodes.values() if node.kind in FIELDS]
        for field, value in WRONG:
            async with visitor(server, "playground") as client:
                client.states = {widget: forged(widget, field, value) for widget in widgets}
                await client.run()
                assert not client.broken(), (field, value)

    asyncio.run(act())
    assert "Traceback" not in server.text()


def test_an_unknown_option_is_as_if_it_had_not_been_said(server):
    async def act() -> None:
        async with visitor(server, "your_data") as client:
            await client.run()
            sentence = client.saying("Predicts")
            mark = client.widget("Thousands mark")
            client.states[mark.proto.id] = forged(mark.proto.id, "string_value", "nope")
            await client.run()
            assert sentence and client.saying("Predicts") == sentence
        async with visitor(server, "playground?network.layers=8-elu~8-elu") as client:
            await client.run()
            for node in [node for node in client.nodes.values() if node.kind == "selectbox"]:
                client.states[node.proto.id] = forged(node.proto.id, "string_value", "nope")
            await client.run()
            assert not client.broken()

    asyncio.run(act())
    assert "Traceback" not in server.text()


def test_a_message_too_long_ends_before_it_is_read_and_nobody_waits(server):
    async def act() -> None:
        async with visitor(server, "playground") as adversary, visitor(server, "losses") as other:
            await adversary.run()
            await other.run()
            player = next(node for node in adversary.nodes.values() if node.kind == "bidi_component")
            points = [[0.123456, 0.5, 1]] * (MOST_BYTES // 10)
            sending = asyncio.create_task(adversary.trigger(player, "ask", {"n": 1, "kind": "draw", "points": points}))
            await asyncio.sleep(0.05)
            began = time.monotonic()
            await other.run()
            assert time.monotonic() - began < 5  # it took them all that long, and more, before
            with pytest.raises(ConnectionClosedError, match="1009"):
                await sending
                await adversary.run()
                await adversary.run()

    asyncio.run(act())
    assert "Traceback" not in server.text()


def test_files_that_no_page_takes_do_not_pile_up(server):
    async def act() -> None:
        async with visitor(server, "your_data") as client:
            await client.run()
            before = server.usage()[1]
            for i in range(12):
                assert await asyncio.to_thread(client.send_file, f"file{i}", b"1,2\n" * 2_000_000) == 204
            assert server.usage()[1] - before < (KEPT_UPLOADS + 3) * 8  # MB

    asyncio.run(act())


def test_a_file_that_is_gone_is_asked_for_again(server):
    """As after a server that started anew, or an upload that was refused at the door: the browser still names it."""
    async def act() -> None:
        async with visitor(server, "your_data") as before, visitor(server, "your_data") as anew:
            await before.run()
            uploader = before.find("file_uploader")
            named = WidgetState(id=uploader.proto.id)
            named.file_uploader_state_value.uploaded_file_info.add(file_id="gone", name="mine.csv", size=9)
            for client in (before, anew):
                client.states[uploader.proto.id] = named
                await client.run()
                said = [node.proto.body for node in client.nodes.values() if node.kind == "alert"]
                assert any("Drop it here again" in words for words in said) and not client.broken()
                await client.run()
                assert not client.broken()

    asyncio.run(act())
    assert "Traceback" not in server.text()
