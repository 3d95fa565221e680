"""Ways back in: a mailed link, a worker's code, another password; sessions and drafts."""

from email.parser import BytesParser
from email.policy import default

import pytest

from tests.world import PASSWORD, World
from timebank import access
from timebank.kernel import outbox
from timebank.kernel.db import Pool, transaction

pytestmark = pytest.mark.anyio
NEW = "vier gewone woorden samen"


async def _ticket(world: World, party: object, kind: str = "reset") -> str:
    async with world.transaction() as db:
        return await access.make_ticket(
            db, community=world.community, party=party, kind=kind, by=None, now=world.clock()
        )


async def test_looking_at_a_mailed_link_does_not_use_it(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    code = await _ticket(world, anna.id)
    robot = world.browser()
    for _again in range(5):
        await robot.get(f"/{world.slug}/tickets/{code}", follow_redirects=True)
        await robot.head(f"/{world.slug}/tickets/{code}")
    person = world.browser()
    page = await person.page(f"/tickets/{code}")
    assert code not in page.url
    start = await person.submit(page, password=NEW)
    assert "Dag Anna" in start.h1
    other = world.browser()
    spent = await other.page(f"/tickets/{code}")
    assert "werkt niet meer" in spent.text


async def test_a_newer_link_makes_the_older_one_worthless(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    old = await _ticket(world, anna.id)
    await _ticket(world, anna.id)
    assert "werkt niet meer" in (await world.browser().page(f"/tickets/{old}")).text


async def test_a_link_dies_after_an_hour(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    code = await _ticket(world, anna.id)
    world.clock.move(minutes=61)
    assert "werkt niet meer" in (await world.browser().page(f"/tickets/{code}")).text


async def test_a_code_by_phone_opens_the_door_once(world: World) -> None:
    anna = await world.member("Anna de Vries")
    code = await _ticket(world, anna.id, "worker_code")
    browser = world.browser()
    page = await browser.page("/code")
    spoken = f"{code[:4]} {code[4:8]} {code[8:]}"
    start = await browser.submit(page, number=anna.number, code=spoken, password=NEW)
    assert "Dag Anna" in start.h1
    again = world.browser()
    refused = await again.submit(
        await again.page("/code"), status=422, number=anna.number, code=code, password=NEW
    )
    assert "horen niet bij elkaar" in refused.errors()[0]


async def test_forgetting_answers_the_same_for_whoever_we_know(world: World) -> None:
    await world.member("Anna de Vries", email="anna@example.org", password=True)
    pages = []
    for who in ("anna@example.org", "niemand@example.org", "100014"):
        browser = world.browser()
        page = await browser.page("/password/forgotten")
        pages.append(await browser.submit(page, who=who))
    assert len({page.text for page in pages}) == 1


async def test_the_mail_with_a_link_goes_out_and_its_code_is_not_kept(
    world: World, work_pool: Pool, settings: object, tmp_path: object
) -> None:
    anna = await world.member("Anna de Vries", email="anna@example.org", reachable_by="email")
    browser = world.browser()
    await browser.submit(await browser.page("/password/forgotten"), who=" Anna@Example.org ")
    async with transaction(work_pool, world.community) as db:
        jobs = await outbox.claim(db, community=world.community, now=world.clock())
        (job,) = [job for job in jobs if job.kind == "mail.ticket"]
        message = await outbox.do(db, outbox.Errand(world.community, job, world.clock(), settings))
        await outbox.done(db, community=world.community, job=job, now=world.clock())
    read = BytesParser(policy=default).parsebytes(message.as_bytes())
    assert read["To"] == "Anna de Vries <anna@example.org>"
    assert job.payload["code"] in read.get_content()
    left = await world.owner.fetchval(
        "select payload::text from outbox where community_id = $1 and id = $2",
        world.community,
        job.id,
    )
    assert left == "{}"
    assert anna.number not in read.get_content()


@pytest.mark.parametrize("bad", ["kort", "welkom01", "anna de vries", "12345678", NEW + "\n"])
async def test_a_weak_password_is_refused_in_words(world: World, bad: str) -> None:
    anna = await world.member("Anna de Vries")
    code = await _ticket(world, anna.id)
    browser = world.browser()
    page = await browser.page(f"/tickets/{code}")
    refused = await browser.submit(page, status=422, password=bad)
    assert 'id="password-error"' in refused.html
    assert (await browser.submit(refused, password=NEW)).h1 == "Dag Anna"


async def test_s3_a_changed_password_ends_the_other_browser_and_keeps_its_text(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries", password=True)
    here = await anna.browser()
    there = await anna.browser()
    half_done = await there.page("/hours/transfers/new")
    page = await here.page("/password")
    changed = await here.submit(page, current=PASSWORD, password=NEW)
    assert "Uw nieuwe wachtwoord geldt" in changed.text
    sign_in = await there.submit(
        half_done, to="pot", minutes_choice="60", words="Een lang verhaal " * 5
    )
    assert sign_in.h1 == "Inloggen" and "Uw tekst is bewaard. Log in" in sign_in.text
    again = await there.submit(sign_in, status=422, who=anna.number, password=PASSWORD)
    assert "Uw tekst is bewaard. Log in" in again.text
    back = await there.submit(sign_in, who=anna.number, password=NEW)
    assert "Uw tekst is bewaard" in back.text
    assert back.form("/hours/transfers").data["words"].startswith("Een lang verhaal")
    assert back.form("/hours/transfers").data["minutes_choice"] == "60"


async def test_somebody_else_signing_in_does_not_get_the_text(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    bram = await world.member("Bram Bakker", password=True)
    browser = await anna.browser()
    page = await browser.page("/hours/transfers/new")
    world.clock.move(minutes=31)
    sign_in = await browser.submit(page, to="pot", minutes_choice="60", words="Mijn geheim")
    back = await browser.submit(sign_in, who=bram.number, password=PASSWORD)
    assert "Mijn geheim" not in back.html


async def test_after_half_an_hour_a_borrowed_device_is_signed_out(world: World) -> None:
    anna = await world.member("Anna de Vries")
    borrowed, own = await anna.browser(), await anna.browser(own_device=True)
    world.clock.move(minutes=31)
    ended = await borrowed.page("/hours")
    assert ended.h1 == "Inloggen" and "Uw tekst is bewaard" not in ended.text
    assert (await own.page("/hours")).h1 == "Mijn tijd"
    world.clock.move(days=14, minutes=1)
    assert (await own.page("/hours")).h1 == "Inloggen"


async def test_two_sign_in_tabs_both_work(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    browser = world.browser()
    one, other = await browser.page("/session"), await browser.page("/session")
    await browser.submit(one, who=anna.number, password=PASSWORD)
    assert (await browser.submit(other, who=anna.number, password=PASSWORD)).h1 == "Dag Anna"


async def test_a_couple_with_one_address_gets_in_by_password_or_is_asked_for_the_number(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries", email="samen@example.org")
    bram = await world.member("Bram de Vries", email="samen@example.org")
    await world.give_password(anna, "anna heeft een fiets")
    await world.give_password(bram, "bram houdt van soep")
    browser = world.browser()
    page = await browser.page("/session")
    start = await browser.submit(page, who="samen@example.org", password="bram houdt van soep")
    assert start.h1 == "Dag Bram"
    await world.give_password(anna, "bram houdt van soep")
    browser = world.browser()
    page = await browser.page("/session")
    asked = await browser.submit(
        page, status=422, who="samen@example.org", password="bram houdt van soep"
    )
    assert "Log dan in met uw nummer" in asked.errors()[0]


@pytest.mark.parametrize("written", ["  {n}", "{spaced}", "0{n}", "{email}"])
async def test_s2_number_and_address_are_taken_as_people_write_them(
    world: World, written: str
) -> None:
    ria = await world.member("Ria Smit", email="Ria@Example.org", password=True)
    who = written.format(n=ria.number, spaced=" ".join(ria.number), email="rIa@Example.org ")
    browser = world.browser()
    start = await browser.submit(await browser.page("/session"), who=who, password=PASSWORD)
    assert start.h1 == "Dag Ria"


async def test_s2_a_password_is_exact_and_an_enter_that_came_along_is_told(world: World) -> None:
    ria = await world.member("Ria Smit", password=True)
    browser = world.browser()
    page = await browser.page("/session")
    for typed in (PASSWORD + " ", PASSWORD.upper()):
        wrong = await browser.submit(page, status=422, who=ria.number, password=typed)
        assert "horen niet bij elkaar" in wrong.errors()[0]
    told = await browser.submit(page, status=422, who=ria.number, password=PASSWORD + "\r\n")
    assert "Uw wachtwoord staat op twee regels" in told.errors()[0]


async def test_s4_a_guesser_is_slowed_and_the_owner_still_gets_in_at_home(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    home = world.browser()
    await home.submit(await home.page("/session"), who=anna.number, password=PASSWORD)
    home.cookies.delete(f"session-{world.slug}")
    guesser = world.browser()
    statuses = []
    for n in range(12):
        page = await guesser.page("/session")
        answer = await guesser.post(
            page.form().action, data=page.form().data | {"who": anna.number, "password": f"gok {n}"}
        )
        statuses.append(answer.status_code)
    assert statuses == [422] * 10 + [429] * 2
    start = await home.submit(await home.page("/session"), who=anna.number, password=PASSWORD)
    assert start.h1 == "Dag Anna"


async def test_a_planted_cookie_is_never_adopted(world: World) -> None:
    anna = await world.member("Anna de Vries", password=True)
    browser = world.browser()
    browser.cookies.set(f"session-{world.slug}", "gekozen-door-een-ander")
    await browser.submit(await browser.page("/session"), who=anna.number, password=PASSWORD)
    values = [c.value for c in browser.cookies.jar if c.name == f"session-{world.slug}"]
    assert "gekozen-door-een-ander" not in values[-1:]
    stored = await world.owner.fetchval(
        "select count(*) from session where community_id = $1 and party_id = $2",
        world.community,
        anna.id,
    )
    assert stored == 1


async def test_sessions_are_listed_and_one_can_be_ended(world: World) -> None:
    anna = await world.member("Anna de Vries")
    here, there = await anna.browser(), await anna.browser()
    page = await here.page("/sessions")
    ended = await here.submit(page, "/end")
    assert "uitgelogd" in ended.text
    assert (await there.page("/hours")).h1 == "Inloggen"
    assert (await here.page("/hours")).h1 == "Mijn tijd"


async def test_nobody_ends_somebody_elses_session(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    hers = await anna.browser()
    his = await bram.browser()
    mine = await world.owner.fetchval(
        "select id from session where community_id = $1 and party_id = $2", world.community, anna.id
    )
    form = (await his.page("/password")).form()
    answer = await his.post(
        f"/{world.slug}/sessions/{mine}/end", data={"_csrf": form.data["_csrf"]}
    )
    assert answer.status_code == 404
    assert (await hers.page("/hours")).h1 == "Mijn tijd"


async def test_a_lost_phone_is_signed_out_by_who_looks_after_its_owner(world: World) -> None:
    anna = await world.member("Anna de Vries")
    worker, elsewhere = (
        await world.worker("Samira Bouali"),
        await world.worker("Wim Oost", world.south),
    )
    hers, phone = await anna.browser(), await anna.browser()
    desk = await worker.browser()
    page = await desk.page(f"/parties/{anna.id}/admin")
    form = page.form("/sessions/end")
    theirs = await (await elsewhere.browser()).post(form.action, data=form.data)
    assert theirs.status_code in (403, 404)
    assert (await phone.page("/hours")).h1 == "Mijn tijd"
    done = await desk.submit(page, "/sessions/end")
    assert "overal uitgelogd" in done.text
    for browser in (hers, phone):
        assert (await browser.page("/hours")).h1 == "Inloggen"
    log = await (await anna.browser()).page("/parties/me/views")
    assert "Logde u overal uit." in log.text
