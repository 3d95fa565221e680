"""Verbs of the posts."""

import pytest

from tests.makers_posts import need, offer, viewer
from tests.world import World
from timebank import posts

pytestmark = pytest.mark.anyio


async def test_a_need_is_seen_by_a_neighbour(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bob = await world.member("Bob Bakker")
    id_ = await need(world, anna, "Wie helpt mij met de tuin?")
    async with world.transaction() as db:
        post = await posts.post_for(db, viewer(world, bob), id_, now=world.clock())
        assert post.title == "Wie helpt mij met de tuin?"
        assert post.by.call_name == "Anna"
        await posts.fitting(db, viewer(world, bob), "need", limit=3, now=world.clock())
        await posts.mine(db, viewer(world, anna), "need", now=world.clock())
    await offer(world, bob, "Tuinhulp")
