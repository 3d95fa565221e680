"""The desk and the person's page, for each role; what is recorded, and what is not there at all."""

from uuid import uuid4

import pytest

from tests.makers_papers import letter_news
from tests.makers_posts import need
from tests.makers_signals import answer, met, raised, run_for, signal_of, spoke
from tests.pages import Page
from tests.world import Browser, Member, World, make_world
from timebank import access, parties
from timebank.kernel.db import Db, Pool

pytestmark = pytest.mark.anyio


async def looks_at(world: World, member: Member, by: Member) -> int:
    found: int = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'party.looked'"
        " and subject_id = $2 and actor_id = $3",
        world.community, member.id, by.id,
    )  # fmt: skip
    return found


async def bare(browser: Browser, path: str) -> tuple[int, bytes]:
    answer_ = await browser.get(f"/{browser.slug}{path}")
    return answer_.status_code, answer_.content


async def test_a_signal_stands_on_the_list_with_its_reasons_in_words(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar", reach_words="Liefst in de ochtend")
    page = await (await samira.browser()).page("/worklist")
    assert "Bep Molenaar bellen" in page.text
    assert "Twee vragen zonder antwoord." in page.text and "Liefst in de ochtend" in page.text
    assert "Ligt bij u" in page.text and "2 dingen wachten op u." in page.text
    assert not any(str(n) in page.text.replace("2026", "") for n in (50, 65, 80, 100))
    assert await looks_at(world, bep, samira) == 1
    await (await samira.browser()).page("/worklist")
    assert await looks_at(world, bep, samira) == 1, "the list counts once a day"


async def test_r3_the_look_is_recorded_before_the_page_and_the_member_reads_it(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Dit is een reden om te praten. Meer weten wij niet." in page.text
    assert await looks_at(world, bep, samira) == 1
    own = await (await bep.browser()).page("/parties/me/views")
    assert "Samira Bouali" in own.text


async def test_the_circle_comes_with_taking_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    bep = await world.member("Bep Molenaar", consent="yes", phone="06 12 34 56 78",
                             phone_key="0612345678")  # fmt: skip
    await met(world, riet, bep)
    await raised_again(world, bep)
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert "06 12 34 56 78" in page.text and "Riet" not in page.text
    page = await browser.submit(page, "/taking")
    assert (
        "U gaat bellen" in page.text and "06 12 34 56 78" in page.text and "Riet Smit" in page.text
    )
    assert "Hielp Bep." in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.state == "taken" and found.owner_id == samira.id


async def raised_again(world: World, bep: Member) -> None:
    """Time goes by, two needs stay unanswered, and a signal is raised."""
    world.clock.move(days=90)
    await need(world, bep, "Wie gaat mee naar de markt?")
    await need(world, bep, "Wie breit er met mij?")
    world.clock.move(days=22)
    await run_for(world, 8)


async def test_nobody_else_can_tell_that_there_is_a_signal(
    world: World, wall: object, web_pool: Pool, owner: Db
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    other_world = await make_world(wall, web_pool, owner, world.clock)
    strangers = {
        "resident": await world.member("Anna de Vries"),
        "admin": await world.admin("Fatima Zahra"),
        "worker elsewhere": await world.worker("Evert Post", world.south),
        "herself": bep,
    }
    paths = [f"/worklist/parties/{bep.id}", f"/contacts/new?party={bep.id}"] + [
        f"/signals/{found.id}/{noun}" for noun in ("snooze", "plan", "closing", "owner")
    ]
    for role, member in strangers.items():
        browser = await member.browser()
        nothing = (await bare(browser, f"/worklist/parties/{uuid4()}"))[1]
        for path in paths:
            status, content = await bare(browser, path)
            assert status == 404 and content == nothing, f"{role}: {path}"
    away = await other_world.worker("Verre Vera")
    browser = await away.browser()
    nothing = (await bare(browser, f"/worklist/parties/{uuid4()}"))[1]
    for path in paths:
        assert await bare(browser, path) == (404, nothing)
    assert await looks_at(world, bep, samira) == 0


async def test_a_resident_has_no_desk_and_an_admin_sees_no_signal_on_it(world: World) -> None:
    await world.worker("Samira Bouali")
    await raised(world, "Bep Molenaar")
    anna, fatima = await world.member("Anna de Vries"), await world.admin("Fatima Zahra")
    browser = await anna.browser()
    assert (await bare(browser, "/worklist"))[0] == 404
    assert (await bare(browser, "/worklist/print"))[0] == 404
    desk = await fatima.browser()
    for path in ("/worklist", "/worklist?show=all", "/worklist/print"):
        page = await desk.page(path)
        assert "Bep" not in page.html and "ignaal" not in page.text.replace("Een signaal", "")
    log = await world.owner.fetch(
        "select distinct act from audit_entry where community_id = $1", world.community
    )
    assert not any(row["act"].startswith("signal.") for row in log), "the admin reads this log"


async def test_while_acting_for_a_member_a_worker_sees_no_desk(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    wim = await world.member("Wim Kuipers")
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{wim.id}")
    await browser.submit(page, "/acting-for")
    assert (await bare(browser, f"/worklist/parties/{bep.id}"))[0] == 404
    assert (await bare(browser, "/worklist"))[0] == 404


async def test_a_member_who_moves_and_a_worker_who_stops_close_the_page_at_once(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    zoe = await world.worker("Zoë Zuid", world.south)
    joris = await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    old, new = await samira.browser(), await zoe.browser()
    path = f"/worklist/parties/{bep.id}"
    assert "Breit elke dag." in (await old.page(path)).text
    assert (await bare(new, path))[0] == 404
    async with world.transaction() as db:
        await parties.change_details(
            db, community=world.community, party=bep.id, by=bep.id, now=world.clock(),
            details=world.details("Bep Molenaar", world.south),
        )  # fmt: skip
    assert (await bare(old, path))[0] == 404
    assert "Bep" not in (await old.page("/worklist?show=all")).text
    assert "Bep" not in (await old.page("/worklist/print")).text
    assert "Breit elke dag." in (await new.page(path)).text
    await run_for(world, 1)
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == zoe.id, "the open line has a new owner"
    async with world.transaction() as db:
        roles = await access.roles(db, community=world.community, today=world.clock().date())
        role = next(r for r in roles if r.party_id == zoe.id)
        await access.end_role(
            db, community=world.community, role=role.id, by=None,
            today=world.clock().date(), now=world.clock(),
        )  # fmt: skip
        await access.grant_role(
            db, community=world.community, party=joris.id, kind="worker", area=world.south,
            starts_on=world.clock().date(), ends_on=None, by=None, now=world.clock(),
        )  # fmt: skip
    assert (await bare(await zoe.browser(), path))[0] == 404
    assert "Breit elke dag." in (await (await joris.browser()).page(path)).text
    await run_for(world, 1)
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == joris.id


async def test_a_yes_taken_back_empties_list_and_page_at_once(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    browser = await samira.browser()
    assert "Breit" in (await browser.page(f"/worklist/parties/{bep.id}")).text
    await answer(world, bep, "no")
    page = await browser.page("/worklist?show=all")
    assert "Bep Molenaar bellen" not in page.text, "her two needs still wait for a reply"
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert (
        "Breit" not in page.text
        and "gaf geen ja" in page.text
        and "reden om te praten" not in page.text
    )


async def test_a_talk_is_noted_in_a_minute_and_read_back(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    page = await browser.submit(
        page, "/contacts", heard="call", words="Komt graag koffie drinken.", wish="meet",
        next_choice="1",
    )  # fmt: skip
    assert "Het gesprek is bewaard." in page.text and "Komt graag koffie drinken." in page.text
    assert "Wil graag iemand leren kennen." in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.state == "contact_made"
    assert "Iets afspreken met Bep Molenaar" in (await browser.page("/worklist")).text


async def test_a_form_says_all_that_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    wrong = await browser.submit(
        page, "/contacts", status=422, words="Dit typte ik.", held_choice="other", held_day="1",
        held_month="4", held_year="2099", heard="call", next_choice="other", next_day="1",
        next_month="1", next_year="2020",
    )  # fmt: skip
    assert len(wrong.errors()) == 2
    assert wrong.form("/contacts").data["words"] == "Dit typte ik."
    wrong = await browser.submit(page, "/contacts", status=422)
    assert "Kies hoe het contact was." in wrong.errors()
    found = await signal_of(world, bep)
    assert found is not None and found.state == "raised"


async def test_a_second_press_notes_one_talk(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    for _press in range(2):
        await browser.submit(page, "/contacts", heard="call", words="Hallo.")
    count = await world.owner.fetchval(
        "select count(*) from contact where community_id = $1", world.community
    )
    assert count == 1


async def test_r4_the_list_on_paper_has_no_reason_and_no_word_of_a_signal(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await (await samira.browser()).page("/worklist/print")
    assert "Bep" in page.text and bep.number in page.text and "Bellen" in page.text
    assert "Molenaar" not in page.text and "ignaal" not in page.text and "antwoord" not in page.text
    assert "Versnipper" in page.text
    printed = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'worklist.printed'"
        " and actor_id = $2", world.community, samira.id,
    )  # fmt: skip
    assert printed == 1


async def test_a_signal_goes_from_plan_to_the_end(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    found = await signal_of(world, bep)
    assert found is not None
    browser = await samira.browser()
    page = await browser.page(f"/signals/{found.id}/plan")
    page = await browser.submit(page, "/plan", plan="introduce", next_choice="2")
    assert "Iemand leren kennen" in page.text
    page = await browser.page(f"/signals/{found.id}/snooze")
    page = await browser.submit(page, "/snooze", until_choice="4")
    assert "Komt terug op" in page.text
    assert "Bep Molenaar weer bellen" not in (await browser.page("/worklist")).text
    world.clock.move(days=29)
    browser = await samira.browser()
    assert "Bep Molenaar weer bellen" in (await browser.page("/worklist")).text
    page = await browser.page(f"/signals/{found.id}/closing")
    page = await browser.submit(page, "/closing", outcome="prefers")
    assert "Vindt het zo goed." in page.text
    assert (await bare(browser, f"/signals/{found.id}/closing"))[0] == 409
    assert await run_for(world, 20) == 0, "it does not come straight back"


async def test_who_knows_her_hands_over_and_sees_nothing_any_more(world: World) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    owner, other = (samira, joris) if found.owner_id == samira.id else (joris, samira)
    browser = await owner.browser()
    page = await browser.page(f"/signals/{found.id}/owner")
    page = await browser.submit(page, "/owner", to=str(other.id), aside="1")
    assert "Bep" not in (await browser.page("/worklist?show=all")).text
    assert (await bare(browser, f"/worklist/parties/{bep.id}"))[0] == 404
    assert "Ligt bij u" in (await (await other.browser()).page("/worklist")).text


async def test_w4_what_a_colleague_left_lying_heads_the_list_and_is_taken_over_in_one_act(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    wim = await world.member("Wim Kuipers")
    found = await signal_of(world, bep)
    assert found is not None
    away, here = (samira, joris) if found.owner_id == samira.id else (joris, samira)
    await spoke(world, away, wim, follow_up_on=(world.clock().date()).replace(day=28))
    world.clock.move(days=40)
    browser = await here.browser()
    page = await browser.page("/worklist")
    assert "Te laat" in page.text and "Bep Molenaar" in page.text and "Wim Kuipers" in page.text
    page = await browser.page("/worklist?show=all")
    await browser.submit(page, "/worklist/owner")
    owners = await world.owner.fetch(
        "select owner_id from signal where community_id = $1 union"
        " select owner_id from contact where community_id = $1", world.community,
    )  # fmt: skip
    assert {row["owner_id"] for row in owners} == {here.id}


async def test_what_somebody_should_hear_by_phone_is_passed_on_with_one_button(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    anna, riet = await world.member("Anna de Vries"), await world.member("Riet Smit")
    wim = await world.member("Wim Kuipers", reachable_by="phone")
    await letter_news(world, wim, anna)
    browser = await samira.browser()
    page = await browser.page("/worklist")
    assert sum("/delivery" in form.action for form in page.forms()) == 1, "one line a member"
    assert "Doorgeven aan Wim Kuipers" in page.text
    assert "Anna vraagt of dit klopt" in page.text
    await letter_news(world, wim, riet)
    page = await browser.submit(page, "/delivery")
    assert "Bewaard: dit is doorgegeven." in page.html
    assert "Riet vraagt of dit klopt" in page.text and "Anna" not in page.text
    await browser.submit(page, "/delivery")
    page = await browser.page("/worklist")
    assert "Wim" not in page.text
    passed = await world.owner.fetchval(
        "select count(*) from notice where community_id = $1 and party_id = $2"
        " and delivered_by_id = $3", world.community, wim.id, samira.id,
    )  # fmt: skip
    assert passed == 6


async def test_another_neighbourhoods_worker_passes_nothing_on(world: World) -> None:
    await world.worker("Samira Bouali")
    anna, wim = await world.member("Anna de Vries"), await world.member("Wim Kuipers")
    evert = await world.worker("Evert Post", world.south)
    papier = await world.member("Piet Papier", reachable_by="paper")
    await letter_news(world, papier, anna)
    browser = await evert.browser()
    assert "Piet" not in (await browser.page("/worklist?show=all")).text
    token = (await browser.page("/sessions")).forms()[0].data["_csrf"]
    for id_ in (papier.id, wim.id, uuid4()):
        answer_ = await browser.post(
            f"/{world.slug}/worklist/parties/{id_}/delivery",
            data={"_csrf": token, "seen": str(uuid4())},
        )
        assert answer_.status_code == 404


async def test_an_applicant_waits_on_the_desk_of_one_worker_and_others_see_it(
    world: World,
) -> None:
    samira, fatima = await world.worker("Samira Bouali"), await world.admin("Fatima Zahra")
    evert = await world.worker("Evert Post", world.south)
    await world.applicant("Desta Tesfaye")
    for member, own, all_ in (
        (samira, True, True), (fatima, False, True), (evert, False, False),
    ):  # fmt: skip
        for path, seen in (("/worklist", own), ("/worklist?show=all", all_)):
            page = await (await member.browser()).page(path)
            assert ("Kennismaken met Desta Tesfaye" in page.text) is seen


async def test_a_neighbourhood_without_a_worker_is_the_admins_to_mend(world: World) -> None:
    fatima = await world.admin("Fatima Zahra")
    await world.member("Bep Molenaar")
    assert "Noord heeft geen buurtwerker" in (await (await fatima.browser()).page("/worklist")).text
    await world.worker("Samira Bouali")
    assert "heeft geen" not in (await (await fatima.browser()).page("/worklist")).text


async def test_no_more_calls_is_obeyed_at_once(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await samira.browser()
    page = await browser.page(f"/contacts/new?party={bep.id}")
    page = await browser.submit(
        page, "/contacts", heard="call", wish="no_calls", words="Niet meer."
    )
    assert "gewist" in page.text and await signal_of(world, bep) is None
    async with world.transaction() as db:
        said = await parties.consent(db, world.community, bep.id, parties.WORKER_CALL)
    assert said == "no"


async def test_why_a_worker_looks_is_asked_once_a_day_and_read_by_the_member(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", phone="06 12 34 56 78", phone_key="0612345678")
    browser = await samira.browser()
    path = f"/{world.slug}/worklist/parties/{bep.id}"
    asked = Page(await browser.get(path))
    assert "Waarom kijkt u bij Bep?" in asked.text and "06 12" not in asked.text
    assert await looks_at(world, bep, samira) == 0, "nothing was shown yet"
    await browser.submit(asked, "/looks", status=422, press="purpose=curious")
    page = await browser.submit(asked, "/looks", press="purpose=arrange")
    assert "06 12 34 56 78" in page.text and await looks_at(world, bep, samira) == 1
    world.clock.move(hours=1)
    browser = await samira.browser()
    assert "06 12 34 56 78" in Page(await browser.get(path)).text, "not asked again today"
    assert await looks_at(world, bep, samira) == 2
    own = await (await bep.browser()).page("/parties/me/views")
    assert "om iets voor u te regelen" in own.text
    world.clock.move(days=1)
    browser = await samira.browser()
    assert "Waarom kijkt u bij Bep?" in Page(await browser.get(path)).text
