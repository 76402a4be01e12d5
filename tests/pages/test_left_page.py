"""An ask of a film that crosses a click on the menu, over the real protocol: the visitor gets to the other page and stays."""

import asyncio

import pytest

from tests.pages.test_forged import server, visitor

__all__ = ["server"]


@pytest.mark.parametrize("later", [0, 0.02, 0.1])
def test_a_films_ask_on_its_way_does_not_bring_the_page_back_that_was_left(server, later):
    async def act() -> None:
        async with visitor(server, "gradient_lab") as other, visitor(server, "playground") as client:
            await other.run()
            await client.run()
            film, left, there = client.find("bidi_component", name="film_player"), client.page_hash, other.page_hash
            await client.trigger(film, "ask", {"n": 1, "kind": "scene"})
            client.page_hash = there
            await client.rerun()
            await asyncio.sleep(later)
            client.page_hash = left  # the browser has not heard of the other page yet
            await client.trigger(film, "ask", {"n": 2, "kind": "scene"})
            pages = []
            try:
                async with asyncio.timeout(3):
                    async for message in client.stream:
                        if message.WhichOneof("type") == "new_session":
                            pages.append(message.new_session.page_script_hash)
            except TimeoutError:
                client.stream = None  # it ends with the time
            assert there in pages and left not in pages[pages.index(there):] and client.page_hash == there
            assert any(node.kind == "heading" and "Gradient lab" in node.proto.body for node in client.nodes.values())

            client.page_hash = left  # and on the way back its film is heard again
            await client.run()
            await client.trigger(client.find("bidi_component", name="film_player"), "ask", {"n": 3, "kind": "scene"})
            async with asyncio.timeout(30):
                while (await anext(client.stream)).WhichOneof("type") != "script_finished":
                    pass
            assert client.page_hash == left

    asyncio.run(act())
