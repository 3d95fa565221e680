"""The desk of applicants: doubles, yes, no."""

import asyncio
from uuid import UUID

import pytest

from tests.makers_membership import send
from tests.world import Member, World, make_world
from timebank import hours, parties
from timebank.kernel.db import Db, Pool, transaction
from timebank.kernel.outbox import Errand, Job
from timebank.kernel.settings import Settings
from timebank.membership.mail import mail_reason

pytestmark = pytest.mark.anyio


async def outbox(world: World) -> list[dict[str, object]]:
    async with world.transaction() as db:
        return [
            {"job": r["kind"]} | r["payload"]
            for r in await db.fetch("select kind, payload from outbox order by id")
        ]


async def state_of(world: World, party: UUID) -> str:
    async with world.transaction() as db:
        return (await parties.party(db, world.community, party)).state


async def test_a_worker_admits_and_the_new_member_has_a_number_hours_and_a_mail(
    world: World,
) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.applicant("Ria Vos", email="ria@voorbeeld.nl")
    page = await send(await fatima.browser(), f"/applicants/{ria}", "/admission")
    assert page.url.split("?")[0].endswith(f"/parties/{ria}/admin")
    assert "De mail om in te loggen gaat nu weg" in page.html
    async with world.transaction() as db:
        member = await parties.party(db, world.community, ria)
        balance = await hours.balance(db, community=world.community, party=ria, now=world.clock())
    assert member.state == "active" and member.number in page.text
    assert balance.minutes == 300
    mail = next(job for job in await outbox(world) if job["job"] == "mail.ticket")
    assert mail["party"] == str(ria)
    code = str(mail["code"])
    assert code not in page.html
    browser = world.browser()
    await browser.page(f"/tickets/{code}")
    inside = await send(browser, "/tickets", "/tickets", password="vier gewone woorden samen")
    assert "Ria" in inside.h1


async def test_without_a_mail_address_a_code_is_shown_once_and_lets_her_in(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.applicant("Ria Vos", phone="06 12 34 56 78", phone_key="+31612345678")
    browser = await fatima.browser()
    page = await browser.page(f"/applicants/{ria}")
    card = await browser.submit(page, "/admission")
    assert "Code om door te geven" in card.h1
    again = await browser.submit(page, "/admission")
    assert "Dit was al gedaan" in again.html and "/admin" in again.url
    number, _between, rest = card.text.partition(" Nummer ")[2].partition(" Code ")
    code = " ".join(rest.split()[:3])
    assert code.replace(" ", "").isdigit() and code not in again.html
    assert await outbox(world) == []
    inside = await send(
        world.browser(), "/code", "/code", number=number, code=code,
        password="vier gewone woorden samen",
    )  # fmt: skip
    assert "Ria" in inside.h1


async def test_two_workers_at_once_admit_once_and_the_second_reads_why_not(world: World) -> None:
    one, two = await world.worker("Fatima Bouali"), await world.worker("Joris Klein")
    ria = await world.applicant("Ria Vos", email="ria@voorbeeld.nl")
    browsers = [await one.browser(), await two.browser()]
    pages = [await browser.page(f"/applicants/{ria}") for browser in browsers]
    forms = [page.form("/admission") for page in pages]
    answers = await asyncio.gather(
        *(b.post(f.action, data=f.data) for b, f in zip(browsers, forms, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert "al beantwoord" in lost.text
    async with world.transaction() as db:
        starts = await db.fetchval("select count(*) from transfer where kind = 'start'")
    assert starts == 3  # the two workers, and Ria once
    assert len([job for job in await outbox(world) if job["job"] == "mail.ticket"]) == 1


async def test_a_no_with_a_reason_is_mailed(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.applicant("Ria Vos", email="ria@voorbeeld.nl")
    page = await send(
        await fatima.browser(), f"/applicants/{ria}", "/refusal", words="U woont buiten de wijk."
    )
    assert "De mail met de reden gaat nu weg" in page.html
    assert "U woont buiten de wijk." in page.text and await state_of(world, ria) == "refused"
    payload = next(job for job in await outbox(world) if job["job"] == "mail.reason")
    errand = Errand(
        world.community, Job(ria, "mail.reason", {"reason": payload["reason"]}, 1), world.clock(),
        settings,
    )  # fmt: skip
    async with transaction(work_pool, world.community) as db:
        mail = await mail_reason(db, errand)
    assert mail is not None and mail["To"].addresses[0].addr_spec == "ria@voorbeeld.nl"
    assert "U woont buiten de wijk." in mail.get_content()


async def test_a_no_without_a_mail_address_is_told_by_a_person_before_a_day(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.applicant("Ria Vos", phone="06 12 34 56 78", phone_key="+31612345678")
    browser = await fatima.browser()
    page = await send(browser, f"/applicants/{ria}", "/refusal", words="U woont hier niet.")
    assert "vrijdag 13 maart" in page.text and "06 12 34 56 78" in page.text
    desk = await browser.page("/applicants")
    assert (
        "Nog te bellen" in desk.text and "Fatima belt, op zijn laatst vrijdag 13 maart" in desk.text
    )
    after = await browser.submit(page, "/told")
    assert "u heeft het verteld" in after.html and "Nog te bellen" not in after.text
    assert await outbox(world) == []


async def test_a_no_needs_a_reason_and_comes_once(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.applicant("Ria Vos", email="ria@voorbeeld.nl")
    browser = await fatima.browser()
    page = await browser.page(f"/applicants/{ria}")
    empty = await browser.submit(page, "/refusal", status=422, words="   ")
    assert 'id="words-error"' in empty.html and await state_of(world, ria) == "applying"
    other = await browser.page(f"/applicants/{ria}")
    await browser.submit(other, "/refusal", words="Nee.")
    late = await browser.submit(empty, "/refusal", status=409, words="Ook nee.")
    assert "al beantwoord" in late.text
    admitted = await browser.submit(page, "/admission", status=409)
    assert "al beantwoord" in admitted.text


async def test_who_reads_the_same_is_shown_with_the_reasons(world: World) -> None:
    """N1 and H1: same-looking name, shared address, shared phone."""
    fatima = await world.worker("Fatima Bouali")
    await world.member("Anna de Vries", email="thuis@voorbeeld.nl")
    await world.member("Bert de Vries", phone="06 12 34 56 78", phone_key="+31612345678")
    same = await world.applicant(
        "ANNA  DE VRlES", email="Thuis@voorbeeld.nl", phone="0612345678", phone_key="+31612345678"
    )
    page = await (await fatima.browser()).page(f"/applicants/{same}")
    assert (
        "Kennen wij deze buur al?" in page.text
        and "De naam is dezelfde, of ziet er net zo uit." in page.text
    )
    assert "Hetzelfde e-mailadres." in page.text and "Hetzelfde telefoonnummer." in page.text


@pytest.mark.parametrize("names", [("Tim Jansen", "Tom Jansen"), ("Jan Jansen", "Jan Jansen")])
async def test_twins_look_alike_and_two_people_is_remembered(
    world: World, names: tuple[str, str]
) -> None:
    """H3: never merged by itself, not asked again, both are admitted."""
    fatima = await world.worker("Fatima Bouali")
    one = await world.applicant(names[0], birth_year=1990)
    two = await world.applicant(names[1], birth_year=1990)
    browser = await fatima.browser()
    for id_ in (one, two):
        page = await browser.page(f"/applicants/{id_}")
        assert "Kennen wij deze buur al?" in page.text and "Een tweeling misschien?" in page.text
    after = await browser.submit(page, f"/not-alike/{one}")
    assert "Wij vragen het niet nog eens" in after.html and "Lijkt op" not in after.text
    assert "Lijkt op" not in (await browser.page(f"/applicants/{one}")).text
    for id_ in (one, two):
        await send(browser, f"/applicants/{id_}", "/admission")
    assert {await state_of(world, one), await state_of(world, two)} == {"active"}


async def test_a_couple_with_one_address_is_admitted_twice_and_both_sign_in(world: World) -> None:
    """H1: one address may serve several people."""
    fatima = await world.worker("Fatima Bouali")
    browser = await fatima.browser()
    people = [
        await world.applicant(name, email="thuis@voorbeeld.nl") for name in ("Jan Smit", "Els Bos")
    ]
    for id_ in people:
        await send(browser, f"/applicants/{id_}", "/admission")
    async with world.transaction() as db:
        jan, els = [await parties.party(db, world.community, id_) for id_ in people]
    assert jan.number and els.number and jan.number != els.number
    passwords = {"Jan": "samen koffie drinken", "Els": "liever thee in de tuin"}
    for member, password in zip((jan, els), passwords.values(), strict=True):
        await world.give_password(_member(world, member), password)
    for member, password in zip((jan, els), passwords.values(), strict=True):
        for who in ("thuis@voorbeeld.nl", member.number):
            page = await send(world.browser(), "/session", "/session", who=who, password=password)
            assert member.call_name in page.h1


def _member(world: World, party: parties.Party) -> Member:
    return Member(
        party.id, party.number or "", party.call_name, party.full_name, party.area_id, world
    )


@pytest.mark.parametrize("name", ["Buurtwerker Noord", "Beheerder", "Fatima Boua1i", "Helpdesk"])
async def test_a_name_like_somebody_who_works_here_is_marked(world: World, name: str) -> None:
    fatima = await world.worker("Fatima Bouali")
    id_ = await world.applicant(name)
    page = await (await fatima.browser()).page(f"/applicants/{id_}")
    assert "lijkt op die van iemand die hier werkt" in page.text
    plain = await world.applicant("Wil Jansen")
    page = await (await fatima.browser()).page(f"/applicants/{plain}")
    assert "lijkt op die van iemand" not in page.text


async def test_who_admits_sees_that_a_member_will_not_meet_this_person(world: World) -> None:
    """An ex who comes back under the same phone number."""
    fatima = await world.worker("Fatima Bouali")
    anna = await world.member("Anna de Vries")
    ex = await world.member("Rob Kwaad", phone="06 12 34 56 78", phone_key="+31612345678")
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=anna.id, blocked=ex.id, by=anna.id,
            now=world.clock(),
        )  # fmt: skip
    again = await world.applicant("Robert Goed", phone="0612345678", phone_key="+31612345678")
    page = await (await fatima.browser()).page(f"/applicants/{again}")
    assert "Anna de Vries wil Rob Kwaad niet tegenkomen." in page.text


async def test_who_may_turn_sixteen_this_year_is_asked_about(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    id_ = await world.applicant("Bo Jong", birth_year=2010)
    page = await (await fatima.browser()).page(f"/applicants/{id_}")
    assert "wordt dit jaar 16" in page.text


async def test_who_is_too_young_is_not_admitted(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    id_ = await world.applicant("Bo Jong", birth_year=2012)
    browser = await fatima.browser()
    page = await browser.page(f"/applicants/{id_}")
    refused = await browser.submit(page, "/admission", status=422)
    assert "met een ouder" in refused.text and await state_of(world, id_) == "applying"


async def test_the_longest_waiting_stands_first_and_late_ones_say_so(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    await world.applicant("Ans Eerst")
    world.clock.move(days=8)
    await world.applicant("Bas Later")
    page = await (await fatima.browser()).page("/applicants")
    assert page.text.index("Ans Eerst") < page.text.index("Bas Later")
    assert page.text.count("te laat") == 1


ROLES = ["visitor", "member", "worker elsewhere", "stranger"]


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_else_sees_or_answers_an_applicant(
    world: World, wall: object, web_pool: Pool, owner: Db, role: str
) -> None:
    ria = await world.applicant("Ria Vos", email="ria@voorbeeld.nl")
    world_of = world
    if role == "stranger":
        world_of = await make_world(wall, web_pool, owner, world.clock)
    if role == "visitor":
        browser, expected = world.browser(), 303
    else:
        who = {
            "member": world.member, "stranger": world_of.worker,
        }.get(role)  # fmt: skip
        member = await who("Wil Jansen") if who else await world.worker("Sam Zuid", world.south)
        browser, expected = await member.browser(), 404
    token = (
        (await browser.page("/parties/me")).form("/consents").data["_csrf"]
        if expected == 404
        else ""
    )
    slug = browser.slug
    answer = await browser.get(f"/{slug}/applicants/{ria}")
    assert answer.status_code == expected
    for path in ("admission", "refusal", f"not-alike/{ria}"):
        answer = await browser.post(
            f"/{slug}/applicants/{ria}/{path}", data={"_csrf": token, "words": "Nee"}
        )
        assert answer.status_code == expected, path
    if role == "worker elsewhere":
        assert "Ria" not in (await browser.page("/applicants")).text
    elif role != "stranger":
        assert (await browser.get(f"/{slug}/applicants")).status_code == expected
    assert await state_of(world, ria) == "applying"


async def test_an_admin_admits_in_every_neighbourhood(world: World) -> None:
    ada = await world.admin("Ada Zaak")
    ria = await world.applicant("Ria Vos", world.south, email="ria@voorbeeld.nl")
    await send(await ada.browser(), f"/applicants/{ria}", "/admission")
    assert await state_of(world, ria) == "active"
