"""Who knows a member in private and stepped aside sees nothing of her any more, on no desk and no page;
what must be done for her is done by a colleague, or by an admin."""

from pathlib import Path

import pytest

from tests.makers_papers import by_post, letter_news
from tests.makers_posts import need
from tests.makers_signals import as_worker
from tests.makers_vouchers import asked_on_paper
from tests.world import Browser, Member, World
from timebank import contacts

pytestmark = pytest.mark.anyio
RIGHTS = Path(__file__).parents[1] / "house" / "rights.txt"
ROLES = 10
HOME = "Wie helpt met de gordijnen?"


def of_a_worker() -> list[tuple[str, str]]:
    """(method, path) of every page with a member in its address that is a worker's and no member's."""
    found = []
    for line in RIGHTS.read_text("utf-8").splitlines():
        if line.startswith("#") or "{party:uuid}" not in line:
            continue
        method, path, *answers = line.split()
        assert len(answers) == ROLES
        member, worker = answers[4], answers[8]
        if member == "404" and worker != "404":
            found.append((method, path))
    return found


async def stepped_aside(world: World, worker: Member, member: Member) -> None:
    async with world.transaction() as db:
        await contacts.step_aside(db, as_worker(world, worker), member.id, now=world.clock())


async def with_work(world: World) -> Member:
    """A member for whom something waits on every list that is by name."""
    wil, bram = await by_post(world), await world.member("Bram Bakker")
    await letter_news(world, wil, bram)
    await need(world, wil, HOME)
    await asked_on_paper(world, wil)
    world.clock.move(days=4)
    return wil


async def lists_of(browser: Browser) -> str:
    """All that stands on the lists of a worker."""
    paths = ("/worklist?show=all", "/worklist/print", "/parties", "/print/letters", "/print/cards")
    return " ".join([(await browser.page(path)).text for path in paths])


async def test_no_page_of_a_worker_with_her_in_its_address_opens_after_stepping_aside(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    wil = await with_work(world)
    pages = of_a_worker()
    assert len(pages) > 20
    await stepped_aside(world, samira, wil)
    closed, opened = await samira.browser(), await joris.browser()
    tokens = [(await b.page("/sessions")).forms()[0].data["_csrf"] for b in (closed, opened)]
    still, shut = [], []
    for method, path in pages:
        address = f"/{world.slug}" + path.replace("{party:uuid}", str(wil.id)).replace(
            "{other:uuid}", str(joris.id)
        )
        if method == "POST":
            answer = await closed.post(address, data={"_csrf": tokens[0]})
        else:
            answer = await closed.get(address)
            other = await opened.get(address)
            if other.status_code == 404:
                shut.append(path)
        if answer.status_code != 404:
            still.append((method, path, answer.status_code))
    assert still == []
    assert shut == [], "for a colleague they are there"


async def test_her_name_is_on_no_list_of_who_stepped_aside_and_on_that_of_a_colleague(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    wil = await with_work(world)
    first = await samira.browser()
    assert "Wil van der Meer" in await lists_of(first)
    await stepped_aside(world, samira, wil)
    assert "Wil van der Meer" not in await lists_of(first)
    desk = await (await joris.browser()).page("/worklist")
    assert desk.text.count("Wil van der Meer") >= 3 and HOME in desk.text
    neighbour = await first.page(f"/parties/{wil.id}")
    assert not any(link.endswith(f"/parties/{wil.id}/admin") for link in neighbour.links())


async def test_without_a_colleague_an_admin_does_it_and_no_other_admin_is_asked_before(
    world: World,
) -> None:
    samira, mia = await world.worker("Samira Bouali"), await world.admin("Mia Admin")
    wil = await with_work(world)
    office = await mia.browser()
    before = await office.page("/worklist?show=all")
    assert "Wil van der Meer" not in before.text
    token = before.forms()[0].data["_csrf"]
    hers = f"/{world.slug}/worklist/parties/{wil.id}/delivery"
    assert (await office.post(hers, data={"_csrf": token})).status_code == 404
    await stepped_aside(world, samira, wil)
    page = await office.page("/worklist")
    assert page.text.count("Wil van der Meer") >= 3 and HOME in page.text
    assert (
        "Wil van der Meer" not in (await (await samira.browser()).page("/worklist?show=all")).text
    )
    assert (await office.page(f"/vouchers/sheets/{wil.id}")).h1
    done = await office.submit(page, "/delivery")
    assert "Bewaard: dit is doorgegeven." in done.text
    await world.worker("Joris Blom")
    assert "Wil van der Meer" not in (await office.page("/worklist?show=all")).text


async def test_who_acts_for_her_and_steps_aside_is_out_at_the_next_click(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    wil = await by_post(world)
    browser = await samira.browser()
    page = await browser.page(f"/parties/{wil.id}/admin")
    await browser.submit(page, "/acting-for")
    assert (await browser.page("/hours")).h1 == "Mijn tijd"
    await stepped_aside(world, samira, wil)
    assert (await browser.page("/hours")).h1 == "Inloggen"
