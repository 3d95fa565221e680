"""Away, moved, gone: a desk handed over, stood in for, or closed at once; nothing is left behind."""

from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.house.rows import put
from tests.makers_introductions import chosen
from tests.makers_moderation import report
from tests.makers_posts import need, viewer
from tests.makers_signals import as_worker, raised, signal_of, spoke
from tests.world import Browser, Member, World
from timebank import access, exchanges, membership, parties, signals
from timebank.admin import roles as tasks
from timebank.kernel.dates import local_date
from timebank.kernel.db import load
from timebank.kernel.ids import new_id
from timebank.web.viewer import Role

pytestmark = pytest.mark.anyio


async def bare(browser: Browser, path: str) -> tuple[int, bytes]:
    answer = await browser.get(f"/{browser.slug}{path}")
    return answer.status_code, answer.content


@pytest.fixture
async def samira(world: World) -> Member:
    return await world.worker("Samira Bouali")


@pytest.mark.parametrize("notes", ["with", "without"])
async def test_a_whole_desk_goes_to_a_colleague_in_one_action_with_or_without_the_notes(
    world: World, samira: Member, notes: str
) -> None:
    joris, anna = await world.worker("Joris Blom"), await world.member("Anna de Vries")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    await spoke(world, samira, anna, words="Zoekt een kapper.",
                follow_up_on=local_date(world.clock()) + timedelta(days=7))  # fmt: skip
    browser = await samira.browser()
    page = await browser.page("/worklist/handover")
    page = await browser.submit(page, "/handover", to=str(joris.id), notes=notes)
    assert "Overgedragen." in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == joris.id
    log = await world.owner.fetchrow(
        "select actor_id, object_id, detail from audit_entry where community_id = $1"
        " and act = 'worklist.handed_over'", world.community,
    )  # fmt: skip
    assert (log["actor_id"], log["object_id"]) == (samira.id, joris.id)
    assert f'"notes": "{notes}"' in log["detail"]
    new = await joris.browser()
    for member, said in ((bep, "Breit elke dag."), (anna, "Zoekt een kapper.")):
        page = await new.page(f"/worklist/parties/{member.id}")
        assert (said in page.text) is (notes == "with")
        assert ("ging niet mee" in page.text) is (notes == "without")
    assert "Breit elke dag." in (await browser.page(f"/worklist/parties/{bep.id}")).text
    if notes == "without":
        page = await new.page(f"/worklist/parties/{bep.id}")
        page = await new.submit(page, "/notes")
        assert "Breit elke dag." in page.text
        assert "Mag van u lezen" in (await (await bep.browser()).page("/parties/me/views")).text


async def test_a_desk_nobody_opens_shows_to_the_deputy_and_without_one_to_the_admin_too(
    world: World, samira: Member
) -> None:
    joris, iris = await world.worker("Joris Blom"), await world.worker("Iris Mol")
    fatima = await world.admin("Fatima Zahra")
    anna = await world.member("Anna de Vries")
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=20))
    world.clock.move(days=8)
    for one in (joris, iris):
        text = (await (await one.browser()).page("/worklist")).text
        assert "Van Samira Bouali, die er nu niet is." in text, "nobody was chosen: who is there"
    browser = await fatima.browser()
    page = await browser.page("/worklist")
    assert "De werklijst van Samira Bouali ligt stil" in page.text
    assert "Anna" not in page.text and "gesprek" not in page.text
    page = await browser.page(f"/areas/{world.north}/deputy")
    page = await browser.submit(page, "/deputy", deputy=str(joris.id))
    assert "Dan valt Joris Blom in." in page.text
    assert "ligt stil" not in (await browser.page("/worklist")).text
    for one, seen in ((joris, True), (iris, False)):
        text = (await (await one.browser()).page("/worklist")).text
        assert ("Anna de Vries weer bellen" in text) is seen


async def test_work_that_lies_still_stands_among_what_is_late_and_the_admins_part_on_top(
    world: World, samira: Member
) -> None:
    fatima = await world.admin("Fatima Zahra")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=20))
    await report(world, bram, "post", await need(world, anna, "Wie heeft er geld?"))
    await world.applicant("Desta Tesfaye")
    await world.owner.execute(
        "update report set owner_id = $2 where community_id = $1", world.community, samira.id
    )
    await (await samira.browser()).page("/worklist")
    world.clock.move(days=10)
    page = await (await fatima.browser()).page("/worklist")
    late, still = page.text.index("Te laat"), page.text.index("ligt stil")
    assert late < page.text.index("Kennismaken met Desta Tesfaye") < still
    assert late < page.text.index("Een melding bekijken") < still
    assert page.text.count("Van Samira Bouali, die er nu niet is.") == 2
    assert "te laat" in page.text[still - 80 : still]
    every = await (await fatima.browser()).page("/worklist?show=all")
    offered = [form.action for form in every.forms() if form.action.endswith("/worklist/owner")]
    assert not offered, "an admin takes over no desk"


async def test_what_cannot_be_taken_or_given_any_more_is_said_in_words(
    world: World, samira: Member
) -> None:
    joris, anna = await world.worker("Joris Blom"), await world.member("Anna de Vries")
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=1))
    world.clock.move(days=20)
    browser = await joris.browser()
    tabs = [await browser.page("/worklist?show=all") for _tab in range(2)]
    await browser.submit(tabs[0], "/worklist/owner")
    page = await browser.submit(tabs[1], "/worklist/owner", status=409)
    assert "Bij deze collega ligt niets meer dat u kunt doen." in page.text
    hers = await samira.browser()
    page = await hers.page("/worklist/handover")
    page = await hers.submit(page, "/handover", status=409, to=str(joris.id), notes="with")
    assert "Er is nu niets dat deze collega van u kan overnemen." in page.text


async def test_w3_a_member_who_moves_is_gone_from_every_page_of_the_old_worker(
    world: World, samira: Member
) -> None:
    """Notes, signals, prints and links answer 404 at once; the new worker has the lines."""
    zoe = await world.worker("Zoë Zuid", world.south)
    bep = await raised(world, "Bep Molenaar", place_id=world.square)
    toos = await world.member("Toos Vos", place_id=world.square)
    await spoke(world, samira, bep, words="Breit elke dag.")
    made = await chosen(world, samira, bep, toos)
    found = await signal_of(world, bep)
    assert found is not None
    paths = [
        f"/worklist/parties/{bep.id}", f"/contacts/new?party={bep.id}",
        f"/introductions/{made}", f"/introductions/new?party={bep.id}",
        *(f"/signals/{found.id}/{noun}" for noun in ("plan", "snooze", "closing", "owner")),
    ]  # fmt: skip
    old = await samira.browser()
    for path in paths:
        assert (await bare(old, path))[0] == 200, path
    async with world.transaction() as db:
        await parties.change_details(
            db, community=world.community, party=bep.id, by=bep.id, now=world.clock(),
            details=world.details("Bep Molenaar", world.south),
        )  # fmt: skip
    nothing = (await bare(old, f"/worklist/parties/{new_id()}"))[1]
    for path in paths:
        assert await bare(old, path) == (404, nothing), path
    for path in ("/worklist?show=all", "/worklist/print"):
        assert "Bep" not in (await old.page(path)).text
    assert "Iets afspreken met Bep Molenaar" in (await (await zoe.browser()).page("/worklist")).text
    async with world.transaction() as db:
        await signals.reassign(db, community=world.community, now=world.clock())
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == zoe.id


async def test_whoever_stops_leaves_nothing_behind(world: World, samira: Member) -> None:
    """Every open line that lay with a worker has a new owner at once, and the pages are closed."""
    fatima = await world.admin("Fatima Zahra")
    bep = await raised(world, "Bep Molenaar", place_id=world.square)
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    toos = await world.member("Toos Vos", place_id=world.square)
    await spoke(world, samira, bep, words="Breit elke dag.")
    await chosen(world, samira, bep, toos)
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=7))
    differ = await talks.done(world, anna, bram, title="Boodschappen doen")
    await talks.disagree(world, differ, anna, minutes=30)
    await talks.disagree(world, differ, bram, minutes=60, round_=2)
    wrong = await talks.confirmed(world, anna, bram, title="Koffie drinken")
    async with world.transaction() as db:
        await exchanges.ask_repair(
            db, talks.by(world, anna), wrong, words="Korter.", now=world.clock()
        )
    await report(world, bram, "post", await need(world, anna, "Wie heeft er geld?"))
    await put(world, "membership_reason", id=new_id(), party_id=toos.id, kind="refused", words="x",
              by_id=samira.id, caller_id=samira.id, call_by=local_date(world.clock()),
              at=world.clock())  # fmt: skip
    joris = await world.worker("Joris Blom")
    # Samira works on in Zuid, and loses Noord.
    await world.worker_too(samira, world.south)
    old = await samira.browser()
    assert (await bare(old, f"/worklist/parties/{bep.id}"))[0] == 200
    async with world.transaction() as db:
        roles = await access.roles(db, community=world.community, today=local_date(world.clock()))
        role = next(r for r in roles if r.party_id == samira.id and r.area_id == world.north)
        await tasks.end(db, viewer(world, fatima, roles=(Role("admin"),)), role, now=world.clock())
    assert await owners(world) == {
        kind: {joris.id} for kind in
        ("signal", "contact", "introduction", "exchange", "exchange_repair", "report",
         "membership_reason")
    }  # fmt: skip
    assert (await bare(old, f"/worklist/parties/{bep.id}"))[0] == 303, "signed out at once"
    old = await samira.browser()
    assert (await bare(old, f"/worklist/parties/{bep.id}"))[0] == 404
    as_joris = as_worker(world, joris)
    async with world.transaction() as db:
        assert len(await signals.list_for(db, as_joris, now=world.clock())) == 1


async def owners(world: World) -> dict[str, set[object]]:
    """With whom what is open lies, of each kind, as far as a worker must do it."""
    open_ = {
        "signal": ("owner_id", "closed_on is null"),
        "contact": ("owner_id", "follow_up_on is not null and followed_up_at is null"),
        "introduction": ("owner_id", "state <> 'closed'"),
        "exchange": ("owner_id", "next_action in ('settle', 'settle_pair', 'ask_both')"),
        "exchange_repair": ("owner_id", "settled_at is null"),
        "report": ("owner_id", "closed_at is null"),
        "membership_reason": ("caller_id", "told_at is null and caller_id is not null"),
    }
    return {
        table: {
            row["owner"]
            for row in await world.owner.fetch(
                f"select {column} as owner from {table} where community_id = $1 and {where}",
                world.community,
            )
        }
        for table, (column, where) in open_.items()
    }


async def test_the_check_finds_what_lies_with_nobody(world: World, samira: Member) -> None:
    anna = await world.member("Anna de Vries")
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=7))
    checks = load("checks")
    for name in ("desks_open_lines_have_owner_and_date", "desks_lines_lie_with_who_worked_here"):
        assert await getattr(checks, name)(world.owner, community=world.community) == []
    await world.owner.execute(
        "update contact set owner_id = $2 where community_id = $1", world.community, anna.id
    )
    found = await checks.desks_lines_lie_with_who_worked_here(
        world.owner, community=world.community
    )
    assert [(r["kind"], r["owner_id"]) for r in found] == [("follow_up", anna.id)]
    # The database refuses this by itself; the check stands behind it, for books that come in whole.
    undo = world.owner.transaction()
    await undo.start()
    try:
        await world.owner.execute("alter table contact drop constraint contact_follow_up_is_whole")
        await world.owner.execute(
            "update contact set owner_id = null where community_id = $1", world.community
        )
        found = await checks.desks_open_lines_have_owner_and_date(
            world.owner, community=world.community
        )
    finally:
        await undo.rollback()
    assert [r["kind"] for r in found] == ["follow_up"]


async def test_whoever_leaves_stands_in_nowhere_and_a_role_that_ends_counts_no_more(
    world: World, samira: Member
) -> None:
    joris, anna = await world.worker("Joris Blom"), await world.member("Anna de Vries")
    iris = await world.worker("Iris Mol")
    fatima = await world.admin("Fatima Zahra")
    browser = await fatima.browser()
    page = await browser.page(f"/areas/{world.north}/deputy")
    await browser.submit(page, "/deputy", deputy=str(joris.id))
    nobody = await browser.page(f"/areas/{world.north}/deputy")
    await browser.submit(nobody, "/deputy", status=404, deputy=str(anna.id))
    async with world.transaction() as db:
        roles = await access.roles(db, community=world.community, today=local_date(world.clock()))
        role = next(r for r in roles if r.party_id == joris.id)
        await tasks.end(db, viewer(world, fatima, roles=(Role("admin"),)), role, now=world.clock())
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=20))
    world.clock.move(days=8)
    text = (await (await iris.browser()).page("/worklist")).text
    assert "Van Samira Bouali, die er nu niet is." in text, "the deputy stopped: who is there"
    async with world.transaction() as db:
        await membership.leave(db, community=world.community, party=joris.id, by=joris.id,
                               now=world.clock())  # fmt: skip
        world.clock.move(days=40)
        await membership.finish_leaving(db, community=world.community, now=world.clock())
    assert await world.owner.fetchval(
        "select deputy_id from area where community_id = $1 and id = $2",
        world.community, world.north,
    ) is None  # fmt: skip
