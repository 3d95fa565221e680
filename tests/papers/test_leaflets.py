"""Leaflets and the paper form: what may stand on paper, and in which order questions are asked."""

import re
from typing import Any

import pytest

from tests.makers_posts import need, offer
from tests.world import World
from timebank import parties

pytestmark = pytest.mark.anyio


def sheet_of(html: str) -> str:
    """What is printed."""
    return re.sub(r"\s+", " ", html.partition("<article")[2].partition("</article>")[0])


async def test_a_leaflet_says_what_a_member_sees_and_nothing_of_who_is_blocked_or_hidden(
    world: World,
) -> None:
    samira = await (await world.worker("Samira Bouali")).browser()
    anna = await world.member("Anna de Vries", phone="06 55500123", phone_key="+31655500123")
    bram, dirk, hidden = [
        await world.member(name) for name in ("Bram Bakker", "Dirk Post", "Hanna Schuil")
    ]
    zus = await world.member("Zus Bos", world.south)
    await need(world, anna, "Wie leest voor?")
    await offer(world, bram, "Ik snoei de heg")
    await offer(world, dirk, "Ik kook soep")
    await offer(world, hidden, "Ik naai gordijnen")
    await offer(world, zus, "Ik poets ramen")
    gone = await need(world, bram, "Wie heeft geld?")
    await world.owner.execute("update post set hidden_at = now() where id = $1", gone)
    place: dict[str, Any] = {"community": world.community}
    async with world.transaction() as db:
        await parties.block(
            db, blocker=anna.id, blocked=dirk.id, by=anna.id, now=world.clock(), **place
        )
        await parties.set_hidden(db, id_=hidden.id, hidden=True, **place)
    for_all = sheet_of((await samira.page(f"/print/areas/{world.north}/posts")).html)
    assert "Ik snoei de heg" in for_all and "Bram" in for_all and "Bakker" not in for_all
    for title in ("Wie leest voor?", "Ik kook soep", "gordijnen", "ramen", "geld", "55500123"):
        assert title not in for_all, title
    hers = sheet_of((await samira.page(f"/print/parties/{bram.id}/posts")).html)
    assert "Wie leest voor?" in hers and "Anna" in hers and "de Vries" not in hers
    assert "Ik kook soep" in hers and "Ik snoei" not in hers and "gordijnen" not in hers
    annas = sheet_of((await samira.page(f"/print/parties/{anna.id}/posts")).html)
    assert "Ik kook soep" not in annas and "Ik snoei" in annas
    acts = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'leaflet.printed'",
        world.community,
    )
    assert acts == 3


async def test_a_worker_elsewhere_prints_no_leaflet_of_here(world: World) -> None:
    evert = await (await world.worker("Evert Post", world.south)).browser()
    anna = await world.member("Anna de Vries")
    await evert.page(f"/print/areas/{world.north}/posts", status=404)
    await evert.page(f"/print/parties/{anna.id}/posts", status=404)
    await evert.page(f"/print/areas/{world.south}/posts")


async def test_the_paper_form_asks_what_the_page_asks_in_its_order_and_answers_nothing(
    world: World,
) -> None:
    visitor = world.browser()
    screen = (await visitor.page("/parties/new")).html
    paper = sheet_of((await visitor.page("/parties/form")).html)
    asked = [
        re.sub(r"<.*?>", "", found).strip()
        for found in re.findall(r"<(?:label for|legend)[^>]*>(.*?)</(?:label|legend)>", screen)
    ]
    written = [
        re.sub(r"<.*?>", "", found).strip() for found in re.findall(r"<h3>(.*?)</h3>", paper)
    ]
    assert len(asked) > 10 and written == asked
    assert paper.count("☐") > 10 and not re.search(r"☑|☒|checked|<input", paper)


async def test_what_came_on_paper_is_typed_in_with_the_same_checks_and_says_so(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    browser = await samira.browser()
    page = await browser.page("/parties/new")
    typed = {
        "way": "paper", "full_name": "Wil de Boer", "call_name": "Wil", "area": str(world.north),
        "reachable_by": "paper", "consent": "yes",
    }  # fmt: skip
    refused = await browser.submit(page, "/parties", status=422, **typed)
    assert "Vul uw straat en nummer in." in refused.html
    await browser.submit(refused, "/parties", street="Rijnlaan 1", **typed)
    row = await world.owner.fetchrow(
        "select c.way, c.answer, c.asked_by_id from consent c join person n"
        " on n.community_id = c.community_id and n.party_id = c.party_id"
        " where c.community_id = $1 and n.full_name = 'Wil de Boer'", world.community,
    )  # fmt: skip
    assert tuple(row) == ("paper", "yes", samira.id)
