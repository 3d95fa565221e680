"""Names and the Dutch forms of things, wherever they are shown (cases N1-N3, F1-F3, H1)."""

import re
from pathlib import Path

import pytest

from tests import makers_exchanges as talks
from tests.browser.crawl import crawl
from tests.house.town import Town
from tests.makers_membership import a_day_later, join_fields, press, send
from tests.makers_posts import need, offer
from tests.world import World
from timebank import parties
from timebank.kernel.db import Pool, transaction
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parent.parent.parent
UNSEEN = "\u200b" * 15


@pytest.mark.parametrize("field", ["full_name", "call_name"])
@pytest.mark.parametrize(
    "name", [UNSEEN, "\u2060" * 3, "\u00ad" * 9, "\u3164" * 4, "\u2800" * 4, " \u00a0 ", "‎ "]
)
async def test_n1_a_name_that_nobody_can_read_is_refused_in_words(
    world: World, field: str, name: str
) -> None:
    fields = join_fields(world) | {field: name}
    page = await send(world.browser(), "/parties/new", "/parties", status=422, **fields)
    assert f'id="{field}-error"' in page.html
    ria = await world.member("Ria Vos")
    own = await send(
        await ria.browser(), "/parties/me/edit", "/parties/me", status=422, **{field: name}
    )
    assert f'id="{field}-error"' in own.html


@pytest.mark.parametrize("name", ["Ria v\u200ban der Meer", "Ria van der M\u2060eer"])
async def test_n1_an_existing_name_with_something_unseen_in_it_is_refused(
    world: World, name: str
) -> None:
    await world.member("Ria van der Meer")
    page = await send(
        world.browser(), "/parties/new", "/parties", status=422,
        **join_fields(world, full_name=name),
    )  # fmt: skip
    assert "niemand kan zien" in page.errors()[0]


@pytest.mark.parametrize("name", ["Rla van der Meer", "RIA VAN DER MEER", "Ria  vander Méer"])
async def test_n1_who_admits_is_shown_whose_name_reads_the_same(world: World, name: str) -> None:
    worker = await world.worker("Samira Bouali")
    await world.member("Ria van der Meer", area=world.south)
    await send(
        world.browser(),
        "/parties/new",
        "/parties",
        **join_fields(world, full_name=name, call_name="R"),
    )
    applicant = await world.owner.fetchval(
        "select p.id from party p where p.community_id = $1 and p.state = 'applying'",
        world.community,
    )
    page = await (await worker.browser()).page(f"/applicants/{applicant}")
    assert "Kennen wij deze buur al?" in page.text and "Ria van der Meer" in page.text


@pytest.mark.parametrize("role", ["annie", "worker", "admin", "bram"])
async def test_n2_every_page_shows_the_new_name_also_in_old_lines(town: Town, role: str) -> None:
    bram = town.people["bram"]
    await send(
        await bram.browser(), "/parties/me/edit", "/parties/me", full_name="Okke Wiersma",
        call_name="Okke", phone="06 12341234", reachable_by="phone",
    )  # fmt: skip
    browser = await town.browser(role)
    found = await crawl(browser, town.world.slug, each=3, most=160)
    pages = [page.html for kind in found.values() for page in kind]
    assert not [html for html in pages if re.search(r"\bBram\b|\bBakker\b", html)]
    assert any("Okke" in html for html in pages)
    file = await browser.get(f"/{town.world.slug}/parties/me/download")
    assert "Bakker" not in file.text and '"Bram' not in file.text


async def test_n2_the_change_itself_stands_in_her_log_only(town: Town) -> None:
    bram, annie = town.people["bram"], town.people["annie"]
    await send(
        await bram.browser(), "/parties/me/edit", "/parties/me", full_name="Okke Wiersma",
        call_name="Okke", phone="06 12341234", reachable_by="phone",
    )  # fmt: skip
    assert "Veranderde uw gegevens" in (await (await bram.browser()).page("/parties/me/views")).text
    hers = await (await annie.browser()).page("/parties/me/views")
    assert "Veranderde uw gegevens" not in hers.text


async def test_n2_words_that_wait_are_worded_with_the_new_name(town: Town, work_pool: Pool) -> None:
    bram = town.people["bram"]
    async with town.world.transaction() as db:
        found = await parties.party(db, town.world.community, bram.id)
        details = town.world.details("Okke Wiersma", place_id=found.place_id)
        await parties.change_details(
            db, community=town.world.community, party=bram.id, by=bram.id,
            now=town.world.clock(), details=details,
        )  # fmt: skip
    async with transaction(work_pool, town.world.community) as db:
        left = await db.fetch("select details::text, kind from notice")
    assert left and not [row for row in left if "Bram" in row["details"]]
    audit = await town.world.owner.fetch(
        "select detail::text from audit_entry where community_id = $1", town.world.community
    )
    assert not [row for row in audit if row["detail"] and "Bram" in row["detail"]]


DUTCH = ("Jan de Boer", "Ria van der Meer", "Ali Aksoy", "Wil Meijer")
IN_ORDER = ("Aksoy", "Boer", "Meer", "Meijer")


async def test_n3_every_list_of_people_follows_the_surname(world: World) -> None:
    anna, worker = await world.member("Anna Zwart"), await world.worker("Samira Bouali")
    admin = await world.admin("Joris Zijlstra")
    for name in DUTCH:
        member = await world.member(name)
        await talks.confirmed(world, anna, member, minutes=15)
        async with world.transaction() as db:
            await parties.block(
                db, community=world.community, blocker=worker.id, blocked=member.id,
                by=worker.id, now=world.clock(),
            )  # fmt: skip
    blocked = await (await worker.browser()).page("/parties/me")
    listed = await (await admin.browser()).page("/parties")
    for page in (blocked, listed):
        places = [page.text.index(name) for name in IN_ORDER]
        assert places == sorted(places), page.text


def test_n3_no_query_puts_people_in_any_other_order() -> None:
    for file in sorted((ROOT / "sql").glob("*.sql")):
        for clause in re.findall(r"order by ([^;]*?)(?:limit|;|\))", file.read_text("utf-8")):
            assert not re.search(r"\b(full_name|call_name)\b", clause), (file.name, clause)


F1 = [
    ("1234ab", "1234 AB"), ("1234  AB", "1234 AB"), ("1234\u00a0ab", "1234 AB"), ("", ""),
    ("0123 AB", None), ("1234 SA", None), ("1234 SD", None), ("1234 SS", None), ("1234", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), F1)
async def test_f1_a_postcode_as_people_type_it(world: World, typed: str, kept: str | None) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    after = await send(
        browser, "/parties/me/edit", "/parties/me", status=422 if kept is None else 200,
        postcode=typed, phone="06 12341234", reachable_by="phone",
    )  # fmt: skip
    if kept is None:
        assert 'id="postcode-error"' in after.html
        assert after.form("/parties/me").data["postcode"] == typed
    else:
        again = await browser.page("/parties/me/edit")
        assert again.form("/parties/me").data["postcode"] == kept


async def test_f2_the_dutch_ij_is_never_broken(world: World) -> None:
    """Title, place, name and the community's own words; also not by a capital in the page."""
    admin = await world.admin("Ada Zaak")
    desk = await admin.browser()
    own = {
        "nl_member_one": "ijsbuur", "nl_member_many": "ijsburen", "nl_worker_one": "ijsmeester",
        "nl_worker_many": "ijsmeesters", "nl_worker_the": "de ijsmeester",
        "nl_member_the": "de ijsbuur",
    }  # fmt: skip
    await send(desk, "/community/words", "/community/words", **own)
    ijs = await world.member("ijsbrand ijzerman", call_name="ijsbrand")
    bob = await world.member("Bob Bakker")
    worker = await world.worker("Samira Bouali")
    post = await need(world, ijs, "ijsjes halen in ijmuiden")
    await offer(world, ijs, "ijskoffie zetten")
    await talks.answer(world, post, bob)
    for member in (bob, ijs, worker, admin):
        browser = await member.browser()
        found = await crawl(browser, world.slug, each=2, most=90)
        for kind, pages in found.items():
            for one in pages:
                words = one.tree
                text = " ".join(piece for piece in words.itertext())
                assert not re.search(r"\bIj", text), kind
    shown = await (await bob.browser()).page(f"/posts/{post}")
    assert shown.h1 in ("ijsjes halen in ijmuiden", "IJsjes halen in ijmuiden")
    assert ">IJ<" in re.sub(r"\s+", "", shown.html) or "IJ" in shown.html


def test_f2_no_style_sheet_and_no_template_changes_the_letters_of_words() -> None:
    sheet = (ROOT / "timebank/web/static/style.css").read_text("utf-8")
    assert "text-transform" not in sheet and "::first-letter" not in sheet
    for template in sorted((ROOT / "templates").rglob("*.html")):
        assert not re.search(r"\|\s*(title|upper)\b", template.read_text("utf-8")), template
    for module in sorted((ROOT / "timebank").rglob("*.py")):
        assert not re.search(r"\.(title|capitalize)\(\)", module.read_text("utf-8")), module


ONE_NUMBER = [
    "06-12345678",
    "+31 6 1234 5678",
    "0031612345678",
    "(06)12 34 56 78",
    "06.12.34.56.78",
]


@pytest.mark.parametrize("typed", ONE_NUMBER)
async def test_f3_one_number_for_doubles_and_the_link(
    world: World, work_pool: Pool, settings: Settings, typed: str
) -> None:
    worker, piet = await world.worker("Samira Bouali"), await world.member("Piet Klok")
    ria = await world.member("Ria Vos")
    await send(
        await ria.browser(), "/parties/me/edit", "/parties/me", phone=typed, reachable_by="phone"
    )
    await a_day_later(world, work_pool, settings)
    id_ = await talks.planned(world, piet, ria)
    page = await (await piet.browser()).page(f"/exchanges/{id_}")
    assert 'href="tel:+31612345678"' in page.html
    await send(
        world.browser(), "/parties/new", "/parties", **join_fields(world, phone="06 1234 5678")
    )
    applicant = await world.owner.fetchval(
        "select id from party where community_id = $1 and state = 'applying'", world.community
    )
    doubles = await (await worker.browser()).page(f"/applicants/{applicant}")
    assert "Ria Vos" in doubles.text and "Piet Klok" not in doubles.text


@pytest.mark.parametrize("typed", ["030 2345678", "+32 470 12 34 56", "0900-1234", "085 1234567"])
async def test_f3_other_numbers_are_taken_too(world: World, typed: str) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    await send(
        browser, "/parties/me/edit", "/parties/me", status=200, phone=typed, reachable_by="phone"
    )
    kept = (await browser.page("/parties/me/edit")).form("/parties/me").data["phone"]
    assert re.sub(r"\D", "", kept).endswith(re.sub(r"\D", "", typed)[-6:])


async def test_h1_each_of_a_couple_is_greeted_by_their_own_name(world: World) -> None:
    anna = await world.member("Anna de Vries", email="samen@example.org", reachable_by="email")
    bram = await world.member("Bram de Vries", email="samen@example.org", reachable_by="email")
    await world.give_password(anna, "anna heeft een fiets")
    await world.give_password(bram, "bram houdt van soep")
    for member, password in ((anna, "anna heeft een fiets"), (bram, "bram houdt van soep")):
        for who in ("samen@example.org", member.number):
            browser = world.browser()
            start = await browser.submit(await browser.page("/session"), who=who, password=password)
            assert start.h1 == f"Dag {member.call_name}"
            assert await press(browser, "/parties/me/nothing") == 404
