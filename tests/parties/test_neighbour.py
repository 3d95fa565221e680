"""The page of a neighbour, and the list of people."""

from uuid import UUID

import pytest

from tests.world import World, make_world
from timebank import audit, parties
from timebank.kernel.db import Db, Pool
from timebank.kernel.ids import new_id
from timebank.parties.neighbour_pages import PAGES_AN_HOUR

pytestmark = pytest.mark.anyio


async def test_a_neighbour_sees_call_name_and_likes_and_nothing_private(world: World) -> None:
    anna = await world.member("Anna de Vries")
    ria = await world.member(
        "Ria van der Meer", likes="Wandelen en soep koken", email="ria@voorbeeld.nl",
        phone="06-12345678", phone_key="+31612345678", birth_year=1948, street="Maasplein 3",
        dislikes="Ladders", place_id=world.square,
    )  # fmt: skip
    page = await (await anna.browser()).page(f"/parties/{ria.id}")
    assert page.h1.endswith("Ria")
    assert "Wandelen en soep koken" in page.text and "Maasplein, Noord" in page.text
    for private in ("ria@voorbeeld.nl", "12345678", "1948", "Maasplein 3", "Ladders", "Meer"):
        assert private not in page.html.replace("Maasplein, Noord", "")


@pytest.mark.parametrize("state", ["paused", "leaving"])
async def test_who_rests_or_stops_can_still_be_seen(
    world: World, state: parties.PartyState
) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    await _move(world, ria.id, state)
    await (await anna.browser()).page(f"/parties/{ria.id}")


@pytest.mark.parametrize("state", ["suspended", "left", "deceased"])
async def test_who_does_not_take_part_answers_as_nobody(
    world: World, state: parties.PartyState
) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    await _move(world, ria.id, state)
    await (await anna.browser()).page(f"/parties/{ria.id}", status=404)


async def _move(world: World, party: UUID, state: parties.PartyState) -> None:
    async with world.transaction() as db:
        await parties.set_state(
            db, community=world.community, party=party, state=state, from_states=("active",),
            by=None, now=world.clock(), paused_until=world.clock().date(),
        )  # fmt: skip


async def test_a_hidden_a_blocked_and_an_applying_person_answer_exactly_alike(
    world: World,
) -> None:
    anna = await world.member("Anna de Vries")
    hidden, blocked = await world.member("Hes Dijk"), await world.member("Bas Blok")
    applying = await world.applicant("Ans Nieuw")
    async with world.transaction() as db:
        await parties.set_hidden(db, community=world.community, id_=hidden.id, hidden=True)
        await parties.block(
            db, community=world.community, blocker=blocked.id, blocked=anna.id, by=blocked.id,
            now=world.clock(),
        )  # fmt: skip
    browser = await anna.browser()
    bodies = set()
    for id_ in (hidden.id, blocked.id, applying, "019a0000-0000-7000-8000-000000000000"):
        page = await browser.page(f"/parties/{id_}", status=404)
        bodies.add(page.html)
    assert len(bodies) == 1
    await (await blocked.browser()).page(f"/parties/{anna.id}", status=404)


async def test_somebody_of_another_community_is_not_there(
    world: World, wall: object, web_pool: Pool, owner: Db
) -> None:
    anna = await world.member("Anna de Vries")
    elsewhere = await make_world(wall, web_pool, owner, world.clock)
    stranger = await elsewhere.member("Sem Vreemd")
    await (await anna.browser()).page(f"/parties/{stranger.id}", status=404)


async def test_walking_through_people_stops_after_sixty_and_the_admin_can_read_it(
    world: World,
) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    browser = await anna.browser()
    for n in range(PAGES_AN_HOUR.tries):
        path = f"/parties/{ria.id}" if n % 2 else f"/parties/019a0000-0000-7000-8000-{n:012d}"
        await browser.page(path, status=200 if n % 2 else 404)
    for _again in range(3):
        page = await browser.page(f"/parties/{ria.id}", status=429)
    assert "Wacht even" in page.h1
    async with world.transaction() as db:
        lines = await audit.log(db, community=world.community)
    told = [line for line in lines if line.act == "party.many_pages"]
    assert [line.actor_id for line in told] == [anna.id]
    world.clock.move(hours=1)
    await browser.page(f"/parties/{ria.id}")


async def test_people_are_listed_by_surname_without_prefix(world: World) -> None:
    fatima = await world.worker("Fatima Zaki")
    for name in ("Wil Meijer", "Ria van der Meer", "Jan de Boer", "Ali Aksoy"):
        await world.member(name)
    await world.member("Zus Zuid", world.south)
    page = await (await fatima.browser()).page("/parties")
    order = [page.text.index(name) for name in ("Aksoy, Ali", "de Boer, Jan",
             "van der Meer, Ria", "Meijer, Wil", "Zaki, Fatima")]  # fmt: skip
    assert order == sorted(order)
    assert "Zuid, Zus" not in page.text
    assert "doet mee" not in page.text, "the tab says that"


async def test_an_admin_sees_every_neighbourhood_and_a_member_no_list_at_all(
    world: World,
) -> None:
    ada = await world.admin("Ada Beheer")
    anna = await world.member("Anna de Vries")
    await world.member("Zus Zuid", world.south)
    page = await (await ada.browser()).page("/parties")
    assert "Zuid, Zus" in page.text and "de Vries, Anna" in page.text
    browser = await anna.browser()
    await browser.page("/parties", status=404)
    fatima = await world.worker("Fatima Zaki")
    await (await fatima.browser()).page(f"/parties?area={world.south}", status=404)


@pytest.mark.parametrize("who", ["ria van der meer", "Meer", "RÍA", "{number}", "{number}  "])
async def test_people_are_found_by_part_of_a_name_or_by_number(world: World, who: str) -> None:
    fatima = await world.worker("Fatima Zaki")
    ria = await world.member("Ria van der Meer")
    await world.member("Wil Jansen")
    browser = await fatima.browser()
    page = await browser.page("/parties")
    found = await browser.submit(page, "/parties/search", who=who.format(number=ria.number))
    assert "van der Meer, Ria" in found.text and "Jansen" not in found.text
    assert "meer" not in found.url.lower()


@pytest.mark.parametrize("who", ["%", "_", "???", "  x%y  ", "\\", "' or 1=1"])
async def test_odd_searches_find_nobody_and_say_so(world: World, who: str) -> None:
    fatima = await world.worker("Fatima Zaki")
    browser = await fatima.browser()
    page = await browser.page("/parties")
    found = await browser.submit(page, "/parties/search", who=who)
    assert "Niemand gevonden" in found.text


async def test_the_list_goes_on_where_it_stopped_without_a_name_in_the_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timebank.parties.people_pages.PAGE", 2)
    fatima = await world.worker("Fatima Zaki")
    for name in ("Ali Aksoy", "Jan de Boer", "Wil Meijer"):
        await world.member(name)
    browser = await fatima.browser()
    first = await browser.page("/parties")
    assert "de Boer, Jan" in first.text and "Meijer" not in first.text
    more = next(href for href in first.links() if "after=" in href)
    assert "boer" not in more
    second = await browser.page(more.removeprefix(f"/{world.slug}"))
    assert "Meijer, Wil" in second.text and "Boer" not in second.text


async def test_the_page_says_since_when_somebody_takes_part_and_who_reads_a_worry(
    world: World,
) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    await world.owner.execute(
        "update party set admitted_at = '2025-03-31 23:30+02' where community_id = $1 and id = $2",
        world.community, ria.id,
    )  # fmt: skip
    page = await (await anna.browser()).page(f"/parties/{ria.id}")
    assert "Doet mee sinds maart 2025." in page.text
    assert "Ik maak me zorgen (alleen de buurtwerker leest dat)" in page.text


async def test_a_list_of_people_goes_on_when_the_last_one_seen_was_erased(world: World) -> None:
    """An address from the page before names somebody who is not there any more."""
    samira = await world.worker("Samira Bouali")
    await world.member("Ria Jansen")
    page = await (await samira.browser()).page(f"/parties?after={new_id()}")
    assert "Jansen, Ria" in page.text
