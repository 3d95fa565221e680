"""Asking to join."""

import asyncio
from typing import Any

import pytest

from tests.makers_membership import join_fields, send
from tests.world import World
from timebank import areas, parties

pytestmark = pytest.mark.anyio


async def applicants(world: World) -> list[parties.Applicant]:
    async with world.transaction() as db:
        return await parties.applicants(db, community=world.community, areas=None)


async def the_one(world: World) -> parties.Party:
    found = await applicants(world)
    assert len(found) == 1
    async with world.transaction() as db:
        return await parties.party(db, world.community, found[0].id)


async def test_somebody_joins_and_reads_what_happens_next_by_whom_and_when(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=fatima.id,
            phone="06 12 34 56 78", hours=None, walk_in=None,
        )  # fmt: skip
    page = await send(
        world.browser(), "/parties/new", "/parties",
        **join_fields(world, place=str(world.square), likes="Soep koken", birth_year="1948"),
    )  # fmt: skip
    assert "/parties/thanks" in page.url
    assert "Fatima Bouali" in page.text and "dinsdag 17 maart" in page.text
    assert "Ria" not in page.url and "Ria" not in page.text
    again = await world.browser().page(page.url.split(world.slug, 1)[1])
    assert "Fatima Bouali" in again.text
    ria = await the_one(world)
    assert (ria.full_name, ria.phone, ria.phone_key) == (
        "Ria van der Meer", "06 12 34 56 78", "+31612345678",
    )  # fmt: skip
    assert (ria.place_name, ria.likes, ria.birth_year) == ("Maasplein", "Soep koken", 1948)


@pytest.mark.parametrize("helped", [True, False])
async def test_an_evening_of_joining_in_one_place_is_possible_and_then_it_says_whom_to_call(
    world: World, helped: bool
) -> None:
    if helped:
        fatima = await world.worker("Fatima Bouali")
        async with world.transaction() as db:
            await areas.set_helper(
                db, community=world.community, area=world.north, helper=fatima.id,
                phone="06 12 34 56 78", hours=None, walk_in=None,
            )  # fmt: skip
    for n in range(30):
        fields = join_fields(world, email=f"buur{n}@example.org", phone="", reachable_by="email")
        await send(world.browser(), "/parties/new", "/parties", **fields)
    assert len(await applicants(world)) == 30
    browser = world.browser()
    page = await browser.page("/parties/new")
    fields = join_fields(
        world, email="laat@example.org", phone="", reachable_by="email", full_name="Lies Laat"
    )
    refused = await browser.submit(page, "/parties", status=429, **fields)
    whom = "bel Fatima Bouali, 06 12 34 56 78" if helped else "Vraag een buurtwerker"
    assert whom in refused.text and "over 1 uur weer" in refused.text
    assert refused.form("/parties").data["full_name"] == "Lies Laat"
    assert len(await applicants(world)) == 30


@pytest.mark.parametrize("answer", ["yes", "no", "later", None])
async def test_only_a_given_answer_is_kept_and_none_is_ticked_before(
    world: World, answer: str | None
) -> None:
    browser = world.browser()
    page = await browser.page("/parties/new")
    assert "consent" not in page.form("/parties").data
    await browser.submit(page, "/parties", **join_fields(world, consent=answer))
    ria = await the_one(world)
    async with world.transaction() as db:
        assert await parties.consent(db, world.community, ria.id, parties.WORKER_CALL) == answer


REQUIRED = ["full_name", "call_name", "area", "reachable_by", "language"]
OPTIONAL = ["email", "street", "postcode", "reach_words", "likes", "dislikes", "birth_year",
            "place", "consent"]  # fmt: skip
WHOLE: dict[str, Any] = {
    "email": "ria@voorbeeld.nl", "street": "Maasplein 3", "postcode": "1234ab",
    "reach_words": "Na tien uur", "likes": "Koken", "dislikes": "Ladders", "birth_year": "1948",
    "consent": "later",
}  # fmt: skip


@pytest.mark.parametrize("left_out", REQUIRED)
async def test_a_needed_field_left_out_gets_a_sentence_beside_it(
    world: World, left_out: str
) -> None:
    fields = join_fields(world, place=str(world.square), **WHOLE) | {left_out: ""}
    page = await send(world.browser(), "/parties/new", "/parties", status=422, **fields)
    assert f'id="{left_out}-error"' in page.html and len(page.errors()) == 1
    assert page.form("/parties").data["likes"] == "Koken"
    assert await applicants(world) == []


@pytest.mark.parametrize("left_out", OPTIONAL)
async def test_what_need_not_be_filled_in_may_be_left_out(world: World, left_out: str) -> None:
    fields = join_fields(world, place=str(world.square), **WHOLE) | {left_out: ""}
    await send(world.browser(), "/parties/new", "/parties", **fields)
    ria = await the_one(world)
    assert ria.likes == ("" if left_out == "likes" else "Koken")
    assert ria.postcode == (None if left_out == "postcode" else "1234 AB")


@pytest.mark.parametrize(
    ("way", "needed"),
    [("email", "email"), ("phone", "phone"), ("paper", "street"), ("via_someone", "reach_words"),
     ("app", "phone")],
)  # fmt: skip
async def test_the_chosen_way_must_lead_to_somebody(world: World, way: str, needed: str) -> None:
    fields = join_fields(world, reachable_by=way, phone="")
    page = await send(world.browser(), "/parties/new", "/parties", status=422, **fields)
    assert f'id="{needed}-error"' in page.html
    assert await applicants(world) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1234ab", "1234 AB"), ("1234  AB", "1234 AB"), ("1234\u00a0AB", "1234 AB"), ("", None)],
)
async def test_postcodes_as_people_type_them_are_kept_alike(
    world: World, typed: str, kept: str | None
) -> None:
    """F1."""
    await send(world.browser(), "/parties/new", "/parties", **join_fields(world, postcode=typed))
    assert (await the_one(world)).postcode == kept


@pytest.mark.parametrize("typed", ["0123 AB", "1234 SA", "1234"])
async def test_postcodes_that_cannot_be_are_refused_kindly(world: World, typed: str) -> None:
    page = await send(
        world.browser(), "/parties/new", "/parties", status=422,
        **join_fields(world, postcode=typed),
    )  # fmt: skip
    assert 'id="postcode-error"' in page.html and page.form("/parties").data["postcode"] == typed


@pytest.mark.parametrize("typed", ["06-12345678", "+31 6 1234 5678", "0031612345678",
                                   "(06)12 34 56 78"])  # fmt: skip
async def test_one_phone_number_however_it_is_typed(world: World, typed: str) -> None:
    """F3: one number for doubles and for the link."""
    await send(world.browser(), "/parties/new", "/parties", **join_fields(world, phone=typed))
    ria = await the_one(world)
    assert ria.phone_key == "+31612345678"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("full_name", "\u200b" * 15),
        ("full_name", "Ria\u200b van der Meer"),
        ("full_name", "Aнна"),
        ("full_name", "\u202eaiR"),
        ("full_name", "x" * 81),
        ("call_name", "12"),
        ("likes", "x" * 601),
        ("email", "ria"),
        ("phone", "bel mij"),
        ("birth_year", "2031"),
        ("birth_year", "tien"),
        ("area", "019a0000-0000-7000-8000-000000000000"),
        ("area", "1; drop table person"),
        ("consent", "misschien"),
        ("language", "xx"),
        ("reachable_by", "duif"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    world: World, field: str, typed: str
) -> None:
    page = await send(
        world.browser(),
        "/parties/new",
        "/parties",
        status=422,
        **join_fields(world, **{field: typed}),
    )
    assert f'id="{field}-error"' in page.html, page.errors()
    assert await applicants(world) == []


async def test_a_place_in_another_neighbourhood_is_refused(world: World) -> None:
    page = await send(
        world.browser(), "/parties/new", "/parties", status=422,
        **join_fields(world, place=str(world.flat)),
    )  # fmt: skip
    assert 'id="place-error"' in page.html


@pytest.mark.parametrize("extra", ["role", "community", "by", "state", "number", "entered_by"])
async def test_a_field_we_do_not_know_is_refused(world: World, extra: str) -> None:
    page = await send(
        world.browser(), "/parties/new", "/parties", status=422,
        **join_fields(world, **{extra: "admin"}),
    )  # fmt: skip
    assert page.errors() and await applicants(world) == []


async def test_somebody_under_sixteen_is_led_to_a_person_kindly(world: World) -> None:
    page = await send(
        world.browser(), "/parties/new", "/parties", status=422,
        **join_fields(world, birth_year="2011"),
    )  # fmt: skip
    assert "met een ouder" in page.text and await applicants(world) == []
    await send(world.browser(), "/parties/new", "/parties", **join_fields(world, birth_year="2010"))
    assert (await the_one(world)).birth_year == 2010


async def test_a_known_address_gets_the_same_answer_as_a_new_one(world: World) -> None:
    """Applying tells nobody who takes part here."""
    await world.member("Ria van der Meer", email="ria@voorbeeld.nl", phone="06 12 34 56 78",
                       phone_key="+31612345678")  # fmt: skip
    known = await send(
        world.browser(), "/parties/new", "/parties", **join_fields(world, email="ria@voorbeeld.nl")
    )
    fresh = await send(
        world.browser(), "/parties/new", "/parties",
        **join_fields(world, full_name="Wil Nieuw", email="wil@voorbeeld.nl", phone="06-87654321"),
    )  # fmt: skip
    assert (known.status, known.url, known.text) == (fresh.status, fresh.url, fresh.text)


async def test_two_presses_are_one_application(world: World) -> None:
    browser = world.browser()
    page = await browser.page("/parties/new")
    form = page.form("/parties")
    data = form.data | join_fields(world)
    answers = await asyncio.gather(*(browser.post(form.action, data=data) for _n in range(5)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await applicants(world)) == 1


async def test_a_fourth_application_for_one_address_in_an_hour_has_to_wait(world: World) -> None:
    for n in range(4):
        status = None if n < 3 else 429
        page = await send(
            world.browser(), "/parties/new", "/parties", status=status,
            **join_fields(world, full_name=f"Ria {'abcd'[n] * 3}"),
        )  # fmt: skip
    assert "te vaak" in page.errors()[0] and len(await applicants(world)) == 3
    world.clock.move(hours=1)
    await send(world.browser(), "/parties/new", "/parties", **join_fields(world))
    assert len(await applicants(world)) == 4


async def test_a_worker_fills_it_in_for_somebody_and_that_is_recorded(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    browser = await fatima.browser()
    for _n in range(4):  # no throttle for who works here
        page = await send(
            browser, "/parties/new", "/parties",
            **join_fields(world, way="paper", consent="yes", full_name=f"Ria {'wxyz'[_n] * 3}"),
        )  # fmt: skip
    assert "De aanmelding staat erin" in page.html and "/applicants/" in page.url
    found = await applicants(world)
    async with world.transaction() as db:
        answer = (await parties.consents(db, world.community, found[0].id))[0]
        line = await db.fetchrow(
            "select * from audit_entry where act = 'party.applied' and subject_id = $1",
            found[0].id,
        )
    assert (answer.way, answer.asked_by_id) == ("paper", fatima.id)
    assert (line["actor_id"], line["on_behalf_of_id"]) == (fatima.id, found[0].id)


async def test_the_workers_of_that_neighbourhood_hear_of_it(world: World) -> None:
    north, south = await world.worker("Fatima Noord"), await world.worker("Sam Zuid", world.south)
    await send(world.browser(), "/parties/new", "/parties", **join_fields(world))
    async with world.transaction() as db:
        told = await db.fetch("select party_id from notice where kind = 'application_made'")
    assert [r["party_id"] for r in told] == [north.id]
    assert south.id != north.id


async def test_who_is_too_young_and_cannot_be_reached_hears_both(world: World) -> None:
    fields = join_fields(world, birth_year="2015", reachable_by="app", phone="", call_name="")
    page = await send(world.browser(), "/parties/new", "/parties", status=422, **fields)
    assert len(page.errors()) == 3
    for sentence in (
        "Vul in hoe buren u noemen.", "Vul een telefoonnummer of e-mailadres in.",
        "Wie nog geen 16 is",
    ):  # fmt: skip
        assert sentence in page.text
    assert await applicants(world) == []
