"""A town for the tests that look at every page."""

import pytest

from tests.house.town import Town
from tests.makers_posts import need, offer
from tests.world import World


@pytest.fixture
async def town(world: World) -> Town:
    """Something of everything, made through the real actions."""
    annie = await world.member(
        "Annie de Vries", consent="yes", place_id=world.square, phone="06 55500123",
        phone_key="+31655500123", likes="Soep koken, wandelen",
    )  # fmt: skip
    bram = await world.member("Bram Bakker", place_id=world.square)
    worker = await world.worker("Samira Bouali")
    admin = await world.admin("Joris Smit")
    await need(world, annie, "Wie helpt mij met twee bakken tuinaarde?")
    await offer(world, annie, "Samen soep koken")
    await need(world, bram, "Wie leest mij de krant voor?")
    await offer(world, bram, "Ik snoei uw heg of rozen")
    await world.applicant("Desta Tesfaye")
    return Town(world, {"annie": annie, "bram": bram, "worker": worker, "admin": admin})
