"""Calls at random, blind: who is drawn, what a worker sees before and after, and what is counted."""

from typing import Any
from uuid import UUID

import pytest

from tests.makers_signals import answer, raised, spoke
from tests.world import Member, World
from timebank import parties, signals

pytestmark = pytest.mark.anyio


async def turn_on(world: World) -> None:
    admin = await world.admin("Fatima Zahra")
    browser = await admin.browser()
    page = await browser.page("/community/calls")
    await browser.submit(page, "/community/calls", chance="1")


async def draw(world: World, seed: int = 1) -> int:
    async with world.transaction() as db:
        return await signals.draw(
            db,
            community=world.community,
            now=world.clock(),
            seed=bytes([seed]),
        )


async def drawn(world: World) -> dict[UUID, bool]:
    found = await world.owner.fetch(
        "select party_id, from_rule from signal_chance where community_id = $1", world.community
    )
    return {row["party_id"]: row["from_rule"] for row in found}


async def town(world: World, many: int = 7) -> list[Member]:
    people = [await world.member(f"Buur {letter}", consent="yes") for letter in "ABCDEFGHI"[:many]]
    world.clock.move(days=44)
    return people


async def text_of(member: Member, path: str) -> Any:
    return await (await member.browser()).page(path)


async def test_it_is_off_until_an_admin_turns_it_on(world: World) -> None:
    await world.worker("Samira Bouali")
    people = await town(world)
    assert await draw(world) == 0
    await turn_on(world)
    assert await draw(world) == 5
    assert await draw(world, seed=2) == 0, "a week is drawn once"
    assert set(await drawn(world)) <= {member.id for member in people}
    world.clock.move(days=7)
    assert await draw(world) == 2, "nobody twice in half a year"


async def test_only_who_said_yes_is_grown_and_wants_it_now_is_drawn(world: World) -> None:
    await world.worker("Samira Bouali", consent="yes")
    nora, job = (
        await world.member("Nee Nora"),
        await world.member("Jonge Job", consent="yes", birth_year=world.clock().year - 18),
    )
    rust, stil, ja = [
        await world.member(n, consent="yes") for n in ("Rie Rust", "Bo Stil", "Jo Ja")
    ]
    elders = await world.member("Ver Weg", world.south, consent="yes")
    world.clock.move(days=44)
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=rust.id, state="paused", by=rust.id,
            from_states=("active",), now=world.clock(),
        )  # fmt: skip
    browser = await stil.browser()
    await browser.submit(await browser.page("/parties/me/views"), "/parties/me/objection")
    await turn_on(world)
    await draw(world)
    assert set(await drawn(world)) == {ja.id}, (nora, job, elders)


async def test_signal_and_chance_look_the_same_until_the_call_was_judged(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    await turn_on(world)
    anna = await world.member("Anna de Vries", consent="yes")
    bep = await raised(world, "Bep Molenaar")
    await draw(world)
    assert await drawn(world) == {bep.id: True, anna.id: False}
    desk = await text_of(samira, "/worklist")
    assert "Bep Molenaar bellen" in desk.text and "Anna de Vries bellen" in desk.text
    assert "Twee vragen zonder antwoord" not in desk.text and "Signaal " not in desk.text
    shown = []
    for member in (bep, anna):
        page = await text_of(samira, f"/worklist/parties/{member.id}")
        assert "Waarom wij aan" not in page.text and "was het goed om te bellen?" in page.text
        form = await text_of(samira, f"/contacts/new?party={member.id}")
        shown.append(form.text.replace(member.full_name, "X").replace(member.call_name, "X"))
    assert shown[0] == shown[1]
    await spoke(world, samira, bep)
    for member in (bep, anna):
        browser = await samira.browser()
        page = await browser.page(f"/worklist/parties/{member.id}")
        page = await browser.submit(page, "/verdict", verdict="right")
        assert "was het goed om te bellen?" not in page.text
        assert ("Waarom wij aan" in page.text) == (member is bep)
    assert "Anna" not in (await text_of(samira, "/worklist")).text
    own = await text_of(anna, "/parties/me/views")
    assert "Schreef op of het goed was om u te bellen." in own.text


async def test_who_takes_the_yes_back_or_asks_herself_is_no_blind_call(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    people = await town(world, 3)
    await turn_on(world)
    await draw(world)
    await answer(world, people[0], "no")
    browser = await people[1].browser()
    await browser.submit(await browser.page("/checkins/new"), "/checkins", talks="0", wants="yes")
    desk = await text_of(samira, "/worklist")
    assert "Buur A" not in desk.text and "Buur C bellen" in desk.text
    assert "ik wil graag meer contact" in desk.text
    assert people[0].id not in await drawn(world)
    world.clock.move(days=28)
    desk = await text_of(samira, "/worklist")
    assert "Buur C bellen" not in desk.text, "let go after four weeks"


async def test_only_a_worker_of_that_neighbourhood_judges_and_once(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    [buur] = await town(world, 1)
    await turn_on(world)
    await draw(world)
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{buur.id}")
    await browser.submit(page, "/verdict", status=422)
    away = await world.worker("Evert Post", world.south)
    other = await away.browser()
    data = page.form("/verdict")
    token = (await other.page("/parties/me")).form("/parties/me/consents").data["_csrf"]
    refused = await other.post(data.action, data={"_csrf": token, "verdict": "right"})
    assert refused.status_code == 404
    await browser.submit(page, "/verdict", verdict="unsure")
    joris = await world.worker("Joris Blom")
    await (await joris.browser()).page(f"/worklist/parties/{buur.id}")


async def test_a_call_goes_to_a_colleague_with_what_lies_behind_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    joris = await world.worker("Joris Blom")
    await turn_on(world)
    await draw(world)
    call = await world.owner.fetchval(
        "select id from signal_chance where community_id = $1", world.community
    )
    browser = await samira.browser()
    page = await browser.page(f"/worklist/lines/call/{call}/owner")
    await browser.submit(page, "/owner", to=str(joris.id))
    owners = await world.owner.fetchrow(
        "select c.owner_id as call, s.owner_id as signal from signal_chance c join signal s"
        " on s.party_id = c.party_id where c.party_id = $1", bep.id,
    )  # fmt: skip
    assert (owners["call"], owners["signal"]) == (joris.id, joris.id)


async def test_counts_are_shown_after_twelve_weeks_and_small_ones_never(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    people = await town(world)
    await turn_on(world)
    await draw(world)
    await world.owner.execute(
        "update signal_chance set verdict = 'right', answered_on = week_on where community_id = $1",
        world.community,
    )
    path = "/signals/chance"
    assert "nog te weinig" in (await text_of(samira, path)).text
    world.clock.move(days=84)
    page = await text_of(samira, path)
    row = next(line for line in page.html.split("<tr") if "Ja" in line and "Niet" not in line)
    assert "minder dan 5" in row and ">5<" in row
    assert page.text.count("minder dan 5") == 5
    await (await people[0].browser()).page(path, status=404)
