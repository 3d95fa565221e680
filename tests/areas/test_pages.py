"""Neighbourhoods and places: what staff see, and what an admin changes."""

import asyncio

import pytest

from tests.world import World
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("who", ["member", "stranger"])
async def test_the_desk_is_for_who_works_here(world: World, who: str) -> None:
    if who == "stranger":
        assert (await world.browser().page("/areas")).h1 == "Inloggen"
        return
    browser = await (await world.member("Anna de Vries")).browser()
    for path in ("/areas", f"/areas/{world.north}", f"/areas/{world.north}/edit", "/areas/new"):
        await browser.page(path, status=404)


async def test_a_worker_sees_the_neighbourhoods_and_changes_none(world: World) -> None:
    browser = await (await world.worker("Fatima Bakir")).browser()
    page = await browser.page("/areas")
    assert "Noord" in page.text and "Fatima Bakir" in page.text
    assert "Hier werkt nu niemand" in page.text
    assert "Zet er een buurt bij" not in page.text
    seen = await browser.page(f"/areas/{world.north}")
    assert "Maasplein" in seen.text and "Sluit Noord" not in seen.text
    for path in (f"/areas/{world.north}/edit", f"/areas/{world.north}/helper", "/areas/new"):
        await browser.page(path, status=404)
    await browser.page(f"/areas/{new_id()}", status=404)


async def test_few_members_are_not_counted(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    for n in "ABCD":
        await world.member(f"Buur Nummer{n}", world.south)
    browser = await admin.browser()
    south = await browser.page(f"/areas/{world.south}")
    assert "Deelnemers: minder dan 5" in south.text
    await world.member("Buur NummerE", world.south)
    assert "Deelnemers: 5" in (await browser.page(f"/areas/{world.south}")).text


async def test_an_admin_adds_renames_and_names_who_helps(world: World) -> None:
    admin, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna = await world.member("Anna de Vries", world.north)
    browser = await admin.browser()
    page = await browser.page("/areas/new")
    taken = await browser.submit(page, "/areas", status=422, name="noord")
    assert "Deze naam is al in gebruik" in taken.errors()[0]
    assert taken.form("/areas").data["name"] == "noord"
    made = await browser.submit(taken, "/areas", name="Oost")
    assert made.h1 == "Oost"
    edit = await browser.page(f"/areas/{world.north}/edit")
    renamed = await browser.submit(edit, f"/areas/{world.north}", name="Noorderkwartier")
    assert renamed.h1 == "Noorderkwartier"
    helper = await browser.page(f"/areas/{world.north}/helper")
    wrong = await browser.submit(helper, "/helper", status=422, phone="bel maar", hours="altijd")
    assert 'id="phone-error"' in wrong.html and wrong.form("/helper").data["hours"] == "altijd"
    await browser.submit(helper, "/helper", status=404, follow=False, person=str(anna.id))
    await browser.submit(
        helper, "/helper", person=str(fatima.id), phone="0612345678", walk_in="Huis Maas"
    )
    start = await (await anna.browser()).page("/")
    assert "Fatima Bakir" in start.html and "Huis Maas" in start.html
    assert "tel:+31612345678" in start.html


async def test_a_neighbourhood_closes_only_when_nobody_has_it(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    browser = await admin.browser()
    await world.applicant("Nieuwe Buur", world.south)
    page = await browser.page(f"/areas/{world.south}")
    refused = await browser.submit(page, "/closing", status=409)
    assert "er horen nog mensen bij" in refused.errors()[0]
    await world.owner.execute(
        "update party set state = 'refused' where community_id = $1 and state = 'applying'",
        world.community,
    )
    joris = await world.worker("Joris Vink")
    await world._grant(joris, "worker", world.south)
    await browser.submit(page, "/closing", status=409)
    await world.owner.execute(
        "update role set ends_on = starts_on where community_id = $1 and area_id = $2",
        world.community, world.south,
    )  # fmt: skip
    world.clock.move(days=1)
    browser = await admin.browser()
    page = await browser.page(f"/areas/{world.south}")
    closed = await browser.submit(page, "/closing")
    assert "gesloten" in closed.text
    page = await browser.page(f"/areas/{world.south}")
    opened = await browser.submit(page, "/opening")
    assert opened.h1 == "Zuid"


async def test_closing_waits_for_who_is_just_joining(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    browser = await admin.browser()
    page = await browser.page(f"/areas/{world.south}")
    form = page.form("/closing")
    async with world.transaction() as db:
        applied = await db.fetchval(
            "insert into party (community_id, id, kind, state, state_at, applied_at)"
            " values ($1, $2, 'person', 'applying', $3, $3) returning id",
            world.community, new_id(), world.clock(),
        )  # fmt: skip
        await db.execute(
            "insert into person (community_id, party_id, full_name, call_name, sort_name, skeleton,"
            " area_id, reachable_by, changed_at) values ($1, $2, 'N', 'N', 'n', 'n', $3, 'app', $4)",
            world.community, applied, world.south, world.clock(),
        )  # fmt: skip
        closing = asyncio.create_task(browser.post(form.action, data=form.data))
        await asyncio.sleep(0.3)
        assert not closing.done()
    assert (await closing).status_code == 409


async def test_places_are_added_moved_and_retired(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    browser = await admin.browser()
    page = await browser.page(f"/areas/{world.north}/places/new")
    wrong = await browser.submit(page, "/places", status=422, name="Rijnplein", x_m="100")
    assert 'id="y_m-error"' in wrong.html and wrong.form("/places").data["name"] == "Rijnplein"
    wrong = await browser.submit(page, "/places", status=422, name="maasplein")
    assert "al een plek met deze naam" in wrong.errors()[0]
    made = await browser.submit(page, "/places", name="Rijnplein", x_m="100", y_m="-50")
    assert "Rijnplein" in made.text
    edit = await browser.page(f"/areas/{world.north}/places/{world.square}/edit")
    assert edit.form(f"/places/{world.square}").data["x_m"] == "0"
    changed = await browser.submit(edit, f"/places/{world.square}", name="Nieuw Maasplein", x_m="7")
    assert "Nieuw Maasplein" in changed.text
    gone = await browser.submit(edit, "/retirement")
    assert "Nieuw Maasplein" not in gone.text
    await browser.page(f"/areas/{world.north}/places/{world.square}/edit", status=404)
    await browser.page(f"/areas/{world.south}/places/{world.square}/edit", status=404)


@pytest.mark.parametrize("hue", ["20", "0", "359"])
async def test_the_stylesheet_shows_a_sample_of_a_hue(world: World, hue: str) -> None:
    answer = await world.browser().get(f"/{world.slug}/style.css?hue={hue}")
    assert f"--hue:{hue}" in answer.text
    assert answer.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize("hue", ["", "360", "-1", "abc", "²", "99999999999"])
async def test_an_odd_hue_gives_the_communitys_own_colour(world: World, hue: str) -> None:
    answer = await world.browser().get(f"/{world.slug}/style.css?hue={hue}")
    assert "--hue:168" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_neighbourhood_and_a_place_have_a_letter_in_their_name(world: World) -> None:
    browser = await (await world.admin("Ada Beheer")).browser()
    for path, action in (("/areas/new", "/areas"), (f"/areas/{world.north}/places/new", "/places")):
        page = await browser.page(path)
        wrong = await browser.submit(page, action, status=422, name="-999")
        assert wrong.errors() == ["Schrijf een woord, met letters."]
