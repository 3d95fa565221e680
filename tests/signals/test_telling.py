"""What people tell a worker: a worry, a hunch, a question for a visit. It reaches that worker alone."""

from datetime import timedelta

import pytest

from tests.makers_signals import answer, as_worker, raised, run, run_for, signal_of, spoke, worried
from tests.world import Member, World
from timebank import access, parties, signals
from timebank.kernel.dates import local_date
from timebank.kernel.refusals import Conflict, NotFound, TooMany
from timebank.signals import telling

pytestmark = pytest.mark.anyio


async def desk_of(world: World, member: Member) -> str:
    return (await (await member.browser()).page("/worklist")).text


async def told_rows(world: World) -> list[tuple[str, object, bool]]:
    found = await world.owner.fetch(
        "select kind, party_id, done_at is not null as done from signal_told where community_id = $1"
        " order by at, id", world.community,
    )  # fmt: skip
    return [(row["kind"], row["party_id"], row["done"]) for row in found]


async def test_r14_a_worry_about_who_said_yes_is_one_of_her_reasons_within_two_working_days(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep, riet = await world.member("Bep Molenaar", consent="yes"), await world.member("Riet Smit")
    browser = await riet.browser()
    page = await browser.page(f"/parties/{bep.id}")
    page = await browser.page(f"/signals/new?party={bep.id}")
    assert page.text.index("Bel 112") < page.text.index("Wat viel u op?")
    page = await browser.submit(page, "/signals", words="De gordijnen blijven dicht.")
    assert "Samira Bouali kijkt ernaar, op zijn laatst donderdag 12 maart" in page.text
    found = await signal_of(world, bep)
    assert found is not None and (found.lane, found.owner_id) == ("told", samira.id)
    assert found.due_on == local_date(world.clock()) + timedelta(days=2), "Tuesday, so Thursday"
    assert await told_rows(world) == [("worry", bep.id, True)]
    assert "Een buur maakt zich zorgen." in await desk_of(world, samira)
    person = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "De gordijnen blijven dicht." in person.text and "Riet Smit" in person.text
    assert "Zeg niet wie dit vertelde." in person.text


async def test_who_told_it_is_named_to_her_only_when_that_neighbour_agreed(world: World) -> None:
    await world.worker("Samira Bouali")
    bep, riet = await world.member("Bep Molenaar", consent="yes"), await world.member("Riet Smit")
    await worried(world, riet, bep)
    page = await (await bep.browser()).page("/parties/me/views")
    assert "Een buur maakt zich zorgen." in page.text and "Riet" not in page.html
    assert "gordijnen" not in page.html
    piet = await world.member("Piet Prins")
    await worried(world, piet, bep, may_name=True)
    page = await (await bep.browser()).page("/parties/me/views")
    assert "is Piet Prins." in page.text and "Riet" not in page.html


@pytest.mark.parametrize("young", [False, True])
async def test_about_who_gave_no_yes_only_the_words_are_kept(world: World, young: bool) -> None:
    samira = await world.worker("Samira Bouali")
    more = {"consent": "yes", "birth_year": world.clock().year - 18} if young else {}
    bep, riet = await world.member("Bep Molenaar", **more), await world.member("Riet Smit")
    told = await worried(world, riet, bep)
    assert await told_rows(world) == [("worry", None, False)]
    assert await signal_of(world, bep) is None
    assert "Lezen: een buur maakt zich zorgen" in await desk_of(world, samira)
    browser = await samira.browser()
    page = await browser.page(f"/signals/told/{told}")
    assert "Over: Bep Molenaar" in page.text and "Riet Smit" in page.text
    await browser.submit(page, "/end")
    assert "zorgen" not in await desk_of(world, samira)
    looks = await world.owner.fetchval(
        "select count(*) from audit_entry where act = 'attention.looked' and actor_id = $1",
        samira.id,
    )
    assert looks == 1
    world.clock.move(days=91)
    await run(world)
    assert await told_rows(world) == []
    words = "select count(*) from signal_told_words where community_id = $1"
    assert await world.owner.fetchval(words, world.community) == 0


async def test_nobody_else_reads_it_and_the_admin_learns_of_no_name(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep, riet = await world.member("Bep Molenaar", consent="yes"), await world.member("Riet Smit")
    told = await worried(world, riet, bep)
    fatima = await world.admin("Fatima Zahra")
    others = (bep, riet, fatima, await world.worker("Evert Post", world.south))
    for other in others:
        await (await other.browser()).page(f"/signals/told/{told}", status=404)
    await (await samira.browser()).page(f"/signals/told/{told}")
    await (await riet.browser()).page(f"/signals/told/{told}/thanks")
    await (await bep.browser()).page(f"/signals/told/{told}/thanks", status=404)
    log = await (await fatima.browser()).page("/audit")
    assert "zorg" not in log.text


async def test_where_nobody_works_it_waits_and_an_admin_sees_that_something_does(
    world: World,
) -> None:
    fatima = await world.admin("Fatima Zahra", area=world.south)
    riet = await world.member("Riet Smit")
    browser = await riet.browser()
    page = await browser.page("/signals/new")
    assert "werkt nu geen buurtwerker" in page.text
    page = await browser.submit(page, "/signals", who="De man op 3", words="Hij valt vaak.")
    assert "Nu werkt daar geen buurtwerker" in page.text
    desk = await desk_of(world, fatima)
    assert "Hier wacht iets dat alleen een buurtwerker mag lezen." in desk
    assert "De man" not in desk and "zorg" not in desk
    samira = await world.worker("Samira Bouali")
    async with world.transaction() as db:
        await signals.reassign(db, community=world.community, now=world.clock())
    assert "Lezen: een buur maakt zich zorgen" in await desk_of(world, samira)
    owner = await world.owner.fetchval(
        "select owner_id from signal_told where community_id = $1", world.community
    )
    assert owner == samira.id


async def test_nobody_at_all_to_read_it_is_said_and_nothing_is_kept(world: World) -> None:
    riet = await world.member("Riet Smit")
    with pytest.raises(Conflict, match="niemand"):
        await worried(world, riet, who="De man op 3")
    assert await told_rows(world) == []


async def test_a_worry_about_a_worker_oneself_or_a_blocked_neighbour_is_turned_away(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep, riet = await world.member("Bep Molenaar", consent="yes"), await world.member("Riet Smit")
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=bep.id, blocked=riet.id, by=bep.id,
            now=world.clock(),
        )  # fmt: skip
    for about, refusal in ((samira, Conflict), (riet, Conflict), (bep, NotFound)):
        with pytest.raises(refusal):
            await worried(world, riet, about)
    assert await told_rows(world) == []


async def test_one_member_buries_nobody_under_worries(world: World) -> None:
    await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    for number in range(5):
        await worried(world, riet, who=f"Nummer {number}")
    with pytest.raises(TooMany):
        await worried(world, riet, who="Nummer 6")


async def test_who_asked_for_peace_is_not_put_on_the_list_by_a_neighbour(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep, riet = await raised(world, "Bep Molenaar"), await world.member("Riet Smit")
    browser = await bep.browser()
    await browser.submit(await browser.page("/parties/me/views"), "/parties/me/objection")
    await worried(world, riet, bep)
    found = await signal_of(world, bep)
    assert found is not None and found.state == "objected"
    assert "Lezen: een buur maakt zich zorgen" in await desk_of(world, samira)
    async with world.transaction() as db:
        with pytest.raises(Conflict):
            await telling.hunch(
                db, as_worker(world, samira), bep.id, words="Stil.", now=world.clock()
            )


async def test_a_member_asks_for_a_visit_and_is_first_on_the_list(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", consent="yes")
    browser = await bep.browser()
    page = await browser.page("/visits/new")
    page = await browser.submit(page, "/visits", words="Liefst op maandag.")
    assert "Samira Bouali belt u of komt langs" in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.lane == "asks"
    assert found.reasons[0].code == "visit"
    again = await browser.page("/visits/new")
    await browser.submit(again, "/visits", status=409)
    person = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Liefst op maandag." in person.text
    assert await run_for(world, 1) == 0
    found = await signal_of(world, bep)
    assert found is not None and found.lane == "asks", "the run leaves what people said"


async def test_without_a_yes_a_visit_is_one_question_done_with_the_talk(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    nora = await world.member("Nee Nora", consent="no")
    browser = await nora.browser()
    await browser.submit(await browser.page("/visits/new"), "/visits")
    assert await signal_of(world, nora) is None
    assert await told_rows(world) == [("visit", None, False)]
    assert "Nee Nora vraagt om een belletje of bezoek" in await desk_of(world, samira)
    await spoke(world, samira, nora)
    assert await told_rows(world) == [("visit", None, True)]
    assert "Nora" not in await desk_of(world, samira)


async def test_a_hunch_needs_her_yes_and_is_hers_to_read(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep, nora = await world.member("Bep Molenaar", consent="yes"), await world.member("Nee Nora")
    browser = await samira.browser()
    page = await browser.page(f"/signals/hunch?party={nora.id}")
    assert "alleen bij een volwassene die ja zei" in page.text and "<textarea" not in page.html
    page = await browser.page(f"/signals/hunch?party={bep.id}")
    page = await browser.submit(page, "/signals/hunch", words="Ik zie haar niet meer op de markt.")
    assert "Iemand die hier werkt, dacht aan deze buur." in page.text and "op de markt" in page.text
    found = await signal_of(world, bep)
    assert found is not None and (found.state, found.owner_id) == ("raised", samira.id)
    own = await (await bep.browser()).page("/parties/me/views")
    assert "Iemand die hier werkt, dacht aan deze buur." in own.text and "Samira Bouali" in own.text
    await run_for(world, 91)
    assert await signal_of(world, bep) is None, "what nobody followed up lapses"
    await answer(world, bep, "no")
    assert await told_rows(world) == []


async def test_a_colleague_takes_it_over_in_one_act_and_the_one_it_is_about_never_does(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    told = await worried(world, riet, who="De man op 3")
    joris = await world.worker("Joris Blom")
    browser = await samira.browser()
    page = await browser.page(f"/worklist/lines/heard/{told}/owner")
    await browser.submit(page, "/owner", to=str(joris.id))
    owner = "select owner_id from signal_told where community_id = $1"
    assert await world.owner.fetchval(owner, world.community) == joris.id
    await world.owner.execute(
        "update role set starts_on = $2, ends_on = $2 where community_id = $1 and party_id = $3",
        world.community, local_date(world.clock()) - timedelta(days=1), joris.id,
    )  # fmt: skip
    async with world.transaction() as db:
        await signals.reassign(db, community=world.community, now=world.clock())
    assert await world.owner.fetchval(owner, world.community) == samira.id


async def test_the_form_names_a_worker_only_when_it_is_sure_who_reads_it(world: World) -> None:
    await world.worker("Samira Bouali")
    zoe = await world.worker("Zoë Zuid", world.south)
    riet, zus = await world.member("Riet Smit"), await world.member("Zus Zuid", world.south)
    browser = await riet.browser()
    page = await browser.page("/signals/new")
    assert "Alleen de buurtwerker van de buurt waar deze buur woont, leest dit" in page.text
    assert "Samira" not in page.text and "Zoë" not in page.text
    page = await browser.page(f"/signals/new?party={zus.id}")
    assert "Alleen Zoë Zuid leest dit" in page.text and "Samira" not in page.text
    async with world.transaction() as db:
        roles = await access.roles(db, community=world.community, today=local_date(world.clock()))
        role = next(r for r in roles if r.party_id == zoe.id)
        await access.end_role(db, community=world.community, role=role.id, by=None,
                              today=local_date(world.clock()), now=world.clock())  # fmt: skip
    page = await browser.page("/signals/new")
    assert "Hier werkt nu geen buurtwerker: Zuid." in page.text
