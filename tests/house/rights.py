"""The people and things of the table of rights: who asks, and for what of whom.

Anna is the one it is about: her post, her appointments (Bram is the other side), her hours. Ann's
worker is Samira in Noord; about Bep, who lives there too, a signal stands open.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import httpx
from litestar.handlers import HTTPRouteHandler

from tests import makers_exchanges as talks
from tests.house.rows import put
from tests.makers_gatherings import gathering
from tests.makers_introductions import asked, chosen, introduced
from tests.makers_mandates import helper_of
from tests.makers_membership import send, suspend
from tests.makers_moderation import report, reports
from tests.makers_posts import need, viewer
from tests.makers_signals import raised, signal_of, spoke, worried
from tests.makers_vouchers import asked_on_paper, earned, on_paper
from tests.world import Browser, Member, World
from timebank import exchanges, hours, membership, parties
from timebank.kernel import outbox
from timebank.kernel.dates import local_date
from timebank.kernel.db import Pool, transaction
from timebank.kernel.ids import new_id
from timebank.vouchers import actions as vouchers

ROLES = (
    "visitor", "stranger", "suspended", "blocked", "member", "other", "own", "elsewhere", "worker",
    "admin",
)  # fmt: skip
"""Columns: nobody signed in; a member of another community who shows that session here; suspended;
blocked by Anna; any member; the other side (Bram); Anna; a worker of Zuid; the worker; an admin."""

NO_ID = "0190a1b2-0000-7000-8000-000000000000"


@dataclass
class Cast:
    """Browsers by role, ids by the name of a route's parameter, and what a route needs besides."""

    world: World
    browsers: dict[str, Browser] = field(default_factory=dict)
    cookies: dict[str, httpx.Cookies] = field(default_factory=dict)
    """As they were at first: a page may hand out another one, which is then rolled back."""
    ids: dict[str, str] = field(default_factory=dict)
    ids_of: dict[str, dict[str, str]] = field(default_factory=dict)
    """By route: other ids than the usual, where the thing must stand otherwise for the act."""

    def address(self, route: HTTPRouteHandler) -> str:
        """The route's address with real ids."""
        ids = self.ids | self.ids_of.get(str(route.name), {})
        path = next(iter(route.paths))
        filled = re.sub(r"\{([a-z_]+):[a-z]+\}", lambda m: ids[m[1]], path)
        return filled.removesuffix("/") or "/"


async def make_cast(world: World, elsewhere: World, work_pool: Pool) -> Cast:
    """Everybody and everything, through the real actions."""
    cast = Cast(world)
    samira = await world.worker("Samira Bouali")
    evert = await world.worker("Evert Post", world.south)
    joris = await world.admin("Joris Smit")
    bep = await raised(world, "Bep Molenaar")
    anna = await world.member("Anna de Vries", consent="yes")
    bram = await world.member("Bram Bakker")
    carla = await world.member("Carla Smit", consent="yes")
    dirk, sjoerd = await world.member("Dirk Jansen"), await world.member("Sjoerd Post")
    chris = await elsewhere.member("Chris de Boer")
    await _appointments(cast, anna, bram)
    await _people(cast, samira, joris, anna, sjoerd, dirk)
    await _desks(cast, work_pool, samira, anna, bram, bep, evert)
    cast.ids["gathering"] = str(await gathering(world, samira))
    await _on_paper(cast, anna)
    await _introductions(cast, samira, anna, carla, bram)
    cast.ids["call"] = str(new_id())
    await put(
        world, "signal_chance", id=UUID(cast.ids["call"]), party_id=carla.id,
        week_on=local_date(world.clock()), from_rule=False, owner_id=samira.id,
    )  # fmt: skip
    cast.ids["told"] = str(await worried(world, anna, who="De buurvrouw op nummer 3"))
    cast.ids["mandate"] = str(await helper_of(world, anna, bram))
    cast.ids["on"] = str(local_date(world.clock()))
    await suspend(world, joris, sjoerd)
    people = {
        "suspended": sjoerd, "blocked": dirk, "member": carla, "other": bram, "own": anna,
        "elsewhere": evert, "worker": samira, "admin": joris,
    }  # fmt: skip
    cast.browsers = {role: await member.browser() for role, member in people.items()}
    cast.browsers["visitor"] = world.browser()
    stranger = await chris.browser()
    token = stranger.cookies[f"session-{elsewhere.slug}"]
    stranger.cookies.set(f"session-{world.slug}", token, domain="127.0.0.1", path="/")
    stranger.slug = world.slug
    cast.browsers["stranger"] = stranger
    cast.ids["session"] = await world.owner.fetchval(
        "select id::text from session where community_id = $1 and party_id = $2",
        world.community, anna.id,
    )  # fmt: skip
    return cast


async def _on_paper(cast: Cast, anna: Member) -> None:
    """Anna has an hour note that a worker may print, one on paper, and one that is lost."""
    await earned(cast.world, anna, 300)
    [(note, code), (lost, _code)] = await on_paper(cast.world, anna, 2, wait=False)
    await asked_on_paper(cast.world, anna)
    async with cast.world.transaction() as db:
        await vouchers.cancel(db, viewer(cast.world, anna), lost.id, now=cast.world.clock())
    cast.ids["voucher"] = str(note.id)
    cast.ids_of["vouchers.recover"] = {"voucher": str(lost.id)}
    for act in ("code", "redeem"):
        cast.ids_of[f"vouchers.{act}"] = {"code": code}


async def _introductions(
    cast: Cast, samira: Member, anna: Member, carla: Member, bram: Member
) -> None:
    """Anna is asked whether she wants to meet Eef; she and Fien said yes already."""
    world = cast.world
    for member in (anna, *(eef_fien := [await world.member(n) for n in ("Eef Bos", "Fien Kok")])):
        await world.owner.execute(
            "update person set place_id = $3 where community_id = $1 and party_id = $2",
            world.community, member.id, world.square,
        )  # fmt: skip
    eef, fien = eef_fien
    first = await chosen(world, samira, anna, eef)
    await asked(world, samira, first, "page")
    both = await introduced(world, samira, anna, fien)
    cast.ids["introduction"] = str(first)
    for act in ("came_of_it", "close"):
        cast.ids_of[f"introductions.{act}"] = {"introduction": str(both)}


async def _appointments(cast: Cast, anna: Member, bram: Member) -> None:
    """Anna asks, Bram helps; one appointment in every state that an act needs."""
    world = cast.world
    talking = await talks.talk(world, anna, bram, "Een lamp ophangen")
    proposed = await talks.talk(world, anna, bram, "De krant voorlezen")
    proposal = await talks.propose(world, proposed, bram)
    planned = await talks.planned(world, anna, bram, "De heg snoeien")
    done = await talks.done(world, anna, bram, title="Ramen lappen")
    differ = await talks.done(world, anna, bram, title="Boodschappen doen")
    await talks.disagree(world, differ, anna, minutes=30)
    await talks.disagree(world, differ, bram, minutes=60, round_=2)
    confirmed = await talks.confirmed(world, anna, bram, title="Koffie drinken")
    repairing = await talks.confirmed(world, anna, bram, title="Soep koken")
    async with world.transaction() as db:
        await exchanges.ask_repair(
            db, talks.by(world, anna), repairing, words="Het was korter.", now=world.clock()
        )
    transfer = await world.owner.fetchval(
        "select id::text from transfer where community_id = $1 and exchange_id = $2",
        world.community, confirmed,
    )  # fmt: skip
    held = new_id()
    await put(
        world, "message_held", id=held, from_id=anna.id, to_id=bram.id, exchange_id=talking,
        words="Komt u ook?", language="nl", at=world.clock(),
    )  # fmt: skip
    cast.ids["held"] = str(held)
    cast.ids |= {"exchange_id": str(talking), "transfer": transfer, "proposal": str(proposal)}
    states = {
        proposed: ("agree",),
        planned: ("show_done", "done", "show_cancel", "cancel", "show_no_show", "no_show"),
        done: ("show_confirm", "confirm", "show_disagree", "disagree"),
        differ: ("show_settle", "settle", "take"),
        confirmed: ("show_repair", "repair"),
        repairing: ("answer_repair",),
    }
    for id_, acts in states.items():
        for act in acts:
            cast.ids_of[f"exchanges.{act}"] = {"exchange_id": str(id_)}


async def _people(
    cast: Cast, samira: Member, joris: Member, anna: Member, sjoerd: Member, dirk: Member
) -> None:
    world, now = cast.world, cast.world.clock()
    cast.ids["party"] = str(anna.id)
    applicant, alike = [await world.applicant(name) for name in ("Desta Tesfaye", "Desta Tesfaye")]
    for act in ("applicant", "admit", "refuse", "not_alike"):
        cast.ids_of[f"membership.{act}"] = {"party": str(applicant), "other": str(alike)}
    for act in ("uphold", "restore"):
        cast.ids_of[f"membership.{act}"] = {"party": str(sjoerd.id)}
    leaver = await world.member("Lies Vermeer")
    async with world.transaction() as db:
        await membership.leave(
            db, community=world.community, party=leaver.id, by=leaver.id, now=now
        )
        await parties.block(
            db, community=world.community, blocker=anna.id, blocked=dirk.id, by=anna.id, now=now
        )
    for act in ("owner", "hand_over"):
        cast.ids_of[f"worklist.{act}"] = {"kind": "applicant", "about": str(applicant)}
    cast.ids_of["membership.take_back"] = {"party": str(leaver.id)}
    cast.ids_of["parties.unblock"] = {"party": str(dirk.id)}
    cast.ids |= {"area": str(world.north), "place": str(world.square)}
    cast.ids["role"] = await world.owner.fetchval(
        "select id::text from role where community_id = $1 and party_id = $2",
        world.community, samira.id,
    )  # fmt: skip
    await send(
        await joris.browser(), f"/parties/{leaver.id}/erasure/new", "/erasure", way="letter",
        second=str(samira.id),
    )  # fmt: skip
    cast.ids["erasure"] = await world.owner.fetchval(
        "select id::text from erasure where community_id = $1", world.community
    )
    page = await send(
        await joris.browser(), f"/parties/{anna.id}/hours-exception", "/hours-exception",
        low="20 uur", reason="Ziek geweest", ends_on_choice="other", ends_on_day="1",
        ends_on_month="7", ends_on_year="2026",
    )  # fmt: skip
    assert page.status == 200
    async with world.transaction() as db:
        [found] = await hours.exceptions(db, community=world.community, party=anna.id)
    cast.ids["exception"] = str(found.id)


async def _desks(
    cast: Cast, work_pool: Pool, samira: Member, anna: Member, bram: Member, bep: Member,
    evert: Member,
) -> None:  # fmt: skip
    world = cast.world
    post = await need(world, anna, "Wie helpt mij met de tuin?")
    await report(world, bram, "post", post)
    [made] = await reports(world)
    hidden, paused = [await need(world, anna, title) for title in ("Wie heeft geld?", "Wie bakt?")]
    seen = await samira.browser()
    await send(seen, f"/posts/{hidden}/hiding", "/hiding", reason="money", sure="1")
    await send(await anna.browser(), f"/posts/{paused}", "/pause")
    for act in ("hiding", "second_look", "show"):
        cast.ids_of[f"moderation.{act}"] = {"post_id": str(hidden)}
    cast.ids_of["posts.resume"] = {"post_id": str(paused)}
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=7))
    contact = await world.owner.fetchval(
        "select id::text from contact where community_id = $1 and party_id = $2",
        world.community, anna.id,
    )  # fmt: skip
    signal = await signal_of(world, bep)
    assert signal is not None
    async with transaction(work_pool, world.community) as db:
        now = world.clock()
        await outbox.put(db, community=world.community, kind="mail.ticket", payload={}, now=now)
        for job in await outbox.claim(db, community=world.community, now=now):
            await outbox.put_off(
                db, community=world.community, job=job, error="x", now=now, for_good=True
            )
    cast.ids |= {
        "post_id": str(post), "report": str(made["id"]), "contact": contact,
        "signal": str(signal.id), "job": str(job.id), "code": NO_ID, "bep": str(bep.id),
    }  # fmt: skip
    cast.ids_of["papers.appointment"] = cast.ids_of["exchanges.show_done"]
    for act in ("person", "pass_on"):
        cast.ids_of[f"worklist.{act}"] = {"party": str(bep.id)}
