"""What comes in one message with an ask of the player, over the real protocol: whoever it is for hears it."""

import asyncio
import json

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ann_core.film.wire import unpack
from benchmarks.places import table
from benchmarks.streamlit_widgets import shown_value, widget_state
from tests.pages.test_forged import Visitor, server, visitor

__all__ = ["server"]


def test_what_crosses_a_new_table_does_not_bring_the_one_before_back(server):
    async def act() -> None:
        async with visitor(server, "your_data") as client:
            await client.run()
            listening = asyncio.create_task(until(client, "names"))
            await client.upload(client.find("file_uploader", key="own/upload"), "names.csv", table(1))
            await client.trigger(client.find("bidi_component", name="film_player"), "ask", {"n": 1, "kind": "scene"})
            await asyncio.wait_for(listening, 30)
            for _ in range(3):
                await client.run()
            assert "height" in client.widget("Predict").proto.options and "/set2/" in client.widget("Predict").proto.id

    asyncio.run(act())


@pytest.mark.parametrize("view", ["playground", "gradient_lab", "your_data"])
def test_an_ask_runs_the_page_only_where_a_widget_changed_with_it(server, view):
    async def act() -> None:
        async with visitor(server, view) as client:
            await client.run()
            assert await asked(client) == [ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY]
            rate = client.widget("Learning rate")
            other = next(one for one in rate.proto.options if one != shown_value(rate)[0])
            client.states[rate.proto.id] = widget_state(rate, [other])
            assert await asked(client) == [ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY]

    asyncio.run(act())
    assert "Traceback" not in server.text()


def test_a_file_that_comes_with_an_ask_is_read_and_a_wish_is_answered(server):
    """The browser sends what changes in one tick in the name of one part of the page."""
    async def act() -> None:
        async with visitor(server, "your_data") as client:
            await client.run()
            uploader = client.find("file_uploader", key="own/upload")
            await asyncio.to_thread(client.send_file, "names.csv", table(1))
            named = WidgetState(id=uploader.proto.id)
            named.file_uploader_state_value.uploaded_file_info.add(file_id="names.csv", name="names.csv", size=9)
            client.states[uploader.proto.id] = named
            assert await asked(client) == [ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY]
            assert "height" in client.widget("Predict").proto.options
            keeper = client.find("bidi_component", name="kept_tables")
            digest = unpack(keeper.proto.bytes)[0]["own"]["digest"]
            client.states[keeper.proto.id] = WidgetState(id=keeper.proto.id, json_value=json.dumps({"wants": digest}))
            await asked(client)
            async with asyncio.timeout(30):
                while not (sent := unpack(client.find("bidi_component", name="kept_tables").proto.bytes)[1]):
                    await anext(client.stream)
            assert bytes(sent[0][1]["file"]) == table(1)

    asyncio.run(act())
    assert "Traceback" not in server.text()


async def asked(client: Visitor) -> list[int]:
    """How the runs end that a player's ask brings."""
    await client.trigger(client.find("bidi_component", name="film_player"), "ask", {"n": 1, "kind": "scene"})
    found: list[int] = []
    async with asyncio.timeout(30):
        async for message in client.stream:
            if message.WhichOneof("type") == "script_finished":
                found.append(message.script_finished)
                if found[-1] != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
    return found


async def until(client: Visitor, word: str) -> None:
    """Listens until the page has said a word."""
    async for message in client.stream:
        if message.WhichOneof("type") == "script_finished" and client.saying(word):
            return
