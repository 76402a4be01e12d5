"""A tab that the server does not know, as after a server that started anew, is told its page by whatever it asks."""

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.server import ROOT, running
from benchmarks.streamlit_client import StreamlitClient


@pytest.fixture(scope="module")
def server():
    with running(ROOT / "app.py") as started:
        yield started


async def runs(client: StreamlitClient) -> list[tuple[int, bool]]:
    """How the next run ended, and whether it was of parts of the page only."""
    async with asyncio.timeout(30):
        async for message in client.messages():
            if message.WhichOneof("type") == "script_finished":
                return message.script_finished, bool(message.metadata.run.fragment_ids)


@pytest.mark.parametrize(("page", "kind"), [("playground", "bidi_component"), ("losses", "slider")])
def test_what_a_part_of_a_page_is_asked_brings_the_page_to_a_tab_that_nobody_knows(server, page, kind):
    async def act() -> None:
        async with StreamlitClient(server.url, page) as before, StreamlitClient(server.url, page) as anew:
            await before.rerun()
            assert await runs(before) == (ForwardMsg.FINISHED_SUCCESSFULLY, False)
            part = before.find(kind)
            assert part.fragment_id
            anew.page_hash, anew.states = before.page_hash, before.states
            for asks, of_a_part in ((anew, False), (anew, True)):
                await asks.trigger(part, "ask", {"n": 1, "kind": "scene"})
                assert (await runs(asks))[1] == of_a_part
            assert anew.nodes.keys() == before.nodes.keys()

    asyncio.run(act())
    assert "Traceback" not in server.text()
