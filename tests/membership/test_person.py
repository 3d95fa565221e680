"""Acting for a member, codes, changing details, not meeting somebody, all about me."""

import json

import pytest

from tests import makers_exchanges, makers_posts
from tests.makers_membership import a_day_later, act_for, outbox, press, send, state_of
from tests.membership.standing import exchange
from tests.world import World
from timebank import audit, parties
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand, Job
from timebank.kernel.settings import Settings
from timebank.membership.mail import mail_moved

pytestmark = pytest.mark.anyio


async def test_a_look_is_recorded_before_the_page_is_made_and_the_member_reads_it(
    world: World,
) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    page = await (await fatima.browser()).page(f"/parties/{ria.id}/admin")
    assert "Ria kan lezen dat u hier keek." in page.text
    log = await (await ria.browser()).page("/parties/me/views")
    assert "Fatima Bouali, buurtwerker" in log.text.split("Wat is er gedaan?")[0]


async def test_a_worker_acts_for_a_member_and_it_stands_in_her_log(world: World) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    browser = await act_for(fatima, ria)
    page = await browser.page("/parties/me")
    assert "U handelt nu voor" in page.html and "Ria Vos" in page.text
    await browser.submit(page, "/consents", answer="yes")
    async with world.transaction() as db:
        answer = (await parties.consents(db, world.community, ria.id))[0]
    assert (answer.answer, answer.way, answer.asked_by_id) == ("yes", "phone", fatima.id)
    log = await (await ria.browser()).page("/parties/me/views")
    assert "Ging iets voor u regelen." in log.text and "Fatima Bouali" in log.text


async def test_acting_ends_when_the_member_does_not_take_part_any_more(world: World) -> None:
    """What was typed for her is never done in the worker's own name."""
    ada = await world.admin("Ada Zaak")
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    browser = await act_for(fatima, ria)
    page = await browser.page("/parties/me")
    await send(
        await ada.browser(), f"/parties/{ria.id}/suspension/new", "/suspension", words="Rust"
    )
    form = page.form("/parties/me/consents")
    answer = await browser.post(form.action, data=form.data | {"answer": "yes"})
    assert answer.status_code == 303 and "/session" in answer.headers["location"]
    async with world.transaction() as db:
        assert await parties.consents(db, world.community, fatima.id) == []
        assert await parties.consents(db, world.community, ria.id) == []


async def test_acting_ends_when_the_worker_loses_the_neighbourhood(world: World) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    browser = await act_for(fatima, ria)
    async with world.transaction() as db:
        await parties.change_details(
            db, community=world.community, party=ria.id, by=ria.id, now=world.clock(),
            details=world.details("Ria Vos", world.south),
        )  # fmt: skip
    answer = await browser.get(f"/{world.slug}/parties/me")
    assert answer.status_code == 303 and "/session" in answer.headers["location"]


async def test_a_code_for_a_forgotten_password_is_shown_once_and_the_older_one_is_worthless(
    world: World,
) -> None:
    fatima = await world.worker("Fatima Bouali")
    ria = await world.member("Ria Vos", password=True)
    browser = await fatima.browser()
    codes = []
    for _n in range(2):
        card = await send(browser, f"/parties/{ria.id}/admin", f"/parties/{ria.id}/code")
        words = card.text.split()
        codes.append("".join(words[words.index("Code", words.index("Nummer")) + 1 :][:3]))
    old = {"number": ria.number, "code": codes[0], "password": "vier gewone woorden samen"}
    refused = await send(world.browser(), "/code", "/code", status=422, **old)
    assert "horen niet bij elkaar" in refused.text
    inside = await send(world.browser(), "/code", "/code", **(old | {"code": codes[1]}))
    assert "Ria" in inside.h1


async def test_no_worker_becomes_an_admin_by_a_code(world: World) -> None:
    """A code lets somebody in as that member: for those who work here only an admin makes one."""
    fatima = await world.worker("Fatima Bouali")
    ada, joris = await world.admin("Ada Zaak"), await world.worker("Joris Klein")
    browser = await fatima.browser()
    for other in (ada, joris, fatima):
        page = await browser.page(f"/parties/{other.id}/admin")
        assert not any(form.action.endswith("/code") for form in page.forms())
        assert await press(browser, f"/parties/{other.id}/code") == 404
    await send(await ada.browser(), f"/parties/{joris.id}/admin", f"/parties/{joris.id}/code")
    assert await press(await ada.browser(), f"/parties/{ada.id}/code") == 404


async def test_changed_details_stand_on_every_page_and_in_her_log_only(world: World) -> None:
    """N2: names are read where they live, also in what was written before."""
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    appointment = await makers_exchanges.planned(world, anna, ria)
    need = await makers_posts.need(world, ria, "Lamp ophangen")
    before = [await _lines(world, member.id) for member in (anna, ria)]
    page = await send(
        await ria.browser(), "/parties/me/edit", "/parties/me",
        full_name="Marie Bos", call_name="Marie", phone="06 12 34 56 78",
    )  # fmt: skip
    assert "Het is bewaard" in page.html
    browser = await anna.browser()
    for path in (f"/exchanges/{appointment}", f"/posts/{need}", f"/parties/{ria.id}", "/exchanges"):
        shown = await browser.page(path)
        assert "Marie" in shown.text and "Ria" not in shown.text, path
    after = [await _lines(world, member.id) for member in (anna, ria)]
    assert after[0] == before[0]
    assert after[1] == ["party.reach_asked", "party.details", *before[1]]


async def _lines(world: World, party: object) -> list[str]:
    async with world.transaction() as db:
        found = await audit.about_party(db, community=world.community, subject=party)
    return [line.act for line in found if line.act != "session.opened"]


@pytest.mark.parametrize("left_out", ["full_name", "call_name", "area", "reachable_by"])
async def test_details_need_what_joining_needs(world: World, left_out: str) -> None:
    ria = await world.member("Ria Vos", phone="06 12 34 56 78", phone_key="+31612345678")
    page = await send(
        await ria.browser(), "/parties/me/edit", "/parties/me", status=422, **{left_out: ""}
    )
    assert f'id="{left_out}-error"' in page.html
    async with world.transaction() as db:
        assert (await parties.party(db, world.community, ria.id)).full_name == "Ria Vos"


@pytest.mark.parametrize(
    "emptied", ["street", "postcode", "reach_words", "likes", "dislikes", "birth_year", "email"]
)
async def test_what_was_optional_can_be_emptied_again(
    world: World, work_pool: Pool, settings: Settings, emptied: str
) -> None:
    ria = await world.member(
        "Ria Vos", phone="06 12 34 56 78", phone_key="+31612345678", street="Maasplein 3",
        postcode="1234 AB", reach_words="Na tien uur", likes="Koken", dislikes="Ladders",
        birth_year=1948, email="ria@voorbeeld.nl",
    )  # fmt: skip
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", **{emptied: ""})
    await a_day_later(world, work_pool, settings)
    async with world.transaction() as db:
        kept = await parties.party(db, world.community, ria.id)
    assert not getattr(kept, emptied)
    others = {"street", "likes", "dislikes", "birth_year", "email", "phone"} - {emptied}
    assert all(getattr(kept, name) for name in others)


async def test_a_name_like_somebody_who_works_here_cannot_be_taken(world: World) -> None:
    await world.worker("Fatima Bouali")
    ria = await world.member("Ria Vos", phone="06 12 34 56 78", phone_key="+31612345678")
    page = await send(
        await ria.browser(), "/parties/me/edit", "/parties/me", status=422,
        full_name="Fatirna Bouali", call_name="Beheerder",
    )  # fmt: skip
    assert {'id="full_name-error"' in page.html, 'id="call_name-error"' in page.html} == {True}


async def test_a_new_mail_address_asks_the_password_and_is_told_at_the_old_one(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    ria = await world.member("Ria Vos", email="ria@voorbeeld.nl", password=True)
    browser = await ria.browser()
    world.clock.move(minutes=20)
    page = await send(
        browser, "/parties/me/edit", "/parties/me", email="nieuw@voorbeeld.nl", likes="Koken"
    )
    assert "/session/proof" in page.url
    back = await browser.submit(page, "/session/proof", password="samen koffie drinken")
    assert back.form("/parties/me").data["email"] == "nieuw@voorbeeld.nl"
    async with world.transaction() as db:
        assert (await parties.party(db, world.community, ria.id)).email == "ria@voorbeeld.nl"
    await browser.submit(back, "/parties/me")
    async with world.transaction() as db:
        kept = await parties.party(db, world.community, ria.id)
    assert (kept.email, kept.likes) == ("ria@voorbeeld.nl", "Koken")
    payload = (await outbox(world, "mail.moved"))[0]
    errand = Errand(world.community, Job(ria.id, "mail.moved", payload, 1), world.clock(), settings)
    async with transaction(work_pool, world.community) as db:
        mail = await mail_moved(db, errand)
    assert mail is not None and mail["To"].addresses[0].addr_spec == "ria@voorbeeld.nl"
    assert "nieuw@" not in mail.as_string()
    await a_day_later(world, work_pool, settings)
    async with world.transaction() as db:
        assert (await parties.party(db, world.community, ria.id)).email == "nieuw@voorbeeld.nl"


async def test_a_block_asks_first_works_at_once_and_gives_what_was_open_a_worker(
    world: World,
) -> None:
    """P1: nothing passes either way, and the common appointment has an owner."""
    fatima = await world.worker("Fatima Bouali")
    anna, rob = await world.member("Anna de Vries"), await world.member("Rob Kwaad")
    appointment = await makers_exchanges.planned(world, anna, rob)
    need = await makers_posts.need(world, anna, "Lamp ophangen")
    browser = await anna.browser()
    page = await browser.page(f"/parties/{rob.id}/block")
    assert "Rob krijgt hier geen bericht van." in page.text
    done = await browser.submit(page, "/block")
    assert "Rob Kwaad" in done.text and "niet meer tegen" in done.html
    his = await rob.browser()
    await his.page(f"/parties/{anna.id}", status=404)
    await his.page(f"/posts/{need}", status=404)
    await browser.page(f"/parties/{rob.id}", status=404)
    assert (await exchange(world, appointment)).owner_id == fatima.id
    async with world.transaction() as db:
        told = await db.fetch(
            "select kind from notice where party_id = $1 and withdrawn_at is null"
            " and kind like '%block%'",
            rob.id,
        )
    assert told == []
    log = await his.page("/parties/me/views")
    assert "Anna" not in log.text


async def test_a_hidden_neighbour_one_talks_with_can_be_blocked_too(world: World) -> None:
    anna, rob = await world.member("Anna de Vries"), await world.member("Rob Kwaad")
    await makers_exchanges.planned(world, anna, rob)
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=rob.id, hidden=True)
    await send(await anna.browser(), f"/parties/{rob.id}/block", "/block")
    async with world.transaction() as db:
        assert not await parties.may_meet(db, world.community, anna.id, rob.id)


async def test_who_cannot_be_seen_cannot_be_blocked_and_oneself_neither(world: World) -> None:
    anna = await world.member("Anna de Vries")
    hidden, applying = await world.member("Hes Dijk"), await world.applicant("Ans Nieuw")
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=hidden.id, hidden=True)
    browser = await anna.browser()
    for id_ in (hidden.id, applying):
        await browser.page(f"/parties/{id_}/block", status=404)
        assert await press(browser, f"/parties/{id_}/block") == 404
    await browser.page(f"/parties/{anna.id}/block", status=409)
    async with world.transaction() as db:
        assert await parties.blocks(db, world.community, anna.id) == []


async def test_the_download_holds_everything_and_no_reporter(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Melder")
    ria = await world.member("Ria Vos", likes="Soep koken", consent="later", birth_year=1948)
    await makers_posts.need(world, ria, "Lamp ophangen")
    appointment = await makers_exchanges.done(world, ria, anna, title="Heg snoeien")
    async with world.transaction() as db:
        place = {"community": world.community, "subject": ria.id, "now": world.clock()}
        await audit.note(db, act="report.made", actor=piet.id, **place)
        await audit.note(db, act="party.looked", actor=fatima.id, **place)
    answer = await (await ria.browser()).get(f"/{world.slug}/parties/me/download")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.content)
    text = answer.text
    for fact in ("Ria Vos", ria.number, "Soep koken", "1948", "Lamp ophangen", "Heg snoeien",
                 "Anna", "Vraag het me later", "Fatima Bouali", "Android, Chrome"):  # fmt: skip
        assert fact in text, fact
    assert "Piet" not in text and "Melder" not in text
    assert [line["Minuten"] for line in found["Uw tijd"]] == [300]
    assert any(row["Code"] == str(appointment) for row in found["Afspraken"])


async def test_everything_on_a_page_is_the_member_acted_for(world: World) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    browser = await act_for(fatima, ria)
    for path in ("/parties/me", "/parties/me/views", "/parties/me/leaving"):
        await browser.page(path)
    edit = await browser.page("/parties/me/edit")
    assert edit.form("/parties/me").data["full_name"] == "Ria Vos"
    file = await browser.get(f"/{world.slug}/parties/me/download")
    assert json.loads(file.content)["Gegevens"]["Naam"] == "Ria Vos"
    await send(browser, "/parties/me/leaving", "/leaving", choice="leave")
    assert await state_of(world, ria.id) == "leaving"
    assert await state_of(world, fatima.id) == "active"
