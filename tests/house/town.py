"""A small town with something of everything, for tests that look at all pages."""

from dataclasses import dataclass
from uuid import UUID

from tests import makers_exchanges as talks
from tests.makers_gatherings import comes, gathering
from tests.makers_moderation import report
from tests.makers_posts import need, offer
from tests.makers_signals import as_worker, raised
from tests.world import Browser, Member, World
from timebank import areas, contacts, parties


@dataclass
class Town:
    """Its people by part."""

    world: World
    people: dict[str, Member]
    things: dict[str, UUID]
    """Ids: Bram's `offer`; Annie's `talk`, one `done` that waits for her, one `planned`; `bep`, about
    whom a signal stands open; a `coffee` morning."""

    async def browser(self, role: str) -> Browser:
        """A browser of the person with this part; a visitor has no session."""
        if role == "visitor":
            return self.world.browser()
        return await self.people[role].browser()


async def make_town(world: World) -> Town:
    """Everything through the real actions; the clock has moved on when it is done."""
    worker = await world.worker("Samira Bouali", phone="030 555 01 42", phone_key="+31305550142")
    admin = await world.admin("Joris Smit")
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=worker.id,
            phone="030 555 01 42", hours="Maandag tot en met donderdag, 9.00 tot 17.00 uur.",
            walk_in="Buurthuis De Schakel, Waalstraat 40.",
        )  # fmt: skip
    bep = await raised(world, "Bep Molenaar", phone="06 55500111", phone_key="+31655500111")
    annie = await world.member(
        "Annie de Vries", consent="yes", place_id=world.square, phone="06 55500123",
        phone_key="+31655500123", likes="Soep koken, wandelen",
    )  # fmt: skip
    bram = await world.member("Bram Bakker", place_id=world.square)
    aziz = await world.member("محمد أمين", reachable_by="phone")
    post = await need(world, annie, "Wie helpt mij met twee bakken tuinaarde?")
    await offer(world, annie, "Samen soep koken")
    bad = await need(world, bram, "Wie leest mij de krant voor?")
    heg = await offer(world, bram, "Ik snoei uw heg of rozen")
    talk = await talks.answer(world, post, aziz)
    await talks.talk(world, annie, bram, "Een lamp ophangen")
    planned = await talks.planned(world, bram, annie, "Koffie en voorlezen")
    await talks.confirmed(world, annie, bram, minutes=90)
    done = await talks.done(world, annie, bram, title="De heg snoeien")
    differ = await talks.done(world, bram, aziz, title="Boodschappen doen")
    await talks.disagree(world, differ, bram, minutes=30)
    await world.applicant("Desta Tesfaye")
    await world.applicant("Annie de Vries")
    await report(world, annie, "post", bad)
    coffee = await gathering(world, worker)
    await comes(world, annie, coffee)
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=annie.id, blocked=bep.id, by=annie.id,
            now=world.clock(),
        )  # fmt: skip
        await contacts.look(db, as_worker(world, worker), bep.id, now=world.clock(), purpose="call")
    people = {"annie": annie, "bram": bram, "worker": worker, "admin": admin}
    things = {"offer": heg, "talk": talk, "planned": planned, "done": done, "bep": bep.id}
    things["coffee"] = coffee
    return Town(world, people, things)
